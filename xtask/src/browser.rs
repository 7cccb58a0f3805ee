//! The browsers that the tests drive.

use anyhow::Result;
use clap::ValueEnum;

use crate::tools::{apt_install, find, geckodriver};

/// A browser that `cargo xtask test` knows how to start.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium or Google Chrome, by way of chromedriver.
    Chromium,
    /// Firefox, by way of geckodriver.
    Firefox,
    /// WebKitGTK's own browser, by way of WebKitWebDriver.
    Webkit,
}

impl Browser {
    /// Makes sure that the browser and its driver are on the PATH.
    pub(crate) fn ensure(self) -> Result<()> {
        let any = |names: &[&str]| names.iter().any(|name| find(name).is_some());
        match self {
            Self::Chromium => {
                if any(&["chromium", "chromium-browser", "google-chrome"]) && any(&["chromedriver"]) {
                    return Ok(());
                }
                apt_install(&["chromium", "chromium-driver"])
            }
            Self::Firefox => {
                if !any(&["firefox-esr", "firefox"]) {
                    apt_install(&["firefox-esr"])?;
                }
                geckodriver()
            }
            Self::Webkit => {
                if any(&["WebKitWebDriver"]) && any(&["Xvfb"]) {
                    return Ok(());
                }
                apt_install(&["webkit2gtk-driver", "xvfb"])
            }
        }
    }

    /// Its name, as `--browser` and the page suite's `KABAR_BROWSER` take it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The option that has wasm-pack use it, which knows no WebKitGTK.
    pub(crate) fn wasm_pack_option(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("--chrome"),
            Self::Firefox => Some("--firefox"),
            Self::Webkit => None,
        }
    }
}
