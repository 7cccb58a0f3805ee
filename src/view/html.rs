//! Nodes as HTML, for the host: there they are tested, and rendered ahead of time.

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::any_attribute::AnyAttribute,
        hydration::Cursor,
        no_attrs,
        view::{Position, PositionState},
    },
};

use super::node::{Node, State};

no_attrs!(Node);

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, html: &mut String, position: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        match self {
            Self::Text(text) => push_escaped(html, &text),
            Self::Element(element) => {
                html.push('<');
                html.push_str(element.0.tag);
                for (name, value) in &element.0.attributes {
                    html.push(' ');
                    html.push_str(name);
                    html.push_str("=\"");
                    push_escaped(html, value);
                    html.push('"');
                }
                html.push('>');
                if element.0.tag != "img" {
                    for child in element.0.children {
                        child.to_html_with_buf(html, position, true, false, Vec::new());
                    }
                    html.push_str("</");
                    html.push_str(element.0.tag);
                    html.push('>');
                }
            }
        }
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> State {
        // Leptos hydrates what its own server sent; Kabar has `Node::take_over` for what stands in a shadow root.
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// HTML, "Escaping a string" in "Serializing HTML fragments", with `<` and `>` also in attributes.
fn push_escaped(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            other => html.push(other),
        }
    }
}
