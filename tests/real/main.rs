//! Kabar on pages that real software made, by what is in integrations/:
//! WordPress, Hugo and Jekyll, as Debian packages them, Eleventy from npm, and
//! pages as Ghost makes them. What is shown must be what the site's own
//! database, or the site's own source, says.
//!
//! `cargo xtask test wordpress` and its like install and start what is needed,
//! build `dist/` and run this; `KABAR_DIST` names another
//! directory to test. `harness` is that of tests/pages.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[allow(dead_code, unused_imports, reason = "tests/pages uses the rest")]
#[path = "../pages/harness/mod.rs"]
mod harness;

mod built;
mod eleventy;
mod ghost;
mod hugo;
mod jekyll;
mod reader;
mod wordpress;
mod wordpress_admin;
mod wordpress_plugin;

fn main() -> std::process::ExitCode {
    harness::run(
        &[
            eleventy::CASES,
            ghost::CASES,
            hugo::CASES,
            jekyll::CASES,
            wordpress::CASES,
            // The longest one, beside those of the readers' pages.
            wordpress_admin::CASES,
            wordpress_plugin::CASES,
        ],
        &[],
    )
}
