//! `cargo xtask test npm`: the package, as `npm pack` makes it, in apps that
//! are built with the usual bundlers and frameworks (tests/npm).

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    real::dist_folder,
    step::{capture, run},
    tools::find,
    workspace::{cargo, root, target},
};

/// Where the apps are, below the root.
const APPS: &str = "tests/npm";

/// The apps that Vite builds.
const VITE: [&str; 5] = ["vite", "react", "vue", "svelte", "solid"];

/// What every call of npm gets: no package runs a script of its own here.
const QUIET: [&str; 4] = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/// Packs dist/, installs that, builds the apps and visits them.
pub(crate) fn test() -> Result<()> {
    for name in ["node", "npm"] {
        if find(name).is_none() {
            bail!("{name} is missing: install Node.js 20 or newer (on Debian: `apt-get install nodejs npm`), then run this again");
        }
    }
    let folder = target("npm");
    let (apps, sites) = (folder.join("apps"), folder.join("sites"));
    copy(&root().join(APPS), &apps)?;
    install_locked(&apps)?;
    let package = pack(&apps)?;
    let installed = apps.join("node_modules/kabar");
    remove(&installed)?;
    run(npm(&apps)?.args(["install", "--no-save"]).args(QUIET).arg(format!("./{package}")))?;
    remove(&sites)?;
    build(&apps, &sites)?;
    // No bundler: the package as any server of files has it.
    copy(&apps.join("plain"), &sites.join("plain"))?;
    copy(&installed, &sites.join("plain/node_modules/kabar"))?;
    let mut tests = cargo();
    tests.args(["test", "--locked", "--package=kabar", "--test=npm"]);
    run(tests.env("KABAR_DIST", dist_folder()).env("KABAR_NPM", &sites))
}

/// What tests/npm/package-lock.json pins, once per lock.
fn install_locked(apps: &Path) -> Result<()> {
    let lock = fs::read(apps.join("package-lock.json")).with_context(|| format!("{APPS}/package-lock.json could not be read"))?;
    let stamp = apps.join("node_modules/.kabar-lock");
    if fs::read(&stamp).is_ok_and(|stamped| stamped == lock) {
        return Ok(());
    }
    println!("      npm ci: the bundlers and frameworks, about 30 s");
    run(npm(apps)?.arg("ci").args(QUIET)).with_context(|| {
        format!("the packages that {APPS}/package-lock.json names are missing, and the registry that npm is set to did not give them")
    })?;
    fs::write(&stamp, lock).with_context(|| format!("{} could not be written", stamp.display()))
}

/// Makes the tarball that would be published; returns its name.
fn pack(apps: &Path) -> Result<String> {
    let written = capture(npm(apps)?.args(["pack", "--silent", "--ignore-scripts"]).arg(dist_folder()))?;
    written.lines().last().map(str::to_owned).context("`npm pack` named no file")
}

fn build(apps: &Path, sites: &Path) -> Result<()> {
    let node = |script: &str| {
        let mut command = Command::new("node");
        command.current_dir(apps).env("ASTRO_TELEMETRY_DISABLED", "1").arg(apps.join("node_modules").join(script));
        command
    };
    run(node("typescript/bin/tsc").args(["--project", "tsconfig.json"])).context("the types in the apps' templates do not fit")?;
    for app in VITE {
        let mut vite = node("vite/bin/vite.js");
        run(vite.args(["build", app, "--emptyOutDir", "--logLevel=warn", "--outDir"]).arg(sites.join(app)))?;
    }
    let mut webpack = node("webpack-cli/bin/cli.js");
    webpack.args(["--mode=production", "--fail-on-warnings", "--stats=errors-warnings", "--entry=./webpack/main.js", "--output-path"]);
    run(webpack.arg(sites.join("webpack")))?;
    let page = sites.join("webpack/index.html");
    fs::copy(apps.join("webpack/index.html"), &page).with_context(|| format!("{} could not be written", page.display()))?;
    // It writes a line for each file, and to standard output, when all is well.
    capture(node("astro/astro.js").args(["build", "--root=astro", "--outDir"]).arg(sites.join("astro"))).map(drop)
}

fn npm(folder: &Path) -> Result<Command> {
    let mut command = Command::new(find("npm").context("npm is missing")?);
    command.current_dir(folder);
    Ok(command)
}

/// Copies a folder's files over those of another; what else is there stays.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let failed = || format!("{} could not be copied to {}", from.display(), to.display());
    fs::create_dir_all(to).with_context(failed)?;
    for entry in fs::read_dir(from).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).with_context(failed)?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    Ok(())
}
