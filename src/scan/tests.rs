//! Held against std.

use proptest::prelude::*;

use super::*;

/// Texts in which something is found, and of every length of character.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ab&=é… ]{0,12}", "[\\s\\u{a0}\\u{2003}xé日]{0,8}", any::<String>()]
}

/// What is looked for, in part of several characters.
fn wanted() -> impl Strategy<Value = String> {
    "[ab&=é…]{1,2}"
}

fn is_mark(char: char) -> bool {
    matches!(char, 'a' | '&' | ' ')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn finds_what_std_finds(text in text(), wanted in wanted()) {
        prop_assert_eq!(find(&text, &wanted), text.find(&wanted));
        prop_assert_eq!(find_last(&text, &wanted), text.rfind(&wanted));
        prop_assert_eq!(has(&text, &wanted), text.contains(&wanted));
        prop_assert_eq!(parted(&text, &wanted), text.split_once(&wanted).unwrap_or((&text, "")));
        prop_assert_eq!(replaced(&text, &wanted, "c…"), text.replace(&wanted, "c…"));
        prop_assert_eq!(without_end(&text, &wanted), text.trim_end_matches(&wanted));
        prop_assert_eq!(has_char(&text, '…'), text.contains('…'));
        prop_assert_eq!(nth_char(&text, 2), text.chars().nth(2));
    }

    #[test]
    fn finds_the_marks_that_std_finds(text in text()) {
        prop_assert_eq!(until(&text, b"a& "), text.find(is_mark).unwrap_or(text.len()));
        prop_assert_eq!(position(&text, b'&'), text.find('&'));
        prop_assert_eq!(last_position(&text, b"a& "), text.rfind(is_mark));
        prop_assert_eq!(has_mark(&text, b'&'), text.contains('&'));
        prop_assert_eq!(without_first(&text, b"a& "), text.trim_start_matches(is_mark));
        prop_assert_eq!(without_last(&text, b"a& "), text.trim_end_matches(is_mark));
        let alphanumeric = text.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(text.len());
        prop_assert_eq!(alphanumerics(&text), alphanumeric);
        let split: Vec<_> = text.split(is_mark).filter(|piece| !piece.is_empty()).collect();
        prop_assert_eq!(pieces(&text, b"a& ").collect::<Vec<_>>(), split);
        prop_assert_eq!(pieces(&text, BLANKS).collect::<Vec<_>>(), text.split_ascii_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn trims_as_std_does(text in text()) {
        prop_assert_eq!(trim(&text), text.trim());
        prop_assert_eq!(trim_start(&text), text.trim_start());
        prop_assert_eq!(trim_end(&text), text.trim_end());
        prop_assert_eq!(trim_start_by(&text, is_mark), text.trim_start_matches(is_mark));
        prop_assert_eq!(trim_end_by(&text, is_mark), text.trim_end_matches(is_mark));
    }

    #[test]
    fn reads_and_writes_the_numbers_of_std(number in any::<i64>(), text in "[+-]?[0-9]{0,17}|[-+0-9a ]{0,4}") {
        prop_assert_eq!(decimal(number), number.to_string());
        prop_assert_eq!(decimal(number % 1_000), (number % 1_000).to_string());
        prop_assert_eq!(integer(&text), text.parse().ok());
    }
}

#[test]
fn numbers_at_the_ends() {
    for number in [0, 9, 10, -1, i64::MIN, i64::MAX] {
        assert_eq!(decimal(number), number.to_string());
    }
    assert_eq!(integer("999999999999999999"), Some(999_999_999_999_999_999));
    assert_eq!(integer("-000000000000000000000000000001"), Some(-1));
    for text in ["", "+", "-", "--1", "1.0", "1 ", "１", "1000000000000000000", "9223372036854775808"] {
        assert_eq!(integer(text), None, "{text}");
    }
}

#[test]
fn lists_of_words() {
    for (words, word, is_there) in [("p br", "BR", true), ("p br", "b", false), ("p br", "", false), ("", "p", false), ("é", "É", false)]
    {
        assert_eq!(lists(words, word), is_there, "{word} in {words}");
    }
    let mut joined = String::new();
    for word in ["one", "two", "three"] {
        list(&mut joined, ", ", word);
    }
    add(&mut joined, &[" and", " four"]);
    assert_eq!(joined, "one, two, three and four");
}
