//! HTML pages: what one says of itself, and its elements filled.

use std::{cell::RefCell, rc::Rc};

use lol_html::{
    RewriteStrSettings,
    errors::RewritingError,
    html_content::{ContentType, Element as Tag},
    rewrite_str,
};

use super::{Result, widget::Wanted};
use crate::{config::Element, feed::text};

/// The three elements, as a selector.
const ELEMENTS: &str = "kabar-cards, kabar-share, kabar-next";

/// What was rendered before.
const TEMPLATES: &str = "kabar-cards > template[shadowrootmode], kabar-share > template[shadowrootmode], \
    kabar-next > template[shadowrootmode]";

/// What a page says of itself. What it does not say is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The `href` of its `base` element.
    pub(super) base: String,
    /// The canonical link.
    pub(super) canonical: String,
    /// `og:url`.
    pub(super) og_url: String,
    /// `og:title`.
    pub(super) og_title: String,
    /// `og:image`.
    pub(super) og_image: String,
    /// The title.
    pub(super) title: String,
    /// The feeds that it names, in the order in which the loader looks for them:
    /// JSON Feed, the REST API of `WordPress`, RSS, Atom.
    pub(super) feeds: [String; 4],
}

impl Document {
    /// Reads a page: what it says, and its elements in their order.
    pub(super) fn read(html: &str) -> Result<(Self, Vec<Wanted>)> {
        let document = RefCell::new(Self::default());
        let elements = RefCell::new(Vec::new());
        // The languages of the elements that are open, the outermost first.
        let languages = Rc::new(RefCell::new(Vec::<String>::new()));
        let title = RefCell::new(Title::default());
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(lol_html::element!("[lang]", |tag| {
                let depth = languages.borrow().len();
                let languages = Rc::clone(&languages);
                let lang = attribute(tag, "lang");
                if let (Some(ends), false) = (tag.end_tag_handlers(), lang.is_empty()) {
                    languages.borrow_mut().push(lang);
                    // What was left open inside ends here too.
                    ends.push(Box::new(move |_| {
                        languages.borrow_mut().truncate(depth);
                        Ok(())
                    }));
                }
                Ok(())
            }))
            .append_element_content_handler(lol_html::element!("base[href], link[rel], meta[property]", |tag| {
                document.borrow_mut().note(tag);
                Ok(())
            }))
            // Before the next one, which is told of the same element.
            .append_element_content_handler(lol_html::element!("svg title", |_| {
                title.borrow_mut().is_pictures = true;
                Ok(())
            }))
            .append_element_content_handler(lol_html::element!("title", |_| {
                title.borrow_mut().opens();
                Ok(())
            }))
            .append_element_content_handler(lol_html::text!("title", |chunk| {
                title.borrow_mut().text(chunk.as_str());
                Ok(())
            }))
            .append_element_content_handler(lol_html::element!(ELEMENTS, |tag| {
                if let Some(element) = Element::ALL.into_iter().find(|element| element.name() == tag.tag_name()) {
                    let attributes = tag.attributes().iter().map(|attribute| (attribute.name(), decode(&attribute.value()))).collect();
                    let lang = languages.borrow().last().cloned().unwrap_or_default();
                    elements.borrow_mut().push(Wanted { element, attributes, lang });
                }
                Ok(())
            }));
        rewrite(html, settings)?;
        let mut document = document.into_inner();
        document.title = text::collapse(&decode(&title.into_inner().text));
        Ok((document, elements.into_inner()))
    }

    fn note(&mut self, tag: &Tag<'_, '_>) {
        let (field, value) = match tag.tag_name().as_str() {
            "base" => (&mut self.base, "href"),
            "meta" => match attribute(tag, "property").as_str() {
                "og:url" => (&mut self.og_url, "content"),
                "og:title" => (&mut self.og_title, "content"),
                "og:image" => (&mut self.og_image, "content"),
                _ => return,
            },
            _ => {
                let relation = attribute(tag, "rel").to_ascii_lowercase();
                let is = |wanted| relation.split_ascii_whitespace().any(|word| word == wanted);
                let place = match attribute(tag, "type").to_ascii_lowercase().as_str() {
                    _ if is("https://api.w.org/") => 1,
                    "application/feed+json" if is("alternate") => 0,
                    "application/rss+xml" if is("alternate") => 2,
                    "application/atom+xml" if is("alternate") => 3,
                    _ if is("canonical") => 4,
                    _ => return,
                };
                (self.feeds.get_mut(place).unwrap_or(&mut self.canonical), "href")
            }
        };
        // The first one counts, as for the loader.
        if field.is_empty() {
            *field = attribute(tag, value);
        }
    }
}

/// The document's title: the first one that is not a picture's.
#[derive(Default)]
struct Title {
    text: String,
    /// Whether the title that opens is a picture's.
    is_pictures: bool,
    was_seen: bool,
    is_open: bool,
}

