//! RSS and Atom, read by what their elements mean and not by their version: real
//! feeds mix them. The XML is read off the text as it comes, so that a feed that a
//! parser would refuse costs no more than what is wrong in it.

mod discover;
mod image;
mod item;
mod name;
mod token;

use std::rc::Rc;

use super::{Feed, FeedError, Format, Item, More, ResolveFrom, entity, html};
pub(super) use discover::discover;
use name::{ATOM, Key};
use token::{Token, Tokens};

/// How deep elements that hold elements are read: feed, channel, item, group,
/// content. What lies deeper is passed over, so that no nesting costs memory.
const DEPTH: usize = 16;

/// How many namespaces are told apart at a time: each name is looked for in all.
const DECLARED: usize = 64;

/// How an element's text is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    /// HTML that is escaped, or should have been.
    Html,
    /// Markup that is not escaped, text in it is.
    Xhtml,
}

/// An element of a feed or of an item that is read.
#[derive(Debug)]
struct Element<'a> {
    key: Key,
    /// Which element of the list it stands in. The first one is what all are of.
    parent: usize,
    attributes: &'a str,
    text: String,
    form: Form,
    /// What its URLs are resolved against.
    base: Option<Rc<str>>,
}

/// An open element that holds elements.
struct Frame<'a> {
    /// As it is written.
    name: &'a str,
    key: Key,
    /// Its place in the list.
    element: usize,
    /// How many namespaces were declared around it.
    spaces: usize,
    base: Option<Rc<str>>,
}

/// An open element whose content is text, or is passed over.
struct Leaf<'a> {
    name: &'a str,
    /// How many of the same name are open in it.
    nested: usize,
    /// Its place in the list, if it is read.
    element: Option<usize>,
}

struct Reader<'a> {
    resolve: ResolveFrom<'a>,
    /// Whether the feed is Atom, once it is known.
    atom: Option<bool>,
    /// Prefixes, and those that they stand for.
    spaces: Vec<(&'a str, &'static str)>,
    frames: Vec<Frame<'a>>,
    leaf: Option<Leaf<'a>>,
    feed: Vec<Element<'a>>,
    /// The open item's elements; empty if there is none.
    item: Vec<Element<'a>>,
    language: Option<String>,
    home: Option<String>,
    items: Vec<Item>,
    listed: usize,
}

/// Reads RSS or Atom.
pub(super) fn read(text: &str, resolve: ResolveFrom<'_>) -> Result<Feed, FeedError> {
    let mut reader = Reader {
        resolve,
        atom: None,
        spaces: Vec::new(),
        frames: Vec::new(),
        leaf: None,
        feed: Vec::new(),
        item: Vec::new(),
        language: None,
        home: None,
        items: Vec::new(),
        listed: 0,
    };
    let mut page = text.trim_start().get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"));
    for token in Tokens::new(text) {
        match token {
            Token::Text(text) => reader.text(text, false),
            Token::Cdata(text) => reader.text(text, true),
            Token::Open { name, attributes } if reader.atom.is_some() => reader.open(name, attributes),
            Token::Open { name, attributes } => {
                // What comes before a feed may be the messages of what writes it.
                page |= ["html", "head", "body"].iter().any(|tag| name.eq_ignore_ascii_case(tag));
                if page {
                    break;
                }
                reader.root(name, attributes);
            }
            Token::Close(name) => reader.close(name),
        }
    }
    if reader.atom.is_none() {
        return Err(FeedError::not_a_feed(if page { "it is an HTML page" } else { "it is neither JSON nor RSS nor Atom" }));
    }
    reader.end()
}

impl<'a> Reader<'a> {
    /// Begins to read, if this is how a feed begins.
    fn root(&mut self, name: &'a str, attributes: &'a str) {
        let local = name.split_once(':').map_or(name, |(_, local)| local);
        let is = |tag: &&str| local.eq_ignore_ascii_case(tag);
        if ["rss", "rdf", "channel", "feed"].iter().any(is) {
            self.atom = Some(is(&"feed"));
            self.declare(attributes);
            self.enter(name, Key::Feed, attributes, 0);
        }
    }

    fn open(&mut self, name: &'a str, attributes: &'a str) {
        if self.frames.is_empty() {
            return;
        }
        if self.key(name) == Some(Key::Item) {
            // What this stands in has no end, if it is not the feed.
            self.leaf = None;
            while self.frames.last().is_some_and(|frame| frame.key != Key::Feed) {
                self.pop();
            }
        }
        let closed = attributes.ends_with('/');
        if let Some(leaf) = &mut self.leaf {
            leaf.nested += usize::from(!closed && leaf.name.eq_ignore_ascii_case(name));
            self.tag("<", name, attributes);
            return;
        }
        let spaces = self.spaces.len();
        self.declare(attributes);
        let outside = |key: &Key| !matches!(key, Key::Feed | Key::Item) || self.item.is_empty();
        if let Some(key) = self.key(name).filter(outside).filter(|_| self.frames.len() < DEPTH) {
            self.enter(name, key, attributes, spaces);
        } else {
            self.spaces.truncate(spaces);
            self.leaf = Some(Leaf { name, nested: 0, element: None }).filter(|_| !closed);
        }
    }

