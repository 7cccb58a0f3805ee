//! Further cards: the feed's own, its next pages, by a button or as the reader nears it.

use thirtyfour::Key;

use crate::harness::{Tab, cases, in_browser};

cases![
    a_button_brings_more_and_the_reader_goes_on_there,
    the_end_of_the_pages_takes_the_button_away,
    pages_of_wordpress_by_their_number,
    a_page_that_does_not_come_can_be_asked_for_again,
    scrolling_brings_more,
    without_the_attribute_there_is_no_button,
];

const TITLES: &str = "all('kabar-cards', 'h3 > a').map((link) => link.textContent)";

async fn open(tab: &Tab, attributes: &str) {
    let body = format!(r#"<kabar-cards loading="eager" {attributes}></kabar-cards><p>Kaki halaman</p>"#);
    tab.open_with("/pages/elements/page.html", &[("body", &body)]).await;
    tab.until_event("kabar-ready", "kabar-cards").await;
}

async fn press(tab: &Tab, cards: usize) {
    tab.run("inside('kabar-cards', 'button.more').focus();").await;
    tab.press(Key::Enter).await;
    tab.until(&format!("all('kabar-cards', 'article').length === {cards}")).await;
}

fn a_button_brings_more_and_the_reader_goes_on_there() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/page-1.json" limit="3" more="button""#).await;
        tab.check("inside('kabar-cards', 'button.more').textContent === 'Muat lebih banyak'").await;
        // The press is seen before the cards, which take a cheap phone longer than a frame.
        let press_it = "const button = inside('kabar-cards', 'button.more');
            button.focus();
            setTimeout(() => button.click());
            return new Promise((resolve) => new MutationObserver(() => resolve(all('kabar-cards', 'article').length)).observe(button, { attributes: true }))
              .then((count) => `${button.ariaBusy} ${count}`);";
        assert_eq!(tab.run(press_it).await, "true 3");
        tab.until("all('kabar-cards', 'article').length === 6").await;
        tab.check("inside('kabar-cards', 'button.more').ariaBusy === null").await;
        // The fourth is in the first page and again in the second: shown once.
        assert_eq!(tab.texts(TITLES).await, ["Berita 1", "Berita 2", "Berita 3", "Berita 4", "Berita 5", "Berita 6"]);
        tab.check("root('kabar-cards').activeElement.textContent === 'Berita 4'").await;
        tab.check("inside('kabar-cards', '[role=status]').textContent === 'Artikel baru: 3'").await;
        tab.check("events('kabar-more').length === 1 && events('kabar-more')[0].detail.count === 3").await;
        tab.console_is_empty().await;
    });
}

fn the_end_of_the_pages_takes_the_button_away() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/page-1.json" limit="4" more="button""#).await;
        press(tab, 8).await;
        press(tab, 10).await;
        // The third page's `next_url` is the first page again.
        tab.check("!inside('kabar-cards', 'button.more')").await;
        for page in 1..=3 {
            assert_eq!(tab.asked(&format!("/feed/page-{page}.json")), 1);
        }
        tab.console_is_empty().await;
    });
}

fn pages_of_wordpress_by_their_number() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/wp-json/wp/v2/posts?per_page=5" limit="5" more="button""#).await;
        press(tab, 10).await;
        press(tab, 12).await;
        tab.check("!inside('kabar-cards', 'button.more')").await;
        tab.check("new Set(all('kabar-cards', 'h3 > a').map((link) => link.href)).size === 12").await;
        tab.console_is_empty().await;
    });
}

fn a_page_that_does_not_come_can_be_asked_for_again() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/broken-next" limit="4" more="button""#).await;
        tab.run("inside('kabar-cards', 'button.more').click();").await;
        tab.until("inside('kabar-cards', '[role=status]').textContent === 'Gagal memuat. Coba lagi.'").await;
        tab.check("all('kabar-cards', 'article').length === 4 && !!inside('kabar-cards', 'button.more')").await;
        tab.check("events('kabar-error').length === 1 && events('kabar-error')[0].detail.code === 'feed-status'").await;
        tab.console().await;
    });
}

fn scrolling_brings_more() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/page-1.json" limit="2" more="scroll""#).await;
        tab.run("document.querySelector('p').scrollIntoView();").await;
        tab.until("all('kabar-cards', 'article').length >= 4").await;
        // The reader's place is the reader's.
        tab.check("document.activeElement === document.body").await;
        tab.console_is_empty().await;
    });
}

fn without_the_attribute_there_is_no_button() {
    in_browser(async |tab| {
        open(tab, r#"feed="/feed/page-1.json" limit="2""#).await;
        tab.check("!inside('kabar-cards', 'button')").await;
        tab.console_is_empty().await;
    });
}
