//! The pieces of an XML text, <https://www.w3.org/TR/xml/>, well-formed or not.

use super::super::html::{after_comment, markup, word};

/// A piece of XML. Comments, processing instructions and the document type are
/// none: no entity is ever declared, so none expands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, its references still in it.
    Text(&'a str),
    /// The content of a CDATA section.
    Cdata(&'a str),
    /// A start tag.
    Open {
        /// As it is written, with its prefix.
        name: &'a str,
        /// All that stands between the name and the `>`.
        attributes: &'a str,
    },
    /// An end tag, by its name.
    Close(&'a str),
}

/// What begins a section in which nothing is markup.
const CDATA: &str = "<![CDATA[";

/// Takes away the signs of a CDATA section that were escaped with what is in it.
pub(super) fn unwrap_section(text: &mut String) {
    if let Some(content) = text.trim().strip_prefix(CDATA).and_then(|content| content.strip_suffix("]]>")) {
        *text = content.to_owned();
    }
}

/// Walks through XML, in time in proportion to it.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Whether there was a document type: there is one at most, and only that may
    /// be looked through for its end.
    typed: bool,
    /// How far from the end of the text the next end of a CDATA section is, as far as
    /// was looked; 0 where there is none. Each may be looked for from far before it.
    section_end: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(xml: &'a str) -> Self {
        Self { rest: xml, typed: false, section_end: usize::MAX }
    }

    /// Takes the first `length` bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (head, rest) = self.rest.split_at(length);
        self.rest = rest;
        head
    }

    /// Takes the content of the CDATA section that `rest` is in, and its end. Nothing
    /// where another one begins before that: what would close this one is missing.
    fn section(&mut self) -> Option<&'a str> {
        if self.section_end > self.rest.len() {
            self.section_end = self.rest.find("]]>").map_or(0, |length| self.rest.len() - length);
        }
        let length = self.rest.len().checked_sub(self.section_end).filter(|_| self.section_end > 0)?;
        if self.rest[..length].contains(CDATA) {
            return None;
        }
        let content = self.take(length);
        self.take(3);
        Some(content)
    }

    /// Takes the tag that `rest` begins with.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        let start = if rest.starts_with("</") { 2 } else { 1 };
        let name_end = start + word(&rest[start..], b"/><");
        let name = &rest[start..name_end];
        if let Some(end) = tag_end(rest, name_end) {
            self.take(end + 1);
            let attributes = &rest[name_end..end];
            return Some(if start == 1 { Token::Open { name, attributes } } else { Token::Close(name) });
        }
        // Cut off by the next tag, or by the end of the text.
        let cut = self.take(rest[name_end..].find('<').map_or(rest.len(), |length| name_end + length));
        if start == 2 {
            return Some(Token::Close(name));
        }
        Some(Token::Text(cut)).filter(|_| !self.rest.is_empty())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = markup(self.rest);
            if start > 0 {
                return Some(Token::Text(self.take(start)));
            }
            if self.rest.is_empty() {
                return None;
            }
            if let Some(content) = self.rest.strip_prefix(CDATA) {
                self.rest = content;
                if let Some(content) = self.section() {
                    return Some(Token::Cdata(content));
                }
                continue;
            }
            if self.rest.starts_with("<!--") {
                self.rest = after_comment(self.rest);
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                let typed = self.typed || !self.rest.starts_with("<!DOCTYPE");
                self.typed |= !typed;
                self.rest = Some(self.rest)
                    .filter(|_| !typed)
                    .and_then(after_subset)
                    .unwrap_or_else(|| self.rest.split_once('>').unwrap_or_default().1);
            } else {
                return self.tag();
            }
        }
    }
}

