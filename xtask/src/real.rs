//! `cargo xtask test wordpress`, `hugo` and `npm`: Kabar on pages that real
//! software made, the first two as Debian packages them.

mod wordpress;

use std::{env, path::PathBuf, process::Command};

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    browser::Browser,
    dist, npm,
    step::{Steps, capture, run},
    tools::{apt_install, is_debian_root},
    workspace::{self, cargo},
};

/// Software whose pages the tests visit.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Software {
    /// WordPress with `MariaDB`: by its REST API, and by RSS where that is switched off.
    Wordpress,
    /// Hugo: by a JSON Feed that a template makes, and by its own RSS.
    Hugo,
    /// The npm package, in apps that bundlers build.
    Npm,
}

impl Software {
    const DEBIAN: [Self; 2] = [Self::Wordpress, Self::Hugo];

    fn name(self) -> &'static str {
        match self {
            Self::Wordpress => "WordPress",
            Self::Hugo => "Hugo",
            Self::Npm => "the bundlers and frameworks of npm",
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Wordpress => wordpress::PACKAGES,
            Self::Hugo => &["hugo"],
            // Its own come from npm; Node.js need not be Debian's.
            Self::Npm => &[],
        }
    }

    fn test(self) -> Result<()> {
        match self {
            Self::Wordpress => wordpress::test(),
            Self::Hugo => run(&mut tests("hugo::")),
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
    for software in Software::DEBIAN {
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
