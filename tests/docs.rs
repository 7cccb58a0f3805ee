//! The documentation's snippets, as far as they need no browser; `tests/pages/docs.rs` runs the others.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as the test does; clippy knows only test functions")]

#[path = "common/snippets.rs"]
mod snippets;

use std::process::Command;

use snippets::{Snippet, snippets};

/// The languages of snippets, each of which a test runs.
const LANGUAGES: [&str; 7] = ["html", "css", "js", "jsx", "json", "sh", "text"];

/// Commands that are not Kabar's, and why they are not run here.
const NOT_RUN: &[(&str, &str)] = &[
    ("cargo install --path .", "installs into the machine; what it builds is the `kabar` that the other lines run"),
    ("cargo test", "it is what runs this test"),
    ("cargo check", "cargo's own"),
    ("wasm-pack test", "`cargo xtask test` runs it"),
    ("hugo", "tests/real runs Hugo with kabar prerender"),
    ("npx @11ty/eleventy", "another generator of pages: kabar sees only the folder that it wrote"),
    ("curl", "not ours"),
    ("npm", "npm's own"),
];

fn of(language: &str) -> Vec<Snippet> {
    let found: Vec<_> = snippets().into_iter().filter(|snippet| snippet.language == language).collect();
    assert!(!found.is_empty(), "no snippet of {language}: is the language still needed?");
    found
}

#[test]
fn every_snippet_is_of_a_language_that_is_tested() {
    let all = snippets();
    assert!(all.len() > 30, "only {} snippets were found", all.len());
    for Snippet { place, language, word, .. } in all {
        assert!(LANGUAGES.contains(&language.as_str()), "{place}: name one of {LANGUAGES:?} after the fence, not {language:?}");
        assert!(language != "js" || !word.is_empty(), "{place}: name the script after its fence, as tests/pages/docs/scripts.rs does");
    }
}

#[test]
fn every_json_snippet_is_json() {
    for Snippet { place, code, .. } in of("json") {
        // Some are a part of an object.
        let whole = if code.trim_start().starts_with(['{', '[']) { code } else { format!("{{{code}}}") };
        let value: Result<serde_json::Value, _> = serde_json::from_str(&whole);
        assert!(value.is_ok(), "{place}: {value:?}");
    }
}

/// The commands of a shell snippet, without comments and what a crontab has before one.
fn commands(code: &str) -> Vec<String> {
    code.lines()
        .map(|line| line.split(" #").next().unwrap_or_default().trim_start_matches("*/10 * * * *").trim())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .flat_map(|line| line.split(" && ").map(|command| command.trim().to_owned()))
        .collect()
}

#[test]
fn every_command_exists() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kabar")).args(arguments).arg("--help").output().unwrap();
        assert!(output.status.success(), "kabar {arguments:?} --help: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for Snippet { place, code, .. } in of("sh") {
        for command in commands(&code) {
            let words: Vec<&str> = command.split_whitespace().collect();
            match words.as_slice() {
                // By clap, in xtask's own tests.
                ["cargo", "xtask", ..] => {}
                ["kabar", rest @ ..] => {
                    let names: Vec<&str> = rest.iter().take_while(|word| !word.starts_with("--")).copied().collect();
                    let help = help(&names);
                    for option in rest.iter().filter(|word| word.starts_with("--")) {
                        assert!(help.contains(option), "{place}: {command}: there is no {option}");
                    }
                }
                _ => assert!(
                    NOT_RUN.iter().any(|(known, _)| command.starts_with(known)),
                    "{place}: {command} is not known: run it in a test, or say in NOT_RUN why not"
                ),
            }
        }
    }
}
