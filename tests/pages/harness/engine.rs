//! The browser engines, and how each is started.

use std::{env, path::Path, process::Command};

use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use super::reader::Scheme;

/// What the variable `KABAR_BROWSER` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

use Engine::{Firefox, Webkit};

/// Nothing that a test does may reach another machine.
const CHROMIUM_ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--no-first-run",
    "--no-proxy-server",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

impl Engine {
    /// The one to test; Chromium where none is named.
    pub(crate) fn chosen() -> Self {
        match env::var("KABAR_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Firefox,
            Ok("webkit") => Webkit,
            Ok(other) => panic!("KABAR_BROWSER={other}: use chromium, firefox or webkit"),
        }
    }

    /// As its makers write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Firefox => "Firefox",
            Webkit => "WebKitGTK",
        }
    }

    /// The driver's command, to listen on a port. `CHROMEDRIVER` and
    /// `GECKODRIVER` name another file, as they do for wasm-bindgen.
    pub(crate) fn driver(self, port: u16, folder: &Path) -> Command {
        let (variable, program) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Firefox => ("GECKODRIVER", "geckodriver"),
            Webkit => ("WEBKITWEBDRIVER", "WebKitWebDriver"),
        };
        let mut command = Command::new(env::var(variable).unwrap_or_else(|_| program.to_owned()));
        command.arg(format!("--port={port}"));
        match self {
            Self::Chromium => {}
            // System access: to choose the colour scheme and the size of the page.
            Firefox => drop(command.arg("--allow-system-access").arg("--profile-root").arg(folder)),
            // Without a graphics card there is nothing to share with one.
            Webkit => drop(command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("NO_AT_BRIDGE", "1")),
        }
        command
    }

    /// What a session asks for.
    pub(crate) fn capabilities(self, scheme: Scheme) -> Capabilities {
        // A proxy where nobody listens: only this machine can be reached.
        let nowhere = json!({ "proxyType": "manual", "httpProxy": "127.0.0.1:9", "sslProxy": "127.0.0.1:9", "noProxy": ["127.0.0.1"] });
        let wanted = match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:chromeOptions": { "args": CHROMIUM_ARGUMENTS },
                "goog:loggingPrefs": { "browser": "ALL" },
            }),
            Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": { "args": ["-headless"], "prefs": { "ui.prefersReducedMotion": 1 } },
                "proxy": nowhere,
            }),
            Webkit => {
                let dark: &[&str] = if scheme == Scheme::Dark { &["--dark-mode"] } else { &[] };
                let arguments = [&["--automation"], dark].concat();
                json!({ "webkitgtk:browserOptions": { "args": arguments }, "proxy": nowhere })
            }
        };
        let Value::Object(wanted) = wanted else { return Capabilities::from(Map::new()) };
        Capabilities::from(wanted)
    }
}
