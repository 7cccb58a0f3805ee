//! `cargo xtask bench`: Kabar beside hand-written JavaScript, Preact, Lit and
//! shareon, in a browser that is as slow as a cheap phone.
//!
//! docs/performance.md says what is measured and how.

mod chromium;
mod feeds;
mod measure;
mod peers;
mod prerendered;
mod report;
mod site;
mod variants;

use std::{fs, path::PathBuf, time::Instant};

use anyhow::{Context, Result};
use clap::Args;

use self::{
    chromium::Chromium,
    measure::{Bench, Samples},
    site::Site,
    variants::{CODE, EMPTY, PRERENDERED},
};
use crate::{browser::Browser, dist, step::Steps, tools, workspace};

/// How much is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// 3 repetitions, 1 of the long lists, and none of 10,000 cards: about three minutes.
    #[arg(long)]
    quick: bool,
    /// How often each thing is measured [default: 15, or 3 with --quick].
    #[arg(long)]
    repetitions: Option<usize>,
    /// Measure the dist/ that is there.
    #[arg(long)]
    no_build: bool,
    /// Measure a build in another folder.
    #[arg(long, value_name = "FOLDER")]
    dist: Option<PathBuf>,
    /// Only write a trace of one cold visit, for the browser's performance panel.
    #[arg(long, value_name = "VARIANT")]
    trace: Option<String>,
    /// Only print the table; leave docs/performance.md as it is.
    #[arg(long)]
    no_write: bool,
}

/// Measures, prints the table, and writes it into the documents.
pub(crate) fn run(options: &Options) -> Result<()> {
    let start = Instant::now();
    let repetitions = options.repetitions.unwrap_or(if options.quick { 3 } else { 15 });
    if options.dist.is_none() && !options.no_build {
        dist::build()?;
    }
    let folder = options.dist.clone().unwrap_or_else(workspace::dist);
    let mut steps = Steps::new(5);
    let peers = steps.run("checking the tools, building the peers", || {
        Browser::Chromium.ensure()?;
        tools::for_dist()?;
        peers::build()
    })?;
    let mut samples = Samples::default();
    let origin = steps.run("filling the site", || {
        let mut site = Site::new()?;
        site.add_folder("dist", &folder)?;
        site.add_folder("peers", &peers)?;
        let (listener, origin) = site::listen()?;
        for variant in variants::all(&site)? {
            let page = if variant.name == PRERENDERED { prerendered::filled(&variant.page(), &origin)? } else { variant.page() };
            site.add_page(&variant, &page)?;
            samples.set("bytes", variant.name, count(variant.size(&site)));
        }
        site.serve(listener);
        Ok(origin)
    })?;
    let mut chromium = Chromium::start()?;
    let version = chromium.version()?;
    let mut bench = Bench { chromium: &mut chromium, origin: &origin, samples: &mut samples, failures: 0 };
    if let Some(variant) = &options.trace {
        let path = workspace::target("bench").join(format!("{variant}.trace.json"));
        fs::write(&path, bench.trace(variant)?).with_context(|| format!("{} could not be written", path.display()))?;
        println!("written: {}", path.display());
        return Ok(());
    }
    let differences = steps.run("comparing what the widgets show", || differences(&mut bench))?;
    steps.run("visiting, cold and for the fourth time", || {
        for turn in 0..repetitions {
            bench.cold(turn)?;
            bench.warm(turn)?;
            bench.memory()?;
            println!("      {} of {repetitions}", turn + 1);
        }
        Ok(())
    })?;
    // They take longest and vary least.
    let lists = if options.quick { 1 } else { repetitions.min(5) };
    steps.run("showing long lists", || {
        for turn in 0..lists {
            bench.lists(turn, !options.quick)?;
            println!("      {} of {lists}", turn + 1);
        }
        Ok(())
    })?;
    let failures = bench.failures;
    drop(chromium);
    over_empty(&mut samples);

    let mut text = report::table(&samples)
        + &format!(
            "\nMedian (range) of {repetitions} interleaved repetitions, {lists} for the long lists; {version}, {}.\n",
            machine().unwrap_or_else(|| "an unnamed machine".to_owned())
        );
    if failures > 0 {
        text += "\nSome visits failed and are left out: the command's output says which.\n";
    }
    for difference in differences {
        text = text + "\n" + &difference + "\n";
    }
    println!("\n{text}");
    if !options.no_write {
        report::write(&text)?;
    }
    println!("measured in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// Where a peer's widget is not the same as Kabar's, the first line that differs.
fn differences(bench: &mut Bench<'_>) -> Result<Vec<String>> {
    let kabar = bench.markup(CODE[0])?;
    let mut found = Vec::new();
    for variant in &CODE[1..] {
        let other = bench.markup(variant)?;
        let lines = kabar.lines().zip(other.lines()).find(|(one, other)| one != other);
        let difference = match lines {
            Some((one, other)) => format!("`{}` in place of `{}`", other.trim(), one.trim()),
            None if kabar.lines().count() != other.lines().count() => "it ends earlier or later".to_owned(),
            None => continue,
        };
        let difference = format!("The {variant} peer does not show what Kabar shows: {difference}.");
        println!("      {difference}");
        found.push(difference);
    }
    Ok(found)
}

/// Memory counts above that of the page without a widget.
fn over_empty(samples: &mut Samples) {
    let empty = report::median(&samples.sorted("memory", EMPTY));
    for variant in CODE {
        for bytes in samples.sorted("memory", variant) {
            samples.add("memory over", variant, bytes - empty);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "files are shorter than 2^53 bytes")]
fn count(bytes: usize) -> f64 {
    bytes as f64
}

/// The processor's name, on Linux.
fn machine() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").context("no such file").ok()?;
    let name = text.lines().find(|line| line.starts_with("model name"))?.split_once(':')?.1.trim().to_owned();
    let cores = std::thread::available_parallelism().ok()?;
    Some(format!("{name}, {cores} cores"))
}
