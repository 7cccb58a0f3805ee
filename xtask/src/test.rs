//! `cargo xtask test`: every check, the cheap ones first.

use std::{env, fs, process, process::Command, time::Instant};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    audit,
    browser::Browser,
    dist, docs, npm, real, size,
    step::{Steps, run},
    tools::{self, WASM},
    workspace::{self, cargo, root},
};

const STRICT: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all of it in the browsers asked for, or in all that can be had, and
/// stops at the first failure.
pub(crate) fn everything(asked_for: &[Browser]) -> Result<()> {
    let start = Instant::now();
    let mut browsers = if asked_for.is_empty() { Browser::value_variants() } else { asked_for }.to_vec();
    let rust_tested = browsers.iter().filter(|browser| browser.wasm_pack_option().is_some()).count();
    let mut steps = Steps::new(10 + rust_tested + browsers.len());
    steps.run("checking the format", || {
        tools::component("rustfmt")?;
        run(cargo().args(["fmt", "--all", "--check"]))
    })?;
    steps.run("linting for the host (clippy)", || {
        tools::component("clippy")?;
        let lint = |targets: &[&str]| run(cargo().args(["clippy", "--quiet", "--locked"]).args(targets).args(STRICT));
        lint(&["--workspace", "--all-targets"])?;
        // `test = false` keeps these out of "all".
        lint(&["--package=kabar", "--test=pages", "--test=real", "--test=npm"])
    })?;
    steps.run("testing on the host, without a browser", || run(cargo().args(["test", "--quiet", "--locked", "--workspace"])))?;
    steps.run("checking the licences, sources and advisories of what this stands on", audit::dependencies)?;
    steps.run("linting for wasm (clippy)", || {
        tools::for_dist()?;
        let lint = ["clippy", "--quiet", "--locked", "--package=kabar", "--lib", "--tests", "--target", WASM];
        run(cargo().args(lint).args(STRICT))
    })?;
    steps.run("building dist/ and the site around it", || {
        dist::build()?;
        docs::write()
    })?;
    steps.run("checking the sizes", size::check)?;
    // One that cannot be had does not keep the others from being tested.
    let mut missing = Vec::new();
    steps.run("checking the browsers and their tools", || {
        browsers.retain(|browser| match browser.ensure() {
            Ok(()) => true,
            Err(error) => {
                missing.push(format!("{}: {error:#}", browser.name()));
                println!("      not tested: {}", missing.last().map_or("", String::as_str));
                false
            }
        });
        tools::for_wasm_pack(&workspace::wasm_bindgen_version()?)
    })?;
    for browser in &browsers {
        let Some(option) = browser.wasm_pack_option() else { continue };
        steps.run(&format!("testing the wasm in {} (wasm-pack test)", browser.name()), || wasm_pack(option))?;
    }
    for browser in &browsers {
        steps.run(&format!("testing dist/ on real pages in {} (tests/pages)", browser.name()), || {
            let mut command = cargo();
            command.args(["test", "--locked", "--package=kabar", "--test=pages"]);
            if matches!(browser, Browser::Chromium) {
                command.env("KABAR_RELIABILITY", "docs/reliability.md");
            }
            run(command.env("KABAR_DIST", workspace::dist()).env("KABAR_BROWSER", browser.name()))
        })?;
    }
    steps.run("testing dist/ with content systems (tests/real)", real::all)?;
    steps.run("testing the npm package in apps (tests/npm)", npm::test)?;
    if !missing.is_empty() {
        bail!("all else passed, but not every browser was there; {}", missing.join("; "));
    }
    println!("everything passed in {:.0} s; {}", start.elapsed().as_secs_f64(), size::summary()?);
    Ok(())
}

/// The tests that are written in Rust, in a browser that leaves nothing behind.
fn wasm_pack(option: &str) -> Result<()> {
    // The drivers do not take their profiles away.
    let profiles = env::temp_dir().join(format!("kabar-wasm-pack-{}", process::id()));
    fs::create_dir_all(&profiles).with_context(|| format!("{} could not be made", profiles.display()))?;
    let mut command = Command::new("wasm-pack");
    command.current_dir(root()).args(["test", "--headless", option, "--mode", "no-install"]);
    let result = run(command.env("TMPDIR", &profiles));
    fs::remove_dir_all(&profiles).with_context(|| format!("{} could not be removed", profiles.display()))?;
    result
}
