//! `cargo xtask wordpress-plugin`: the zip that a site's owner uploads, from
//! integrations/wordpress/kabar and dist/.

mod gettext;
mod zip;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use self::zip::Archive;
use crate::workspace::{Package, root, target};

/// The plugin's folder, in the zip as in `WordPress`; also its text domain.
const NAME: &str = "kabar";

/// What stands for the version in the plugin's sources, as in the loader's.
const VERSION: &str = "__KABAR_VERSION__";

/// The handle that `WordPress` gives the script of the block `kabar/widget`.
/// It looks for a script's texts under this name (`load_script_textdomain`).
const EDITOR_SCRIPT: &str = "kabar-widget-editor-script";

/// Writes the zip with what `dist` holds, and returns its path.
pub(crate) fn build(dist: &Path) -> Result<PathBuf> {
    if !dist.join("integrity.json").is_file() {
        bail!("{} has no files of Kabar: run `cargo xtask dist` first", dist.display());
    }
    let version = Package::read()?.version;
    let mut archive = Archive::default();
    for (name, bytes) in files(&root().join("integrations/wordpress").join(NAME))? {
        if let Some(language) = name.strip_suffix(".po") {
            let texts = gettext::read(&text(&name, bytes.clone())?).with_context(|| format!("{NAME}/{name}"))?;
            let script = serde_json::to_vec(&texts_of_scripts(&texts)).context("the editor's texts could not be written as JSON")?;
            archive.add(&format!("{NAME}/{language}.mo"), &gettext::compile(&texts))?;
            archive.add(&format!("{NAME}/{language}-{EDITOR_SCRIPT}.json"), &script)?;
            archive.add(&format!("{NAME}/{name}"), &bytes)?;
        } else {
            archive.add(&format!("{NAME}/{name}"), text(&name, bytes)?.replace(VERSION, &version).as_bytes())?;
        }
    }
    archive.add(&format!("{NAME}/attributes.json"), attributes()?.to_string().as_bytes())?;
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let bytes = fs::read(root().join(license)).with_context(|| format!("{license} could not be read"))?;
        archive.add(&format!("{NAME}/{license}"), &bytes)?;
    }
    for (name, bytes) in files(dist)? {
        // Web servers that have not been told of them do not send these.
        if !Path::new(&name).extension().is_some_and(|ending| ending == "br" || ending == "gz") && !name.starts_with("LICENSE") {
            archive.add(&format!("{NAME}/dist/{name}"), &bytes)?;
        }
    }
    let path = target(&format!("{NAME}-wordpress-{version}.zip"));
    fs::write(&path, archive.finish()?).with_context(|| format!("{} could not be written", path.display()))?;
    Ok(path)
}

/// All files under a folder, by their paths in it, in order.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let unread = || format!("{} could not be read", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(unread)? {
        let entry = entry.with_context(unread)?;
        let name = entry.file_name().into_string().ok().with_context(|| format!("{}: a name is no UTF-8", folder.display()))?;
        if entry.path().is_dir() {
            found.extend(files(&entry.path())?.into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.push((name, fs::read(entry.path()).with_context(unread)?));
        }
    }
    found.sort();
    Ok(found)
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).with_context(|| format!("{name} is no UTF-8"))
}

/// Each element's attributes, from the loader's own list, which tests/tidy.rs holds to the table.
fn attributes() -> Result<Value> {
    let loader = fs::read_to_string(root().join("www/kabar.js")).context("www/kabar.js could not be read")?;
    let mut table = Map::new();
    for name in ["cards", "share", "next"] {
        let list = loader.split_once(&format!("\"kabar-{name}\":")).and_then(|(_, after)| after.split('"').nth(1));
        let list = list.with_context(|| format!("www/kabar.js: no list of the attributes of kabar-{name}"))?;
        table.insert(name.to_owned(), list.split(' ').collect::<Vec<_>>().into());
    }
    Ok(table.into())
}

/// The texts as `wp.i18n` reads them: Jed 1.x, "locale data".
fn texts_of_scripts(texts: &[gettext::Text]) -> Value {
    let mut messages = Map::new();
    messages.insert(String::new(), json!({ "domain": "messages" }));
    for text in texts.iter().filter(|text| text.context.is_none() && !text.id.is_empty()) {
        messages.insert(text.id.clone(), json!([text.translation]));
    }
    json!({ "domain": "messages", "locale_data": { "messages": messages } })
}

#[cfg(test)]
mod tests {
    use super::{attributes, files, gettext, root};

    /// The texts that the plugin's sources ask for: `__( 'text', 'kabar' )` and its kin in PHP, `__("text", "kabar")` in JavaScript.
    fn asked_for() -> Vec<String> {
        let mut asked = Vec::new();
        for (name, bytes) in files(&root().join("integrations/wordpress/kabar")).unwrap() {
            let source = String::from_utf8(bytes).unwrap();
            let (quote, end) = match name.rsplit('.').next() {
                Some("php") => ('\'', "', 'kabar' )"),
                Some("js") => ('"', "\", \"kabar\")"),
                _ => continue,
            };
            for piece in source.split(end).collect::<Vec<_>>().split_last().unwrap().1 {
                // An apostrophe in a text is ’, so the last quote that is not escaped begins it.
                let start = piece.rmatch_indices(quote).find(|(at, _)| !piece[..*at].ends_with('\\')).unwrap().0;
                asked.push(piece[start + 1..].replace("\\\"", "\""));
            }
        }
        assert!(asked.len() > 20, "{asked:?}");
        asked
    }

    #[test]
    fn every_text_of_the_plugin_is_in_its_template_and_translated() {
        let folder = root().join("integrations/wordpress/kabar/languages");
        let read = |name: &str| gettext::read(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        let (template, indonesian) = (read("kabar.pot"), read("kabar-id_ID.po"));
        for text in asked_for() {
            assert!(template.iter().any(|row| row.id == text), "kabar.pot lacks: {text}");
        }
        let keys = |texts: &[gettext::Text]| texts.iter().map(|text| (text.context.clone(), text.id.clone())).collect::<Vec<_>>();
        assert_eq!(keys(&template), keys(&indonesian));
        for text in indonesian {
            assert!(!text.translation.is_empty(), "kabar-id_ID.po does not translate: {}", text.id);
        }
    }

    #[test]
    fn the_attributes_are_those_of_the_loader() {
        let table = attributes().unwrap();
        assert_eq!(table.as_object().unwrap().len(), 3);
        assert!(table["cards"].as_array().unwrap().contains(&"limit".into()), "{table}");
        assert!(!table["share"].as_array().unwrap().contains(&"feed".into()), "{table}");
    }
}
