//! The snippets of the documentation, as they stand in its Markdown.

use std::{fs, path::Path};

/// One fenced block.
pub(crate) struct Snippet {
    /// Where it stands, such as `README.md:5`.
    pub(crate) place: String,
    /// The first word after the fence.
    pub(crate) language: String,
    /// The second, which names it or says how it is shown.
    pub(crate) word: String,
    pub(crate) code: String,
}

/// Every snippet of the repository's Markdown that readers see.
pub(crate) fn snippets() -> Vec<Snippet> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(String::from).to_vec();
    let mut docs: Vec<String> = fs::read_dir(root.join("docs"))
        .unwrap()
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().into_string().unwrap()))
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md"))
        .collect();
    docs.sort();
    files.extend(docs);
    files.iter().flat_map(|file| in_file(file, &fs::read_to_string(root.join(file)).unwrap())).collect()
}

fn in_file(file: &str, text: &str) -> Vec<Snippet> {
    let mut found: Vec<Snippet> = Vec::new();
    let mut open = false;
    for (place, line) in text.lines().enumerate() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            if !open {
                let mut words = info.split(' ').map(str::to_owned);
                let (language, word) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                found.push(Snippet { place: format!("{file}:{}", place + 1), language, word, code: String::new() });
            }
            open = !open;
        } else if open && let Some(snippet) = found.last_mut() {
            snippet.code.push_str(line);
            snippet.code.push('\n');
        }
    }
    assert!(!open, "{file}: a block is never closed");
    found
}
