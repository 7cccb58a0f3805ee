//! Whole pages, and elements by themselves.

use std::path::Path;

use url::Url;

use super::{
    Result, at,
    document::{self, Document},
    feeds::Site,
    style::{Style, escape},
    widget::{self, Page, Wanted},
};

/// A page with its elements filled, and what is to be said of it.
pub(super) struct Filled {
    pub(super) html: String,
    /// How many elements it has.
    pub(super) elements: usize,
    pub(super) warnings: Vec<String>,
}

/// Fills the elements of a page, whose address is `location` and whose file is in `folder`.
pub(super) fn page(html: &str, site: &Site, location: Option<Url>, folder: &Path, style: &Style) -> Result<Filled> {
    let html = document::place(html)?;
    let (document, elements) = Document::read(&html)?;
    let page = Page { site, document: &document, location, folder };
    let mut warnings = Vec::new();
    let mut contents = Vec::new();
    for wanted in &elements {
        let name = format!("<{}>", wanted.element.name());
        let mut said = Vec::new();
        contents.push(widget::render(wanted, &page, style, &mut said).map_err(at(&name))?);
        warnings.extend(said.iter().map(|said| format!("{name}: {said}")));
    }
    Ok(Filled { html: document::fill(&html, &contents)?, elements: elements.len(), warnings })
}

/// One element, which is in no page yet.
pub(super) fn element(wanted: &Wanted, site: &Site, style: &Style) -> Result<Filled> {
    let page = Page { site, document: &Document::default(), location: site.base.clone(), folder: Path::new("") };
    let mut warnings = Vec::new();
    let content = widget::render(wanted, &page, style, &mut warnings)?;
    let name = wanted.element.name();
    let mut html = format!("<{name}");
    for (name, value) in &wanted.attributes {
        html.extend([" ", name, "=\"", &escape(value), "\""]);
    }
    html.extend([">", &content, "</", name, ">\n"]);
    Ok(Filled { html, elements: 1, warnings })
}
