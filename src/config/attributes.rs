//! The table of attributes.

use crate::scan;

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
#[cfg(not(target_arch = "wasm32"))]
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
#[cfg(not(target_arch = "wasm32"))]
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
    /// What it does.
    pub doc: &'static str,
}

/// Writes the table twice: with its docs for the host, where docs, types and checks are
/// made of it, and as one text, which is a third of that in the wasm. In the text each
/// row is a line: its name, the first letters of its elements' names, and what it takes.
macro_rules! attributes {
    ($($name:literal $on:ident [$($allowed:tt)*] $doc:literal;)*) => {
        /// Every attribute. A name stands twice where two elements give it different values.
        #[cfg(not(target_arch = "wasm32"))]
        pub const ATTRIBUTES: &[Attribute] = &[$(Attribute {
            name: $name,
            on: elements!($on),
            allowed: allowed!($($allowed)*),
            default: default!($($allowed)*),
            doc: $doc,
        }),*];

        /// The same for whoever reads attributes.
        const TEXT: &str = concat!($($name, " ", stringify!($on), written!($($allowed)*), "\n"),*);
    };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! elements {
    (c) => {
        &[Element::Cards]
    };
    (s) => {
        &[Element::Share]
    };
    (n) => {
        &[Element::Next]
    };
    (cn) => {
        &[Element::Cards, Element::Next]
    };
    (sn) => {
        &[Element::Share, Element::Next]
    };
    (csn) => {
        &Element::ALL
    };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! allowed {
    (text) => { Allowed::Text };
    (word $($word:literal)*) => { Allowed::Word(&[$($word),*]) };
    (words $($word:literal)* = $default:literal) => { Allowed::Words(&[$($word),*]) };
    (networks) => { Allowed::Words(crate::share::IDS) };
    (number $least:literal $most:literal = $default:literal) => { Allowed::Number($least, $most) };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! default {
    (text) => {
        ""
    };
    (word $default:literal $($word:literal)*) => {
        $default
    };
    (words $($word:literal)* = $default:literal) => {
        $default
    };
    (networks) => {
        crate::share::BUILT_IN
    };
    (number $least:literal $most:literal = $default:literal) => {
        stringify!($default)
    };
}

macro_rules! written {
    (text) => { "" };
    (word $first:literal $($word:literal)*) => { concat!("=", $first $(, " ", $word)*) };
    (words $first:literal $($word:literal)* = $default:literal) => { concat!("+", $first $(, " ", $word)*, "|", $default) };
    (networks) => { "+" };
    (number $least:literal $most:literal = $default:literal) => { concat!("#", $least, " ", $most, "|", $default) };
}

attributes! {
    "feed" cn [text]
        "address of the feed";
    "format" cn [word "auto" "jsonfeed" "wordpress" "ghost" "rss"]
        "the feed's format";
    "lang" csn [text]
        "language of dates and labels, a BCP 47 tag; else the nearest `lang` in the page, the feed's, the browser's";
    "timezone" csn [text]
        "IANA time zone of dates; else the reader's own";
    "dates" cn [word "absolute" "relative"]
        "dates of the last day as such, or as the time since then";
    "theme" csn [words "auto" "light" "dark" "default" "minimal" "magazine" "dense" = "auto default"]
        "colours and look, a word for each";
    "loading" csn [word "lazy" "eager"]
        "start near the viewport, or at once";
    "beacon" csn [text]
        "address that counts of what readers do are sent to";
    "cache" cn [word "none" "session" "local"]
        "whether the last good feed is kept in the reader's browser";
    "on-error" cn [word "hide" "message" "retry"]
        "what is shown of a failure: nothing, a text, or a button to try again";
    "limit" c [number 1 10_000 = 6]
        "how many cards";
    "layout" c [word "grid" "list" "compact"]
        "how the cards are laid out";
    "placement" s [word "inline" "floating"]
        "where the bar is: in the page, or at the window's edge";
    "show" cn [words "image" "title" "date" "author" "excerpt" "tags" "caption" "dateline" = "image title date author excerpt tags dateline"]
        "the parts of an article; without `dateline` an excerpt begins after it";
    "excerpt-words" cn [number 0 1_000 = 30]
        "length of the excerpt, in words";
    "exclude-current" c [word "true" "false"]
        "leave out the article that the page is";
    "tag" cn [text]
        "keep only articles with one of these tags, with commas between them; the case of A to Z does not matter";
    "more" c [word "none" "button" "scroll"]
        "how further articles come, as many again as `limit`: not at all, by a button under the cards, or as the reader nears it";
    "order" c [word "newest" "oldest" "feed"]
        "the order of the cards";
    "order" n [word "older" "newer" "feed"]
        "which article is the next one";
    "current" cn [text]
        "address of the article that the page is; else the canonical link, `og:url`, the location";
    "wrap" n [word "false" "true"]
        "after the last article go round to the first";
    "open" cn [word "same" "new"]
        "the tab that links open in";
    "heading" cn [number 1 6 = 3]
        "level of the article headings";
    "networks" s [networks]
        "the share targets, in display order";
    "visible" s [number 0 100 = 0]
        "how many targets are shown before a button that shows the others; 0 for all";
    "size" s [word "medium" "small" "large"]
        "size of the share targets";
    "url" s [text]
        "the address shared; else the canonical link, `og:url`, the location";
    "title" s [text]
        "the title shared; else `og:title`, the document's title";
    "text" s [text]
        "a text shared with it";
    "image" s [text]
        "a picture shared with it; else `og:image`";
    "via" s [text]
        "the X account named in a post, with or without its @";
    "hashtags" s [text]
        "hashtags for X, with commas between them";
    "utm" s [text]
        "parameters added to the address shared, `{network}` standing for the network's id";
    "variant" s [word "icon" "icon-text" "text"]
        "how the share targets look";
    "label" sn [text]
        "heading text; else the page's language's own; empty for none";
}

/// A row of the table as the wasm has it: where its line begins in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row(usize);

/// What stands before the words: `=` for one of them, `+` for some, `#` for a number
/// between two. Without any of these, it is any text.
const MARKS: &[u8] = b"=+#";

impl Row {
    /// That of no attribute.
    pub(super) const NONE: Self = Self(TEXT.len());

    /// The row of this name, for this element where it has one; `NONE` where there is none.
    /// It is looked for from another one on: who reads one after the other finds each next to it.
    #[inline(never)]
    pub(super) fn find(name: &str, element: Element, from: Self) -> Self {
        let mut found = Self::NONE;
        for start in [from.0, 0] {
            let mut at = start;
            while at < TEXT.len() {
                let row = Self(at);
                if row.name() == name {
                    found = row;
                    if row.is_on(element) {
                        return row;
                    }
                }
                at += row.line().len() + 1;
            }
        }
        found
    }

    #[inline(never)]
    fn line(self) -> &'static str {
        let rest = &TEXT[self.0..];
        &rest[..scan::until(rest, b"\n")]
    }

    /// As written in HTML.
    pub(super) fn name(self) -> &'static str {
        scan::parted(self.line(), " ").0
    }

    /// The first letters of its elements' names, and what follows these.
    #[inline(never)]
    fn parts(self) -> (&'static str, &'static str) {
        let rest = scan::parted(self.line(), " ").1;
        rest.split_at(scan::until(rest, MARKS))
    }

    /// Whether an element has it.
    pub(super) fn is_on(self, element: Element) -> bool {
        // `kabar-cards`, `kabar-share`, `kabar-next`
        scan::has_mark(self.parts().0, element.name().as_bytes()["kabar-".len()])
    }

    /// Which of the marks it has, if any.
    pub(super) fn takes(self) -> Option<u8> {
        self.parts().1.bytes().next()
    }

    /// The words, with blanks between them; the least and the greatest number.
    #[inline(never)]
    pub(super) fn words(self) -> &'static str {
        scan::without_first(scan::parted(self.parts().1, "|").0, MARKS)
    }

    /// What an absent or wrong value means; empty where the page decides.
    #[inline(never)]
    pub(super) fn default(self) -> &'static str {
        let words = self.words();
        match self.takes() {
            Some(b'=') => &words[..scan::until(words, b" ")],
            _ => scan::parted(self.line(), "|").1,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_the_table_says() {
        assert_eq!(TEXT.lines().count(), ATTRIBUTES.len());
        let mut row = Row::NONE;
        for attribute in ATTRIBUTES {
            row = Row::find(attribute.name, attribute.on[0], row);
            let on: String = attribute.on.iter().map(|element| &element.name()["kabar-".len()..][..1]).collect();
            let (takes, words) = match attribute.allowed {
                Allowed::Text => (None, String::new()),
                Allowed::Word(words) => (Some(b'='), words.join(" ")),
                // Which networks there are is known elsewhere.
                Allowed::Words(words) => (Some(b'+'), if row.name() == "networks" { String::new() } else { words.join(" ") }),
                Allowed::Number(least, most) => (Some(b'#'), format!("{least} {most}")),
            };
            let default = if row.name() == "networks" { "" } else { attribute.default };
            assert_eq!((row.name(), row.parts().0, row.takes()), (attribute.name, &*on, takes));
            assert_eq!((row.words(), row.default()), (&*words, default));
        }
    }
}
