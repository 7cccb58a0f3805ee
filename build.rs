//! Minifies the style sheet that is compiled into the wasm: comments and
//! indentation are for people, and every byte is sent to a reader's phone.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let source = "src/view/style.css";
    println!("cargo::rerun-if-changed={source}");
    let directory = env::var("OUT_DIR").map_err(io::Error::other)?;
    let text = fs::read_to_string(source)?;
    fs::write(Path::new(&directory).join("style.css"), minify(&text))
}

/// Drops comments, line breaks and the blanks beside punctuation. The sheet
/// has no strings with blanks or comment marks in them, which `tests/tidy.rs` checks.
fn minify(text: &str) -> String {
    let mut bare = String::new();
    for (place, piece) in text.split("/*").enumerate() {
        bare += if place == 0 { piece } else { piece.split_once("*/").map_or("", |(_, after)| after) };
    }
    let mut small = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["{", "}", ";", ",", ":"] {
        // A blank before `:` is the descendant combinator.
        if mark != ":" {
            small = small.replace(&format!(" {mark}"), mark);
        }
        small = small.replace(&format!("{mark} "), mark);
    }
    small.replace(";}", "}")
}
