//! Nothing that a reader is reading moves.

use crate::harness::{cases, in_browser};

cases![reading_the_demo_on_a_phone_shifts_nothing, the_recorder_sees_a_shift, a_share_bar_waits_for_the_cards_above_it,];

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

fn a_share_bar_waits_for_the_cards_above_it() {
    in_browser(async |tab| {
        tab.open_with("/pages/elements/page.html", &[("body", "<kabar-share></kabar-share>")]).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        // The wasm is there, and the feed is not yet, as on a reader's later visits.
        tab.run(
            "const cards = document.createElement('kabar-cards');
            cards.setAttribute('feed', '/feed/moment/good.json');
            one('kabar-share').after(cards, document.createElement('kabar-share'));",
        )
        .await;
        tab.until("events('kabar-ready').length === 3").await;
        let order = tab.texts("events('kabar-ready').map((event) => event.tag)").await;
        assert_eq!(order, ["kabar-share", "kabar-cards", "kabar-share"]);
        tab.console_is_empty().await;
    });
}
