//! The share targets, and the links that lead to them.
//!
//! `src/share/networks.json` is the one source of what Kabar knows of a network.
//! Those that are shown by default are compiled in; `cargo xtask dist` writes a file for
//! each of the others, which a page fetches when it names the network. Each
//! `source` there is the page on which the network documents its address.

mod post;
#[cfg(not(target_arch = "wasm32"))]
mod table;

use crate::{feed::Value, scan};

pub use post::{Clusters, code_points};
#[cfg(not(target_arch = "wasm32"))]
pub use table::{Row, rows};

/// What is known of one share target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// What the `networks` attribute and the events call it.
    pub id: &'static str,
    /// Its brand's name; empty where the reader's language has a word for it.
    pub name: &'static str,
    /// An SVG path in a box of 24 by 24, filled by the even-odd rule.
    pub icon: &'static str,
    /// What a click does.
    pub action: Action,
    /// The longest post, in the network's own characters; 0 where there is no limit.
    pub limit: usize,
    /// How many characters of a post an address counts as; 0 for as many as it has.
    pub link: usize,
}

/// What a click on a share target does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Opens the device's own share sheet.
    Native,
    /// Copies the address.
    Copy,
    /// Follows the link of this template; see [`Shared::link`].
    Link(&'static str),
    /// Is left to a script of the page, which finds this template filled in.
    Script(&'static str),
}

include!(concat!(env!("OUT_DIR"), "/networks.rs"));

/// A compiled-in network by its id.
pub fn network(id: &str) -> Option<&'static Network> {
    NETWORKS.iter().find(|network| network.id == id)
}

/// What a share bar is given beyond its attributes and what is compiled in.
#[derive(Debug, Clone)]
pub struct Extras {
    /// Further networks.
    pub networks: Vec<&'static Network>,
    /// The name of the button that shows further targets.
    pub more: String,
    /// Where the reader's characters end in a text.
    pub clusters: Clusters,
}

impl Default for Extras {
    fn default() -> Self {
        Self { networks: Vec::new(), more: String::new(), clusters: code_points }
    }
}

impl Network {
    /// Reads a row of `networks.json`, or what a page registered: `id`, `label`,
    /// `href`, `icon`; `action` where a script does what a click does. `known`
    /// are those read before: what is new is never freed.
    pub(crate) fn read(row: &Value, known: &mut Vec<&'static Self>) -> &'static Self {
        let text = |name| -> &str { row.get(name).text() };
        let number = |name| usize::try_from(row.get(name).number()).unwrap_or_default();
        let same = |known: &&&'static Self| {
            let (Action::Link(href) | Action::Script(href)) = known.action else { return false };
            (known.id, known.name, known.icon, href) == (text("id"), text("label"), text("icon"), text("href"))
        };
        if let Some(known) = known.iter().find(same) {
            return known;
        }
        let kept = |name| -> &'static str { text(name).to_owned().leak() };
        let action = if text("action").is_empty() { Action::Link } else { Action::Script };
        let network = Self {
            id: kept("id"),
            name: kept("label"),
            icon: kept("icon"),
            action: action(kept("href")),
            limit: number("limit"),
            link: number("link"),
        };
        let network: &Self = Box::leak(Box::new(network));
        known.push(network);
        network
    }

    /// Whether a click leads to a web page, in a tab of its own.
    pub fn opens_tab(&self) -> bool {
        matches!(self.action, Action::Link(href) | Action::Script(href) if href.starts_with("http"))
    }
}

/// What is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The address, absolute.
    pub url: String,
    /// The title.
    pub title: String,
    /// A text beside it.
    pub text: String,
    /// A picture's address.
    pub image: String,
    /// An account on X.
    pub via: String,
    /// Hashtags, with commas between them or # before each.
    pub hashtags: String,
    /// Parameters added to the address, `{network}` standing for the network's id.
    pub utm: String,
}

impl Shared {
    /// The address to share with one network: with the `utm` parameters, before
    /// any fragment. A parameter that the address has already is left as it is.
    pub fn url_for(&self, network: &Network) -> String {
        let (bare, fragment) = self.url.split_at(scan::until(&self.url, b"#"));
        let (_, query) = scan::parted(bare, "?");
        let utm = escape(&scan::replaced(&self.utm, "{network}", network.id), IN_QUERY);
        let mut url = bare.to_owned();
        for parameter in scan::pieces(scan::without_first(&utm, b"?"), b"&") {
            if scan::pieces(query, b"&").any(|own| name(own) == name(parameter)) {
                continue;
            }
            if !scan::has_mark(&url, b'?') {
                url.push('?');
            } else if !url.ends_with("?") && !url.ends_with("&") {
                url.push('&');
            }
            url += parameter;
        }
        url + fragment
    }

