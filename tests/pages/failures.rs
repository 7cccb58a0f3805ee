//! Each way to fail: the fallback stays, one console line and one event name
//! the code, and the host page notices nothing.

use crate::harness::{Engine, Tab, cases, in_browser, reliability};

cases![
    status_404,
    status_500,
    connection_refused,
    a_feed_of_another_site_without_cors,
    a_host_that_does_not_exist,
    a_body_that_stalls,
    invalid_json,
    a_page_in_place_of_a_feed,
    no_body_at_all,
    a_feed_without_articles,
    a_body_over_the_cap,
    a_body_over_the_cap_that_does_not_say_its_length,
    no_feed_named_and_none_to_discover,
    wasm_blocked_by_the_policy,
    wasm_missing,
    browsers_that_are_too_old,
    a_browser_as_old_as_may_be,
    a_mended_feed_attribute_renders_after_all,
    a_failure_that_two_elements_meet_is_said_once,
];

const PAGE: &str = "/pages/failures/page.html";

/// How the browser itself reports a request that failed.
const RESOURCE: &str = "Failed to load resource";

/// The event is there, and all that a failure must leave is left.
/// `own` is what the browser itself writes to the console.
pub(crate) async fn failed(tab: &Tab, code: &str, own: &[&str], violations: &[&str]) {
    tab.until_within(20, "events('kabar-error').length > 0").await;
    tab.settle().await;
    let events = tab.js("events('kabar-error')").await;
    assert_eq!(events.as_array().unwrap().len(), 1, "one event: {events}");
    let event = &events[0];
    assert_eq!(event["detail"]["code"], code, "{event}");
    assert_eq!((&event["bubbles"], &event["composed"]), (&true.into(), &true.into()));
    let message = event["detail"]["message"].as_str().unwrap_or_else(|| panic!("no message: {event}"));
    assert!(message.len() > 20, "a message says what to do: {message}");

    tab.check("events('kabar-ready').length === 0").await;
    tab.check("shown(one('#fallback')) && one('#fallback').textContent === 'Semua artikel'").await;
    tab.check("all('kabar-cards', 'article').length === 0").await;
    tab.check("shown(one('h1')) && shown(one('#after'))").await;

    let line = format!("[kabar] {code}: {message}");
    let expected: Vec<_> = own.iter().copied().chain([line.as_str()]).collect();
    tab.console_is_with_violations(&expected, violations).await;
}

async fn open(tab: &Tab, dist: &str, feed: &str) {
    tab.open_with(PAGE, &[("dist", dist), ("feed", feed)]).await;
}

fn status_404() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/status/404").await;
        failed(tab, "feed-status", &[RESOURCE], &[]).await;
    });
}

fn status_500() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/status/500").await;
        failed(tab, "feed-status", &[RESOURCE], &[]).await;
    });
}

fn connection_refused() {
    in_browser(async |tab| {
        open(tab, "dist", "{{refused}}/feed.json").await;
        failed(tab, "feed-unreachable", &[RESOURCE], &[]).await;
    });
}

fn a_feed_of_another_site_without_cors() {
    in_browser(async |tab| {
        open(tab, "dist", "{{faults}}/private").await;
        failed(tab, "feed-unreachable", &["Access to fetch", RESOURCE], &[]).await;
        assert_eq!(tab.asked("/private"), 1);
    });
}

fn a_host_that_does_not_exist() {
    in_browser(async |tab| {
        open(tab, "dist", "http://koran.invalid/feed.json").await;
        failed(tab, "feed-unreachable", &[RESOURCE], &[]).await;
    });
}

fn a_body_that_stalls() {
    in_browser(async |tab| {
        open(tab, "dist", "{{faults}}/stall").await;
        failed(tab, "feed-timeout", &[], &[]).await;
        let waited = tab.js("performance.now()").await.as_f64().unwrap();
        assert!(waited > 9_000.0, "gave up after {waited} ms, before the ten seconds that a slow phone may need");
    });
}

fn invalid_json() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/invalid").await;
        failed(tab, "feed-invalid", &[], &[]).await;
    });
}

fn a_page_in_place_of_a_feed() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/html").await;
        failed(tab, "feed-invalid", &[], &[]).await;
    });
}

fn no_body_at_all() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/blank").await;
        failed(tab, "feed-invalid", &[], &[]).await;
    });
}

fn a_feed_without_articles() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/empty").await;
        failed(tab, "feed-empty", &[], &[]).await;
    });
}

fn a_body_over_the_cap() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/large").await;
        failed(tab, "feed-too-large", &[], &[]).await;
    });
}

fn a_body_over_the_cap_that_does_not_say_its_length() {
    in_browser(async |tab| {
        open(tab, "dist", "{{faults}}/endless").await;
        failed(tab, "feed-too-large", &[], &[]).await;
    });
}

fn no_feed_named_and_none_to_discover() {
    in_browser(async |tab| {
        open(tab, "dist", "").await;
        failed(tab, "config", &[], &[]).await;
    });
}

fn wasm_blocked_by_the_policy() {
    in_browser(async |tab| {
        tab.open("/pages/failures/no-wasm.html").await;
        // WebKit refuses without the event that the specification asks for.
        let violations: &[&str] = if tab.is(Engine::Webkit) { &[] } else { &["script-src wasm-eval "] };
        failed(tab, "wasm-blocked", &[], violations).await;
        reliability::record("a policy without 'wasm-unsafe-eval'", 1, "`wasm-blocked`; the fallback stays");
    });
}

fn wasm_missing() {
    in_browser(async |tab| {
        open(tab, "dist-no-wasm", "/feed/good.json").await;
        // What is not there has not the hash of what should be.
        let own = [RESOURCE, "Failed to find a valid digest in the 'integrity' attribute", "Fetch API cannot load"];
        failed(tab, "wasm-failed", &own, &[]).await;
    });
}

