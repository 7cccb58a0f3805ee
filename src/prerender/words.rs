//! The words of every language: here, none needs a file of its own.

use std::{collections::BTreeMap, sync::OnceLock};

use crate::{
    feed::Value,
    locale::{self, Locale},
};

type Table = BTreeMap<String, BTreeMap<String, String>>;

/// The words for a BCP 47 tag, English where there are none.
pub(super) fn words(tag: &str) -> &'static Locale {
    static LOCALES: OnceLock<BTreeMap<&'static str, &'static Locale>> = OnceLock::new();
    let locales = LOCALES.get_or_init(|| {
        // It was read when this was built, so it can be read now.
        let table: Table = serde_json::from_str(include_str!("../locale/languages.json")).unwrap_or_default();
        let read = |(name, words): (String, BTreeMap<String, String>)| {
            let language = locale::file(&name)?;
            Some((language, Locale::read(language, &Value::List(words.into_values().map(Value::Text).collect()))))
        };
        table.into_iter().filter_map(read).collect()
    });
    locale::file(tag).and_then(|language| locales.get(language).copied()).unwrap_or_else(|| locale::locale(tag))
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::locale::Word;

    #[test]
    fn every_language_of_the_table_has_its_words() {
        assert_eq!(&words("fr-CA")[Word::ShareThis], "Partager");
        assert_eq!((words("ar").language, words("ar").direction()), ("ar", "rtl"));
        assert_eq!(&words("id")[Word::NextPost], &crate::locale::locale("id")[Word::NextPost]);
        assert_eq!(words("tlh").language, "");
    }
}
