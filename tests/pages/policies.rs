//! Pages whose policy lets little in: all that Kabar does, it does under the
//! strict one of DESIGN section 4, and what a page forbids leaves the fallback.

use std::{env, fmt::Write as _, fs, path::Path};

use serde_json::json;

use crate::{
    harness::{NONCE, Policy, STRICT, Tab, cases, in_browser, reliability},
    payloads::{
        Payload,
        feeds::{self, Format},
    },
};

cases![
    formats_of_json_violate_no_strict_policy,
    formats_of_xml_violate_no_strict_policy,
    no_language_violates_the_strict_policy,
    a_nonce_with_strict_dynamic_is_enough,
    integrity_that_matches_lets_the_script_in,
    integrity_that_does_not_match_leaves_the_fallback,
    a_copy_of_dist_works,
    a_wasm_that_was_changed_is_refused,
    a_later_module_that_was_changed_is_refused,
    a_script_that_was_changed_is_refused_by_an_import_map,
    a_sandboxed_frame_without_an_origin_of_its_own,
    a_sandboxed_frame_that_may_read_nothing,
];

const FALLBACK: &str = r"<a id=fallback href=/archive>Semua artikel</a>";

fn page(body: &str) -> String {
    format!("<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<title>Kebijakan</title>\n{body}")
}

pub(crate) async fn open(tab: &Tab, policy: Policy, body: &str) {
    tab.make_page("page.html", policy, page(body));
    tab.open("/made/page.html").await;
}

/// All elements show what they are to show, and none has failed.
async fn all_render(tab: &Tab, elements: usize) {
    // Not by the events: what a fresh instance renders anew is ready twice.
    let rendered = "[...document.querySelectorAll('kabar-cards, kabar-next, kabar-share')]
        .filter(({ shadowRoot }) => shadowRoot?.querySelector('article, aside, nav')).length";
    tab.until(&format!("{rendered} === {elements} || events('kabar-error').length > 0")).await;
    assert_eq!(tab.js("events('kabar-error').map(({ detail }) => detail)").await, json!([]));
}

async fn formats(tab: &Tab, formats: &[Format]) {
    let texts = ["Hujan reda di Malang", "Pasar pagi pindah", "Kereta pertama berangkat"].map(Payload::plain);
    let mut body = String::new();
    for (name, write) in formats {
        let (mime, feed) = write(&texts);
        tab.make(name, mime, feed);
        write!(body, "<kabar-cards feed=/made/{name} loading=eager></kabar-cards><kabar-next feed=/made/{name} loading=eager order=feed current=/made/x></kabar-next>").unwrap();
    }
    open(tab, Policy::Enforced(STRICT.to_owned()), &(body + "<script src=/dist/kabar.js></script>")).await;
    all_render(tab, 2 * formats.len()).await;
    tab.check("[...document.querySelectorAll('kabar-cards')].every((cards) => cards.shadowRoot.querySelectorAll('article').length === 3)")
        .await;
    tab.check("[...document.querySelectorAll('kabar-cards')].every((cards) => cards.shadowRoot.querySelector('h3').textContent === 'Judul Hujan reda di Malang')").await;
    // The feeds' pictures do not exist; that a browser says so is no violation.
    tab.console().await;
    tab.console_is_empty().await;
    for (name, _) in formats {
        reliability::record(&format!("the strict policy with Trusted Types: a feed in {name}"), 1, "works; no violation");
    }
}

fn formats_of_json_violate_no_strict_policy() {
    in_browser(async |tab| formats(tab, feeds::JSON).await);
}

fn formats_of_xml_violate_no_strict_policy() {
    in_browser(async |tab| formats(tab, feeds::XML).await);
}

fn no_language_violates_the_strict_policy() {
    in_browser(async |tab| {
        let languages: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(include_str!("../../src/locale/languages.json")).unwrap();
        let mut body = String::new();
        for (language, dates) in languages.keys().zip(["absolute", "relative"].into_iter().cycle()) {
            write!(
                body,
                "<kabar-share lang={language} loading=eager></kabar-share>\
                <kabar-cards lang={language} dates={dates} feed=/feed/good.json limit=1 loading=eager></kabar-cards>"
            )
            .unwrap();
        }
        open(tab, Policy::Enforced(STRICT.to_owned()), &(body + "<script src=/dist/kabar.js></script>")).await;
        all_render(tab, 2 * languages.len()).await;
        tab.console_is_empty().await;
        reliability::record("the strict policy with Trusted Types: each language", languages.len(), "works; no violation");
    });
}

fn a_nonce_with_strict_dynamic_is_enough() {
    in_browser(async |tab| {
        let policy = STRICT.replace("script-src 'self'", &format!("script-src 'nonce-{NONCE}' 'strict-dynamic'"));
        let body = format!(
            "<kabar-cards feed=/feed/good.json>{FALLBACK}</kabar-cards><kabar-share></kabar-share>\
            <script nonce={NONCE} src=/dist/kabar.js></script>"
        );
        open(tab, Policy::Enforced(policy), &body).await;
        all_render(tab, 2).await;
        tab.check("all('kabar-cards', 'article.card').length === 6").await;
        tab.console_is_empty().await;
        reliability::record("a policy of a nonce with 'strict-dynamic'", 1, "works; no violation");
    });
}

