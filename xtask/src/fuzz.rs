//! `cargo xtask fuzz`: libFuzzer on what takes a stranger's text, for a bounded time.

use std::{
    fs,
    path::{MAIN_SEPARATOR_STR, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{
    step::{Steps, run},
    tools,
    workspace::{cargo, root, target},
};

/// Fuzzes one target, or all there are, for so many seconds each.
pub(crate) fn targets(only: Option<&str>, seconds: u32) -> Result<()> {
    let mut names = names()?;
    if let Some(only) = only {
        if !names.iter().any(|name| name == only) {
            bail!("there is no fuzz target `{only}`: it is one of {}", names.join(", "));
        }
        names = vec![only.to_owned()];
    }
    let mut steps = Steps::new(2);
    steps.run("building the fuzz targets (the first time about a minute)", || {
        tools::for_fuzz()?;
        run(&mut cargo_fuzz("build"))
    })?;
    steps.run(&format!("fuzzing {} for {seconds} s each", names.join(", ")), || names.iter().try_for_each(|name| fuzz(name, seconds)))
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
