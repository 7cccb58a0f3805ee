//! The links of the share targets, against the forms that the networks document.
#![cfg(not(target_arch = "wasm32"))]

use kabar::share::{Action, BUILT_IN, IDS, NETWORKS, Shared, code_points, network, percent_encode, rows};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn shared(url: &str, title: &str, text: &str) -> Shared {
    Shared { url: url.to_owned(), title: title.to_owned(), text: text.to_owned(), ..Shared::default() }
}

fn link(id: &str, shared: &Shared) -> String {
    let row = rows().iter().find(|row| row.network.id == id);
    row.and_then(|row| shared.link(row.network, clusters)).unwrap_or_default()
}

/// Where the grapheme clusters end, by another one's table.
fn clusters(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len()).collect()
}

/// The address with this `utm` template, as shared on WhatsApp.
fn with_utm(url: &str, utm: &str) -> String {
    let shared = Shared { utm: utm.to_owned(), ..shared(url, "", "") };
    network("whatsapp").map(|network| shared.url_for(network)).unwrap_or_default()
}

/// What the other side reads: a form decoder, where a bare `+` would be a blank.
/// Nothing where the link is no URL.
fn decoded(link: &str) -> Option<Vec<(String, String)>> {
    Some(url::Url::parse(link).ok()?.query_pairs().into_owned().collect())
}

#[test]
fn the_table_has_every_network_once_in_the_order_of_display() {
    let ids: Vec<_> = NETWORKS.iter().map(|network| network.id).collect();
    assert_eq!(ids.join(" "), "native whatsapp facebook x telegram line email copy");
    assert_eq!(ids.join(" "), BUILT_IN);
    assert!(IDS.starts_with(&ids), "{IDS:?}");
    for row in NETWORKS {
        assert_eq!(network(row.id), Some(row));
        assert!(row.icon.starts_with('M'), "{}", row.id);
        let draws = |byte: u8| b"MmLlHhVvCcSsAaZz .-".contains(&byte) || byte.is_ascii_digit();
        assert!(row.icon.bytes().all(draws), "{}", row.id);
    }
    assert_eq!(network("WhatsApp"), None);
}

#[test]
fn the_links_are_those_that_the_networks_document() {
    let shared = Shared {
        via: "@warta".to_owned(),
        hashtags: "mrt, #jakarta".to_owned(),
        ..shared("https://warta.example/mrt?p=1#atas", "Tarif MRT", "Naik & turun")
    };
    let url = "https%3A%2F%2Fwarta.example%2Fmrt%3Fp%3D1%23atas";
    for (id, expected) in [
        ("whatsapp", "https://wa.me/?text=Tarif%20MRT%20{}"),
        ("facebook", "https://www.facebook.com/sharer/sharer.php?u={}"),
        ("x", "https://x.com/intent/tweet?text=Tarif%20MRT&url={}&via=warta&hashtags=mrt%2Cjakarta"),
        ("telegram", "https://t.me/share/url?url={}&text=Tarif%20MRT"),
        ("line", "https://social-plugins.line.me/lineit/share?url={}&text=Tarif%20MRT"),
        ("email", "mailto:?subject=Tarif%20MRT&body=Naik%20%26%20turun%0D%0A%0D%0A{}"),
    ] {
        assert_eq!(link(id, &shared), expected.replace("{}", url));
    }
    for id in ["native", "copy"] {
        assert_eq!(shared.link(network(id).unwrap(), code_points), None, "{id}");
    }
}

