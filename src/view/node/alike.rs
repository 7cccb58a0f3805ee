//! Building many nodes of one kind: each is a copy of the one before, in which
//! only the values and texts that differ are set.
//!
//! A card is some ten elements with two dozen attributes, and each of them is a
//! call out of the wasm with a text or two to convert. A copy of it is one call.

use leptos::{
    tachys::renderer::{Rndr, types},
    wasm_bindgen::JsCast,
};

use super::{Element, ElementState, Listener, Mountable, Node, Parts, Render, State};

impl State {
    /// Adds cards at the end of their list, which is all that a widget shows or the
    /// first thing in it. What is there is not touched.
    // Never inlined: only what comes after the first screen is built so, and that
    // can wait for the second module.
    #[inline(never)]
    pub(in crate::view) fn append(&mut self, cards: Vec<Element>) {
        let Self::Element(root) = self else { return };
        let parent = if root.attributes.is_empty() {
            match root.children.first_mut() {
                Some(Self::Element(first)) => first,
                _ => return,
            }
        } else {
            root
        };
        for card in cards.into_iter().map(Node::Element) {
            let mut new = match parent.children.last() {
                Some(last) if card.is_like(last) => card.build_like(last.node().clone_node_with_deep(true).ok(), last),
                _ => card.build(),
            };
            new.mount(&parent.node, None);
            parent.children.push(new);
        }
    }
}

impl Node {
    /// Whether a copy of what is there needs only other values and texts.
    fn is_like(&self, state: &State) -> bool {
        match (self, state) {
            (Self::Text(_), State::Text(..)) => true,
            (Self::Element(element), State::Element(state)) => {
                element.0.tag == state.tag
                    && element.0.attributes.iter().map(|(name, _)| name).eq(state.attributes.iter().map(|(name, _)| name))
                    && element.0.children.len() == state.children.len()
                    && element.0.children.iter().zip(&state.children).all(|(child, state)| child.is_like(state))
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
                let Parts { tag, attributes, on_click, children } = *element.0;
                for (attribute, before) in attributes.iter().zip(&like.attributes) {
                    if attribute != before {
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
                let listener = on_click.map(|on_click| Listener::new(&node, on_click));
                State::Element(ElementState { node, tag, attributes, listener, children: built })
            }
            (node, ..) => node.build(),
        }
    }
}
