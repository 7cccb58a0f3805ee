//! Builds what Kabar is measured against, as it would be published.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    glue::smaller,
    step::run,
    tools::{find, npm_tool},
    workspace::{root, target},
};

/// The widgets, each written for this bench.
const PEERS: [(&str, &str); 3] = [("hand-written", "js"), ("preact", "jsx"), ("lit", "js")];

/// Bundles the peers into a folder of the target folder, and returns it.
pub(super) fn build() -> Result<PathBuf> {
    let bench = root().join("bench");
    let modules = bench.join("node_modules");
    install(&bench)?;
    let folder = target("bench");
    fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    // Kabar's own style sheet, so that all lay out the same; it is minified as Kabar's is.
    let style = folder.join("widget.txt");
    let mut source = String::new();
    for sheet in ["style.css", "bar.css"] {
        source += &fs::read_to_string(root().join("src/view").join(sheet)).with_context(|| format!("{sheet} could not be read"))?;
    }
    let whole = folder.join("widget.css");
    fs::write(&whole, source).context("target/: the peers' style sheet could not be written")?;
    run(esbuild().arg("--minify").arg(&whole).arg(format!("--outfile={}", style.display())))?;
    let plain = folder.join("widget-plain.txt");
    fs::write(&plain, without_visibility(&style)?).context("target/: the peers' style sheet could not be written")?;
    for (name, extension) in PEERS {
        bundle(&folder.join(format!("{name}.js")), &bench.join(format!("peers/{name}.{extension}")), &style)?;
        bundle(&folder.join(format!("{name}-plain.js")), &bench.join(format!("peers/{name}.{extension}")), &plain)?;
    }
    // Published ready to use.
    for (from, to) in [("shareon.iife.js", "shareon.js"), ("shareon.min.css", "shareon.css")] {
        fs::copy(modules.join("shareon/dist").join(from), folder.join(to))
            .with_context(|| format!("shareon: {from} could not be copied"))?;
    }
    Ok(folder)
}

/// The peers' style sheet without what leaves the layout of a long list's cards for later, which few widgets do.
fn without_visibility(style: &Path) -> Result<String> {
    let text = fs::read_to_string(style).with_context(|| format!("{} could not be read", style.display()))?;
    let rule = text.split_inclusive('}').find(|rule| rule.contains("content-visibility:"));
    Ok(text.replace(rule.context("style.css: nothing says `content-visibility` any more")?, ""))
}

/// Writes a peer's script, with a style sheet in it.
fn bundle(file: &Path, source: &Path, style: &Path) -> Result<()> {
    run(esbuild()
        .args(["--bundle", "--minify", "--target=es2022", "--format=iife", "--charset=utf8"])
        .args(["--jsx-factory=h", "--jsx-fragment=Fragment", "--loader:.txt=text", "--legal-comments=none"])
        .arg(format!("--alias:widget.css={}", style.display()))
        .arg(source)
        .arg(format!("--outfile={}", file.display())))?;
    // What Kabar's scripts go through as well.
    let script = fs::read_to_string(file).with_context(|| format!("{} could not be read", file.display()))?;
    fs::write(file, smaller(&script)?).with_context(|| format!("{} could not be written", file.display()))
}

fn esbuild() -> Command {
    let mut command = npm_tool("esbuild/bin/esbuild");
    command.arg("--log-level=warning");
    command
}

/// Installs what bench/package-lock.json pins, once per lock.
fn install(bench: &Path) -> Result<()> {
    let lock = fs::read(bench.join("package-lock.json")).context("bench/package-lock.json could not be read")?;
    let stamp = bench.join("node_modules/.kabar-lock");
    if fs::read(&stamp).is_ok_and(|stamped| stamped == lock) {
        return Ok(());
    }
    println!("      npm ci in bench/: preact, lit and shareon");
    let npm = find("npm").context("npm is missing: install Node.js 18 or newer (on Debian: `apt-get install nodejs npm`)")?;
    run(Command::new(npm).current_dir(bench).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    fs::write(&stamp, lock).context("bench/node_modules/.kabar-lock could not be written")
}
