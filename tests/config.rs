//! Attributes as publishers write them, and what they come to.
#![cfg(not(target_arch = "wasm32"))]

use kabar::{
    config::{ATTRIBUTES, Allowed, Attributes, Config, Element, Warning},
    next::Order,
};

fn read<const N: usize>(element: Element, pairs: [(&str, &str); N]) -> (Config, Vec<String>) {
    let (config, warnings) = Config::read(element, &Attributes::from(pairs));
    (config, warnings.iter().map(Warning::message).collect())
}

#[test]
fn no_attributes_give_the_defaults_of_the_table() {
    let (config, warnings) = read(Element::Cards, []);
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(config.limit, 6);
    assert_eq!(config.excerpt_words, 30);
    assert_eq!(config.heading, 3);
    assert_eq!(config.cards_order, "newest");
    assert!(config.exclude_current);
    assert!(!config.open_new);
    assert_eq!(config.label, None);

    let (config, _) = read(Element::Next, []);
    assert_eq!(config.next_order, Order::Older);
    assert!(!config.wrap);

    let (config, _) = read(Element::Share, []);
    assert_eq!(config.networks, ["native", "whatsapp", "facebook", "x", "telegram", "line", "email", "copy"]);
}

#[test]
fn every_default_is_among_the_allowed_values() {
    for attribute in ATTRIBUTES {
        let allowed = match attribute.allowed {
            Allowed::Text => attribute.default.is_empty(),
            Allowed::Word(words) => words.contains(&attribute.default),
            Allowed::Words(words) => attribute.default.split(' ').all(|word| words.contains(&word)),
            Allowed::Number(least, most) => (least..=most).contains(&attribute.default.parse().unwrap()),
        };
        assert!(allowed, "{}", attribute.name);
        assert!(!attribute.doc.is_empty(), "{} has no doc", attribute.name);
    }
}

#[test]
fn a_wrong_value_is_named_once_and_the_default_holds() {
    let (config, warnings) = read(Element::Cards, [("limit", "many"), ("layout", "gird"), ("exclude-current", "no")]);
    assert_eq!(config.limit, 6);
    assert!(config.exclude_current);
    assert_eq!(
        warnings,
        [
            r#"<kabar-cards> layout="gird" is not known: use grid, list, compact"#,
            r#"<kabar-cards> limit="many" is not known: use a whole number from 1 to 10000"#,
            r#"<kabar-cards> exclude-current="no" is not known: use true, false"#,
        ]
    );
}

/// Those that only scripts act on too.
#[test]
fn every_attribute_of_the_table_is_checked() {
    for row in ATTRIBUTES.iter().filter(|row| !matches!(row.allowed, Allowed::Text)) {
        for element in row.on {
            let (_, warnings) = read(*element, [(row.name, "sideways")]);
            assert_eq!(warnings.len(), 1, "{}: {warnings:?}", row.name);
            assert!(warnings[0].contains(&[row.name, "=\"sideways\" is not known"].concat()), "{warnings:?}");
        }
    }
}

/// One script tag hands its `data-*` to all of its elements.
#[test]
fn the_layout_of_cards_and_the_placement_of_a_bar_are_set_side_by_side() {
    for element in Element::ALL {
        let (_, warnings) = read(element, [("layout", "list"), ("placement", "floating")]);
        assert_eq!(warnings, [""; 0]);
    }
    let (_, warnings) = read(Element::Share, [("placement", "row")]);
    assert_eq!(warnings, [r#"<kabar-share> placement="row" is not known: use inline, floating"#]);
}

#[test]
fn a_wrong_word_in_a_list_costs_that_word() {
    let (config, warnings) = read(Element::Share, [("networks", "copy, myspace whatsapp copy")]);
    assert_eq!(config.networks, ["copy", "whatsapp"]);
    assert_eq!(warnings, [r#"<kabar-share> networks="myspace" is not known: use some of "#.to_owned() + &kabar::share::IDS.join(" ")]);
}

#[test]
fn a_list_of_wrong_words_is_the_default() {
    let (config, warnings) = read(Element::Cards, [("show", "picture")]);
    assert_eq!(config.show, ["image", "title", "date", "author", "excerpt", "tags", "dateline"]);
    assert_eq!(warnings.len(), 1);
}

#[test]
fn numbers_have_bounds() {
    for (value, limit, heading) in
        [("0", 6, 3), ("-1", 6, 3), ("1", 1, 1), (" 4 ", 4, 4), ("7", 7, 3), ("99999999999999999999", 6, 3), ("2.5", 6, 3)]
    {
        let (config, _) = read(Element::Cards, [("limit", value), ("heading", value)]);
        assert_eq!((config.limit, config.heading), (limit, heading), "{value}");
    }
}

#[test]
fn words_ignore_case_and_an_empty_value_is_none() {
    let (config, warnings) = read(Element::Next, [("order", "NEWER"), ("open", ""), ("wrap", "True")]);
    assert_eq!(config.next_order, Order::Newer);
    assert!(!config.open_new);
    assert!(config.wrap);
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_bare_attribute_is_true() {
    assert!(read(Element::Next, [("wrap", "")]).0.wrap);
}

#[test]
fn an_empty_label_is_no_label_and_an_absent_one_is_the_languages_own() {
    assert_eq!(read(Element::Share, [("label", "")]).0.label.as_deref(), Some(""));
    assert_eq!(read(Element::Share, [("label", " Sebarkan ")]).0.label.as_deref(), Some("Sebarkan"));
    assert_eq!(read(Element::Cards, [("label", "x")]).0.label, None, "cards have no label");
}

#[test]
fn tags_are_a_list_without_case() {
    assert_eq!(read(Element::Cards, [("tag", "Ekonomi, UKM ,,Kota Malang")]).0.tags, ["ekonomi", "ukm", "kota malang"]);
}

#[test]
fn attributes_of_other_elements_do_nothing() {
    let (config, warnings) = read(Element::Share, [("limit", "x"), ("order", "sideways"), ("url", "/a")]);
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(config.shared.url, "/a");
}
