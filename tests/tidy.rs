//! Rules of the house, as tests: one source for each fact, and layers that hold.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as the test does; clippy knows only test functions")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kabar::config::{ATTRIBUTES, Allowed, ERROR_CODES, Element};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name().into_string().unwrap();
        if path.is_dir() {
            if !["target", "dist", "pkg", "node_modules", ".git"].contains(&name.as_str()) {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn property(attribute: &str) -> String {
    let mut words = attribute.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

#[test]
fn the_loader_has_the_attributes_of_the_table() {
    let loader = read("www/kabar.js");
    for element in Element::ALL {
        let (_, after) = loader.split_once(&format!("\"{}\":", element.name())).unwrap();
        let names = after.split('"').nth(1).unwrap();
        // In any order: those that elements share come first there, for they compress better.
        let table: BTreeSet<_> =
            ATTRIBUTES.iter().filter(|attribute| attribute.on.contains(&element)).map(|attribute| attribute.name).collect();
        assert_eq!(names.split(' ').collect::<BTreeSet<_>>(), table, "{}", element.name());
    }
}

#[test]
fn the_types_have_the_attributes_of_the_table() {
    let types = read("www/kabar.d.ts");
    let interface = |name: &str| {
        let (_, after) = types.split_once(&format!("export interface {name} ")).unwrap();
        after
            .split_once('}')
            .unwrap()
            .0
            .lines()
            .filter_map(|line| line.trim().strip_suffix(": string;"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for (element, interfaces) in [
        (Element::Cards, ["KabarElement", "KabarArticlesElement", "KabarCardsElement"].as_slice()),
        (Element::Next, &["KabarElement", "KabarArticlesElement", "KabarNextElement"]),
        (Element::Share, &["KabarElement", "KabarShareElement"]),
    ] {
        let mut properties: Vec<_> = interfaces.iter().flat_map(|name| interface(name)).collect();
        let mut table: Vec<_> =
            ATTRIBUTES.iter().filter(|attribute| attribute.on.contains(&element)).map(|attribute| property(attribute.name)).collect();
        properties.sort();
        table.sort();
        assert_eq!(properties, table, "{}", element.name());
    }
}

#[test]
fn the_readme_has_the_attributes_of_the_table() {
    let readme = read("README.md");
    let (_, table) = readme.split_once("| attribute |").expect("README.md has a table whose head begins with `| attribute |`");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`')).collect())
        .collect();
    assert_eq!(rows.len(), ATTRIBUTES.len());
    for (row, attribute) in rows.iter().zip(ATTRIBUTES) {
        assert_eq!(row[0], attribute.name);
        let on = match attribute.on {
            on if on.len() == 3 => "all".to_owned(),
            on => on.iter().map(|element| element.name().trim_start_matches("kabar-")).collect::<Vec<_>>().join(", "),
        };
        assert_eq!(row[1], on, "{}", attribute.name);
        let words = match attribute.allowed {
            Allowed::Word(words) | Allowed::Words(words) => words,
            _ => &[],
        };
        for word in words {
            assert!(
                row[2].split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').any(|found| found == *word),
                "{}: {word} is not in {}",
                attribute.name,
                row[2]
            );
        }
        assert!(row[2].contains(attribute.default), "{}: the default {} is not in {}", attribute.name, attribute.default, row[2]);
    }
}

/// The names in the first column of the README's table with this head.
fn documented(head: &str) -> BTreeSet<String> {
    let readme = read("README.md");
    let (_, table) = readme.split_once(&format!("| {head} |\n")).unwrap_or_else(|| panic!("README.md has no table with the head {head}"));
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|line| line.split('|').nth(1).unwrap().trim().trim_matches('`').to_owned()).collect()
}

/// What stands in sources between a start and an end.
fn between(sources: &[PathBuf], start: &str, end: &[char]) -> BTreeSet<String> {
    let texts = sources.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| text.split(start).skip(1).map(|after| after.split(end).next().unwrap().to_owned()).collect::<Vec<_>>()).collect()
}

// The package's manifest is made of these tables (xtask/src/package).

#[test]
fn the_readme_has_the_events_of_the_types() {
    let types = between(&[root().join("www/kabar.d.ts")], "\"kabar-", &['"']);
    let elements: BTreeSet<_> = Element::ALL.iter().map(|element| element.name().trim_start_matches("kabar-").to_owned()).collect();
    let events: BTreeSet<_> =
        documented("event | on | `detail` | when").iter().map(|name| name.trim_start_matches("kabar-").to_owned()).collect();
    // The bar is `kabar-share`, and so is its event.
    assert_eq!(types, &events | &elements);
}

#[test]
fn the_readme_has_the_parts_of_the_views_and_scripts() {
    let mut parts = between(&files(&root().join("src/view"), &[".rs"]), ".attr(\"part\", \"", &['"']);
    parts.extend(between(&files(&root().join("src/view"), &[".rs"]), "paragraph(\"", &['"']));
    parts.extend(between(&files(&root().join("www/optional"), &[".js"]), ".part = \"", &['"']));
    assert_eq!(parts, documented("part | on | what it is"));
}

#[test]
fn the_readme_has_the_custom_properties_of_the_style_sheets() {
    let sheets = files(&root().join("src/view"), &[".css"]);
    let used: BTreeSet<_> = between(&sheets, "var(--kabar-", &[',', ')']).into_iter().map(|name| format!("--kabar-{name}")).collect();
    assert_eq!(used, documented("property | default | what it sets"));
}

#[test]
fn every_error_code_is_in_the_types_the_readme_and_nowhere_else() {
    let (types, readme) = (read("www/kabar.d.ts"), read("README.md"));
    for (code, _) in ERROR_CODES {
        assert!(types.contains(&format!("| \"{code}\"")), "{code} is not in kabar.d.ts");
        assert!(readme.contains(&format!("### `{code}`")), "the README says nothing of what to do about {code}");
    }
    let scripts = ["kabar", "runtime", "body", "compile"].map(|name| read(&format!("www/{name}.js"))).concat();
    let said: Vec<_> = ["problem(\"", "Problem(\""].iter().flat_map(|call| scripts.split(call).skip(1)).collect();
    assert!(said.len() > 8, "the scripts say nothing of failures any more");
    for after in said {
        let code = after.split('"').next().unwrap();
        assert!(ERROR_CODES.iter().any(|(known, _)| *known == code), "the scripts have a code of their own, {code}");
    }
}

#[test]
fn the_version_is_the_same_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("xtask/Cargo.toml").contains(&format!("version = \"{version}\"")), "xtask/Cargo.toml has another version");
}

#[test]
fn layers_import_only_what_lies_below_them() {
    let forbidden: [(&str, &[&str]); 6] = [
        (
            "src/feed",
            &[
                "crate::config",
                "crate::share",
                "crate::next",
                "crate::locale",
                "crate::view",
                "crate::browser",
                "leptos",
                "web_sys",
                "js_sys",
                "wasm_bindgen",
            ],
        ),
        ("src/share", &["crate::config", "crate::view", "crate::browser", "leptos", "web_sys", "js_sys"]),
        ("src/next.rs", &["crate::config", "crate::view", "crate::browser", "leptos", "web_sys", "js_sys"]),
        ("src/locale", &["crate::config", "crate::view", "crate::browser", "leptos", "web_sys", "js_sys"]),
        ("src/config", &["crate::view", "crate::browser", "leptos", "web_sys", "js_sys"]),
        ("src/view", &["crate::browser", "web_sys", "js_sys", "serde_wasm_bindgen", "inner_html"]),
    ];
    for (layer, names) in forbidden {
        let path = root().join(layer);
        let mut sources = if path.is_dir() { files(&path, &[".rs"]) } else { vec![path.clone()] };
        if path.is_dir() {
            sources.push(path.with_extension("rs"));
        }
        for source in sources {
            let text = fs::read_to_string(&source).unwrap();
            for name in names {
                // Docs may speak of what code may not use.
                let found = text.lines().find(|line| !line.trim_start().starts_with("//") && line.contains(name));
                assert!(found.is_none(), "{} uses {name}: {}", source.display(), found.unwrap_or_default());
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_a_sitting() {
    for file in files(&root(), &[".rs", ".js", ".ts", ".css"]) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}

#[test]
fn no_page_case_is_marked_as_a_test() {
    // The page suite has a runner of its own, for which the attribute would
    // take the function away without a word.
    for file in files(&root().join("tests/pages"), &[".rs"]) {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.lines().any(|line| line == "#[test]"), "{}: name the case in `cases!` instead", file.display());
    }
}

#[test]
fn the_style_sheet_survives_the_minifier_of_the_build() {
    for (source, style) in [("src/view/style.css", kabar::view::STYLE), ("src/view/bar.css", kabar::view::BAR_STYLE)] {
        let source = read(source);
        let bare: String = source
            .split("/*")
            .enumerate()
            .map(|(place, piece)| if place == 0 { piece } else { piece.split_once("*/").unwrap().1 })
            .collect();
        // build.rs folds blanks everywhere and drops them beside , : ; { }.
        for text in bare.split('"').skip(1).step_by(2) {
            assert!(!text.contains("  ") && !text.contains([',', ':', ';', '{', '}']), "the string {text:?} would change");
        }
        assert_eq!(style.matches('{').count(), bare.matches('{').count());
        assert!(!style.contains("/*"));
    }
}

#[test]
fn the_feed_of_the_demo_is_a_json_feed() {
    let value: serde_json::Value = serde_json::from_str(&read("www/feed.json")).unwrap();
    assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
    let items = value["items"].as_array().unwrap();
    assert!(items.len() >= 12);
    for item in items {
        // JSON Feed 1.1, "Items": an item has an id, and a text in plain or in HTML.
        assert!(item["id"].is_string(), "{item}");
        assert!(item["content_text"].is_string() || item["content_html"].is_string(), "{item}");
        let picture = item["image"].as_str().unwrap();
        assert!(root().join("www").join(picture).is_file(), "{picture} is not there");
    }
}