    /// Opens an element that is read. `spaces` namespaces were declared around it.
    fn enter(&mut self, name: &'a str, key: Key, attributes: &'a str, spaces: usize) {
        let parent = self.frames.last().map_or(0, |frame| frame.element);
        let base = self.base(attributes);
        let form = self.form(name, key, attributes);
        let text = String::new();
        let element = Element { key, parent, attributes, text, form: form.unwrap_or(Form::Text), base: base.clone() };
        if key == Key::Feed && self.language.is_none() {
            self.language = item::language(attributes);
        }
        let list = if key == Key::Item { &mut self.item } else { self.list() };
        // RSS's channel stands for the same as its root.
        let place = if key == Key::Feed { 0 } else { list.len() };
        if place == list.len() {
            list.push(element);
        }
        let holds = matches!(key, Key::Feed | Key::Item | Key::Author | Key::Image | Key::Source | Key::MediaGroup | Key::MediaContent);
        let closed = attributes.ends_with('/');
        if holds {
            self.frames.push(Frame { name, key, element: place, spaces, base });
            // Of a feed, the slash ends an address that has no quotes around it.
            if closed && key != Key::Feed {
                self.pop();
            }
        } else {
            self.spaces.truncate(spaces);
            self.leaf = Some(Leaf { name, nested: 0, element: form.map(|_| place) }).filter(|_| !closed);
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.spaces.truncate(frame.spaces);
        if frame.key == Key::Item {
            if self.listed == 0 {
                self.home = item::alternate(&self.feed, self.resolve);
            }
            self.listed += 1;
            self.items.extend(item::read(&self.item, self.home.as_deref(), self.resolve));
            self.item.clear();
        }
    }

    /// Closes what this end tag closes. What is open in it is closed too; one that
    /// closes nothing is passed over.
    fn close(&mut self, name: &'a str) {
        if let Some(leaf) = &mut self.leaf {
            if leaf.name.eq_ignore_ascii_case(name) {
                if leaf.nested == 0 {
                    let element = leaf.element;
                    self.leaf = None;
                    if let Some(element) = element.and_then(|place| self.list().get_mut(place)) {
                        token::unwrap_section(&mut element.text);
                    }
                    return;
                }
                leaf.nested -= 1;
            }
            if self.frame(name).is_none() {
                self.tag("</", name, "");
                return;
            }
            self.leaf = None;
        }
        if let Some(place) = self.frame(name) {
            while self.frames.len() > place {
                self.pop();
            }
        }
    }

    /// The innermost open element of this name.
    fn frame(&self, name: &str) -> Option<usize> {
        self.frames.iter().rposition(|frame| frame.name.eq_ignore_ascii_case(name))
    }

    fn text(&mut self, text: &'a str, cdata: bool) {
        let place = match (&self.leaf, self.frames.last()) {
            (Some(leaf), _) => leaf.element,
            (None, Some(frame)) if matches!(frame.key, Key::Author | Key::Image) => Some(frame.element),
            // Generators that know HTML's `link` close it before its text.
            (None, Some(_)) => {
                let list = self.list();
                let is_bare_link = |last: &&mut Element<'_>| last.key == Key::Link && last.attributes.trim_ascii() == "/";
                let before = list.len().saturating_sub(1);
                list.last_mut().filter(is_bare_link).map(|_| before)
            }
            _ => None,
        };
        let Some(element) = place.and_then(|place| self.list().get_mut(place)) else { return };
        let into = &mut element.text;
        match (element.form, cdata) {
            (Form::Xhtml, true) => {
                for char in text.chars() {
                    match char {
                        '<' => into.push_str("&lt;"),
                        '&' => into.push_str("&amp;"),
                        _ => into.push(char),
                    }
                }
            }
            (Form::Text | Form::Html, false) => entity::decode(text, entity::Place::Attribute, &mut |char| {
                into.push(char);
                true
            }),
            _ => into.push_str(text),
        }
    }

    /// A tag inside a text: markup that was not escaped.
    fn tag(&mut self, start: &str, name: &str, attributes: &str) {
        let Some(place) = self.leaf.as_ref().and_then(|leaf| leaf.element) else { return };
        let Some(element) = self.list().get_mut(place).filter(|element| element.form != Form::Text) else { return };
        let name = name.split_once(':').map_or(name, |(_, local)| local);
        for piece in [start, name, attributes, ">"] {
            element.text.push_str(piece);
        }
    }

    fn list(&mut self) -> &mut Vec<Element<'a>> {
        if self.item.is_empty() { &mut self.feed } else { &mut self.item }
    }

