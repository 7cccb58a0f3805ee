//! The files with the words of the interface, one for each language.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};

use crate::{compress::short_hash, publish::File, workspace::root};

const TABLE: &str = "src/locale/languages.json";

/// The files, and the folder of dist/ that they go to. The whole set has one
/// hash: the loader needs one name, and a page asks for one or two of the files.
pub(crate) struct Words {
    pub(crate) folder: String,
    pub(crate) files: Vec<File>,
}

/// A list of texts for each language, in the order of their keys, which is that
/// of `locale::Word` in the library. Those compiled into the wasm are there
/// too: they cost nothing here, and what is compiled in may change.
pub(crate) fn words() -> Result<Words> {
    let text = fs::read_to_string(root().join(TABLE)).with_context(|| format!("{TABLE} could not be read"))?;
    let table: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&text).with_context(|| format!("{TABLE}: write an object of texts for each language"))?;
    let folder = format!("words-{}", short_hash(text.as_bytes()));
    let mut files = Vec::new();
    for (language, words) in table {
        let bytes = serde_json::to_vec(&words.into_values().collect::<Vec<_>>()).context("a list of texts could not be written as JSON")?;
        files.push(File { name: format!("{folder}/{language}.json"), bytes });
    }
    Ok(Words { folder, files })
}

/// Those that are not compiled into the wasm (`BUILT_IN` in build.rs).
pub(crate) fn to_fetch(files: &[File]) -> Vec<&str> {
    files
        .iter()
        .filter_map(|file| file.name.rsplit('/').next()?.strip_suffix(".json"))
        .filter(|name| !["en", "id"].contains(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn each_language_has_a_file_with_as_many_words_as_the_others() {
        let words = words().unwrap();
        let names: Vec<_> = words.files.iter().map(|file| file.name.strip_prefix(&words.folder).unwrap()).collect();
        assert!(["/ar.json", "/id.json", "/zh-Hant.json"].iter().all(|name| names.contains(name)), "{names:?}");
        let lists: Vec<Vec<String>> = words.files.iter().map(|file| serde_json::from_slice(&file.bytes).unwrap()).collect();
        assert!(lists.iter().all(|list| list.len() == lists[0].len()));
        let english = &lists[names.iter().position(|name| *name == "/en.json").unwrap()];
        // In the order of their keys: `copied` is the first, `share_this` the last.
        assert_eq!((english[0].as_str(), english[english.len() - 1].as_str()), ("Link copied", "Share this"));
    }

    #[test]
    fn the_folder_is_named_by_its_content() {
        let folder = words().unwrap().folder;
        let hash = folder.strip_prefix("words-").unwrap();
        assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{folder}");
    }
}
