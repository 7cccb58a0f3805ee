//! `cache`: the last good feed is shown at once and then made new, says how old
//! it is where that fails, and is kept only where it is asked for.

use serde_json::json;

use crate::{
    harness::{
        Tab, cases, in_browser, reliability,
        wire::{Step, Wire},
    },
    network::ONE,
};

cases![
    it_is_shown_at_once_and_then_made_new,
    the_browsers_own_validators_are_used_without_a_preflight,
    out_of_reach_it_says_how_old_it_is,
    the_session_store_is_one_of_its_own,
    without_the_attribute_nothing_is_kept,
    a_store_that_is_full_or_shut_is_survived,
    entries_that_were_tampered_with_are_no_feed,
    what_is_kept_is_no_more_trusted_than_a_feed,
    what_is_kept_is_bounded,
];

const JSON: &str = "content-type: application/feed+json";

fn feed(title: &str) -> String {
    ONE.replace("Nelayan kembali melaut", title)
}

/// Visits a page with cards that keep their feed.
async fn visit(tab: &Tab, feed: &str, cache: &str) {
    let body = format!("<kabar-cards feed={feed} loading=eager cache={cache}>Cadangan</kabar-cards>");
    tab.open_with("/pages/elements/page.html", &[("body", &body)]).await;
}

async fn shows(tab: &Tab, title: &str) {
    tab.until(&format!("inside('kabar-cards', 'h3 > a')?.textContent === {title:?}")).await;
}

/// What is kept, in the order of the keys.
const KEPT: &str = "Object.keys(localStorage).filter((key) => key.startsWith('kabar:')).sort()";

/// A first visit, after which the feed is kept.
async fn keep(tab: &Tab, address: &str) {
    visit(tab, address, "local").await;
    shows(tab, "Nelayan kembali melaut").await;
    tab.until(&format!("{KEPT}.length === 1")).await;
}

fn answering() -> (Wire, String) {
    let wire = Wire::start();
    let address = wire.answer_with("/feed", "200 OK", &[JSON], ONE.as_bytes());
    (wire, address)
}

fn it_is_shown_at_once_and_then_made_new() {
    in_browser(async |tab| {
        let (wire, address) = answering();
        keep(tab, &address).await;
        assert_eq!(tab.js(KEPT).await, json!([format!("kabar:1:{address}")]));
        // The second answer never ends: what is shown is what was kept.
        wire.answer("/feed", vec![Step::Hold]);
        visit(tab, &address, "local").await;
        shows(tab, "Nelayan kembali melaut").await;
        tab.check("events('kabar-ready').length === 1 && events('kabar-error').length === 0 && !inside('kabar-cards', '[part=notice]')")
            .await;
        // The third does, and is shown in its place.
        wire.answer_with("/feed", "200 OK", &[JSON], feed("Kabar yang baru").as_bytes());
        visit(tab, &address, "local").await;
        shows(tab, "Kabar yang baru").await;
        tab.check("events('kabar-ready').length === 1 && events('kabar-error').length === 0").await;
        tab.until(&format!("localStorage.getItem({KEPT}[0]).includes('Kabar yang baru')")).await;
        tab.console_is_empty().await;
        reliability::record("`cache=\"local\"`, and a feed that does not answer", 1, "the last good one is shown at once");
        reliability::record("`cache=\"local\"`, and a feed that has changed", 1, "the last good one gives way to it");
    });
}

fn the_browsers_own_validators_are_used_without_a_preflight() {
    in_browser(async |tab| {
        let wire = Wire::start();
        let fields = [JSON, "etag: \"kabar-1\"", "last-modified: Mon, 11 Mar 2024 01:00:00 GMT", "cache-control: no-cache"];
        let address = wire.answer_with("/feed", "200 OK", &fields, ONE.as_bytes());
        keep(tab, &address).await;
        let unchanged = ["etag: \"kabar-1\"", "cache-control: no-cache"];
        wire.answer_with("/feed", "304 Not Modified", &unchanged, b"");
        visit(tab, &address, "local").await;
        shows(tab, "Nelayan kembali melaut").await;
        wire.until("the feed is asked for again", |asked| asked.len() == 2).await;
        let asked = wire.asked();
        assert!(asked[1].fields.contains("if-none-match: \"kabar-1\""), "{asked:#?}");
        assert!(asked[1].fields.contains("if-modified-since: mon, 11 mar 2024"), "{asked:#?}");
        tab.settle().await;
        tab.check("events('kabar-error').length === 0").await;
        assert_eq!(wire.asked().len(), 2, "no preflight");
        tab.console_is_empty().await;
        reliability::record("`cache`, and a feed that has an ETag and is the same", 1, "the browser asks with it, and 304 is enough");
    });
}

