//! Puts three things into the library, as small as they can be: the style sheets,
//! the words of the languages that need no request, and the default share networks.

#[path = "build/minify.rs"]
mod minify;

use std::{collections::BTreeMap, env, fs, io, path::Path};

use minify::minify;

/// The languages whose words are compiled in, and their names in the code.
const BUILT_IN: [(&str, &str); 2] = [("en", "ENGLISH"), ("id", "INDONESIAN")];

/// Not private: the fuzzers (fuzz/build.rs) need the same.
pub(crate) fn main() -> io::Result<()> {
    let directory = env::var("OUT_DIR").map_err(io::Error::other)?;
    for (source, name, convert) in [
        ("src/view/style.css", "style.css", (|text| Ok(minify(text))) as fn(&str) -> io::Result<String>),
        ("src/view/bar.css", "bar.css", |text| Ok(minify(text))),
        ("src/prerender/ahead.css", "ahead.css", |text| Ok(minify(text))),
        ("src/view/share.css", "share.css", |text| Ok(minify(text))),
        ("src/view/themes/dense.css", "dense.css", |text| Ok(minify(text))),
        ("src/view/themes/magazine.css", "magazine.css", |text| Ok(minify(text))),
        ("src/view/themes/minimal.css", "minimal.css", |text| Ok(minify(text))),
        ("src/locale/languages.json", "words.rs", words),
        ("src/share/networks.json", "networks.rs", networks),
    ] {
        println!("cargo::rerun-if-changed={source}");
        fs::write(Path::new(&directory).join(name), convert(&fs::read_to_string(source)?)?)?;
    }
    Ok(())
}

/// The names of all languages in one text, and the words of those built in, each
/// list in the order of its keys: the order of `locale::Word`, and of the files
/// that `cargo xtask dist` writes.
fn words(text: &str) -> io::Result<String> {
    let languages: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(text)?;
    let names: Vec<_> = languages.keys().map(String::as_str).collect();
    let mut lines = vec![format!("const LANGUAGES: &str = {:?};\n", names.join(" "))];
    for (language, name) in BUILT_IN {
        let words = languages.get(language).ok_or_else(|| io::Error::other(format!("languages.json: no {language}")))?;
        let words: Vec<_> = words.values().collect();
        lines.push(format!("static {name}: Locale = Locale {{ language: {language:?}, words: &{words:?} }};\n"));
    }
    Ok(lines.concat())
}

/// The table of the networks that are shown by default, their ids, and those of all networks.
fn networks(text: &str) -> io::Result<String> {
    let rows: Vec<serde_json::Value> = serde_json::from_str(text)?;
    let (mut table, mut built_in, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let number = |name: &str| row[name].as_u64().unwrap_or_default();
        all.push(text("id"));
        if row["built_in"] != true {
            continue;
        }
        built_in.push(text("id"));
        let action = match text("action") {
            "native" => "Action::Native".to_owned(),
            "copy" => "Action::Copy".to_owned(),
            _ => format!("Action::Link({:?})", text("href")),
        };
        let (id, name, icon) = (text("id"), text("label"), text("icon"));
        let (limit, link) = (number("limit"), number("link"));
        table.push(format!(
            "    Network {{ id: {id:?}, name: {name:?}, icon: {icon:?}, action: {action}, limit: {limit}, link: {link} }},\n"
        ));
    }
    Ok(format!(
        "/// The share targets that are compiled in, in the order of display.\npub static NETWORKS: &[Network] = &[\n{}];\n\n\
         /// Their ids, with blanks between them.\npub const BUILT_IN: &str = {:?};\n\n\
         /// The ids of all networks. In the wasm, none: a script beside it knows those that are not compiled in.\n\
         pub const IDS: &[&str] = if cfg!(target_arch = \"wasm32\") {{ &[] }} else {{ &{all:?} }};\n",
        table.concat(),
        built_in.join(" "),
    ))
}
