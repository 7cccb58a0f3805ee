//! Gives the wasm the names that the minified glue has for what they share.

use anyhow::{Context, Result};
use walrus::Module;

use crate::glue::Glue;

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
    // The linker's notes, which do not hold any more.
    for name in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(name);
    }
    Ok(module.emit_wasm())
}
