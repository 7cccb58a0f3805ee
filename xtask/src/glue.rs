//! The scripts, minified by esbuild: the generated glue in the runtime, the loader, and what only some pages need.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    late,
    package::entry,
    publish::File,
    step::{capture, run},
    tools::npm_tool,
    workspace::{root, target},
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
    pub(crate) wasm: &'a str,
    pub(crate) wasm_hash: &'a str,
}

/// The glue made small, and what its names in the wasm are now.
pub(crate) struct Glue {
    pub(crate) text: String,
    renamed: BTreeMap<String, String>,
    cache: PathBuf,
    /// As wasm-bindgen wrote it.
    generated: String,
}

impl Glue {
    /// The name that the glue has for one of the wasm's, if it has any.
    pub(crate) fn name_of<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let same = || has_word(&self.text, name).then_some(name);
        self.renamed.get(name).map(String::as_str).or_else(same)
    }

    /// The runtime with no more of the glue than what all modules but the last import, and the
    /// script with what only that one does. `used` are the names of those imports.
    pub(crate) fn halves(&self, used: &BTreeSet<String>) -> Result<(String, String)> {
        let halves = late::halves(&self.generated, |name| !self.name_of(name).is_some_and(|name| used.contains(name)))?;
        let file = self.cache.with_file_name("kabar.late.js");
        fs::write(&file, halves.late).context("target/: the late half of the glue could not be written")?;
        let (first, _) = bundled(&halves.first, &self.cache)?;
        // What it looks up each time is no more the page's than in the first.
        let guard = format!("--inject:{}", root().join(GUARD).display());
        Ok((first, script(&file, &[guard], &self.cache)?))
    }
}

/// The names that only the glue and the wasm share, each a hash long, and those
/// that the two scripts share, which end in `_`.
const SHARED: &str = "--mangle-props=^(__wb|__externref|wasm_bindgen_|_R|widget_|(keepWords|wordsFile|discover)$)|[a-z]_$";

/// Has a browser that knows it compile a script's functions off the main thread, while it arrives, and not each when it
/// is first called: <https://v8.dev/blog/explicit-compile-hints>. Only at a file's top; minifiers take it out.
const COMPILE: &str = "//# allFunctionsCalledOnLoad\n";

/// How the runtime starts the wasm. wasm-bindgen's own `initSync` makes an instance at
/// once, which Chrome before 114 refuses on a page's main thread if it is above 4 KB;
/// `instantiate` is in www/guard.js.
const START: &str = "export const imports = __wbg_get_imports;
export const instance = async (module) => __wbg_finalize_init(await instantiate(module, imports()), module);\n";

/// The runtime with the glue in it, minified; what the runtime does not use of the glue goes.
pub(crate) fn glue(file: &Path) -> Result<Glue> {
    let generated = fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
    for function in ["__wbg_finalize_init(instance, module)", "__wbg_get_imports()"] {
        if !generated.contains(&format!("function {function} {{")) {
            bail!("the glue has no {function}: see how wasm-bindgen starts the wasm now");
        }
    }
    let generated = generated + START;
    let cache = file.with_file_name("renamed.json");
    fs::write(&cache, "{}").context("target/: the list of names could not be written")?;
    // Whole, as no module is split off yet.
    let (text, renamed) = bundled(&(generated.clone() + "export const tools = () => [];\n"), &cache)?;
    Ok(Glue { text, renamed, cache, generated })
}

/// The runtime with a glue in it, minified, and what the names of both are now.
fn bundled(glue: &str, cache: &Path) -> Result<(String, BTreeMap<String, String>)> {
    // Beside wasm-bindgen's own file, for what both import.
    let (file, small) = (cache.with_file_name("kabar.first.js"), cache.with_file_name("kabar.min.js"));
    fs::write(&file, glue).context("target/: the glue could not be written")?;
    run(esbuild()
        .args(["--bundle", "--minify", "--format=esm", SHARED])
        .arg(format!("--alias:glue={}", file.display()))
        // What the browser calls in the wasm, it calls by way of the runtime.
        .arg(format!("--inject:{}", root().join(GUARD).display()))
        .arg(format!("--mangle-cache={}", cache.display()))
        .arg(format!("--outfile={}", small.display()))
        .arg(root().join(RUNTIME)))?;
    let text = smaller(&fs::read_to_string(&small).context("esbuild wrote no glue")?)?;
    refuse(RUNTIME, &text)?;
    let renamed = fs::read(cache).context("esbuild wrote no list of names")?;
    let renamed: BTreeMap<String, String> = serde_json::from_slice(&renamed).context("esbuild's list of names is no JSON")?;
    // For www/guard.js: what the browser calls with nobody around to catch what it throws.
    let mut text = text;
    for (place, parts) in [("__KABAR_CLOSURES__", &["closures"][..]), ("__KABAR_FREES__", &["destroy_closure", "__wbg_widget_free"])] {
        let those = renamed.iter().filter(|(name, _)| parts.iter().any(|part| name.contains(part)));
        let exports: Vec<_> = those.map(|(_, short)| short.as_str()).collect();
        if exports.is_empty() {
            bail!("the glue has no export for {}: see what wasm-bindgen calls it now", parts.join(", "));
        }
        text = text.replace(place, &exports.join(" "));
    }
    Ok((COMPILE.to_owned() + &text, renamed))
}

