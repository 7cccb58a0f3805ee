//! The `beacon` attribute: what is counted, where it is sent, and that nobody
//! else hears of it.

use serde_json::{Value, json};

use crate::harness::{Tab, cases, in_browser, reliability};

cases![
    what_a_reader_does_is_sent_once_as_the_page_is_left,
    without_the_attribute_nothing_is_fetched_or_sent,
    an_address_that_is_none_is_named,
];

/// Notes what the page hands to the browser to be sent, and has it sent.
const NOTE: &str = "window.sent = [];
    const own = Navigator.prototype.sendBeacon;
    Navigator.prototype.sendBeacon = function (address, body) { sent.push([address, body]); return own.call(this, address, body); };
    addEventListener('click', (event) => event.preventDefault());";

async fn open(tab: &Tab, beacon: &str) {
    tab.before(NOTE).await;
    tab.make("counts", "text/plain", "");
    let body = format!(
        "<kabar-cards feed=/feed/good.json {beacon} limit=2></kabar-cards><kabar-next feed=/feed/good.json order=feed {beacon}></kabar-next>
        <kabar-share networks=whatsapp {beacon}></kabar-share>"
    );
    tab.open_with("/pages/elements/page.html", &[("head", "<link rel=canonical href=https://koran.example/berita/satu>"), ("body", &body)])
        .await;
    tab.until("events('kabar-ready').length === 3 && events('kabar-view').length === 3").await;
}

fn asked_for_script(tab: &Tab) -> usize {
    tab.asked_where(|seen| seen.path.contains("/kabar-beacon-"))
}

fn posted(tab: &Tab) -> usize {
    tab.asked_where(|seen| seen.method != "GET")
}

fn what_a_reader_does_is_sent_once_as_the_page_is_left() {
    in_browser(async |tab| {
        open(tab, "beacon=/made/counts").await;
        assert_eq!(asked_for_script(tab), 1);
        // Its listeners are there once the elements are, or a moment later.
        tab.until(
            "performance.getEntriesByType('resource').some((entry) => entry.name.includes('kabar-beacon-') && entry.responseEnd > 0)",
        )
        .await;
        tab.settle().await;
        tab.click("all('kabar-cards', 'h3 > a')[0]").await;
        tab.click("all('kabar-cards', 'h3 > a')[1]").await;
        tab.click("inside('kabar-next', 'h3 > a')").await;
        tab.until("events('kabar-card-click').length === 2 && events('kabar-next-click').length === 1").await;
        assert_eq!((tab.js("sent.length").await, posted(tab)), (json!(0), 0), "nothing while the page is read");

        tab.run("dispatchEvent(new Event('pagehide')); dispatchEvent(new Event('pagehide'));").await;
        let sent = tab.js("sent").await;
        assert_eq!(sent.as_array().map(Vec::len), Some(1), "one for all elements: {sent}");
        assert_eq!(sent[0][0], format!("{}/made/counts", tab.origin()));
        let body: Value = serde_json::from_str(sent[0][1].as_str().unwrap()).unwrap();
        assert_eq!(body, json!({ "page": "https://koran.example/berita/satu", "view": 3, "card-click": 2, "next-click": 1 }));
        tab.console_is_empty().await;

        // What comes after it is sent by the browser's own events, as the page is really left.
        tab.click("all('kabar-cards', 'h3 > a')[0]").await;
        tab.until("events('kabar-card-click').length === 3").await;
        tab.make("other", "text/plain", "Halaman lain");
        tab.open("/made/other").await;
        for _ in 0..500 {
            if posted(tab) == 2 {
                break;
            }
            tab.settle().await;
        }
        let own = tab.asked_where(|seen| seen.method == "POST" && seen.path == "/made/counts");
        assert_eq!((own, posted(tab)), (2, 2), "POST, without a preflight, to the address named");
        reliability::record(
            "`beacon`: what a reader does, counted",
            2,
            "one POST to the address named as the page is left, and none to another",
        );
    });
}

fn without_the_attribute_nothing_is_fetched_or_sent() {
    in_browser(async |tab| {
        open(tab, "").await;
        tab.click("all('kabar-cards', 'h3 > a')[0]").await;
        tab.until("events('kabar-card-click').length === 1").await;
        tab.run("dispatchEvent(new Event('pagehide'));").await;
        assert_eq!(tab.js("sent").await, json!([]));
        assert_eq!((asked_for_script(tab), posted(tab)), (0, 0));
        tab.console_is_empty().await;
    });
}

fn an_address_that_is_none_is_named() {
    in_browser(async |tab| {
        open(tab, "beacon=javascript:alert(1)").await;
        tab.until("events('kabar-error').length === 3").await;
        tab.run("dispatchEvent(new Event('pagehide'));").await;
        assert_eq!(tab.js("sent").await, json!([]));
        tab.check("all('kabar-cards', 'article').length === 2").await;
        let line = r#"[kabar] config: beacon="javascript:alert(1)" is no web address"#;
        tab.console_is(&[line, line, line]).await;
    });
}
