//! Cards beyond the first screens: each is a copy of an earlier one, in which
//! only the values and texts that differ are set, and they come into the page
//! together.
//!
//! A card is some ten elements with two dozen attributes: a browser is quicker to
//! copy one than to make them, and what differs is a few texts. One call makes the
//! copy, with all that differs in one text, and its nodes are not looked for until
//! they are to change. And a list is laid out as a whole, however few cards are new
//! in it: so as many come at once as are there.

use leptos::{
    tachys::renderer::{Rndr, types},
    wasm_bindgen::JsCast,
};

use super::{Element, ElementState, Mountable, Node, Parts, Render, State, dom, element};

/// Makes a copy of a node, in which others of its nodes have other values: for
/// each, its place in document order, an attribute's name, or nothing for a text,
/// and the value, with a NUL after each. Nothing where that fails.
pub type Copy<'a> = &'a dyn Fn(&types::Node, &str) -> Option<types::Node>;

/// Cards differ by the parts that they have; with more kinds than this some are built anew.
const KINDS: usize = 8;

/// A pattern has none of these: a picture with an address is asked for.
const ADDRESSES: [&str; 2] = ["src", "srcset"];

/// What ends each part of what a copy has other than its pattern.
const END: u8 = 0;

/// The cards of a list that are built, and not in the page yet.
#[derive(Default)]
pub struct Growth {
    /// Where they wait.
    fragment: Option<types::Element>,
    waiting: usize,
    kinds: Vec<Kind>,
}

/// What cards of one kind are copies of.
struct Kind {
    /// No card of the list: one without the picture's addresses.
    pattern: types::Node,
    /// The card that it was made of, whose values it has.
    like: Element,
}

impl Growth {
    /// Builds cards that stand at the end of their list, which is all that a widget
    /// shows or the first thing in it.
    // Never inlined: only what comes after the first screen is built so, and that
    // can wait for the second module.
    #[inline(never)]
    pub(in crate::view) fn add(&mut self, nodes: &mut State, cards: Vec<Element>, copy: Copy<'_>) {
        let Some(list) = list(nodes) else { return };
        let fragment = self.fragment.get_or_insert_with(dom::create_document_fragment);
        for card in cards {
            let kind = self.kinds.iter().find(|kind| card.is_like(&kind.like));
            let copied = kind.and_then(|Kind { pattern, like }| {
                let mut changes = String::new();
                card.changes(like, &mut 0, &mut changes)?;
                copy(pattern, &changes)
            });
            let state = if let Some(node) = copied {
                State::Made(node, card)
            } else {
                let new = Node::Element(card).build();
                if let State::Made(node, card) = &new
                    && self.kinds.len() < KINDS
                    && let Some(pattern) = pattern(node)
                {
                    self.kinds.push(Kind { pattern, like: card.clone() });
                }
                new
            };
            Rndr::insert_node(fragment, state.node(), None);
            list.children.push(state);
            self.waiting += 1;
        }
        if self.waiting * 2 >= list.children.len() {
            self.arrive(nodes);
        }
    }

    /// Puts what waits into the page.
    fn arrive(&mut self, nodes: &mut State) {
        if let (Some(fragment), Some(list)) = (&self.fragment, list(nodes)) {
            Rndr::insert_node(&list.node, fragment, None);
            self.waiting = 0;
        }
    }

    /// Rebuilds a list of which only the first cards are known; the others stay as
    /// they are. The list's other child is its heading.
    #[inline(never)]
    pub(in crate::view) fn rebuild(&mut self, nodes: &mut State, node: Node, cards: usize, stay: bool) {
        self.arrive(nodes);
        // What cards were like is about to change.
        self.kinds.clear();
        let known = cards + 1;
        let stale = list(nodes).filter(|list| stay && list.children.len() > known).map(|list| list.children.split_off(known));
        node.rebuild(nodes);
        if let (Some(list), Some(stale)) = (list(nodes), stale) {
            list.children.extend(stale);
        }
    }

    /// Rebuilds the cards from a place on.
    pub(in crate::view) fn patch(nodes: &mut State, from: usize, cards: Vec<Element>) {
        let Some(list) = list(nodes) else { return };
        for (card, state) in cards.into_iter().zip(list.children.iter_mut().skip(from + 1)) {
            Node::Element(card).rebuild(state);
        }
    }

    /// Puts what waits into the page, and takes out the cards from a place on.
    pub(in crate::view) fn end(&mut self, nodes: &mut State, cards: usize) {
        self.arrive(nodes);
        for mut gone in list(nodes).into_iter().flat_map(|list| list.children.drain((cards + 1).min(list.children.len())..)) {
            gone.unmount();
        }
    }
}

