//! A site built by Hugo from tests/real/hugo/: by the JSON Feed that a
//! template of the site makes, and by the RSS that is built into Hugo.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use axum::{
    Router,
    http::{StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

use crate::{
    harness::{Tab, cases, in_browser},
    reader::{Shown, asked, check_cut, check_shared, read, shown},
};

cases![articles_by_the_json_feed_of_a_template, articles_by_the_rss_that_is_built_in];

/// What the source of an article says, from content/artikel/.
struct Article {
    slug: &'static str,
    title: &'static str,
    /// The date in UTC; the source has it in Jakarta's time.
    published: &'static str,
    author: &'static str,
    tags: &'static [&'static str],
    /// Empty where none was written by hand.
    summary: &'static str,
    /// The text's first sentence.
    lead: &'static str,
    /// Its file; empty where there is none.
    picture: &'static str,
}

/// The newest first.
const ARTICLES: [Article; 9] = [
    Article {
        slug: "angin-timur",
        title: "Angin timur & layar baru",
        published: "2024-05-09T16:40:00Z",
        author: "Sari Wulandari",
        tags: &["angin", "layar"],
        summary: "",
        lead: "Layar pertama dijahit dari karung bekas tepung.",
        picture: "angin.svg",
    },
    Article {
        slug: "si-lentera",
        title: "Perahu \"Si Lentera\" pulang",
        published: "2024-05-07T23:00:00Z",
        author: "Jaka Umbara",
        tags: &["perahu"],
        summary: "Tiga hari di laut, satu peti surat di palka.",
        lead: "Nakhodanya turun paling akhir.",
        picture: "",
    },
    Article {
        slug: "tiga-kurang-lima",
        title: "3 < 5, dan hitungan lain di pasar",
        published: "2024-05-07T03:15:00Z",
        author: "Sari Wulandari",
        tags: &["pasar"],
        summary: "",
        lead: "Papan harganya ditulis anak kelas dua.",
        picture: "",
    },
    Article {
        slug: "kanal-dikeruk",
        title: "Kanal dikeruk sampai batu lama",
        published: "2024-05-06T01:00:00Z",
        author: "Jaka Umbara",
        tags: &["kanal", "kerja bakti"],
        summary: "",
        lead: "Batunya bertanda tahun yang sudah pudar.",
        picture: "kanal.svg",
    },
    Article {
        slug: "nasi-jum-at",
        title: "Nasi Jum’at di serambi",
        published: "2024-05-05T04:30:00Z",
        author: "Sari Wulandari",
        tags: &[],
        summary: "Dua ratus bungkus habis sebelum azan kedua.",
        lead: "Bungkusnya daun jati.",
        picture: "",
    },
    Article {
        slug: "sumur-tua",
        title: "Sumur tua dibuka — airnya jernih",
        published: "2024-05-04T00:00:00Z",
        author: "Jaka Umbara",
        tags: &["air"],
        summary: "",
        lead: "Timbanya masih tergantung.",
        picture: "sumur.svg",
    },
    Article {
        slug: "tenun-siang",
        title: "Tenun siang hari",
        published: "2024-05-03T06:00:00Z",
        author: "Sari Wulandari",
        tags: &["tenun"],
        summary: "",
        lead: "Benangnya dijemur di pagar.",
        picture: "tenun.svg",
    },
    Article {
        slug: "peta-kampung",
        title: "Peta kampung digambar ulang",
        published: "2024-05-02T02:00:00Z",
        author: "Jaka Umbara",
        tags: &["peta"],
        summary: "",
        lead: "Gang buntu ternyata tembus.",
        picture: "",
    },
    Article {
        slug: "catatan-pertama",
        title: "Catatan pertama",
        published: "2024-04-30T23:00:00Z",
        author: "Sari Wulandari",
        tags: &[],
        summary: "",
        lead: "Semua dimulai dari papan kapur.",
        picture: "",
    },
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Feed {
    Json,
    Rss,
}

/// Builds the site for an origin of its own, which serves it as long as the test runs.
async fn site(feed: Feed) -> String {
    let (config, name) = match feed {
        Feed::Json => ("hugo.toml", "hugo-json"),
        Feed::Rss => ("hugo.toml,rss-only.toml", "hugo-rss"),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut hugo = Command::new("hugo");
    hugo.args(["--quiet", "--noBuildLock", "--cleanDestinationDir", "--config", config, "--baseURL", &origin]);
    hugo.arg("--source").arg(root().join("tests/real/hugo")).arg("--destination").arg(&built);
    // Or it makes a folder beside the source.
    hugo.env("HUGO_RESOURCEDIR", built.with_extension("resources"));
    let output = hugo.output().unwrap_or_else(|error| panic!("hugo does not start ({error}): run `cargo xtask test hugo`"));
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let answer = move |uri: Uri| async move { answer(&built, uri.path()) };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await.unwrap() });
    origin
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the built site, or of `dist/` under /dist/.
fn answer(built: &Path, path: &str) -> Response {
    let dist = || std::env::var_os("KABAR_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    let file = match path.strip_prefix("/dist/") {
        Some(name) => dist().join(name),
        None if path.ends_with('/') => built.join(&path[1..]).join("index.html"),
        None => built.join(&path[1..]),
    };
    let mime = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    };
    std::fs::read(file).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), |bytes| ([(CONTENT_TYPE, mime)], bytes).into_response())
}

