//! Article cards and the next-post teaser.

use super::{
    Card, Cards, More, Teaser,
    node::{Element, element},
};
use crate::locale::Word;

/// How wide a picture is shown, <https://html.spec.whatwg.org/#sizes-attributes>:
/// across a phone, or in one column of a few.
const SIZES: &str = "(min-width: 40rem) 20rem, 100vw";

const HEADINGS: &str = "h1h2h3h4h5h6";

/// The cards, one `article` each, in one parent, and what brings more of them.
pub(super) fn cards(cards: &Cards) -> Element {
    let articles = articles(&cards.cards, cards);
    let Cards { locale, more, .. } = cards;
    let list = element("div").attr("class", "cards").attr("part", "cards").language(locale).child(label("")).children(articles);
    match more {
        None => list,
        Some(More { open, status }) => {
            let button =
                open.then(|| element("button").attr("type", "button").attr("class", "more").attr("part", "more").text(&locale[Word::More]));
            // Always there, so that a screen reader notices when its text changes.
            let status = element("p").attr("class", "status").attr("role", "status").text(status);
            element("div").child(list).child(element("div").attr("class", "foot").language(locale).children(button).child(status))
        }
    }
}

/// Some of a list's cards.
pub(super) fn articles(some: &[Card], cards: &Cards) -> Vec<Element> {
    let mut articles = Vec::new();
    for card in some {
        articles.push(article("article", card, cards.heading, cards.open_new));
    }
    articles
}

/// The teaser: a label and one article.
pub(super) fn teaser(teaser: &Teaser) -> Element {
    let Teaser { card, label, heading, open_new, locale } = teaser;
    let name = if label.is_empty() { &card.title } else { label };
    element("aside")
        .attr("class", "next")
        .attr("part", "next")
        .language(locale)
        .attr("aria-label", name)
        .child(self::label(label))
        .child(article("div", card, *heading, *open_new))
}

/// The heading over a part of the widget: the publisher's own (`slot="heading"`),
/// else this one, where there is text for it.
pub(super) fn label(label: &str) -> Element {
    let own = (!label.is_empty()).then(|| element("p").attr("class", "label").attr("part", "heading").text(label));
    element("slot").attr("name", "heading").children(own)
}

/// One article; its parts stand in the order of reading. What a feed says is in
/// a direction of its own (`dir="auto"`), which also isolates it from the text
/// around it: HTML, "Bidirectional text" in "Rendering".
fn article(tag: &'static str, card: &Card, heading: usize, open_new: bool) -> Element {
    let Card { url, title, image, srcset, alt, caption, datetime, date, full_date, author, excerpt, tags, lang } = card;
    let picture = (!image.is_empty()).then(|| {
        element("img")
            .attr("part", "image")
            .attr("alt", alt)
            // Before `src`, or the browser has begun to load it with a referrer, and at once.
            .attr("loading", "lazy")
            .attr("decoding", "async")
            .attr("referrerpolicy", "no-referrer")
            .maybe("sizes", if srcset.is_empty() { None } else { Some(SIZES) })
            .maybe("srcset", if srcset.is_empty() { None } else { Some(srcset) })
            .attr("src", image)
    });
    let title = (!title.is_empty()).then(|| {
        let link = element("a")
            .maybe("href", url.as_deref())
            .maybe("target", open_new.then_some("_blank"))
            .maybe("rel", open_new.then_some("noopener"))
            // Whatever the page's own policy is, no other site is told the whole address.
            .attr("referrerpolicy", "strict-origin-when-cross-origin")
            .text(title);
        element(&HEADINGS[heading.clamp(1, 6) * 2 - 2..][..2]).attr("part", "title").attr("dir", "auto").child(link)
    });
    let date = (!date.is_empty()).then(|| {
        element("time").attr("part", "date").attr("datetime", datetime).attr("dir", "auto").maybe("title", full_date.as_deref()).text(date)
    });
    let author = paragraph("author", author);
    let meta = (date.is_some() || author.is_some()).then(|| element("div").attr("class", "meta").children(date).children(author));
    let tags = (!tags.is_empty()).then(|| {
        // Safari takes a list without markers for none, unless it is told.
        let mut list = element("ul").attr("part", "tags").attr("role", "list");
        for tag in tags {
            list = list.child(element("li").attr("dir", "auto").text(tag));
        }
        list
    });
    element(tag)
        .attr("class", "card")
        .attr("part", "card")
        .maybe("lang", lang.as_deref())
        .children(picture)
        .children(paragraph("caption", caption))
        .children(title)
        .children(meta)
        .children(paragraph("excerpt", excerpt))
        .children(tags)
}

/// A paragraph, where there is text for it.
fn paragraph(part: &'static str, text: &str) -> Option<Element> {
    (!text.is_empty()).then(|| element("p").attr("class", part).attr("part", part).attr("dir", "auto").text(text))
}
