//! What makes dist/ an npm package: its manifest, the entry for bundlers, the
//! types, and what editors and documentation tools read. All of it is made from
//! the table of attributes and from the README's tables.

pub(crate) mod entry;
mod manifest;
mod surface;
mod types;

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use crate::{
    package::{entry::ENTRY, surface::Surface},
    publish::{File, LOADER},
    release,
    workspace::{Package, root},
};

const TYPES: &str = "kabar.d.ts";
const MANIFEST: &str = "custom-elements.json";
const CUSTOM_DATA: &str = "vscode.html-custom-data.json";
const WEB_TYPES: &str = "web-types.json";

/// Stands for `types` while keys are sorted: of the conditions of an export, the first that holds counts.
const FIRST_TYPES: &str = "!types";

/// The types, which are among the files that have a hash in integrity.json.
pub(crate) fn types() -> Result<File> {
    Ok(File { name: TYPES.to_owned(), bytes: (read(&format!("www/{TYPES}"))? + &types::attributes()).into_bytes() })
}

/// What only the package has. `published` are the names of all other files of dist/.
pub(crate) fn files(package: &Package, published: &[&str]) -> Result<Vec<File>> {
    let surface = surface()?;
    let mut files = vec![
        json_file(MANIFEST, &manifest::custom_elements(&surface))?,
        json_file(CUSTOM_DATA, &manifest::html_custom_data())?,
        json_file(WEB_TYPES, &manifest::web_types(&package.version, &surface))?,
        File { name: "README.md".to_owned(), bytes: read("README.md")?.into_bytes() },
    ];
    for framework in &types::FRAMEWORKS {
        let name = format!("{}.d.ts", framework.name);
        files.push(File { name, bytes: types::framework(framework, &surface).into_bytes() });
    }
    let mut names: Vec<_> = published.iter().copied().chain(files.iter().map(|file| file.name.as_str())).collect();
    names.sort_unstable();
    let File { name, bytes } = json_file("package.json", &npm_package(package, &names))?;
    let text = String::from_utf8(bytes).context("package.json is no text")?;
    files.push(File { name, bytes: text.replace(FIRST_TYPES, "types").into_bytes() });
    Ok(files)
}

fn surface() -> Result<Surface> {
    Surface::read(&read("README.md")?, &read(&format!("www/{TYPES}"))?)
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("{path} could not be read"))
}

fn npm_package(package: &Package, names: &[&str]) -> Value {
    let entry = format!("./{ENTRY}");
    let mut exports = Map::new();
    exports.insert(".".to_owned(), json!({ FIRST_TYPES: format!("./{TYPES}"), "default": entry }));
    for framework in &types::FRAMEWORKS {
        let types = format!("./{}.d.ts", framework.name);
        exports.insert(format!("./{}", framework.name), json!({ FIRST_TYPES: types, "default": entry }));
    }
    // Everything else by its own name: a page may link to any of it.
    exports.insert("./*".to_owned(), json!("./*"));
    let mut manifest = json!({
        "name": "kabar",
        "version": package.version,
        "description": package.description,
        "license": package.license,
        "keywords": ["feed", "rss", "share", "custom-element", "web-component", "wasm"],
        "type": "module",
        "types": TYPES,
        "module": ENTRY,
        "exports": exports,
        "unpkg": LOADER,
        "jsdelivr": LOADER,
        // Both define the elements: that is all they are for.
        "sideEffects": [entry, format!("./{LOADER}")],
        "customElements": MANIFEST,
        "web-types": WEB_TYPES,
        "files": names,
    });
    // Where npm itself notes it; `cargo xtask release` wants it to be the commit that is released.
    if let Some(commit) = release::built_from() {
        manifest["gitHead"] = commit.into();
    }
    manifest
}

pub(crate) fn json_file(name: &str, value: &Value) -> Result<File> {
    let text = serde_json::to_string_pretty(value).with_context(|| format!("{name} could not be written as JSON"))?;
    Ok(File { name: name.to_owned(), bytes: (text + "\n").into_bytes() })
}

#[cfg(test)]
mod tests {
    use super::{Package, files};

    #[test]
    fn the_package_names_only_files_that_it_has() {
        let package = Package { version: "1.2.3".to_owned(), description: "a".to_owned(), license: "MIT".to_owned() };
        let published = ["kabar.js", "kabar.mjs", "kabar.d.ts", "words-55c31306/ar.json"];
        let files = files(&package, &published).unwrap();
        let file = files.iter().find(|file| file.name == "package.json").unwrap();
        let value: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
        assert_eq!(value["version"], "1.2.3");
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(
            text.find("\"types\": \"./kabar.d.ts\"") < text.find("\"default\""),
            "TypeScript takes the first condition that holds: {text}"
        );
        let names: Vec<&str> = value["files"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let mut targets: Vec<&str> =
            ["types", "module", "unpkg", "jsdelivr", "customElements", "web-types"].map(|field| value[field].as_str().unwrap()).into();
        targets.extend(value["sideEffects"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()));
        for (entry, target) in value["exports"].as_object().unwrap().iter().filter(|(entry, _)| *entry != "./*") {
            assert!(target["types"].is_string(), "{entry}");
            targets.extend(["types", "default"].map(|condition| target[condition].as_str().unwrap()));
        }
        for name in targets {
            assert!(names.contains(&name.trim_start_matches("./")), "{name} is not among the files");
        }
    }
}
