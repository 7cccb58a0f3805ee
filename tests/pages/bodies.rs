//! What a server can send in place of a plain feed in UTF-8: other media types,
//! other encodings, compressed bodies, words before and after it, other pages.

use std::io::Write;

use crate::{
    harness::{Engine, Tab, cases, in_browser, reliability, wire::Wire},
    network::{ONE, PROBE, fails, renders, visit},
};

cases![
    json_under_another_media_type,
    json_in_utf_16,
    json_after_a_byte_order_mark,
    rss_in_latin_1,
    rss_that_says_utf_16_and_is_not,
    a_compressed_body,
    notices_of_php_before_it,
    junk_after_it,
    a_login_page,
    an_empty_body,
    half_a_feed_with_its_end,
];

const TITLE: &str = "Nelayan kembali melaut";
const JSON: &str = "content-type: application/feed+json";

/// The title with letters that no two encodings write alike.
const LETTERS: &str = "Café “Kéjo” – ꦏꦧꦂ 🗞";

/// A body that renders.
async fn reads(tab: &Tab, fields: &[&str], body: &[u8], title: &str) {
    let wire = Wire::start();
    visit(tab, &wire.answer_with("/feed", "200 OK", fields, body)).await;
    renders(tab, title).await;
    wire.ends().await;
}

fn json_under_another_media_type() {
    const TYPES: &[&str] = &["application/json", "text/html", "text/plain; charset=utf-8", "application/octet-stream", "nonsense"];
    in_browser(async |tab| {
        tab.before(PROBE).await;
        for kind in TYPES {
            reads(tab, &[&format!("content-type: {kind}"), "x-content-type-options: nosniff"], ONE.as_bytes(), TITLE).await;
        }
        reads(tab, &[], ONE.as_bytes(), TITLE).await;
        reliability::record("JSON under another media type, or none", TYPES.len() + 1, "renders");
    });
}

fn json_in_utf_16() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let text = format!("\u{feff}{}", ONE.replace(TITLE, LETTERS));
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        reads(tab, &[JSON], &little, LETTERS).await;
        reads(tab, &[JSON], &big, LETTERS).await;
        reliability::record("JSON in UTF-16 with a byte order mark", 2, "renders");
    });
}

fn json_after_a_byte_order_mark() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        reads(tab, &[JSON], format!("\u{feff}{}", ONE.replace(TITLE, LETTERS)).as_bytes(), LETTERS).await;
        reliability::record("JSON in UTF-8 with a byte order mark", 1, "renders");
    });
}

fn rss_in_latin_1() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let rss = |declaration: &str| {
            let text = format!(
                "<?xml version=\"1.0\"{declaration}?><rss version=\"2.0\"><channel><title>Koran</title><link>https://koran.example/</link>\
                <description>Uji</description><item><title>Caf\u{e9} di S\u{e8}te</title><link>https://koran.example/satu</link>\
                <description>Pagi.</description></item></channel></rss>"
            );
            // The first 256 characters of Unicode are Latin-1.
            text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect::<Vec<u8>>()
        };
        let title = "Caf\u{e9} di S\u{e8}te";
        reads(tab, &["content-type: application/rss+xml"], &rss(" encoding=\"ISO-8859-1\""), title).await;
        reads(tab, &["content-type: text/xml; charset=iso-8859-1"], &rss(""), title).await;
        reliability::record("RSS in Latin-1, by its declaration or its media type", 2, "renders");
    });
}

/// .NET writes the encoding of its texts in memory, and then sends another:
/// <https://learn.microsoft.com/dotnet/api/system.io.stringwriter.encoding>.
fn rss_that_says_utf_16_and_is_not() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let rss = format!(
            "<?xml version=\"1.0\" encoding=\"utf-16\"?><rss version=\"2.0\"><channel><title>Koran</title>\
            <item><title>{LETTERS}</title><link>https://koran.example/satu</link></item></channel></rss>"
        );
        reads(tab, &["content-type: application/rss+xml"], rss.as_bytes(), LETTERS).await;
        reliability::record("RSS in UTF-8 that says it is in UTF-16", 1, "renders");
    });
}

