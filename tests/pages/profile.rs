//! Which of the wasm's functions run before the first card. Run by `cargo xtask profile`, on a dist/ that notes them.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use crate::harness::{Tab, cases, in_browser};

cases![profile];

/// What pages are for, and elements that must be there without the second module.
/// A function that only share bars enter, or only feeds of WordPress, has a module
/// of its own: so a page is of one kind.
const PAGES: [(&str, &str); 18] = [
    ("cards", r#"<kabar-cards feed="/feed/good.json" loading="eager"><i>Semua</i></kabar-cards>"#),
    ("share", r#"<kabar-share loading="eager" label="Bagikan"></kabar-share>"#),
    ("next", r#"<kabar-next feed="/feed/good.json" loading="eager"></kabar-next>"#),
    (
        "cards",
        r#"<kabar-cards feed="/feed/good.json" loading="eager" layout="list" limit="3" order="oldest" heading="2" open="new" tag=""
             show="image title date author excerpt tags caption" timezone="Asia/Jakarta" excerpt-words="10" current="/a"></kabar-cards>
           <kabar-cards feed="/feed/good.json" loading="eager" order="feed" exclude-current="false" lang="en"></kabar-cards>"#,
    ),
    (
        "share",
        r#"<kabar-share loading="eager" networks="x facebook copy email" utm="utm_source={network}" via="kabar" hashtags="a,b"
             variant="icon-text" url="/a" title="b" text="c"></kabar-share>
           <kabar-share loading="eager" lang="ms"></kabar-share>"#,
    ),
    (
        "next",
        r#"<kabar-next feed="/feed/good.json" loading="eager" order="newer" wrap="true" label="Lanjut"></kabar-next>
           <kabar-next feed="/feed/good.json" loading="eager" order="feed"></kabar-next>"#,
    ),
    (
        "wordpress",
        r#"<kabar-cards feed="/feed/wordpress.json" loading="eager" more="button"></kabar-cards>
           <kabar-next feed="/feed/wordpress.json" loading="eager" lang="ms"></kabar-next>"#,
    ),
    ("cards", r#"<kabar-cards feed="/feed/page-1.json" loading="eager" more="button" limit="2" dates="relative"></kabar-cards>"#),
    (
        "wordpress",
        r#"<kabar-cards feed="/feed/wp-json/wp/v2/posts?per_page=5" loading="eager" limit="5" more="button"></kabar-cards>
           <kabar-next feed="/feed/wordpress.json" loading="eager" current="https://koran.example/2024/03/berita-3/?a=1"></kabar-next>"#,
    ),
    // Addresses and texts with all that they can have.
    (
        "share",
        r#"<kabar-share loading="eager" url="https://koran.example/berita/5?a=1&amp;b=dua kata&amp;utm_source=a#bagian-é" title="Naik &amp; “turun” 中文"
             text="Baris satu&#10;Baris dua" utm="?utm_source={network}&amp;a=2&amp;c=d e" via="@kabar" hashtags=" #a b, c,,é"></kabar-share>
           <kabar-share loading="eager" label="" title=" " text="Teks" url="/a#b "></kabar-share>"#,
    ),
    (
        "cards",
        r#"<kabar-cards feed="/feed/good.json" loading="eager" current="https://koran.example/berita/satu?utm_source=a&amp;b=1&amp;fbclid=2#c" tag="Ekonomi, kota"
             excerpt-words="0"></kabar-cards>"#,
    ),
    // All that there is, so that it is asked whether there is more.
    ("cards", r#"<kabar-cards feed="/feed/good.json" loading="eager" more="button" limit="99"></kabar-cards>"#),
    ("wordpress", r#"<kabar-cards feed="/feed/wordpress.json" loading="eager" more="scroll" limit="99"></kabar-cards>"#),
    // What publishers get wrong: the elements are there all the same.
    (
        "cards",
        r#"<kabar-cards feed="/feed/good.json" loading="eager" limit="none" layout="table" show="all" timezone="Malang"></kabar-cards>"#,
    ),
    ("share", r#"<kabar-share loading="eager" variant="myspace" url="javascript:1"></kabar-share>"#),
    // A feed that is none, or has nothing to show, must not take the others down.
    (
        "cards",
        r#"<kabar-cards feed="/feed/empty" loading="eager"></kabar-cards><kabar-cards feed="/feed/blank" loading="eager"></kabar-cards>
           <kabar-cards feed="/feed/good.json" tag="none" loading="eager"></kabar-cards>
           <kabar-cards feed="data:," loading="eager"></kabar-cards><kabar-cards feed="/feed/invalid" loading="eager"></kabar-cards>"#,
    ),
    ("next", r#"<kabar-next feed="/feed/good.json" loading="eager" lang="ms" current="/nowhere"></kabar-next>"#),
    ("cards", r#"<kabar-cards feed="/feed/good.json" loading="eager" lang="ms"></kabar-cards>"#),
];

/// What pages say of themselves.
const HEADS: [&str; 4] = [
    "",
    // An article of the feeds; WordPress's has another address.
    r#"<link rel="canonical" href="https://koran.example/berita/tiga/"><meta property="og:url" content="https://koran.example/2024/03/berita-3/">"#,
    r#"<script>document.documentElement.lang = 'id-ID'</script><link rel="canonical" href="https://koran.example/berita/dua?utm_source=a&amp;b=1#c">
       <meta property="og:url" content="/a"><meta property="og:title" content="Judul"><meta property="og:image" content="/gambar.jpg">"#,
    // Not even their language: the feed's is asked for.
    "<script>document.documentElement.removeAttribute('lang')</script>",
];

/// The numbers of the functions entered, by what the pages are for.
type Entered = BTreeMap<&'static str, BTreeSet<u64>>;

fn profile() {
    let mut entered = Entered::new();
    in_browser(async |tab| {
        for head in HEADS {
            for (kind, body) in PAGES {
                tab.open_with("/pages/elements/page.html", &[("head", head), ("body", body)]).await;
                tab.until(
                    "events('kabar-ready').length + events('kabar-error').length ===
                        document.querySelectorAll('kabar-cards, kabar-share, kabar-next').length",
                )
                .await;
                note(tab, kind, &mut entered).await;
            }
        }
        for (kind, show) in [("cards", "cards"), ("share", "share"), ("next", "next")] {
            let script =
                format!(r#"<p>Isi</p><script async src="/dist/kabar.js" data-feed="/feed/good.json" data-show="{show}"></script>"#);
            tab.open_with("/pages/script_tag/page.html", &[("head", HEADS[1]), ("body", &script)]).await;
            tab.until("events('kabar-ready').length === 1").await;
            note(tab, kind, &mut entered).await;
        }
        // Whatever feeds hold. Many to a page, for the sake of time.
        for (folder, kind) in [("jsonfeed", "cards"), ("wordpress", "wordpress")] {
            for feeds in fixtures(folder).chunks(12) {
                let card = |feed: &String| {
                    format!(
                        r#"<kabar-cards feed="/feed/{feed}" loading="eager" show="image title date author excerpt tags caption"></kabar-cards>"#
                    )
                };
                tab.open_with("/pages/elements/page.html", &[("body", &feeds.iter().map(card).collect::<String>())]).await;
                tab.until(&format!("events('kabar-ready').length + events('kabar-error').length === {}", feeds.len())).await;
                note(tab, kind, &mut entered).await;
            }
        }
        let attributes = r#"url="https://koran.example/berita/5?a=1#b" title="Naik &amp; turun""#;
        tab.open_with("/pages/share/page.html", &[("attributes", attributes)]).await;
        tab.until("events('kabar-ready').length === 1").await;
        note(tab, "share", &mut entered).await;
        tab.open("/pages/hostile/page.html").await;
        for tag in ["#grid", "#list", "kabar-next", "kabar-share"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
        }
        tab.until("events('kabar-ready').length === 4").await;
        note(tab, "several", &mut entered).await;
    });
    let file = env::var("KABAR_PROFILE").unwrap();
    fs::write(file, serde_json::to_string(&entered).unwrap()).unwrap();
}

async fn note(tab: &Tab, kind: &'static str, entered: &mut Entered) {
    let numbers = tab.js("[...window.kabarEntered ?? []]").await;
    entered.entry(kind).or_default().extend(numbers.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()));
}

/// The feeds of a folder of tests/fixtures.
fn fixtures(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let names = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let is_feed = |name: &String| name.strip_suffix(".json").is_some_and(|name| !name.ends_with(".expected"));
    let mut found: Vec<_> = names.filter(is_feed).map(|name| format!("fixtures/{folder}/{name}")).collect();
    found.sort();
    found
}
