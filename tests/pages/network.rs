//! What a network can do to a feed: the widget names it by its code, keeps the
//! fallback, holds nothing afterwards, and can still be mended.

use serde_json::json;

use crate::{
    failures::failed,
    harness::{
        Tab, cases, in_browser, reliability,
        wire::{End, Step, Wire, head, private_head},
    },
};

cases![
    each_error_status,
    an_answer_without_content,
    a_redirect_without_a_location,
    not_modified,
    a_redirect_loop,
    a_redirect_to_another_site_that_lets_pages_read,
    a_redirect_to_another_site_that_does_not,
    a_name_that_no_server_has,
    a_site_that_does_not_let_pages_read,
    one_byte_a_second,
    an_answer_that_never_begins,
    a_reset_after_the_head,
    a_reset_after_half_the_body,
    an_error_page_that_never_ends,
    fifty_megabytes,
    a_small_file_that_unpacks_to_fifty_megabytes,
    offline_and_back_online,
    what_comes_late_is_asked_for_again,
];

const PAGE: &str = "/pages/failures/page.html";
pub(crate) const PROBE: &str = include_str!("harness/probe.js");
const JSON: &str = "content-type: application/feed+json";
const KEPT: &str = "the fallback stays, no timer or request is left, and a mended address renders";

/// How Chromium itself reports a request that failed.
const RESOURCE: &str = "Failed to load resource";
const RESET: &str = "Failed to load resource: net::ERR_CONNECTION_RESET";

/// A feed of one article.
pub(crate) const ONE: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Koran Uji","items":[
    {"id":"1","url":"https://koran.example/satu","title":"Nelayan kembali melaut","content_text":"Pagi di pelabuhan."}]}"#;

/// Visits a page whose cards take their feed from an address.
pub(crate) async fn visit(tab: &Tab, feed: &str) {
    tab.open_with(PAGE, &[("dist", "dist"), ("feed", feed)]).await;
}

/// The cards are there, of the article with this title.
pub(crate) async fn renders(tab: &Tab, title: &str) {
    tab.until_within(20, "events('kabar-ready').length + events('kabar-error').length > 0").await;
    let titles = tab.texts("all('kabar-cards', 'h3 > a').map((link) => link.textContent)").await;
    assert_eq!(titles, [title]);
    tab.until("probe.idle()").await;
    tab.console_is_empty().await;
}

/// The failure is told with its code, nothing of it is left, and another address renders.
pub(crate) async fn fails(tab: &Tab, wire: &Wire, code: &str, own: &[&str]) {
    failed(tab, code, own, &[]).await;
    wire.ends().await;
    tab.until("probe.idle()").await;
    let asked = wire.asked().len();
    let address = wire.answer_with("/mended", "200 OK", &[JSON], ONE.as_bytes());
    tab.run_with("one('kabar-cards').setAttribute('feed', arguments[0]);", vec![address.into()]).await;
    tab.until("all('kabar-cards', 'article.card').length === 1 && !shown(one('#fallback'))").await;
    assert_eq!(wire.asked().len(), asked + 1, "a failed request is not asked again by itself: {:#?}", wire.asked());
    tab.until("probe.idle()").await;
    tab.console_is_empty().await;
}

/// One address that fails.
async fn failing(tab: &Tab, steps: Vec<Step>, code: &str, own: &[&str]) -> Vec<End> {
    tab.before(PROBE).await;
    let wire = Wire::start();
    visit(tab, &wire.answer("/feed", steps)).await;
    fails(tab, &wire, code, own).await;
    wire.ends().await
}

fn status(line: &str) -> Vec<Step> {
    vec![Step::Send(head(line, &["content-length: 0"]))]
}

