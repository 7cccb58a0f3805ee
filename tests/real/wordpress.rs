//! A stock WordPress site with the script tag under each article, and no other
//! setting: by the REST API with both kinds of permalinks, and by RSS where
//! the REST API is switched off. tests/real/wordpress/ makes the site.

use std::{env, fs};

use serde_json::Value;

use crate::{
    harness::{Tab, cases, in_browser},
    reader::{Shown, asked, check_cut, check_shared, read, shown},
};

cases![
    the_newest_article_by_the_rest_api,
    an_article_beside_a_locked_one_and_lost_pictures_by_the_rest_api,
    every_article_by_the_rest_api,
    an_article_without_permalinks_by_the_rest_api,
    articles_by_rss_where_the_rest_api_is_switched_off
];

/// A site of the same articles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// Addresses like `/2024/03/dermaga-baru/`, a classic theme.
    Rest,
    /// Addresses like `/?p=13`, so `?rest_route=` in place of `/wp-json/`; a block theme.
    Plain,
    /// The REST API is switched off; a block theme.
    Feed,
    /// As the first, with the plugin.
    Plugin,
    /// As the second, with the plugin.
    Blocks,
}

impl Site {
    pub(crate) fn origin(self) -> String {
        variable(match self {
            Self::Rest => "KABAR_WORDPRESS_REST",
            Self::Plain => "KABAR_WORDPRESS_PLAIN",
            Self::Feed => "KABAR_WORDPRESS_FEED",
            Self::Plugin => "KABAR_WORDPRESS_PLUGIN",
            Self::Blocks => "KABAR_WORDPRESS_BLOCKS",
        })
    }

    /// The address that WordPress gives an article.
    pub(crate) fn url(self, article: &Value) -> String {
        match self {
            Self::Plain | Self::Blocks => format!("{}/?p={}", self.origin(), article["id"]),
            Self::Rest | Self::Feed | Self::Plugin => self.origin() + text(article, "path"),
        }
    }
}

