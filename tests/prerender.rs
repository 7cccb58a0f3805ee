//! `kabar prerender`, the program itself: what it writes, and what it leaves alone.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails as the test does; clippy knows only test functions")]

mod html;

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use html::{Piece, pieces};
use sha2::{Digest, Sha256};

const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "language": "id", "items": [
    {"id": "2", "url": "/dua/", "title": "Kedua", "content_text": "Isi kedua", "date_published": "2019-03-26T10:15:00+07:00"},
    {"id": "1", "url": "/satu/", "title": "Pertama", "content_text": "Isi pertama", "date_published": "2019-03-25T10:15:00+07:00"}]}"#;

const PAGE: &str = "<!DOCTYPE html>\r\n<html lang=id><head><TITLE>Judul &amp; isi</TITLE>
<link rel=canonical href=/satu/?utm_source=x></head><body>
<kabar-cards  feed='/feed.json' timezone=Asia/Jakarta ><a href=/arsip>Semua</a></kabar-cards>
<!-- kabar-share networks=\"whatsapp copy\" --><kabar-next feed=/feed.json order=newer></kabar-next>
<script>if (1 < 2) \"<kabar-cards>\"</script></body></html>\n";

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prerender").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A site of one page and its feed.
fn site(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("feed.json"), FEED).unwrap();
    fs::write(folder.join("page.html"), PAGE).unwrap();
    folder
}

fn kabar(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kabar")).arg("prerender").args(arguments).current_dir(folder).output().unwrap()
}

