//! A feed that wants to run code: every text in it is markup with a handler,
//! every address a script.

use serde_json::json;

use crate::harness::{Tab, cases, in_browser};

cases![a_hostile_feed_runs_nothing, a_hostile_feed_violates_no_strict_policy,];

const ELEMENTS: &str = "['#grid', '#list', 'kabar-next', 'kabar-share']";

async fn visit(tab: &Tab, page: &str) {
    tab.open(page).await;
    for tag in ["kabar-cards", "kabar-next", "kabar-share"] {
        tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
    }
    tab.until("events('kabar-ready').length === 4").await;
    tab.settle().await;
}

async fn harmless(tab: &Tab) {
    // Shown as it is written, so it was not dropped before it could do harm.
    tab.check("all('#grid', 'h3').some((title) => title.textContent.includes('<img src=x onerror=window.pwned=1>'))").await;
    let bad = tab
        .js(&format!(
            "{ELEMENTS}.flatMap((host) => all(host, '*')).flatMap((node) => [...node.attributes].filter((attribute) =>
                attribute.name.startsWith('on') || attribute.name === 'style' || attribute.name === 'srcdoc'
            ).map((attribute) => node.localName + ' ' + attribute.name))"
        ))
        .await;
    assert_eq!(bad, json!([]));
    let foreign =
        tab.js(&format!("{ELEMENTS}.flatMap((host) => all(host, 'script, iframe, object, embed, base, link, meta, form')).length")).await;
    assert_eq!(foreign, 0);
    let schemes = tab
        .js(&format!(
            "[...new Set({ELEMENTS}.flatMap((host) => all(host, '[href], [src]')).filter((node) => !node.closest('svg'))
                .map((node) => new URL(node.href ?? node.src, location.href).protocol))].sort()"
        ))
        .await;
    for scheme in schemes.as_array().unwrap() {
        assert!(["http:", "https:", "mailto:"].contains(&scheme.as_str().unwrap()), "{schemes}");
    }
    // Follow every link there is; none may run anything here.
    tab.run(&format!(
        "addEventListener('click', (event) => event.composedPath()[0].closest('a')?.protocol.startsWith('http') && event.preventDefault());
        {ELEMENTS}.flatMap((host) => all(host, 'a:not([href^=mailto])')).forEach((link) => link.click());"
    ))
    .await;
    tab.settle().await;
    tab.check("window.pwned === undefined").await;
    tab.check("one('kabar-cards') !== null && document.title.startsWith('Umpan jahat')").await;
}

fn a_hostile_feed_runs_nothing() {
    in_browser(async |tab| {
        visit(tab, "/pages/hostile/page.html").await;
        harmless(tab).await;
        tab.check("all('#grid', 'article.card').length >= 2").await;
        // The two articles that may be read can be, with their quotes escaped.
        let links = tab.texts("all('#grid', 'h3 > a').map((link) => link.href)").await;
        for place in [1, 2] {
            let start = format!("https://koran.example/aman/{place}?q=%22%3E%3Cscript%3E");
            assert!(links.iter().any(|link| link.starts_with(&start)), "{links:#?}");
        }
        tab.check("!all('#grid', 'time').some((time) => /Invalid|NaN|1970/.test(time.textContent))").await;
        console(tab).await;
    });
}

fn a_hostile_feed_violates_no_strict_policy() {
    in_browser(async |tab| {
        visit(tab, "/pages/hostile/strict.html").await;
        harmless(tab).await;
        // The sheet got in without a `style` element: the bar is laid out by it.
        tab.check("root('kabar-cards').adoptedStyleSheets.length > 0").await;
        console(tab).await;
    });
}

/// Pictures of the feed that do not exist may be reported by the browser, and
/// nothing else.
async fn console(tab: &Tab) {
    let lines = tab.console().await;
    let other: Vec<_> = lines.iter().filter(|line| !line.starts_with("Failed to load resource")).collect();
    assert!(other.is_empty(), "{other:#?}");
    tab.console_is_empty().await;
}
