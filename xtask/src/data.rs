//! Which of the wasm's data goes with which of its modules.
//!
//! The linker lays all texts and tables in one place, and what uses them is
//! forgotten. Asked to (`--emit-relocs`), it tells: where each piece is, and what
//! refers to it. What the first module does not refer to, neither in code nor by
//! way of other pieces, comes with the module that does.

use std::{collections::BTreeSet, ops::Range};

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
    /// Other pieces, by their places in the list.
    refers_to: Vec<usize>,
    /// Something refers to it by an address that is outside of it, as code that
    /// counts from one does: what uses it cannot be told.
    is_outside: bool,
}

/// Bytes, and the address that they are for.
pub(crate) type Placed = (u32, Vec<u8>);

impl Pieces {
    /// Those of a wasm that was linked with `--emit-relocs`.
    pub(crate) fn read(wasm: &[u8]) -> Result<Self> {
        let mut segments = Vec::new(); // address and place in the section
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
                            let Linking::SymbolTable(table) = part.context("the linker's notes could not be read")? else { continue };
                            for symbol in table {
                                let symbol = symbol.context("the linker's symbols could not be read")?;
                                symbols.push(if let SymbolInfo::Data { symbol, .. } = symbol { symbol } else { None });
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
        let mut ranges: Vec<_> = symbols
            .iter()
            .flatten()
            .filter_map(|symbol| {
                segments.get(symbol.index as usize).map(|(address, _)| address + symbol.offset..address + symbol.offset + symbol.size)
            })
            .filter(|at| !at.is_empty())
            .map(|at| (at.start, at.end))
            .collect();
        ranges.sort_unstable();
        ranges.dedup();
        let mut pieces =
            Self(ranges.into_iter().map(|(start, end)| Piece { at: start..end, refers_to: Vec::new(), is_outside: false }).collect());
        for (is_data, entry) in relocations {
            if !matches!(entry.ty, RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb | RelocationType::MemoryAddrI32) {
                continue;
            }
            let Some(Some(symbol)) = symbols.get(entry.index as usize) else { continue };
            let Some((address, _)) = segments.get(symbol.index as usize) else { continue };
            let Some(target) = pieces.holding(address + symbol.offset) else { continue };
            if entry.addend < 0 || entry.addend >= i64::from(symbol.size.max(1)) {
                pieces.0[target].is_outside = true;
            }
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

    /// Takes out of a module, and returns, the data that only functions outside of
    /// `kept` use, but for the pieces in `held`, which a module that is gone already
    /// needs as well; what those functions use is added to them, as is what the
    /// functions use that are `copied` and so are on both sides.
    pub(crate) fn take(
        &self,
        module: &mut Module,
        held: &mut BTreeSet<usize>,
        kept: impl Fn(usize) -> bool,
        copied: impl Fn(usize) -> bool,
    ) -> Vec<Placed> {
        let (mut here, mut there) = (Addresses::default(), Addresses::default());
        for (id, function) in module.funcs.iter_local() {
            let index = id.index();
            if kept(index) {
                here.of(function);
            }
            if !kept(index) || copied(index) {
                there.of(function);
            }
        }
        let (mut here, there) = (self.used(&here), self.used(&there));
        // What is used from outside stays, and so does what it refers to: a table's texts.
        here.extend(self.with_referred((0..self.0.len()).filter(|place| self.0[*place].is_outside).collect()));
        let alone = there.difference(&here).filter(|place| !held.contains(place));
        let gone: Vec<_> = alone.map(|place| &self.0[*place]).collect();
        let mut taken: Vec<Placed> = Vec::new();
        let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        for id in segments {
            let data = module.data.get_mut(id);
            let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { continue };
            for (address, byte) in (start.cast_unsigned()..).zip(&mut data.value) {
                if !gone.iter().any(|piece| piece.at.contains(&address)) {
                    continue;
                }
                match taken.last_mut() {
                    Some((from, bytes)) if *from as usize + bytes.len() == address as usize => bytes.push(*byte),
                    _ => taken.push((address, vec![*byte])),
                }
                *byte = 0;
            }
        }
        held.extend(there);
        taken
    }

    /// The pieces that have one of the addresses, and those that they refer to.
    fn used(&self, addresses: &Addresses) -> BTreeSet<usize> {
        self.with_referred(addresses.0.iter().filter_map(|address| self.holding(*address)).collect())
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
struct Addresses(BTreeSet<u32>);

impl Addresses {
    fn of(&mut self, function: &LocalFunction) {
        dfs_in_order(self, function, function.entry_block());
    }

    fn offset(&mut self, offset: u64) {
        self.0.extend(u32::try_from(offset));
    }
}

impl Visitor<'_> for Addresses {
    fn visit_const(&mut self, constant: &Const) {
        if let Value::I32(value) = constant.value {
            self.0.insert(value.cast_unsigned());
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.offset(load.arg.offset);
    }

    fn visit_store(&mut self, store: &Store) {
        self.offset(store.arg.offset);
    }
}
