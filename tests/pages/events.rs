//! What comes out: the events, and when the element begins its work.

use serde_json::json;

use crate::harness::{cases, in_browser};

cases![
    ready_bubbles_out_of_shadow_roots,
    a_click_on_a_card_says_which,
    cards_are_counted_without_what_a_page_puts_between_them,
    a_page_may_click_while_it_is_told_of_a_click,
    far_below_nothing_is_asked_for_until_the_reader_comes_near,
    an_eager_element_does_not_wait_to_be_near,
    a_view_is_counted_once,
    nothing_is_stored_and_no_cookie_is_sent,
    no_request_leaves_the_site,
];

const PAGE: &str = "/pages/events/page.html";

/// More than any reader's idea of "near the viewport".
const FAR: &str = "<div style='height: 9000px'></div>";

fn ready_bubbles_out_of_shadow_roots() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-next").await;
        tab.check("events('kabar-ready').length === 2").await;
        tab.check("events('kabar-ready').every((event) => event.bubbles && event.composed)").await;
        tab.console_is_empty().await;
    });
}

fn a_click_on_a_card_says_which() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-next").await;
        tab.click("all('kabar-cards', 'article.card h3 > a')[2]").await;
        tab.until_event("kabar-card-click", "kabar-cards").await;
        let events = tab.js("events('kabar-card-click')").await;
        assert_eq!(events.as_array().unwrap().len(), 1, "{events}");
        assert_eq!(events[0]["detail"], json!({ "url": "https://koran.example/berita/tiga", "index": 2 }));
        assert_eq!((&events[0]["bubbles"], &events[0]["composed"]), (&json!(true), &json!(true)));

        tab.click("inside('kabar-next', 'h3 > a')").await;
        tab.until_event("kabar-next-click", "kabar-next").await;
        let events = tab.js("events('kabar-next-click')").await;
        assert_eq!(events.as_array().unwrap().len(), 1, "{events}");
        assert_eq!(events[0]["detail"], json!({ "url": "https://koran.example/berita/satu" }));
        tab.console_is_empty().await;
    });
}

fn cards_are_counted_without_what_a_page_puts_between_them() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.run("all('kabar-cards', 'article.card')[0].after(document.createElement('div'));").await;
        tab.run("all('kabar-cards', 'article.card h3 > a')[2].click();").await;
        tab.until_event("kabar-card-click", "kabar-cards").await;
        tab.run("all('kabar-cards', 'article.card')[1].remove(); all('kabar-cards', 'article.card h3 > a')[1].click();").await;
        tab.until("events('kabar-card-click').length === 2").await;
        let details = tab.js("events('kabar-card-click').map((event) => event.detail)").await;
        let url = "https://koran.example/berita/tiga";
        assert_eq!(details, json!([{ "url": url, "index": 2 }, { "url": url, "index": 1 }]));
        tab.console_is_empty().await;
    });
}

fn a_page_may_click_while_it_is_told_of_a_click() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-next").await;
        tab.run(
            "const links = all('kabar-cards', 'article.card h3 > a');
            addEventListener('kabar-card-click', (event) => event.detail.index === 0 && links[1].click());
            for (let turn = 0; turn < 3; turn++) links[0].click();",
        )
        .await;
        tab.until("events('kabar-card-click').length === 6").await;
        tab.check("all('kabar-cards', 'article.card').length === 6 && events('kabar-ready').length === 2").await;
        tab.console_is_empty().await;
    });
}

fn far_below_nothing_is_asked_for_until_the_reader_comes_near() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("before", FAR)]).await;
        tab.until("window.Kabar").await;
        tab.settle().await;
        assert_eq!(tab.asked("/feed/good.json"), 0);
        assert_eq!(tab.asked_for_wasm(), 0);
        tab.check("events('kabar-view').length === 0").await;
        tab.run("one('kabar-cards').scrollIntoView();").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn an_eager_element_does_not_wait_to_be_near() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("before", FAR), ("cards", "loading=eager")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("scrollY === 0 && events('kabar-view').length === 0").await;
        tab.console_is_empty().await;
    });
}

fn a_view_is_counted_once() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("before", FAR), ("cards", "loading=eager"), ("next", "loading=eager")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        for _ in 0..2 {
            tab.run("one('kabar-cards').scrollIntoView();").await;
            tab.until_event("kabar-view", "kabar-cards").await;
            tab.settle().await;
            tab.run("scrollTo(0, 0);").await;
            tab.settle().await;
        }
        tab.check("events('kabar-view').filter((event) => event.tag === 'kabar-cards').length === 1").await;
        tab.check("events('kabar-view').every((event) => event.bubbles && event.composed)").await;
        tab.console_is_empty().await;
    });
}

fn nothing_is_stored_and_no_cookie_is_sent() {
    in_browser(async |tab| {
        let cookie = "<script>document.cookie = 'pembaca=42; path=/';</script>";
        tab.open_with(PAGE, &[("before", cookie), ("cards", "loading=eager"), ("next", "loading=eager")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-next").await;
        tab.check("document.cookie === 'pembaca=42'").await;
        tab.check("localStorage.length === 0 && sessionStorage.length === 0").await;
        let stores = "Promise.all([indexedDB.databases(), caches.keys()]).then((stores) => stores.flat().length)";
        assert_eq!(tab.js(stores).await, 0);
        // The page's own requests would carry it; the feed's must not.
        tab.run("return fetch('/feed/html').then(() => true);").await;
        assert_eq!(tab.asked_where(|seen| seen.path == "/feed/html" && seen.cookie.is_some()), 1);
        assert_eq!(tab.asked_where(|seen| seen.path == "/feed/good.json" && seen.cookie.is_some()), 0);
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn no_request_leaves_the_site() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("before", "<kabar-share></kabar-share>")]).await;
        for tag in ["kabar-cards", "kabar-next", "kabar-share"] {
            tab.until_event("kabar-ready", tag).await;
        }
        tab.check("performance.getEntriesByType('resource').every((entry) => entry.name.startsWith(location.origin))").await;
        tab.console_is_empty().await;
    });
}
