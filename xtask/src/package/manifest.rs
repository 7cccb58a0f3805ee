//! What editors and documentation tools read of the elements.

use serde_json::{Value, json};

use kabar::config::{Allowed, Attribute, Element};

use super::{
    entry::ENTRY,
    surface::{Row, Surface, of},
    types::{attribute_type, class, of_element, property},
};

/// The Custom Elements Manifest, version 2.1:
/// <https://github.com/webcomponents/custom-elements-manifest>, `schema.json`.
pub(crate) fn custom_elements(surface: &Surface) -> Value {
    let declarations: Vec<_> = Element::ALL.into_iter().map(|element| declaration(element, surface)).collect();
    let exports: Vec<_> = Element::ALL
        .into_iter()
        .map(|element| {
            json!({
                "kind": "custom-element-definition",
                "name": element.name(),
                "declaration": { "name": class(element), "module": ENTRY },
            })
        })
        .collect();
    json!({
        "schemaVersion": "2.1.0",
        "modules": [{ "kind": "javascript-module", "path": ENTRY, "declarations": declarations, "exports": exports }],
    })
}

fn declaration(element: Element, surface: &Surface) -> Value {
    let attributes: Vec<_> = of_element(element)
        .map(|attribute| {
            let mut value = json!({
                "name": attribute.name,
                "description": attribute.doc,
                "type": { "text": attribute_type(attribute.allowed) },
                "fieldName": property(attribute.name),
            });
            if let Some(default) = default(attribute) {
                value["default"] = default.into();
            }
            value
        })
        .collect();
    let members: Vec<_> = of_element(element)
        .map(|attribute| {
            json!({
                "kind": "field",
                "name": property(attribute.name),
                "description": attribute.doc,
                "type": { "text": "string" },
                "attribute": attribute.name,
                "reflects": true,
            })
        })
        .collect();
    let named = |rows: &[Row]| of(rows, element).map(|row| json!({ "name": row.name, "description": row.doc })).collect::<Vec<_>>();
    let events: Vec<_> =
        of(&surface.events, element).map(|row| json!({ "name": row.name, "description": row.doc, "type": { "text": row.kind } })).collect();
    let properties: Vec<_> = of(&surface.properties, element)
        .map(|row| json!({ "name": row.name, "description": row.doc, "default": row.default.trim_matches('`') }))
        .collect();
    json!({
        "kind": "class",
        "customElement": true,
        "name": class(element),
        "tagName": element.name(),
        "description": about(element),
        "superclass": { "name": "HTMLElement" },
        "attributes": attributes,
        "members": members,
        "events": events,
        "slots": named(&surface.slots),
        "cssParts": named(&surface.parts),
        "cssProperties": properties,
    })
}

/// Custom data for VS Code's HTML, version 1.1:
/// <https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md>.
pub(crate) fn html_custom_data() -> Value {
    let tags: Vec<_> = Element::ALL
        .into_iter()
        .map(|element| {
            let attributes: Vec<_> = of_element(element)
                .map(|attribute| {
                    let mut value = json!({ "name": attribute.name, "description": described(attribute) });
                    if let Allowed::Word(words) | Allowed::Words(words) = attribute.allowed {
                        value["values"] = words.iter().map(|word| json!({ "name": word })).collect();
                    }
                    value
                })
                .collect();
            json!({ "name": element.name(), "description": about(element), "attributes": attributes })
        })
        .collect();
    json!({ "version": 1.1, "tags": tags })
}

/// What the editors of `JetBrains` read: <https://github.com/JetBrains/web-types>.
pub(crate) fn web_types(version: &str, surface: &Surface) -> Value {
    let elements: Vec<_> = Element::ALL
        .into_iter()
        .map(|element| {
            let attributes: Vec<_> = of_element(element)
                .map(|attribute| {
                    let mut value = json!({
                        "name": attribute.name,
                        "description": attribute.doc,
                        "value": { "type": attribute_type(attribute.allowed) },
                    });
                    if let Some(default) = default(attribute) {
                        value["default"] = default.into();
                    }
                    value
                })
                .collect();
            let named = |rows: &[Row]| of(rows, element).map(|row| json!({ "name": row.name, "description": row.doc })).collect::<Vec<_>>();
            json!({
                "name": element.name(),
                "description": about(element),
                "attributes": attributes,
                "slots": named(&surface.slots),
                "js": { "events": named(&surface.events) },
                "css": { "parts": named(&surface.parts), "properties": named(&surface.properties) },
            })
        })
        .collect();
    json!({
        "name": "kabar",
        "version": version,
        "js-types-syntax": "typescript",
        "description-markup": "markdown",
        "contributions": { "html": { "elements": elements } },
    })
}

/// What an element is, in one sentence.
pub(crate) fn about(element: Element) -> &'static str {
    match element {
        Element::Cards => "Article cards from a feed.",
        Element::Share => "Share buttons for the page, or for the address that `url` names.",
        Element::Next => "A teaser of the article that comes next in a feed.",
    }
}

/// What an absent attribute means; none where the page decides.
fn default(attribute: &Attribute) -> Option<&'static str> {
    (!attribute.default.is_empty()).then_some(attribute.default)
}

fn described(attribute: &Attribute) -> String {
    default(attribute).map_or_else(|| attribute.doc.to_owned(), |default| format!("{} (default: `{default}`)", attribute.doc))
}

#[cfg(test)]
mod tests {
    use kabar::config::{ATTRIBUTES, Element};

    use serde_json::Value;

    use super::{custom_elements, html_custom_data};
    use crate::package::surface;

    fn named<'a>(list: &'a Value, name: &str) -> &'a Value {
        list.as_array().unwrap().iter().find(|item| item["name"] == name).unwrap_or_else(|| panic!("{name} is not in {list}"))
    }

    #[test]
    fn the_manifest_has_every_attribute_of_the_table() {
        let manifest = custom_elements(&surface().unwrap());
        for element in Element::ALL {
            let declarations = manifest["modules"][0]["declarations"].as_array().unwrap();
            let declaration = declarations.iter().find(|declaration| declaration["tagName"] == element.name()).unwrap();
            let attributes = declaration["attributes"].as_array().unwrap();
            assert_eq!(attributes.len(), ATTRIBUTES.iter().filter(|attribute| attribute.on.contains(&element)).count());
            assert!(attributes.iter().all(|attribute| attribute["description"].as_str().is_some_and(|doc| !doc.is_empty())));
        }
        let cards = &manifest["modules"][0]["declarations"][0];
        let words = named(&cards["attributes"], "excerpt-words");
        assert_eq!(
            (&words["default"], &words["type"]["text"], &words["fieldName"]),
            (&"30".into(), &"number".into(), &"excerptWords".into())
        );
        assert_eq!(named(&cards["attributes"], "layout")["type"]["text"], r#""grid" | "list" | "compact""#);
        assert_eq!(named(&cards["events"], "kabar-card-click")["type"]["text"], "CustomEvent<{ url: string; index: number }>");
        assert_eq!(named(&cards["cssProperties"], "--kabar-gap")["default"], "1.5em");
        named(&cards["cssParts"], "card");
        named(&cards["slots"], "");
    }

    #[test]
    fn editors_get_the_words_that_an_attribute_takes() {
        let data = html_custom_data();
        let layout = named(&named(&data["tags"], "kabar-cards")["attributes"], "layout");
        assert_eq!(layout["values"].as_array().unwrap().len(), 3);
        named(&layout["values"], "compact");
        assert!(layout["description"].as_str().unwrap().ends_with("(default: `grid`)"));
    }
}
