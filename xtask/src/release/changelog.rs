//! CHANGELOG.md, in the form of "Keep a Changelog" 1.1.0.

use anyhow::{Context, Result, ensure};
use semver::Version;

/// The form's own words for kinds of changes.
const KINDS: [&str; 6] = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

const UNRELEASED: &str = "## [Unreleased]\n";

/// What is in it.
pub(super) struct Changelog {
    text: String,
    /// What is to be released.
    unreleased: String,
    /// The versions that were, the newest first.
    pub(super) released: Vec<Version>,
}

impl Changelog {
    /// Reads it, and says where it leaves the form.
    pub(super) fn read(text: &str) -> Result<Self> {
        let (_, after) = text.split_once(UNRELEASED).with_context(|| format!("CHANGELOG.md has no section `{}`", UNRELEASED.trim()))?;
        let mut sections = after.split("\n## ");
        let unreleased = sections.next().unwrap_or_default().to_owned();
        let released = sections.map(released).collect::<Result<Vec<_>>>()?;
        for pair in released.windows(2) {
            ensure!(pair[0].cmp_precedence(&pair[1]).is_gt(), "CHANGELOG.md has {} above {}: the newest comes first", pair[0], pair[1]);
        }
        Ok(Self { text: text.to_owned(), unreleased, released })
    }

    /// The text with what is unreleased under this version.
    pub(super) fn stamped(&self, version: &Version, today: &str) -> Result<String> {
        let mut kind = None;
        let mut entries = 0;
        for line in self.unreleased.lines() {
            if let Some(heading) = line.strip_prefix("### ") {
                ensure!(KINDS.contains(&heading), "CHANGELOG.md: `{line}` is none of {}", KINDS.join(", "));
                kind = Some(heading);
            } else if line.starts_with("- ") {
                ensure!(kind.is_some(), "CHANGELOG.md: `{line}` is under no heading: write one of {} above it", KINDS.join(", "));
                entries += 1;
            }
        }
        ensure!(entries > 0, "CHANGELOG.md has no entry under `{}`", UNRELEASED.trim());
        Ok(self.text.replacen(UNRELEASED, &format!("{UNRELEASED}\n## [{version}] - {today}\n"), 1))
    }
}

/// The version of a section such as `[1.0.0] - 2024-03-25`.
fn released(section: &str) -> Result<Version> {
    let line = section.lines().next().unwrap_or_default();
    let parts = line.strip_prefix('[').and_then(|rest| rest.split_once("] - "));
    let version = parts.filter(|(_, date)| is_date(date)).and_then(|(version, _)| Version::parse(version).ok());
    version.with_context(|| format!("CHANGELOG.md: `## {line}` should be like `## [1.0.0] - 2024-03-25`"))
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use semver::Version;

    use super::Changelog;
    use crate::workspace::root;

    fn stamped(text: &str) -> Result<String, String> {
        let stamped = Changelog::read(text).and_then(|changelog| changelog.stamped(&Version::new(1, 1, 0), "2024-03-25"));
        stamped.map_err(|error| error.to_string())
    }

    // The form: "Guiding principles" and the example of keepachangelog.com 1.1.0.

    #[test]
    fn what_is_unreleased_gets_a_version_and_a_date() {
        let before = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- One.\n\n## [1.0.0] - 2023-01-02\n\n### Added\n\n- All.\n";
        let after = before.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [1.1.0] - 2024-03-25\n");
        assert_eq!(stamped(before), Ok(after));
    }

    #[test]
    fn what_leaves_the_form_is_named() {
        for (text, message) in [
            ("# Changelog\n", "CHANGELOG.md has no section `## [Unreleased]`"),
            ("## [Unreleased]\n\n### Added\n", "CHANGELOG.md has no entry under `## [Unreleased]`"),
            (
                "## [Unreleased]\n\n### News\n\n- One.\n",
                "CHANGELOG.md: `### News` is none of Added, Changed, Deprecated, Removed, Fixed, Security",
            ),
            (
                "## [Unreleased]\n\n- One.\n",
                "CHANGELOG.md: `- One.` is under no heading: write one of Added, Changed, Deprecated, Removed, Fixed, Security above it",
            ),
            ("## [Unreleased]\n\n## [1.0.0]\n", "CHANGELOG.md: `## [1.0.0]` should be like `## [1.0.0] - 2024-03-25`"),
            (
                "## [Unreleased]\n\n## [1.0.0] - 2024-01-01\n\n## [1.0.1] - 2024-02-01\n",
                "CHANGELOG.md has 1.0.0 above 1.0.1: the newest comes first",
            ),
        ] {
            assert_eq!(stamped(text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_projects_own_has_the_form() {
        let text = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
        let changelog = Changelog::read(&text).unwrap();
        // Until something was released, everything is unreleased.
        let current = Version::parse(env!("CARGO_PKG_VERSION")).unwrap();
        assert!(changelog.released.first().is_none_or(|last| *last == current), "the last release is not {current}");
    }
}
