//! One view type for every element.
//!
//! Leptos's own builders make a type of each element with its attributes and
//! children, and the compiler writes building and patching anew for each of
//! them: with this widget's cards, teaser and share bar, some 30 kB of wasm, or
//! 9 kB of what is sent. A [`Node`] is data, and one pair of functions builds and
//! patches them all.

mod dom;
mod growth;
mod takeover;

use leptos::{
    prelude::*,
    tachys::renderer::{Rndr, types},
    wasm_bindgen::JsCast,
};

use crate::{locale::Locale, scan};

pub use growth::{Copy, Growth};

/// An element or a text, to be shown.
#[derive(Clone, PartialEq, Eq)]
pub enum Node {
    /// Characters, never markup.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element to be shown. In a box, for each step of making it takes it and hands it
/// on: a pointer takes less code than all its parts.
#[derive(Clone, PartialEq, Eq)]
pub struct Element(pub(super) Box<Parts>);

/// What an element is.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) tag: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) children: Vec<Node>,
}

/// An element with this tag, empty.
pub(super) fn element(tag: &'static str) -> Element {
    Element(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

impl Element {
    pub(super) fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.0.attributes.push((name, value.to_owned()));
        self
    }

    /// An attribute that is there only with a value.
    pub(super) fn maybe(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Says which language the interface speaks here, and which way it runs.
    pub(super) fn language(self, locale: &Locale) -> Self {
        if locale.language.is_empty() { self } else { self.attr("lang", locale.language).attr("dir", locale.direction()) }
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.0.children.push(Node::Text(text.to_owned()));
        self
    }

    pub(super) fn child(mut self, child: Element) -> Self {
        self.0.children.push(Node::Element(child));
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        for child in children {
            self.0.children.push(Node::Element(child));
        }
        self
    }
}

impl Element {
    /// Tells [`dom::make`] of it.
    fn tell(&self, told: &mut String) {
        let Parts { tag, attributes, children } = &*self.0;
        tell(told, if matches!(*tag, "svg" | "path") { "/" } else { "<" }, tag);
        for (name, value) in attributes {
            tell(told, "", name);
            tell(told, "", value);
        }
        for child in children {
            match child {
                Node::Text(text) => tell(told, "\"", text),
                Node::Element(element) => element.tell(told),
            }
        }
        tell(told, ">", "");
    }
}

/// Tells a part. HTML has no NUL, and browsers show none.
fn tell(told: &mut String, kind: &str, text: &str) {
    told.push_str(kind);
    for piece in scan::pieces(text, b"\0") {
        told.push_str(piece);
    }
    told.push('\0');
}

/// A node that is in the page, with what it was made from, to compare.
pub enum State {
    /// A text node.
    Text(types::Text, String),
    /// An element whose children are known.
    Element(ElementState),
    /// An element as it was made, and what it was made from. The nodes in it are found when it is to change.
    Made(types::Node, Element),
}

/// An element that is in the page.
pub struct ElementState {
    node: types::Element,
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<State>,
}

impl Render for Node {
    type State = State;

    fn build(self) -> State {
        match self {
            Self::Text(text) => State::Text(dom::create_text_node(&text), text),
            Self::Element(element) => {
                let mut told = String::new();
                element.tell(&mut told);
                State::Made(dom::make(&told), element)
            }
        }
    }

    /// Patches what differs. Children are compared by place, not by a feed's
    /// ids: feeds repeat ids, and a repeated key corrupts a keyed list.
    fn rebuild(self, state: &mut State) {
        if let (Self::Element(new), State::Made(_, shown)) = (&self, &*state)
            && new == shown
        {
            return; // whatever a translator has made of it
        }
        state.find();
        match (self, state) {
            (Self::Text(text), State::Text(node, before)) => {
                if text != *before {
                    Rndr::set_text(node, &text);
                    *before = text;
                }
            }
            (Self::Element(element), State::Element(state)) if element.0.tag == state.tag => state.patch(*element.0),
            (node, state) => {
                let mut new = node.build();
                state.insert_before_this(&mut new);
                state.unmount();
                *state = new;
            }
        }
    }
}

impl ElementState {
    fn has_only(&self, node: &types::Node) -> bool {
        Rndr::first_child(&self.node).as_ref() == Some(node) && Rndr::next_sibling(node).is_none()
    }

    fn patch(&mut self, element: Parts) {
        let Parts { attributes, children, .. } = element;
        for (name, _) in &self.attributes {
            if !attributes.iter().any(|(kept, _)| kept == name) {
                Rndr::remove_attribute(&self.node, name);
            }
        }
        for attribute in &attributes {
            if !self.attributes.contains(attribute) {
                Rndr::set_attribute(&self.node, attribute.0, &attribute.1);
            }
        }
        self.attributes = attributes;
        for mut gone in self.children.drain(children.len().min(self.children.len())..) {
            gone.unmount();
        }
        let there = self.children.len();
        for (place, child) in children.into_iter().enumerate() {
            if place < there {
                if let (Node::Text(text), [State::Text(node, before)]) = (&child, &*self.children)
                    && text != before
                    && !self.has_only(node)
                {
                    // A translator or a highlighter has put others in the text's place or beside it, which would go
                    // on saying what it said.
                    while let Some(other) = Rndr::first_child(&self.node) {
                        Rndr::remove(&other);
                    }
                    Rndr::insert_node(&self.node, node, None);
                }
                child.rebuild(&mut self.children[place]);
            } else {
                let mut new = child.build();
                new.mount(&self.node, None);
                self.children.push(new);
            }
        }
    }
}

impl State {
    fn node(&self) -> &types::Node {
        match self {
            Self::Text(node, _) => node,
            Self::Element(state) => &state.node,
            Self::Made(node, _) => node,
        }
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        Rndr::remove(self.node());
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, self.node(), marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        // The parent may be a shadow root: of it only what every node has is used.
        match Rndr::get_parent(self.node()) {
            Some(parent) => {
                child.mount(parent.unchecked_ref(), Some(self.node()));
                true
            }
            None => false,
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        match self {
            Self::Text(..) | Self::Made(..) => Vec::new(),
            Self::Element(state) => vec![state.node.clone()],
        }
    }
}
