//! The table of `docs/reliability.md`: what was tried against the widget, how
//! often, and what happened. The cases write it, so that nobody's memory does.

use std::{cell::Cell, collections::BTreeMap, env, fmt::Write, fs, path::Path, sync::Mutex};

use super::engine::Engine;

/// Where to write the table. A relative path starts at the package's root.
const VARIABLE: &str = "KABAR_RELIABILITY";

const HEAD: &str = "# Reliability

What was tried against Kabar, how many times, and what happened. The page suite (`tests/pages`) \
wrote this table over `dist/` in Chromium, and each row is there because its case passed; do not edit it.

| fault | times tried | what happened |
| --- | ---: | --- |
";

/// In the order of the cases, whichever browser came first to them.
static ROWS: Mutex<BTreeMap<usize, Vec<Row>>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The place of the case that this thread runs.
    static CASE: Cell<usize> = const { Cell::new(0) };
}

struct Row {
    fault: String,
    times: usize,
    outcome: String,
}

/// Notes that a fault was tried so many times, and what happened each time. A
/// case calls this when it has checked that it did.
pub(crate) fn record(fault: &str, times: usize, outcome: &str) {
    let mut rows = ROWS.lock().unwrap();
    let rows = rows.entry(CASE.get()).or_default();
    match rows.iter_mut().find(|row| row.fault == fault && row.outcome == outcome) {
        Some(row) => row.times += times,
        None => rows.push(Row { fault: fault.to_owned(), times, outcome: outcome.to_owned() }),
    }
}

/// Tells which case this thread runs from now on.
pub(super) fn begin(case: usize) {
    CASE.set(case);
}

/// Writes the table where the variable says, after a run of all cases that all
/// passed. Anything less would be a table with holes in it.
pub(super) fn write(engine: Engine, complete: bool) {
    let Some(path) = env::var_os(VARIABLE) else { return };
    if engine != Engine::Chromium || !complete {
        println!("{VARIABLE} is set, but the table is written only when all cases passed in Chromium");
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let written = fs::write(&path, table());
    written.unwrap_or_else(|error| panic!("{VARIABLE}={}: {error}", path.display()));
}

fn table() -> String {
    let mut text = HEAD.to_owned();
    for Row { fault, times, outcome } in ROWS.lock().unwrap().values().flatten() {
        writeln!(text, "| {} | {times} | {} |", cell(fault), cell(outcome)).unwrap();
    }
    text
}

/// What would end a cell or a row stays a character of it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
