//! The share networks that are not compiled into the wasm: here, none needs a file of its own.

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    locale::Locale,
    share::{Extras, Network, Shared, rows},
};

type Table = BTreeMap<String, BTreeMap<String, String>>;

/// The networks that are shown wherever the page is read, and the words that go with them.
///
/// Whether the reader's device is touched is not known here: apps for telephones
/// are left to www/optional/share.js, which knows.
pub(super) fn extras(locale: &Locale, shared: &Shared) -> Extras {
    static WORDS: OnceLock<Table> = OnceLock::new();
    // It was read when this was built, so it can be read now.
    let table = WORDS.get_or_init(|| serde_json::from_str(include_str!("../share/words.json")).unwrap_or_default());
    let words = [locale.language, "en"].into_iter().find_map(|language| table.get(language));
    let word = |name: &str| words.and_then(|words| words.get(name)).map_or("", String::as_str);
    let shown = rows().iter().filter(|row| row.needs.is_empty() || row.needs == "image" && !shared.image.is_empty());
    let networks = shown.map(|row| match row.network {
        Network { id: id @ ("print" | "qr"), .. } => &*Box::leak(Box::new(Network { name: word(id), ..*row.network })),
        network => network,
    });
    Extras { networks: networks.collect(), more: word("more").to_owned(), ..Extras::default() }
}

#[cfg(test)]
mod tests {
    use super::extras;
    use crate::{locale::locale, share::Shared};

    #[test]
    fn those_that_work_wherever_the_page_is_read_are_there_in_its_language() {
        let of = |language, image: &str| {
            let extras = extras(locale(language), &Shared { image: image.to_owned(), ..Shared::default() });
            let named = |id: &str| extras.networks.iter().find(|network| network.id == id).map(|network| network.name);
            (named("print"), named("reddit"), named("pinterest"), named("sms"), extras.more.clone())
        };
        assert_eq!(of("id", ""), (Some("Cetak"), Some("Reddit"), None, None, "Lainnya".to_owned()));
        assert_eq!(of("tlh", "https://a.example/b.jpg"), (Some("Print"), Some("Reddit"), Some("Pinterest"), None, "More".to_owned()));
    }
}
