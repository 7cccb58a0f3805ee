//! Nothing that a reader is reading moves.

use crate::harness::{Tab, cases, in_browser};

cases![
    reading_the_demo_on_a_phone_shifts_nothing,
    the_recorder_sees_a_shift,
    a_share_bar_waits_for_the_cards_above_it,
    a_share_bar_does_not_wait_for_ever,
    a_share_bar_that_pushes_nothing_does_not_wait,
];

fn reading_the_demo_on_a_phone_shifts_nothing() {
    in_browser(async |tab| {
        tab.size(360, 740, true).await;
        tab.open("/").await;
        tab.until("one('kabar-cards') && one('kabar-share') && one('kabar-next')").await;
        // Down by less than half a screen at a time, as a thumb does, with time
        // at each stop for what has come near to load.
        tab.run(
            "return new Promise((done) => {
              (function step() {
                const before = scrollY;
                scrollBy(0, 300);
                if (scrollY === before) done(true);
                else setTimeout(step, 120);
              })();
            });",
        )
        .await;
        for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
            tab.until_event("kabar-ready", tag).await;
        }
        tab.run("scrollTo(0, document.body.scrollHeight);").await;
        tab.until("all('kabar-cards', 'img').every((image) => image.complete)").await;
        tab.settle().await;
        let shift = tab.js("seen.shift").await.as_f64().unwrap();
        assert!(shift <= 0.01, "the layout shifted by {shift}: {:#?}", tab.texts("seen.shifts").await);
        tab.console_is_empty().await;
    });
}

fn the_recorder_sees_a_shift() {
    in_browser(async |tab| {
        // Or the test above would pass whatever happened.
        tab.open("/pages/failures/no-wasm.html").await;
        tab.settle().await;
        tab.run("const tall = document.createElement('div'); tall.style.height = '300px'; one('h1').before(tall);").await;
        tab.until("seen.shift > 0.01").await;
    });
}

/// The half second after which a share bar waits no longer is over when a case says so.
const PATIENCE: &str = "{
    const { setTimeout } = window;
    window.patience = [];
    window.setTimeout = (action, time, ...values) => time === 500 ? (patience.push(action), 0) : setTimeout(action, time, ...values);
}";

/// A page whose wasm is there, and the feed of its cards is not yet, as on a
/// reader's later visits. Below the cards is a share bar with these attributes.
async fn later_visit(tab: &Tab, attributes: &str) {
    tab.before(PATIENCE).await;
    tab.open_with("/pages/elements/page.html", &[("body", "<kabar-share></kabar-share>")]).await;
    tab.until_event("kabar-ready", "kabar-share").await;
    tab.run("patience.length = 0;").await;
    let html = format!("<kabar-cards feed='/feed/held/good.json'></kabar-cards><kabar-share id=below {attributes}></kabar-share>");
    tab.run_with("one('kabar-share').insertAdjacentHTML('afterend', arguments[0]);", vec![html.into()]).await;
}

async fn ready(tab: &Tab) -> Vec<String> {
    tab.texts("events('kabar-ready').map((event) => event.id || event.tag)").await
}

fn a_share_bar_waits_for_the_cards_above_it() {
    in_browser(async |tab| {
        later_visit(tab, "").await;
        tab.until("patience.length === 1").await;
        tab.settle().await;
        assert_eq!(ready(tab).await, ["kabar-share"]);
        tab.let_go();
        tab.until("events('kabar-ready').length === 3").await;
        assert_eq!(ready(tab).await, ["kabar-share", "kabar-cards", "below"]);
        tab.console_is_empty().await;
    });
}

fn a_share_bar_does_not_wait_for_ever() {
    in_browser(async |tab| {
        later_visit(tab, "").await;
        tab.until("patience.length === 1").await;
        tab.run("patience[0]();").await;
        tab.until("events('kabar-ready').length === 2").await;
        assert_eq!(ready(tab).await, ["kabar-share", "below"]);
        tab.let_go();
        tab.until("events('kabar-ready').length === 3").await;
        tab.console_is_empty().await;
    });
}

fn a_share_bar_that_pushes_nothing_does_not_wait() {
    in_browser(async |tab| {
        // A floating one stands apart from the cards.
        later_visit(tab, "placement=floating").await;
        tab.until("events('kabar-ready').length === 2").await;
        assert_eq!(ready(tab).await, ["kabar-share", "below"]);
        // One that is shown already stays where it is.
        tab.run("one('#below').setAttribute('networks', 'email');").await;
        tab.until("one('#below').shadowRoot.querySelectorAll('[data-network]').length === 1").await;
        tab.let_go();
        tab.until("events('kabar-ready').length === 3").await;
        tab.console_is_empty().await;
    });
}
