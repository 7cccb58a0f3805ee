//! Text out of HTML, and what is cut out of text: what feeds hold, and whatever
//! proptest comes up with.
#![cfg(not(target_arch = "wasm32"))]

use kabar::feed::text::{collapse, dateline, excerpt, plain};
use proptest::collection::vec;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn elements_divide_words() {
    for (html, text) in [
        ("one<br/>two<br>three<BR />four", "one two three four"),
        ("<table><tr><td>one<td>two</td></tr><tr><th>three</table>four", "one two three four"),
        ("<ul><li>one</li><li>two</ul><dl><dt>three<dd>four</dl>", "one two three four"),
        ("one<hr>two<h2>three</h2>four<blockquote>five</blockquote>", "one two three four five"),
        ("one<my-widget>two</my-widget>three", "one two three"),
        ("one<select><option>two<option>three</select>four", "one two three four"),
        // These stand inside words.
        ("o<b>n</b>e t<a href=#>w</a>o<wbr>th<span>re</span>e<!-- -->f<font>our</font>", "one twothreefour"),
        ("<o:p></o:p>one<o:p>two</o:p>", "onetwo"),
    ] {
        assert_eq!(plain(html), text, "{html}");
    }
}

/// `WordPress` begins an article with any of these.
#[test]
fn captions_are_no_first_words() {
    for html in [
        "<figure class=wp-block-image><img src=a.jpg alt=b><figcaption>Foto: Rani</figcaption></figure><p>One two</p>",
        "<figure><img src=a.jpg><FIGCAPTION class=x>Foto <b>Rani</b><br>2026</figcaption></figure><p>One <i>two</i></p>",
        "<div id=a class='wp-caption aligncenter'><img src=a.jpg><p class='x wp-caption-text'>Foto</p></div><p>One two</p>",
        "<figure><figure><figcaption>A</figcaption></figure><figcaption>B<figcaption>C</figcaption></figcaption></figure>One two",
        "<img data-src=a.jpg><noscript><img src=a.jpg>Turn scripts on</noscript>One two",
        "<p style='display: none'>Preview</p><div hidden>No</div><input hidden><br hidden>One two",
        "<span class='screen-reader-text'>Skip</span>One two <a class='button more-link' href=#>Read <i>on</i></a>",
    ] {
        assert_eq!(plain(html), "One two", "{html}");
    }
    // It is all there is.
    assert_eq!(plain("<figure><img src=a.jpg><figcaption>Pasar pagi</figcaption></figure>"), "Pasar pagi");
    assert_eq!(plain("<p hidden>No</p><noscript>No</noscript>"), "");
    // Nothing closes it.
    assert_eq!(plain("<figcaption>Pasar<p>One two"), "Pasar One two");
    assert_eq!(plain("<p style='text-align:center; display:block'>One two</p>"), "One two");
}

#[test]
fn what_stands_for_characters() {
    for (html, text) in [
        ("10<sup>6</sup> m<sup>2</sup>, 1<sup>st</sup> 2", "10⁶ m², 1st 2"),
        ("<p>One<sup>1<p>2", "One¹ 2"),
        ("Halo<img class='wp-smiley' alt='😀' src=a.png>!<img alt=x src=b.png>", "Halo😀!"),
        ("<img src=https://s.w.org/images/core/emoji/15.0.3/72x72/1f600.png alt='&#x1F600;'>", "😀"),
        ("<math><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></math>", "x"),
        ("&ldquo;Pasar&rdquo; &#8211; caf&eacute; &AMP; t&eacute &copy2026", "“Pasar” – café & té ©2026"),
    ] {
        assert_eq!(plain(html), text, "{html}");
    }
}

/// The work is in proportion: each of these would take very long if it were not.
#[test]
fn large_inputs_end() {
    for piece in ["<noscript>", "<figcaption>", "<p hidden>", "<sup>", "<i class=x>", "<!--", "&", "&#", "&ab", "a", "\u{301}", "中"] {
        let large = piece.repeat(200_000 / piece.len());
        assert!(plain(&large).len() <= large.len());
        assert!(collapse(&large).len() <= large.len());
    }
    for piece in ["a", "\u{301}", "中", "、", "…", "[…] ", "(more) ", "🇮🇩", "ก", "“ ", "A – "] {
        let large = piece.repeat(20_000);
        assert!(excerpt(&large, 30, None).chars().count() < 1_000, "{piece}");
        assert!(dateline(&large).is_none_or(|(head, rest)| head.len() + rest.len() < large.len()));
    }
}

