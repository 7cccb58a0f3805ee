//! Makes sure that the tools are there: what can be installed is, the rest is named.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    step::{capture, run},
    workspace::{cargo, node_modules, root, target},
};

/// The wasm target's name, for rustup and cargo.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Any version does to run the tests; this is the one that was tried.
const WASM_PACK: &str = "0.15.1";

/// The page suite needs 0.36 or newer, for `--allow-system-access`; this is the one that was tried.
const GECKODRIVER: &str = "0.37.1";
/// Any version does that reads deny.toml; this is the one that was tried.
const CARGO_DENY: &str = "0.20.2";
/// The one that `cargo xtask fuzz` was tried with; any other does.
const CARGO_FUZZ: &str = "0.13.2";

/// Whether std can be rebuilt for size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Std {
    Rebuilt,
    Shipped,
}

/// The first file of this name on the PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// What `dist` needs: the wasm target, std's source, Node and the npm tools.
pub(crate) fn for_dist() -> Result<Std> {
    wasm_target()?;
    npm_tools()?;
    if component("rust-src").is_ok() {
        return Ok(Std::Rebuilt);
    }
    println!(
        "      std's source is not to be had (`rustup component add rust-src` failed): \
         building with the shipped std, about 16 kB brotli larger"
    );
    Ok(Std::Shipped)
}

fn wasm_target() -> Result<()> {
    need_rustup()?;
    if !capture(&mut rustup(&["target", "list", "--installed"]))?.lines().any(|line| line == WASM) {
        run(&mut rustup(&["target", "add", WASM]))?;
    }
    Ok(())
}

/// A part of the toolchain, such as `clippy`.
pub(crate) fn component(name: &str) -> Result<()> {
    need_rustup()?;
    let installed = capture(&mut rustup(&["component", "list", "--installed"]))?;
    if !installed.lines().any(|line| line.starts_with(name)) {
        run(&mut rustup(&["component", "add", name]))?;
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Command {
    let mut command = Command::new("rustup");
    command.current_dir(root()).args(arguments);
    command
}

fn need_rustup() -> Result<()> {
    if find("rustup").is_none() {
        bail!("rustup is missing: install it as rust-lang.org's \"Install Rust\" page says, then run this again");
    }
    Ok(())
}

fn npm_tools() -> Result<()> {
    npm_ci(&root().join("xtask"), "binaryen, esbuild, axe-core, and what the documentation's snippets are run with")
}

/// Installs what a folder's package-lock.json pins, once per lock.
pub(crate) fn npm_ci(folder: &Path, what: &str) -> Result<()> {
    for (name, version) in [("node", "18 or newer"), ("npm", "9 or newer")] {
        if find(name).is_none() {
            bail!("{name} is missing: install Node.js {version} (on Debian: `apt-get install nodejs npm`), then run this again");
        }
    }
    let unread = || format!("{}/package-lock.json could not be read", folder.display());
    let lock = fs::read(folder.join("package-lock.json")).with_context(unread)?;
    let stamp = folder.join("node_modules/.kabar-lock");
    if fs::read(&stamp).is_ok_and(|stamped| stamped == lock) {
        return Ok(());
    }
    println!("      npm ci in {}: {what}", folder.display());
    // The binaries are in their packages: no install script has to run.
    run(Command::new(find("npm").unwrap_or_else(|| "npm".into())).current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    fs::write(&stamp, lock).with_context(|| format!("{} could not be written", stamp.display()))
}

/// A script that one of the npm tools ships, run by Node.
pub(crate) fn npm_tool(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(node_modules().join(script));
    command
}

/// wasm-pack, and the wasm-bindgen test runner that fits the lock, in cargo's
/// own folder, where a `wasm-pack test` typed by hand finds them too.
pub(crate) fn for_wasm_pack(wasm_bindgen: &str) -> Result<()> {
    wasm_target()?;
    if find("wasm-pack").is_none() {
        println!("      wasm-pack is missing: cargo install wasm-pack, about 2 minutes");
        install_debug("wasm-pack", WASM_PACK)?;
    }
    let version = capture(Command::new("wasm-bindgen").arg("--version")).unwrap_or_default();
    if find("wasm-bindgen-test-runner").is_none() || version.trim() != format!("wasm-bindgen {wasm_bindgen}") {
        println!("      wasm-bindgen {wasm_bindgen} is missing: cargo install wasm-bindgen-cli, about 4 minutes");
        run(&mut cargo_install(&["install", "--force", "wasm-bindgen-cli", "--version", wasm_bindgen]))?;
    }
    Ok(())
}

/// Firefox's driver. Debian has no package of it.
pub(crate) fn geckodriver() -> Result<()> {
    if find("geckodriver").is_some() {
        return Ok(());
    }
    println!("      geckodriver is missing: cargo install geckodriver, about 1 minute");
    install_debug("geckodriver", GECKODRIVER)
}

/// cargo-fuzz, and the C++ compiler that libFuzzer is built with.
pub(crate) fn for_fuzz() -> Result<()> {
    if ["c++", "g++", "clang++"].iter().all(|name| find(name).is_none()) {
        apt_install(&["g++"])?;
    }
    if find("cargo-fuzz").is_none() {
        println!("      cargo-fuzz is missing: cargo install cargo-fuzz, about 1 minute");
        install_debug("cargo-fuzz", CARGO_FUZZ)?;
    }
    Ok(())
}

/// What looks at the crates' licences, sources and advisories.
pub(crate) fn cargo_deny() -> Result<()> {
    if find("cargo-deny").is_some() {
        return Ok(());
    }
    println!("      cargo-deny is missing: cargo install cargo-deny, about 5 minutes");
    install_debug("cargo-deny", CARGO_DENY)
}

/// A program that only starts others: a debug build of it is as good, and sooner there.
fn install_debug(name: &str, version: &str) -> Result<()> {
    let install = ["install", "--debug", name, "--version", version];
    if run(cargo_install(&install).arg("--locked")).is_err() {
        run(&mut cargo_install(&install))?;
    }
    Ok(())
}

fn cargo_install(arguments: &[&str]) -> Command {
    let mut command = cargo();
    command.args(arguments).arg("--quiet").env("CARGO_TARGET_DIR", target("tools"));
    command
}

/// Whether packages can be installed: by root, on Debian or its kin.
pub(crate) fn is_debian_root() -> bool {
    let root_user = capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root_user && find("apt-get").is_some() && Path::new("/etc/debian_version").exists()
}

/// Debian's packages of this name, where this user may install them.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    if !is_debian_root() {
        bail!(
            "not installed: {}. Install what is missing (on Debian: `apt-get install {}`), then run this again",
            packages.join(" and "),
            packages.join(" ")
        );
    }
    println!("      apt-get install {}", packages.join(" "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.arg("-qq").env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(apt().arg("update"))?;
    run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages).stdout(std::process::Stdio::null()))
}
