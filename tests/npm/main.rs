//! The npm package in apps: `cargo xtask test npm` packs `dist/`, installs the
//! tarball, builds the apps beside this file and runs this; `KABAR_NPM` names
//! the folder of the built ones. `harness` is that of tests/pages.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[allow(dead_code, unused_imports, reason = "tests/pages uses the rest")]
#[path = "../pages/harness/mod.rs"]
mod harness;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    http::{StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

use harness::{Tab, cases, in_browser};

cases![without_a_bundler, vite, webpack, astro, react, vue, svelte, solid];

/// The words of `feed.json`, the newest article first, and of `feed.xml`.
const TITLES: [&str; 3] = ["Kapal pertama bersandar", "Jembatan lama dicat biru", "Lampu mercu menyala lagi"];
const NEXT: &str = "Peti jeruk terakhir";

/// "Share this" in Dutch, whose words are in a file of their own.
const SHARE_THIS: &str = "Delen";

fn main() -> std::process::ExitCode {
    harness::run(&[CASES], &[])
}

/// A built app on an origin of its own, with the feeds at its root.
async fn serve(app: &str) -> String {
    let sites = env::var_os("KABAR_NPM").expect("KABAR_NPM names no folder: run `cargo xtask test npm`");
    let site = PathBuf::from(sites).join(app);
    assert!(site.join("index.html").is_file(), "{} is not built: run `cargo xtask test npm`", site.display());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let answer = move |uri: Uri| async move { answer(&site, uri.path()) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await.unwrap() });
    origin
}

fn answer(site: &Path, path: &str) -> Response {
    let file = match path {
        "/favicon.ico" => return StatusCode::NO_CONTENT.into_response(),
        "/" => site.join("index.html"),
        "/feed.json" | "/feed.xml" => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm").join(&path[1..]),
        _ => site.join(&path[1..]),
    };
    let mime = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("xml") => "application/rss+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    fs::read(file).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), |bytes| ([(CONTENT_TYPE, mime)], bytes).into_response())
}

/// Visits an app, which has cards of a JSON Feed, a share bar in Dutch and a teaser from RSS.
fn check(app: &str) {
    check_with(app, 2, async |_| {});
}

/// The same, with the number of JSON files that it asks for, and more to look at.
fn check_with(app: &str, files: usize, more: impl AsyncFn(&Tab)) {
    in_browser(async |tab| {
        let origin = serve(app).await;
        tab.open(&format!("{origin}/")).await;
        tab.until("one('kabar-next') && events('kabar-ready').length + events('kabar-error').length === 3").await;
        let errors = tab.texts("events('kabar-error').map((event) => `${event.detail.code}: ${event.detail.message}`)").await;
        assert_eq!(errors, [""; 0], "{app}");
        assert_eq!(tab.texts("all('kabar-cards', '[part~=title]').map((title) => title.textContent)").await, TITLES);
        tab.until(&format!("inside('kabar-share', '[part~=heading]').textContent === '{SHARE_THIS}'")).await;
        assert_eq!(tab.text("inside('kabar-next', '[part~=title]').textContent").await, NEXT);
        // By the event's name, as the framework listens to it.
        assert_eq!(tab.text("document.body.dataset.ready ?? ''").await, "yes");
        // A page downloads one language of all that the bundler has copied.
        let asked = tab.texts("performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => new URL(name).pathname.endsWith('.json'))").await;
        assert_eq!(asked.len(), files, "{asked:?}");
        more(tab).await;
        tab.console_is_empty().await;
    });
}

fn without_a_bundler() {
    check("plain");
}

/// Besides, what a page fetches that asks for it: a look, a network, counts.
fn vite() {
    // The network and the words for those that have no name of their own.
    check_with("vite", 4, async |tab| {
        tab.until("getComputedStyle(inside('kabar-cards', 'article')).borderTopWidth === '3px'").await;
        let shared = tab.text("inside('kabar-share', '[data-network=linkedin]').href").await;
        assert!(shared.starts_with("https://www.linkedin.com/sharing/share-offsite/?url=http"), "{shared}");
        tab.run("one('kabar-cards').scrollIntoView();").await;
        tab.until("events('kabar-view').some((event) => event.tag === 'kabar-cards')").await;
        tab.run("navigator.sendBeacon = (...sent) => (window.sent = sent);").await;
        // The script that counts may be on its way still.
        tab.until("dispatchEvent(new Event('pagehide')) && window.sent").await;
        tab.check("sent[0] === `${location.origin}/counts` && JSON.parse(sent[1]).view === 1").await;
    });
}

fn webpack() {
    check("webpack");
}

fn astro() {
    check("astro");
}

fn react() {
    check("react");
}

fn vue() {
    check("vue");
}

fn svelte() {
    check("svelte");
}

fn solid() {
    check("solid");
}
