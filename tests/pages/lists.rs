//! Lists beyond the first screens: they come in pieces, and are whole, in order
//! and alive in the end.

use crate::harness::{Tab, cases, in_browser};

cases![
    a_long_list_comes_whole_and_in_order,
    a_new_order_takes_the_place_of_the_old_one,
    what_is_shown_stays_until_the_new_comes,
    all_cards_take_a_new_heading_and_a_new_way_to_open,
    a_shorter_list_drops_the_others,
    a_card_far_down_tells_of_its_click,
    cards_that_others_have_changed_are_made_anew,
    where_the_script_for_them_does_not_come_that_is_said,
];

const COUNT: usize = 150;

/// Articles of several kinds, some of which come once: with a picture or without,
/// with tags or without, without an address, and with a character that the pieces use.
fn feed() -> String {
    let items: Vec<_> = (0..COUNT)
        .map(|place| {
            let mut item = serde_json::json!({
                "id": place.to_string(),
                "url": format!("/a/{place}"),
                "title": format!("Judul {place}"),
                "date_published": format!("2024-01-{:02}T{:02}:00:00Z", 28 - place / 24, 23 - place % 24),
            });
            if place % 2 == 0 {
                item["image"] = format!("/feed/picture.svg?{place}").into();
            }
            if place % 3 == 0 {
                item["tags"] = serde_json::json!(["Kota", format!("Tag {place}")]);
            }
            if place % 5 == 0 {
                item["content_text"] = format!("Isi berita nomor {place}.").into();
            }
            if place == 70 {
                item["title"] = "Judul 70\u{0}3\u{0}href\u{0}/elsewhere\u{0}".into();
            }
            if place == 71 {
                item["summary"] = "Yang satu ini".into();
                item["authors"] = serde_json::json!([{ "name": "Siti" }]);
                item["language"] = "en".into();
            }
            item
        })
        .collect();
    serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Uji", "language": "id", "items": items }).to_string()
}

const ARTICLES: &str = "all('kabar-cards', 'article')";

async fn open(tab: &Tab, attributes: &str) {
    tab.make("long.json", "application/feed+json", feed());
    let show = "image title date author excerpt tags";
    let element = format!(r#"<kabar-cards feed="/made/long.json" show="{show}" loading="eager" {attributes}></kabar-cards>"#);
    tab.open_with("/pages/elements/page.html", &[("body", &element)]).await;
}

/// The places of the articles that are shown, as their links say.
async fn places(tab: &Tab) -> Vec<usize> {
    let links = tab.texts(&format!("{ARTICLES}.map((card) => card.querySelector('a').getAttribute('href').split('/').pop())")).await;
    links.iter().map(|place| place.parse().unwrap()).collect()
}

/// Each card has what its article has, and nothing of the card that it is a copy of.
async fn each_is_its_own(tab: &Tab) {
    tab.check(&format!(
        "{ARTICLES}.every((card) => {{
            const place = +card.querySelector('a').getAttribute('href').split('/').pop();
            const image = card.querySelector('img');
            const tags = [...card.querySelectorAll('[part=tags] li')].map((tag) => tag.textContent);
            const excerpt = card.querySelector('[part=excerpt]')?.textContent;
            return card.querySelector('a').textContent.startsWith(`Judul ${{place}}`)
                && (place % 2 === 0 ? image.getAttribute('src').endsWith(`picture.svg?${{place}}`) : !image)
                && tags.join() === (place % 3 === 0 ? `Kota,Tag ${{place}}` : '')
                && (place === 71 ? excerpt === 'Yang satu ini' : (excerpt ?? '') === (place % 5 === 0 ? `Isi berita nomor ${{place}}.` : ''))
                && (card.querySelector('[part=author]')?.textContent ?? '') === (place === 71 ? 'Siti' : '')
                && card.getAttribute('lang') === (place === 71 ? 'en' : 'id');
        }})"
    ))
    .await;
}

fn a_long_list_comes_whole_and_in_order() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        assert_eq!(places(tab).await, (0..COUNT).collect::<Vec<_>>());
        each_is_its_own(tab).await;
        tab.console_is_empty().await;
    });
}

fn a_new_order_takes_the_place_of_the_old_one() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        tab.run("one('kabar-cards').setAttribute('order', 'oldest');").await;
        tab.until(&format!("{ARTICLES}[{COUNT} - 1].querySelector('a').getAttribute('href').endsWith('/a/0')")).await;
        assert_eq!(places(tab).await, (0..COUNT).rev().collect::<Vec<_>>());
        each_is_its_own(tab).await;
        // And once more, of cards that were copies and were found.
        tab.run("one('kabar-cards').setAttribute('order', 'newest');").await;
        tab.until(&format!("{ARTICLES}[{COUNT} - 1].querySelector('a').getAttribute('href').endsWith('/a/149')")).await;
        assert_eq!(places(tab).await, (0..COUNT).collect::<Vec<_>>());
        each_is_its_own(tab).await;
        tab.console_is_empty().await;
    });
}

