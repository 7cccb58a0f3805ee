//! Which of the wasm's data goes with which of its modules.
//!
//! The linker lays all texts and tables in one place, and what uses them is
//! forgotten. Asked to (`--emit-relocs`), it tells: where each piece is, and what
//! refers to it. What the first module does not refer to, neither in code nor by
//! way of other pieces, comes with the module that does.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::{Range, RangeInclusive},
};

use anyhow::{Context, Result};
use walrus::{
    ConstExpr, DataKind, LocalFunction, Module,
    ir::{Const, Load, Store, Value, Visitor, dfs_in_order},
};
use wasmparser::{DataKind as SegmentKind, KnownCustom, Linking, Operator, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo};

/// Texts and tables that are in the wasm, each with what it refers to.
#[derive(Default)]
pub(crate) struct Pieces(Vec<Piece>);

struct Piece {
    at: Range<u32>,
    /// The addresses by which it is referred to. They go beyond it where code counts from
    /// one, or up to where it ends, and may then be those of another piece as well.
    known_by: RangeInclusive<i64>,
    /// Whether nothing writes to it.
    is_constant: bool,
    /// Other pieces, by their places in the list.
    refers_to: Vec<usize>,
}

/// Where a function of a module is after it is split.
#[derive(Clone, Copy)]
pub(crate) struct Sides {
    /// In the module that is split off.
    pub(crate) there: bool,
    /// In what is left of it.
    pub(crate) here: bool,
    /// And stays in that when other modules are split off it.
    pub(crate) first: bool,
}

/// Bytes, and the address that they are for.
pub(crate) type Placed = (u32, Vec<u8>);

