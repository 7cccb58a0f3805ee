//! Sites that a program builds from tests/real/articles/, and what Kabar must
//! show of them: what the source says.

use std::{
    fs,
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
    harness::Tab,
    reader::{Shown, asked, check_cut, check_shared, read, shown},
};

/// What the source of an article says, from tests/real/articles/.
pub(crate) struct Article {
    pub(crate) slug: &'static str,
    pub(crate) title: &'static str,
    /// The date in UTC; the source has it in Jakarta's time.
    pub(crate) published: &'static str,
    pub(crate) author: &'static str,
    pub(crate) tags: &'static [&'static str],
    /// Empty where none was written by hand.
    pub(crate) summary: &'static str,
    /// The text's first sentence.
    pub(crate) lead: &'static str,
    /// Its file; empty where there is none.
    pub(crate) picture: &'static str,
}

/// The newest first.
pub(crate) const ARTICLES: [Article; 9] = [
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

/// How much of the source a feed has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feed {
    /// All of it: the JSON Feed of a template of integrations/.
    Json,
    /// Hugo's own RSS has no author's name, no tag and no picture, and its
    /// description is the text's beginning whatever else was written.
    Rss,
}

/// A site that is being made in a folder of its own.
pub(crate) struct Site {
    /// Where its source lies: fill it, then build it.
    pub(crate) source: PathBuf,
    pub(crate) origin: String,
    listener: TcpListener,
}

impl Site {
    /// An empty folder, and an origin that will serve what is built from it.
    pub(crate) async fn new(name: &str) -> Self {
        let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if source.exists() {
            fs::remove_dir_all(&source).unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        Self { source, origin, listener }
    }

    /// Copies a file or folder of the project to a place in the source.
    pub(crate) fn put(&self, from: &str, to: &str) {
        copy(&root().join(from), &self.source.join(to));
    }

    /// The same with Kabar's own files, `dist/`.
    pub(crate) fn put_dist(&self, to: &str) {
        let dist = std::env::var_os("KABAR_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
        copy(&dist, &self.source.join(to));
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.source.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds it, and serves the folder of that name in it as long as the test runs.
    pub(crate) fn build(self, command: &mut Command, folder: &str) -> String {
        let output = command.current_dir(&self.source).output();
        let output = output.unwrap_or_else(|error| panic!("{command:?} does not start ({error}): run `cargo xtask test`"));
        assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let built = self.source.join(folder);
        let answer = move |uri: Uri| async move { answer(&built, uri.path()) };
        tokio::spawn(async move { axum::serve(self.listener, Router::new().fallback(answer)).await.unwrap() });
        self.origin
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

fn answer(built: &Path, path: &str) -> Response {
    let file = built.join(&path[1..]);
    let file = if path.ends_with('/') { file.join("index.html") } else { file };
    let mime = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    };
    fs::read(file).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), |bytes| ([(CONTENT_TYPE, mime)], bytes).into_response())
}

fn check_article(shown: &Shown, article: &Article, origin: &str, feed: Feed) {
    assert_eq!(shown.url, format!("{origin}/artikel/{}/", article.slug));
    assert_eq!(shown.title, article.title);
    assert_eq!(shown.published, article.published, "{}", article.slug);
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
pub(crate) async fn check_page(tab: &Tab, origin: &str, place: usize, feed: Feed) {
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
    let feeds: Vec<String> = asked(tab).await.into_iter().filter(|url| !url.contains("/kabar/")).collect();
    assert_eq!(feeds, [format!("{origin}/{name}")]);
    tab.console_is_empty().await;
}

/// Visits /tentang/, whose text asks for three cards by the site's own means,
/// with an attribute's value that is not to become markup.
pub(crate) async fn check_shortcode(tab: &Tab, origin: &str) {
    tab.open(&format!("{origin}/tentang/")).await;
    tab.until_event("kabar-ready", "kabar-cards").await;
    let cards = shown(tab, "kabar-cards").await;
    let titles: Vec<&str> = cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, [ARTICLES[0].title, ARTICLES[1].title, ARTICLES[2].title]);
    tab.check("!one('kabar-next') && !one('kabar-share') && !one('b')").await;
    assert!(tab.text("one('kabar-cards').getAttribute('lang')").await.ends_with("><b>"));
    // The feed is valid JSON for every reader, and says which version it is.
    let feed = tab.js(&format!("fetch('{origin}/feed.json').then((answer) => answer.json())")).await;
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["title"], "Catatan Tepian");
    assert_eq!(feed["language"], "id");
    assert_eq!(feed["feed_url"], format!("{origin}/feed.json"));
    assert_eq!(feed["items"].as_array().unwrap().len(), ARTICLES.len());
}