fn check_article(shown: &Shown, article: &Article, origin: &str, feed: Feed) {
    assert_eq!(shown.url, format!("{origin}/artikel/{}/", article.slug));
    assert_eq!(shown.title, article.title);
    assert_eq!(shown.published, article.published, "{}", article.slug);
    // Hugo's own RSS has no author's name, no tag and no picture, and its
    // description is the text's beginning whatever else was written.
    let (author, tags, summary, picture) = match feed {
        Feed::Json => (article.author, article.tags, article.summary, article.picture),
        Feed::Rss => ("", [].as_slice(), "", ""),
    };
    assert_eq!(shown.author, author, "{}", article.slug);
    assert_eq!(shown.tags, tags, "{}", article.slug);
    let picture = if picture.is_empty() { String::new() } else { format!("{origin}/gambar/{picture}") };
    assert_eq!(shown.picture, picture, "{}", article.slug);
    if summary.is_empty() {
        assert!(shown.excerpt.starts_with(article.lead), "{shown:?}");
        check_cut(&shown.excerpt);
    } else {
        assert_eq!(shown.excerpt, summary);
    }
}

/// Visits an article by its place, and compares all that Kabar shows there with the source.
async fn check_page(tab: &Tab, origin: &str, place: usize, feed: Feed) {
    let current = format!("{origin}/artikel/{}/", ARTICLES[place].slug);
    read(tab, &current).await;
    let cards = shown(tab, "kabar-cards").await;
    assert_eq!(cards.len(), 6);
    let others = ARTICLES.iter().enumerate().filter(|(other, _)| *other != place);
    for (card, (_, article)) in cards.iter().zip(others) {
        check_article(card, article, origin, feed);
    }
    let teaser = shown(tab, "kabar-next").await;
    assert_eq!(teaser.len(), 1);
    check_article(&teaser[0], &ARTICLES[place + 1], origin, feed);
    check_shared(tab, &current).await;
    let name = if feed == Feed::Json { "feed.json" } else { "index.xml" };
    let feeds: Vec<String> = asked(tab).await.into_iter().filter(|url| !url.contains("/dist/")).collect();
    assert_eq!(feeds, [format!("{origin}/{name}")]);
    tab.console_is_empty().await;
}

fn articles_by_the_json_feed_of_a_template() {
    in_browser(async |tab| {
        let origin = site(Feed::Json).await;
        check_page(tab, &origin, 0, Feed::Json).await;
        check_page(tab, &origin, 2, Feed::Json).await;
    });
}

fn articles_by_the_rss_that_is_built_in() {
    in_browser(async |tab| {
        let origin = site(Feed::Rss).await;
        check_page(tab, &origin, 0, Feed::Rss).await;
        check_page(tab, &origin, 2, Feed::Rss).await;
    });
}
