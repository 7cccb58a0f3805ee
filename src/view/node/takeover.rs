//! Taking over nodes that stand in the page already: those that `kabar
//! prerender` wrote. What is the same is not touched, so that no picture is
//! loaded again and no reader loses their place; what differs is put right.

use leptos::{
    tachys::renderer::{Rndr, types},
    wasm_bindgen::JsCast,
};

use super::{ElementState, Node, Parts, Render, State};

/// What <https://dom.spec.whatwg.org/#dom-node-nodetype> says of an element.
const ELEMENT: u16 = 1;
/// And of a text node.
const TEXT: u16 = 3;

impl Node {
    /// Becomes the one content of a shadow root, out of what is in it.
    // Never inlined: only pages with content of their own need it, and these can
    // wait for it. So it can be apart from what the first card waits for.
    #[inline(never)]
    pub fn take_over(self, root: &types::Element) -> State {
        let mut there = Rndr::first_child(root);
        let state = self.take(root, &mut there);
        clear(there);
        state
    }

    /// Becomes the node that is there, or is built before it; what is there is
    /// then the node after it.
    fn take(self, parent: &types::Element, there: &mut Option<types::Node>) -> State {
        while let Some(stray) = there.take_if(|there| self.passes(there)) {
            *there = Rndr::next_sibling(&stray);
            Rndr::remove(&stray);
        }
        let Some(found) = there.take_if(|there| self.fits(there)) else {
            let new = self.build();
            Rndr::insert_node(parent, new.node(), there.as_ref());
            return new;
        };
        *there = Rndr::next_sibling(&found);
        match self {
            Self::Text(text) => {
                let node: types::Text = found.unchecked_into();
                if node.node_value().as_ref() != Some(&text) {
                    Rndr::set_text(&node, &text);
                }
                State::Text(node, text)
            }
            Self::Element(element) => State::Element(element.0.take(found.unchecked_into())),
        }
    }

    /// Whether what is there is to go: blanks between elements, which a formatter
    /// of HTML has put there, and what this one comes after.
    fn passes(&self, there: &types::Node) -> bool {
        !self.fits(there) && (there.node_type() == TEXT || Rndr::next_sibling(there).is_some_and(|next| self.fits(&next)))
    }

    pub(super) fn fits(&self, there: &types::Node) -> bool {
        match self {
            Self::Text(_) => there.node_type() == TEXT,
            Self::Element(element) => there.node_type() == ELEMENT && there.unchecked_ref::<types::Element>().local_name() == element.0.tag,
        }
    }
}

impl Parts {
    fn take(self, node: types::Element) -> ElementState {
        let Self { tag, attributes, children } = self;
        let names = node.get_attribute_names();
        for place in 0..names.length() {
            let name = names.get(place).as_string().unwrap_or_default();
            if !attributes.iter().any(|(wanted, _)| *wanted == name) {
                Rndr::remove_attribute(&node, &name);
            }
        }
        for (name, value) in &attributes {
            if node.get_attribute(name).as_ref() != Some(value) {
                Rndr::set_attribute(&node, name, value);
            }
        }
        let mut there = Rndr::first_child(&node);
        let mut taken = Vec::with_capacity(children.len());
        for child in children {
            taken.push(child.take(&node, &mut there));
        }
        clear(there);
        ElementState { node, tag, attributes, children: taken }
    }
}

/// Removes a node and all that stand after it.
fn clear(mut there: Option<types::Node>) {
    while let Some(left) = there {
        there = Rndr::next_sibling(&left);
        Rndr::remove(&left);
    }
}
