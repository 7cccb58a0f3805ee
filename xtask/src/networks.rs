//! The files of the share networks that are not compiled into the wasm, and of
//! the words that go with them.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::{compress::short_hash, minify::minify, publish::File, workspace::root};

const TABLE: &str = "src/share/networks.json";

const WORDS: &str = "src/share/words.json";

const STYLE: &str = "src/view/share.css";

/// What the browser needs of a row; the rest is for people.
const PUBLISHED: [&str; 8] = ["id", "label", "href", "icon", "action", "limit", "link", "needs"];

/// The files, one for each network and language, and what the scripts are told of them.
pub(crate) struct Networks {
    pub(crate) files: Vec<File>,
    /// Constants by their names, as `glue::fill_in` puts them in.
    pub(crate) constants: Vec<(String, String)>,
}

/// Reads the tables. The whole set is in one folder, which has one hash, as that of the words.
pub(crate) fn networks() -> Result<Networks> {
    let read = |path: &str| fs::read_to_string(root().join(path)).with_context(|| format!("{path} could not be read"));
    let (table, words) = (read(TABLE)?, read(WORDS)?);
    let folder = format!("networks-{}", short_hash([table.as_bytes(), words.as_bytes()].concat().as_slice()));
    let rows: Vec<Map<String, Value>> = serde_json::from_str(&table).with_context(|| format!("{TABLE}: write a list of objects"))?;
    let words: BTreeMap<String, Value> =
        serde_json::from_str(&words).with_context(|| format!("{WORDS}: write an object for each language"))?;
    let mut files = Vec::new();
    let mut add = |name: &str, value: &Value| -> Result<()> {
        let bytes = serde_json::to_vec(value).with_context(|| format!("{name} could not be written as JSON"))?;
        files.push(File { name: format!("{folder}/{name}.json"), bytes });
        Ok(())
    };
    let (mut built_in, mut fetched) = (Vec::new(), Vec::new());
    for row in rows {
        let id = row.get("id").and_then(Value::as_str).with_context(|| format!("{TABLE}: a row has no id"))?.to_owned();
        if row.contains_key("built_in") {
            built_in.push(id);
            continue;
        }
        let row: Map<_, _> = row.into_iter().filter(|(name, _)| PUBLISHED.contains(&name.as_str())).collect();
        add(&id, &row.into())?;
        fetched.push(id);
    }
    for (language, words) in &words {
        add(&format!("words-{language}"), words)?;
    }
    let languages: Vec<_> = words.into_keys().collect();
    // It becomes a string in a script.
    let style = minify(&read(STYLE)?).replace('"', "'");
    let constants = [
        ("NETWORKS", folder),
        ("BUILT_IN", built_in.join(" ")),
        ("BUILT_IN_PATTERN", built_in.join("|")),
        ("FETCHED", fetched.join(" ")),
        ("SHARE_LANGUAGES", languages.join(" ")),
        ("SHARE_CSS", style),
    ];
    Ok(Networks { files, constants: constants.map(|(name, value)| (name.to_owned(), value)).to_vec() })
}

#[cfg(test)]
mod tests {
    use super::{PUBLISHED, networks};

    #[test]
    fn each_network_that_is_not_compiled_in_has_a_file() {
        let networks = networks().unwrap();
        let names: Vec<_> = networks.files.iter().map(|file| file.name.rsplit('/').next().unwrap()).collect();
        assert!(names.contains(&"reddit.json") && names.contains(&"words-id.json") && !names.contains(&"x.json"), "{names:?}");
        for file in networks.files.iter().filter(|file| !file.name.contains("/words-")) {
            let row: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&file.bytes).unwrap();
            assert!(row.keys().all(|name| PUBLISHED.contains(&name.as_str())), "{row:?}");
        }
    }

    #[test]
    fn every_language_has_the_words_of_english() {
        let networks = networks().unwrap();
        let words = networks.files.iter().filter(|file| file.name.contains("/words-"));
        let keys: Vec<Vec<String>> = words
            .map(|file| {
                serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&file.bytes).unwrap().keys().cloned().collect()
            })
            .collect();
        assert!(keys.len() > 1 && keys.iter().all(|own| *own == keys[0]), "{keys:?}");
    }
}