/// What the pages say that `source` names in src/share/networks.json.
#[test]
fn the_links_of_the_networks_with_a_file_are_those_that_they_document() {
    let shared = Shared {
        image: "https://warta.example/mrt.jpg".to_owned(),
        ..shared("https://warta.example/mrt?p=1#atas", "Tarif MRT", "Naik & turun")
    };
    let url = "https%3A%2F%2Fwarta.example%2Fmrt%3Fp%3D1%23atas";
    let expected = [
        ("linkedin", "https://www.linkedin.com/sharing/share-offsite/?url={}"),
        ("reddit", "https://www.reddit.com/submit?url={}&title=Tarif%20MRT"),
        ("bluesky", "https://bsky.app/intent/compose?text=Tarif%20MRT%0A{}"),
        ("mastodon", "https://{instance}/share?text=Tarif%20MRT%0A{}"),
        ("threads", "https://www.threads.com/intent/post?text=Tarif%20MRT&url={}"),
        (
            "pinterest",
            "https://www.pinterest.com/pin/create/button/?url={}&media=https%3A%2F%2Fwarta.example%2Fmrt.jpg&description=Tarif%20MRT",
        ),
        ("tumblr", "https://www.tumblr.com/widgets/share/tool?canonicalUrl={}&title=Tarif%20MRT"),
        ("hackernews", "https://news.ycombinator.com/submitlink?u={}&t=Tarif%20MRT"),
        ("vk", "https://vk.com/share.php?url={}&title=Tarif%20MRT&image=https%3A%2F%2Fwarta.example%2Fmrt.jpg"),
        ("viber", "viber://forward?text=Tarif%20MRT%20{}"),
        ("sms", "sms:?body=Tarif%20MRT%20{}"),
        ("weibo", "https://service.weibo.com/share/share.php?url={}&title=Tarif%20MRT&pic=https%3A%2F%2Fwarta.example%2Fmrt.jpg"),
        ("hatena", "https://b.hatena.ne.jp/add?mode=confirm&url={}&title=Tarif%20MRT"),
        ("xing", "https://www.xing.com/spi/shares/new?url={}"),
        ("odnoklassniki", "https://connect.ok.ru/offer?url={}&title=Tarif%20MRT&imageUrl=https%3A%2F%2Fwarta.example%2Fmrt.jpg"),
        ("lobsters", "https://lobste.rs/stories/new?url={}&title=Tarif%20MRT"),
        ("teams", "https://teams.microsoft.com/share?href={}&msgText=Tarif%20MRT"),
        ("flipboard", "https://share.flipboard.com/bookmarklet/popout?v=2&title=Tarif%20MRT&url={}"),
        ("nextdoor", "https://nextdoor.com/sharekit/?body=Tarif%20MRT%20{}"),
        ("print", ""),
        ("qr", ""),
    ];
    for (id, expected) in expected {
        assert_eq!(link(id, &shared), expected.replace("{}", url));
    }
    let tested: Vec<_> = NETWORKS.iter().map(|network| network.id).chain(expected.map(|(id, _)| id)).collect();
    assert_eq!(tested, IDS, "each network has its expected link here, in the table's order");
    let bare = Shared { title: String::new(), text: String::new(), image: String::new(), ..shared };
    assert_eq!(link("bluesky", &bare), "https://bsky.app/intent/compose?text=".to_owned() + url, "no line before the address");
    assert_eq!(link("vk", &bare), "https://vk.com/share.php?url=".to_owned() + url);
    assert_eq!(link("flipboard", &bare), "https://share.flipboard.com/bookmarklet/popout?v=2&url=".to_owned() + url);
}

#[test]
fn every_row_says_where_its_address_is_from_and_whose_its_icon_is() {
    for row in rows() {
        let network = row.network;
        let is_link = matches!(network.action, Action::Link(_)) || network.id == "mastodon";
        assert_eq!(row.source.starts_with("https://"), is_link, "{}", network.id);
        assert!(["Kabar", "Simple Icons"].contains(&row.drawn.as_str()), "{}", network.id);
        assert!(["", "image", "touch"].contains(&row.needs.as_str()), "{}", network.id);
        assert!(network.icon.starts_with(['M', 'm']), "{}", network.id);
        let draws = |byte: u8| b"MmLlHhVvCcSsQqTtAaZz ,.-".contains(&byte) || byte.is_ascii_digit();
        assert!(network.icon.bytes().all(draws), "{}", network.id);
        assert!(network.id.bytes().all(|byte| byte.is_ascii_lowercase()), "{}", network.id);
    }
}

#[test]
fn utm_parameters_name_each_network() {
    let shared = Shared { utm: "utm_source={network}".to_owned(), ..shared("https://a.example/", "", "") };
    for row in rows() {
        let link = link(row.network.id, &shared);
        let named = format!("utm_source%3D{}", row.network.id);
        assert!(link.is_empty() || link.contains(&named), "{link}");
        assert!(shared.url_for(row.network).ends_with(&named.replace("%3D", "=")));
    }
}

/// The text of a post, as the network gets it.
fn post(id: &str, shared: &Shared) -> String {
    let link = link(id, shared).replace("{instance}", "mastodon.example");
    let parameters = decoded(&link).unwrap_or_default();
    parameters.into_iter().find(|(name, _)| name == "text").unwrap_or_default().1
}

