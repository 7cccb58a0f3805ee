//! The demo that a newcomer sees, under the strict policy of DESIGN section 4.

use crate::harness::{cases, in_browser};

cases![the_demo_works_under_the_strict_policy, every_picture_of_the_demo_is_there, the_demo_fits_a_small_phone,];

/// Until all three are there, whatever they waited for.
const READY: &str =
    "['kabar-cards', 'kabar-share', 'kabar-next'].every((tag) => one(tag) && !root(tag)?.querySelector('slot:not([name])'))";

fn the_demo_works_under_the_strict_policy() {
    in_browser(async |tab| {
        tab.open("/").await;
        tab.run("one('kabar-cards, script[data-feed], kabar-next').scrollIntoView();").await;
        tab.until("one('kabar-cards') && one('kabar-share') && one('kabar-next')").await;
        for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
            tab.until_event("kabar-ready", tag).await;
        }
        tab.until(READY).await;

        let title = tab.text("inside('kabar-next', 'aside.next h3 > a').textContent").await;
        assert_eq!(title, "Tarif Rp8.500, MRT Belum Tentu Membuat Pemilik Mobil Beralih");
        assert_eq!(tab.text("inside('kabar-next', 'aside.next time').textContent").await, "Sen, 25 Mar 2019");
        let excerpt = tab.text("inside('kabar-next', 'aside.next p[part~=excerpt]').textContent").await;
        assert!(excerpt.ends_with("[…]") && excerpt.matches("[…]").count() == 1, "{excerpt}");

        tab.check("all('kabar-cards', 'article.card').length >= 6").await;
        tab.check("all('kabar-cards', 'article.card').every((card) => card.querySelector('h3 > a[href]').textContent.trim())").await;
        tab.check("all('kabar-cards', 'article.card img').every((image) => image.src.startsWith(location.origin))").await;
        tab.check("!all('kabar-cards', 'h3 > a').some((link) => link.href === inside('kabar-next', 'h3 > a').baseURI)").await;

        let label = tab.text("inside('kabar-share', 'nav.share').getAttribute('aria-label') ?? ''").await;
        assert!(!label.trim().is_empty(), "the share bar has no name");
        tab.check("all('kabar-share', 'nav.share a[data-network]').length >= 5").await;
        tab.check(
            "['kabar-cards', 'kabar-share', 'kabar-next'].flatMap((tag) => all(tag, 'a'))
                .every((link) => /^(https?|mailto):$/.test(link.protocol))",
        )
        .await;
        tab.console_is_empty().await;
    });
}

fn every_picture_of_the_demo_is_there() {
    in_browser(async |tab| {
        tab.open("/").await;
        tab.until("one('kabar-cards')").await;
        tab.run("one('kabar-cards').scrollIntoView();").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        let count = tab.js("all('kabar-cards', 'img').length").await.as_u64().unwrap();
        assert!(count >= 6, "only {count} pictures");
        for place in 0..count {
            tab.run_with("all('kabar-cards', 'img')[arguments[0]].scrollIntoView();", vec![place.into()]).await;
            tab.until(&format!("all('kabar-cards', 'img')[{place}].naturalWidth > 0")).await;
        }
        tab.check("[...document.images].every((image) => image.hasAttribute('alt') && image.naturalWidth > 0)").await;
        tab.console_is_empty().await;
    });
}

fn the_demo_fits_a_small_phone() {
    in_browser(async |tab| {
        tab.size(320, 640, true).await;
        tab.open("/").await;
        tab.until("one('kabar-cards') && one('kabar-share') && one('kabar-next')").await;
        for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
            tab.until_event("kabar-ready", tag).await;
        }
        tab.check("document.documentElement.scrollWidth <= 320").await;
        // WCAG 2.2, 2.5.8: a target is at least 24 pixels high and wide.
        tab.check(
            "all('kabar-share', 'a, button').every((control) => {
                const { width, height } = control.getBoundingClientRect();
                return width >= 24 && height >= 24;
            })",
        )
        .await;
        tab.console_is_empty().await;
    });
}
