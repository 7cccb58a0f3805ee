//! Releases in repositories made for it. Each refusal leaves them as they were.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use super::{Plan, STAMPED, git, integrity, run, short_integrity};
use crate::{step::capture, workspace::root};

const TODAY: &str = "2024-03-25";

const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something.\n\n## [1.0.0] - 2024-01-02\n\n### Added\n\n- All.\n";

/// A repository in a folder of its own, gone when dropped.
struct Repository(PathBuf);

impl Repository {
    /// One that nothing speaks against, with 1.0.0 released.
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("kabar-release-{}-{name}", process::id()));
        let repository = Self(folder);
        fs::create_dir_all(repository.0.join("xtask")).unwrap();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        for (key, value) in
            [("user.name", "Sari"), ("user.email", "sari@koran.example"), ("commit.gpgsign", "false"), ("tag.gpgsign", "false")]
        {
            repository.git(&["config", key, value]);
        }
        for (name, text) in [
            ("Cargo.toml", "[package]\nname = \"kabar\"\nversion = \"1.0.0\"\n"),
            ("xtask/Cargo.toml", "[package]\nname = \"xtask\"\nversion = \"1.0.0\"\n"),
            ("Cargo.lock", "[[package]]\nname = \"kabar\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"xtask\"\nversion = \"1.0.0\"\n"),
            ("README.md", "https://cdn.example/kabar@1.0.0/kabar.js\n"),
            ("CHANGELOG.md", CHANGELOG),
            (".gitignore", "/dist\n"),
        ] {
            repository.write(name, text);
        }
        repository.commit();
        repository.git(&["tag", "v1.0.0"]);
        repository.build("let a;");
        repository
    }

    fn path(&self) -> &Path {
        &self.0
    }

    fn git(&self, arguments: &[&str]) {
        run(git(self.path()).args(arguments)).unwrap();
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn replace(&self, name: &str, old: &str, new: &str) {
        let text = self.read(name);
        assert!(text.contains(old), "{name}");
        self.write(name, &text.replace(old, new));
        self.commit();
        self.build("let a;");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=a"]);
    }

    /// What `cargo xtask dist` leaves, as far as a release looks at it.
    fn build(&self, loader: &str) {
        let dist = self.0.join("dist");
        fs::create_dir_all(&dist).unwrap();
        let head = capture(git(self.path()).args(["rev-parse", "HEAD"])).unwrap();
        fs::write(dist.join("kabar.js"), loader).unwrap();
        fs::write(dist.join("package.json"), format!(r#"{{"version":"1.0.0","gitHead":"{}"}}"#, head.trim())).unwrap();
        fs::write(dist.join("kabar-0a1b2c3d.wasm"), "w").unwrap();
        let hashes = format!(r#"{{"kabar.js":"{}","kabar-0a1b2c3d.wasm":"{}"}}"#, integrity(loader.as_bytes()), short_integrity(b"w"));
        fs::write(dist.join("integrity.json"), hashes).unwrap();
    }

    /// The commit, the branch, the tags, what is not committed, and the files.
    fn state(&self) -> String {
        let mut text = String::new();
        for arguments in [["rev-parse", "HEAD"].as_slice(), &["branch", "--show-current"], &["tag"], &["status", "--porcelain"], &["diff"]]
        {
            text += &capture(git(self.path()).args(arguments)).unwrap();
        }
        text + &self.read("Cargo.toml") + &self.read("CHANGELOG.md")
    }

    /// Fails unless a version is refused, for this reason alone, and nothing is changed.
    fn refuses(&self, version: &str, reason: &str) {
        let before = self.state();
        let message = Plan::make(self.path(), version, TODAY).map(drop).unwrap_err().to_string();
        let said = message.split_once(":\n  - ").unwrap_or_else(|| panic!("{message}")).1;
        assert!(said.starts_with(reason) && !said.contains('\n'), "{message}");
        assert_eq!(self.state(), before);
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_release_stamps_every_file_and_is_a_tagged_commit() {
    let repository = Repository::new("good");
    Plan::make(repository.path(), "1.1.0", TODAY).unwrap().carry_out().unwrap();
    for name in ["Cargo.toml", "xtask/Cargo.toml", "Cargo.lock", "README.md"] {
        let text = repository.read(name);
        assert!(text.contains("1.1.0") && !text.contains("1.0.0"), "{name}: {text}");
    }
    let changelog = CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.1.0] - 2024-03-25\n");
    assert_eq!(repository.read("CHANGELOG.md"), changelog);
    let about = |arguments: &[&str]| capture(git(repository.path()).args(arguments)).unwrap();
    assert_eq!(about(&["log", "-1", "--format=%s %D"]), "Release 1.1.0 HEAD -> main, tag: v1.1.0\n");
    assert_eq!(about(&["status", "--porcelain"]), "");
    assert_eq!(about(&["cat-file", "-t", "v1.1.0"]), "tag\n");
}

#[test]
fn a_plan_alone_changes_nothing() {
    let repository = Repository::new("dry");
    let before = repository.state();
    let names = Plan::make(repository.path(), "2.0.0-beta.1", TODAY).unwrap().names();
    assert_eq!(names, ["Cargo.toml", "xtask/Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md"]);
    assert_eq!(repository.state(), before);
}

#[test]
fn the_first_release_may_have_the_version_that_is_there() {
    let repository = Repository::new("first");
    capture(git(repository.path()).args(["tag", "--delete", "v1.0.0"])).unwrap();
    repository.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All.\n");
    repository.commit();
    repository.build("let a;");
    repository.refuses("0.9.0", "0.9.0 is not above 1.0.0");
    Plan::make(repository.path(), "1.0.0", TODAY).unwrap().carry_out().unwrap();
    assert!(repository.read("CHANGELOG.md").contains("\n## [1.0.0] - 2024-03-25\n"));
}

#[test]
fn a_release_that_git_refuses_leaves_all_as_it_was() {
    let repository = Repository::new("hook");
    let hook = repository.0.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    run(process::Command::new("chmod").arg("+x").arg(&hook)).unwrap();
    let before = repository.state();
    assert!(Plan::make(repository.path(), "1.1.0", TODAY).unwrap().carry_out().is_err());
    assert_eq!(repository.state(), before);
}

#[test]
fn no_version_is_refused() {
    let repository = Repository::new("word");
    let message = Plan::make(repository.path(), "1.1", TODAY).map(drop).unwrap_err().to_string();
    assert_eq!(message, "`1.1` is no version: write X.Y.Z (semver.org)");
}

#[test]
fn a_version_that_does_not_go_up_is_refused() {
    let repository = Repository::new("down");
    repository.refuses("0.9.9", "0.9.9 is not above 1.0.0");
    // semver.org, 11: a pre-release comes before what it is of.
    repository.refuses("1.0.0-rc.1", "1.0.0-rc.1 is not above 1.0.0");
    // semver.org, 10.
    repository.refuses("1.0.0+later", "1.0.0+later is not above 1.0.0");
}

#[test]
fn a_tag_that_is_there_is_refused() {
    let repository = Repository::new("tag");
    repository.git(&["tag", "v1.1.0"]);
    repository.refuses("1.1.0", "the tag v1.1.0 is there already");
}

#[test]
fn another_branch_is_refused() {
    let repository = Repository::new("branch");
    repository.git(&["switch", "--quiet", "--create", "percobaan"]);
    repository.refuses("1.1.0", "the branch is `percobaan`");
}

#[test]
fn what_is_not_committed_is_refused() {
    let repository = Repository::new("dirty");
    repository.write("catatan.txt", "a");
    repository.refuses("1.1.0", "not committed: ?? catatan.txt");
}

#[test]
fn nothing_to_release_is_refused() {
    let repository = Repository::new("empty");
    repository.replace("CHANGELOG.md", "### Added\n\n- Something.\n\n", "");
    repository.refuses("1.1.0", "CHANGELOG.md has no entry under `## [Unreleased]`");
}

#[test]
fn versions_that_differ_are_refused() {
    let repository = Repository::new("differ");
    repository.replace("xtask/Cargo.toml", "1.0.0", "0.9.0");
    repository.refuses("1.1.0", "xtask/Cargo.toml should have `version = \"1.0.0\"` once, and has it 0 times");
    repository.replace("xtask/Cargo.toml", "0.9.0", "1.0.0");
    repository.replace("CHANGELOG.md", "[1.0.0]", "[0.9.0]");
    repository.refuses("1.1.0", "Cargo.toml has version 1.0.0, and CHANGELOG.md's last release is 0.9.0");
}

#[test]
fn a_dist_of_another_commit_is_refused() {
    let repository = Repository::new("built");
    repository.write("README.md", "https://cdn.example/kabar@1.0.0/kabar.js?\n");
    repository.commit();
    repository.refuses("1.1.0", "dist/ is not built from this commit, ");
}

#[test]
fn a_dist_that_was_changed_is_refused() {
    let repository = Repository::new("changed");
    repository.write("dist/kabar.js", "let b;");
    repository.refuses("1.1.0", "dist/kabar.js is not what integrity.json says");
}

#[test]
fn what_is_above_its_ceiling_is_refused() {
    let repository = Repository::new("size");
    // Hashes do not compress.
    let loader: String = (0..100).map(|number| integrity(&[number])).collect();
    repository.build(&loader);
    repository.refuses("1.1.0", "kabar.js: ");
}

/// Cargo would not build what was just tagged.
#[test]
fn no_manifest_asks_for_the_library_by_a_version_that_a_release_leaves_behind() {
    for (name, _) in STAMPED.iter().filter(|(name, _)| name.ends_with("Cargo.toml")) {
        let manifest = fs::read_to_string(root().join(name)).unwrap();
        let asks = manifest.lines().find(|line| line.starts_with("kabar = ") && line.contains("version"));
        assert_eq!(asks, None, "{name}");
    }
}
