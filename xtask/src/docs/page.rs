//! A page of the documentation: its texts, its links, the template around it.

use anyhow::{Context, Result};
use std::fmt::Write;

use super::{
    PAGES, Source,
    markdown::{Rendered, escape, headings, on_this_site, render, section},
    options,
};
use crate::compress::integrity;

/// A text of a page, and the file that it is from.
struct Text {
    file: &'static str,
    markdown: String,
    /// Whether its table is made from the code.
    is_table: bool,
}

/// All that the pages are made of.
pub(super) struct Site {
    /// The texts of each of `PAGES`.
    texts: Vec<Vec<Text>>,
}

impl Site {
    /// Reads every source by `read`.
    ///
    /// # Errors
    ///
    /// A file or a section that `PAGES` names and that is not there.
    pub(super) fn read(read: &dyn Fn(&str) -> Result<String>) -> Result<Self> {
        let readme = read("README.md")?;
        let part = |heading: &str, lead| {
            let found = section(&readme, heading, lead).map(str::to_owned);
            found.with_context(|| format!("README.md: no section “{heading}”, which PAGES in xtask/src/docs.rs names"))
        };
        let text = |source: &Source| -> Result<Text> {
            let (file, markdown, is_table) = match *source {
                Source::File(file) => (file, read(file)?, false),
                Source::Section(heading) => ("README.md", part(heading, false)?, false),
                Source::Lead(heading) => ("README.md", part(heading, true)?, false),
                Source::Attributes => ("README.md", part("Attributes", false)?, true),
            };
            Ok(Text { file, markdown, is_table })
        };
        let texts = PAGES.iter().map(|page| page.sources.iter().map(text).collect()).collect::<Result<_>>()?;
        Ok(Self { texts })
    }

    /// The page at a place in `PAGES`, as HTML.
    ///
    /// # Errors
    ///
    /// The README has no table of attributes any more.
    pub(super) fn page(&self, place: usize) -> Result<String> {
        let page = &PAGES[place];
        let mut body = String::new();
        let mut live = Vec::new();
        let mut contents = String::new();
        for text in &self.texts[place] {
            let link = |to: &str| self.link(text.file, to);
            let Rendered { mut html, live: examples } = render(&text.markdown, page.title, &link);
            if text.is_table {
                // The Markdown's own has the same rows; this one is made from the code.
                if let Some((before, rest)) = html.split_once("<div class=\"table\"")
                    && let Some((_, after)) = rest.split_once("</div>\n")
                {
                    let table = options::table(&text.markdown, &link)?;
                    html = format!("{before}{table}{after}");
                }
            }
            body += &html;
            live.extend(examples);
            for heading in headings(&text.markdown, page.title).iter().filter(|heading| heading.level == 2 && !heading.is_title) {
                let _ = writeln!(contents, "<li><a href=\"#{}\">{}</a></li>", heading.anchor, heading.text);
            }
        }
        if contents.matches("<li>").count() > 2 {
            body = format!("<nav class=\"contents\" aria-label=\"On this page\">\n<ul>\n{contents}</ul>\n</nav>\n{body}");
        }
        Ok(template(place, &body, &live))
    }

    /// Where a link of a file leads to on this site; `None` where it leads to what is not on it.
    fn link(&self, from: &str, to: &str) -> Option<String> {
        if to.contains("://") || to.starts_with("mailto:") {
            return Some(to.to_owned());
        }
        let (path, anchor) = to.split_once('#').unwrap_or((to, ""));
        let file = if path.is_empty() { from.to_owned() } else { beside(from, path) };
        if file.starts_with("www/") {
            return Some(format!("../{file}"));
        }
        if file.starts_with("LICENSE") {
            return Some(format!("../dist/{file}"));
        }
        let mut whole = None;
        for (page, texts) in PAGES.iter().zip(&self.texts) {
            for text in texts.iter().filter(|text| text.file == file) {
                whole.get_or_insert(page.name);
                if let Some(heading) = headings(&text.markdown, page.title).iter().find(|heading| heading.anchor == anchor) {
                    let anchor = if heading.is_title { String::new() } else { format!("#{anchor}") };
                    return Some(format!("{}.html{anchor}", page.name));
                }
            }
        }
        // An anchor that is not there is for the test of links to find.
        let hash = if anchor.is_empty() { "" } else { "#" };
        whole.map(|name| format!("{name}.html{hash}{anchor}"))
    }
}

/// A relative path, from the root.
fn beside(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// As strict as the demo's, and in the page itself, so that it holds on every
/// host; an example's own style is let in by its hash.
fn policy(live: &[String]) -> String {
    let mut styles = String::new();
    for style in live.iter().flat_map(|example| example.split("<style>").skip(1)) {
        let text = style.split("</style>").next().unwrap_or_default();
        let _ = write!(styles, " '{}'", integrity(text.as_bytes()));
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'{styles}; connect-src 'self'; \
        img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
    )
}

fn template(place: usize, body: &str, live: &[String]) -> String {
    let page = &PAGES[place];
    let title = escape(page.title);
    let policy = policy(live);
    let script =
        if live.is_empty() { String::new() } else { on_this_site("<script async src=\"https://cdn.example/kabar.js\"></script>\n") };
    let mut pages = String::new();
    for (other, page) in PAGES.iter().enumerate() {
        let current = if other == place { " aria-current=\"page\"" } else { "" };
        let _ = writeln!(pages, "<li><a href=\"{}.html\"{current}>{}</a></li>", page.name, escape(page.title));
    }
    let mut turn = String::new();
    for (other, relation, word) in [(place.checked_sub(1), "prev", "Before"), (Some(place + 1), "next", "Next")] {
        if let Some(page) = other.and_then(|other| PAGES.get(other)) {
            let _ = writeln!(turn, "<a href=\"{}.html\" rel=\"{relation}\">{word}: {}</a>", page.name, escape(page.title));
        }
    }
    format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – Kabar</title>
<link rel="icon" type="image/svg+xml" href="../www/pictures/ikon.svg">
<link rel="stylesheet" href="../www/base.css">
<link rel="stylesheet" href="../www/docs.css">
{script}</head>
<body>
<header class="head">
<a class="skip" href="#main-text">Skip to the text</a>
<a class="brand" href="../">Kabar</a>
<nav aria-label="Site">
<a href="index.html" aria-current="true">Docs</a>
<a href="../www/configurator.html">Configurator</a>
<a href="../">Demo</a>
<a class="jump" href="#all-pages">All pages</a>
</nav>
</header>
<div class="columns">
<main id="main-text">
<h1>{title}</h1>
{body}<p class="turn">
{turn}</p>
</main>
<nav id="all-pages" class="pages" aria-label="Documentation">
<ul>
{pages}</ul>
</nav>
</div>
</body>
</html>
"##
    )
}
