//! The keyboard alone reaches and works everything.

use thirtyfour::Key;

use crate::harness::{cases, in_browser};

cases![tab_reaches_every_control_in_order_and_the_focus_is_seen, enter_and_space_press_the_copy_button,];

const PAGE: &str = "/pages/keyboard/page.html";

/// What has the focus, in a word.
const WHERE: &str = "focused()?.dataset?.network ?? focused()?.href ?? focused()?.localName";

fn tab_reaches_every_control_in_order_and_the_focus_is_seen() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        for tag in ["kabar-share", "kabar-cards", "kabar-next"] {
            tab.until_event("kabar-ready", tag).await;
        }
        let mut expected: Vec<_> = ["whatsapp", "facebook", "x", "telegram", "line", "email", "copy"].map(String::from).to_vec();
        for article in ["satu", "dua", "empat", "lima", "enam", "tujuh", "empat"] {
            expected.push(format!("https://koran.example/berita/{article}"));
        }
        let mut reached = Vec::new();
        for _ in 0..expected.len() {
            tab.press(Key::Tab).await;
            reached.push(tab.text(WHERE).await);
            tab.check("focused().matches(':focus-visible')").await;
            let outline = tab.text("getComputedStyle(focused()).outlineStyle").await;
            let width = tab.text("getComputedStyle(focused()).outlineWidth").await;
            assert!(outline != "none" && width != "0px", "no outline on {reached:?}: {outline} {width}");
        }
        assert_eq!(reached, expected);
        // And back, so that nothing holds the focus.
        tab.press_with_shift(Key::Tab).await;
        assert_eq!(tab.text(WHERE).await, expected[expected.len() - 2]);
        tab.console_is_empty().await;
    });
}

fn enter_and_space_press_the_copy_button() {
    in_browser(async |tab| {
        tab.open(PAGE).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        for _ in 0..7 {
            tab.press(Key::Tab).await;
        }
        assert_eq!(tab.text(WHERE).await, "copy");
        tab.press(Key::Enter).await;
        tab.until("events('kabar-shared').length === 1").await;
        tab.until("inside('kabar-share', '[role=status]').textContent.trim() !== ''").await;
        assert_eq!(tab.clipboard().await, "https://koran.example/berita/tiga");
        assert_eq!(tab.text(WHERE).await, "copy", "the focus stays");
        tab.press(Key::Space).await;
        tab.until("events('kabar-shared').length === 2").await;
        tab.console_is_empty().await;
    });
}
