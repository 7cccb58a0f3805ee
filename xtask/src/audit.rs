//! What is known of the crates and the npm packages that the build stands on:
//! their licences, where they come from, and the advisories against them.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    step::{capture, run},
    tools,
    workspace::root,
};

/// The workspaces: cargo-deny looks at one at a time.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// The folders with a package-lock.json.
const PACKAGES: [&str; 4] = ["xtask", "bench", "tests/npm", "tests/real/eleventy"];

/// Checks all that can be checked from here, and says in a line each what
/// cannot: advisories are kept elsewhere, and no network is no finding.
pub(crate) fn dependencies() -> Result<()> {
    tools::cargo_deny()?;
    for manifest in MANIFESTS {
        run(deny(manifest).args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))?;
    }
    match capture(deny(MANIFESTS[0]).args(["fetch", "db"])) {
        Ok(_) => {
            for manifest in MANIFESTS {
                run(deny(manifest).args(["check", "--hide-inclusion-graph", "--disable-fetch", "advisories"]))?;
            }
        }
        Err(error) => not_checked("the crates' advisories", error.to_string().lines().last().unwrap_or_default()),
    }
    for folder in PACKAGES {
        let mut npm = Command::new(tools::find("npm").context("npm is missing: install Node.js, then run this again")?);
        let output = npm.current_dir(root().join(folder)).args(["audit", "--json", "--package-lock-only"]).output();
        let output = output.context("`npm audit` could not be started")?;
        if let Err(reason) = npm_report(&String::from_utf8_lossy(&output.stdout)).with_context(|| format!("{folder}/package-lock.json"))? {
            not_checked(&format!("the npm packages of {folder}/"), &reason);
        }
    }
    Ok(())
}

fn not_checked(what: &str, reason: &str) {
    println!("      not checked: {what}: {}", reason.trim());
}

fn deny(manifest: &str) -> Command {
    let mut command = Command::new(tools::find("cargo-deny").unwrap_or_else(|| "cargo-deny".into()));
    command.current_dir(root()).args([
        "--log-level",
        "error",
        "--locked",
        "--workspace",
        "--config",
        "deny.toml",
        "--manifest-path",
        manifest,
    ]);
    command
}

/// Reads what `npm audit --json` wrote: fails where packages are known to be
/// bad, and gives the reason where the registry told nothing.
fn npm_report(text: &str) -> Result<Result<(), String>> {
    let report: Value = serde_json::from_str(text).context("`npm audit` wrote no JSON")?;
    let Some(found) = report["vulnerabilities"].as_object().filter(|_| report["auditReportVersion"].is_number()) else {
        return Ok(Err(report["message"].as_str().unwrap_or("`npm audit` gave no report").to_owned()));
    };
    if found.is_empty() {
        return Ok(Ok(()));
    }
    let names: Vec<String> =
        found.iter().map(|(name, about)| format!("{name} ({})", about["severity"].as_str().unwrap_or("unknown"))).collect();
    bail!("packages with advisories against them: {}: see `npm audit`", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::npm_report;

    // The shapes are those of npm 10, "Audit Report" in its documentation of `npm audit`.

    #[test]
    fn a_clean_report_passes() {
        assert_eq!(npm_report(r#"{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}"#).unwrap(), Ok(()));
    }

    #[test]
    fn a_bad_package_fails_by_name() {
        let text = r#"{"auditReportVersion":2,"vulnerabilities":{"buruk":{"name":"buruk","severity":"high","via":[]}}}"#;
        assert_eq!(npm_report(text).unwrap_err().to_string(), "packages with advisories against them: buruk (high): see `npm audit`");
    }

    #[test]
    fn a_registry_that_does_not_answer_is_no_finding() {
        let text = r#"{"message":"405 Method Not Allowed","method":"POST","error":{"summary":"","detail":""}}"#;
        assert_eq!(npm_report(text).unwrap(), Err("405 Method Not Allowed".to_owned()));
    }
}
