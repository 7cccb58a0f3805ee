//! The `WordPress` plugin's zip on readers' pages: integrations/wordpress/kabar,
//! on a classic theme and on a block theme. tests/real/wordpress/plugin.php
//! unpacks it and makes its pages; plugin.php's settings are three cards, and
//! all elements after every post.

use serde_json::Value;

use crate::{
    harness::{Tab, cases, in_browser},
    reader::{asked, shown},
    wordpress::{Site, articles, check_article, check_page, requests, text, variable},
};

cases![
    everything_after_every_post,
    everything_after_every_post_of_a_block_theme_without_permalinks,
    the_next_of_an_old_post_is_the_older_one,
    a_shortcode,
    a_block,
    a_block_in_a_loop_is_about_its_post,
    hostile_values_stay_values,
    nothing_where_it_is_no_page_for_readers,
];

fn everything_after_every_post() {
    in_browser(async |tab| {
        check_page(tab, Site::Plugin, 0, "", 3).await;
        assert_eq!(requests(tab).await, (1, 0));
        let path = format!("{}/dist/integrity.json", variable("KABAR_WORDPRESS_ROOT") + "/plugins-of-kabar_plugin/kabar");
        let hashes: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        tab.check("document.querySelectorAll('script[src*=\"kabar.js\"]').length === 1").await;
        let script = "one('script[src*=\"kabar.js\"]')";
        assert_eq!(tab.text(&format!("{script}.integrity")).await, hashes["kabar.js"]);
        tab.check(&format!("{script}.async && {script}.src.startsWith(origin + '/plugins-of-kabar_plugin/kabar/dist/kabar.js?')")).await;
        // The page is in Indonesian, and so are the plugin's own words (languages/kabar-id_ID.po).
        assert_eq!(tab.text("one('kabar-cards > a').textContent").await, "Semua artikel");
        assert_eq!(tab.text("one('kabar-next > a').textContent").await, articles()[1]["title"]);
        let order =
            "[...document.querySelectorAll('article kabar-share, article kabar-next, article kabar-cards')].map((one) => one.localName)";
        assert_eq!(tab.texts(order).await, ["kabar-share", "kabar-next", "kabar-cards"]);
    });
}

fn everything_after_every_post_of_a_block_theme_without_permalinks() {
    in_browser(async |tab| {
        check_page(tab, Site::Blocks, 3, "", 3).await;
        assert_eq!(requests(tab).await, (1, 0));
    });
}

fn the_next_of_an_old_post_is_the_older_one() {
    in_browser(async |tab| {
        for site in [Site::Plugin, Site::Blocks] {
            // The list that the cards ask for has the newest ten.
            check_page(tab, site, 15, "", 3).await;
            assert_eq!(requests(tab).await, (2, 0));
        }
    });
}

/// Visits a page of tests/real/wordpress/pages.json until all that is in it is there.
async fn visit(tab: &Tab, page: &str, elements: usize) {
    tab.open(&format!("{}/{page}/", Site::Plugin.origin())).await;
    let inside = "document.querySelectorAll('kabar-cards, kabar-share, kabar-next')";
    assert_eq!(tab.js(&format!("{inside}.length")).await, elements);
    for place in 0..elements {
        tab.run(&format!("{inside}[{place}].scrollIntoView();")).await;
        tab.until(&format!("events('kabar-ready').length > {place}")).await;
    }
}

fn a_shortcode() {
    in_browser(async |tab| {
        visit(tab, "memakai-shortcode", 2).await;
        let (cards, articles) = (shown(tab, "kabar-cards").await, articles());
        assert_eq!(cards.iter().map(|card| &card.title).collect::<Vec<_>>(), [text(&articles[0], "title"), text(&articles[1], "title")]);
        // `parts` are the cards' attribute `show`.
        assert_eq!(cards[0].published, text(&articles[0], "published"));
        // 2024-03-25T19:15:00Z in the site's zone, Asia/Jakarta, and not in the reader's.
        assert_eq!(tab.text("inside('kabar-cards', 'time').textContent").await, "Sel, 26 Mar 2024");
        assert_eq!(cards[0].excerpt, "");
        assert_eq!(tab.text("one('kabar-cards').getAttribute('layout')").await, "list");
        let networks = "all('kabar-share', '[data-network]').map((one) => one.dataset.network)";
        assert_eq!(tab.texts(networks).await, ["copy", "whatsapp"]);
        // Between the paragraphs, and not in one.
        tab.check("one('kabar-share').previousElementSibling.textContent === 'Sebelum.'").await;
        tab.check("one('kabar-cards').nextElementSibling.textContent === 'Sesudah.'").await;
        tab.console_is_empty().await;
    });
}

