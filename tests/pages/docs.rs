//! The documentation: its pages, and each snippet in it, run as it stands.

mod scripts;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    axe,
    harness::{NONCE, Policy, STRICT, Scheme, Tab, cases, in_browser, in_browser_that_prefers},
    snippets::{Snippet, snippets},
};

pub(crate) use scripts::CASES as SCRIPTS;

cases![
    every_page_works_under_its_own_policy,
    every_page_fits_a_small_phone,
    no_violation_of_accessibility_in_light,
    no_violation_of_accessibility_in_dark,
    each_snippet_of_html_renders,
    each_snippet_of_css_styles_something,
    the_policy_of_the_readme_is_enough,
    the_policy_with_a_nonce_is_enough,
];

/// All elements in the document, as an expression.
const ELEMENTS: &str = "[...document.querySelectorAll('kabar-cards, kabar-share, kabar-next')]";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages that `cargo xtask docs` wrote.
fn pages() -> Vec<PathBuf> {
    let folder = root().join("target/site/docs");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask docs` first", folder.display()));
    let mut pages: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "html")).collect();
    pages.sort();
    assert!(pages.len() > 10, "{pages:?}");
    pages
}

fn name(page: &Path) -> String {
    page.file_name().unwrap().to_string_lossy().into_owned()
}

/// Scrolls to each element until it has rendered.
async fn all_render(tab: &Tab) {
    let count = tab.js(&format!("{ELEMENTS}.length")).await.as_u64().unwrap();
    for place in 0..count {
        tab.run_with(&format!("{ELEMENTS}[arguments[0]].scrollIntoView();"), vec![place.into()]).await;
        tab.until(&format!("{ELEMENTS}[{place}].shadowRoot?.querySelector('nav, aside, article')")).await;
    }
}

fn every_page_works_under_its_own_policy() {
    in_browser(async |tab| {
        for page in pages() {
            tab.open(&format!("/docs/{}", name(&page))).await;
            tab.check("document.querySelectorAll('h1').length === 1 && document.querySelector('[aria-current=page]') !== null").await;
            tab.check("document.querySelector('meta[http-equiv]').content.includes(\"require-trusted-types-for 'script'\")").await;
            all_render(tab).await;
            // An example's own style was let in.
            tab.check("[...document.querySelectorAll('style')].every((style) => style.sheet)").await;
            tab.console_is_empty().await;
        }
    });
}

fn every_page_fits_a_small_phone() {
    in_browser(async |tab| {
        tab.size(320, 640, true).await;
        for page in pages() {
            tab.open(&format!("/docs/{}", name(&page))).await;
            // Less where a scroll bar takes its part of it.
            tab.until("document.documentElement.scrollWidth <= 320").await;
            tab.console_is_empty().await;
        }
    });
}

fn accessible(scheme: Scheme) {
    in_browser_that_prefers(scheme, async |tab| {
        for page in pages() {
            // Without the policy, which would stop axe.
            let text = fs::read_to_string(&page).unwrap();
            let (before, after) = text.split_once("<meta http-equiv").unwrap();
            let (_, after) = after.split_once(">\n").unwrap();
            let text = format!("{before}{after}").replacen("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"><base href=\"/docs/\">", 1);
            tab.make_page("page.html", Policy::None, text);
            tab.open("/made/page.html").await;
            all_render(tab).await;
            tab.run("scrollTo(0, 0);").await;
            axe::judge_page(tab).await;
            tab.console_is_empty().await;
        }
    });
}

fn no_violation_of_accessibility_in_light() {
    accessible(Scheme::Light);
}

fn no_violation_of_accessibility_in_dark() {
    accessible(Scheme::Dark);
}

/// The build under test.
fn dist() -> PathBuf {
    std::env::var_os("KABAR_DIST").map_or_else(|| root().join("dist"), Into::into)
}

/// The hash of a file of `dist/`.
fn hash(file: &str) -> String {
    let hashes: serde_json::Value = serde_json::from_str(&fs::read_to_string(dist().join("integrity.json")).unwrap()).unwrap();
    hashes[file].as_str().unwrap().to_owned()
}

/// A snippet with this server's hosts, and the names of this build's files.
fn here(code: &str) -> String {
    let hashes: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(dist().join("integrity.json")).unwrap()).unwrap();
    // Such as `kabar-0123abcd.wasm`: no word stands between.
    let file = |end: &str| {
        let first =
            |name: &&String| name.strip_prefix("kabar-").and_then(|name| name.strip_suffix(end)).is_some_and(|hash| hash.len() == 8);
        hashes.keys().find(first).unwrap().clone()
    };
    let runtime = file(".js");
    code.replace("kabar-….js\": \"sha384-…", &format!("{runtime}\": \"{}", hash(&runtime)))
        .replace(concat!("https://cdn.example/kabar@", env!("CARGO_PKG_VERSION"), "/"), "/dist/")
        .replace("https://cdn.example/", "/dist/")
        .replace("kabar-….js", &runtime)
        .replace("kabar-….wasm", &file(".wasm"))
        .replace("sha384-…", &hash("kabar.js"))
        .replace("\"/feed.json\"", "\"/feed/good.json\"")
        .replace("https://news.example/feed.json", "/feed/good.json")
}

/// A page with a snippet in it. Its head names a feed, as a site's pages do,
/// and what the snippet leaves to the rest of the page is there.
fn page(code: &str) -> String {
    let code = here(code);
    let script = if code.contains("/dist/kabar.js") { "" } else { "<script async src=\"/dist/kabar.js\"></script>" };
    let element = if code.contains("<kabar-") || code.contains("data-show") { "" } else { "<kabar-share></kabar-share>" };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>A page</title>\n\
        <link rel=\"alternate\" type=\"application/feed+json\" href=\"/feed/good.json\">\n</head>\n<body>\n{code}\n{element}{script}\n</body>\n</html>\n"
    )
}

fn each_snippet_of_html_renders() {
    in_browser(async |tab| {
        for Snippet { place, code, .. } in snippets().into_iter().filter(|snippet| snippet.language == "html") {
            println!("      {place}");
            tab.make_page("snippet.html", Policy::None, page(&code));
            tab.open("/made/snippet.html").await;
            tab.until(&format!("{ELEMENTS}.length > 0")).await;
            all_render(tab).await;
            // What it can be pressed for does no harm.
            tab.run("document.querySelectorAll('button').forEach((button) => button.click());").await;
            tab.settle().await;
            tab.check("events('kabar-error').length === 0").await;
            tab.console_is_empty().await;
        }
    });
}

fn each_snippet_of_css_styles_something() {
    in_browser(async |tab| {
        for Snippet { place, code, .. } in snippets().into_iter().filter(|snippet| snippet.language == "css") {
            let elements =
                "<kabar-share></kabar-share><kabar-next feed=\"/feed.json\"></kabar-next><kabar-cards feed=\"/feed.json\"></kabar-cards>";
            tab.make_page("style.html", Policy::None, page(&format!("<style id=\"own\">{code}</style>{elements}")));
            tab.open("/made/style.html").await;
            all_render(tab).await;
            let rules = tab.js("one('#own').sheet.cssRules.length").await;
            assert_eq!(rules, code.matches('{').count(), "{place}: a rule is not understood");
            // Each declaration of a part is what the part has.
            tab.check(
                "[...one('#own').sheet.cssRules].every((rule) => {
                    const [, host, part] = /^([\\w-]+)::part\\((\\w+)\\)$/.exec(rule.selectorText) ?? [];
                    const inner = host && inside(host, `[part~=${part}]`);
                    return [...rule.style].every((name) => inner && getComputedStyle(inner).getPropertyValue(name) === rule.style.getPropertyValue(name));
                })",
            )
            .await;
            tab.console_is_empty().await;
        }
    });
}

/// The policy in a snippet of `text`, with this server in place of its hosts.
fn policy(beginning: &str) -> String {
    let texts = snippets().into_iter().filter(|snippet| snippet.language == "text");
    let found = texts.map(|snippet| snippet.code).find(|code| code.starts_with(beginning));
    let one_line = found.unwrap_or_else(|| panic!("no policy begins with {beginning}")).split_whitespace().collect::<Vec<_>>().join(" ");
    let one_line = one_line.replace("https://cdn.example", "'self'").replace("https://news.example", "'self'");
    one_line.replace("https://images.example", "'self'")
}

/// A page with all three elements, under a policy.
async fn works_under(tab: &Tab, policy: String) {
    let code = "<script async nonce=\"kabar\" src=\"https://cdn.example/kabar.js\" integrity=\"sha384-…\" crossorigin=\"anonymous\" \
        data-feed=\"/feed.json\" data-show=\"share next cards\"></script>";
    tab.make_page("policy.html", Policy::Enforced(policy), page(code));
    tab.open("/made/policy.html").await;
    tab.until(&format!("{ELEMENTS}.length === 3")).await;
    all_render(tab).await;
    tab.until("all('kabar-cards', 'img').some((image) => image.naturalWidth > 0)").await;
    tab.console_is_empty().await;
}

fn the_policy_of_the_readme_is_enough() {
    in_browser(async |tab| {
        let policy = policy("default-src 'none'");
        assert!(policy.contains("trusted-types 'none'"), "{policy}");
        works_under(tab, policy).await;
    });
}

fn the_policy_with_a_nonce_is_enough() {
    in_browser(async |tab| {
        let script = policy("script-src 'nonce-");
        let rest = STRICT.split(';').filter(|directive| !directive.contains("script-src")).collect::<Vec<_>>().join(";");
        works_under(tab, format!("{}; {rest}", script.replace('…', NONCE))).await;
    });
}
