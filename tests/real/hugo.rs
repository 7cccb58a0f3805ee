//! A site built by Hugo with the layouts of integrations/hugo/: by their JSON
//! Feed, and by the RSS that is built into Hugo.

use std::process::Command;

use crate::{
    built::{Feed, Site, check_page, check_shortcode},
    harness::{cases, in_browser},
};

cases![articles_by_the_json_feed_of_the_integration, the_shortcode_in_a_text, articles_by_the_rss_that_is_built_in];

/// Builds the site, with or without the feed of the integration.
async fn site(feed: Feed, name: &str) -> String {
    let site = Site::new(name).await;
    site.put("tests/real/hugo", "");
    site.put("tests/real/articles", "content/artikel");
    site.put("tests/real/pictures", "static/gambar");
    site.put("integrations/hugo", "themes/kabar");
    site.put_dist("static/kabar");
    let mut hugo = Command::new("hugo");
    let config = if feed == Feed::Json { "hugo.toml" } else { "hugo.toml,rss-only.toml" };
    hugo.args(["--quiet", "--noBuildLock", "--config", config, "--baseURL", &site.origin]);
    site.build(&mut hugo, "public")
}

fn articles_by_the_json_feed_of_the_integration() {
    in_browser(async |tab| {
        let origin = site(Feed::Json, "hugo-json").await;
        check_page(tab, &origin, 0, Feed::Json).await;
        // Of the files that lie beside the page, the hash is known.
        tab.check("one('script[src=\"/kabar/kabar.js\"]').integrity.startsWith('sha384-')").await;
        check_page(tab, &origin, 2, Feed::Json).await;
    });
}

fn the_shortcode_in_a_text() {
    in_browser(async |tab| check_shortcode(tab, &site(Feed::Json, "hugo-shortcode").await).await);
}

fn articles_by_the_rss_that_is_built_in() {
    in_browser(async |tab| {
        let origin = site(Feed::Rss, "hugo-rss").await;
        check_page(tab, &origin, 0, Feed::Rss).await;
        check_page(tab, &origin, 2, Feed::Rss).await;
    });
}