/// A page whose script tag says what the script must hash to.
async fn with_integrity(tab: &Tab, change: fn(&str) -> String) {
    open(tab, Policy::None, "").await;
    let hash = tab.run("return fetch('/dist/integrity.json').then((answer) => answer.json()).then((all) => all['kabar.js']);").await;
    let integrity = change(hash.as_str().unwrap());
    let body =
        format!("<kabar-cards feed=/feed/good.json>{FALLBACK}</kabar-cards><script src=/dist/kabar.js integrity={integrity}></script>");
    open(tab, Policy::None, &body).await;
}

fn integrity_that_matches_lets_the_script_in() {
    in_browser(async |tab| {
        with_integrity(tab, str::to_owned).await;
        all_render(tab, 1).await;
        tab.console_is_empty().await;
        reliability::record("`integrity` on the script tag, from integrity.json", 1, "works");
    });
}

fn integrity_that_does_not_match_leaves_the_fallback() {
    in_browser(async |tab| {
        // That of another file.
        let other = |_: &str| format!("sha384-{}", "A".repeat(64));
        with_integrity(tab, other).await;
        tab.check("window.Kabar === undefined && shown(one('#fallback')) && root('kabar-cards') === null").await;
        let lines = tab.console().await;
        assert!(lines.iter().all(|line| !line.starts_with("[kabar]")), "{lines:#?}");
        tab.console_is_empty().await;
        reliability::record("`integrity` on the script tag that does not match", 1, "the browser refuses the script; the fallback stays");
    });
}

/// Puts the files of dist/ to `/made/`, as `change` gives them or without those that it gives none for.
pub(crate) fn copy_of_dist(tab: &Tab, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) {
    let dist = env::var_os("KABAR_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), Into::into);
    for entry in fs::read_dir(dist).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let mime = match name.rsplit_once('.') {
            Some((_, "js")) => "text/javascript",
            Some((_, "wasm")) => "application/wasm",
            _ => continue,
        };
        if let Some(bytes) = change(&name, fs::read(entry.path()).unwrap()) {
            tab.make(&name, mime, bytes);
        }
    }
}

/// The same module with a custom section at its end: as good as before, but for its hash.
fn changed(mut wasm: Vec<u8>) -> Vec<u8> {
    wasm.extend([0, 2, 1, b'x']);
    wasm
}

const COPY: &str = "<script src=/made/kabar.js></script>";

fn a_copy_of_dist_works() {
    in_browser(async |tab| {
        copy_of_dist(tab, |_, bytes| Some(bytes));
        open(tab, Policy::None, &format!("<kabar-cards feed=/feed/good.json>{FALLBACK}</kabar-cards>{COPY}")).await;
        all_render(tab, 1).await;
        tab.console_is_empty().await;
    });
}

fn a_wasm_that_was_changed_is_refused() {
    in_browser(async |tab| {
        copy_of_dist(tab, |name, bytes| Some(if is_wasm(name) && comes_first(name) { changed(bytes) } else { bytes }));
        open(tab, Policy::None, &format!("<kabar-cards feed=/feed/good.json>{FALLBACK}</kabar-cards><kabar-share></kabar-share>{COPY}"))
            .await;
        tab.until("events('kabar-error').length === 2").await;
        tab.check("events('kabar-error').every(({ detail }) => detail.code === 'wasm-failed') && shown(one('#fallback'))").await;
        tab.check("!inside('kabar-cards', 'article')").await;
        let lines = tab.console().await;
        assert_eq!(lines.iter().filter(|line| line.starts_with("[kabar] wasm-failed")).count(), 1, "{lines:#?}");
        tab.console_is_empty().await;
        reliability::record("a wasm whose hash does not match", 1, "`wasm-failed`; the fallback stays");
    });
}

fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "wasm")
}

/// Whether a first card waits for the file.
fn comes_first(name: &str) -> bool {
    name.matches('-').count() < 2
}

fn a_later_module_that_was_changed_is_refused() {
    in_browser(async |tab| {
        copy_of_dist(tab, |name, bytes| Some(if is_wasm(name) && !comes_first(name) { changed(bytes) } else { bytes }));
        let body = format!(
            "<kabar-cards feed=/feed/good.json limit=4></kabar-cards><kabar-next feed=/feed/news.atom>{FALLBACK}</kabar-next>{COPY}"
        );
        open(tab, Policy::None, &body).await;
        // Markup needs what does not come; JSON does not, until there is something to change.
        tab.until("events('kabar-error').length === 1 && all('kabar-cards', 'article').length === 4").await;
        tab.run("one('kabar-cards').setAttribute('limit', 2);").await;
        tab.until("events('kabar-error').length === 2").await;
        tab.check("events('kabar-error').every(({ detail }) => detail.code === 'wasm-failed') && shown(one('#fallback'))").await;
        tab.check("all('kabar-cards', 'article').length === 4").await;
        tab.console().await;
        tab.console_is_empty().await;
        reliability::record("a later module whose hash does not match", 2, "`wasm-failed`; what is shown stays, and so does a fallback");
    });
}