/// Text as it is written in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// With a bar after each.
const PIECES: &str = "<p>|</p>|<br/>|<b|<!--|-->|<script>|</script|<a href=\"|'>|<figcaption>|</figcaption>|<noscript>|<p hidden>|\
    <sup>|<img class=emoji alt='|&amp;|&lt;|&#x80;|&#0;|&nbsp|&copy|[…]|…| […]|...| (more…)| »|→|Read more|MALANG|\
    , Kabar| – | (AP) - |11月24日电|\u{202e}|\u{2066}|\u{a0}|\u{feff}|中文|「|。|ก|เ|้|ြ|្|क|्|\u{301}|\u{200d}|\u{fe0f}|\
    \u{e0100}|👩|🏽|🇮|ᄀ|가|ᆨ";

/// Text that is more likely than most to be taken for something.
fn tricky() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => "\\PC{0,4}",
        2 => "[<>&;#!/?=\"' \\-x0-9a-z]{0,6}",
        6 => prop::sample::select(PIECES.split('|').collect::<Vec<_>>()).prop_map(str::to_owned),
        1 => "[a-zกक中]{20,70}",
        1 => any::<String>(),
    ];
    // A sign that joins whatever comes after it, and so the `[…]` that is taken off it.
    let prepended = |char| matches!(char, '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{70F}' | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{D4E}' | '\u{11000}'..='\u{11FFF}');
    vec(piece, 0..16).prop_map(move |pieces| pieces.concat().replace(prepended, ""))
}

fn is_unwanted(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_one_line(text: &str) -> bool {
    text.trim() == text && !text.contains("  ") && !text.contains(|char: char| is_unwanted(char) || char.is_whitespace() && char != ' ')
}

/// Whether all that is left of a text was cut where one character to the reader ends.
fn is_whole(text: &str, head: &str) -> bool {
    text.len() == head.len() || text.grapheme_indices(true).any(|(at, _)| at == head.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escaped_text_is_plain_again(text in tricky()) {
        let plain = plain(&escaped(&text));
        prop_assert_eq!(&plain, &collapse(&text));
        prop_assert_eq!(&collapse(&plain), &plain);
    }

    #[test]
    fn plain_is_one_line(html in tricky()) {
        let plain = plain(&html);
        prop_assert!(is_one_line(&plain), "{:?}", plain);
        prop_assert_eq!(&collapse(&plain), &plain);
    }

    #[test]
    fn excerpts_are_heads(text in tricky(), words in 0_usize..12) {
        let text = collapse(&text);
        let excerpt = excerpt(&text, words, None);
        let head = excerpt.strip_suffix(" […]").unwrap_or(&excerpt);
        prop_assert!(text.starts_with(head));
        // Three dots may be the author's own; they are divided as single characters are.
        prop_assert!(is_whole(&text, head), "{:?} of {:?}", head, text);
        prop_assert!(is_one_line(&excerpt), "{:?}", excerpt);
        prop_assert!(head.chars().count() <= words * 32);
        if head.len() < excerpt.len() {
            prop_assert!(!head.ends_with("[…]") && !head.ends_with('…') && !head.ends_with("...") && !head.is_empty());
        }
    }

    #[test]
    fn a_segmenter_may_say_anything(text in tricky(), words in 0_usize..12, mut ends in vec(0_u32..80, 0..12)) {
        let text = collapse(&text);
        ends.sort_unstable();
        let excerpt = excerpt(&text, words, Some(&|_| ends.clone()));
        let head = excerpt.strip_suffix(" […]").unwrap_or(&excerpt);
        prop_assert!(text.starts_with(head) && is_whole(&text, head), "{:?} of {:?}", head, text);
        prop_assert!(head.chars().count() <= words * 32);
    }

    #[test]
    fn more_words_are_a_longer_excerpt(text in tricky(), words in 1_usize..12) {
        let text = collapse(&text);
        prop_assert!(excerpt(&text, words, None).chars().count() <= excerpt(&text, words + 1, None).chars().count() + " […]".len());
    }

    #[test]
    fn datelines_are_heads(text in tricky()) {
        if let Some((head, rest)) = dateline(&text) {
            prop_assert!(text.trim_start().starts_with(head) && text.ends_with(rest) && !head.is_empty() && !rest.is_empty());
            prop_assert!(head.len() <= 2 * 80);
        }
    }
}
