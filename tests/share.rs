//! The links of the share targets, against the forms that the networks document.
#![cfg(not(target_arch = "wasm32"))]

use kabar::share::{Action, NETWORKS, Shared, network, percent_encode};
use proptest::prelude::*;

fn shared(url: &str, title: &str, text: &str) -> Shared {
    Shared { url: url.to_owned(), title: title.to_owned(), text: text.to_owned(), ..Shared::default() }
}

fn link(id: &str, shared: &Shared) -> String {
    network(id).and_then(|network| shared.link(network)).unwrap_or_default()
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
        assert_eq!(shared.link(network(id).unwrap()), None, "{id}");
    }
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
            let Action::Link(base, parameters) = row.action else { continue };
            let link = shared.link(row).unwrap();
            prop_assert!(link.starts_with(base) && link.is_ascii(), "{}", link);
            prop_assert!(!link.contains(['+', '#', ' ', '"', '<']), "{}", link);
            let pairs = decoded(&link).unwrap_or_default();
            prop_assert!((1..=parameters.len()).contains(&pairs.len()), "{}", link);
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
