//! The page as `kabar prerender` fills it.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use super::{feeds, variants::FEED};
use crate::{
    step::run,
    workspace::{root, target},
};

/// A page with its elements filled, for a site at this origin that has the feed.
pub(super) fn filled(page: &str, origin: &str) -> Result<String> {
    run(Command::new(env!("CARGO")).current_dir(root()).args(["build", "--locked", "--quiet", "--package=kabar", "--bin=kabar"]))?;
    let files = target("bench").join("files");
    let feed = files.join(FEED.trim_start_matches('/'));
    let file = files.join("page.html");
    fs::create_dir_all(feed.parent().unwrap_or(&files)).with_context(|| format!("{} could not be made", files.display()))?;
    fs::write(&feed, feeds::full(feeds::NEWS)).with_context(|| format!("{} could not be written", feed.display()))?;
    fs::write(&file, page).with_context(|| format!("{} could not be written", file.display()))?;
    run(Command::new(target("debug").join("kabar"))
        .args(["prerender", "--in-place", "--base"])
        .arg(format!("{origin}/"))
        .arg("--page")
        .arg(&file)
        .arg("--files")
        .arg(&files))?;
    fs::read_to_string(&file).with_context(|| format!("{} could not be read", file.display()))
}
