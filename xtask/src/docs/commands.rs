//! That the commands which the documentation names are there, by the parser that they go through.

use std::fs;

use clap::Parser;

use super::root;
use crate::Arguments;

#[test]
fn every_command_of_the_documentation_is_understood() {
    let mut files = vec![root().join("README.md"), root().join("CONTRIBUTING.md"), root().join("SECURITY.md")];
    files.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for after in text.split("cargo xtask ").skip(1) {
            // What is meant as code ends at a mark, a comment or the line's end.
            let command = after.split(['`', '\n', '#', '&', ';', '|']).next().unwrap();
            let words: Vec<&str> = command.split_whitespace().map(|word| if word == "FOLDER" { "dist" } else { word }).collect();
            let words = words.iter().map(|word| if *word == "NAME" { "chromium" } else { word });
            let parsed = Arguments::try_parse_from(["cargo xtask"].into_iter().chain(words));
            assert!(parsed.is_ok(), "{}: cargo xtask {command}: {}", file.display(), parsed.err().unwrap());
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} commands were found");
}