fn out_of_reach_it_says_how_old_it_is() {
    in_browser(async |tab| {
        let (wire, address) = answering();
        keep(tab, &address).await;
        let back = "const key = arguments[0]; const entry = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...entry, time: entry.time - 3 * 3600 * 1000 - 5000 }));";
        tab.run_with(back, vec![format!("kabar:1:{address}").into()]).await;
        wire.answer("/feed", vec![Step::Reset]);
        visit(tab, &address, "local").await;
        tab.until("inside('kabar-cards', '[part=notice]')").await;
        shows(tab, "Nelayan kembali melaut").await;
        tab.check("inside('kabar-cards', '[part=notice]').textContent === 'Terakhir diperbarui: 3 jam yang lalu'").await;
        tab.check("Date.now() - new Date(inside('kabar-cards', '[part=notice] time').dateTime) > 3 * 3600 * 1000").await;
        tab.check("events('kabar-error').length === 1 && events('kabar-error')[0].detail.code === 'feed-unreachable'").await;
        tab.check("!inside('kabar-cards', 'slot:not([name])')").await;
        // Back online it is made new, and the notice goes.
        wire.answer_with("/feed", "200 OK", &[JSON], feed("Kabar yang baru").as_bytes());
        tab.run("dispatchEvent(new Event('online'));").await;
        shows(tab, "Kabar yang baru").await;
        tab.until("!inside('kabar-cards', '[part=notice]')").await;
        tab.console().await;
        reliability::record(
            "`cache`, and a feed out of reach",
            1,
            "the last good one stays and says how old it is; back online it is made new",
        );
    });
}

fn the_session_store_is_one_of_its_own() {
    in_browser(async |tab| {
        let (_wire, address) = answering();
        visit(tab, &address, "session").await;
        shows(tab, "Nelayan kembali melaut").await;
        tab.until("Object.keys(sessionStorage).filter((key) => key.startsWith('kabar:')).length === 1").await;
        tab.check(&format!("{KEPT}.length === 0")).await;
        tab.console_is_empty().await;
    });
}

fn without_the_attribute_nothing_is_kept() {
    in_browser(async |tab| {
        let (_wire, address) = answering();
        for cache in ["none", "''", "sessions", "lokal"] {
            visit(tab, &address, cache).await;
            shows(tab, "Nelayan kembali melaut").await;
        }
        tab.settle().await;
        tab.check("localStorage.length === 0 && sessionStorage.length === 0").await;
        assert_eq!(tab.asked_where(|seen| seen.path.contains("/kabar-cache-")), 0);
        let wrong = r#"[kabar] <kabar-cards> cache="lokal" is not known: use none, session, local"#;
        assert_eq!(tab.console().await.last().map(String::as_str), Some(wrong));
    });
}

fn a_store_that_is_full_or_shut_is_survived() {
    const FAULTS: &[(&str, &str)] = &[
        ("a full store", "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"),
        (
            "a store that is shut",
            "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });",
        ),
        ("no store at all", "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { value: null });"),
        ("a store that cannot be read", "Storage.prototype.getItem = Storage.prototype.removeItem = () => { throw new Error('broken'); };"),
    ];
    in_browser(async |tab| {
        let (_wire, address) = answering();
        for (name, script) in FAULTS {
            let body = format!("<kabar-cards feed={address} loading=eager cache=local>Cadangan</kabar-cards>");
            let head = format!("<script>{script}</script>");
            tab.open_with("/pages/elements/page.html", &[("head", &head), ("body", &body)]).await;
            shows(tab, "Nelayan kembali melaut").await;
            tab.until(
                "performance.getEntriesByType('resource').some((entry) => entry.name.includes('/kabar-cache-') && entry.responseEnd > 0)",
            )
            .await;
            tab.settle().await;
            tab.console_is_empty().await;
            reliability::record(&format!("`cache=\"local\"` with {name}"), 1, "renders, and nothing is said");
        }
    });
}

