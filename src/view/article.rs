//! Article cards and the next-post teaser.

use super::{
    Card, Cards, More, Teaser,
    node::{Element, element},
};
use crate::locale::Word;

/// How wide a picture is shown, <https://html.spec.whatwg.org/#sizes-attributes>:
/// across a phone, or in one column of a few.
const SIZES: &str = "(min-width: 40rem) 20rem, 100vw";

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The cards, one `article` each, in one parent, and what brings more of them.
pub(super) fn cards(cards: Cards) -> Element {
    let articles = articles(&cards.cards, &cards);
    let Cards { locale, more, .. } = &cards;
    let list = element("div").attr("class", "cards").attr("part", "cards").language(locale).child(label(String::new())).children(articles);
    match more {
        None => list,
        Some(More { open, status }) => {
            let button = open.then(|| {
                element("button").attr("type", "button").attr("class", "more").attr("part", "more").text(locale[Word::More].to_owned())
            });
            // Always there, so that a screen reader notices when its text changes.
            let status = element("p").attr("class", "status").attr("role", "status").text(status.clone());
            element("div").child(list).child(element("div").attr("class", "foot").language(locale).children(button).child(status))
        }
    }
}

/// Some of a list's cards.
pub(super) fn articles(some: &[Card], cards: &Cards) -> impl Iterator<Item = Element> {
    some.iter().map(|card| article("article", card.clone(), cards.heading, cards.open_new))
}

/// The teaser: a label and one article.
pub(super) fn teaser(teaser: Teaser) -> Element {
    let Teaser { card, label, heading, open_new, locale } = teaser;
    let name = if label.is_empty() { card.title.clone() } else { label.clone() };
    element("aside")
        .attr("class", "next")
        .attr("part", "next")
        .language(locale)
        .attr("aria-label", name)
        .child(self::label(label))
        .child(article("div", card, heading, open_new))
}

/// The heading over a part of the widget: the publisher's own (`slot="heading"`),
/// else this one, where there is text for it.
pub(super) fn label(label: String) -> Element {
    let own = (!label.is_empty()).then(|| element("p").attr("class", "label").attr("part", "heading").text(label));
    element("slot").attr("name", "heading").children(own)
}

/// One article; its parts stand in the order of reading. What a feed says is in
/// a direction of its own (`dir="auto"`), which also isolates it from the text
/// around it: HTML, "Bidirectional text" in "Rendering".
fn article(tag: &'static str, card: Card, heading: usize, open_new: bool) -> Element {
    let Card { url, title, image, srcset, alt, caption, datetime, date, full_date, author, excerpt, tags, lang } = card;
    let picture = (!image.is_empty()).then(|| {
        element("img")
            .attr("part", "image")
            .attr("alt", alt)
            // Before `src`, or the browser has begun to load it with a referrer, and at once.
            .attr("loading", "lazy")
            .attr("decoding", "async")
            .attr("referrerpolicy", "no-referrer")
            .maybe("sizes", (!srcset.is_empty()).then(|| SIZES.to_owned()))
            .maybe("srcset", (!srcset.is_empty()).then_some(srcset))
            .attr("src", image)
    });
    let title = (!title.is_empty()).then(|| {
        let link = element("a")
            .maybe("href", url)
            .maybe("target", open_new.then(|| "_blank".to_owned()))
            .maybe("rel", open_new.then(|| "noopener".to_owned()))
            // Whatever the page's own policy is, no other site is told the whole address.
            .attr("referrerpolicy", "strict-origin-when-cross-origin")
            .text(title);
        element(HEADINGS[heading.clamp(1, 6) - 1]).attr("part", "title").attr("dir", "auto").child(link)
    });
    let date = (!date.is_empty())
        .then(|| element("time").attr("part", "date").attr("datetime", datetime).attr("dir", "auto").maybe("title", full_date).text(date));
    let author = paragraph("author", author);
    let meta = (date.is_some() || author.is_some()).then(|| element("div").attr("class", "meta").children(date).children(author));
    let tags = (!tags.is_empty()).then(|| {
        let tags = tags.into_iter().map(|tag| element("li").attr("dir", "auto").text(tag));
        // Safari takes a list without markers for none, unless it is told.
        element("ul").attr("part", "tags").attr("role", "list").children(tags)
    });
    element(tag)
        .attr("class", "card")
        .attr("part", "card")
        .maybe("lang", lang)
        .children(picture)
        .children(paragraph("caption", caption))
        .children(title)
        .children(meta)
        .children(paragraph("excerpt", excerpt))
        .children(tags)
}

/// A paragraph, where there is text for it.
fn paragraph(part: &'static str, text: String) -> Option<Element> {
    (!text.is_empty()).then(|| element("p").attr("class", part).attr("part", part).attr("dir", "auto").text(text))
}