/// The `>` of the tag whose name ends at `from`, if it comes before the next `<`:
/// XML has none in a tag, not even in quotes, so that one that stands there says
/// that a quote or a `>` is missing.
fn tag_end(xml: &str, from: usize) -> Option<usize> {
    let first = || xml[from..].find(['>', '<']).map(|length| from + length).filter(|at| xml[*at..].starts_with('>'));
    let mut at = from;
    loop {
        at += xml[at..].find(['>', '<', '='])?;
        match xml.as_bytes()[at] {
            b'>' => return Some(at),
            b'<' => return first(),
            _ => {
                let value = xml[at + 1..].trim_ascii_start();
                at = xml.len() - value.len();
                let Some(quote @ ('"' | '\'')) = value.chars().next() else { continue };
                match value[1..].find([quote, '<']) {
                    Some(length) if value[1 + length..].starts_with(quote) => at += length + 2,
                    _ => return first(),
                }
            }
        }
    }
}

/// What follows the document type that `xml` begins with, if it has an internal
/// subset and that is closed.
fn after_subset(xml: &str) -> Option<&str> {
    let open = xml.find(['>', '['])?;
    let mut rest = xml[open..].strip_prefix('[')?;
    loop {
        rest = &rest[rest.find(['"', '\'', ']', '<'])?..];
        rest = match rest.as_bytes()[0] {
            b']' => return rest.split_once('>').map(|(_, after)| after),
            b'<' if rest.starts_with("<!--") => after_comment(rest),
            b'<' => &rest[1..],
            quote => rest[1..].split_once(char::from(quote))?.1,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(xml: &str) -> String {
        Tokens::new(xml)
            .map(|token| match token {
                Token::Text(text) => format!("T{text}|"),
                Token::Cdata(text) => format!("D{text}|"),
                Token::Open { name, attributes } => format!("O{name}{attributes}|"),
                Token::Close(name) => format!("C{name}|"),
            })
            .collect()
    }

    #[test]
    fn tokens() {
        for (xml, tokens) in [
            ("<?xml version='1.0'?><a b=\"c > d\">e</a>", "Oa b=\"c > d\"|Te|Ca|"),
            ("<a/><b />", "Oa/|Ob /|"),
            ("<a:b\nc='d'\n>e</a:b\n>", "Oa:b\nc='d'\n|Te|Ca:b|"),
            ("a<!-- <b> -- > -->c<![CDATA[<d>]] >]]>e", "Ta|Tc|D<d>]] >|Te|"),
            ("<!DOCTYPE a SYSTEM 'x'><a>", "Oa|"),
            ("<!DOCTYPE a [<!ENTITY b \"]>\"><!-- ' ]> --><!ENTITY c '<d>'> ] ><a>", "Oa|"),
            ("<!DOCTYPE a [ <!ENTITY b 'c><a>", "Oa|"),
            ("1 < 2 & 3 > 2", "T1 < 2 & 3 > 2|"),
            ("a <b and c</d>", "Ta |T<b and c|Cd|"),
            // Quotes and tags that nothing closes.
            ("<a b=\"c d='e'><f>", "Oa b=\"c d='e'|Of|"),
            ("<a b='c>d</a><e f='g'>", "Oa b='c|Td|Ca|Oe f='g'|"),
            ("</a<b>", "Ca|Ob|"),
            ("<a b=\"ht", ""),
            ("<a></a", "Oa|Ca|"),
            // Sections that nothing closes are the text that they would have been without.
            ("<![CDATA[a", "Ta|"),
            ("<a><![CDATA[b ]]</a><c><![CDATA[d]]></c>", "Oa|Tb ]]|Ca|Oc|Dd|Cc|"),
            ("<![CDATA[<![CDATA[a]]><![CDATA[b]]>", "Da|Db|"),
            ("<!-- a", ""),
            ("<a b=", ""),
        ] {
            assert_eq!(spelled(xml), tokens, "{xml}");
        }
    }

    #[test]
    fn takes_time_in_proportion() {
        for piece in [
            "<a b=\"",
            "<a b=\">\" ",
            "<!DOCTYPE a [",
            "<!DOCTYPE a ['",
            "<!--",
            "<![CDATA[",
            "<![CDATA[]]>",
            "<?",
            "<",
            "</",
            "<a ",
            "<a =",
        ] {
            let xml = piece.repeat(400_000 / piece.len()) + "]]>";
            assert!(Tokens::new(&xml).count() <= xml.len());
        }
    }
}
