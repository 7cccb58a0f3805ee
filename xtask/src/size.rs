//! `cargo xtask size`: what a reader downloads before the first card.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    compress::{brotli, gzip},
    publish::{LOADER, comes_first},
    workspace::dist,
};

/// Everything before the first card.
const FIRST_CARD: &str = "before the first card";

/// What fails the build: bytes after brotli 11. The style sheet is in the wasm.
const CEILINGS: [(&str, usize); 2] = [(LOADER, 2_500), (FIRST_CARD, 40_280)];

struct Size {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the table, and fails when a line is above its ceiling.
pub(crate) fn check() -> Result<()> {
    let sizes = measure(&dist())?;
    println!("{:<24} {:>9} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip 9", "brotli 11", "ceiling");
    for size in &sizes {
        let ceiling = ceiling(&size.name).map_or_else(String::new, |bytes| bytes.to_string());
        println!("{:<24} {:>9} {:>9} {:>9} {ceiling:>9}", size.name, size.raw, size.gzip, size.brotli);
    }
    are_below(&sizes)
}

/// Fails where a dist/ is above a ceiling.
pub(crate) fn limits(dist: &Path) -> Result<()> {
    are_below(&measure(dist)?)
}

fn are_below(sizes: &[Size]) -> Result<()> {
    for size in sizes {
        if let Some(most) = ceiling(&size.name).filter(|most| size.brotli > *most) {
            bail!(
                "{}: {} bytes brotli are {} more than the ceiling of {most} (CEILINGS in xtask/src/size.rs): make it smaller",
                size.name,
                size.brotli,
                size.brotli - most
            );
        }
    }
    Ok(())
}

/// The figure that counts, in one line.
pub(crate) fn summary() -> Result<String> {
    let sizes = measure(&dist())?;
    let everything = sizes.iter().find(|size| size.name == FIRST_CARD).context("dist/ is empty")?;
    Ok(format!("before the first card {} bytes raw, {} gzip, {} brotli", everything.raw, everything.gzip, everything.brotli))
}

fn ceiling(name: &str) -> Option<usize> {
    CEILINGS.iter().find(|(named, _)| *named == name).map(|(_, most)| *most)
}

/// Every script and wasm file in dist/, and the sum of those that a first card waits for.
fn measure(dist: &Path) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    let folder = fs::read_dir(dist).context("dist/ could not be read: run `cargo xtask dist` first")?;
    for entry in folder {
        let path = entry.context("dist/ could not be read")?.path();
        if path.extension().is_some_and(|extension| extension == "js" || extension == "wasm") {
            let bytes = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sizes.push(Size { name, raw: bytes.len(), gzip: gzip(&bytes)?.len(), brotli: brotli(&bytes)?.len() });
        }
    }
    if !sizes.iter().any(|size| size.name == LOADER) {
        bail!("dist/{LOADER} is not there: run `cargo xtask dist` first");
    }
    sizes.sort_by(|one, other| one.name.cmp(&other.name));
    // What comes after the first card is shown, but does not delay it.
    let (mut first, rest): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|size| comes_first(&size.name));
    let sum = |part: fn(&Size) -> usize| first.iter().map(part).sum();
    let everything =
        Size { name: FIRST_CARD.to_owned(), raw: sum(|size| size.raw), gzip: sum(|size| size.gzip), brotli: sum(|size| size.brotli) };
    first.push(everything);
    Ok(first.into_iter().chain(rest).collect())
}