/// Bluesky, "Action Intent Links": 300 Unicode grapheme clusters.
#[test]
fn a_post_on_bluesky_has_three_hundred_clusters_at_most() {
    let url = "https://warta.example/2026/11/tarif";
    let families = "👨‍👩‍👧‍👦 ".repeat(200);
    for (title, length) in [("kata ".repeat(99), 297), (families, 300), ("ก็".repeat(400), 300), ("क्ष ".repeat(300), 300)] {
        let text = post("bluesky", &shared(url, &title, ""));
        assert!(text.ends_with(&format!("…\n{url}")), "{text}");
        assert!(text.graphemes(true).count() <= 300, "{text}");
        // Cut in whole words, and no sooner than it must be.
        assert!(text.graphemes(true).count() >= length - 2, "{} of {text}", text.graphemes(true).count());
    }
    let fits = "a".repeat(300 - url.len() - 1);
    assert_eq!(post("bluesky", &shared(url, &fits, "")), format!("{fits}\n{url}"));
    let over = fits.clone() + "a";
    assert_eq!(post("bluesky", &shared(url, &over, "")), format!("{}…\n{url}", &fits[1..]));
}

/// X, "Counting characters": 280, a link is 23, and most scripts beyond the Latin ones count twice.
#[test]
fn a_post_on_x_has_room_for_its_link_its_account_and_its_hashtags() {
    let url = format!("https://warta.example/{}", "jalan-".repeat(60));
    let long = Shared { via: "@warta".to_owned(), hashtags: "mrt,jakarta".to_owned(), ..shared(&url, "", "") };
    let room = 280 - 24 - " via @warta".len() - " #mrt".len() - " #jakarta".len();
    let fits = "a".repeat(room);
    assert_eq!(post("x", &Shared { title: fits.clone(), ..long.clone() }), fits);
    assert_eq!(post("x", &Shared { title: fits.clone() + "a", ..long.clone() }), format!("{}…", &fits[2..]), "the mark counts twice");
    let words = "kereta ".repeat(60);
    assert!(post("x", &Shared { title: words, ..long.clone() }).ends_with(" kereta…"));
    let kanji = "新".repeat(300);
    assert_eq!(post("x", &Shared { title: kanji, ..shared(&url, "", "") }).chars().count(), (280 - 24) / 2);
    assert_eq!(post("mastodon", &Shared { title: "a".repeat(476), ..shared(&url, "", "") }).len(), 476 + 1 + url.len());
    assert!(post("mastodon", &Shared { title: "a".repeat(477), ..shared(&url, "", "") }).contains('…'));
}

#[test]
fn what_is_empty_is_left_out() {
    let bare = shared("https://a.example/", "", "");
    let url = "https%3A%2F%2Fa.example%2F";
    for (id, expected) in [
        ("whatsapp", "https://wa.me/?text={}"),
        ("x", "https://x.com/intent/tweet?url={}"),
        ("telegram", "https://t.me/share/url?url={}"),
        ("email", "mailto:?body={}"),
    ] {
        assert_eq!(link(id, &bare), expected.replace("{}", url));
    }
    assert_eq!(link("telegram", &Shared::default()), "https://t.me/share/url?url=", "the address is what the network cannot do without");
    let blank = Shared { via: " @ ".to_owned(), hashtags: " , #".to_owned(), ..bare };
    assert_eq!(link("x", &blank), "https://x.com/intent/tweet?url=https%3A%2F%2Fa.example%2F");
}

#[test]
fn the_text_stands_in_for_a_missing_title() {
    let shared = shared("https://a.example/", "", "Isi");
    let url = "https%3A%2F%2Fa.example%2F";
    assert_eq!(link("telegram", &shared), "https://t.me/share/url?url=".to_owned() + url + "&text=Isi");
    assert_eq!(link("whatsapp", &shared), "https://wa.me/?text=Isi%20".to_owned() + url);
    // The body has it already.
    assert_eq!(link("email", &shared), "mailto:?body=Isi%0D%0A%0D%0A".to_owned() + url);
}

#[test]
fn nothing_in_a_text_can_leave_its_parameter() {
    for (text, encoded) in [
        ("Tarif Rp8.500, MRT & \"mobil\" + 100%", "Tarif%20Rp8.500%2C%20MRT%20%26%20%22mobil%22%20%2B%20100%25"),
        ("“Kabar”", "%E2%80%9CKabar%E2%80%9D"),
        ("Jum’at 🚆", "Jum%E2%80%99at%20%F0%9F%9A%86"),
        ("a#b&c=d?e/f", "a%23b%26c%3Dd%3Fe%2Ff"),
        ("baris\nbaru", "baris%0Abaru"),
        ("AZaz09-._~!'()*", "AZaz09-._~%21%27%28%29%2A"),
    ] {
        assert_eq!(percent_encode(text), encoded);
        assert_eq!(
            link("telegram", &shared("https://a.example/", text, "")),
            "https://t.me/share/url?url=https%3A%2F%2Fa.example%2F&text=".to_owned() + encoded
        );
    }
}