fn each_error_status() {
    const STATUSES: &[&str] = &[
        "400 Bad Request",
        "402 Payment Required",
        "403 Forbidden",
        "404 Not Found",
        "405 Method Not Allowed",
        "406 Not Acceptable",
        "408 Request Timeout",
        "409 Conflict",
        "410 Gone",
        "418 I'm a teapot",
        "429 Too Many Requests",
        "451 Unavailable For Legal Reasons",
        "500 Internal Server Error",
        "501 Not Implemented",
        "502 Bad Gateway",
        "503 Service Unavailable",
    ];
    in_browser(async |tab| {
        tab.before(PROBE).await;
        for line in STATUSES {
            let wire = Wire::start();
            visit(tab, &wire.answer_with("/feed", line, &["content-type: text/html", "retry-after: 1"], b"<h1>Maaf</h1>")).await;
            fails(tab, &wire, "feed-status", &[RESOURCE]).await;
            let message = tab.text("events('kabar-error')[0].detail.message").await;
            assert!(message.contains(&line[..3]), "{line}: {message}");
        }
        // No browser may ask the reader for a name and a password.
        let wire = Wire::start();
        let line = "401 Unauthorized";
        visit(tab, &wire.answer_with("/feed", line, &["www-authenticate: Basic realm=\"Redaksi\""], b"")).await;
        fails(tab, &wire, "feed-status", &[RESOURCE]).await;
        reliability::record("an error status, 400 to 503", STATUSES.len() + 1, &format!("`feed-status`; {KEPT}"));
    });
}

fn an_answer_without_content() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        // RFC 9110, 15.3.5 to 15.3.7: no content, no content for a form to be emptied, and a part of it.
        for line in ["204 No Content", "205 Reset Content"] {
            let wire = Wire::start();
            visit(tab, &wire.answer("/feed", vec![Step::Send(head(line, &[]))])).await;
            fails(tab, &wire, "feed-invalid", &[]).await;
        }
        let wire = Wire::start();
        let half = &ONE.as_bytes()[..ONE.len() / 2];
        let range = format!("content-range: bytes 0-{}/{}", half.len() - 1, ONE.len());
        visit(tab, &wire.answer_with("/feed", "206 Partial Content", &[JSON, &range], half)).await;
        fails(tab, &wire, "feed-invalid", &[]).await;
        reliability::record("status 204, 205, or 206 with half a feed", 3, &format!("`feed-invalid`; {KEPT}"));
    });
}

fn a_redirect_without_a_location() {
    in_browser(async |tab| {
        // Fetch, "HTTP-redirect fetch", 3: without a location, the answer is what it is.
        failing(tab, status("301 Moved Permanently"), "feed-status", &[]).await;
        reliability::record("status 301 without a location", 1, &format!("`feed-status`; {KEPT}"));
    });
}

fn not_modified() {
    in_browser(async |tab| {
        failing(tab, vec![Step::Send(head("304 Not Modified", &[]))], "feed-status", &[]).await;
        reliability::record("status 304 to a request without a condition", 1, &format!("`feed-status`; {KEPT}"));
    });
}

fn a_redirect_loop() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let wire = Wire::start();
        wire.answer_with("/there", "302 Found", &["location: /feed"], b"");
        visit(tab, &wire.answer_with("/feed", "302 Found", &["location: /there"], b"")).await;
        fails(tab, &wire, "feed-unreachable", &[RESOURCE]).await;
        // Fetch, "HTTP-redirect fetch": 20 redirects at most, and a network error after them.
        assert!(wire.asked().len() <= 23, "{}", wire.asked().len());
        reliability::record("a redirect loop", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn a_redirect_to_another_site_that_lets_pages_read() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let (wire, other) = (Wire::start(), Wire::start());
        let location = format!(
            "location: {}",
            other.answer_with("/dir/feed", "200 OK", &[JSON], ONE.replace("https://koran.example", "..").as_bytes())
        );
        visit(tab, &wire.answer_with("/feed", "307 Temporary Redirect", &[&location], b"")).await;
        renders(tab, "Nelayan kembali melaut").await;
        // What is relative is so to where the feed is, not to where it was.
        assert_eq!(tab.text("inside('kabar-cards', 'h3 > a').href").await, format!("{}/satu", other.origin));
        reliability::record("a redirect to another site with CORS", 1, "renders, with links resolved against the last address");
    });
}

