//! Clicks of a reader who is faster than what handles them: the last of the
//! wasm's modules, which the server holds back here until it is told to let go.

use serde_json::json;

use crate::harness::{Tab, cases, in_browser};

cases![
    a_share_link_opens_a_window,
    a_share_that_is_cancelled_opens_none,
    a_click_on_a_card_or_a_teaser_is_told_of_once,
    a_button_does_its_work_when_it_can,
    a_button_whose_work_does_not_come_says_so,
    a_click_is_told_of_once_where_a_page_wraps_listeners,
    a_share_sheet_of_the_pages_own_may_press_another_button,
];

const PAGE: &str = "/pages/clicks/page.html";
const ADDRESS: &str = "https://koran.example/5?a=1&utm_source=copy";
const FACEBOOK: &str = "inside('kabar-share', 'a[data-network=facebook]')";

async fn open(tab: &Tab) {
    tab.open_with(PAGE, &[("dist", "dist-held")]).await;
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
        // Within the click, or Safari would not let it.
        assert_eq!(tab.clipboard().await, ADDRESS);
        tab.check("events('kabar-shared').length === 0 && inside('kabar-share', '[role=status]').textContent === ''").await;
        let_go(tab).await;
        tab.until("inside('kabar-share', '[role=status]').textContent.trim() !== ''").await;
        tab.check("events('kabar-share').length === 1 && events('kabar-shared').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn a_button_whose_work_does_not_come_says_so() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("dist", "dist-no-rest")]).await;
        tab.until("events('kabar-ready').length === 3").await;
        tab.click("inside('kabar-share', 'button[data-network=copy]')").await;
        tab.until_event("kabar-error", "kabar-share").await;
        assert_eq!(tab.text("events('kabar-error')[0].detail.code").await, "wasm-failed");
        // It is there all the same.
        assert_eq!(tab.clipboard().await, ADDRESS);
        tab.check("all('kabar-share', '[data-network]').length > 3 && all('kabar-cards', 'article.card').length > 3").await;
    });
}

/// A page that hears of each listener by a wrapper of its own, as old versions of Zone.js did.
const WRAPPED: &str = "{
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, ...rest) {
      const wrapper = function (event) { return typeof listener === 'function' ? listener.call(this, event) : listener?.handleEvent(event); };
      return addEventListener.call(this, type, wrapper, ...rest);
    };
}";

fn a_click_is_told_of_once_where_a_page_wraps_listeners() {
    in_browser(async |tab| {
        tab.before(WRAPPED).await;
        tab.let_go();
        open(tab).await;
        for turn in 4..6 {
            tab.run("const cards = one('kabar-cards'); cards.remove(); document.body.append(cards);").await;
            tab.until(&format!("events('kabar-ready').length === {turn}")).await;
        }
        tab.click("all('kabar-cards', 'h3 > a')[0]").await;
        tab.check("events('kabar-card-click').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn a_share_sheet_of_the_pages_own_may_press_another_button() {
    in_browser(async |tab| {
        tab.before(
            "Navigator.prototype.canShare = () => true;
            Navigator.prototype.share = async () => document.querySelector('kabar-share').shadowRoot.querySelector('[data-network=copy]').click();",
        )
        .await;
        tab.let_go();
        open(tab).await;
        tab.settle().await;
        tab.click("inside('kabar-share', 'button[data-network=native]')").await;
        tab.until("events('kabar-shared').length === 2").await;
        tab.check("events('kabar-ready').length === 3 && events('kabar-error').length === 0").await;
        tab.console_is_empty().await;
    });
}
