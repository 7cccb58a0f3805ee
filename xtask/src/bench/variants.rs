//! The pages: the same article each time, with one widget or another in it.

use std::{ffi::OsStr, path::Path};

use anyhow::{Context, Result};

use super::site::Site;
use crate::publish::comes_first;

/// A page with a widget.
pub(super) struct Variant {
    /// In addresses and samples.
    pub(super) name: &'static str,
    /// What the page's head has more.
    head: String,
    /// What stands where the widget is to be.
    body: String,
    /// The files it loads before its first card.
    files: Vec<String>,
}

/// The page's own article is one of the feeds'.
const CANONICAL: &str = "/a/5";

/// How the name of a file begins that stays the same as long as its content does.
const HASHED: &str = "/dist/kabar-";

pub(super) const FEED: &str = "/feed/news.json";

/// The variants that show the whole widget, the same to see.
pub(super) const WHOLE: [&str; 6] = ["kabar", "kabar-hinted", PRERENDERED, "hand-written", "preact", "lit"];

/// Those of them that differ in what they run.
pub(super) const CODE: [&str; 4] = ["kabar", "hand-written", "preact", "lit"];

/// The peers with a style sheet that lays out every card at once.
pub(super) const PLAIN: [&str; 3] = ["hand-written-plain", "preact-plain", "lit-plain"];

/// The variants that show a share bar alone.
pub(super) const BARS: [&str; 3] = ["kabar-bar", "hand-written-bar", "shareon-bar"];

/// Kabar on a page that `kabar prerender` has filled.
pub(super) const PRERENDERED: &str = "kabar-prerendered";

/// Kabar with a button that brings more cards, which the others have not.
pub(super) const MORE: &str = "kabar-more";

/// The page without any widget.
pub(super) const EMPTY: &str = "empty";

/// All of them, for the files that the site has.
pub(super) fn all(site: &Site) -> Result<Vec<Variant>> {
    let code = |path: &&String| matches!(Path::new(path).extension().and_then(OsStr::to_str), Some("js" | "wasm"));
    let dist: Vec<String> = site.paths("/dist/").filter(code).cloned().collect();
    let found = |begins: &str, end: &str| {
        let found = dist.iter().find(|path| path.starts_with(begins) && path.ends_with(end) && (begins != HASHED || comes_first(path)));
        found.cloned().with_context(|| format!("dist/: no {begins}*{end} in it; run `cargo xtask dist`"))
    };
    let kabar: Vec<String> = dist.iter().filter(|path| comes_first(path)).cloned().collect();
    let kabar_bar: Vec<String> = kabar.iter().cloned().chain([found("/dist/kabar-share-bar-", ".wasm")?]).collect();
    // What a page's author can write into the head: both files are needed, and are asked for with the page.
    let hints = format!(
        r#"<link rel="preload" as="fetch" crossorigin href="{}"><link rel="modulepreload" href="{}">"#,
        found(HASHED, ".wasm")?,
        found(HASHED, ".js")?
    );
    let whole = format!(r#"data-feed="{FEED}" data-limit="10" data-show="cards share next""#);
    let elements = format!(
        r#"<kabar-cards feed="{FEED}" limit="10"></kabar-cards><kabar-share></kabar-share><kabar-next feed="{FEED}"></kabar-next>"#
    );
    let bar = r#"data-show="share""#;
    let script = |path: &str, rest: &str| format!(r#"<script async src="{path}" {rest}></script>"#);
    let loader = "/dist/kabar.js";
    let peer = |name: &'static str| {
        let path = format!("/peers/{name}.js");
        Variant { name, head: String::new(), body: script(&path, &whole), files: vec![path] }
    };
    let shareon = ["/peers/shareon.css", "/peers/shareon.js"].map(str::to_owned);
    // Seven, as Kabar has here; it knows no LINE.
    let links = ["whatsapp", "facebook", "twitter", "telegram", "linkedin", "email", "copy-url"];
    let links = links.map(|network| format!(r#"<a class="{network}"></a>"#)).concat();
    let by_hand = "/peers/hand-written.js";
    Ok(vec![
        Variant { name: "kabar", head: String::new(), body: script(loader, &whole), files: kabar.clone() },
        Variant { name: "kabar-hinted", head: hints, body: script(loader, &whole), files: kabar.clone() },
        Variant { name: PRERENDERED, head: String::new(), body: elements + &script(loader, ""), files: kabar.clone() },
        Variant { name: MORE, head: String::new(), body: script(loader, &format!(r#"{whole} data-more="button""#)), files: kabar.clone() },
        peer("hand-written"),
        peer("preact"),
        peer("lit"),
        peer(PLAIN[0]),
        peer(PLAIN[1]),
        peer(PLAIN[2]),
        Variant { name: "kabar-bar", head: String::new(), body: script(loader, bar), files: kabar_bar },
        Variant { name: "hand-written-bar", head: String::new(), body: script(by_hand, bar), files: vec![by_hand.to_owned()] },
        Variant {
            name: "shareon-bar",
            head: format!(r#"<link rel="stylesheet" href="{}">"#, shareon[0]),
            body: format!(r#"<div class="shareon">{links}</div><script async src="{}" init></script>"#, shareon[1]),
            files: shareon.to_vec(),
        },
        Variant { name: EMPTY, head: String::new(), body: String::new(), files: Vec::new() },
    ])
}

impl Variant {
    /// Its page's path.
    pub(super) fn path(&self) -> String {
        format!("/page/{}", self.name)
    }

    /// The bytes that it loads before its first card, after brotli.
    pub(super) fn size(&self, site: &Site) -> usize {
        site.size(&self.files)
    }

    /// The foot of a news article, with a footer that would be seen to move.
    pub(super) fn page(&self) -> String {
        let Self { head, body, .. } = self;
        format!(
            r#"<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Warga Menanam Kembali Tepi Sungai</title>
<link rel="canonical" href="{CANONICAL}">
<link rel="icon" href="data:,">
{head}
<style>body {{ margin: 1rem; font: 1rem/1.5 sans-serif }}</style>
<h1>Warga Menanam Kembali Tepi Sungai</h1>
<p>MALANG — Sejak pukul enam pagi puluhan warga menggali lubang di sepanjang tepi sungai. Setiap keluarga membawa satu bibit,
dan anak-anak memberi nama pada pohonnya masing-masing supaya ada yang merasa memiliki.</p>
<p>Ketua kampung berkata, tanah di tikungan itu hanyut dua musim berturut-turut. Akar bambu dan trembesi diharapkan
menahannya sebelum hujan besar datang lagi pada akhir tahun.</p>
{body}
<footer><p>Warta Uji, halaman buatan untuk mengukur.</p></footer>
</html>
"#
        )
    }
}
