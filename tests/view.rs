//! The components, rendered to strings on the host.
#![cfg(not(target_arch = "wasm32"))]

use kabar::{
    config::{Attributes, Config, Element},
    feed::{self, Date, Feed, Image, Item, Source},
    locale::locale,
    share::{Extras, Shared},
    view::{self, Cards, Page, ShareBar, Teaser, View},
};
use leptos::prelude::*;

const HOSTILE: &str = r#"<img src=x onerror="alert(1)"> & "quoted" 'text'"#;

fn item(number: i64) -> Item {
    Item {
        id: number.to_string(),
        url: Some(format!("https://warta.example/{number}")),
        title: format!("Judul {number}"),
        text: "Satu dua tiga empat lima enam".to_owned(),
        image: Some(Image {
            url: format!("https://warta.example/{number}.jpg"),
            alt: "Pasar pagi".to_owned(),
            caption: "Foto: Warta".to_owned(),
            ..Image::default()
        }),
        published: Some(Date(1_553_483_700_000 + number * 86_400_000)),
        authors: vec!["Rani".to_owned(), "Bagus".to_owned()],
        tags: vec!["Ekonomi".to_owned()],
        language: None,
    }
}

fn feed(items: impl IntoIterator<Item = Item>) -> Feed {
    Feed { items: items.into_iter().collect(), ..Feed::default() }
}

fn date(date: Date) -> (String, Option<String>) {
    (format!("tanggal {}", feed::date::to_rfc3339(date)), None)
}

fn config<const N: usize>(element: Element, pairs: [(&str, &str); N]) -> Config {
    let (config, warnings) = Config::read(element, &Attributes::from(pairs));
    assert!(warnings.is_empty(), "{warnings:?}");
    config
}

fn page(urls: &[String]) -> Page<'_> {
    Page { urls, locale: locale("id"), format_date: &date, segment: None }
}

fn html(view: View) -> String {
    view::widget(&view).to_html()
}

fn cards<const N: usize>(feed: &Feed, pairs: [(&str, &str); N], urls: &[String]) -> Cards {
    let config = config(Element::Cards, pairs);
    Cards::new(&[feed], &config, page(urls), config.limit).0
}

fn cards_html<const N: usize>(feed: &Feed, pairs: [(&str, &str); N]) -> String {
    html(View::Cards(cards(feed, pairs, &[])))
}

