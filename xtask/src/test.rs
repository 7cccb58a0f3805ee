//! `cargo xtask test`: every check, the cheap ones first.

use std::{process::Command, time::Instant};

use anyhow::Result;

use crate::{
    browser::Browser,
    dist, real, size,
    step::{Steps, run},
    tools::{self, WASM},
    workspace::{self, cargo, root},
};

const STRICT: [&str; 3] = ["--", "-D", "warnings"];

/// Runs all of it, and stops at the first failure.
pub(crate) fn everything(browser: Browser) -> Result<()> {
    let start = Instant::now();
    let mut steps = Steps::new(10);
    steps.run("checking the format", || {
        tools::component("rustfmt")?;
        run(cargo().args(["fmt", "--all", "--check"]))
    })?;
    steps.run("linting for the host (clippy)", || {
        tools::component("clippy")?;
        let lint = |targets: &[&str]| run(cargo().args(["clippy", "--quiet", "--locked"]).args(targets).args(STRICT));
        lint(&["--workspace", "--all-targets"])?;
        // `test = false` keeps these out of "all".
        lint(&["--package=kabar", "--test=pages", "--test=real"])
    })?;
    steps.run("testing on the host, without a browser", || run(cargo().args(["test", "--quiet", "--locked", "--workspace"])))?;
    steps.run("linting for wasm (clippy)", || {
        tools::for_dist()?;
        let lint = ["clippy", "--quiet", "--locked", "--package=kabar", "--lib", "--tests", "--target", WASM];
        run(cargo().args(lint).args(STRICT))
    })?;
    steps.run("building dist/", dist::build)?;
    steps.run("checking the sizes", size::check)?;
    steps.run("checking the browser and its tools", || {
        browser.ensure()?;
        tools::for_wasm_pack(&workspace::wasm_bindgen_version()?)
    })?;
    steps.run("testing the wasm in the browser (wasm-pack test)", || {
        let mut command = Command::new("wasm-pack");
        command.current_dir(root()).args(["test", "--headless", browser.wasm_pack_option()]);
        run(command.args(["--mode", "no-install"]))
    })?;
    steps.run("testing dist/ on real pages in the browser (tests/pages)", || {
        let mut command = cargo();
        command.args(["test", "--locked", "--package=kabar", "--test=pages"]);
        run(command.env("KABAR_DIST", workspace::dist()))
    })?;
    steps.run("testing dist/ with WordPress and Hugo (tests/real)", real::all)?;
    println!("everything passed in {:.0} s; {}", start.elapsed().as_secs_f64(), size::summary()?);
    Ok(())
}