pub(crate) fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test wordpress`"))
}

/// The public articles in the database, the newest first, as
/// tests/real/wordpress/seed.php reads them from it by SQL. Beside the rows it
/// has, from posts.json, what a reader sees of titles and excerpts.
pub(crate) fn articles() -> Vec<Value> {
    let path = variable("KABAR_WORDPRESS_ARTICLES");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let articles: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(articles.len(), 29, "30 posts, of which one is a draft");
    articles
}

pub(crate) fn text<'a>(article: &'a Value, field: &str) -> &'a str {
    article[field].as_str().unwrap_or_else(|| panic!("{field}: {article}"))
}

pub(crate) fn check_article(shown: &Shown, article: &Value, site: Site) {
    let slug = text(article, "slug");
    let locked = article["locked"] == true;
    assert_eq!(shown.url, site.url(article));
    if locked && site == Site::Feed {
        // WordPress itself puts "Protected: " before it, in the site's language.
        assert!(shown.title.ends_with(text(article, "title")), "{shown:?}");
    } else {
        assert_eq!(shown.title, text(article, "title"), "{slug}");
    }
    assert_eq!(shown.published, text(article, "published"), "{slug}");
    assert_eq!(shown.author, text(article, "author"), "{slug}");
    let (mut found, mut tags) = (shown.tags.clone(), list(&article["tags"]));
    found.sort();
    tags.sort();
    assert_eq!(found, tags, "{slug}");
    check_excerpt(shown, article, site);
    check_picture(shown, article, site);
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn check_excerpt(shown: &Shown, article: &Value, site: Site) {
    let written = text(article, if site == Site::Feed { "excerpt_in_feed" } else { "excerpt" });
    if article["locked"] == true {
        // A feed says that there is none, in the site's language.
        assert!(site == Site::Feed || shown.excerpt.is_empty(), "{shown:?}");
    } else if written.is_empty() {
        let lead: Vec<&str> = text(article, "lead").rsplitn(4, ' ').collect();
        let end_of_lead = [lead[2], lead[1], lead[0]].join(" ");
        assert!(shown.excerpt.contains(&end_of_lead), "{end_of_lead:?} is not in {shown:?}");
        check_cut(&shown.excerpt);
    } else {
        assert_eq!(shown.excerpt, written);
    }
}

fn check_picture(shown: &Shown, article: &Value, site: Site) {
    let inline = article["inline"] == true;
    // The featured picture is in the REST API, and not in WordPress's RSS.
    let expected = if site == Site::Feed { inline } else { article["featured"].is_string() };
    // Where there is no featured one, the article's first is as good.
    let allowed = expected || inline && site != Site::Feed;
    if expected || !shown.picture.is_empty() {
        assert!(allowed, "a picture that the database has not: {shown:?}");
        // All sizes of dermaga-baru.jpg are called dermaga-baru-300x200.jpg and so on.
        let name = format!("/wp-content/uploads/2024/0{}/{}", &text(article, "path")[7..8], text(article, "slug"));
        assert!(shown.picture.contains(&name), "{name} is not the picture of {shown:?}");
        assert_eq!(shown.alt, text(article, "alt"), "{shown:?}");
    }
}

/// Visits an article by its place among the newest, and compares all that
/// Kabar shows there with the database.
pub(crate) async fn check_page(tab: &Tab, site: Site, place: usize, query: &str, limit: usize) {
    let articles = articles();
    let current = site.url(&articles[place]);
    read(tab, &(current.clone() + query)).await;

    let cards = shown(tab, "kabar-cards").await;
    let others: Vec<&Value> = articles.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, article)| article).collect();
    let expected: Vec<&&Value> = others.iter().take(limit).collect();
    let urls = |list: &[&&Value]| list.iter().map(|article| site.url(article)).collect::<Vec<_>>();
    assert_eq!(cards.iter().map(|card| card.url.clone()).collect::<Vec<_>>(), urls(&expected));
    for (card, article) in cards.iter().zip(expected) {
        check_article(card, article, site);
    }

    let teaser = shown(tab, "kabar-next").await;
    assert_eq!(teaser.len(), 1);
    check_article(&teaser[0], &articles[place + 1], site);

    // What the page's own canonical link says is what the database says.
    assert_eq!(tab.text("one('link[rel=canonical]').href").await, current);
    check_shared(tab, &current).await;

    let all = tab.text("root('kabar-cards').textContent + root('kabar-next').textContent").await;
    assert!(!all.contains("KALIMATRAHASIA"), "what a password protects is shown");
    assert!(!all.contains("Konsep: festival layang-layang"), "the draft is shown");
    tab.console_is_empty().await;
}

/// How many of the requests were for a list of posts, and how many for the feed.
pub(crate) async fn requests(tab: &Tab) -> (usize, usize) {
    let asked = asked(tab).await;
    let rest = asked.iter().filter(|url| url.contains("wp-json") || url.contains("rest_route")).count();
    let feed = asked.iter().filter(|url| url.ends_with("/feed/") || url.contains("feed=")).count();
    (rest, feed)
}

fn the_newest_article_by_the_rest_api() {
    in_browser(async |tab| {
        check_page(tab, Site::Rest, 0, "", 6).await;
        assert_eq!(requests(tab).await, (1, 0));
    });
}

fn an_article_beside_a_locked_one_and_lost_pictures_by_the_rest_api() {
    in_browser(async |tab| {
        check_page(tab, Site::Rest, 3, "", 6).await;
        assert_eq!(requests(tab).await, (1, 0));
    });
}

fn every_article_by_the_rest_api() {
    in_browser(async |tab| {
        // Longer than what WordPress cuts: the end is the theme's "Continue reading" link.
        check_page(tab, Site::Rest, 1, "?kabar[limit]=30&kabar[excerpt-words]=100", 30).await;
    });
}

fn an_article_without_permalinks_by_the_rest_api() {
    in_browser(async |tab| {
        check_page(tab, Site::Plain, 3, "", 6).await;
        assert_eq!(requests(tab).await, (1, 0));
        // WordPress's own "[&hellip;]" is the end.
        check_page(tab, Site::Plain, 0, "&kabar[excerpt-words]=100", 6).await;
    });
}

fn articles_by_rss_where_the_rest_api_is_switched_off() {
    in_browser(async |tab| {
        check_page(tab, Site::Feed, 0, "", 6).await;
        assert_eq!(requests(tab).await, (0, 1));
        check_page(tab, Site::Feed, 3, "?kabar[excerpt-words]=100", 6).await;
        assert_eq!(requests(tab).await, (0, 1));
    });
}
