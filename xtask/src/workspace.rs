//! Where things are, and what the manifests say.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::step::capture;

/// The repository's root. `cargo run` says where it is now; what was compiled
/// in is another clone's where two share a target folder.
pub(crate) fn root() -> PathBuf {
    let compiled_in = || env!("CARGO_MANIFEST_DIR").into();
    let mut member = env::var_os("CARGO_MANIFEST_DIR").map_or_else(compiled_in, PathBuf::from);
    member.pop();
    member
}

/// What `cargo xtask dist` publishes.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// A folder of xtask's own in cargo's target folder.
pub(crate) fn target(name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(target).join(name)
}

/// The npm tools' folder.
pub(crate) fn node_modules() -> PathBuf {
    root().join("xtask/node_modules")
}

/// `cargo`, run in the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root());
    command
}

/// The package's own fields in the root's Cargo.toml.
pub(crate) struct Package {
    pub(crate) version: String,
    pub(crate) description: String,
    pub(crate) license: String,
}

impl Package {
    pub(crate) fn read() -> Result<Self> {
        let text = capture(cargo().args(["metadata", "--no-deps", "--format-version=1"]))?;
        let metadata: Value = serde_json::from_str(&text).context("cargo metadata wrote no JSON")?;
        let package = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|package| package["name"] == "kabar"))
            .context("Cargo.toml: no package `kabar`")?;
        let field = |name: &str| {
            let text = package[name].as_str().map(str::to_owned);
            text.with_context(|| format!("Cargo.toml: `{name}` is missing under [package]"))
        };
        Ok(Self { version: field("version")?, description: field("description")?, license: field("license")? })
    }
}

/// The version of `wasm-bindgen` in Cargo.lock. The command-line tool and the
/// library that writes the glue must have the very same one.
pub(crate) fn wasm_bindgen_version() -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock could not be read: run `cargo generate-lockfile`")?;
    let locked = |name: &str| {
        let start = format!("name = \"{name}\"\nversion = \"");
        let (_, after) = lock.split_once(&start)?;
        after.split_once('"').map(|(version, _)| version.to_owned())
    };
    let library = locked("wasm-bindgen").context("Cargo.lock: no `wasm-bindgen` in it")?;
    if locked("wasm-bindgen-cli-support").as_ref() != Some(&library) {
        bail!("xtask/Cargo.toml: set `wasm-bindgen-cli-support` to \"={library}\", the version of `wasm-bindgen` in Cargo.lock");
    }
    Ok(library)
}
