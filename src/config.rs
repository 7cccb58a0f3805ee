//! Attributes, as a publisher writes them, and the configuration they mean.
//!
//! [`ATTRIBUTES`] is the one source: the loader's list, `kabar.d.ts` and the
//! README's table are checked against it by `tests/tidy.rs`.

mod attributes;
mod codes;
mod reader;

pub use attributes::Element;
#[cfg(not(target_arch = "wasm32"))]
pub use attributes::{ATTRIBUTES, Allowed, Attribute};
pub use codes::ERROR_CODES;
pub use reader::{Attributes, Warning};

use reader::Reader;

use crate::{next::Order, scan, share::Shared};

/// What the attributes of one element ask for.
///
/// Attributes that do not belong to the element have their defaults, but there are no
/// `networks` where there is no share bar. `theme`, `layout`, `placement`, `variant`,
/// `size` and `loading` are not here: the style sheet and the loader read them from
/// the element itself, and they are only checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// A BCP 47 tag; empty where the page decides.
    pub lang: String,
    /// An IANA time zone; empty for the reader's own.
    pub timezone: String,
    /// How dates of the last day are told: `absolute` or `relative`.
    pub dates: &'static str,
    /// How many cards.
    pub limit: usize,
    /// The parts of an article to show, out of the `show` attribute's words.
    pub show: Vec<&'static str>,
    /// Where excerpts are cut, in words.
    pub excerpt_words: usize,
    /// Whether the article that the page is stays out of the cards.
    pub exclude_current: bool,
    /// Keep only articles with one of these tags; empty keeps all. Lower-case.
    pub tags: Vec<String>,
    /// How cards are ordered: `newest`, `oldest` or `feed`.
    pub cards_order: &'static str,
    /// How further articles come: `none`, `button` or `scroll`.
    pub more: &'static str,
    /// Which article is the next one.
    pub next_order: Order,
    /// The address of the article that the page is; empty where the page says so itself.
    pub current: String,
    /// Whether the first article follows the last.
    pub wrap: bool,
    /// Whether links open a new tab.
    pub open_new: bool,
    /// The level of article headings, 1 to 6.
    pub heading: usize,
    /// Ids of share networks, in display order.
    pub networks: Vec<String>,
    /// How many share targets are shown at first; 0 for all.
    pub visible: usize,
    /// What is shared; each empty where the page decides.
    pub shared: Shared,
    /// The heading text; `None` for the page's language's own, empty for none.
    pub label: Option<String>,
}

impl Config {
    /// Reads an element's attributes.
    ///
    /// Every value that is not allowed is replaced by its default and gives one
    /// warning, which names the attribute and the values that are allowed.
    pub fn read(element: Element, attributes: &Attributes) -> (Self, Vec<Warning>) {
        let mut reader = Reader::new(element, attributes);
        // In the order of the table, in which each is found next to the one before it.
        for name in &["format", "loading", "cache", "on-error", "layout", "placement", "size", "variant"] {
            reader.word(name);
        }
        reader.words("theme");
        let order = reader.word("order");
        let mut tags = Vec::new();
        for tag in scan::pieces(&reader.text("tag"), b",") {
            let mut tag = scan::trim(tag).to_owned();
            if !tag.is_empty() {
                tag.make_ascii_lowercase();
                tags.push(tag);
            }
        }
        let mut config = Self {
            lang: reader.text("lang"),
            timezone: reader.text("timezone"),
            dates: reader.word("dates"),
            limit: reader.number("limit"),
            show: reader.words("show"),
            excerpt_words: reader.number("excerpt-words"),
            exclude_current: reader.flag("exclude-current"),
            tags,
            cards_order: order,
            more: reader.word("more"),
            next_order: match order {
                "newer" => Order::Newer,
                "feed" => Order::Feed,
                _ => Order::Older,
            },
            current: reader.text("current"),
            wrap: reader.flag("wrap"),
            open_new: reader.word("open") == "new",
            heading: reader.number("heading"),
            networks: Vec::new(),
            visible: 0,
            shared: Shared::default(),
            label: reader.present("label").map(|label| scan::trim(label).to_owned()),
        };
        if element == Element::Share {
            config.read_share(&mut reader);
        }
        (config, reader.warnings)
    }

    // Never inlined: it comes with what only share bars need.
    #[inline(never)]
    fn read_share(&mut self, reader: &mut Reader<'_>) {
        self.networks = reader.ids("networks");
        self.visible = reader.number("visible");
        self.shared = Shared {
            url: reader.text("url"),
            title: reader.text("title"),
            text: reader.text("text"),
            image: reader.text("image"),
            via: reader.text("via"),
            hashtags: reader.text("hashtags"),
            utm: reader.text("utm"),
        };
    }

    /// Whether a part of an article is to be shown.
    pub fn shows(&self, part: &str) -> bool {
        self.show.contains(&part)
    }
}
