//! Runs the cases. `#[test]` would do but for two things: a browser is kept
//! from one case to the next and closed after the last, and a case that an
//! engine cannot run is counted as such, with its reason.

use std::{
    env,
    io::{Write, stdout},
    panic::catch_unwind,
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use super::{close_browser, engine::Engine, reliability};

/// Two browsers at a time: more of them make each other time out on a small machine.
const BROWSERS: usize = 2;

/// One case: where it stands, and what it does. It fails by panicking.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) run: fn(),
}

impl Case {
    /// Without the name of this program.
    fn name(&self) -> &'static str {
        self.name.split_once("::").map_or(self.name, |(_, name)| name)
    }
}

/// An engine, the name of a case that it cannot run, and why.
pub(crate) type NotRun = (Engine, &'static str, &'static str);

/// Runs the cases whose names have one of the command line's words in them, or
/// all; says what `cargo test` says of its own.
pub(crate) fn run(cases: &[&[Case]], not_run: &[NotRun]) -> ExitCode {
    let all: Vec<Case> = cases.concat();
    let words: Vec<String> = env::args().skip(1).collect();
    if let Some(option) = words.iter().find(|word| word.starts_with('-') && *word != "--list") {
        eprintln!("{option} is not known: name parts of cases, or --list");
        return ExitCode::FAILURE;
    }
    if words.iter().any(|word| word == "--list") {
        for case in &all {
            println!("{}: test", case.name());
        }
        return ExitCode::SUCCESS;
    }
    for (_, name, _) in not_run {
        assert!(all.iter().any(|case| case.name() == *name), "the table of what is not run names no case: {name}");
    }
    let engine = Engine::chosen();
    let reason = |case: &Case| not_run.iter().find(|row| row.0 == engine && row.1 == case.name()).map(|row| row.2);
    let chosen: Vec<Case> =
        all.iter().filter(|case| words.is_empty() || words.iter().any(|word| case.name().contains(word))).copied().collect();
    let (left_out, to_run): (Vec<Case>, Vec<Case>) = chosen.iter().partition(|case| reason(case).is_some());

    println!("\nrunning {} tests in {}", chosen.len(), engine.name());
    let start = Instant::now();
    let failed = run_all(&to_run);
    if !left_out.is_empty() {
        println!("\nnot run in {}:", engine.name());
    }
    for case in &left_out {
        println!("    {}: {}", case.name(), reason(case).unwrap_or_default());
    }
    if !failed.is_empty() {
        println!("\nfailures in {}:\n    {}", engine.name(), failed.join("\n    "));
    }
    println!(
        "\ntest result: {}. {} passed; {} failed; {} ignored; 0 measured; {} filtered out; finished in {:.2}s\n",
        if failed.is_empty() { "ok" } else { "FAILED" },
        to_run.len() - failed.len(),
        failed.len(),
        left_out.len(),
        all.len() - chosen.len(),
        start.elapsed().as_secs_f64(),
    );
    reliability::write(engine, failed.is_empty() && chosen.len() == all.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs them in as many browsers as may be, and returns the names of those that failed.
fn run_all(cases: &[Case]) -> Vec<&'static str> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..BROWSERS {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(place) else { break };
                    reliability::begin(place);
                    let passed = catch_unwind(case.run).is_ok();
                    if !passed {
                        failed.lock().unwrap().push(case.name());
                    }
                    println!("test {} ... {}", case.name(), if passed { "ok" } else { "FAILED" });
                    let _ = stdout().flush();
                }
                close_browser();
            });
        }
    });
    failed.into_inner().unwrap()
}
