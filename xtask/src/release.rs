//! `cargo xtask release X.Y.Z`: stamps a release, or says all that speaks
//! against it and changes nothing.

mod changelog;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};
use semver::Version;
use serde_json::{Map, Value};

use crate::{
    compress::{integrity, short_integrity},
    dist, size,
    step::{capture, run},
    workspace::root,
};
use changelog::Changelog;

/// Where the version stands, `{}` standing for it: once in each.
const STAMPED: [(&str, &str); 5] = [
    ("Cargo.toml", "\nversion = \"{}\"\n"),
    ("xtask/Cargo.toml", "\nversion = \"{}\"\n"),
    ("Cargo.lock", "\nname = \"kabar\"\nversion = \"{}\"\n"),
    ("Cargo.lock", "\nname = \"xtask\"\nversion = \"{}\"\n"),
    ("README.md", "/kabar@{}/"),
];

const CHANGELOG: &str = "CHANGELOG.md";

/// The branch that releases are made of.
const BRANCH: &str = "main";

/// Stamps, commits and tags a version, and builds dist/ of it. With `dry_run`, only says whether it would.
pub(crate) fn release(version: &str, dry_run: bool) -> Result<()> {
    let today: String = jiff::Timestamp::now().to_string().chars().take("2024-03-25".len()).collect();
    let root = root();
    let plan = Plan::make(&root, version, &today)?;
    if dry_run {
        println!("{version} can be released; without --dry-run, {} would be stamped, committed and tagged", plan.names().join(", "));
        return Ok(());
    }
    plan.carry_out()?;
    println!("{version} is committed and tagged as {}; now its dist/ is built", plan.tag());
    dist::build()?;
    println!("to publish it: `git push --atomic origin {BRANCH} {}`, then `npm publish` in dist/", plan.tag());
    Ok(())
}

/// The commit that a dist/ of these files is built from; none where something is not committed, or there is no git.
pub(crate) fn built_from() -> Option<String> {
    let root = root();
    unchanged(&root).ok()?;
    head(&root).ok()
}

/// A release that nothing speaks against.
struct Plan<'a> {
    root: &'a Path,
    version: Version,
    /// What the files are to be, by their names.
    files: Vec<(&'static str, String)>,
}

impl<'a> Plan<'a> {
    /// Looks at everything, so that all that is wrong is said at once.
    fn make(root: &'a Path, version: &str, today: &str) -> Result<Self> {
        let version = Version::parse(version).with_context(|| format!("`{version}` is no version: write X.Y.Z (semver.org)"))?;
        let current = manifest_version(root)?;
        let changelog = Changelog::read(&read(root, CHANGELOG)?);
        let stamped = stamp(root, &current, &version);
        let written = changelog.as_ref().map_err(ToString::to_string).and_then(|changelog| {
            goes_up(changelog, &current, &version)?;
            changelog.stamped(&version, today).map_err(|error| error.to_string())
        });
        let checks = [
            on_branch(root),
            unchanged(root),
            no_tag(root, &version),
            stamped.as_ref().map(drop).map_err(|error| anyhow::anyhow!("{error}")),
            written.as_ref().map(drop).map_err(|error| anyhow::anyhow!("{error}")),
            is_built(root, &current),
            size::limits(&root.join("dist")),
        ];
        let problems: Vec<_> = checks.into_iter().filter_map(Result::err).map(|error| format!("\n  - {error:#}")).collect();
        ensure!(problems.is_empty(), "{version} is not released, and nothing was changed:{}", problems.concat());
        let mut files = stamped?;
        files.push((CHANGELOG, written.map_err(anyhow::Error::msg)?));
        Ok(Self { root, version, files })
    }

    fn tag(&self) -> String {
        tag(&self.version)
    }

    fn names(&self) -> Vec<&'static str> {
        self.files.iter().map(|(name, _)| *name).collect()
    }

    /// Writes the files, commits and tags them; if that fails, everything is as it was.
    fn carry_out(&self) -> Result<()> {
        let before = head(self.root)?;
        let done = self.write_and_tag();
        if done.is_err() {
            // The tree had no changes but these.
            run(git(self.root).args(["reset", "--quiet", "--hard", &before]))?;
        }
        done
    }

    fn write_and_tag(&self) -> Result<()> {
        for (name, text) in &self.files {
            fs::write(self.root.join(name), text).with_context(|| format!("{name} could not be written"))?;
        }
        let message = format!("Release {}", self.version);
        run(git(self.root).args(["commit", "--quiet", "--all", "--message", &message]))?;
        run(git(self.root).args(["tag", "--annotate", "--message", &message, &self.tag()]))
    }
}