    /// The link that a network's share target leads to, or that its script
    /// completes; `None` where there is none.
    ///
    /// Its template is the address with names in braces where values go, percent-encoded:
    /// `{url}`; `{title}`, or the text where there is none; `{text}`, or the title; `{subject}`,
    /// the title alone; `{image}`, `{via}`, `{hashtags}`. A parameter whose values
    /// are all empty is left out, but for the address: without it there is
    /// nothing to share. What stands between two values is there only with both.
    /// Any other name stays, for a script.
    pub fn link(&self, network: &Network, clusters: Clusters) -> Option<String> {
        let (Action::Link(template) | Action::Script(template)) = network.action else { return None };
        let mut link = String::new();
        let mut mark = "";
        for part in scan::pieces(template, b"?&") {
            if let Some(filled) = self.fill(part, network, clusters) {
                link += mark;
                link += &filled;
                mark = if mark.is_empty() { "?" } else { "&" };
            }
        }
        Some(link)
    }

    /// A part of a template with its values; `None` where it takes some and has none.
    fn fill(&self, part: &str, network: &Network, clusters: Clusters) -> Option<String> {
        let (start, mut rest) = scan::parted(part, "{");
        let mut filled = start.to_owned();
        let (mut between, mut last, mut empty) = ("", "", !rest.is_empty());
        while !rest.is_empty() {
            let (piece, others) = scan::parted(rest, "{");
            let (name, after) = scan::parted(piece, "}");
            rest = others;
            let value = self.value(name, network, clusters).map_or_else(|| ["{", name, "}"].concat(), |text| percent_encode(&text));
            if !value.is_empty() || name == "url" {
                if !empty {
                    filled += between;
                }
                filled += &value;
                (between, empty) = (after, false);
            }
            last = after;
        }
        if empty { None } else { Some(filled + last) }
    }

    fn value(&self, name: &str, network: &Network, clusters: Clusters) -> Option<String> {
        Some(match name {
            "url" => self.url_for(network),
            "title" => self.title_for(network, clusters),
            // A line break in a subject would end the mail's header.
            "subject" => lines(&self.title, " "),
            // RFC 6068, section 5: line breaks in the body are %0D%0A.
            "text" => lines(if self.text.is_empty() { &self.title } else { &self.text }, "\r\n"),
            "image" => self.image.clone(),
            "via" => self.account().to_owned(),
            "hashtags" => hashtags(&self.hashtags),
            _ => return None,
        })
    }

    /// The account named, without its @.
    fn account(&self) -> &str {
        scan::without_first(scan::trim(&self.via), b"@")
    }

    /// The title, or the text where there is none, as far as a post has room for it.
    fn title_for(&self, network: &Network, clusters: Clusters) -> String {
        let title = if self.title.is_empty() { &self.text } else { &self.title };
        // Nothing counts for more than its bytes: few titles are long enough for the whole count.
        let link = if network.link > 0 { network.link } else { self.url.len() + self.utm.len() };
        let most = title.len() + link + 2 * (self.via.len() + self.hashtags.len()) + 20;
        if network.limit == 0 || most <= network.limit { title.clone() } else { self.cut(title, network, clusters) }
    }
}

/// The name of a parameter in a query.
fn name(parameter: &str) -> &str {
    scan::parted(parameter, "=").0
}

/// The text with this where a line ends, whatever ends it there.
fn lines(text: &str, end: &str) -> String {
    let lines = scan::replaced(&scan::replaced(text, "\r\n", "\n"), "\r", "\n");
    scan::replaced(&lines, "\n", end)
}

/// X takes hashtags with commas between them, and ends one at a blank.
fn hashtags(text: &str) -> String {
    let mut joined = String::new();
    for tag in scan::pieces(text, b",#") {
        let tag = scan::trim(tag);
        if !tag.is_empty() && !joined.is_empty() {
            joined.push(',');
        }
        for char in tag.chars() {
            if !char.is_whitespace() {
                joined.push(char);
            }
        }
    }
    joined
}

/// What stays as it is in a query that someone wrote by hand: the characters
/// that RFC 3986, section 3.4, allows there, and escapes that are there already.
const IN_QUERY: &[u8] = b"-._~!$&()*+,;=:@/?%";

/// Percent-encodes all but the unreserved characters of RFC 3986, section 2.3:
/// a blank is `%20`, never `+`, which mail clients and WhatsApp show as a plus.
pub fn percent_encode(text: &str) -> String {
    escape(text, b"-._~")
}

fn escape(text: &str, kept: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || scan::is_one(byte, kept) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.push(char::from(DIGITS[usize::from(byte >> 4)]));
            escaped.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    escaped
}
