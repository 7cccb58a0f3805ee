//! `cargo xtask test wordpress`, `hugo`, `npm` and so on: Kabar on pages that real
//! software made, by what is in integrations/.

mod wordpress;

use std::{env, path::PathBuf, process::Command};

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    browser::Browser,
    dist, npm,
    step::{Steps, capture, run},
    tools::{self, apt_install, is_debian_root},
    workspace::{self, cargo, root},
};

/// Software whose pages the tests visit.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Software {
    /// WordPress with `MariaDB`: by its REST API, by RSS where that is switched off, and by the plugin.
    Wordpress,
    /// Hugo: by the shortcode, the partial and the JSON Feed, and by its own RSS.
    Hugo,
    /// Jekyll: by the include and the JSON Feed.
    Jekyll,
    /// Eleventy, from npm: by the shortcode and the JSON Feed.
    Eleventy,
    /// The snippet for Ghost, on pages as Ghost makes them; Ghost itself is not installed.
    Ghost,
    /// The npm package, in apps that bundlers build.
    Npm,
}

impl Software {
    const SYSTEMS: [Self; 5] = [Self::Wordpress, Self::Hugo, Self::Jekyll, Self::Eleventy, Self::Ghost];

    fn name(self) -> &'static str {
        match self {
            Self::Wordpress => "WordPress",
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::Eleventy => "Eleventy",
            Self::Ghost => "Ghost's snippet",
            Self::Npm => "the bundlers and frameworks of npm",
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Wordpress => wordpress::PACKAGES,
            Self::Hugo => &["hugo"],
            Self::Jekyll => &["jekyll"],
            // Their own come from npm; Node.js need not be Debian's.
            Self::Eleventy | Self::Ghost | Self::Npm => &[],
        }
    }

    fn test(self) -> Result<()> {
        match self {
            Self::Wordpress => wordpress::test(),
            Self::Hugo => run(&mut tests("hugo::")),
            Self::Jekyll => run(&mut tests("jekyll::")),
            Self::Eleventy => {
                tools::npm_ci(&root().join("tests/real/eleventy"), "Eleventy")?;
                run(&mut tests("eleventy::"))
            }
            Self::Ghost => run(&mut tests("ghost::")),
            Self::Npm => npm::test(),
        }
    }

    fn missing(self) -> Vec<&'static str> {
        let installed = |package: &&str| {
            let mut query = Command::new("dpkg-query");
            capture(query.args(["--show", "--showformat=${db:Status-Status}", package])).is_ok_and(|status| status == "installed")
        };
        self.packages().iter().copied().filter(|package| !installed(package)).collect()
    }
}

/// One of them, by name: what is missing is installed, or is an error.
pub(crate) fn one(software: Software) -> Result<()> {
    let mut steps = Steps::new(3);
    steps.run("checking the browser and Debian's packages", || {
        Browser::Chromium.ensure()?;
        let missing = software.missing();
        if missing.is_empty() { Ok(()) } else { apt_install(&missing) }
    })?;
    steps.run("building dist/", || if env::var_os("KABAR_DIST").is_some() { Ok(()) } else { dist::build() })?;
    steps.run(&format!("testing dist/ with {}", software.name()), || software.test())
}

/// All that Debian has, as a part of the full test: where their packages are neither
/// there nor to be installed, that is said, and is no error.
pub(crate) fn all() -> Result<()> {
    for software in Software::SYSTEMS {
        let missing = software.missing();
        if !missing.is_empty() && !is_debian_root() {
            let name = software.name();
            println!("      {name}: not run. It needs Debian and its packages: `apt-get install {}`", missing.join(" "));
            continue;
        }
        if !missing.is_empty() {
            apt_install(&missing)?;
        }
        software.test()?;
    }
    Ok(())
}

/// The tests of one module of tests/real, over `dist/` or what `KABAR_DIST` names.
fn tests(module: &str) -> Command {
    let mut command = cargo();
    command.args(["test", "--locked", "--package=kabar", "--test=real", module]).env("KABAR_DIST", dist_folder());
    command
}

pub(crate) fn dist_folder() -> PathBuf {
    env::var_os("KABAR_DIST").map_or_else(workspace::dist, PathBuf::from)
}