/// What it writes, if it has nothing to say.
fn written(folder: &Path, arguments: &[&str]) -> String {
    let output = kabar(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it says when it fails.
fn failure(folder: &Path, arguments: &[&str]) -> String {
    let output = kabar(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?} wrote something all the same");
    String::from_utf8(output.stderr).unwrap()
}

const SITE: [&str; 4] = ["--base", "https://warta.example/", "--files", "."];

/// What stands in a page between these two.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).map(|after| after.split(end).next().unwrap()).collect()
}

/// The texts of all elements of this name in what was rendered.
fn texts(html: &str, wanted: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut open = false;
    for piece in between(html, "<template shadowrootmode=\"open\">", "</template>").into_iter().flat_map(pieces) {
        match piece {
            Piece::Start(name, _) if name == wanted => {
                open = true;
                texts.push(String::new());
            }
            Piece::End(name) if name == wanted => open = false,
            Piece::Text(text) if open => *texts.last_mut().unwrap() += &text,
            _ => {}
        }
    }
    texts
}

#[test]
fn an_element_is_complete_without_a_script() {
    let folder = site("element");
    let arguments = ["cards", "--feed", "/feed.json", "--limit", "2", "--timezone", "Asia/Jakarta", "--current", ""];
    let html = written(&folder, &[&arguments[..], &SITE].concat());
    let start = r#"<kabar-cards feed="/feed.json" timezone="Asia/Jakarta" limit="2" current=""><template shadowrootmode="open"><style>"#;
    assert!(html.starts_with(start), "{html}");
    assert!(html.ends_with("</div></template></kabar-cards>\n"), "{html}");
    assert_eq!(texts(&html, "h3"), ["Kedua", "Pertama"]);
    assert_eq!(texts(&html, "time"), ["Sel, 26 Mar 2019", "Sen, 25 Mar 2019"]);
    assert!(html.contains(r#"<a href="https://warta.example/dua/""#), "{html}");
}

#[test]
fn a_page_is_filled_and_nothing_else_in_it_changes() {
    let folder = site("page");
    let html = written(&folder, &[&["--page", "page.html"], &SITE[..]].concat());
    let mut bare = html.clone();
    for content in between(&html, "<template", "</template>") {
        bare = bare.replacen(&format!("<template{content}</template>"), "", 1);
    }
    assert_eq!(
        bare,
        PAGE.replace("<!-- kabar-share networks=\"whatsapp copy\" -->", "<kabar-share networks=\"whatsapp copy\"></kabar-share>")
    );
    // The page is one of the two articles, so there is one card, and the other is newer.
    assert_eq!(texts(&html, "h3"), ["Kedua", "Kedua"]);
    assert!(html.contains("https://wa.me/?text=Judul%20%26%20isi%20https%3A%2F%2Fwarta.example%2Fsatu%2F%3Futm_source%3Dx"), "{html}");
    assert!(html.contains(r#"aria-label="Bagikan ke WhatsApp, buka tab baru""#), "{html}");

    // Once more in its place, and once more.
    for _ in 0..2 {
        written(&folder, &[&["--page", "page.html", "--in-place"], &SITE[..]].concat());
        assert_eq!(fs::read_to_string(folder.join("page.html")).unwrap(), html);
    }
    written(&folder, &[&["--page", "page.html", "--out", "new/page.html"], &SITE[..]].concat());
    assert_eq!(fs::read_to_string(folder.join("new/page.html")).unwrap(), html);
}

#[test]
fn every_page_of_a_folder_has_its_own_address() {
    let folder = folder("folder");
    fs::write(folder.join("feed.json"), FEED).unwrap();
    for page in ["satu", "dua"] {
        fs::create_dir_all(folder.join(page)).unwrap();
        fs::write(folder.join(page).join("index.html"), "<kabar-cards feed=../feed.json></kabar-cards>").unwrap();
    }
    written(&folder, &[&["--page", ".", "--in-place"], &SITE[..]].concat());
    let titles = |page: &str| texts(&fs::read_to_string(folder.join(page).join("index.html")).unwrap(), "h3");
    assert_eq!((titles("satu"), titles("dua")), (vec!["Kedua".to_owned()], vec!["Pertama".to_owned()]));
}

#[test]
fn the_style_is_inline_with_its_hash_or_a_link() {
    let folder = site("style");
    let share = ["share", "--url", "https://warta.example/satu"];
    let html = written(&folder, &share);
    let [style] = between(&html, "<style>", "</style>")[..] else { panic!("not one style in {html}") };
    // Content Security Policy Level 3, "Does element match source list for type and source?"
    let hash = format!("'sha256-{}' ", STANDARD.encode(Sha256::digest(style)));
    assert!(written(&folder, &["--style-hash"]).starts_with(&hash));
    let linked = written(&folder, &[&share[..], &["--style", "link=/kabar.css?a&b"]].concat());
    assert!(linked.contains(r#"<template shadowrootmode="open"><link rel="stylesheet" href="/kabar.css?a&amp;b"><nav "#), "{linked}");
    assert!(!linked.contains("<style"), "{linked}");
}

#[test]
fn every_fixture_gives_its_cards_and_well_formed_html() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    for format in ["atom", "ghost", "jsonfeed", "rss", "wordpress"] {
        for entry in fs::read_dir(fixtures.join(format)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let Some(stem) = name.strip_suffix(".expected.json") else { continue };
            let mut feeds = ["json", "xml"].into_iter().map(|ending| format!("{stem}.{ending}"));
            let feed = feeds.find(|feed| path.with_file_name(feed).is_file()).unwrap();
            let expected: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let arguments = ["cards", "--limit", "10000", "--base", "https://warta.example/", "--feed"];
            let html = written(&fixtures.join(format), &[&arguments[..], &[feed.as_str()]].concat());
            let cards = pieces(&html).into_iter().filter(|piece| matches!(piece, Piece::Start(name, _) if name == "article")).count();
            assert_eq!(cards, expected["items"].as_array().unwrap().len(), "{name}");
            count += 1;
        }
    }
    assert!(count > 50, "only {count} fixtures were found");
}

#[test]
fn hostile_text_breaks_out_of_nothing() {
    let folder = folder("hostile");
    let bad = r#"</style></template></kabar-cards><script>alert(1)</script><img src=x onerror="alert(1)">' `"#;
    let feed = serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "language": bad, "items": [
        { "id": bad, "title": bad, "content_text": bad, "url": format!("https://a.example/{bad}"), "image": format!("https://a.example/?{bad}"),
          "tags": [bad], "authors": [{ "name": bad }], "_kabar": { "alt": bad, "caption": bad }, "date_published": "2019-03-25T10:15:00Z" },
        { "id": "2", "url": "javascript:alert(1)", "title": "Tanpa tautan" }] });
    fs::write(folder.join("feed.json"), feed.to_string()).unwrap();
    let hostile = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/feeds/hostile.json")).unwrap();
    fs::write(folder.join("hostile.json"), hostile).unwrap();
    let show = ["--show", "image title date author excerpt tags caption", "--base", "https://warta.example/"];
    for arguments in [
        &["cards", "--feed", "feed.json", "--lang", bad][..],
        &["cards", "--feed", "hostile.json"],
        &["next", "--feed", "feed.json", "--label", bad],
        &["next", "--feed", "hostile.json"],
        &["share", "--title", bad, "--text", bad, "--utm", bad, "--hashtags", bad, "--via", bad, "--label", bad],
    ] {
        let show = if arguments[0] == "share" { &show[2..] } else { &show[..] };
        let output = kabar(&folder, &[arguments, show].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let html = String::from_utf8(output.stdout).unwrap();
        let pieces = pieces(&html);
        for piece in &pieces {
            let Piece::Start(name, attributes) = piece else { continue };
            let known =
                "kabar-cards kabar-next kabar-share template style div article aside nav p h3 a img time ul li button svg path span slot";
            assert!(known.split(' ').any(|known| known == name), "<{name}> in {html}");
            for (name, value) in attributes {
                assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{name} in {html}");
                if ["href", "src"].contains(&name.as_str()) {
                    assert!(["https://", "http://", "mailto:"].iter().any(|scheme| value.starts_with(scheme)), "{value} in {html}");
                }
            }
        }
        assert_eq!(html.matches("<template").count(), 1, "{html}");
        // It is there, as text.
        let is_text = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains("<img src=x onerror="));
        assert!(arguments[0] == "share" && html.contains("&lt;script&gt;") || pieces.iter().any(is_text), "{html}");
    }
}

#[test]
fn a_failure_is_said_and_the_page_is_untouched() {
    let folder = site("failure");
    let page = |html: &str| fs::write(folder.join("page.html"), html).unwrap();
    let fails = |html: &str, more: &[&str]| {
        page(html);
        let said = failure(&folder, &[&["--page", "page.html", "--in-place"], more].concat());
        assert_eq!(fs::read_to_string(folder.join("page.html")).unwrap(), html);
        said
    };
    let cards = |feed: &str| format!("<p>One<kabar-share url=https://a.example/></kabar-share><kabar-cards {feed}></kabar-cards>");
    let start = "kabar: page.html: <kabar-cards>:";
    assert!(fails(&cards("feed=none.json"), &[]).starts_with(&format!("{start} none.json: the feed cannot be read: ")));
    assert_eq!(fails(&cards(""), &[]), format!("{start} it needs a `feed` attribute, for the page names no feed\n"));
    fs::write(folder.join("broken.json"), "{\"items\": [").unwrap();
    let broken = "the feed is not valid JSON: name the feed itself and not a page";
    assert_eq!(fails(&cards("feed=broken.json"), &[]), format!("{start} broken.json: {broken}\n"));
    assert_eq!(
        fails(&cards("feed=feed.json"), &[]),
        format!("{start} feed.json: the feed has relative addresses: say with --base where the site is\n")
    );
    assert_eq!(
        fails(&cards("feed=feed.json tag=none"), &SITE),
        format!("{start} the feed has no article to show here: check the `tag` attribute, or wait for a second article\n")
    );
    assert!(fails(&cards("feed=ftp://a.example/"), &SITE).ends_with("feed=\"ftp://a.example/\" is not a web address\n"));
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    fs::write(folder.join("page.html"), b"caf\xe9").unwrap();
    assert_eq!(failure(&folder, &["--page", "page.html"]), "kabar: page.html: the page is not in UTF-8\n");
    assert!(failure(&folder, &["--page", "none.html"]).starts_with("kabar: none.html: the page cannot be read: "));
    assert_eq!(failure(&folder, &["--page", "."]), "kabar: .: a folder of pages needs --in-place or --out\n");
    assert_eq!(
        failure(&folder, &["--files", ".", "--page", "page.html"]),
        "kabar: --files needs --base: the address at which the site serves them\n"
    );
    assert!(failure(&folder, &["--page", "page.html", "cards"]).contains("name one or the other"));
    assert_eq!(kabar(&folder, &["cards", "--limits", "3"]).status.code(), Some(2));
}

#[test]
fn one_bad_page_does_not_keep_the_others_from_being_filled() {
    let folder = site("some");
    fs::write(folder.join("bad.html"), "<kabar-cards feed=none.json></kabar-cards>").unwrap();
    let said = failure(&folder, &[&["--page", ".", "--in-place"], &SITE[..2]].concat());
    assert!(said.starts_with("kabar: ./bad.html: <kabar-cards>:"), "{said}");
    assert!(!fs::read_to_string(folder.join("bad.html")).unwrap().contains("template"));
}

#[test]
fn a_wrong_value_is_said_and_its_default_is_used() {
    let folder = site("warning");
    let output = kabar(&folder, &[&["cards", "--feed", "/feed.json", "--limit", "0", "--timezone", "Jakarta"], &SITE[..]].concat());
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("limit=\"0\"") && said.contains("timezone=\"Jakarta\" is not known"), "{said}");
    assert_eq!(texts(&String::from_utf8(output.stdout).unwrap(), "h3").len(), 2);
}

/// Answers each request with what `answer` makes of its path.
fn serve(answer: fn(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    // The thread lives as long as the test process; it holds nothing but a port.
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let answer = answer(head.split(' ').nth(1).unwrap_or_default());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    origin
}

fn answer(path: &str) -> String {
    let send = |status: &str, body: &str| format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    match path.split('?').next().unwrap() {
        "/old.json" => "HTTP/1.1 301 Moved\r\nLocation: /deep/feed.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
        "/deep/feed.json" => send("200 OK", &FEED.replace("/dua/", "dua/")),
        "/wp-json/wp/v2/posts" if path.contains("_embed=") => {
            send("200 OK", r#"[{"id": 1, "title": {"rendered": "Dari WordPress"}, "link": "https://a.example/1"}]"#)
        }
        "/home" => send("200 OK", r#"<!doctype html><link rel="alternate" type="application/feed+json" href="/deep/feed.json">"#),
        "/large" => send("200 OK", &format!("{FEED}{}", " ".repeat(2 << 20))),
        _ => send("404 Not Found", ""),
    }
}

#[test]
fn a_feed_comes_from_the_web_too() {
    let folder = folder("web");
    let origin = serve(answer);
    let cards = |path: &str| written(&folder, &["cards", "--limit", "1", "--feed", &format!("{origin}{path}")]);
    for path in ["/old.json", "/home"] {
        assert!(cards(path).contains(&format!("href=\"{origin}/deep/dua/\"")), "{path}");
    }
    assert_eq!(texts(&cards("/wp-json/wp/v2/posts"), "h3"), ["Dari WordPress"]);
    let fails = |path: &str| failure(&folder, &["cards", "--feed", &format!("{origin}{path}")]);
    let said = fails("/none");
    assert_eq!(said, format!("kabar: cards: {origin}/none: the feed's server answered with status 404: check the `feed` attribute\n"));
    assert!(fails("/large").ends_with(": the feed is over 2 MiB: publish fewer articles in it\n"));
}

#[test]
fn a_watched_folder_is_kept_filled() {
    let folder = site("watch");
    let out = folder.join("out");
    fs::create_dir(folder.join("in")).unwrap();
    fs::rename(folder.join("page.html"), folder.join("in/page.html")).unwrap();
    let mut process = Command::new(env!("CARGO_BIN_EXE_kabar"))
        .args(["prerender", "--watch", "--page", "in", "--out", "out"])
        .args(SITE)
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = |file: &str, wanted: &str| {
        let start = Instant::now();
        loop {
            let found = fs::read_to_string(out.join(file)).unwrap_or_default();
            if found.contains(wanted) {
                return true;
            }
            if start.elapsed() > Duration::from_secs(30) {
                return false;
            }
            thread::sleep(Duration::from_millis(50));
        }
    };
    let first = until("page.html", ">Kedua</a>");
    fs::write(folder.join("in/new.html"), "<kabar-cards feed=feed.json></kabar-cards>").unwrap();
    fs::write(folder.join("in/page.html"), PAGE.replace("Judul", "Nama")).unwrap();
    let page = until("page.html", "<TITLE>Nama");
    fs::write(folder.join("feed.json"), FEED.replace("Kedua", "Yang kedua")).unwrap();
    let feed = until("page.html", ">Yang kedua</a>");
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(first && page && feed, "filled at first: {first}, after its change: {page}, after the feed's: {feed}");
}
