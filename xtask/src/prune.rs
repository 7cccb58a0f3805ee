//! Takes out of the wasm what is exported and nobody calls.
//!
//! Leptos always brings in `server_fn`, which brings in `wasm-streams`, whose
//! classes are exported to JavaScript whether or not they are used. An export
//! is a root: the linker keeps it, all that it calls, and its glue. This goes
//! before wasm-bindgen writes the glue, so that the glue never has it.

use anyhow::{Context, Result, bail};
use walrus::{Module, RawCustomSection};

use crate::glue::Glue;

/// The Rust names of the classes; their exports have them in lower case.
const UNUSED: [&str; 3] = ["IntoUnderlyingByteSource", "IntoUnderlyingSource", "IntoUnderlyingSink"];

/// Where wasm-bindgen's macro leaves its notes.
const NOTES: &str = "__wasm_bindgen_unstable";

/// The module without those classes.
pub(crate) fn prune(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the compiled wasm could not be read")?;
    let lower = UNUSED.map(str::to_lowercase);
    let exports = module.exports.iter();
    let unused: Vec<_> = exports.filter(|export| lower.iter().any(|class| export.name.contains(class))).map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    let mut notes = Vec::new();
    while let Some(section) = module.customs.remove_raw(NOTES) {
        notes.extend(kept(&section.data)?);
    }
    module.customs.add(RawCustomSection { name: NOTES.to_owned(), data: notes });
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// The module with the names that the glue has for it. An export that the glue
/// has no name for goes, so that wasm-opt can drop what only it used.
pub(crate) fn fit(wasm: &[u8], glue: &Glue) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the bound wasm could not be read")?;
    for import in module.imports.iter_mut() {
        if let Some(name) = glue.name_of(&import.name) {
            import.name = name.to_owned();
        }
    }
    let mut unused = Vec::new();
    for export in module.exports.iter_mut() {
        match glue.name_of(&export.name) {
            Some(name) => export.name = name.to_owned(),
            None => unused.push(export.id()),
        }
    }
    for export in unused {
        module.exports.delete(export);
    }
    Ok(module.emit_wasm())
}

/// The notes come in pairs of blocks, a version and a program, each behind its
/// length; a program is what one use of the macro wrote.
fn kept(notes: &[u8]) -> Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut rest = notes;
    while !rest.is_empty() {
        let (_, after_version) = block(rest)?;
        let (program, after) = block(after_version)?;
        if !UNUSED.iter().any(|class| has(program, class.as_bytes())) {
            kept.extend_from_slice(&rest[..rest.len() - after.len()]);
        }
        rest = after;
    }
    Ok(kept)
}

/// One block, and what follows it.
fn block(bytes: &[u8]) -> Result<(&[u8], &[u8])> {
    let parts = bytes.split_first_chunk().and_then(|(length, rest)| {
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        rest.split_at_checked(length)
    });
    let Some(parts) = parts else {
        bail!("the compiled wasm: wasm-bindgen's notes are not as xtask/src/prune.rs knows them");
    };
    Ok(parts)
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::kept;

    fn block(text: &str) -> Vec<u8> {
        let length = u32::try_from(text.len()).unwrap();
        [&length.to_le_bytes(), text.as_bytes()].concat()
    }

    #[test]
    fn only_the_unused_classes_programs_go() {
        let mine = [block("{}"), block("fn mount")].concat();
        let theirs = [block("{}"), block("class IntoUnderlyingSink")].concat();
        let notes = [mine.clone(), theirs, mine.clone()].concat();
        assert_eq!(kept(&notes).unwrap(), [mine.clone(), mine].concat());
    }

    #[test]
    fn notes_that_are_cut_short_are_an_error() {
        assert!(kept(&[9, 0, 0, 0, 1]).is_err());
    }
}
