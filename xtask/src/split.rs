//! Splits the wasm in two: what runs before the first card, and the rest.
//!
//! A function of the rest leaves a stub behind, which calls through a slot of
//! the function table. The second module, once it is there, fills the slots with
//! the functions themselves; it works on the first one's memory, table and
//! globals. Nothing is compiled twice, and no source knows of it. A stub that is
//! called too early traps, for its slot is empty; `www/runtime.js` sees to it
//! that none is.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use anyhow::{Context, Result};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportId, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, LocalFunction, Module, TableId,
    ir::{Value, Visitor, dfs_in_order},
    passes::gc,
};

use crate::{
    data::{Pieces, Placed, Sides},
    profile::plain,
};

/// The name that the second module has for the first.
const FIRST: &str = "k";

/// A function of so many instructions that calls none weighs little in a later module,
/// and to be shared weighs in the first.
const COPIED: u64 = 160;

/// The same of a function that calls others, for the rest, which nothing waits for.
const COPIED_TO_REST: u64 = 40;

/// The two modules.
struct Split {
    /// With its names, so that it can be split again.
    first: Vec<u8>,
    /// Without names.
    rest: Vec<u8>,
}

/// Moves the functions of a later `module` to one of their own, which `module_of` gives
/// for their names. The wasm has these still; `pieces` is what there is of data in it,
/// and `held` those that a module needs that is split off already.
fn split(
    wasm: &[u8],
    pieces: &Pieces,
    held: &mut BTreeSet<usize>,
    module: &str,
    module_of: impl Fn(&str) -> Option<String>,
) -> Result<Split> {
    let read = || Module::from_buffer(wasm).context("the wasm to split could not be read");
    let (mut first, mut rest) = (read()?, read()?);
    // Both are read from the same bytes: an index means the same in both.
    let (mut cold, mut later) = (BTreeSet::new(), BTreeSet::new());
    for function in first.funcs.iter().filter(|function| matches!(function.kind, FunctionKind::Local(_))) {
        match function.name.as_deref().and_then(&module_of) {
            Some(its) if its == module => _ = cold.insert(function.id().index()),
            Some(_) => _ = later.insert(function.id().index()),
            None => {}
        }
    }
    let entries = entries(&first, &cold);
    let table = first.tables.main_function_table()?.context("the wasm has no function table")?;
    let base = first.tables.get(table).initial;

    let most = |function: &LocalFunction| match module {
        _ if called(function).is_empty() => COPIED,
        "rest" => COPIED_TO_REST,
        _ => 0,
    };
    let copied: BTreeSet<_> = first
        .funcs
        .iter_local()
        .filter(|(id, function)| !cold.contains(&id.index()) && function.size() <= most(function))
        .map(|(id, _)| id.index())
        .collect();
    let data = pieces.take(&mut first, held, |function| {
        let here = !cold.contains(&function);
        Sides { there: !here || copied.contains(&function), here, first: here && !later.contains(&function) }
    });
    let is_local = |function: usize| cold.contains(&function) || copied.contains(&function);
    let shared = make_rest(&mut rest, is_local, &entries, table.index(), base, data)?;
    for (slot, id) in (base..).zip(&entries) {
        stub(&mut first, *id, table, slot)?;
    }
    let length = base + entries.len() as u64;
    let kept = first.tables.get_mut(table);
    kept.initial = length;
    kept.maximum = kept.maximum.map(|most| most.max(length));
    let mut names = Vec::with_capacity(shared.len());
    for item in &shared {
        let item = twin(&first, item)?;
        names.push(name_of(&mut first, item));
    }
    for (import, name) in rest.imports.iter_mut().filter(|import| import.module == FIRST).zip(names) {
        import.name = name;
    }
    gc::run(&mut first);
    Ok(Split { first: first.emit_wasm(), rest: bare(rest) })
}

/// The functions that a function calls by name.
pub(crate) fn called(function: &LocalFunction) -> Vec<FunctionId> {
    struct Called(Vec<FunctionId>);
    impl Visitor<'_> for Called {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let mut called = Called(Vec::new());
    dfs_in_order(&mut called, function, function.entry_block());
    called.0
}

