//! Clicks of a reader who is faster than what handles them: the last of the
//! wasm's modules, which the server holds back here until it is told to let go.

use serde_json::json;

use crate::harness::{Tab, cases, in_browser};

cases![
    a_share_link_opens_a_window,
    a_share_that_is_cancelled_opens_none,
    a_click_on_a_card_or_a_teaser_is_told_of_once,
    a_button_does_its_work_when_it_can,
];

const PAGE: &str = "/pages/clicks/page.html";
const FACEBOOK: &str = "inside('kabar-share', 'a[data-network=facebook]')";

async fn open(tab: &Tab) {
    tab.open(PAGE).await;
    tab.until("events('kabar-ready').length === 3").await;
}

async fn let_go(tab: &Tab) {
    tab.let_go();
    tab.until("performance.getEntriesByType('resource').some((entry) => entry.name.includes('kabar-rest-') && entry.responseEnd > 0)")
        .await;
    tab.settle().await;
}

fn a_share_link_opens_a_window() {
    in_browser(async |tab| {
        open(tab).await;
        tab.click(FACEBOOK).await;
        tab.until_windows(2).await;
        tab.close_other_windows().await;
        let_go(tab).await;
        let details = tab.js("['kabar-share', 'kabar-shared'].map((name) => events(name).map((event) => event.detail))").await;
        let detail = json!({ "network": "facebook", "url": "https://koran.example/5?a=1&utm_source=facebook" });
        assert_eq!(details, json!([[detail], [detail]]));
        tab.check("events('kabar-share')[0].cancelable && !events('kabar-shared')[0].cancelable").await;
        tab.console_is_empty().await;
    });
}

fn a_share_that_is_cancelled_opens_none() {
    in_browser(async |tab| {
        open(tab).await;
        tab.run("addEventListener('kabar-share', (event) => event.preventDefault());").await;
        tab.click(FACEBOOK).await;
        tab.until("events('kabar-share').length === 1").await;
        let_go(tab).await;
        assert_eq!(tab.windows().await, 1);
        tab.check("events('kabar-share').length === 1 && events('kabar-shared').length === 0").await;
        tab.console_is_empty().await;
    });
}

fn a_click_on_a_card_or_a_teaser_is_told_of_once() {
    in_browser(async |tab| {
        open(tab).await;
        tab.click("all('kabar-cards', 'h3 > a')[2]").await;
        tab.click("inside('kabar-next', 'h3 > a')").await;
        let details = "['kabar-card-click', 'kabar-next-click'].map((name) => events(name).map((event) => event.detail))";
        let told = json!([
            [{ "url": "https://koran.example/berita/tiga", "index": 2 }],
            [{ "url": "https://koran.example/berita/satu" }],
        ]);
        assert_eq!(tab.js(details).await, told);
        let_go(tab).await;
        assert_eq!(tab.js(details).await, told);
        tab.console_is_empty().await;
    });
}

fn a_button_does_its_work_when_it_can() {
    in_browser(async |tab| {
        open(tab).await;
        tab.click("inside('kabar-share', 'button[data-network=copy]')").await;
        tab.until("events('kabar-share').length === 1").await;
        tab.check("events('kabar-shared').length === 0 && inside('kabar-share', '[role=status]').textContent === ''").await;
        let_go(tab).await;
        tab.until("inside('kabar-share', '[role=status]').textContent.trim() !== ''").await;
        tab.check("events('kabar-share').length === 1 && events('kabar-shared').length === 1").await;
        assert_eq!(tab.clipboard().await, "https://koran.example/5?a=1&utm_source=copy");
        tab.console_is_empty().await;
    });
}
