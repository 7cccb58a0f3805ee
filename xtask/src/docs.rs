//! `cargo xtask docs`: the site that shows and explains Kabar, for any static host.
//!
//! The texts are the Markdown of this repository: a section of the README is
//! rendered where it belongs, and stands nowhere else.

#[cfg(test)]
mod commands;
mod markdown;
mod options;
mod page;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use self::page::Site;
use crate::workspace::{dist, root, target};

/// Where a page's text comes from. Files are named from the repository's root.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    /// A whole file.
    File(&'static str),
    /// A section of the README, by its heading, with all that is below it.
    Section(&'static str),
    /// The same without the sections below it.
    Lead(&'static str),
    /// The README's section on attributes, with the table made from `config::ATTRIBUTES`.
    Attributes,
}

/// A page of the documentation: its file's name without `.html`, its title, its sources.
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    sources: &'static [Source],
}

const fn page(name: &'static str, title: &'static str, sources: &'static [Source]) -> Page {
    Page { name, title, sources }
}

use Source::{Attributes, File, Lead, Section};

/// The pages, in the order of reading.
pub(crate) const PAGES: &[Page] = &[
    page("index", "Five-minute start", &[File("docs/start.md"), Section("The script tag"), Lead("The elements")]),
    page("attributes", "Attributes", &[Attributes]),
    page("styling", "Styling", &[File("docs/styling.md"), Section("Styling")]),
    page("feeds", "The feed", &[Section("The feed"), Section("The last good feed")]),
    page("errors", "Errors", &[Section("Errors")]),
    page("networks", "Networks", &[Section("Networks")]),
    page("recipes", "Recipes", &[File("docs/recipes.md")]),
    page("frameworks", "Frameworks and moving pages", &[File("docs/frameworks.md")]),
    page("events", "Events", &[Section("Events"), Section("Counts")]),
    page("prerender", "Before any script", &[Section("Before any script: kabar prerender")]),
    page(
        "policy",
        "Policies and integrity",
        &[Section("Content security policy"), Section("Subresource integrity"), File("docs/integrity.md")],
    ),
    page("privacy", "Privacy", &[Section("Privacy"), File("docs/privacy.md")]),
    page("performance", "Performance", &[Section("Performance"), File("docs/performance.md")]),
    page("size", "Size", &[Section("Size"), File("docs/size.md")]),
    page("reliability", "Reliability", &[File("docs/reliability.md")]),
    page("security", "Security", &[File("SECURITY.md")]),
    page("contributing", "Contributing", &[File("CONTRIBUTING.md")]),
    page("architecture", "Architecture", &[File("ARCHITECTURE.md")]),
    page("changelog", "Changes", &[File("CHANGELOG.md")]),
];

/// The folder that the site is written to.
pub(crate) fn folder() -> PathBuf {
    target("site")
}

/// Writes the site: the demo, the configurator and the documentation, with
/// `dist/` beside them where it has been built.
pub(crate) fn write() -> Result<()> {
    let site = folder();
    if site.exists() {
        fs::remove_dir_all(&site).with_context(|| format!("{} could not be removed", site.display()))?;
    }
    let docs = site.join("docs");
    fs::create_dir_all(&docs).with_context(|| format!("{} could not be made", docs.display()))?;
    for (name, text) in pages()? {
        let path = docs.join(name);
        fs::write(&path, text).with_context(|| format!("{} could not be written", path.display()))?;
    }
    copy(&root().join("index.html"), &site.join("index.html"))?;
    copy(&root().join("www"), &site.join("www"))?;
    if dist().exists() {
        copy(&dist(), &site.join("dist"))?;
    }
    Ok(())
}

/// Writes it, and says where it is.
pub(crate) fn write_and_say() -> Result<()> {
    write()?;
    let beside = if dist().exists() { "" } else { "; run `cargo xtask dist` first for the elements in it" };
    println!("{}: {} pages{beside}", folder().display(), PAGES.len());
    Ok(())
}

/// The files below `docs/`, with their texts.
fn pages() -> Result<Vec<(String, String)>> {
    let site = Site::read(&read)?;
    let mut files = Vec::new();
    for (place, page) in PAGES.iter().enumerate() {
        files.push((format!("{}.html", page.name), site.page(place)?));
    }
    files.push(("options.json".to_owned(), options::json(&read("README.md")?, &read("src/locale/languages.json")?)?));
    Ok(files)
}

fn read(path: &str) -> Result<String> {
    match fs::read_to_string(root().join(path)) {
        // A run of the whole suite writes it, and a clone may not have it yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound && path == "docs/reliability.md" => {
            Ok("# Reliability\n\nThis page is written by a run of the whole test suite, which this copy has not had.\n".to_owned())
        }
        other => other.with_context(|| format!("{path} could not be read")),
    }
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let told = || format!("{} could not be copied", from.display());
    if from.is_dir() {
        fs::create_dir_all(to).with_context(told)?;
        for entry in fs::read_dir(from).with_context(told)? {
            let name = entry.with_context(told)?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
    } else {
        fs::copy(from, to).with_context(told)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{PAGES, pages, root};

    /// What stands between `before` and the next quotation mark, each time.
    fn values<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
        text.split(before).skip(1).filter_map(|after| after.split('"').next()).collect()
    }

    #[test]
    fn every_link_leads_somewhere() {
        let pages = pages().unwrap();
        let anchors = |name: &str| {
            pages.iter().find(|(file, _)| file == name).map(|(_, text)| values(text, " id=\"").into_iter().collect::<BTreeSet<_>>())
        };
        for (name, text) in pages.iter().filter(|(name, _)| name != "options.json") {
            let links = values(text, "<a href=\"");
            assert!(links.len() > PAGES.len(), "{name}");
            for link in links.into_iter().filter(|link| !link.starts_with("https://")) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                if let Some(path) = file.strip_prefix("../") {
                    // dist/ is there once it is built.
                    assert!(path.is_empty() || path.starts_with("dist/") || root().join(path).exists(), "{name}: {link}");
                    continue;
                }
                let anchors = anchors(if file.is_empty() { name } else { file }).unwrap_or_else(|| panic!("{name}: {link}"));
                assert!(anchor.is_empty() || anchors.contains(anchor), "{name}: {link}");
            }
            let ids = values(text, " id=\"");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{name} has an anchor twice: {ids:?}");
        }
    }

    #[test]
    fn every_error_code_has_an_anchor() {
        let pages = pages().unwrap();
        let (_, errors) = pages.iter().find(|(name, _)| name == "errors.html").unwrap();
        let codes = std::fs::read_to_string(root().join("src/config/codes.rs")).unwrap();
        let codes = values(&codes, "(\"");
        assert!(codes.len() > 10, "{codes:?}");
        for code in codes {
            assert!(errors.contains(&format!("id=\"{code}\"")), "{code}");
        }
    }

    #[test]
    fn every_markdown_file_of_docs_is_shown() {
        for entry in std::fs::read_dir(root().join("docs")).unwrap() {
            let name = format!("docs/{}", entry.unwrap().file_name().into_string().unwrap());
            let shown = PAGES.iter().flat_map(|page| page.sources).any(|source| matches!(source, super::File(file) if *file == name));
            assert!(shown, "{name} is on no page: name it in PAGES");
        }
    }
}