impl Pieces {
    /// Those of a wasm that was linked with `--emit-relocs`.
    pub(crate) fn read(wasm: &[u8]) -> Result<Self> {
        let mut segments = Vec::new(); // address and place in the section
        let mut constant = Vec::new(); // whether each of them is
        let mut symbols = Vec::new(); // by the linker's number; nothing for those of functions
        let mut relocations: Vec<(bool, RelocationEntry)> = Vec::new();
        let (mut data_section, mut sections, mut data_number) = (0, 0, u32::MAX);
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.context("the linked wasm could not be read")?;
            if let Payload::DataSection(reader) = &payload {
                (data_section, data_number) = (reader.range().start, sections);
                for segment in reader.clone() {
                    let segment = segment.context("the linked wasm's data could not be read")?;
                    let SegmentKind::Active { offset_expr, .. } = segment.kind else { continue };
                    let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read() else { continue };
                    segments.push((value.cast_unsigned(), segment.range.end - segment.data.len()));
                }
            }
            if let Payload::CustomSection(custom) = &payload {
                match custom.as_known() {
                    KnownCustom::Linking(reader) => {
                        for part in reader.subsections() {
                            match part.context("the linker's notes could not be read")? {
                                Linking::SymbolTable(table) => {
                                    for symbol in table {
                                        let symbol = symbol.context("the linker's symbols could not be read")?;
                                        symbols.push(if let SymbolInfo::Data { symbol, .. } = symbol { symbol } else { None });
                                    }
                                }
                                Linking::SegmentInfo(names) => {
                                    for segment in names {
                                        let segment = segment.context("the linker's names of the data could not be read")?;
                                        constant.push(segment.name.starts_with(".rodata"));
                                    }
                                }
                                _ => {}
                            }
                        }
                    }
                    KnownCustom::Reloc(reader) => {
                        let is_data = reader.section_index() == data_number;
                        for entry in reader.entries() {
                            relocations.push((is_data, entry.context("the linker's relocations could not be read")?));
                        }
                    }
                    _ => {}
                }
            }
            sections += u32::from(payload.as_section().is_some());
        }
        // Several symbols may name one piece.
        let mut ranges = BTreeMap::new();
        for symbol in symbols.iter().flatten().filter(|symbol| symbol.size > 0) {
            if let Some((address, _)) = segments.get(symbol.index as usize) {
                let start = address + symbol.offset;
                ranges.insert((start, start + symbol.size), constant.get(symbol.index as usize).is_some_and(|is| *is));
            }
        }
        let piece = |((start, end), is_constant): ((u32, u32), bool)| Piece {
            at: start..end,
            known_by: start.into()..=(end - 1).into(),
            is_constant,
            refers_to: Vec::new(),
        };
        let mut pieces = Self(ranges.into_iter().map(piece).collect());
        for (is_data, entry) in relocations {
            if !matches!(entry.ty, RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb | RelocationType::MemoryAddrI32) {
                continue;
            }
            let Some(Some(symbol)) = symbols.get(entry.index as usize) else { continue };
            let Some((address, _)) = segments.get(symbol.index as usize) else { continue };
            let Some(target) = pieces.holding(address + symbol.offset) else { continue };
            let by = i64::from(address + symbol.offset) + entry.addend;
            let known_by = &mut pieces.0[target].known_by;
            *known_by = by.min(*known_by.start())..=by.max(*known_by.end());
            // A reference in the data itself: from the piece that it stands in.
            let offset = data_section + entry.offset as usize;
            if is_data
                && let Some((address, place)) = segments.iter().rev().find(|(_, place)| *place <= offset)
                && let Some(source) = u32::try_from(offset - place).ok().and_then(|within| pieces.holding(address + within))
            {
                pieces.0[source].refers_to.push(target);
            }
        }
        Ok(pieces)
    }

    /// The piece that has an address in it.
    fn holding(&self, address: u32) -> Option<usize> {
        let before = self.0.partition_point(|piece| piece.at.start <= address);
        before.checked_sub(1).filter(|place| self.0[*place].at.contains(&address))
    }

    /// Takes the data out of a module that goes with the functions that go, and returns it:
    /// what no others use, and copies of what is constant and those of other later modules
    /// use as well. What is not constant stays where all find it, for none of those modules
    /// comes with another for sure: `held` is what earlier ones use of it, and gets more.
    pub(crate) fn take(&self, module: &mut Module, held: &mut BTreeSet<usize>, sides: impl Fn(usize) -> Sides) -> Vec<Placed> {
        let (mut first, mut here, mut there) = (Addresses::default(), Addresses::default(), Addresses::default());
        for (id, function) in module.funcs.iter_local() {
            let sides = sides(id.index());
            for (is_in, addresses) in [(sides.first, &mut first), (sides.here, &mut here), (sides.there, &mut there)] {
                if is_in {
                    addresses.of(function);
                }
            }
        }
        let (first, here, there) = (self.used(&first), self.used(&here), self.used(&there));
        let is_constant = |place: &usize| self.0[*place].is_constant;
        let gone: BTreeSet<_> = there.difference(&here).filter(|place| is_constant(place) || !held.contains(place)).copied().collect();
        let copies: BTreeSet<_> = there.difference(&first).filter(|place| is_constant(place)).copied().collect();
        let is_in = |places: &BTreeSet<usize>, address: u32| places.iter().any(|place| self.0[*place].at.contains(&address));
        let mut taken: Vec<Placed> = Vec::new();
        let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        for id in segments {
            let data = module.data.get_mut(id);
            let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { continue };
            for (address, byte) in (start.cast_unsigned()..).zip(&mut data.value) {
                let is_gone = is_in(&gone, address);
                if !is_gone && !is_in(&copies, address) {
                    continue;
                }
                match taken.last_mut() {
                    Some((from, bytes)) if *from as usize + bytes.len() == address as usize => bytes.push(*byte),
                    _ => taken.push((address, vec![*byte])),
                }
                if is_gone {
                    *byte = 0;
                }
            }
        }
        held.extend(there);
        taken
    }

    /// The pieces that have one of the addresses, and those that they refer to.
    fn used(&self, addresses: &Addresses) -> BTreeSet<usize> {
        let is_used = |piece: &Piece| {
            let (start, end) = (piece.known_by.start(), piece.known_by.end());
            addresses.0.range(i64::max(*start, 0)..=*end).next().is_some()
        };
        self.with_referred((0..self.0.len()).filter(|place| is_used(&self.0[*place])).collect())
    }

    /// These pieces and all that they refer to.
    fn with_referred(&self, mut open: Vec<usize>) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        while let Some(place) = open.pop() {
            if used.insert(place) {
                open.extend(&self.0[place].refers_to);
            }
        }
        used
    }
}

/// Whatever may be an address in a function: each constant, and each offset.
#[derive(Default)]
struct Addresses(BTreeSet<i64>);

impl Addresses {
    fn of(&mut self, function: &LocalFunction) {
        dfs_in_order(self, function, function.entry_block());
    }

    fn offset(&mut self, offset: u64) {
        self.0.extend(i64::try_from(offset));
    }
}

impl Visitor<'_> for Addresses {
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(value) = constant.value {
            self.0.insert(value.cast_unsigned().into());
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.offset(load.arg.offset);
    }

    fn visit_store(&mut self, store: &Store) {
        self.offset(store.arg.offset);
    }
}
