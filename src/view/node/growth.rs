//! Cards beyond the first screens: each is a copy of an earlier one, in which
//! only the values and texts that differ are set, and they come into the page
//! together.
//!
//! A card is some ten elements with two dozen attributes, and each of them is a
//! call out of the wasm with a text or two to convert: so one call makes the
//! copy, with all that differs in one text, and its nodes are not looked for
//! until they are to change. And a list is laid out as a whole, however few cards
//! are new in it: so as many come at once as are there.

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
    /// The place of the card that it was made of, whose values it has.
    like: usize,
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
            let kind = self.kinds.iter().find(|kind| matches!(&list.children[kind.like], State::Element(like) if card.is_like(like)));
            let copied = kind.and_then(|Kind { pattern, like }| {
                let mut changes = String::new();
                card.changes(&list.children[*like], &mut 0, &mut changes)?;
                copy(pattern, &changes)
            });
            list.children.push(if let Some(node) = copied {
                Rndr::insert_node(fragment, &node, None);
                State::Copy(node, card)
            } else {
                let mut new = Node::Element(card).build();
                if self.kinds.len() < KINDS
                    && let Some(pattern) = pattern(new.node())
                {
                    self.kinds.push(Kind { pattern, like: list.children.len() });
                }
                new.mount(fragment, None);
                new
            });
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
    let State::Element(root) = nodes else { return None };
    if !root.attributes.is_empty() {
        return Some(root);
    }
    match root.children.first_mut() {
        Some(State::Element(first)) => Some(first),
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
    /// Whether a copy of what is there needs only other values and texts.
    fn is_like(&self, state: &ElementState) -> bool {
        let is_like = |(child, state): (&Node, &State)| match (child, state) {
            (Node::Text(_), State::Text(..)) => true,
            (Node::Element(element), State::Element(state)) => element.is_like(state),
            _ => false,
        };
        self.0.tag == state.tag
            && self.0.attributes.iter().map(|(name, _)| name).eq(state.attributes.iter().map(|(name, _)| name))
            && self.0.children.len() == state.children.len()
            && self.0.children.iter().zip(&state.children).all(is_like)
    }

    /// What a copy of what is there has other; nothing where a value cannot be told.
    fn changes(&self, like: &State, place: &mut usize, changes: &mut String) -> Option<()> {
        let State::Element(like) = like else { return None };
        let at = *place;
        for ((name, value), before) in self.0.attributes.iter().zip(&like.attributes) {
            if *value != before.1 || ADDRESSES.contains(name) {
                tell(at, name, value, changes)?;
            }
        }
        for (child, like) in self.0.children.iter().zip(&like.children) {
            *place += 1;
            match (child, like) {
                (Node::Element(element), like) => element.changes(like, place, changes)?,
                (Node::Text(text), State::Text(_, before)) if text == before => {}
                (Node::Text(text), _) => tell(*place, "", text, changes)?,
            }
        }
        Some(())
    }
}

fn tell(place: usize, name: &str, value: &str, changes: &mut String) -> Option<()> {
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
    /// Finds the nodes in a copy.
    #[inline(never)]
    pub(super) fn find(&mut self) {
        let Self::Copy(node, card) = self else { return };
        let card = Node::Element(std::mem::replace(card, element("")));
        *self = if card.is_whole(node) {
            found(card, node.clone())
        } else {
            // A translator has changed it, or a script of the page.
            let new = card.build();
            if let Some(parent) = Rndr::get_parent(node) {
                Rndr::insert_node(parent.unchecked_ref(), new.node(), Some(node));
            }
            Rndr::remove(node);
            new
        };
    }
}

impl Node {
    /// Whether what was made from this has all its nodes, and no others.
    fn is_whole(&self, node: &types::Node) -> bool {
        let mut there = Rndr::first_child(node);
        let children = if let Self::Element(element) = self { element.0.children.as_slice() } else { &[] };
        for child in children {
            let Some(node) = there.take_if(|there| child.is_whole(there)) else { return false };
            there = Rndr::next_sibling(&node);
        }
        self.fits(node) && there.is_none()
    }
}

/// A node that is in the page, of which it is known what was made from.
fn found(made_from: Node, node: types::Node) -> State {
    let Parts { tag, attributes, children } = match made_from {
        Node::Text(text) => return State::Text(node.unchecked_into(), text),
        Node::Element(element) => *element.0,
    };
    let mut there = Rndr::first_child(&node);
    let mut all = Vec::with_capacity(children.len());
    for child in children {
        let Some(node) = there.take() else { break };
        there = Rndr::next_sibling(&node);
        all.push(found(child, node));
    }
    State::Element(ElementState { node: node.unchecked_into(), tag, attributes, children: all })
}