fn tag(version: &Version) -> String {
    format!("v{version}")
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(root);
    command
}

fn read(root: &Path, name: &str) -> Result<String> {
    fs::read_to_string(root.join(name)).with_context(|| format!("{name} could not be read"))
}

fn head(root: &Path) -> Result<String> {
    Ok(capture(git(root).args(["rev-parse", "HEAD"]))?.trim().to_owned())
}

fn manifest_version(root: &Path) -> Result<Version> {
    let manifest = read(root, "Cargo.toml")?;
    let text = manifest.split_once("\nversion = \"").and_then(|(_, after)| after.split_once('"')).map(|(version, _)| version);
    Version::parse(text.context("Cargo.toml has no version")?).context("Cargo.toml: its version is none of semver.org's")
}

fn on_branch(root: &Path) -> Result<()> {
    let branch = capture(git(root).args(["branch", "--show-current"]))?;
    ensure!(branch.trim() == BRANCH, "the branch is `{}`: `git switch {BRANCH}`", branch.trim());
    Ok(())
}

fn unchanged(root: &Path) -> Result<()> {
    let changes = capture(git(root).args(["status", "--porcelain"]))?;
    ensure!(changes.is_empty(), "not committed: {}", changes.lines().map(str::trim).collect::<Vec<_>>().join(", "));
    Ok(())
}

fn no_tag(root: &Path, version: &Version) -> Result<()> {
    let tags = capture(git(root).args(["tag", "--list", &tag(version)]))?;
    ensure!(tags.trim().is_empty(), "the tag {} is there already", tags.trim());
    Ok(())
}

/// The files with the version in place of the current one.
fn stamp(root: &Path, current: &Version, version: &Version) -> Result<Vec<(&'static str, String)>> {
    let mut files: Vec<(&'static str, String)> = Vec::new();
    for (name, pattern) in STAMPED {
        let text = match files.pop() {
            Some((last, text)) if last == name => text,
            other => {
                files.extend(other);
                read(root, name)?
            }
        };
        let [old, new] = [current, version].map(|version| pattern.replace("{}", &version.to_string()));
        let count = text.matches(&old).count();
        ensure!(count == 1, "{name} should have `{}` once, and has it {count} times", old.trim().replace('\n', " "));
        files.push((name, text.replacen(&old, &new, 1)));
    }
    Ok(files)
}

/// Semantic versions go up: above the last release, and not below what the manifest says.
fn goes_up(changelog: &Changelog, current: &Version, version: &Version) -> Result<(), String> {
    let last = changelog.released.first();
    if let Some(last) = last.filter(|last| *last != current) {
        return Err(format!("Cargo.toml has version {current}, and {CHANGELOG}'s last release is {last}"));
    }
    // Build metadata does not count (semver.org, 10).
    if last.is_some_and(|last| version.cmp_precedence(last).is_le()) || version.cmp_precedence(current).is_lt() {
        return Err(format!("{version} is not above {current}"));
    }
    Ok(())
}

/// dist/ says which commit it is of, and has each of its files as integrity.json has it.
fn is_built(root: &Path, current: &Version) -> Result<()> {
    const AGAIN: &str = "run `cargo xtask dist`";
    let json = |name: &str| -> Result<Value> {
        let bytes = fs::read(root.join("dist").join(name)).with_context(|| format!("dist/{name} could not be read: {AGAIN}"))?;
        serde_json::from_slice(&bytes).with_context(|| format!("dist/{name} is no JSON: {AGAIN}"))
    };
    let package = json("package.json")?;
    let commit = head(root)?;
    if package["gitHead"] != commit.as_str() {
        bail!("dist/ is not built from this commit, {}: {AGAIN}", &commit[..8]);
    }
    ensure!(package["version"] == current.to_string(), "dist/package.json has version {}, not {current}: {AGAIN}", package["version"]);
    let hashes: Map<String, Value> = serde_json::from_value(json("integrity.json")?).context("dist/integrity.json is no list of hashes")?;
    for (name, hash) in hashes {
        let bytes = fs::read(root.join("dist").join(&name)).with_context(|| format!("dist/{name} could not be read: {AGAIN}"))?;
        // What scripts are told is as short as it may be, the rest as long as is usual.
        let is_kept = [integrity(&bytes), short_integrity(&bytes)].iter().any(|own| hash == own.as_str());
        ensure!(is_kept, "dist/{name} is not what integrity.json says: {AGAIN}");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
