//! Feeds of every format, found and followed, as a reader sees them.

use crate::harness::{Tab, cases, in_browser};

cases![
    posts_of_wordpress,
    a_post_behind_a_password_shows_its_title_alone,
    posts_of_ghost,
    rss_in_the_encoding_that_it_says,
    atom,
    json_after_notices,
    a_wordpress_page_names_its_api,
    a_shut_api_gives_way_to_rss,
    rss_is_found_where_there_is_nothing_better,
    a_site_s_address_leads_to_its_feed,
    the_words_of_another_language_come_on_demand,
    an_unknown_language_speaks_english,
    excerpts_of_thai_end_at_a_word,
];

const PAGE: &str = "/pages/elements/page.html";

async fn open(tab: &Tab, head: &str, body: &str) {
    tab.open_with(PAGE, &[("head", head), ("body", body)]).await;
}

async fn cards(tab: &Tab, feed: &str) {
    open(tab, "", &format!(r#"<kabar-cards feed="{feed}" loading="eager"><i>Semua</i></kabar-cards>"#)).await;
    tab.until_event("kabar-ready", "kabar-cards").await;
}

async fn titles(tab: &Tab) -> Vec<String> {
    tab.texts("all('kabar-cards', 'h3 > a').map((link) => link.textContent)").await
}

fn posts_of_wordpress() {
    in_browser(async |tab| {
        cards(tab, "/feed/wordpress.json").await;
        let titles = titles(tab).await;
        assert_eq!(titles[0], "Pasar “Subuh” Blimbing pindah ke lahan baru");
        assert_eq!(titles[1], "Jembatan & jalan desa selesai diperbaiki");
        assert_eq!(titles.len(), 6);
        assert_eq!(tab.text("inside('kabar-cards', 'p.excerpt').textContent").await, "Ringkasan berita nomor 1 […]");
        tab.check("inside('kabar-cards', 'img').srcset.includes('-1024 1024w') && !inside('kabar-cards', 'img').srcset.includes('-150')")
            .await;
        tab.check("inside('kabar-cards', 'img').alt === 'Gambar berita 1'").await;
        // The local noon of the server is not the reader's: `date_gmt` counts.
        tab.check("inside('kabar-cards', 'time').dateTime === '2024-03-29T01:15:00Z'").await;
        tab.console_is_empty().await;
    });
}

/// The browser's `true` is what tells it: <https://developer.wordpress.org/rest-api/reference/posts/#schema-content>.
fn a_post_behind_a_password_shows_its_title_alone() {
    in_browser(async |tab| {
        cards(tab, "/feed/protected.json").await;
        assert_eq!(titles(tab).await, ["Terlindungi: Rapat warga", "Terlindungi: Uang kas", "Pasar dibuka lagi"]);
        let excerpts =
            tab.texts("all('kabar-cards', 'article').map((card) => card.querySelector('p.excerpt')?.textContent ?? 'none')").await;
        assert_eq!(excerpts, ["none", "none", "Untuk semua."]);
        tab.console_is_empty().await;
    });
}

fn posts_of_ghost() {
    in_browser(async |tab| {
        cards(tab, "/feed/ghost.json").await;
        assert_eq!(titles(tab).await.len(), 6);
        // Ghost's internal tags are its editors' own.
        tab.check("all('kabar-cards', 'li').every((tag) => tag.textContent === 'Kota')").await;
        tab.console_is_empty().await;
    });
}

fn rss_in_the_encoding_that_it_says() {
    in_browser(async |tab| {
        cards(tab, "/feed/latin1.rss").await;
        let titles = titles(tab).await;
        assert_eq!((titles[0].as_str(), titles.len()), ("Café nomor 1 & kopi", 6));
        assert_eq!(tab.text("inside('kabar-cards', 'p.excerpt').textContent").await, "Ringkasan nomor 1 tentang kopi […]");
        tab.check("inside('kabar-cards', 'time').dateTime === '2024-03-24T01:15:00Z'").await;
        assert_eq!(tab.asked("/feed/latin1.rss"), 1);
        tab.console_is_empty().await;
    });
}

fn atom() {
    in_browser(async |tab| {
        cards(tab, "/feed/news.atom").await;
        assert_eq!(titles(tab).await, ["Berita <3>", "Berita <2>", "Berita <1>"]);
        tab.console_is_empty().await;
    });
}

fn json_after_notices() {
    in_browser(async |tab| {
        cards(tab, "/feed/notices").await;
        assert!(titles(tab).await.len() > 3);
        tab.console_is_empty().await;
    });
}

fn a_wordpress_page_names_its_api() {
    in_browser(async |tab| {
        let head = r#"<link rel="alternate" type="application/rss+xml" href="/feed/latin1.rss">
            <link rel="https://api.w.org/" href="/feed/wp-json/">"#;
        open(tab, head, r#"<main><script async src="/dist/kabar.js" data-show="cards share next" data-loading="eager"></script></main>"#)
            .await;
        tab.until("events('kabar-ready').length === 3").await;
        assert_eq!(titles(tab).await.len(), 6);
        let asked = tab.asked_where(|seen| {
            seen.path.starts_with("/feed/wp-json/wp/v2/posts?") && seen.path.contains("_embed=author") && seen.path.contains("per_page=10")
        });
        assert_eq!(asked, 1, "one request for cards and teaser");
        tab.console_is_empty().await;
    });
}

fn a_shut_api_gives_way_to_rss() {
    in_browser(async |tab| {
        let head = r#"<link rel="alternate" type="application/rss+xml" href="/feed/latin1.rss">
            <link rel="https://api.w.org/" href="/feed/status/401/">"#;
        open(tab, head, r#"<kabar-cards loading="eager"></kabar-cards>"#).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        assert_eq!(titles(tab).await[0], "Café nomor 1 & kopi");
        tab.check("events('kabar-error').length === 0").await;
        tab.console_is(&["Failed to load resource"]).await;
    });
}

fn rss_is_found_where_there_is_nothing_better() {
    in_browser(async |tab| {
        let head = r#"<link rel="alternate" type="application/rss+xml" href="/feed/latin1.rss">"#;
        open(tab, head, r#"<kabar-cards loading="eager"></kabar-cards>"#).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        assert_eq!(titles(tab).await.len(), 6);
        tab.console_is_empty().await;
    });
}

fn a_site_s_address_leads_to_its_feed() {
    in_browser(async |tab| {
        cards(tab, "/feed/site").await;
        assert_eq!(titles(tab).await[0], "Pasar “Subuh” Blimbing pindah ke lahan baru");
        tab.console_is_empty().await;
    });
}

fn the_words_of_another_language_come_on_demand() {
    in_browser(async |tab| {
        open(tab, "", r#"<kabar-share lang="ar" loading="eager"></kabar-share><kabar-share lang="ms-MY" loading="eager"></kabar-share>"#)
            .await;
        tab.until("events('kabar-ready').length === 2").await;
        let bars =
            tab.texts("[...document.querySelectorAll('kabar-share')].map((bar) => bar.shadowRoot.querySelector('nav').ariaLabel)").await;
        assert_eq!(bars, ["مشاركة", "Kongsi"]);
        tab.check("document.querySelector('kabar-share').shadowRoot.querySelector('nav').dir === 'rtl'").await;
        assert_eq!(tab.asked_where(|seen| seen.path.ends_with("/ar.json")), 1);
        assert_eq!(tab.asked_where(|seen| seen.path.ends_with("/ms.json")), 1);
        tab.console_is_empty().await;
    });
}

fn an_unknown_language_speaks_english() {
    in_browser(async |tab| {
        open(tab, "", r#"<kabar-share lang="eo" loading="eager"></kabar-share>"#).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.check("inside('kabar-share', 'nav').ariaLabel === 'Share this'").await;
        assert_eq!(tab.asked_where(|seen| seen.path.contains("/words-")), 0);
        tab.console_is_empty().await;
    });
}

fn excerpts_of_thai_end_at_a_word() {
    in_browser(async |tab| {
        open(tab, "", r#"<kabar-cards lang="th" feed="/feed/thai.json" excerpt-words="5" loading="eager"></kabar-cards>"#).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        let excerpt = tab.text("inside('kabar-cards', 'p.excerpt').textContent").await;
        // The browser's own words, five of them.
        let five = tab
            .text(
                "[...new Intl.Segmenter('th', {granularity: 'word'})
                    .segment('ชาวบ้านเดินทางไปตลาดเช้าทุกวันเพื่อซื้อผักและผลไม้สดจากสวนใกล้หมู่บ้าน')]
                    .filter((word) => word.isWordLike).slice(0, 5).map((word) => word.segment).join('')",
            )
            .await;
        assert_eq!(excerpt, format!("{five} […]"));
        tab.console_is_empty().await;
    });
}