fn a_redirect_to_another_site_that_does_not() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let (wire, other) = (Wire::start(), Wire::start());
        let body = Step::Send([private_head("200 OK", &[JSON]), ONE.into()].concat());
        let location = format!("location: {}", other.answer("/feed", vec![body]));
        visit(tab, &wire.answer_with("/feed", "301 Moved Permanently", &[&location], b"")).await;
        fails(tab, &wire, "feed-unreachable", &["Access to fetch", RESOURCE]).await;
        other.ends().await;
        reliability::record("a redirect to another site without CORS", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn a_name_that_no_server_has() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        visit(tab, "http://koran.invalid/feed.json").await;
        fails(tab, &Wire::start(), "feed-unreachable", &[RESOURCE]).await;
        reliability::record("a DNS failure", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn a_site_that_does_not_let_pages_read() {
    in_browser(async |tab| {
        let answer = [private_head("200 OK", &[JSON]), ONE.into()].concat();
        failing(tab, vec![Step::Send(answer)], "feed-unreachable", &["Access to fetch", RESOURCE]).await;
        reliability::record("a CORS refusal", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn one_byte_a_second() {
    in_browser(async |tab| {
        let steps = vec![Step::Send(head("200 OK", &[JSON])), Step::Drip(ONE.into())];
        let ends = failing(tab, steps, "feed-timeout", &[]).await;
        assert_eq!(ends[0], End::HungUp);
        reliability::record("one byte a second", 1, &format!("`feed-timeout` after 10 s, the server sees the reader hang up; {KEPT}"));
    });
}

fn an_answer_that_never_begins() {
    in_browser(async |tab| {
        let ends = failing(tab, vec![Step::Hold], "feed-timeout", &[]).await;
        assert_eq!(ends[0], End::HungUp);
        reliability::record("no answer at all", 1, &format!("`feed-timeout` after 10 s, the server sees the reader hang up; {KEPT}"));
    });
}

fn a_reset_after_the_head() {
    in_browser(async |tab| {
        let length = format!("content-length: {}", ONE.len());
        let steps = vec![Step::Send(head("200 OK", &[JSON, &length])), Step::Reset];
        failing(tab, steps, "feed-unreachable", &[RESET]).await;
        reliability::record("a reset connection after the head", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn a_reset_after_half_the_body() {
    in_browser(async |tab| {
        let length = format!("content-length: {}", ONE.len());
        let start = [head("200 OK", &[JSON, &length]), ONE.as_bytes()[..ONE.len() / 2].to_vec()].concat();
        failing(tab, vec![Step::Send(start), Step::Reset], "feed-unreachable", &[RESET]).await;
        reliability::record("a reset connection after half the body", 1, &format!("`feed-unreachable`; {KEPT}"));
    });
}

fn an_error_page_that_never_ends() {
    in_browser(async |tab| {
        // With a type: Firefox waits for what it could guess one from.
        let steps =
            vec![Step::Send(head("500 Internal Server Error", &["content-type: text/html"])), Step::Send(b"<h1>".to_vec()), Step::Hold];
        let ends = failing(tab, steps, "feed-status", &[RESOURCE]).await;
        assert_eq!(ends[0], End::HungUp, "the body is let go of, unread");
        reliability::record(
            "status 500 with a body that never ends",
            1,
            &format!("`feed-status` at once, the server sees the reader hang up; {KEPT}"),
        );
    });
}

const MEGABYTE: usize = 1 << 20;

/// Has a page with a running wasm fetch what is too large, and measures the wasm's memory.
async fn too_large(tab: &Tab, steps: Vec<Step>) -> (Wire, u64) {
    tab.before(PROBE).await;
    let wire = Wire::start();
    tab.open_with("/pages/elements/page.html", &[("body", "<kabar-share></kabar-share>")]).await;
    tab.until_event("kabar-ready", "kabar-share").await;
    let before = tab.js("probe.bytes()").await.as_u64().unwrap();
    assert!(before > 0, "the memory is seen");
    let script = "document.body.insertAdjacentHTML('beforeend',
        `<h1>Judul</h1><kabar-cards feed=\"${arguments[0]}\"><a id=fallback href=/archive>Semua artikel</a></kabar-cards><p id=after>Sesudah</p>`);
        window.seen.heard.splice(0);";
    tab.run_with(script, vec![wire.answer("/feed", steps).into()]).await;
    fails(tab, &wire, "feed-too-large", &[]).await;
    let after = tab.js("probe.bytes()").await.as_u64().unwrap();
    (wire, after - before)
}

fn fifty_megabytes() {
    in_browser(async |tab| {
        let start = [head("200 OK", &[JSON]), ONE.into()].concat();
        let (wire, grown) = too_large(tab, vec![Step::Send(start), Step::Repeat(vec![b' '; MEGABYTE], 50)]).await;
        assert_eq!(wire.ends().await[0], End::HungUp, "the rest is not downloaded");
        assert!(grown <= 16 * MEGABYTE as u64, "the wasm's memory grew by {grown} bytes");
        reliability::record(
            "a body of 50 MB",
            1,
            &format!("`feed-too-large` at 2 MiB, the server sees the reader hang up, the wasm's memory grows by 16 MiB at most; {KEPT}"),
        );
    });
}

fn a_small_file_that_unpacks_to_fifty_megabytes() {
    in_browser(async |tab| {
        let body = crate::bodies::gzip(&[ONE.as_bytes(), &vec![b' '; 50 * MEGABYTE]].concat());
        assert!(body.len() < MEGABYTE, "{} bytes", body.len());
        let answer = [head("200 OK", &[JSON, "content-encoding: gzip"]), body].concat();
        let (_, grown) = too_large(tab, vec![Step::Send(answer)]).await;
        assert!(grown <= 16 * MEGABYTE as u64, "the wasm's memory grew by {grown} bytes");
        reliability::record("a gzip body that unpacks to 50 MB", 1, &format!("`feed-too-large` at 2 MiB; {KEPT}"));
    });
}

fn offline_and_back_online() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let wire = Wire::start();
        let address = wire.answer_with("/feed", "200 OK", &[JSON], ONE.as_bytes());
        let body = "<kabar-share></kabar-share><h1>Judul</h1><p id=after>Sesudah</p>";
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.until("performance.getEntriesByType('resource').some((entry) => entry.name.includes('kabar-rest-') && entry.responseEnd > 0)")
            .await;
        let network = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        tab.cdp("Network.enable", json!({})).await;
        tab.cdp("Network.emulateNetworkConditions", network(true)).await;
        let script = "document.body.insertAdjacentHTML('beforeend',
            `<kabar-cards feed=\"${arguments[0]}\"><a id=fallback href=/archive>Semua artikel</a></kabar-cards>`);
            window.seen.heard.splice(0);";
        tab.run_with(script, vec![address.into()]).await;
        failed(tab, "feed-unreachable", &[RESOURCE], &[]).await;
        assert_eq!(wire.asked().len(), 0);
        tab.until("probe.idle()").await;
        tab.cdp("Network.emulateNetworkConditions", network(false)).await;
        tab.until("all('kabar-cards', 'article.card').length === 1").await;
        tab.console_is_empty().await;
        reliability::record("offline, then online", 1, "`feed-unreachable` and the fallback; then renders by itself");
    });
}

fn what_comes_late_is_asked_for_again() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("dist", "dist-once-late"), ("feed", "/feed/good.json")]).await;
        tab.until("all('kabar-cards', 'article.card').length > 3").await;
        tab.until("performance.getEntriesByType('resource').some((entry) => entry.name.includes('kabar-rest-') && entry.responseEnd > 0)")
            .await;
        // An update needs it, and asks again if it did not come.
        for limit in ["3", "2"] {
            tab.run_with("one('kabar-cards').setAttribute('limit', arguments[0]);", vec![limit.into()]).await;
            tab.settle().await;
        }
        tab.until("all('kabar-cards', 'article.card').length === 2").await;
    });
}
