//! The order of a wasm's functions: each next to those that it is most like.
//!
//! The order means nothing to who runs them. But brotli refers to what it has
//! seen by how far back that is, and learns what follows what: alike beside
//! alike is 2 % less to send.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use wasmparser::{Parser, Payload, TypeRef};

/// The length of the runs of bytes that two functions may have in common.
const RUN: usize = 4;

/// A run that more functions than this have says nothing.
const COMMON: usize = 300;

/// How many of the functions before it a function is compared with.
const BEFORE: usize = 3;

type Run = [u8; RUN];

/// A wasm without names, with names by which `wasm-opt --reorder-functions-by-name`
/// puts its functions into that order.
pub(crate) fn named(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("the wasm to order could not be read")? {
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    let import = import.context("an import of the wasm to order could not be read")?;
                    imported += usize::from(matches!(import.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(&wasm[body.range()]),
            _ => {}
        }
    }
    let mut places = vec![0; bodies.len()];
    for (place, function) in order(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    // <https://webassembly.github.io/spec/core/appendix/custom.html#name-section>
    let mut functions = length(places.len());
    for (function, place) in places.iter().enumerate() {
        functions.extend(length(imported + function));
        functions.extend(prefixed(format!("{place:06}").as_bytes()));
    }
    let mut section = prefixed(b"name");
    section.push(1);
    section.extend(prefixed(&functions));
    let mut named = wasm.to_vec();
    named.push(0);
    named.extend(prefixed(&section));
    Ok(named)
}

/// Begins with the longest, and goes on with what shares most with the last few.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let all: Vec<BTreeSet<Run>> = bodies.iter().map(|body| body.array_windows().copied().collect()).collect();
    let mut counts: HashMap<Run, usize> = HashMap::new();
    for run in all.iter().flatten() {
        *counts.entry(*run).or_default() += 1;
    }
    let tells = |run: &Run| (2..=COMMON).contains(&counts[run]);
    let runs: Vec<Vec<Run>> = all.into_iter().map(|runs| runs.into_iter().filter(tells).collect()).collect();
    // A run that few have tells more.
    let weight = |run: &Run| (count(bodies.len()) / count(counts[run])).ln();
    let mut left: Vec<_> = (0..bodies.len()).collect();
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = left.iter().copied().max_by_key(|function| bodies[*function].len());
    while let Some(function) = next {
        order.push(function);
        left.retain(|other| *other != function);
        let before: BTreeSet<_> = order.iter().rev().take(BEFORE).flat_map(|function| &runs[*function]).collect();
        let likeness = |function: usize| {
            let shared: f64 = runs[function].iter().filter(|run| before.contains(run)).map(weight).sum();
            shared / (1.0 + count(runs[function].len()))
        };
        next = left
            .iter()
            .copied()
            .map(|function| (likeness(function), function))
            .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)))
            .map(|best| best.1);
    }
    order
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^53 of them")]
fn count(number: usize) -> f64 {
    number as f64
}

fn prefixed(bytes: &[u8]) -> Vec<u8> {
    let mut all = length(bytes.len());
    all.extend(bytes);
    all
}

/// An unsigned LEB128, <https://webassembly.github.io/spec/core/binary/values.html#integers>.
fn length(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::{length, order};

    #[test]
    fn alike_stands_beside_alike() {
        let bodies: [&[u8]; 4] = [b"abcdefghijkl", b"0123456789", b"abcdefghijk", b"012345678"];
        assert_eq!(order(&bodies), [0, 2, 1, 3]);
        assert!(order(&[]).is_empty());
    }

    #[test]
    fn lengths_are_those_of_the_specification() {
        assert_eq!(length(0), [0]);
        assert_eq!(length(127), [0x7f]);
        assert_eq!(length(624_485), [0xe5, 0x8e, 0x26]);
    }
}
