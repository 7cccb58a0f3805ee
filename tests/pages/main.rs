//! The real-browser suite: whole pages over `dist/`, driven in Chromium.
//!
//! `cargo xtask test` builds `dist/` first; by hand it is
//! `cargo xtask dist && cargo test --test pages`. `KABAR_DIST` names another
//! directory to test. Every page has a recorder in it (`harness/recorder.js`),
//! and every test ends with "the console is empty" or the exact lines expected.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod harness;

mod axe;
mod demo;
mod elements;
mod events;
mod failures;
mod host_page;
mod hostile;
mod keyboard;
mod layout_shift;
mod next;
mod profile;
mod script_tag;
mod share;
mod waterfall;