fn browsers_that_are_too_old() {
    const OLD: &[(&str, &str)] = &[
        ("without WebAssembly, or in Lockdown Mode", "delete window.WebAssembly;"),
        (
            "whose WebAssembly has no reference types",
            "const own = WebAssembly.validate; WebAssembly.validate = (bytes) => !new Uint8Array(bytes).includes(111) && own(bytes);",
        ),
        (
            "without constructable style sheets",
            "delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;
            window.CSSStyleSheet = class { constructor() { throw new TypeError('Illegal constructor'); } };",
        ),
    ];
    for (what, script) in OLD {
        in_browser(async |tab| {
            tab.before(script).await;
            open(tab, "dist", "/feed/good.json").await;
            failed(tab, "wasm-unsupported", &[], &[]).await;
            let asked = tab.asked_where(|seen| seen.path.starts_with("/dist/") || seen.path.starts_with("/feed/"));
            assert_eq!(asked, 1, "{what}: nothing but the loader is fetched");
            reliability::record(&format!("a browser {what}"), 1, "`wasm-unsupported`, and nothing more is fetched; the fallback stays");
        });
    }
}

/// What Chrome 96, Firefox 101 and Safari 16.4 have not, one or the other of them.
const AS_OLD_AS_MAY_BE: &str = "
    // Chrome before 114: on a page's main thread, above 4 KB by a promise only.
    // <https://groups.google.com/a/chromium.org/g/blink-dev/c/nJw2zwaiJ2s>
    const { Module } = WebAssembly;
    const large = new RangeError('disallowed on the main thread, if the buffer size is larger than 4KB');
    WebAssembly.Module = function (bytes) {
      if (bytes.byteLength > 4096) throw large;
      return new Module(bytes);
    };
    Object.setPrototypeOf(WebAssembly.Module, Module);
    WebAssembly.Module.prototype = Module.prototype;
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (module, imports) {
      if (Module.exports(module).length > 2) throw large;
      return new Instance(module, imports);
    };
    WebAssembly.Instance.prototype = Instance.prototype;
    // Younger than the youngest of the three.
    delete AbortSignal.timeout;
    delete AbortSignal.any;
    delete window.structuredClone;
    delete window.scheduler;
    delete Intl.Segmenter;
    delete Promise.withResolvers;
    delete Object.groupBy;
    delete Array.fromAsync;
    delete Element.prototype.checkVisibility;
    delete Element.prototype.setHTMLUnsafe;
    delete HTMLElement.prototype.togglePopover;
    for (const name of ['findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']) delete Array.prototype[name];
    delete Uint8Array.fromBase64;
    delete ArrayBuffer.prototype.transfer;
    for (const name of ['union', 'difference', 'intersection', 'isSubsetOf']) delete Set.prototype[name];";

fn a_browser_as_old_as_may_be() {
    in_browser(async |tab| {
        tab.before(&format!("(() => {{ {AS_OLD_AS_MAY_BE} }})();")).await;
        let elements = "<kabar-cards id=json feed=/feed/good.json></kabar-cards>
            <kabar-cards id=site feed=/feed/wordpress.json theme=magazine></kabar-cards>
            <kabar-cards id=xml feed=/feed/news.atom theme=dense></kabar-cards>
            <kabar-cards id=thai feed=/feed/thai.json lang=th></kabar-cards>
            <kabar-next feed=/feed/good.json></kabar-next>
            <kabar-share networks='whatsapp qr mastodon copy'></kabar-share>";
        tab.open_with("/pages/elements/page.html", &[("body", &elements.replace("></", " loading=eager></"))]).await;
        tab.until("events('kabar-ready').length === 6").await;
        tab.check("['#json', '#site', '#xml', '#thai'].every((name) => all(name, 'article h3 > a').length > 0)").await;
        tab.check("inside('kabar-next', 'h3 > a') !== null && all('kabar-share', '[data-network]').length === 4").await;
        tab.run("for (const name of ['#json', '#site', '#xml', '#thai']) one(name).setAttribute('limit', 1);").await;
        tab.until("['#json', '#site', '#xml', '#thai'].every((name) => all(name, 'article').length === 1)").await;
        tab.check("events('kabar-error').length === 0").await;
        let lines = tab.console().await;
        let wrong: Vec<_> = lines.iter().filter(|line| !line.starts_with(RESOURCE)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        tab.console_is_empty().await;
        reliability::record("a browser without what came after Chrome 96, Firefox 101 and Safari 16.4", 1, "renders");
    });
}

fn a_mended_feed_attribute_renders_after_all() {
    in_browser(async |tab| {
        open(tab, "dist", "/feed/empty").await;
        failed(tab, "feed-empty", &[], &[]).await;
        tab.run("one('kabar-cards').setAttribute('feed', '/feed/good.json');").await;
        tab.until("all('kabar-cards', 'article.card').length === 6").await;
        tab.check("!shown(one('#fallback')) && events('kabar-error').length === 1").await;
        tab.console_is_empty().await;
    });
}

fn a_failure_that_two_elements_meet_is_said_once() {
    in_browser(async |tab| {
        let body = r#"<kabar-cards feed="/feed/status/404"><i>Satu</i></kabar-cards>
            <kabar-next feed="/feed/status/404"><i>Dua</i></kabar-next>"#;
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        tab.until("events('kabar-error').length === 2").await;
        tab.check("[...document.querySelectorAll('i')].every(shown)").await;
        assert_eq!(tab.asked("/feed/status/404"), 1);
        let message = tab.text("events('kabar-error')[0].detail.message").await;
        tab.console_is(&[RESOURCE, &format!("[kabar] feed-status: {message}")]).await;
    });
}