fn a_block() {
    in_browser(async |tab| {
        visit(tab, "memakai-blok", 1).await;
        let cards = shown(tab, "kabar-cards").await;
        assert_eq!(cards.len(), 4);
        check_article(&cards[0], &articles()[0], Site::Plugin);
        tab.check("one('kabar-cards').parentElement.matches('.wp-block-kabar-widget.alignwide')").await;
        tab.check("inside('kabar-cards', 'h2 > a') !== null").await;
        assert_eq!(tab.text("one('kabar-cards').getAttribute('theme')").await, "dark");
        tab.check("!one('kabar-cards').hasAttribute('onclick')").await;
        tab.console_is_empty().await;
    });
}

fn a_block_in_a_loop_is_about_its_post() {
    in_browser(async |tab| {
        visit(tab, "memakai-loop", 2).await;
        let shared = "[...document.querySelectorAll('kabar-share')].map((bar) =>
            new URL(bar.shadowRoot.querySelector('a[data-network=facebook]').href).searchParams.get('u'))";
        let articles = articles();
        assert_eq!(tab.texts(shared).await, [Site::Plugin.url(&articles[0]), Site::Plugin.url(&articles[1])]);
        assert_eq!(tab.text("one('kabar-share').title").await, text(&articles[0], "title"));
        tab.console_is_empty().await;
    });
}

fn hostile_values_stay_values() {
    in_browser(async |tab| {
        visit(tab, "niat-buruk", 3).await;
        let names = |host: &str| format!("one('{host}').getAttributeNames().sort()");
        assert_eq!(tab.texts(&names("kabar-cards")).await, ["layout", "limit", "theme", "timezone"]);
        assert_eq!(tab.texts(&names("kabar-share")).await, ["networks", "text", "theme", "title", "url"]);
        assert_eq!(tab.texts(&names("kabar-next")).await, ["theme", "timezone"]);
        assert_eq!(tab.text("one('kabar-cards').getAttribute('layout')").await, "\" onmouseover=\"salah=1");
        assert_eq!(tab.text("one('kabar-cards').getAttribute('theme')").await, "dark\" onfocus=\"salah=1");
        assert_eq!(tab.text("one('kabar-share').getAttribute('text')").await, "\"><img src=x onerror=salah=1>");
        tab.run("for (const element of document.querySelectorAll('kabar-cards, kabar-share, kabar-next')) element.click();").await;
        tab.check("!('salah' in window) && !document.querySelector('article img[src=x]')").await;
    });
}

fn nothing_where_it_is_no_page_for_readers() {
    in_browser(async |tab| {
        let site = Site::Plugin.origin();
        let article = Site::Plugin.url(&articles()[0]);
        tab.open(&article).await;
        let body = async |url: &str| tab.text(&format!("await_text({url:?})")).await;
        tab.run("window.await_text = (url) => fetch(url).then((answer) => answer.ok ? answer.text() : String(answer.status));").await;
        assert!(body(&article).await.contains("<kabar-next"));
        let slug = text(&articles()[0], "slug").to_owned();
        for (url, mark) in [
            (format!("{site}/feed/"), "<rss"),
            (format!("{article}feed/?withoutcomments=1"), "<rss"),
            (format!("{article}embed/"), "wp-embed"),
            (format!("{article}?amp=1"), "<article"),
            (site.clone() + "/", &slug),
            (format!("{site}/wp-json/wp/v2/posts?per_page=100"), "\"excerpt\""),
            (format!("{site}/wp-json/wp/v2/pages?per_page=100"), "memakai-shortcode"),
        ] {
            let text = body(&url).await;
            assert!(text.contains(mark), "{url}: {text}");
            assert!(!text.contains("<kabar-") && !text.contains("<\\/kabar-"), "{url}");
            assert!(!text.contains("Semua artikel"), "{url}");
        }
        assert!(asked(tab).await.iter().any(|url| url.contains("/embed/")));
    });
}
