//! The browser that the tests drive.

use anyhow::Result;
use clap::ValueEnum;

use crate::tools::{apt_install, find};

/// A browser that `cargo xtask test` knows how to start.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium or Google Chrome, by way of chromedriver.
    Chromium,
}

impl Browser {
    /// Makes sure that the browser and its driver are on the PATH.
    pub(crate) fn ensure(self) -> Result<()> {
        let Self::Chromium = self;
        let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().any(|name| find(name).is_some());
        if browser && find("chromedriver").is_some() {
            return Ok(());
        }
        apt_install(&["chromium", "chromium-driver"])
    }

    /// The option that has wasm-pack use it.
    pub(crate) fn wasm_pack_option(self) -> &'static str {
        let Self::Chromium = self;
        "--chrome"
    }
}