fn a_script_that_was_changed_is_refused_by_an_import_map() {
    in_browser(async |tab| {
        let mut hashes = serde_json::Map::new();
        open(tab, Policy::None, "").await;
        let all = tab.run("return fetch('/dist/integrity.json').then((answer) => answer.json());").await;
        for (name, hash) in all.as_object().unwrap() {
            let script = Path::new(name).extension().is_some_and(|extension| extension == "js");
            if script && name != "kabar.js" {
                hashes.insert(format!("/made/{name}"), hash.clone());
            }
        }
        let map = format!("<script type=importmap>{}</script>", json!({ "integrity": hashes }));
        let body =
            format!("{map}<kabar-cards feed=/feed/good.json cache=session>{FALLBACK}</kabar-cards><kabar-share></kabar-share>{COPY}");
        let kept = "Object.keys(sessionStorage).some((key) => key.startsWith('kabar:'))";

        copy_of_dist(tab, |_, bytes| Some(bytes));
        open(tab, Policy::None, &body).await;
        all_render(tab, 2).await;
        tab.until(kept).await;
        tab.run("sessionStorage.clear();").await;
        tab.console_is_empty().await;

        // The same script with a line break more.
        let longer = |bytes: Vec<u8>| [bytes, b"\n".to_vec()].concat();
        copy_of_dist(tab, |name, bytes| Some(if name.starts_with("kabar-cache-") { longer(bytes) } else { bytes }));
        open(tab, Policy::None, &body).await;
        tab.until("events('kabar-error').length === 1 && all('kabar-cards', 'article.card').length === 6").await;
        tab.check("events('kabar-error')[0].detail.code === 'wasm-failed'").await;
        assert_eq!(tab.js(kept).await, false, "what is not there keeps nothing");
        tab.console().await;

        copy_of_dist(tab, |name, bytes| {
            Some(if comes_first(name) && name != "kabar.js" && !is_wasm(name) { longer(bytes) } else { bytes })
        });
        open(tab, Policy::None, &body).await;
        tab.until("events('kabar-error').length === 2").await;
        tab.check("events('kabar-error').every(({ detail }) => detail.code === 'wasm-failed') && shown(one('#fallback'))").await;
        tab.check("!inside('kabar-cards', 'article')").await;
        tab.console().await;
        tab.console_is_empty().await;
        reliability::record(
            "a script whose hash in the page's import map does not match",
            2,
            "`wasm-failed`; what needs it stays away, and the fallback in its place",
        );
    });
}

/// A page with a frame that has no origin, and in it a page that shows cards.
/// What the frame notes is in its `noted`.
async fn in_sandbox(tab: &Tab, place: &str) {
    let inner = format!(
        "<script>window.noted = [];
        console.error = (line) => noted.push(line.split(' ', 2).join(' '));
        for (const name of ['error', 'unhandledrejection', 'kabar-ready', 'kabar-error']) addEventListener(name, (event) =>
            noted.push(`${{name}} ${{event.detail?.code ?? event.message ?? event.reason ?? ''}}`));</script>
        <kabar-cards feed={place}/feed/good.json loading=eager>{FALLBACK}</kabar-cards><kabar-share loading=eager></kabar-share>
        <script src={place}/dist/kabar.js></script>"
    );
    tab.make_page("frame.html", Policy::None, page(&inner));
    open(tab, Policy::None, "<iframe sandbox='allow-scripts' src=/made/frame.html width=800 height=600></iframe>").await;
    tab.enter_frame().await;
    tab.until("window.origin === 'null' && noted.filter((line) => line.startsWith('kabar-')).length >= 2").await;
}

fn a_sandboxed_frame_without_an_origin_of_its_own() {
    in_browser(async |tab| {
        in_sandbox(tab, "/shared").await;
        assert_eq!(tab.js("noted").await, json!(["kabar-ready ", "kabar-ready "]));
        tab.check("document.querySelector('kabar-cards').shadowRoot.querySelectorAll('article.card').length === 6").await;
        tab.leave_frame().await;
        tab.console_is_empty().await;
        reliability::record("a sandboxed frame without same-origin, files and feed shared by CORS", 1, "works");
    });
}

fn a_sandboxed_frame_that_may_read_nothing() {
    in_browser(async |tab| {
        in_sandbox(tab, "").await;
        assert_eq!(tab.js("noted").await, json!(["[kabar] wasm-failed:", "kabar-error wasm-failed", "kabar-error wasm-failed"]));
        tab.check("document.querySelector('#fallback').getClientRects().length > 0").await;
        tab.leave_frame().await;
        reliability::record("a sandboxed frame without same-origin, nothing shared", 1, "`wasm-failed`; the fallback stays");
    });
}