impl Title {
    fn opens(&mut self) {
        self.is_open = !self.was_seen && !self.is_pictures;
        self.was_seen |= self.is_open;
        self.is_pictures = false;
    }

    fn text(&mut self, chunk: &str) {
        if self.is_open {
            self.text.push_str(chunk);
        }
    }
}

/// Gives every element of a page its content, in their order; what one had of
/// an earlier run is replaced. All else stays as it is, to the byte.
pub(super) fn fill(html: &str, contents: &[String]) -> Result<String> {
    let contents = RefCell::new(contents.iter());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(lol_html::element!(ELEMENTS, |tag| {
            if let Some(content) = contents.borrow_mut().next() {
                tag.prepend(content, ContentType::Html);
            }
            Ok(())
        }))
        .append_element_content_handler(lol_html::element!(TEMPLATES, |tag| {
            tag.remove();
            Ok(())
        }));
    rewrite(html, settings)
}

/// Puts an element where a comment like `<!-- kabar-cards limit="3" -->` asks for one.
pub(super) fn place(html: &str) -> Result<String> {
    let settings = RewriteStrSettings::new().append_document_content_handler(lol_html::doc_comments!(|comment| {
        let text = comment.text();
        let wanted = text.trim();
        let name = wanted.split_ascii_whitespace().next().unwrap_or_default();
        if Element::ALL.iter().any(|element| element.name() == name) {
            comment.replace(&format!("<{wanted}></{name}>"), ContentType::Html);
        }
        Ok(())
    }));
    rewrite(html, settings)
}

fn rewrite(html: &str, settings: RewriteStrSettings<'_, '_>) -> Result<String> {
    rewrite_str(html, settings).map_err(|error| match error {
        RewritingError::ParsingAmbiguity(_) => "its HTML is ambiguous: close its elements".to_owned(),
        error => format!("its HTML cannot be read: {error}"),
    })
}

/// An attribute's text without blanks around it; empty where there is none.
fn attribute(tag: &Tag<'_, '_>, name: &str) -> String {
    decode(&tag.get_attribute(name).unwrap_or_default()).trim().to_owned()
}

fn decode(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says() {
        let (document, wanted) = Document::read(
            r#"<!doctype html><html lang=id><head><title> Harga &amp; pasar
                turun </title><link rel="canonical" href="/a?b=1&amp;c=2"><meta property="og:title" content="Harga &quot;turun&quot;">
            <link rel=alternate type="application/rss+xml" href=/feed><link rel="shortcut alternate" type="application/feed+json" href=/a.json>
            <link rel="alternate" type="application/feed+json" href=/b.json></head>
            <body><svg><title>Gambar</title></svg><p lang=en>one<br lang=fr><kabar-cards feed="/f?a=1&amp;b=2" LIMIT=3></kabar-cards></p>
            <div><kabar-share></kabar-share></div>"#,
        )
        .unwrap();
        assert_eq!(document.title, "Harga & pasar turun");
        assert_eq!((document.canonical.as_str(), document.og_title.as_str()), ("/a?b=1&c=2", "Harga \"turun\""));
        assert_eq!(document.feeds, ["/a.json", "", "/feed", ""]);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let cards =
            Wanted { element: Element::Cards, attributes: vec![pair("feed", "/f?a=1&b=2"), pair("limit", "3")], lang: "en".to_owned() };
        assert_eq!(wanted, [cards, Wanted { element: Element::Share, attributes: Vec::new(), lang: "id".to_owned() }]);
    }

    #[test]
    fn the_title_of_a_picture_is_not_the_pages() {
        let (document, _) = Document::read("<svg><title>Gambar</title></svg><title>Halaman</title>").unwrap();
        assert_eq!(document.title, "Halaman");
    }

    #[test]
    fn filling_changes_nothing_else_and_twice_is_once() {
        let page = "<!DOCTYPE html>\r\n<P class=a>x<kabar-cards  limit = 3 ><a href=/x>All</a></kabar-cards>\n<!-- kabar -->";
        let once = fill(page, &["<template shadowrootmode=\"open\">1</template>".to_owned()]).unwrap();
        assert_eq!(once, page.replace("<a href", "<template shadowrootmode=\"open\">1</template><a href"));
        let content = "<template shadowrootmode=\"open\"><b>2</b></template>".to_owned();
        assert_eq!(fill(&once, &[content]).unwrap(), once.replace(">1<", "><b>2</b><"));
    }

    #[test]
    fn a_comment_can_ask_for_an_element() {
        assert_eq!(
            place("<!-- kabar-next order=newer --><!-- kabar-nexus --><!--kabar-share-->").unwrap(),
            "<kabar-next order=newer></kabar-next><!-- kabar-nexus --><kabar-share></kabar-share>"
        );
    }
}
