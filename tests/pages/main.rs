//! The real-browser suite: whole pages over `dist/`, driven in Chromium,
//! Firefox or WebKitGTK, whichever `KABAR_BROWSER` names.
//!
//! `cargo xtask test` builds `dist/` first; by hand it is
//! `cargo xtask dist && cargo test --test pages`, with words of the wanted
//! cases' names after it. `KABAR_DIST` names another directory to test. Every
//! page has a recorder in it (`harness/recorder.js`), and every case ends with
//! "the console is empty" or the exact lines expected.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

mod axe;
mod bodies;
mod clicks;
mod configurator;
mod counts;
mod demo;
mod docs;
mod elements;
mod events;
mod failures;
mod feeds;
mod fuzzed;
mod habits;
mod host_page;
mod hostile;
mod hostile_page;
mod kept;
mod keyboard;
mod layout_shift;
mod life_cycle;
mod lists;
mod looks;
mod more;
mod network;
mod networks;
mod next;
mod not_run;
mod notices;
mod odd_places;
mod payloads;
mod policies;
mod prerender;
mod privacy;
mod profile;
mod script_tag;
mod share;
#[path = "../common/snippets.rs"]
mod snippets;
mod style_bleed;
mod traps;
mod waterfall;

fn main() -> std::process::ExitCode {
    if std::env::var_os("KABAR_PROFILE").is_some() {
        return harness::run(&[profile::CASES], &[]);
    }
    let cases = &[
        axe::CASES,
        bodies::CASES,
        clicks::CASES,
        configurator::CASES,
        counts::CASES,
        demo::CASES,
        docs::CASES,
        docs::SCRIPTS,
        elements::CASES,
        events::CASES,
        failures::CASES,
        feeds::CASES,
        fuzzed::CASES,
        habits::CASES,
        host_page::CASES,
        hostile::CASES,
        hostile_page::CASES,
        kept::CASES,
        keyboard::CASES,
        layout_shift::CASES,
        life_cycle::CASES,
        lists::CASES,
        looks::CASES,
        more::CASES,
        network::CASES,
        networks::CASES,
        next::CASES,
        notices::CASES,
        odd_places::CASES,
        prerender::CASES,
        payloads::CASES,
        policies::CASES,
        privacy::CASES,
        script_tag::CASES,
        share::CASES,
        style_bleed::CASES,
        traps::CASES,
        waterfall::CASES,
    ];
    harness::run(cases, not_run::NOT_RUN)
}
