//! Writes dist/: the files, their compressed copies, their hashes, the npm package.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Map;

use crate::{
    compress::{brotli, gzip, integrity, short_hash, short_integrity},
    looks,
    minify::minify,
    package,
    workspace::{Package, root},
};

/// The one name that never changes.
pub(crate) const LOADER: &str = "kabar.js";

/// The name of a file beside the loader, which can be cached for ever. `part` is
/// for what no first card waits for: `None` is what every one does.
pub(crate) fn named(part: Option<&str>, bytes: &[u8], ending: &str) -> String {
    let part = part.map_or_else(String::new, |part| format!("{part}-"));
    format!("kabar-{part}{}.{ending}", short_hash(bytes))
}

/// Whether the first card waits for the file of this name.
pub(crate) fn comes_first(name: &str) -> bool {
    name.matches('-').count() < 2
}

/// The sources of the style of what `kabar prerender --style link=…` writes.
const SHEET: [&str; 4] = ["src/view/style.css", "src/view/bar.css", "src/view/share.css", "src/prerender/ahead.css"];

const LICENSES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// A file of dist/, before it is written.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Writes everything beside the folder first, then puts it in its place.
pub(crate) fn write(folder: &Path, package: &Package, mut files: Vec<File>) -> Result<()> {
    files.push(package::types()?);
    let mut sheet = String::new();
    for source in SHEET {
        sheet += &minify(&fs::read_to_string(root().join(source)).with_context(|| format!("{source} could not be read"))?);
    }
    // One file for each look, whole: a shadow root has one link.
    for look in looks::LOOKS {
        files.push(File { name: format!("kabar-{look}.css"), bytes: [sheet.as_str(), &looks::sheet(look)?].concat().into_bytes() });
    }
    files.push(File { name: "kabar.css".to_owned(), bytes: sheet.into_bytes() });
    let mut hashes = Map::new();
    let mut all = Vec::new();
    let mut names: Vec<_> = ["integrity.json"].iter().chain(&LICENSES).map(|name| (*name).to_owned()).collect();
    for file in files {
        names.push(file.name.clone());
        // That of a wasm is the one that the scripts fetch it by: a link that preloads it must name the same.
        let is_wasm = Path::new(&file.name).extension().is_some_and(|extension| extension == "wasm");
        let hash = if is_wasm { short_integrity(&file.bytes) } else { integrity(&file.bytes) };
        hashes.insert(file.name.clone(), hash.into());
        all.push(File { name: format!("{}.br", file.name), bytes: brotli(&file.bytes)? });
        all.push(File { name: format!("{}.gz", file.name), bytes: gzip(&file.bytes)? });
        all.push(file);
    }
    all.push(package::json_file("integrity.json", &hashes.into())?);
    // CDNs compress by themselves: those copies are not in the package.
    all.extend(package::files(package, &names.iter().map(String::as_str).collect::<Vec<_>>())?);
    for name in LICENSES {
        if let Ok(bytes) = fs::read(root().join(name)) {
            all.push(File { name: name.to_owned(), bytes });
        }
    }
    replace(folder, &all)
}

/// Puts a folder of these files where `folder` is or was.
fn replace(folder: &Path, files: &[File]) -> Result<()> {
    let new = folder.with_extension("tmp");
    remove(&new)?;
    fs::create_dir_all(&new).with_context(|| format!("{} could not be made", new.display()))?;
    for file in files {
        let path = new.join(&file.name);
        // The words and the looks have folders of their own.
        let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
        parent.and_then(|()| fs::write(&path, &file.bytes)).with_context(|| format!("{} could not be written", path.display()))?;
    }
    remove(folder)?;
    fs::rename(&new, folder).with_context(|| format!("{} could not be put in its place", folder.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LOADER, comes_first, named};

    #[test]
    fn what_the_first_card_waits_for_is_told_by_its_name() {
        assert!([LOADER, &named(None, b"", "js"), &named(None, b"", "wasm")].iter().all(|name| comes_first(name)));
        assert!(!comes_first(&named(Some("rest"), b"", "wasm")));
    }
}
