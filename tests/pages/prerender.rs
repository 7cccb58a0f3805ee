//! Pages that `kabar prerender` has filled: `harness/server.rs` serves those of
//! this module's folder as it writes them.

use serde_json::json;

use crate::{
    axe,
    harness::{Tab, cases, in_browser},
};

cases![
    all_is_there_without_a_script,
    what_is_there_is_taken_over,
    nothing_moves_when_it_is_taken_over,
    a_reader_keeps_the_focus,
    a_feed_that_has_moved_on_is_shown,
    what_is_there_stays_where_the_feed_is_gone,
    no_policy_is_violated,
];

const PAGE: &str = "/pages/prerender/page.html";

/// Visits a page and waits until all of it is Kabar's.
async fn visit(tab: &Tab, page: &str) {
    tab.open(page).await;
    for tag in ["kabar-share", "kabar-cards", "kabar-next"] {
        tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
        tab.until_event("kabar-ready", tag).await;
    }
    tab.settle().await;
}

fn all_is_there_without_a_script() {
    in_browser(async |tab| {
        tab.open("/pages/prerender/without.html").await;
        let titles = tab.texts("all('kabar-cards', 'article.card h3 > a[href]').map((link) => link.textContent)").await;
        // The page is the newest article, so these are the two after it, and the next is the first of them.
        assert_eq!(titles[0], "Perpustakaan keliling singgah di lereng Semeru");
        assert_eq!((titles.len(), tab.text("inside('kabar-next', 'h3').textContent").await), (2, titles[0].clone()));
        assert_eq!(tab.text("inside('kabar-cards', 'time').textContent").await, "Min, 10 Mar 2024");
        tab.check("getComputedStyle(inside('kabar-cards', '.cards')).display === 'grid'").await;
        // What was written inside for those who see nothing else is not seen.
        tab.check("[...document.querySelectorAll('main a')].every((link) => !shown(link))").await;
        tab.check("all('kabar-share', 'a[data-network=whatsapp]').every(shown) && inside('kabar-share', '[data-network=copy]') !== null")
            .await;
        axe::judge_as_it_is(tab).await;
    });
}

fn what_is_there_is_taken_over() {
    in_browser(async |tab| {
        visit(tab, PAGE).await;
        for (place, tag) in ["kabar-share", "kabar-cards", "kabar-next"].into_iter().enumerate() {
            let changes = tab.texts(&format!("ahead[{place}].changes")).await;
            // Where the device has no share sheet, the button for it goes; it was not seen.
            let expected: &[&str] = if tag == "kabar-share" { &["removes style", "removes button"] } else { &["removes style"] };
            assert_eq!(changes, expected, "{tag}");
            tab.check(&format!("ahead[{place}].nodes.length > 5 && ahead[{place}].nodes.filter((node) => node.isConnected).length >= ahead[{place}].nodes.length - 4")).await;
            tab.check(&format!("root('{tag}').adoptedStyleSheets.length >= 1")).await;
        }
        assert_eq!(tab.asked("/pages/feeds/picture.svg"), 1);
        // And it lives.
        tab.run("addEventListener('click', (event) => event.preventDefault());").await;
        tab.click("inside('kabar-cards', 'h3 > a')").await;
        tab.until("events('kabar-card-click').length === 1").await;
        tab.click("inside('kabar-share', '[data-network=whatsapp]')").await;
        tab.until("events('kabar-share').length === 1").await;
        tab.run("one('kabar-cards').limit = 1;").await;
        tab.until("all('kabar-cards', 'article').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn nothing_moves_when_it_is_taken_over() {
    in_browser(async |tab| {
        tab.size(360, 740, true).await;
        visit(tab, PAGE).await;
        tab.until("all('kabar-cards', 'img').every((image) => image.complete)").await;
        let shift = tab.js("seen.shift").await.as_f64().unwrap();
        assert!(shift == 0.0, "the layout shifted by {shift}: {:#?}", tab.texts("seen.shifts").await);
        tab.console_is_empty().await;
    });
}

fn a_reader_keeps_the_focus() {
    in_browser(async |tab| {
        tab.before(
            "addEventListener('DOMContentLoaded', () => document.querySelector('kabar-cards').shadowRoot.querySelector('h3 > a').focus());",
        )
        .await;
        visit(tab, PAGE).await;
        tab.check("focused() === inside('kabar-cards', 'h3 > a')").await;
        tab.console_is_empty().await;
    });
}

fn a_feed_that_has_moved_on_is_shown() {
    in_browser(async |tab| {
        visit(tab, &format!("{PAGE}?feed=/pages/prerender/moved.json")).await;
        let titles = tab.texts("all('kabar-cards', 'h3 > a').map((link) => `${link.textContent} ${link.href}`)").await;
        assert_eq!(
            titles,
            [
                "Jembatan gantung dibuka lagi https://koran.example/berita/baru",
                "Perpustakaan keliling singgah di lereng Semeru https://koran.example/berita/dua",
            ]
        );
        tab.check("all('kabar-cards', 'img').length === 1 && all('kabar-cards', 'article:first-of-type > img').length === 0").await;
        // The same as if there had been nothing before.
        let taken = tab.text("root('kabar-cards').innerHTML").await;
        let script = "const fresh = document.createElement('kabar-cards');
            fresh.id = 'fresh';
            for (const { name, value } of one('kabar-cards').attributes) fresh.setAttribute(name, value);
            fresh.loading = 'eager';
            document.body.append(fresh);";
        tab.run(script).await;
        tab.until("all('#fresh', 'article').length === 2").await;
        assert_eq!(taken, tab.text("root('#fresh').innerHTML").await);
        tab.console_is_empty().await;
    });
}

fn what_is_there_stays_where_the_feed_is_gone() {
    in_browser(async |tab| {
        tab.open(&format!("{PAGE}?feed=/feed/status/503")).await;
        tab.run("one('kabar-cards').scrollIntoView();").await;
        tab.until_event("kabar-error", "kabar-cards").await;
        tab.settle().await;
        assert_eq!(tab.js("ahead[1].changes").await, json!([]));
        tab.check("all('kabar-cards', 'article').length === 3 && getComputedStyle(inside('kabar-cards', '.cards')).display === 'grid'")
            .await;
        let line = format!("[kabar] feed-status: {}/feed/status/503 answered with status 503: check the feed attribute", tab.origin());
        tab.console_is(&["Failed to load resource: the server responded with a status of 503", &line]).await;
    });
}

fn no_policy_is_violated() {
    in_browser(async |tab| {
        for way in ["link", "hash"] {
            visit(tab, &format!("{PAGE}?{way}")).await;
            tab.check("getComputedStyle(inside('kabar-cards', '.cards')).display === 'grid'").await;
            tab.check(&format!("ahead[1].changes.join() === 'removes {}'", if way == "link" { "link" } else { "style" })).await;
            tab.console_is_empty().await;
        }
    });
}
