//! The words of the interface: one table, a row a language.

/// The words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale {
    /// The primary language subtag.
    pub language: &'static str,
    /// Heading of the share bar.
    pub share_this: &'static str,
    /// Heading of the teaser.
    pub next_post: &'static str,
    /// Accessible name of a link to a network; `{}` is the network's name.
    pub share_on: &'static str,
    /// Name of the button that opens the device's own share sheet.
    pub native: &'static str,
    /// Name of the e-mail link.
    pub email: &'static str,
    /// Name of the copy button.
    pub copy: &'static str,
    /// Said when the link is in the clipboard.
    pub copied: &'static str,
    /// Said, with the link after it, where the browser forbids the clipboard.
    pub copy_failed: &'static str,
}

/// The languages there are. The first is what every other language falls back to.
pub const LOCALES: &[Locale] = &[
    Locale {
        language: "en",
        share_this: "Share this",
        next_post: "Next post",
        share_on: "Share on {}, opens a new tab",
        native: "Share…",
        email: "E-mail",
        copy: "Copy link",
        copied: "Link copied",
        copy_failed: "Copy this link:",
    },
    Locale {
        language: "id",
        share_this: "Bagikan",
        next_post: "Berita selanjutnya",
        share_on: "Bagikan ke {}, buka tab baru",
        native: "Bagikan…",
        email: "Surel",
        copy: "Salin tautan",
        copied: "Tautan disalin",
        copy_failed: "Salin tautan ini:",
    },
];

/// The words for a BCP 47 tag, by its primary subtag; English where there are none.
pub fn locale(tag: &str) -> &'static Locale {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    // `in` is what old systems call Indonesian.
    let primary = if primary.eq_ignore_ascii_case("in") { "id" } else { primary };
    LOCALES.iter().find(|locale| locale.language.eq_ignore_ascii_case(primary)).unwrap_or(&LOCALES[0])
}
