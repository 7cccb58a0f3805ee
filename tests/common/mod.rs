//! What the tests of several feed formats share.

use std::fs;
use std::path::{Path, PathBuf};

use kabar::feed::{Feed, Item, date};
use serde_json::{Map, Value, json};

/// The files of a folder with this ending, in order; none if there is no folder.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// The model as fixtures spell it: what is empty or absent is left out.
pub(crate) fn spelled(feed: &Feed) -> Value {
    object([
        ("title", json!(feed.title)),
        ("home_page_url", json!(feed.home_page_url)),
        ("language", json!(feed.language)),
        ("items", feed.items.iter().map(spelled_item).collect()),
    ])
}

fn spelled_item(item: &Item) -> Value {
    let image =
        item.image.as_ref().map(|image| object([("url", json!(image.url)), ("alt", json!(image.alt)), ("caption", json!(image.caption))]));
    object([
        ("id", json!(item.id)),
        ("url", json!(item.url)),
        ("title", json!(item.title)),
        ("text", json!(item.text)),
        ("image", json!(image)),
        ("published", json!(item.published.map(date::to_rfc3339))),
        ("authors", json!(item.authors)),
        ("tags", json!(item.tags)),
        ("language", json!(item.language)),
    ])
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let full = |value: &Value| *value != Value::Null && *value != json!("") && *value != json!([]);
    fields.into_iter().filter(|(_, value)| full(value)).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// A row of `../shared/feeds/README.md`: what an independent parser says.
pub(crate) struct Known {
    pub(crate) file: String,
    pub(crate) items: usize,
    pub(crate) title: String,
    pub(crate) date: String,
}

/// The rows of the table whose files are in this folder.
pub(crate) fn known(table: &str, folder: &str) -> Vec<Known> {
    let start = format!("| `{folder}/");
    let rows = table.lines().filter(|line| line.starts_with(&start));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        Known {
            file: cells[1].trim_matches('`').to_owned(),
            items: cells[4].parse().unwrap(),
            title: cells[5].to_owned(),
            date: cells[6].to_owned(),
        }
    })
    .collect()
}
