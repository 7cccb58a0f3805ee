//! `cargo xtask fuzz`: what takes a stranger's text, with inputs made to break it, for
//! a bounded time. libFuzzer does it to the readers on the host, and the cases of
//! tests/pages/fuzzed.rs to the loader and the wasm in a browser.

use std::{
    fs,
    path::{MAIN_SEPARATOR_STR, PathBuf},
    process::{Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};

use crate::{
    browser::Browser,
    dist,
    step::{Steps, run},
    tools,
    workspace::{self, cargo, root, target},
};

/// The target that is no file of its own: `dist/` in a browser.
const PAGES: &str = "pages";

/// Fuzzes one target, or all there are, for so many seconds each.
pub(crate) fn targets(only: Option<&str>, seconds: u32) -> Result<()> {
    let mut names = names()?;
    names.push(PAGES.to_owned());
    if let Some(only) = only {
        if !names.iter().any(|name| name == only) {
            bail!("there is no fuzz target `{only}`: it is one of {}", names.join(", "));
        }
        names = vec![only.to_owned()];
    }
    let pages = names.pop_if(|name| name == PAGES).is_some();
    let mut steps = Steps::new(2 * (usize::from(pages) + usize::from(!names.is_empty())));
    if !names.is_empty() {
        steps.run("building the fuzz targets (the first time about a minute)", || {
            tools::for_fuzz()?;
            run(&mut cargo_fuzz("build"))
        })?;
        steps
            .run(&format!("fuzzing {} for {seconds} s each", names.join(", ")), || names.iter().try_for_each(|name| fuzz(name, seconds)))?;
    }
    if pages {
        steps.run("building dist/", || {
            dist::build()?;
            Browser::Chromium.ensure()
        })?;
        steps.run(&format!("fuzzing dist/ on pages, {seconds} s for each case"), || fuzz_pages(seconds))?;
    }
    Ok(())
}

/// Runs the cases of tests/pages/fuzzed.rs side by side, from another seed each time.
fn fuzz_pages(seconds: u32) -> Result<()> {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?.as_secs();
    println!("      KABAR_FUZZ_SEED={seed}");
    let mut command = cargo();
    command.args(["test", "--locked", "--package=kabar", "--test=pages", "--", "fuzzed"]);
    command.env("KABAR_DIST", workspace::dist()).env("KABAR_BROWSER", Browser::Chromium.name());
    run(command.env("KABAR_FUZZ_SECONDS", seconds.to_string()).env("KABAR_FUZZ_SEED", seed.to_string()))
}

/// Each is a file.
fn names() -> Result<Vec<String>> {
    let folder = root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder).context("fuzz/fuzz_targets could not be read")?;
    let mut names: Vec<_> = files.filter_map(|file| file.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned)).collect();
    names.sort();
    Ok(names)
}

/// `cargo fuzz`, on the toolchain that the project has: coverage is a flag of the
/// compiler that only nightly takes, unless it is told so. The address sanitizer
/// would find nothing: Kabar has no unsafe code.
fn cargo_fuzz(command: &str) -> Command {
    let mut cargo = cargo();
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TERM_QUIET", "true");
    cargo.args(["fuzz", command, "--sanitizer=none", "--target-dir"]).arg(target("fuzz"));
    cargo
}

fn fuzz(name: &str, seconds: u32) -> Result<()> {
    let folder = |kind: &str| -> Result<PathBuf> {
        let folder = target("fuzz").join(kind).join(name);
        fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
        Ok(folder)
    };
    // What it finds goes into the first; the others are only read.
    let mut corpus = vec![folder("corpus")?, root().join("fuzz/seeds").join(name)];
    let formats: &[&str] = match name {
        "feed" => &["jsonfeed", "wordpress", "ghost"],
        "xml" => &["rss", "atom"],
        _ => &[],
    };
    corpus.extend(formats.iter().map(|format| root().join("tests/fixtures").join(format)));
    corpus.retain(|folder| folder.is_dir());
    let mut artifacts = folder("artifacts")?.into_os_string();
    artifacts.push(MAIN_SEPARATOR_STR);

    let mut command = cargo_fuzz("run");
    command.arg(name).args(corpus).arg("--");
    command.args([&format!("-max_total_time={seconds}"), "-timeout=10", "-print_final_stats=1"]);
    command.arg(format!("-dict={}", root().join("fuzz/words.dict").display()));
    command.arg(format!("-artifact_prefix={}", artifacts.to_string_lossy()));
    // The panic says where; cargo fuzz's own trace would push it out of sight.
    let output = command.env("RUST_BACKTRACE", "0").stdin(Stdio::null()).output().context("`cargo fuzz run` could not be started")?;
    let log = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let lines: Vec<_> = log.lines().collect();
        eprintln!("{}", lines[lines.len().saturating_sub(60)..].join("\n"));
        bail!(
            "fuzz target `{name}` failed; the input that did it is named above, and \
             `RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer=none {name} FILE` runs it again"
        );
    }
    let statistic =
        |name: &str| log.lines().find_map(|line| line.strip_prefix(name)?.split(':').next_back()).unwrap_or("?").trim().to_owned();
    println!(
        "      {name}: {} runs, {} a second, no failure",
        statistic("stat::number_of_executed_units"),
        statistic("stat::average_exec_per_sec")
    );
    Ok(())
}
