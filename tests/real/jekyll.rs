//! A site built by Jekyll with the include and the feed of integrations/jekyll/.

use std::process::Command;

use crate::{
    built::{ARTICLES, Feed, Site, check_page, check_shortcode},
    harness::{cases, in_browser},
};

cases![articles_by_the_include_and_its_feed];

async fn site() -> String {
    let site = Site::new("jekyll").await;
    site.put("tests/real/jekyll", "");
    // Jekyll wants the day in a post's name; what is in it says it again.
    for article in &ARTICLES {
        site.put(&format!("tests/real/articles/{}.md", article.slug), &format!("_posts/2024-05-01-{}.md", article.slug));
    }
    site.put("tests/real/pictures", "gambar");
    site.put("integrations/jekyll/_includes", "_includes");
    site.put("integrations/jekyll/feed.json", "feed.json");
    site.put_dist("kabar");
    site.write("_origin.yml", &format!("url: {}\n", site.origin));
    let mut jekyll = Command::new("jekyll");
    jekyll.args(["build", "--quiet", "--disable-disk-cache", "--config", "_config.yml,_origin.yml"]).env("LANG", "C.UTF-8");
    site.build(&mut jekyll, "_site")
}

fn articles_by_the_include_and_its_feed() {
    in_browser(async |tab| {
        let origin = site().await;
        check_page(tab, &origin, 0, Feed::Json).await;
        check_page(tab, &origin, 2, Feed::Json).await;
        check_shortcode(tab, &origin).await;
    });
}