#[test]
fn a_card_has_the_markup_that_themes_rely_on() {
    let text = cards_html(&feed([item(1)]), [("excerpt-words", "4"), ("show", "image title date author excerpt tags caption")]);
    for expected in [
        r#"class="card""#,
        r#"part="card""#,
        r#"<img part="image" alt="Pasar pagi""#,
        r#"src="https://warta.example/1.jpg""#,
        r#"<h3 part="title" dir="auto"><a href="https://warta.example/1""#,
        r#"<time part="date" datetime="2019-03-26T03:15:00Z" dir="auto">tanggal 2019-03-26T03:15:00Z</time>"#,
        ">Rani, Bagus</p>",
        ">Satu dua tiga empat […]</p>",
        ">Foto: Warta</p>",
        r#"<li dir="auto">Ekonomi</li>"#,
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn a_picture_in_several_sizes_has_them_before_its_address() {
    let source = |width| Source { url: format!("https://warta.example/1.jpg?w={width}&a,b"), width };
    let mut item = item(1);
    let image = item.image.as_mut().expect("the item has a picture");
    assert!(!cards_html(&feed([Item { image: Some(image.clone()), ..Item::default() }]), []).contains("sizes="));
    image.sources = vec![source(300), source(768)];
    let text = cards_html(&feed([item]), []);
    let expected = concat!(
        r#" referrerpolicy="no-referrer" sizes="(min-width: 40rem) 20rem, 100vw""#,
        r#" srcset="https://warta.example/1.jpg?w=300&amp;a,b 300w, https://warta.example/1.jpg?w=768&amp;a,b 768w""#,
        r#" src="https://warta.example/1.jpg""#,
    );
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_part_that_is_not_asked_for_is_not_there() {
    let text = cards_html(&feed([item(1)]), [("show", "title")]);
    for part in ["<img", "<time", "<p", "<ul"] {
        assert!(!text.contains(part), "{part} is in {text}");
    }
    assert!(text.contains("Judul 1"));
}

#[test]
fn headings_have_the_level_asked_for() {
    for level in 1..=6 {
        let level = level.to_string();
        let text = cards_html(&feed([item(1)]), [("heading", level.as_str())]);
        assert!(text.contains(&format!("<h{level} ")) && text.contains(&format!("</h{level}>")), "{text}");
    }
}

#[test]
fn feed_text_is_never_markup() {
    let hostile = Item {
        title: HOSTILE.to_owned(),
        text: HOSTILE.to_owned(),
        authors: vec![HOSTILE.to_owned()],
        tags: vec![HOSTILE.to_owned()],
        language: Some(HOSTILE.to_owned()),
        image: Some(Image {
            url: "https://a.example/\"><script>".to_owned(),
            alt: HOSTILE.to_owned(),
            caption: HOSTILE.to_owned(),
            ..Image::default()
        }),
        ..item(1)
    };
    let text = cards_html(&feed([hostile]), [("show", "image title date author excerpt tags caption")]);
    assert!(!text.contains("<img src=x"), "{text}");
    assert!(!text.contains("<script"), "{text}");
    assert_eq!(text.matches("<img").count(), 1, "{text}");
}

#[test]
fn cards_are_in_the_order_asked_for_up_to_the_limit() {
    let feed = feed([item(2), item(3), item(1)]);
    let titles = |pairs: &[(&str, &str)]| {
        let pairs = [pairs[0], pairs[1]];
        cards(&feed, pairs, &[]).cards.iter().map(|card| card.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&[("order", "newest"), ("limit", "2")]), ["Judul 3", "Judul 2"]);
    assert_eq!(titles(&[("order", "oldest"), ("limit", "9")]), ["Judul 1", "Judul 2", "Judul 3"]);
    assert_eq!(titles(&[("order", "feed"), ("limit", "9")]), ["Judul 2", "Judul 3", "Judul 1"]);
}

#[test]
fn the_page_itself_stays_out_of_its_cards_unless_asked_for() {
    let feed = feed([item(1), item(2)]);
    let here = ["https://warta.example/2?utm_source=x#komentar".to_owned()];
    let count = |value| cards(&feed, [("exclude-current", value)], &here).cards.len();
    assert_eq!((count("true"), count("false")), (1, 2));
}

#[test]
fn only_articles_with_a_tag_asked_for() {
    let other = Item { tags: vec!["Olahraga".to_owned()], ..item(2) };
    let feed = feed([item(1), other]);
    let text = cards_html(&feed, [("tag", "olahraga, budaya")]);
    assert!(text.contains("Judul 2") && !text.contains("Judul 1"), "{text}");
}

#[test]
fn a_new_tab_is_opened_without_an_opener() {
    let text = cards_html(&feed([item(1)]), [("open", "new")]);
    assert!(text.contains(r#"target="_blank" rel="noopener""#), "{text}");
    assert!(!cards_html(&feed([item(1)]), []).contains("target"));
}

#[test]
fn an_article_without_an_address_is_shown_without_a_link() {
    let text = cards_html(&feed([Item { url: None, ..item(1) }]), []);
    assert!(text.contains("Judul 1") && !text.contains("href"), "{text}");
}

#[test]
fn the_teaser_is_a_labelled_aside() {
    let feed = feed([item(1), item(2)]);
    let here = ["https://warta.example/2".to_owned()];
    let teaser = |pairs| Teaser::new(&feed, &config(Element::Next, pairs), page(&here));
    let text = html(View::Next(teaser([("label", "Baca juga")])));
    assert!(
        text.contains(r#"<aside class="next" part="next" aria-label="Baca juga""#) || text.contains(r#"aria-label="Baca juga""#),
        "{text}"
    );
    assert!(text.contains("Judul 1") && !text.contains("Judul 2"), "{text}");
    assert_eq!(teaser([("order", "newer")]), None);
    assert!(html(View::Next(None)).contains("<slot"));
}

#[test]
fn the_share_bar_is_a_labelled_nav_of_links_and_buttons() {
    let shared = Shared { url: "https://warta.example/1".to_owned(), title: "Judul".to_owned(), ..Shared::default() };
    let bar = |can_share| ShareBar::new(&config(Element::Share, []), shared.clone(), can_share, locale("id"), &Extras::default());
    let text = html(View::Share(bar(true)));
    assert!(text.contains(r#"aria-label="Bagikan ke WhatsApp, buka tab baru""#), "{text}");
    assert!(text.contains(r#"target="_blank" rel="noopener noreferrer nofollow""#), "{text}");
    assert!(text.contains(r#"role="status""#), "{text}");
    assert!(text.contains(r#"<button type="button" part="button" data-network="native""#), "{text}");
    assert!(text.contains(r#"<button type="button" part="button" data-network="copy""#), "{text}");
    assert_eq!(text.matches("<a ").count(), 6, "{text}");
    assert!(!html(View::Share(bar(false))).contains("data-network=\"native\""), "no share sheet, no button");
}

#[test]
fn a_mail_link_opens_no_tab() {
    let shared = Shared { url: "https://warta.example/1".to_owned(), ..Shared::default() };
    let text =
        html(View::Share(ShareBar::new(&config(Element::Share, [("networks", "email")]), shared, false, locale("en"), &Extras::default())));
    assert!(text.contains("mailto:") && !text.contains("_blank"), "{text}");
}

#[test]
fn a_dateline_is_left_out_when_asked() {
    let dated = Item { text: "MALANG, Warta – Pasar pagi ramai".to_owned(), ..item(1) };
    assert!(cards_html(&feed([dated.clone()]), [("limit", "1")]).contains("MALANG, Warta – Pasar pagi ramai"));
    let without = cards_html(&feed([dated]), [("show", "title excerpt")]);
    assert!(without.contains("Pasar pagi ramai") && !without.contains("MALANG"), "{without}");
}