    /// Notes the namespaces that a tag declares. One that is not known is no prefix's,
    /// except where it is the whole feed's: <https://www.w3.org/TR/xml-names/>.
    fn declare(&mut self, attributes: &'a str) {
        let mut rest = attributes;
        let mut quote = None;
        let turn = |quote, char| match quote {
            None if matches!(char, '"' | '\'') => Some(char),
            Some(open) if open == char => None,
            same => same,
        };
        while let Some(at) = rest.find("xmlns") {
            let (before, found) = rest.split_at(at);
            let (name, after) = found.split_at(html::word(found, b"=/"));
            rest = after;
            let outer = before.chars().fold(quote, turn);
            quote = name.chars().fold(outer, turn);
            // In the value of another attribute, it declares nothing.
            if outer.is_some() {
                continue;
            }
            let uri = html::attribute(found, name).unwrap_or_default();
            let prefix = name["xmlns".len()..].trim_start_matches(':');
            let whole = self.frames.is_empty() && prefix.is_empty() || uri.is_empty();
            if self.spaces.len() < DECLARED {
                self.spaces.push((prefix, name::space(&uri).unwrap_or(if whole { "" } else { "?" })));
            }
        }
    }

    /// The prefix by custom of a name's namespace: the one it is written with, if
    /// nobody declared that.
    fn space(&self, name: &'a str) -> (&'a str, &'a str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self.spaces.iter().rev().find(|(known, _)| *known == prefix);
        (declared.map_or(prefix, |(_, space)| space), local)
    }

    fn key(&self, name: &'a str) -> Option<Key> {
        let (space, local) = self.space(name);
        name::key(space, local).filter(|key| *key != Key::Item || Some(local.eq_ignore_ascii_case("entry")) == self.atom)
    }

    /// What to make of an element's text; nothing if it is none that can be shown.
    /// Only Atom says: <https://www.rfc-editor.org/rfc/rfc4287#section-3.1.1>.
    fn form(&self, name: &'a str, key: Key, attributes: &str) -> Option<Form> {
        let space = self.space(name).0;
        let atom = space == ATOM || space.is_empty() && self.atom == Some(true);
        if !atom || !matches!(key, Key::Title | Key::Summary | Key::Content) {
            return Some(Form::Html);
        }
        let text_type = html::attribute(attributes, "type").unwrap_or_default().to_ascii_lowercase();
        match text_type.trim() {
            "html" | "text/html" => Some(Form::Html),
            "xhtml" | "application/xhtml+xml" => Some(Form::Xhtml),
            other if other.is_empty() || other.starts_with("text") => Some(Form::Text),
            _ => None,
        }
    }

    /// The base of an element's URLs: <https://www.w3.org/TR/xmlbase/>.
    fn base(&self, attributes: &str) -> Option<Rc<str>> {
        let outer = self.frames.last().and_then(|frame| frame.base.clone());
        html::attribute(attributes, "xml:base")
            .filter(|base| !base.trim().is_empty())
            .and_then(|base| (self.resolve)(base.trim(), outer.as_deref()))
            .map(Rc::from)
            .or(outer)
    }

    fn end(mut self) -> Result<Feed, FeedError> {
        // What the end of the text cut off: half a link would lead astray.
        if let Some(place) = self.leaf.take().and_then(|leaf| leaf.element) {
            self.list().truncate(place);
        }
        let whole = self.items.len();
        while !self.frames.is_empty() {
            self.pop();
        }
        if self.items.get(whole).is_some_and(|item| item.url.is_none()) {
            self.items.truncate(whole);
        }
        if self.items.is_empty() {
            return Err(FeedError::empty(self.listed));
        }
        let language = item::languages(&self.feed).or(self.language);
        let authors = item::authors(&self.feed);
        for item in &mut self.items {
            if item.authors.is_empty() {
                item.authors.clone_from(&authors);
            }
            if item.language.is_none() {
                item.language.clone_from(&language);
            }
        }
        Ok(Feed {
            title: item::title(&self.feed),
            home_page_url: item::alternate(&self.feed, self.resolve),
            language,
            items: self.items.into_iter().collect(),
            format: Format::Rss,
            more: item::next(&self.feed, self.resolve).map(More::Url),
        })
    }
}
