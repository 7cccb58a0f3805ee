//! What CI and people both run: `cargo xtask bench`, `dist`, `demo`, `size`, `test`.

mod bench;
mod browser;
mod compress;
mod dist;
mod glue;
mod prune;
mod publish;
mod serve;
mod size;
mod step;
mod test;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, shows, measures and tests Kabar.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds dist/: the loader, its glue, the wasm, their compressed copies and hashes.
    Dist,
    /// Builds dist/ and serves the demo page under a strict content security policy.
    Demo {
        /// The port on 127.0.0.1; another free one is taken when it is in use.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Shows what a reader downloads, and fails above the ceilings.
    Size,
    /// Measures Kabar beside its peers, and writes the table into docs/performance.md.
    Bench(bench::Options),
    /// Runs every check: format, lints, tests, dist, size, and the tests in a real browser.
    Test {
        /// The browser for the tests that need one.
        #[arg(long, value_enum, default_value = "chromium")]
        browser: browser::Browser,
    },
}

fn main() -> ExitCode {
    // One line with its causes: a backtrace of xtask helps nobody who runs it.
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Dist => dist::build(),
        Command::Demo { port } => {
            dist::build()?;
            serve::demo(port)
        }
        Command::Size => size::check(),
        Command::Bench(options) => bench::run(&options),
        Command::Test { browser } => test::everything(browser),
    }
}
