//! The snippet of integrations/ghost/ on pages with the classes that Ghost's
//! `{{body_class}}` writes. Ghost itself is not here: its Content API is one
//! answer of the shape that Ghost documents ("Content API", Posts).

use serde_json::{Value, json};

use crate::{
    harness::{Policy, Tab, cases, in_browser},
    reader::{check_shared, shown},
};

cases![under_a_post_and_nowhere_else];

const SNIPPET: &str = include_str!("../../integrations/ghost/footer.html");

fn post(origin: &str, number: u32) -> Value {
    json!({
        "id": format!("65f00000000000000000000{number}"),
        "title": format!("Kabar ke-{number}"),
        "url": format!("{origin}/made/kabar-{number}"),
        "excerpt": "Satu kalimat saja.",
        "feature_image": null,
        "published_at": format!("2024-03-0{number}T08:00:00.000+07:00"),
        "authors": [{ "name": "Sari Wulandari" }],
        "tags": [{ "name": "Pasar", "visibility": "public" }],
    })
}

/// Makes a page of a theme, with the snippet where `{{ghost_foot}}` puts it.
fn make(tab: &Tab, name: &str, class: &str) {
    let origin = tab.origin();
    let snippet = SNIPPET
        .replace("https://cdn.example/kabar/", "/dist/")
        .replace("https://blog.example/ghost/api/content/posts/?key=CONTENT_API_KEY", "/made/ghost/api/content/posts?key=0123456789abcdef");
    assert!(!snippet.contains(".example"), "{snippet}");
    tab.make_page(
        name,
        Policy::None,
        format!(
            "<!doctype html><html lang=id><head><meta charset=utf-8><title>Kabar ke-5</title><link rel=icon href=data:,>
            <link rel=canonical href={origin}/made/{name}></head>
            <body class=\"{class}\"><main><article class=gh-article><h1>Kabar ke-5</h1><p>Isi.</p></article></main>
            <footer>Kaki</footer>{snippet}</body></html>"
        ),
    );
}

fn under_a_post_and_nowhere_else() {
    in_browser(async |tab| {
        let posts: Vec<Value> = (1..=6).rev().map(|number| post(tab.origin(), number)).collect();
        let pagination = json!({ "page": 1, "limit": 10, "pages": 1, "total": 6, "next": null, "prev": null });
        let answer = json!({ "posts": posts, "meta": { "pagination": pagination } });
        tab.make("ghost/api/content/posts", "application/json", answer.to_string());
        make(tab, "kabar-5", "post-template tag-pasar");
        make(tab, "beranda", "home-template");

        tab.open("/made/kabar-5").await;
        for name in ["kabar-share", "kabar-next", "kabar-cards"] {
            tab.run(&format!("one('{name}').scrollIntoView();")).await;
            tab.until_event("kabar-ready", name).await;
        }
        let titles = async |host: &str| shown(tab, host).await.into_iter().map(|card| card.title).collect::<Vec<_>>();
        assert_eq!(titles("kabar-cards").await, ["Kabar ke-6", "Kabar ke-4", "Kabar ke-3"]);
        assert_eq!(titles("kabar-next").await, ["Kabar ke-4"]);
        check_shared(tab, &format!("{}/made/kabar-5", tab.origin())).await;
        tab.check("[...one('article').children].slice(-3).map((one) => one.localName).join() === 'kabar-share,kabar-next,kabar-cards'")
            .await;
        let asked = |part: &str| tab.asked_where(|seen| seen.path.starts_with("/made/ghost/") && seen.path.contains(part));
        assert_eq!((asked(""), asked("key=0123456789abcdef"), asked("include=authors%2Ctags")), (1, 1, 1));

        tab.open("/made/beranda").await;
        tab.until("window.Kabar").await;
        tab.check("document.querySelectorAll('kabar-cards, kabar-share, kabar-next').length === 0").await;
        assert_eq!(asked(""), 1);
        tab.console_is_empty().await;
    });
}
