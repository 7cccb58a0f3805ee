//! Article cards and the next-post teaser.

use leptos::{html, prelude::*};

use super::{Card, Cards, Click, OnClick, Teaser};

/// The cards, one `article` each, in one parent.
pub(super) fn cards(cards: Cards, on_click: OnClick) -> impl IntoView {
    let Cards { cards, heading, open_new } = cards;
    // Keyed by place, not by a feed's id: feeds repeat ids, and a repeated key corrupts a keyed list.
    let articles = cards
        .into_iter()
        .enumerate()
        .map(|(place, card)| {
            let lang = card.lang.clone();
            html::article().class("card").attr("part", "card").attr("lang", lang).child(article(card, heading, open_new, place, on_click.clone()))
        })
        .collect::<Vec<_>>();
    html::div().class("cards").attr("part", "cards").child(articles)
}

/// The teaser: a label and one article.
pub(super) fn teaser(teaser: Teaser, on_click: OnClick) -> impl IntoView {
    let Teaser { card, label, heading, open_new } = teaser;
    let name = if label.is_empty() { card.title.clone() } else { label.clone() };
    let lang = card.lang.clone();
    html::aside().class("next").attr("part", "next").attr("aria-label", name).child((
        (!label.is_empty()).then(|| html::p().class("label").attr("part", "heading").child(label)),
        html::div().class("card").attr("part", "card").attr("lang", lang).child(article(card, heading, open_new, 0, on_click)),
    ))
}

/// The inside of a card; the order is that of reading, and `style.css` moves the picture.
fn article(card: Card, heading: usize, open_new: bool, place: usize, on_click: OnClick) -> impl IntoView {
    let Card { url, title, image, alt, caption, datetime, date, author, excerpt, tags, .. } = card;
    let picture = (!image.is_empty()).then(|| {
        html::img()
            .attr("part", "image")
            .attr("src", image)
            .attr("alt", alt)
            .attr("loading", "lazy")
            .attr("decoding", "async")
            .attr("referrerpolicy", "no-referrer")
    });
    let title = (!title.is_empty()).then(|| {
        let link = html::a()
            .attr("href", url)
            .attr("target", open_new.then_some("_blank"))
            .attr("rel", open_new.then_some("noopener"))
            .attr("dir", "auto")
            .on(leptos::ev::click, move |event| on_click(Click::Article(place), event))
            .child(title);
        html::custom(HEADINGS[heading.clamp(1, 6) - 1]).attr("part", "title").child(link)
    });
    let has_meta = !date.is_empty() || !author.is_empty();
    let meta = has_meta.then(|| {
        html::div().class("meta").child((
            (!date.is_empty()).then(|| html::time().attr("part", "date").attr("datetime", datetime).child(date)),
            text("author", author),
        ))
    });
    let tags = (!tags.is_empty()).then(|| {
        let tags = tags.into_iter().map(|tag| html::li().attr("dir", "auto").child(tag)).collect::<Vec<_>>();
        html::ul().attr("part", "tags").attr("role", "list").child(tags)
    });
    (picture, text("caption", caption), title, meta, text("excerpt", excerpt), tags)
}

/// A paragraph, where there is text for it.
fn text(part: &'static str, text: String) -> Option<impl IntoView> {
    (!text.is_empty()).then(|| html::p().class(part).attr("part", part).attr("dir", "auto").child(text))
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
