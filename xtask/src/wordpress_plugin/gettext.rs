//! Translations: what is written by hand (`.po`), and what `WordPress` reads
//! (`.mo`). Source: the GNU gettext manual, "The Format of PO Files" and "The
//! Format of GNU MO Files".

use anyhow::{Context, Result, bail};

/// The first bytes of a file in little-endian order.
const MAGIC: u32 = 0x9504_12de;

/// What stands between a text's context and the text in its key.
const CONTEXT: char = '\u{4}';

/// One entry. The one whose `id` is empty has the file's own header.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) context: Option<String>,
    pub(super) id: String,
    pub(super) translation: String,
}

/// Reads a `.po` file without plural forms.
pub(super) fn read(po: &str) -> Result<Vec<Text>> {
    let mut texts: Vec<Text> = Vec::new();
    let mut current = Text::default();
    let mut field = "";
    // The last entry ends as the others do.
    for (number, line) in po.lines().chain(["msgid \"\""]).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (keyword, quoted) = line.split_once('"').with_context(|| format!("line {}: no text in quotes", number + 1))?;
        let text = unescape(quoted.strip_suffix('"').with_context(|| format!("line {}: no quote at its end", number + 1))?);
        let keyword = keyword.trim();
        if field == "msgstr" && (keyword == "msgctxt" || keyword == "msgid") {
            texts.push(std::mem::take(&mut current));
        }
        // A line without a keyword goes on with the one before it.
        field = if keyword.is_empty() { field } else { keyword };
        match field {
            "msgctxt" => current.context.get_or_insert_default().push_str(&text),
            "msgid" => current.id += &text,
            "msgstr" => current.translation += &text,
            other => bail!("line {}: {other:?} is not read here", number + 1),
        }
    }
    Ok(texts)
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => {}
            },
            (letter, false) => plain.push(letter),
        }
    }
    plain
}

/// Writes a `.mo` file, without the table of hashes, which no reader needs.
pub(super) fn compile(texts: &[Text]) -> Vec<u8> {
    let key = |text: &Text| text.context.as_ref().map_or_else(|| text.id.clone(), |context| format!("{context}{CONTEXT}{}", text.id));
    let mut pairs: Vec<(String, &str)> = texts.iter().map(|text| (key(text), text.translation.as_str())).collect();
    // Readers look a key up by halves.
    pairs.sort();
    let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let header = 7 * 4;
    let table = pairs.len() * 8;
    let mut place = header + 2 * table;
    let (mut tables, mut strings) = (Vec::new(), Vec::new());
    let keys = pairs.iter().map(|(key, _)| key.as_str());
    for string in keys.chain(pairs.iter().map(|(_, translation)| *translation)) {
        tables.extend([number(string.len()), number(place)]);
        strings.extend(string.bytes().chain([0]));
        place += string.len() + 1;
    }
    let head = [MAGIC, 0, number(pairs.len()), number(header), number(header + table), 0, number(header + 2 * table)];
    head.into_iter().chain(tables).flat_map(u32::to_le_bytes).chain(strings).collect()
}

#[cfg(test)]
mod tests {
    use super::{Text, compile, read};

    #[test]
    fn reads_contexts_escapes_and_long_texts() {
        let po = "# a remark\nmsgid \"\"\nmsgstr \"\"\n\"Language: id\\n\"\n\nmsgctxt \"judul\"\nmsgid \"a \\\"b\\\"\"\nmsgstr \"c\"\n";
        let text = |context: Option<&str>, id: &str, translation: &str| Text {
            context: context.map(str::to_owned),
            id: id.to_owned(),
            translation: translation.to_owned(),
        };
        assert_eq!(read(po).unwrap(), [text(None, "", "Language: id\n"), text(Some("judul"), "a \"b\"", "c")]);
    }

    #[test]
    fn says_which_line_is_wrong() {
        assert_eq!(read("msgid \"a\"\nmsgstr b\n").unwrap_err().to_string(), "line 2: no text in quotes");
    }

    #[test]
    fn writes_what_the_manual_says() {
        let text = |id: &str, translation: &str| Text { context: None, id: id.to_owned(), translation: translation.to_owned() };
        let bytes = compile(&[text("b", "x"), text("", "h")]);
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(bytes[..4], [0xde, 0x12, 0x04, 0x95]);
        // Revision, number of strings, and where the two tables begin.
        assert_eq!([word(4), word(8), word(12), word(16)], [0, 2, 28, 44]);
        let string = |entry: usize| {
            let (length, at) = (word(entry) as usize, word(entry + 4) as usize);
            assert_eq!(bytes[at + length], 0);
            std::str::from_utf8(&bytes[at..at + length]).unwrap()
        };
        assert_eq!([string(28), string(36), string(44), string(52)], ["", "b", "h", "x"]);
    }
}
