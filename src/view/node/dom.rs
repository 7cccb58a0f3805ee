//! How nodes are made. Leptos's own way to the page leads through the window, which
//! it looks for in every place where JavaScript runs: 1 kB of wasm.

use leptos::{
    tachys::renderer::types,
    wasm_bindgen::{self, prelude::wasm_bindgen},
};

// A card is some ten elements with two dozen attributes. To leave the wasm for each of
// them takes longer than what is done there, above all the first time.
#[wasm_bindgen(wasm_bindgen = wasm_bindgen, inline_js = "export function make(told) {
  let at = 0;
  const part = () => {
    const end = told.indexOf('\\0', at);
    const text = told.slice(at, end);
    at = end + 1;
    return text;
  };
  let node = document.createDocumentFragment();
  while (at < told.length) {
    const kind = told[at];
    const name = part();
    const rest = name.slice(1);
    let child;
    if (kind == '<') child = document.createElement(rest);
    else if (kind == '/') child = document.createElementNS('http://www.w3.org/2000/svg', rest);
    else if (kind == '\"') node.appendChild(document.createTextNode(rest));
    else if (kind == '>') node = node.parentNode;
    else node.setAttribute(name, part());
    if (child) {
      node.appendChild(child);
      node = child;
    }
  }
  return node.firstChild;
}")]
extern "C" {
    /// Makes an element of one text, in which each part ends with a NUL: `<` and an HTML
    /// element's name, or `/` and an SVG element's; its attributes, each a name and then its
    /// value; what is in it, of which a text has `"` before it; and `>`.
    pub(super) fn make(told: &str) -> types::Node;
}

#[wasm_bindgen(wasm_bindgen = wasm_bindgen)]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = createDocumentFragment)]
    pub(super) fn create_document_fragment() -> types::Element;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    pub(super) fn create_text_node(text: &str) -> types::Text;
}
