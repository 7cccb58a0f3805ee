//! `cargo xtask profile`: which functions run before the first card.
//!
//! It builds a dist/ whose wasm notes each function that is entered, opens the
//! pages of `tests/pages/profile.rs` with it, and writes the names of those
//! that none of them needed to `xtask/modules.txt`, and of those that only share
//! bars or only feeds of WordPress did. `cargo xtask dist` moves these to modules
//! of their own. A function that is not in the list stays in the first.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, mem,
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use walrus::{
    FunctionBuilder, FunctionId, FunctionKind, Module, ValType,
    ir::{Call, Const, InstrLocId, Value},
};

use crate::{
    assign::{Kinds, assigned, is_late},
    dist,
    split::called,
    step::run,
    workspace::{cargo, root, target},
};

/// The module of each function that is not in the first: its name, then the function's, one a line.
fn list() -> PathBuf {
    root().join("xtask/modules.txt")
}

/// The name without the hashes that change from one compiler to the next.
pub(crate) fn plain(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// What `xtask/modules.txt` says: modules by the names of their functions.
pub(crate) fn modules() -> Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(list()).context("xtask/modules.txt could not be read: write it with `cargo xtask profile`")?;
    Ok(text.lines().filter_map(|line| line.split_once(' ')).map(|(module, function)| (function.to_owned(), module.to_owned())).collect())
}

/// Builds, runs the pages, and writes the list.
pub(crate) fn profile() -> Result<()> {
    let folder = target("profile");
    fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let mut kinds = Kinds::new();
    let mut calls = BTreeSet::new();
    for (dist, functions) in dist::build_to_profile(&folder)? {
        let noted = dist.join("entered.json");
        let mut command = cargo();
        command.args(["test", "--locked", "--package=kabar", "--test=pages"]);
        run(command.env("KABAR_DIST", &dist).env("KABAR_PROFILE", &noted))?;
        let entered: BTreeMap<String, BTreeSet<usize>> = serde_json::from_slice(&fs::read(&noted).context("the pages wrote no profile")?)
            .context("the profile is no list of numbers")?;
        for (number, name) in functions.names.iter().enumerate() {
            let by = entered.iter().filter(|(_, numbers)| numbers.contains(&number)).map(|(kind, _)| kind.clone());
            kinds.entry(name.clone()).or_default().extend(by);
        }
        calls.extend(functions.calls.iter().map(|(by, it)| (functions.names[*by].clone(), functions.names[*it].clone())));
    }
    let modules = assigned(&kinds, calls);
    let first = kinds.len() - modules.len();
    if first < 100 {
        bail!("only {first} functions were entered: the pages did not render");
    }
    let text = modules.iter().fold(String::new(), |text, (name, module)| text + module + " " + name + "\n");
    fs::write(list(), text).context("xtask/modules.txt could not be written")?;
    println!("{first} functions are for every first card; xtask/modules.txt says what {} others are for", modules.len());
    Ok(())
}

/// The functions of a wasm, by the number that is noted when they are entered.
pub(crate) struct Functions {
    names: Vec<String>,
    /// Who calls whom.
    calls: Vec<(usize, usize)>,
}

fn name_of(module: &Module, function: FunctionId) -> Option<String> {
    module.funcs.get(function).name.as_deref().map(plain)
}

/// What is noted in place of a number while nothing is to be counted, and after it.
const LATE: i32 = -3;
const OVER: i32 = -1;

/// Has a function note when it begins and when it ends.
fn surround(module: &mut Module, id: FunctionId, note: FunctionId) {
    let kind = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(kind);
    let (params, results) = (params.to_vec(), results.to_vec());
    let locals: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let inner = builder.finish(locals.clone(), &mut module.funcs);
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    body.i32_const(LATE).call(note);
    for local in &locals {
        body.local_get(*local);
    }
    body.call(inner).i32_const(OVER).call(note);
    let outer = FunctionKind::Local(builder.local_func(locals));
    let original = mem::replace(&mut module.funcs.get_mut(id).kind, outer);
    module.funcs.get_mut(inner).kind = original;
}

/// The wasm that notes what is entered, the glue that it needs, and the functions.
pub(crate) fn instrument(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String, Functions)> {
    const IMPORTS: &str = "_bg.js\":{__proto__:null,";
    let mut module = Module::from_buffer(wasm).context("the wasm to profile could not be read")?;
    let from = module.imports.iter().next().context("the wasm imports nothing")?.module.clone();
    let ty = module.types.add(&[ValType::I32], &[]);
    let (note, _) = module.add_import_func(&from, "entered", ty);
    let locals: Vec<_> = module.funcs.iter_local().filter(|(id, _)| module.funcs.get(*id).name.is_some()).collect();
    let numbers: BTreeMap<_, _> = locals.iter().enumerate().map(|(number, (id, _))| (*id, number)).collect();
    let calls = locals.iter().enumerate().flat_map(|(number, (_, function))| {
        let called = called(function).into_iter().filter_map(|id| numbers.get(&id).copied());
        called.map(move |other| (number, other)).collect::<Vec<_>>()
    });
    let calls = calls.collect();
    let late: Vec<_> = locals.iter().map(|(id, _)| *id).filter(|id| name_of(&module, *id).is_some_and(|name| is_late(&name))).collect();
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
    for id in late {
        surround(&mut module, id, note);
    }
    let Some(at) = glue.find(IMPORTS) else {
        bail!("the glue has no `{IMPORTS}`: see how wasm-bindgen writes its imports now");
    };
    let (before, after) = glue.split_at(at + IMPORTS.len());
    let note = "entered:i=>{const s=globalThis.kabarEntered??=new Set;s.late??=0;i<0?s.late-=i+2:s.late||s.add(i)},";
    Ok((module.emit_wasm(), [before, note, after].concat(), Functions { names, calls }))
}