fn what_is_shown_stays_until_the_new_comes() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        // A reader far down: were the list short for a moment, they would lose their place.
        tab.run(&format!(
            "window.least = Infinity;
            new MutationObserver(() => {{ least = Math.min(least, {ARTICLES}.length); }}).observe(one('kabar-cards').shadowRoot, {{ childList: true, subtree: true }});
            one('kabar-cards').setAttribute('order', 'oldest');"
        ))
        .await;
        tab.until(&format!("{ARTICLES}[{COUNT} - 1].querySelector('a').getAttribute('href').endsWith('/a/0')")).await;
        tab.check(&format!("least >= {COUNT}")).await;
        tab.console_is_empty().await;
    });
}

fn all_cards_take_a_new_heading_and_a_new_way_to_open() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        // The articles are the same; what is around their titles is not.
        tab.run("one('kabar-cards').setAttribute('heading', '4');").await;
        tab.until(&format!("all('kabar-cards', 'article > h4').length === {COUNT} && all('kabar-cards', 'article > h3').length === 0"))
            .await;
        tab.run("one('kabar-cards').setAttribute('open', 'new');").await;
        tab.until(&format!("all('kabar-cards', 'h4 > a[target=_blank]').length === {COUNT}")).await;
        assert_eq!(places(tab).await, (0..COUNT).collect::<Vec<_>>());
        tab.console_is_empty().await;
    });
}

fn a_shorter_list_drops_the_others() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        for limit in [100, 30, 24, 3] {
            tab.run(&format!("one('kabar-cards').limit = {limit};")).await;
            tab.until(&format!("{ARTICLES}.length === {limit}")).await;
            assert_eq!(places(tab).await, (0..limit).collect::<Vec<_>>());
        }
        tab.run("one('kabar-cards').limit = 90;").await;
        tab.until(&format!("{ARTICLES}.length === 90")).await;
        each_is_its_own(tab).await;
        tab.console_is_empty().await;
    });
}

fn a_card_far_down_tells_of_its_click() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        tab.run("addEventListener('click', (event) => event.preventDefault());").await;
        for place in [0, 23, 24, 71, COUNT - 1] {
            tab.run(&format!("{ARTICLES}[{place}].querySelector('a').click();")).await;
            tab.until(&format!("events('kabar-card-click').at(-1)?.detail.index === {place}")).await;
            tab.check(&format!("events('kabar-card-click').at(-1).detail.url === location.origin + '/a/{place}'")).await;
        }
        tab.console_is_empty().await;
    });
}

fn cards_that_others_have_changed_are_made_anew() {
    in_browser(async |tab| {
        open(tab, r#"limit="1000""#).await;
        tab.until(&format!("{ARTICLES}.length === {COUNT}")).await;
        // As a translator does, and as a page's own script may: to cards that are copies, of the kinds of 24 to 31.
        tab.run(&format!(
            "for (const place of [54, 55]) {{
                const link = {ARTICLES}[place].querySelector('a');
                const font = document.createElement('font');
                font.textContent = '«' + link.textContent + '»';
                link.firstChild.replaceWith(font);
            }}
            {ARTICLES}[84].querySelector('h3').remove();
            {ARTICLES}[85].prepend(document.createElement('p'));
            one('kabar-cards').setAttribute('order', 'oldest');"
        ))
        .await;
        tab.until(&format!("{ARTICLES}[{COUNT} - 1].querySelector('a').getAttribute('href').endsWith('/a/0')")).await;
        assert_eq!(places(tab).await, (0..COUNT).rev().collect::<Vec<_>>());
        each_is_its_own(tab).await;
        tab.console_is_empty().await;
    });
}

fn where_the_script_for_them_does_not_come_that_is_said() {
    in_browser(async |tab| {
        crate::policies::copy_of_dist(tab, |name, bytes| if name.contains("-fill-") { None } else { Some(bytes) });
        tab.make("long.json", "application/feed+json", feed());
        let element = "<kabar-cards feed=/made/long.json limit=1000 loading=eager></kabar-cards><script src=/made/kabar.js></script>";
        crate::policies::open(tab, crate::harness::Policy::None, element).await;
        tab.until("events('kabar-error').length === 1").await;
        tab.check(&format!("events('kabar-error')[0].detail.code === 'wasm-failed' && {ARTICLES}.length === 24")).await;
        tab.console().await;
    });
}
