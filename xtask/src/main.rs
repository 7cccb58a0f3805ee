//! What CI and people both run: `cargo xtask audit`, `bench`, `demo`, `dist`, `docs`, `fuzz`, `release`, `size`, `test`, `wordpress-plugin`.

mod assign;
mod audit;
mod bench;
mod browser;
mod compress;
mod data;
mod dist;
mod docs;
mod fit;
mod fuzz;
mod glue;
mod late;
mod looks;
#[path = "../../build/minify.rs"]
mod minify;
mod networks;
mod npm;
mod order;
mod package;
mod profile;
mod publish;
mod real;
mod release;
mod serve;
mod size;
mod split;
mod step;
mod test;
mod tools;
mod wasm;
mod wordpress_plugin;
mod words;
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
    /// Writes the demo, the configurator and the documentation into target/site, for any static host.
    Docs,
    /// Finds out which functions run before the first card, for `dist` to split the wasm by.
    Profile,
    /// Shows what a reader downloads, and fails above the ceilings.
    Size,
    /// Feeds what reads a stranger's text with inputs made to break it, for a bounded time.
    Fuzz {
        /// One of `fuzz/fuzz_targets`, without its `.rs`, or `pages` for `dist/` in Chromium; all of them when absent.
        target: Option<String>,
        /// How long, for each target.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
    },
    /// Checks the licences, sources and advisories of the crates and npm packages, as `test` does too.
    Audit,
    /// Stamps, commits and tags a release; says all that speaks against it, and then changes nothing.
    Release {
        /// Such as 1.2.0, above the last one.
        version: String,
        /// Only says whether it would.
        #[arg(long)]
        dry_run: bool,
    },
    /// Measures Kabar beside its peers, and writes the table into README.md and docs/performance.md.
    Bench(bench::Options),
    /// Makes the zip of the `WordPress` plugin from integrations/ and dist/.
    WordpressPlugin,
    /// Runs every check: format, lints, tests, dist, size, and the tests in real browsers.
    Test {
        /// Only the pages of this software, which is installed where root on Debian.
        #[arg(value_enum)]
        software: Option<real::Software>,
        /// A browser for the tests that need one, in place of all; may be given again.
        #[arg(long = "browser", value_enum, value_name = "NAME")]
        browsers: Vec<browser::Browser>,
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
            docs::write()?;
            serve::demo(port)
        }
        Command::Docs => docs::write_and_say(),
        Command::Profile => profile::profile(),
        Command::Fuzz { target, seconds } => fuzz::targets(target.as_deref(), seconds),
        Command::Size => size::check(),
        Command::Audit => audit::dependencies(),
        Command::Release { version, dry_run } => release::release(&version, dry_run),
        Command::Bench(options) => bench::run(&options),
        Command::WordpressPlugin => {
            println!("{} is ready", wordpress_plugin::build(&workspace::dist())?.display());
            Ok(())
        }
        Command::Test { software: Some(software), .. } => real::one(software),
        Command::Test { software: None, browsers } => test::everything(&browsers),
    }
}
