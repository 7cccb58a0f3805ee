//! `cargo xtask profile`: which functions run before the first card.
//!
//! It builds a dist/ whose wasm notes each function that is entered, opens the
//! pages of `tests/pages/profile.rs` with it, and writes the names of those
//! that none of them needed to `xtask/rest.txt`. `cargo xtask dist` moves these
//! to the second module. A function that is in neither list stays in the first.

use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use walrus::{
    FunctionKind, Module, ValType,
    ir::{Call, Const, InstrLocId, Value},
};

use crate::{
    dist,
    step::run,
    workspace::{cargo, root, target},
};

/// The names that go to the second module, one a line.
pub(crate) fn list() -> PathBuf {
    root().join("xtask/rest.txt")
}

/// The name without the hashes that change from one compiler to the next.
pub(crate) fn plain(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// The names in `xtask/rest.txt`.
pub(crate) fn rest() -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(list()).context("xtask/rest.txt could not be read: write it with `cargo xtask profile`")?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// Builds, runs the pages, and writes the list.
pub(crate) fn profile() -> Result<()> {
    let folder = target("profile");
    let names = dist::build_to_profile(&folder)?;
    let noted = folder.join("entered.json");
    let mut command = cargo();
    command.args(["test", "--locked", "--package=kabar", "--test=pages"]);
    run(command.env("KABAR_DIST", &folder).env("KABAR_PROFILE", &noted))?;
    let entered: BTreeSet<usize> =
        serde_json::from_slice(&fs::read(&noted).context("the pages wrote no profile")?).context("the profile is no list of numbers")?;
    let (warm, cold): (Vec<_>, Vec<_>) = names.into_iter().enumerate().partition(|(index, _)| entered.contains(index));
    let warm: BTreeSet<_> = warm.into_iter().map(|(_, name)| name).collect();
    let cold: BTreeSet<_> = cold.into_iter().map(|(_, name)| name).filter(|name| !warm.contains(name)).collect();
    if warm.len() < 100 {
        bail!("only {} functions were entered: the pages did not render", warm.len());
    }
    let text = cold.iter().fold(String::new(), |text, name| text + name + "\n");
    fs::write(list(), text).context("xtask/rest.txt could not be written")?;
    println!("{} functions run before the first card, {} do not: they are in xtask/rest.txt", warm.len(), cold.len());
    Ok(())
}

/// The wasm that notes what is entered, the glue that it needs, and the
/// functions' names by the number that is noted.
pub(crate) fn instrument(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String, Vec<String>)> {
    const IMPORTS: &str = "{__proto__:null,";
    let mut module = Module::from_buffer(wasm).context("the wasm to profile could not be read")?;
    let from = module.imports.iter().next().context("the wasm imports nothing")?.module.clone();
    let ty = module.types.add(&[ValType::I32], &[]);
    let (note, _) = module.add_import_func(&from, "entered", ty);
    let mut names = Vec::new();
    for function in module.funcs.iter_mut() {
        let Some(name) = function.name.as_deref().map(plain) else { continue };
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        let number = i32::try_from(names.len()).context("there are too many functions")?;
        let entry = local.entry_block();
        let instructions = &mut local.block_mut(entry).instrs;
        instructions.insert(0, (Call { func: note }.into(), InstrLocId::default()));
        instructions.insert(0, (Const { value: Value::I32(number) }.into(), InstrLocId::default()));
        names.push(name);
    }
    // There are other objects without a prototype; this one is of functions.
    let of_functions = |at: &usize| glue[at + IMPORTS.len()..].split_once(':').is_some_and(|(_, value)| value.starts_with("function"));
    let Some(at) = glue.match_indices(IMPORTS).map(|(at, _)| at).find(of_functions) else {
        bail!("the glue has no `{IMPORTS}` with functions: see how wasm-bindgen writes its imports now");
    };
    let (before, after) = glue.split_at(at + IMPORTS.len());
    let note = "entered:i=>(globalThis.kabarEntered??=new Set).add(i),";
    Ok((module.emit_wasm(), [before, note, after].concat(), names))
}
