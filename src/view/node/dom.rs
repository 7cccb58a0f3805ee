//! How nodes are made. Leptos's own way to the page leads through the window, which
//! it looks for in every place where JavaScript runs: 1 kB of wasm.

use leptos::{
    tachys::renderer::types,
    wasm_bindgen::{self, prelude::wasm_bindgen},
};

#[wasm_bindgen(wasm_bindgen = wasm_bindgen)]
extern "C" {
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    pub(super) fn create_element(tag: &str) -> types::Element;
    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    pub(super) fn create_element_ns(namespace: &str, tag: &str) -> types::Element;
    #[wasm_bindgen(js_namespace = document, js_name = createDocumentFragment)]
    pub(super) fn create_document_fragment() -> types::Element;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    pub(super) fn create_text_node(text: &str) -> types::Text;
}
