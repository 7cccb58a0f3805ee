//! Which article the teaser names, from where the page is.

use crate::harness::{Tab, cases, in_browser};

cases![
    a_page_of_the_feed_leads_to_the_article_beside_it,
    the_teaser_says_what_the_article_is,
    a_page_that_is_not_in_the_feed_leads_to_the_newest,
    tracking_parameters_fragment_and_slash_do_not_hide_the_page,
    the_page_is_the_attribute_then_the_canonical_link_then_og_url,
    wrap_goes_round_after_the_last,
    the_cards_leave_out_the_page_itself,
    the_label_is_in_the_language_of_the_page_and_can_be_left_out,
];

const PAGE: &str = "/pages/next/page.html";

fn canonical(address: &str) -> String {
    format!(r#"<link rel="canonical" href="{address}">"#)
}

/// The end of the address of the article that the teaser names.
async fn teaser(tab: &Tab, head: &str, attributes: &str) -> String {
    tab.open_with(PAGE, &[("head", head), ("attributes", attributes)]).await;
    tab.until_event("kabar-ready", "kabar-next").await;
    let href = tab.text("inside('kabar-next', 'aside.next h3 > a').href").await;
    href.strip_prefix("https://koran.example/berita/").unwrap_or_else(|| panic!("another site: {href}")).to_owned()
}

fn a_page_of_the_feed_leads_to_the_article_beside_it() {
    in_browser(async |tab| {
        let page = canonical("https://koran.example/berita/empat");
        assert_eq!(teaser(tab, &page, "").await, "lima");
        assert_eq!(teaser(tab, &page, "order=older").await, "lima");
        assert_eq!(teaser(tab, &page, "order=newer").await, "tiga");
        assert_eq!(teaser(tab, &page, "order=feed").await, "lima");
        tab.run("one('kabar-next').setAttribute('order', 'newer');").await;
        tab.until("inside('kabar-next', 'h3 > a').href.endsWith('/tiga')").await;
        tab.console_is_empty().await;
    });
}

fn the_teaser_says_what_the_article_is() {
    in_browser(async |tab| {
        let page = canonical("https://koran.example/berita/empat");
        teaser(tab, &page, "").await;
        let text = |selector: &str| format!("inside('kabar-next', 'aside.next {selector}').textContent");
        assert_eq!(tab.text(&text("h3 > a")).await, "Kereta pagi Blitar mendapat dua gerbong tambahan");
        assert_eq!(tab.text(&text("time[datetime]")).await, "Kam, 7 Mar 2024");
        assert_eq!(tab.text(&text("p[part~=excerpt]")).await, "Penumpang berdiri berkurang sejak hari pertama.");
        tab.console_is_empty().await;
    });
}

fn a_page_that_is_not_in_the_feed_leads_to_the_newest() {
    in_browser(async |tab| {
        assert_eq!(teaser(tab, &canonical("https://koran.example/tentang"), "").await, "satu");
        assert_eq!(teaser(tab, "", "").await, "satu");
        // Near misses are other articles.
        assert_eq!(teaser(tab, &canonical("https://koran.example/berita/empat?halaman=2"), "").await, "satu");
        assert_eq!(teaser(tab, &canonical("https://koran.example/berita/empat/foto"), "").await, "satu");
        tab.console_is_empty().await;
    });
}

fn tracking_parameters_fragment_and_slash_do_not_hide_the_page() {
    in_browser(async |tab| {
        for address in [
            "https://koran.example/berita/empat?utm_source=surel&amp;utm_medium=buletin",
            "https://koran.example/berita/empat?fbclid=abc123",
            "https://koran.example/berita/empat/",
            "https://koran.example/berita/empat#komentar",
            "https://koran.example/berita/empat/?gclid=1#komentar",
        ] {
            assert_eq!(teaser(tab, &canonical(address), "").await, "lima", "{address}");
        }
        tab.console_is_empty().await;
    });
}

fn the_page_is_the_attribute_then_the_canonical_link_then_og_url() {
    in_browser(async |tab| {
        let og = r#"<meta property="og:url" content="https://koran.example/berita/enam">"#;
        let both = canonical("https://koran.example/berita/empat") + og;
        assert_eq!(teaser(tab, og, "").await, "tujuh");
        assert_eq!(teaser(tab, &both, "").await, "lima");
        assert_eq!(teaser(tab, &both, r#"current="https://koran.example/berita/satu""#).await, "dua");
        tab.console_is_empty().await;
    });
}

fn wrap_goes_round_after_the_last() {
    in_browser(async |tab| {
        let last = canonical("https://koran.example/berita/delapan");
        assert_eq!(teaser(tab, &last, "wrap=true").await, "satu");
        let first = canonical("https://koran.example/berita/satu");
        assert_eq!(teaser(tab, &first, "wrap=true order=newer").await, "delapan");
        tab.console_is_empty().await;
    });
}

fn the_cards_leave_out_the_page_itself() {
    in_browser(async |tab| {
        let page = canonical("https://koran.example/berita/empat?utm_source=surel");
        let links = "all('kabar-cards', 'h3 > a').map((link) => link.href.split('/').pop())";
        tab.open_with(PAGE, &[("head", &page)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        assert_eq!(tab.texts(links).await, ["satu", "dua", "tiga", "lima", "enam", "tujuh", "delapan"]);
        tab.run("one('kabar-cards').setAttribute('exclude-current', 'false');").await;
        tab.until(&format!("{links}.length === 8")).await;
        tab.console_is_empty().await;
    });
}

fn the_label_is_in_the_language_of_the_page_and_can_be_left_out() {
    in_browser(async |tab| {
        teaser(tab, "", "lang=en").await;
        tab.check("inside('kabar-next', 'aside.next').textContent.includes('Next post')").await;
        tab.run("one('kabar-next').lang = 'id';").await;
        tab.until("!inside('kabar-next', 'aside.next').textContent.includes('Next post')").await;
        tab.run("one('kabar-next').setAttribute('label', 'Baca juga');").await;
        tab.until("inside('kabar-next', 'aside.next').textContent.includes('Baca juga')").await;
        tab.check("inside('kabar-next', '[part~=heading]').textContent === 'Baca juga'").await;
        tab.run("one('kabar-next').setAttribute('label', '');").await;
        tab.until("all('kabar-next', '[part~=heading]').length === 0").await;
        tab.check("inside('kabar-next', 'h3 > a') !== null").await;
        tab.console_is_empty().await;
    });
}
