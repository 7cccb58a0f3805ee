//! A site built by Eleventy with the shortcode and the feed of
//! integrations/eleventy/. `cargo xtask test eleventy` installs what
//! tests/real/eleventy/package-lock.json pins.

use std::{path::Path, process::Command};

use crate::{
    built::{Feed, Site, check_page, check_shortcode},
    harness::{cases, in_browser},
};

cases![articles_by_the_shortcode_and_its_feed];

async fn site() -> String {
    let site = Site::new("eleventy").await;
    site.put("tests/real/eleventy/site", "");
    site.put("tests/real/articles", "posts");
    site.put("tests/real/pictures", "gambar");
    site.put("integrations/eleventy/kabar.cjs", "kabar.cjs");
    site.put("integrations/eleventy/feed.11ty.cjs", "feed.11ty.cjs");
    site.put_dist("kabar");
    site.write("_data/site.json", &serde_json::json!({ "title": "Catatan Tepian", "language": "id", "url": site.origin }).to_string());
    let mut eleventy = Command::new("node");
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/eleventy/node_modules/@11ty/eleventy/cmd.cjs");
    site.build(eleventy.arg(program).arg("--quiet"), "_site")
}

fn articles_by_the_shortcode_and_its_feed() {
    in_browser(async |tab| {
        let origin = site().await;
        check_page(tab, &origin, 0, Feed::Json).await;
        check_page(tab, &origin, 2, Feed::Json).await;
        check_shortcode(tab, &origin).await;
    });
}
