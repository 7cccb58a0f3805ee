//! `kabar.mjs`, the package's entry for bundlers.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{glue::RUNTIME, publish::File, workspace::root};

/// Its name, beside the loader's.
pub(crate) const ENTRY: &str = "kabar.mjs";

/// What is around the loader in it.
pub(crate) const TEMPLATE: &str = "www/module.js";

/// Up to this size Vite puts a file into the script that names it, as text
/// (`build.assetsInlineLimit`), where every page would download it.
const INLINED: usize = 4096; // bytes

/// The class of the template that has the loader find its files, and takes the place of its `URL`.
pub(crate) const URL: &str = "FileURL";

/// The loader's source without the `URL` that it keeps of the window's.
fn loader(source: &str) -> Result<String> {
    let kept = source.split_once("} = window;").and_then(|(before, after)| {
        let (start, names) = before.rsplit_once("const {")?;
        let mut names: Vec<_> = names.split(',').map(str::trim).collect();
        let place = names.iter().position(|name| *name == "URL")?;
        names.remove(place);
        Some(format!("{start}const {{ {} }} = window;{after}", names.join(", ")))
    });
    kept.context("www/kabar.js: `const { …, URL, … } = window;` is gone, and kabar.mjs cannot say any more where its files are")
}

/// The entry, with the loader and the names of the files in it.
pub(crate) fn entry(template: &str, loader: &str, files: &[File]) -> Result<File> {
    let mut list = "{__proto__:null".to_owned();
    for File { name, bytes } in files.iter().filter(|file| is_hashed(&file.name)) {
        needs_no_url_of_the_page(name, bytes)?;
        let inlined = if bytes.len() <= INLINED && !has_ending(name, "wasm") { "?no-inline" } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(list, ",\n{name:?}:new URL(\"./{name}{inlined}\",import.meta.url)");
    }
    list.push('}');
    // What is imported by an address that is known only then, is none of the bundler's business.
    let loader = loader.trim().trim_end_matches(';').replace("import(", "import(/* webpackIgnore: true */ /* @vite-ignore */ ");
    let text = template.replace("__KABAR_FILES__", &list).replace("__KABAR_LOADER__", &loader);
    Ok(File { name: ENTRY.to_owned(), bytes: text.into_bytes() })
}

/// The source of the loader, for esbuild to make small.
pub(crate) fn write_loader(path: &Path, source: &str) -> Result<()> {
    let source = fs::read_to_string(root().join(source)).with_context(|| format!("{source} could not be read"))?;
    fs::write(path, loader(&source)?).with_context(|| format!("{} could not be written", path.display()))
}

/// Whether a file, or the folder that it is in, is named by what is in it.
pub(crate) fn is_hashed(name: &str) -> bool {
    let first = name.split(['/', '.']).next().unwrap_or_default();
    first.rsplit_once('-').is_some_and(|(_, hash)| hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == ending)
}

/// A script that fetches what is beside it finds that by the loader's own `URL`, whose name is then minified.
fn needs_no_url_of_the_page(name: &str, bytes: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(bytes);
    if has_ending(name, "js") && text.contains("import.meta.url") && text.contains("new URL(") {
        bail!("{name}: take `URL_` of the loader, as {RUNTIME} does: by the page's own URL it does not find its files in a bundled app");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{entry, is_hashed, loader};
    use crate::publish::File;

    fn file(name: &str, bytes: &[u8]) -> File {
        File { name: name.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn the_loader_keeps_no_url_of_its_own() {
        let source = "(async () => {\n  const { document, URL, setTimeout } = window;\n  new URL(a);\n})();";
        assert_eq!(loader(source).unwrap(), "(async () => {\n  const { document, setTimeout } = window;\n  new URL(a);\n})();");
        assert!(loader("const { document } = window;").is_err());
    }

    #[test]
    fn every_file_that_is_named_by_its_content_is_listed() {
        for name in ["kabar-465120be.js", "kabar-rest-3783c725.wasm", "words-55c31306/zh-Hant.json"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["kabar.js", "kabar.d.ts", "kabar-magazine.css", "LICENSE-MIT"] {
            assert!(!is_hashed(name), "{name}");
        }
        let files = [file("kabar.js", b""), file("kabar-465120be.wasm", b"w"), file("words-55c31306/ar.json", b"[]")];
        let entry = entry("const files = __KABAR_FILES__;__KABAR_LOADER__;", "import(a);\n", &files).unwrap();
        assert_eq!(
            String::from_utf8(entry.bytes).unwrap(),
            "const files = {__proto__:null,\n\
             \"kabar-465120be.wasm\":new URL(\"./kabar-465120be.wasm\",import.meta.url),\n\
             \"words-55c31306/ar.json\":new URL(\"./words-55c31306/ar.json?no-inline\",import.meta.url)};\
             import(/* webpackIgnore: true */ /* @vite-ignore */ a);"
        );
    }

    #[test]
    fn a_script_that_would_not_find_its_files_is_refused() {
        let script = file("kabar-looks-465120be.js", b"new URL(`a`,import.meta.url)");
        let message = entry("", "", &[script]).map(drop).unwrap_err().to_string();
        assert!(message.starts_with("kabar-looks-465120be.js: take `URL_` of the loader"), "{message}");
    }
}
