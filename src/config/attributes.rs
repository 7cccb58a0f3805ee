//! The table of attributes.

/// The three elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// `<kabar-cards>`
    Cards,
    /// `<kabar-share>`
    Share,
    /// `<kabar-next>`
    Next,
}

impl Element {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cards, Self::Share, Self::Next];

    /// The custom element's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cards => "kabar-cards",
            Self::Share => "kabar-share",
            Self::Next => "kabar-next",
        }
    }
}

/// Which values an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Any text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words, in any order, with blanks or commas between them.
    Words(&'static [&'static str]),
    /// A whole number within these bounds, both included.
    Number(usize, usize),
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// As written in HTML.
    pub name: &'static str,
    /// The elements that have it.
    pub on: &'static [Element],
    /// The values it takes.
    pub allowed: Allowed,
    /// What an absent or wrong value means; empty where the page decides.
    pub default: &'static str,
    /// What it does. Empty in the wasm, where nobody reads it.
    pub doc: &'static str,
}

use Allowed::{Number, Text, Word, Words};
use Element::{Cards, Next, Share};

const ALL: &[Element] = &Element::ALL;
const ARTICLES: &[Element] = &[Cards, Next];
const NO_OR_YES: Allowed = Word(&["false", "true"]);

const fn row(name: &'static str, on: &'static [Element], allowed: Allowed, default: &'static str, doc: &'static str) -> Attribute {
    Attribute { name, on, allowed, default, doc: if cfg!(target_arch = "wasm32") { "" } else { doc } }
}

/// Every attribute. A name stands twice where two elements give it different values.
pub const ATTRIBUTES: &[Attribute] = &[
    row("feed", ARTICLES, Text, "", "address of the feed"),
    row("format", ARTICLES, Word(&["auto", "jsonfeed", "wordpress", "ghost", "rss"]), "auto", "the feed's format"),
    row(
        "lang",
        ALL,
        Text,
        "",
        "language of dates and labels, a BCP 47 tag; else the nearest `lang` in the page, the feed's, the browser's",
    ),
    row("timezone", ALL, Text, "", "IANA time zone of dates; else the reader's own"),
    row("dates", ARTICLES, Word(&["absolute", "relative"]), "absolute", "dates of the last day as such, or as the time since then"),
    row(
        "theme",
        ALL,
        Words(&["auto", "light", "dark", "default", "minimal", "magazine", "dense"]),
        "auto default",
        "colours and look, a word for each",
    ),
    row("loading", ALL, Word(&["lazy", "eager"]), "lazy", "start near the viewport, or at once"),
    row("beacon", ALL, Text, "", "address that counts of what readers do are sent to"),
    row("cache", ARTICLES, Word(&["none", "session", "local"]), "none", "whether the last good feed is kept in the reader's browser"),
    row(
        "on-error",
        ARTICLES,
        Word(&["hide", "message", "retry"]),
        "hide",
        "what is shown of a failure: nothing, a text, or a button to try again",
    ),
    row("limit", &[Cards], Number(1, 10_000), "6", "how many cards"),
    row("layout", &[Cards], Word(&["grid", "list", "compact"]), "grid", "how the cards are laid out"),
    row("placement", &[Share], Word(&["inline", "floating"]), "inline", "where the bar is: in the page, or at the window's edge"),
    row(
        "show",
        ARTICLES,
        Words(&["image", "title", "date", "author", "excerpt", "tags", "caption", "dateline"]),
        "image title date author excerpt tags dateline",
        "the parts of an article; without `dateline` an excerpt begins after it",
    ),
    row("excerpt-words", ARTICLES, Number(0, 1_000), "30", "length of the excerpt, in words"),
    row("exclude-current", &[Cards], Word(&["true", "false"]), "true", "leave out the article that the page is"),
    row(
        "tag",
        ARTICLES,
        Text,
        "",
        "keep only articles with one of these tags, with commas between them; the case of A to Z does not matter",
    ),
    row(
        "more",
        &[Cards],
        Word(&["none", "button", "scroll"]),
        "none",
        "how further articles come, as many again as `limit`: not at all, by a button under the cards, or as the reader nears it",
    ),
    row("order", &[Cards], Word(&["newest", "oldest", "feed"]), "newest", "the order of the cards"),
    row("order", &[Next], Word(&["older", "newer", "feed"]), "older", "which article is the next one"),
    row("current", ARTICLES, Text, "", "address of the article that the page is; else the canonical link, `og:url`, the location"),
    row("wrap", &[Next], NO_OR_YES, "false", "after the last article go round to the first"),
    row("open", ARTICLES, Word(&["same", "new"]), "same", "the tab that links open in"),
    row("heading", ARTICLES, Number(1, 6), "3", "level of the article headings"),
    row("networks", &[Share], Words(crate::share::IDS), crate::share::BUILT_IN, "the share targets, in display order"),
    row("visible", &[Share], Number(0, 100), "0", "how many targets are shown before a button that shows the others; 0 for all"),
    row("size", &[Share], Word(&["medium", "small", "large"]), "medium", "size of the share targets"),
    row("url", &[Share], Text, "", "the address shared; else the canonical link, `og:url`, the location"),
    row("title", &[Share], Text, "", "the title shared; else `og:title`, the document's title"),
    row("text", &[Share], Text, "", "a text shared with it"),
    row("image", &[Share], Text, "", "a picture shared with it; else `og:image`"),
    row("via", &[Share], Text, "", "the X account named in a post, with or without its @"),
    row("hashtags", &[Share], Text, "", "hashtags for X, with commas between them"),
    row("utm", &[Share], Text, "", "parameters added to the address shared, `{network}` standing for the network's id"),
    row("variant", &[Share], Word(&["icon", "icon-text", "text"]), "icon", "how the share targets look"),
    row("label", &[Share, Next], Text, "", "heading text; else the page's language's own; empty for none"),
];
