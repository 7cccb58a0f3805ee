//! Cards beyond the first screens: each is a copy of an earlier one, in which
//! only the values and texts that differ are set, and they come into the page
//! together.
//!
//! A card is some ten elements with two dozen attributes, and each of them is a
//! call out of the wasm with a text or two to convert; a copy of it is one call.
//! And a list is laid out as a whole, however few cards are new in it: so as many
//! come at once as are there.

use leptos::{
    tachys::{
        dom::document,
        renderer::{Rndr, types},
    },
    wasm_bindgen::JsCast,
};

use super::{Element, ElementState, Mountable, Node, Render, State};

/// Cards differ by the parts that they have; with more kinds than this some are built anew.
const KINDS: usize = 8;

/// Set last, once a copy is in no document yet: a picture with an address is asked for.
const ADDRESSES: [&str; 2] = ["src", "srcset"];

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
    pub(in crate::view) fn add(&mut self, nodes: &mut State, cards: impl Iterator<Item = Element>) {
        let Some(list) = list(nodes) else { return };
        let fragment = self.fragment.get_or_insert_with(|| document().create_document_fragment().unchecked_into());
        for card in cards.map(Node::Element) {
            let kind = self.kinds.iter().find(|kind| list.children.get(kind.like).is_some_and(|like| card.is_like(like)));
            let mut new = match kind {
                Some(Kind { pattern, like }) => card.build_like(pattern.clone_node_with_deep(true).ok(), &list.children[*like]),
                None => {
                    let new = card.build();
                    if self.kinds.len() < KINDS
                        && let Some(pattern) = pattern(new.node())
                    {
                        self.kinds.push(Kind { pattern, like: list.children.len() });
                    }
                    new
                }
            };
            new.mount(fragment, None);
            list.children.push(new);
            self.waiting += 1;
        }
        if self.waiting * 2 >= list.children.len() {
            self.arrive(nodes);
        }
    }

    /// Puts what waits into the page.
    #[inline(never)]
    pub fn arrive(&mut self, nodes: &mut State) {
        if let (Some(fragment), Some(list)) = (&self.fragment, list(nodes)) {
            Rndr::insert_node(&list.node, fragment, None);
            self.waiting = 0;
        }
    }

    /// Puts what waits into the page, and forgets what cards were like: they are
    /// about to change.
    pub fn forget(&mut self, nodes: &mut State) {
        if self.waiting > 0 {
            self.arrive(nodes);
        }
        self.kinds.clear();
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

impl Node {
    /// Whether a copy of what is there needs only other values and texts.
    fn is_like(&self, state: &State) -> bool {
        match (self, state) {
            (Self::Text(_), State::Text(..)) => true,
            (Self::Element(element), State::Element(state)) => {
                element.tag == state.tag
                    && element.attributes.iter().map(|(name, _)| name).eq(state.attributes.iter().map(|(name, _)| name))
                    && element.children.len() == state.children.len()
                    && element.children.iter().zip(&state.children).all(|(child, state)| child.is_like(state))
            }
            _ => false,
        }
    }

    /// Becomes a copy of what it is like.
    fn build_like(self, copy: Option<types::Node>, like: &State) -> State {
        match (self, like, copy) {
            (Self::Text(text), State::Text(_, before), Some(copy)) => {
                let node: types::Text = copy.unchecked_into();
                if text != *before {
                    Rndr::set_text(&node, &text);
                }
                State::Text(node, text)
            }
            (Self::Element(element), State::Element(like), Some(copy)) => {
                let node: types::Element = copy.unchecked_into();
                let Element { tag, attributes, children } = element;
                for (attribute, before) in attributes.iter().zip(&like.attributes) {
                    if attribute != before || ADDRESSES.contains(&attribute.0) {
                        Rndr::set_attribute(&node, attribute.0, &attribute.1);
                    }
                }
                let mut there = Rndr::first_child(&node);
                let mut built = Vec::with_capacity(children.len());
                for (child, like) in children.into_iter().zip(&like.children) {
                    let next = there.as_ref().and_then(Rndr::next_sibling);
                    built.push(child.build_like(there, like));
                    there = next;
                }
                State::Element(ElementState { node, tag, attributes, children: built })
            }
            (node, ..) => node.build(),
        }
    }
}