/// A body, compressed.
pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn a_compressed_body() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let body = ONE.replace(TITLE, LETTERS);
        reads(tab, &[JSON, "content-encoding: gzip"], &gzip(body.as_bytes()), LETTERS).await;
        // Not every browser takes Brotli where there is no TLS.
        if tab.is(Engine::Chromium) {
            let mut packed = Vec::new();
            brotli::CompressorWriter::new(&mut packed, 4096, 5, 20).write_all(body.as_bytes()).unwrap();
            reads(tab, &[JSON, "content-encoding: br"], &packed, LETTERS).await;
        }
        reliability::record("a gzip or Brotli body", 2, "renders");
        // Said to be compressed, and is not: WebKit hands out the bytes as they came.
        let wire = Wire::start();
        visit(tab, &wire.answer_with("/feed", "200 OK", &[JSON, "content-encoding: gzip"], body.as_bytes())).await;
        if tab.is(Engine::Webkit) {
            return renders(tab, LETTERS).await;
        }
        fails(tab, &wire, "feed-unreachable", &["Failed to load resource"]).await;
        reliability::record("a body that is said to be gzip and is not", 1, "`feed-unreachable`; the fallback stays");
    });
}

fn notices_of_php_before_it() {
    const NOTICES: &[&str] = &[
        "\nNotice: Undefined variable: judul in /var/www/wp-content/plugins/umpan/umpan.php on line 12\n",
        "<br />\n<b>Warning</b>:  Undefined array key \"gambar\" in <b>/var/www/umpan.php</b> on line <b>7</b><br />\n",
        "<br />\n<b>Deprecated</b>:  Function strftime() is deprecated in <b>/var/www/umpan.php</b> on line <b>3</b><br />\n\n\n",
        "PHP Notice:  Array to string conversion [8] {umpan} in umpan.php\n",
    ];
    in_browser(async |tab| {
        tab.before(PROBE).await;
        for notice in NOTICES {
            reads(tab, &["content-type: application/json"], format!("{notice}{ONE}").as_bytes(), TITLE).await;
        }
        reliability::record("a notice of PHP's before the JSON", NOTICES.len(), "renders");
    });
}

fn junk_after_it() {
    const JUNK: &[&str] = &["\n<!-- dibuat dalam 0,2 detik -->", "0", "\n\n<script>pasang()</script>\n", "\0\0\0", ";"];
    in_browser(async |tab| {
        tab.before(PROBE).await;
        for junk in JUNK {
            reads(tab, &[JSON], format!("{ONE}{junk}").as_bytes(), TITLE).await;
        }
        reliability::record("junk after the JSON", JUNK.len(), "renders");
    });
}

fn a_login_page() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let wire = Wire::start();
        let page = "<!doctype html><title>Masuk</title><script>const data = {\"items\": []};</script>
            <form method=post><input name=nama><input name=sandi type=password></form>";
        wire.answer_with("/login", "200 OK", &["content-type: text/html; charset=utf-8"], page.as_bytes());
        visit(tab, &format!("{}/login", wire.origin)).await;
        fails(tab, &wire, "feed-invalid", &[]).await;
        let wire = Wire::start();
        wire.answer_with("/login", "200 OK", &["content-type: text/html; charset=utf-8"], page.as_bytes());
        visit(tab, &wire.answer_with("/feed", "302 Found", &["location: /login?next=/feed"], b"")).await;
        fails(tab, &wire, "feed-invalid", &[]).await;
        reliability::record("a login page with status 200, there or by a redirect", 2, "`feed-invalid`; the fallback stays");
    });
}

fn an_empty_body() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        for body in ["", " \n", "\u{feff}"] {
            let wire = Wire::start();
            visit(tab, &wire.answer_with("/feed", "200 OK", &[JSON], body.as_bytes())).await;
            fails(tab, &wire, "feed-invalid", &[]).await;
        }
        reliability::record("an empty body, or one of blanks", 3, "`feed-invalid`; the fallback stays");
    });
}

fn half_a_feed_with_its_end() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        // A server that closes the connection has told no length: the body ends where it stops.
        let mut tried = 0;
        for length in (1..ONE.len()).step_by(40) {
            let wire = Wire::start();
            visit(tab, &wire.answer_with("/feed", "200 OK", &[JSON], &ONE.as_bytes()[..length])).await;
            fails(tab, &wire, "feed-invalid", &[]).await;
            tried += 1;
        }
        reliability::record("a feed cut at some byte", tried, "`feed-invalid`; the fallback stays");
    });
}