/// The cold functions that others call, or that JavaScript or the table know.
fn entries(module: &Module, cold: &BTreeSet<usize>) -> Vec<FunctionId> {
    let others = module.funcs.iter_local().filter(|(id, _)| !cold.contains(&id.index()));
    let mut known: Vec<_> = others.flat_map(|(_, function)| called(function)).collect();
    for export in module.exports.iter() {
        if let ExportItem::Function(id) = export.item {
            known.push(id);
        }
    }
    for element in module.elements.iter() {
        if let ElementItems::Functions(functions) = &element.items {
            known.extend(functions);
        }
    }
    let mut entries: Vec<_> = known.into_iter().chain(module.start).filter(|id| cold.contains(&id.index())).collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// Puts a call through the table in the place of a function.
fn stub(module: &mut Module, id: FunctionId, table: TableId, slot: u64) -> Result<()> {
    let kind = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(kind);
    let (params, results) = (params.to_vec(), results.to_vec());
    let locals: Vec<_> = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for local in &locals {
        body.local_get(*local);
    }
    body.i32_const(i32::try_from(slot).context("the function table is too long")?).call_indirect(kind, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(locals));
    Ok(())
}

/// Makes the second module: the functions that are its own, with their data, what they use of
/// the first as imports, and the table's slots. Returns what the first must export, in the
/// order of its imports.
fn make_rest(
    module: &mut Module,
    is_local: impl Fn(usize) -> bool,
    entries: &[FunctionId],
    table: usize,
    base: u64,
    data: Vec<Placed>,
) -> Result<Vec<Shared>> {
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    for id in exports {
        module.exports.delete(id);
    }
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in elements {
        module.elements.delete(id);
    }
    let former: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in former {
        module.data.delete(id);
    }
    module.start = None;

    let functions: Vec<_> = module.funcs.iter().map(|function| (function.id(), function.ty())).collect();
    for (id, ty) in &functions {
        if !is_local(id.index()) && matches!(module.funcs.get(*id).kind, FunctionKind::Local(_)) {
            let import = module.imports.add(FIRST, "", ImportKind::Function(*id));
            module.funcs.get_mut(*id).kind = FunctionKind::Import(ImportedFunction { import, ty: *ty });
        }
    }
    let memories: Vec<_> = module.memories.iter().map(walrus::Memory::id).collect();
    for id in memories {
        let import = module.imports.add(FIRST, "", ImportKind::Memory(id));
        let kept = module.memories.get_mut(id);
        kept.import = Some(import);
        kept.data_segments.clear();
        for (address, bytes) in data.iter().cloned() {
            let offset = ConstExpr::Value(Value::I32(address.cast_signed()));
            let added = module.data.add(DataKind::Active { memory: id, offset }, bytes);
            module.memories.get_mut(id).data_segments.insert(added);
        }
    }
    let globals: Vec<_> = module.globals.iter().map(walrus::Global::id).collect();
    for id in globals {
        let import = module.imports.add(FIRST, "", ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let tables: Vec<_> = module.tables.iter().map(walrus::Table::id).collect();
    for id in tables {
        let import = module.imports.add(FIRST, "", ImportKind::Table(id));
        let kept = module.tables.get_mut(id);
        kept.import = Some(import);
        kept.elem_segments.clear();
        if id.index() == table {
            kept.initial = base + entries.len() as u64;
            kept.maximum = None;
            let moved = functions.iter().map(|(id, _)| *id).filter(|id| entries.iter().any(|entry| entry.index() == id.index()));
            let offset = ConstExpr::Value(Value::I32(i32::try_from(base).context("the function table is too long")?));
            module.elements.add(ElementKind::Active { table: id, offset }, ElementItems::Functions(moved.collect()));
        }
    }
    gc::run(module);
    let mut shared = Vec::new();
    // The others are of the glue, and are taken from it.
    for import in module.imports.iter().filter(|import| import.module == FIRST) {
        shared.push(match import.kind {
            ImportKind::Function(id) => Shared::Function(id.index()),
            ImportKind::Memory(id) => Shared::Memory(id.index()),
            ImportKind::Table(id) => Shared::Table(id.index()),
            ImportKind::Global(id) => Shared::Global(id.index()),
            ImportKind::Tag(_) => anyhow::bail!("the wasm has exception tags, which this does not split"),
        });
    }
    Ok(shared)
}

/// What the second module takes from the first, by its index there.
enum Shared {
    Function(usize),
    Memory(usize),
    Table(usize),
    Global(usize),
}

/// The same item in the first module.
fn twin(first: &Module, item: &Shared) -> Result<ExportItem> {
    let found = match item {
        Shared::Function(index) => first.funcs.iter().map(walrus::Function::id).find(|id| id.index() == *index).map(ExportItem::Function),
        Shared::Memory(index) => first.memories.iter().map(walrus::Memory::id).find(|id| id.index() == *index).map(ExportItem::Memory),
        Shared::Table(index) => first.tables.iter().map(walrus::Table::id).find(|id| id.index() == *index).map(ExportItem::Table),
        Shared::Global(index) => first.globals.iter().map(walrus::Global::id).find(|id| id.index() == *index).map(ExportItem::Global),
    };
    found.context("the two halves of the wasm do not match")
}

/// The name by which a later module takes an item of the first: the one that it
/// has already, or the next free one. Digits are functions, and a `-` comes before
/// those of what else there is; neither is among the glue's names.
fn name_of(first: &mut Module, item: ExportItem) -> String {
    let is_same = |other: ExportItem| match (other, item) {
        (ExportItem::Function(other), ExportItem::Function(item)) => other == item,
        (ExportItem::Memory(other), ExportItem::Memory(item)) => other == item,
        (ExportItem::Table(other), ExportItem::Table(item)) => other == item,
        (ExportItem::Global(other), ExportItem::Global(item)) => other == item,
        _ => false,
    };
    let sign = if matches!(item, ExportItem::Function(_)) { "" } else { "-" };
    let known = || first.exports.iter().filter(|export| export.name.strip_prefix(sign).is_some_and(is_number));
    if let Some(known) = known().find(|export| is_same(export.item)) {
        return known.name.clone();
    }
    let number = known().count();
    let name = format!("{sign}{number}");
    first.exports.add(&name, item);
    name
}

/// The wasm with its function table as `-0`, for those who take functions from it.
fn with_table(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the wasm to split could not be read")?;
    let table = module.tables.main_function_table()?.context("the wasm has no function table")?;
    name_of(&mut module, ExportItem::Table(table));
    Ok(module.emit_wasm())
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts the functions that later modules take into the table in place of the exports,
/// which are longer: number 0 is the table's last, and so on. www/runtime.js takes them from there.
fn shared_by_table(first: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(first).context("the first module could not be read")?;
    let mut shared: Vec<(usize, FunctionId, ExportId)> = Vec::new();
    for export in module.exports.iter() {
        if let (ExportItem::Function(function), Ok(number)) = (export.item, export.name.parse()) {
            shared.push((number, function, export.id()));
        }
    }
    shared.sort_unstable_by_key(|(number, ..)| Reverse(*number));
    for (.., export) in &shared {
        module.exports.delete(*export);
    }
    let table = module.tables.main_function_table()?.context("the wasm has no function table")?;
    let kept = module.tables.get_mut(table);
    let offset = i32::try_from(kept.initial).context("the function table is too long")?;
    kept.initial += shared.len() as u64;
    kept.maximum = kept.maximum.map(|most| most.max(kept.initial));
    let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(offset)) };
    let segment = module.elements.add(kind, ElementItems::Functions(shared.iter().map(|(_, function, _)| *function).collect()));
    module.tables.get_mut(table).elem_segments.insert(segment);
    Ok(module.emit_wasm())
}

/// The wasm without its names.
fn nameless(wasm: &[u8]) -> Result<Vec<u8>> {
    Ok(bare(Module::from_buffer(wasm).context("the split wasm could not be read")?))
}

fn bare(mut module: Module) -> Vec<u8> {
    // The linker's word for `--emit-relocs`.
    module.customs.remove_raw("__wasm_split_unstable");
    gc::run(&mut module);
    for function in module.funcs.iter_mut() {
        function.name = None;
    }
    module.emit_wasm()
}

/// The modules beyond the first, in the order in which they are taken out of it.
const LATER: [&str; 5] = ["markup", "wordpress", "share-bar", "next", "rest"];

/// The wasm in its parts.
pub(crate) struct Parts {
    /// What every first card waits for.
    pub(crate) first: Vec<u8>,
    /// The other modules, by their names.
    pub(crate) later: Vec<(&'static str, Vec<u8>)>,
}

impl Parts {
    /// Splits a wasm as `modules` says, which has the functions' names.
    pub(crate) fn of(wasm: &[u8], pieces: &Pieces, modules: &BTreeMap<String, String>) -> Result<Self> {
        let mut first = with_table(wasm)?;
        let mut later = Vec::new();
        let mut held = BTreeSet::new();
        for module in LATER {
            let halves = split(&first, pieces, &mut held, module, |name| modules.get(&plain(name)).cloned())?;
            first = halves.first;
            later.push((module, halves.rest));
        }
        Ok(Self { first: nameless(&shared_by_table(&first)?)?, later })
    }

    /// One that has everything in the first.
    pub(crate) fn whole(first: Vec<u8>) -> Self {
        Self { first, later: LATER.map(|module| (module, b"\0asm\x01\0\0\0".to_vec())).to_vec() }
    }

    /// What the modules take from the glue, but for the rest of the wasm: the names of their imports.
    pub(crate) fn imported(&self) -> Result<BTreeSet<String>> {
        let modules = self.later.iter().filter(|(module, _)| *module != "rest").map(|(_, wasm)| wasm);
        let mut names = BTreeSet::new();
        for wasm in modules.chain([&self.first]) {
            let module = Module::from_buffer(wasm).context("a module could not be read")?;
            names.extend(module.imports.iter().filter(|import| import.module != FIRST).map(|import| import.name.clone()));
        }
        Ok(names)
    }

    /// With each module changed by the same function.
    pub(crate) fn try_map(self, change: impl Fn(&[u8]) -> Result<Vec<u8>>) -> Result<Self> {
        let later = self.later.iter().map(|(module, wasm)| Ok((*module, change(wasm)?))).collect::<Result<_>>()?;
        Ok(Self { first: change(&self.first)?, later })
    }
}
