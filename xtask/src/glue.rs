//! The two scripts: the generated glue and the loader, minified by esbuild.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    step::{capture, run},
    tools::npm_tool,
    workspace::root,
};

/// What a page's Trusted Types or script policy would stop.
const FORBIDDEN: [&str; 4] = ["innerHTML", "eval(", "new Function", "Function("];

/// No browser that can show a widget is older: constructable style sheets came
/// with Safari 16.4 and Firefox 101. ES2020 makes the loader 370 bytes larger.
const LANGUAGE: &str = "--target=es2022";

/// What the loader is told about the files beside it.
pub(crate) struct Names<'a> {
    pub(crate) version: &'a str,
    pub(crate) glue: &'a str,
    pub(crate) glue_hash: &'a str,
    pub(crate) wasm: &'a str,
    pub(crate) wasm_hash: &'a str,
}

/// The glue made small, and what its names in the wasm are now.
pub(crate) struct Glue {
    pub(crate) text: String,
    renamed: BTreeMap<String, String>,
}

impl Glue {
    /// The name that the glue has for one of the wasm's, if it has any.
    pub(crate) fn name_of<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let same = || has_word(&self.text, name).then_some(name);
        self.renamed.get(name).map(String::as_str).or_else(same)
    }
}

/// The names that only the glue and the wasm share; each is a hash long.
const SHARED: &str = "--mangle-props=^(__wb|__externref|wasm_bindgen_)";

/// The glue, minified. Of its exports only those that the loader names are
/// kept: the loader is its one reader.
pub(crate) fn glue(file: &Path) -> Result<Glue> {
    let loader = capture(esbuild().arg("--minify").arg(root().join(LOADER)))?;
    let source = fs::read_to_string(file).context("the generated glue could not be read")?;
    let kept: Vec<_> = exports(&source).into_iter().filter(|name| has_word(&loader, name)).collect();
    let entry = file.with_file_name("entry.js");
    let cache = file.with_file_name("renamed.json");
    fs::write(&entry, format!("export {{ {} }} from \"./kabar.js\";\n", kept.join(", ")))
        .and_then(|()| fs::write(&cache, "{}"))
        .context("target/: the glue's entry could not be written")?;
    let small = file.with_file_name("kabar.min.js");
    run(esbuild()
        .args(["--bundle", "--minify", "--format=esm", SHARED])
        .arg(format!("--mangle-cache={}", cache.display()))
        .arg(format!("--outfile={}", small.display()))
        .arg(&entry))?;
    let text = fs::read_to_string(&small).context("esbuild wrote no glue")?;
    refuse("the generated glue", &text)?;
    let renamed = fs::read(&cache).context("esbuild wrote no list of names")?;
    let renamed = serde_json::from_slice(&renamed).context("esbuild's list of names is no JSON")?;
    Ok(Glue { text, renamed })
}

/// The loader, minified, with the names and hashes put in.
pub(crate) fn loader(names: &Names) -> Result<String> {
    let mut command = esbuild();
    command.arg("--minify");
    for (name, value) in [
        ("VERSION", names.version),
        ("GLUE", names.glue),
        ("GLUE_HASH", names.glue_hash),
        ("WASM", names.wasm),
        ("WASM_HASH", names.wasm_hash),
    ] {
        command.arg(format!("--define:__KABAR_{name}__=\"{value}\""));
    }
    let small = capture(command.arg(root().join(LOADER)))?;
    refuse(LOADER, &small)?;
    if let Some((_, after)) = small.split_once("__KABAR_") {
        let name = after.split("__").next().unwrap_or_default();
        bail!("{LOADER}: __KABAR_{name}__ is not a name that `dist` fills in");
    }
    Ok(small)
}

const LOADER: &str = "www/kabar.js";

fn esbuild() -> Command {
    let mut command = npm_tool("esbuild/bin/esbuild");
    command.args([LANGUAGE, "--charset=utf8", "--log-level=warning", "--legal-comments=none"]);
    command
}

fn refuse(place: &str, text: &str) -> Result<()> {
    for word in FORBIDDEN {
        if let Some(at) = text.find(word) {
            let near: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            bail!("{place} has `{word}` in it, after `{near}`: a strict page would stop it; find which import asks for it and do without");
        }
    }
    Ok(())
}

/// The names that wasm-bindgen's `web` glue exports.
fn exports(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in source.lines() {
        if let Some(list) = line.strip_prefix("export {") {
            let list = list.split('}').next().unwrap_or_default();
            names.extend(list.split(',').filter_map(|item| item.split_whitespace().last()).map(str::to_owned));
        } else if let Some(rest) = line.strip_prefix("export ") {
            let mut words = rest.split(|mark: char| !mark.is_alphanumeric() && mark != '_' && mark != '$');
            let name = words.find(|word| !matches!(*word, "async" | "function" | "class" | "const" | "let" | ""));
            names.extend(name.map(str::to_owned));
        }
    }
    names
}

/// Whether the name is in the script, and not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    let part = |mark: char| mark.is_alphanumeric() || mark == '_' || mark == '$';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::{exports, has_word, refuse};

    #[test]
    fn the_glues_exports_are_found() {
        let source = "export function mount(a) {\nexport class Handle {\nexport { initSync, __wbg_init as default };\n";
        assert_eq!(exports(source), ["mount", "Handle", "initSync", "default"]);
    }

    #[test]
    fn a_name_inside_another_does_not_count() {
        assert!(has_word("a.mount(b)", "mount"));
        assert!(!has_word("a.remount(b)", "mount"));
    }

    #[test]
    fn what_a_strict_page_stops_is_refused() {
        let message = refuse("the loader", "a;new Function(\"return this\")").unwrap_err().to_string();
        assert!(message.starts_with("the loader has `new Function` in it, after `a;`"), "{message}");
    }
}