#[test]
fn a_mail_has_the_line_breaks_of_rfc_6068_and_a_subject_of_one_line() {
    let shared = shared("https://a.example/", "Judul\nBcc: b@a.example", "a\nb\r\nc\rd");
    assert_eq!(
        link("email", &shared),
        "mailto:?subject=Judul%20Bcc%3A%20b%40a.example\
         &body=a%0D%0Ab%0D%0Ac%0D%0Ad%0D%0A%0D%0Ahttps%3A%2F%2Fa.example%2F"
    );
}

#[test]
fn hashtags_are_joined_by_commas() {
    for (given, joined) in
        [("mrt,jakarta", "mrt%2Cjakarta"), ("#mrt #jakarta", "mrt%2Cjakarta"), ("#mrt, , #Car Free Day,", "mrt%2CCarFreeDay")]
    {
        let shared = Shared { hashtags: given.to_owned(), ..shared("https://a.example/", "", "") };
        let expected = "&hashtags=".to_owned() + joined;
        assert!(link("x", &shared).ends_with(&expected), "{given}");
    }
}

#[test]
fn utm_parameters_join_the_query_before_the_fragment() {
    let utm = "utm_source={network}&utm_medium=share";
    let added = "utm_source=whatsapp&utm_medium=share";
    for (url, expected) in [
        ("https://a.example/x", "https://a.example/x?{}"),
        ("https://a.example/x#f?g", "https://a.example/x?{}#f?g"),
        ("https://a.example/x?p=1", "https://a.example/x?p=1&{}"),
        ("https://a.example/x?p=1#f", "https://a.example/x?p=1&{}#f"),
        ("https://a.example/x?", "https://a.example/x?{}"),
        ("https://a.example/x?p=1&", "https://a.example/x?p=1&{}"),
    ] {
        assert_eq!(with_utm(url, utm), expected.replace("{}", added));
        assert_eq!(with_utm(url, ""), url);
    }
}

#[test]
fn the_parameters_of_the_address_win_over_the_template() {
    let utm = "?utm_source={network}&&utm_medium=share&";
    assert_eq!(with_utm("https://a.example/?utm_source=koran#f", utm), "https://a.example/?utm_source=koran&utm_medium=share#f");
    // A longer name is another one, and a fragment is no query.
    assert_eq!(
        with_utm("https://a.example/?utm_source_platform=a#?utm_medium=b", utm),
        "https://a.example/?utm_source_platform=a&utm_source=whatsapp&utm_medium=share\
         #?utm_medium=b"
    );
}

#[test]
fn a_template_is_a_query_already_and_cannot_break_the_address() {
    assert_eq!(
        with_utm("https://a.example/#f", "utm_campaign=a%20b+c&utm_content=d:e/f"),
        "https://a.example/?utm_campaign=a%20b+c&utm_content=d:e/f#f"
    );
    assert_eq!(
        with_utm("https://a.example/#f", "utm_campaign=musim hujan#\"é"),
        "https://a.example/?utm_campaign=musim%20hujan%23%22%C3%A9#f"
    );
}

proptest! {
    #[test]
    fn a_link_gives_back_what_was_put_in(
        title in any::<String>(),
        text in any::<String>(),
        path in "[a-z/]{0,8}(\\?[a-z=&%+]{1,8})?(#\\PC{0,4})?",
    ) {
        let shared = shared(&("https://a.example/".to_owned() + &path), &title, &text);
        let said = if title.is_empty() { &text } else { &title };
        let url = shared.url.as_str();
        for row in NETWORKS {
            let Action::Link(template) = row.action else { continue };
            let (base, parameters) = template.split_once('?').unwrap();
            let link = shared.link(row, code_points).unwrap();
            prop_assert!(link.starts_with(base) && link.is_ascii(), "{}", link);
            prop_assert!(!link.contains(['+', '#', ' ', '"', '<']), "{}", link);
            let pairs = decoded(&link).unwrap_or_default();
            prop_assert!((1..=parameters.split('&').count()).contains(&pairs.len()), "{}", link);
            for (name, value) in &pairs {
                match (row.id, name.as_str()) {
                    ("facebook", "u") | (_, "url") => prop_assert_eq!(value, url),
                    ("whatsapp", "text") if said.is_empty() => prop_assert_eq!(value, url),
                    ("whatsapp", "text") => {
                        let expected = said.to_owned() + " " + url;
                        prop_assert_eq!(value, &expected);
                    }
                    (_, "text") => prop_assert_eq!(value, said),
                    ("email", "subject") => {
                        prop_assert_eq!(value, &title.replace(['\r', '\n'], " "));
                    }
                    ("email", "body") => prop_assert!(value.ends_with(url)),
                    _ => prop_assert!(false, "{} is not asked for", name),
                }
            }
        }
    }
}