fn entries_that_were_tampered_with_are_no_feed() {
    in_browser(async |tab| {
        let (wire, address) = answering();
        keep(tab, &address).await;
        let entry = |text: &str| {
            json!({ "url": "https://koran.example/feed", "text": text, "time": 0 }).to_string().replace("\"time\":0", "\"time\":NOW")
        };
        let entries = [
            "not json".to_owned(),
            "null".to_owned(),
            "{}".to_owned(),
            "[1,2]".to_owned(),
            entry("neither json nor xml"),
            entry("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":7}"),
            entry(ONE).replace("https://koran.example/feed", "javascript:alert(1)"),
            entry(ONE).replace("NOW", "9e15"),
            entry(ONE).replace("NOW", "1"),
            entry(ONE).replace("NOW", "\"yesterday\""),
            entry("[[[[[[[[[[").replace("NOW", "NOW, \"pages\": {}"),
        ];
        wire.answer("/feed", vec![Step::Hold]);
        for entry in &entries {
            let script = "localStorage.setItem(arguments[0], arguments[1].replace('NOW', Date.now()));";
            tab.run_with(script, vec![format!("kabar:1:{address}").into(), entry.as_str().into()]).await;
            visit(tab, &address, "local").await;
            // It is thrown away, and the feed is waited for as if there were none.
            tab.until(&format!("{KEPT}.length === 0")).await;
            tab.check("events('kabar-error').length + events('kabar-ready').length === 0 && inside('kabar-cards', 'slot') !== null").await;
        }
        tab.console_is_empty().await;
        reliability::record("a kept feed that was tampered with", entries.len(), "it is thrown away; the feed is waited for");
    });
}

fn what_is_kept_is_no_more_trusted_than_a_feed() {
    in_browser(async |tab| {
        let (wire, address) = answering();
        keep(tab, &address).await;
        wire.answer("/feed", vec![Step::Hold]);
        let evil = ONE
            .replace("Nelayan kembali melaut", "<img src=x onerror=window.run=1>")
            .replace("https://koran.example/satu", "javascript:window.run=1");
        let script = "const entry = JSON.parse(localStorage.getItem(arguments[0]));
            localStorage.setItem(arguments[0], JSON.stringify({ ...entry, text: arguments[1] }));";
        tab.run_with(script, vec![format!("kabar:1:{address}").into(), evil.into()]).await;
        visit(tab, &address, "local").await;
        tab.until("inside('kabar-cards', 'article')?.textContent.includes('onerror')").await;
        tab.check("!inside('kabar-cards', 'img') && !inside('kabar-cards', 'a[href^=javascript]') && window.run === undefined").await;
        tab.console_is_empty().await;
        reliability::record("script in a kept feed", 1, "shown as text, like that of a feed");
    });
}

fn what_is_kept_is_bounded() {
    in_browser(async |tab| {
        let wire = Wire::start();
        // Of another version, and of the page's own.
        tab.open_with("/pages/elements/page.html", &[]).await;
        tab.run("localStorage.setItem('kabar:0:x', '1'); localStorage.setItem('milik', '1');").await;
        for place in 0..6 {
            let address = wire.answer_with(&format!("/feed-{place}"), "200 OK", &[JSON], ONE.as_bytes());
            visit(tab, &address, "local").await;
            shows(tab, "Nelayan kembali melaut").await;
            tab.until(&format!("{KEPT}.some((key) => key.endsWith('/feed-{place}'))")).await;
        }
        let kept = tab.texts(KEPT).await;
        assert_eq!(kept.len(), 4, "{kept:?}");
        assert!((2..6).all(|place| kept.iter().any(|key| key.ends_with(&format!("/feed-{place}")))), "the newest: {kept:?}");
        tab.check("localStorage.getItem('milik') === '1'").await;
        // A megabyte and more is not kept.
        let long = ONE.replace("Pagi di pelabuhan.", &"Pagi. ".repeat(200_000));
        let address = wire.answer_with("/long", "200 OK", &[JSON], long.as_bytes());
        visit(tab, &address, "local").await;
        shows(tab, "Nelayan kembali melaut").await;
        tab.until(
            "performance.getEntriesByType('resource').some((entry) => entry.name.includes('/kabar-cache-') && entry.responseEnd > 0)",
        )
        .await;
        tab.settle().await;
        assert_eq!(tab.texts(KEPT).await, kept);
        tab.console_is_empty().await;
        reliability::record(
            "`cache=\"local\"` with seven feeds, one of them over 1 MB",
            7,
            "the four newest are kept, and the page's own entries",
        );
    });
}