/// The scripts of `OPTIONAL`, minified, by their names.
pub(crate) fn optional(glue: &Glue) -> Result<Vec<(String, String)>> {
    let folder = fs::read_dir(root().join(OPTIONAL)).with_context(|| format!("{OPTIONAL} could not be read"))?;
    let mut paths =
        folder.map(|entry| Ok(entry.with_context(|| format!("{OPTIONAL} could not be read"))?.path())).collect::<Result<Vec<_>>>()?;
    // What they have in common, or the words that they say, is in other files.
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "js"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok((name, script(path, &[], &glue.cache)?))
        })
        .collect()
}

/// A script beside the runtime, minified.
fn script(path: &Path, more: &[String], cache: &Path) -> Result<String> {
    let text = smaller(&capture(
        esbuild()
            .args(["--bundle", "--minify", "--format=esm", SHARED])
            .args(more)
            .arg(format!("--mangle-cache={}", cache.display()))
            .arg(path),
    )?)?;
    refuse(&path.display().to_string(), &text)?;
    Ok(text)
}

/// The loader, minified, with the names and hashes put in.
pub(crate) fn loader(names: &Names, glue: &Glue) -> Result<String> {
    Ok(COMPILE.to_owned() + &minified_loader(names, glue, &root().join(LOADER), &[])?)
}

/// The loader as `import "kabar"` brings it, among the files that it may ask for.
pub(crate) fn module(names: &Names, glue: &Glue, files: &[File]) -> Result<File> {
    let source = glue.cache.with_file_name("kabar.module.js");
    entry::write_loader(&source, LOADER)?;
    let url = [format!("--define:URL={}", entry::URL)];
    let loader = minified_loader(names, glue, &source, &url)?;
    let template = capture(esbuild().arg("--minify-whitespace").arg(root().join(entry::TEMPLATE)))?;
    entry::entry(&template, &loader, files)
}

fn minified_loader(names: &Names, glue: &Glue, source: &Path, more: &[String]) -> Result<String> {
    let mut command = esbuild();
    command.args(["--minify", SHARED]).args(more).arg(format!("--mangle-cache={}", glue.cache.display()));
    for (name, value) in [("VERSION", names.version), ("GLUE", names.glue), ("WASM", names.wasm), ("WASM_HASH", names.wasm_hash)] {
        command.arg(format!("--define:__KABAR_{name}__=\"{value}\""));
    }
    let small = smaller(&capture(command.arg(source))?)?;
    refuse(LOADER, &small)?;
    is_filled_in(LOADER, &small)?;
    Ok(small)
}

/// Puts what the files beside it are called into a script.
pub(crate) fn fill_in(place: &str, text: &str, names: &[(String, String)]) -> Result<Vec<u8>> {
    let text = names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("__KABAR_{name}__"), value));
    is_filled_in(place, &text)?;
    Ok(text.into_bytes())
}

fn is_filled_in(place: &str, text: &str) -> Result<()> {
    if let Some((_, after)) = text.split_once("__KABAR_") {
        let name = after.split("__").next().unwrap_or_default();
        bail!("{place}: __KABAR_{name}__ is not a name that `dist` fills in");
    }
    Ok(())
}

const LOADER: &str = "www/kabar.js";

pub(crate) const RUNTIME: &str = "www/runtime.js";

/// What stands in the glue for what the browser has.
const GUARD: &str = "www/guard.js";

/// The scripts that only some pages need. The runtime imports `NAME.js` by the
/// constant `__KABAR_NAME__` when an element asks for what is in it.
const OPTIONAL: &str = "www/optional";

fn esbuild() -> Command {
    let mut command = npm_tool("esbuild/bin/esbuild");
    command.args([LANGUAGE, "--charset=utf8", "--log-level=warning", "--legal-comments=none"]);
    command
}

/// What terser makes of a script that esbuild has minified: 5 % less of the runtime. Its
/// `unsafe_` options are for code that makes instances of plain functions, or looks at
/// what methods are; there is none here.
pub(crate) fn smaller(script: &str) -> Result<String> {
    let mut command = npm_tool("terser/bin/terser");
    command.args(["--ecma=2022", "--mangle", "--compress=ecma=2022,passes=2,sequences=false,unsafe_arrows=true,unsafe_methods=true"]);
    if script.contains("export{") {
        command.arg("--module");
    }
    let file = target("dist").join("script.js");
    fs::write(&file, script).context("target/: a script could not be written")?;
    Ok(capture(command.arg("--").arg(file))?.trim_end().to_owned())
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

/// Whether the name is in the script, and not as a part of another.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let part = |mark: char| mark.is_alphanumeric() || mark == '_' || mark == '$';
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(part) && !text[at + word.len()..].starts_with(part))
}

#[cfg(test)]
mod tests {
    use super::{has_word, refuse};

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
