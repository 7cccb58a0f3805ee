//! Which of the wasm's functions run before the first card. Run by `cargo xtask profile`, on a dist/ that notes them.

use std::{collections::BTreeSet, env, fs, path::Path};

use crate::harness::{Tab, cases, in_browser};

cases![profile];

/// Pages whose elements must be there without the second module.
const BODIES: [&str; 7] = [
    r#"<kabar-cards feed="/feed/good.json" loading="eager"><i>Semua</i></kabar-cards>
       <kabar-share loading="eager" label="Bagikan"></kabar-share>
       <kabar-next feed="/feed/good.json" loading="eager"></kabar-next>"#,
    r#"<kabar-cards feed="/feed/good.json" loading="eager" layout="list" limit="3" order="oldest" heading="2" open="new" tag=""
         show="image title date author excerpt tags caption" timezone="Asia/Jakarta" excerpt-words="10" current="/a"></kabar-cards>
       <kabar-share loading="eager" networks="x facebook copy email" utm="utm_source={network}" via="kabar" hashtags="a,b"
         variant="icon-text" url="/a" title="b" text="c"></kabar-share>
       <kabar-next feed="/feed/good.json" loading="eager" order="newer" wrap="true" label="Lanjut"></kabar-next>"#,
    r#"<kabar-cards feed="/feed/good.json" loading="eager" order="feed" exclude-current="false" lang="en"></kabar-cards>
       <kabar-next feed="/feed/good.json" loading="eager" order="feed"></kabar-next>"#,
    r#"<kabar-cards feed="/feed/wordpress.json" loading="eager" more="button"></kabar-cards>
       <kabar-next feed="/feed/wordpress.json" loading="eager" lang="ms"></kabar-next>
       <kabar-share loading="eager" lang="ms"></kabar-share>"#,
    r#"<kabar-cards feed="/feed/page-1.json" loading="eager" more="button" limit="2" dates="relative"></kabar-cards>"#,
    // What publishers get wrong: the elements are there all the same.
    r#"<kabar-cards feed="/feed/good.json" loading="eager" limit="none" layout="table" show="all" timezone="Malang"></kabar-cards>
       <kabar-share loading="eager" variant="myspace" url="javascript:1"></kabar-share>"#,
    // A feed that is none, or has nothing to show, must not take the others down.
    r#"<kabar-cards feed="/feed/empty" loading="eager"></kabar-cards><kabar-cards feed="/feed/blank" loading="eager"></kabar-cards>
       <kabar-cards feed="/feed/good.json" tag="none" loading="eager"></kabar-cards>
       <kabar-cards feed="data:," loading="eager"></kabar-cards><kabar-cards feed="/feed/invalid" loading="eager"></kabar-cards>"#,
];

fn profile() {
    let mut entered = BTreeSet::new();
    in_browser(async |tab| {
        for body in BODIES {
            tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
            tab.until(
                "events('kabar-ready').length + events('kabar-error').length ===
                    document.querySelectorAll('kabar-cards, kabar-share, kabar-next').length",
            )
            .await;
            note(tab, &mut entered).await;
        }
        // What pages say of themselves.
        let head = r#"<script>document.documentElement.lang = 'id-ID'</script><link rel="canonical" href="https://koran.example/2024/03/berita-3/">
            <meta property="og:url" content="/a"><meta property="og:title" content="Judul"><meta property="og:image" content="/gambar.jpg">"#;
        let script =
            r#"<p>Isi</p><script async src="/dist/kabar.js" data-feed="/feed/wordpress.json" data-show="cards share next"></script>"#;
        tab.open_with("/pages/elements/page.html", &[("head", head), ("body", BODIES[3])]).await;
        tab.until("events('kabar-ready').length === 3").await;
        note(tab, &mut entered).await;
        tab.open_with("/pages/script_tag/page.html", &[("head", head), ("body", script)]).await;
        tab.until("events('kabar-ready').length === 3").await;
        note(tab, &mut entered).await;
        // Whatever feeds hold. Many to a page, for the sake of time.
        for feeds in fixtures().chunks(12) {
            let card = |feed: &String| {
                format!(
                    r#"<kabar-cards feed="/feed/{feed}" loading="eager" show="image title date author excerpt tags caption"></kabar-cards>"#
                )
            };
            tab.open_with("/pages/elements/page.html", &[("body", &feeds.iter().map(card).collect::<String>())]).await;
            tab.until(&format!("events('kabar-ready').length + events('kabar-error').length === {}", feeds.len())).await;
            note(tab, &mut entered).await;
        }
        // A page that does not say its language: the feed's is asked for.
        tab.open_with(
            "/pages/elements/page.html",
            &[("head", "<script>document.documentElement.removeAttribute('lang')</script>"), ("body", BODIES[0])],
        )
        .await;
        tab.until("events('kabar-ready').length === 3").await;
        note(tab, &mut entered).await;
        tab.open("/pages/hostile/page.html").await;
        for tag in ["#grid", "#list", "kabar-next", "kabar-share"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
        }
        tab.until("events('kabar-ready').length === 4").await;
        note(tab, &mut entered).await;
    });
    let file = env::var("KABAR_PROFILE").unwrap();
    fs::write(file, serde_json::to_string(&entered).unwrap()).unwrap();
}

async fn note(tab: &Tab, entered: &mut BTreeSet<u64>) {
    let numbers = tab.js("[...window.kabarEntered ?? []]").await;
    entered.extend(numbers.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()));
}

/// The feeds of tests/fixtures that are read by the first module: for those of Ghost,
/// RSS and Atom the second one is waited for.
fn fixtures() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["jsonfeed", "wordpress"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for entry in fs::read_dir(path).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.strip_suffix(".json").is_some_and(|name| !name.ends_with(".expected")) {
                found.push(format!("fixtures/{folder}/{name}"));
            }
        }
    }
    found.sort();
    found
}