fn list(nodes: &mut State) -> Option<&mut ElementState> {
    nodes.find();
    let State::Element(root) = nodes else { return None };
    if !root.attributes.is_empty() {
        return Some(root);
    }
    let first = root.children.first_mut()?;
    first.find();
    match first {
        State::Element(first) => Some(first),
        _ => None,
    }
}

fn pattern(card: &types::Node) -> Option<types::Node> {
    let pattern = card.clone_node_with_deep(true).ok()?;
    if let Ok(Some(image)) = pattern.unchecked_ref::<types::Element>().query_selector("img") {
        for name in ADDRESSES {
            Rndr::remove_attribute(&image, name);
        }
    }
    Some(pattern)
}

impl Element {
    /// Whether a copy of that needs only other values and texts.
    fn is_like(&self, like: &Self) -> bool {
        let is_like = |(child, like): (&Node, &Node)| match (child, like) {
            (Node::Text(_), Node::Text(_)) => true,
            (Node::Element(element), Node::Element(like)) => element.is_like(like),
            _ => false,
        };
        self.0.tag == like.0.tag
            && self.0.attributes.iter().map(|(name, _)| name).eq(like.0.attributes.iter().map(|(name, _)| name))
            && self.0.children.len() == like.0.children.len()
            && self.0.children.iter().zip(&like.0.children).all(is_like)
    }

    /// What a copy of that has other; nothing where a value cannot be told.
    fn changes(&self, like: &Self, place: &mut usize, changes: &mut String) -> Option<()> {
        let at = *place;
        for ((name, value), (_, before)) in self.0.attributes.iter().zip(&like.0.attributes) {
            if value != before || ADDRESSES.contains(name) {
                tell_change(at, name, value, changes)?;
            }
        }
        for child in self.0.children.iter().zip(&like.0.children) {
            *place += 1;
            match child {
                (Node::Element(element), Node::Element(like)) => element.changes(like, place, changes)?,
                (Node::Text(text), Node::Text(before)) if text != before => tell_change(*place, "", text, changes)?,
                _ => {}
            }
        }
        Some(())
    }
}

fn tell_change(place: usize, name: &str, value: &str, changes: &mut String) -> Option<()> {
    if value.bytes().any(|byte| byte == END) {
        return None;
    }
    for part in [&place.to_string(), name, value] {
        changes.push_str(part);
        changes.push(char::from(END));
    }
    Some(())
}

impl State {
    /// Finds what is in an element that was made. What is there beside it is not Kabar's, and stays.
    #[inline(never)]
    pub(super) fn find(&mut self) {
        let Self::Made(node, shown) = self else { return };
        let shown = std::mem::replace(shown, element(""));
        *self = if let Some(nodes) = shown.nodes(node) {
            let Parts { tag, attributes, children } = *shown.0;
            let found = |(child, node): (Node, types::Node)| match child {
                Node::Text(text) => Self::Text(node.unchecked_into(), text),
                Node::Element(element) => Self::Made(node, element),
            };
            let children = children.into_iter().zip(nodes).map(found).collect();
            Self::Element(ElementState { node: node.clone().unchecked_into(), tag, attributes, children })
        } else {
            // A script of the page has changed it.
            let mut new = Node::Element(shown).build();
            if let Some(parent) = Rndr::get_parent(node) {
                Rndr::insert_node(parent.unchecked_ref(), new.node(), Some(node));
            }
            Rndr::remove(node);
            new.find();
            new
        };
    }
}

impl Element {
    /// The nodes of its children in what was made of it; nothing where they cannot be told from others.
    fn nodes(&self, node: &types::Node) -> Option<Vec<types::Node>> {
        let mut there = Rndr::first_child(node);
        if let [text @ Node::Text(shown)] = self.0.children.as_slice() {
            let alone = there.filter(|there| text.fits(there) && Rndr::next_sibling(there).is_none());
            // Else others are in its place or beside it, and stay until it is to say something else: `patch` sees to it.
            return Some(vec![alone.unwrap_or_else(|| dom::create_text_node(shown).into())]);
        }
        let mut nodes = Vec::new();
        while let Some(node) = there {
            there = Rndr::next_sibling(&node);
            match self.0.children.get(nodes.len()) {
                Some(child) if child.is(&node) => nodes.push(node),
                _ if self.0.children.iter().any(|child| child.is(&node)) => return None,
                _ => {}
            }
        }
        (nodes.len() == self.0.children.len()).then_some(nodes)
    }
}

impl Node {
    /// Whether what is there was made from this, or from one like it.
    fn is(&self, there: &types::Node) -> bool {
        let has_its_name = |element: &Element| match element.0.attributes.first() {
            Some((name @ ("class" | "part"), value)) => {
                there.unchecked_ref::<types::Element>().get_attribute(name).is_some_and(|there| there == *value)
            }
            _ => true,
        };
        self.fits(there) && if let Self::Element(element) = self { has_its_name(element) } else { true }
    }
}
