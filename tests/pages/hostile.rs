//! A feed that wants to run code: every text in it is markup with a handler,
//! every address a script.

use serde_json::json;

use crate::harness::{Policy, Tab, cases, in_browser};

cases![a_hostile_feed_runs_nothing, a_hostile_feed_violates_no_strict_policy, a_text_with_what_ends_texts_makes_no_element];

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

/// As src/view/node/dom.rs is told of elements, and www/optional/fill.js of what a copy has other.
const TOLD: &str = "\0>\0<script\0\"window.pwned=1\0>\0<img\0src\0x:\0onerror\0window.pwned=1\0>\0<p\x001\0onclick\0window.pwned=1\0";

fn a_text_with_what_ends_texts_makes_no_element() {
    in_browser(async |tab| {
        let item = |number: usize| {
            let text = format!("{number}{TOLD}");
            json!({ "id": text, "url": format!("/a/{number}?{TOLD}"), "title": text, "summary": text, "tags": [text],
                "authors": [{ "name": text }], "language": format!("id{TOLD}"), "date_published": "2026-04-01T00:00:00Z" })
        };
        let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": (0..40).map(item).collect::<Vec<_>>() });
        tab.make("told.json", "application/feed+json", feed.to_string());
        let elements = "<kabar-cards feed=/made/told.json limit=40 order=feed></kabar-cards><kabar-next feed=/made/told.json order=feed current=/a/0 loading=eager></kabar-next>";
        crate::policies::open(tab, Policy::None, &format!("{elements}<script src=/dist/kabar.js></script>")).await;
        tab.until("all('kabar-cards', 'article').length === 40 && all('kabar-next', '.card').length === 1").await;
        let found = "all('kabar-cards', '*').concat(all('kabar-next', '*'))";
        tab.check(&format!("!{found}.some((node) => node.matches('script, img, [onerror], [onclick]'))")).await;
        // The feed's reader leaves no NUL in a text; nobody reads a label before it is told.
        let labelled = "const element = one('kabar-next').cloneNode();
            element.setAttribute('label', arguments[0]);
            one('kabar-next').replaceWith(element);";
        tab.run_with(labelled, vec![TOLD.into()]).await;
        tab.until("inside('kabar-next', '.label')?.textContent.includes('window.pwned')").await;
        tab.check(&format!("!{found}.some((node) => node.matches('script, img, [onerror], [onclick]'))")).await;
        let plain = TOLD.replace('\0', "");
        let titles = tab.texts("all('kabar-cards', 'h3').map((title) => title.textContent)").await;
        assert_eq!(titles, (0..40).map(|number| format!("{number}{plain}")).collect::<Vec<_>>());
        tab.check("window.pwned === undefined").await;
    });
}
