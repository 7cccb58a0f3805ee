//! What the configurator offers, as JSON: the table of attributes, the custom
//! properties, the languages and the icons of the networks, each from its one source.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::{Context, Result};
use kabar::{
    config::{ATTRIBUTES, Allowed, Attribute, Element},
    share,
};
use serde_json::{Map, Value, json};

use super::markdown::{inline, section};

/// The custom properties' section of the README.
const PROPERTIES: &str = "Custom properties";

/// The whole as JSON.
pub(super) fn json(readme: &str, languages: &str) -> Result<String> {
    let properties = section(readme, PROPERTIES, false).with_context(|| format!("README.md: no section “{PROPERTIES}”"))?;
    let properties: Vec<Value> = rows(properties)
        .filter_map(|row| match row.as_slice() {
            [name, default, doc] => Some(json!({ "name": name.trim_matches('`'), "default": default, "doc": doc })),
            _ => None,
        })
        .collect();
    let languages: BTreeMap<String, Value> = serde_json::from_str(languages).context("src/locale/languages.json is no JSON")?;
    let elements: Vec<&str> = Element::ALL.iter().map(|element| element.name()).collect();
    let attributes: Vec<Value> = ATTRIBUTES.iter().map(attribute).collect();
    // Of all networks: an element shows only those that work in its page and on its reader's device.
    let icons: Map<String, Value> = share::rows().iter().map(|row| (row.network.id.to_owned(), row.network.icon.into())).collect();
    let all = json!({
        "elements": elements,
        "attributes": attributes,
        "properties": properties,
        "languages": languages.into_keys().collect::<Vec<_>>(),
        "icons": icons,
    });
    serde_json::to_string(&all).context("the options could not be written as JSON")
}

fn attribute(row: &Attribute) -> Value {
    let (kind, words, bounds) = match row.allowed {
        Allowed::Text => ("text", &[] as &[&str], None),
        Allowed::Word(words) => ("word", words, None),
        Allowed::Words(words) => ("words", words, None),
        Allowed::Number(least, most) => ("number", &[] as &[&str], Some([least, most])),
    };
    let on: Vec<&str> = row.on.iter().map(|element| element.name()).collect();
    json!({ "name": row.name, "on": on, "kind": kind, "words": words, "bounds": bounds, "default": row.default, "doc": row.doc })
}

/// The rows of the Markdown tables in a text, without their heads.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| line.starts_with("| `")).map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
}

/// The table of attributes as HTML: names, elements and values of the table,
/// and what the README says that each does.
pub(super) fn table(readme: &str, link: &dyn Fn(&str) -> Option<String>) -> Result<String> {
    let section = section(readme, "Attributes", false).context("README.md: no section “Attributes”")?;
    let told: Vec<_> = rows(section).collect();
    let mut html = String::from(
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Attributes\">\n<table>\n<thead><tr><th>attribute</th><th>on</th>\
        <th>values (default first)</th><th>what it does</th></tr></thead>\n<tbody>\n",
    );
    for (place, row) in ATTRIBUTES.iter().enumerate() {
        let on: Vec<&str> = row.on.iter().map(|element| element.name().trim_start_matches("kabar-")).collect();
        let on = if on.len() == Element::ALL.len() { "all".to_owned() } else { on.join(", ") };
        // A name that stands twice has the element in its second anchor.
        let again = ATTRIBUTES[..place].iter().any(|other| other.name == row.name);
        let anchor = if again { format!("{}-{on}", row.name) } else { row.name.to_owned() };
        let told = told.get(place).filter(|cells| cells[0].trim_matches('`') == row.name);
        let doc = told.and_then(|cells| cells.last()).map_or_else(|| row.doc.to_owned(), |cell| (*cell).to_owned());
        let values = match row.allowed {
            // The README has the words for these: “a URL”, “text”.
            Allowed::Text => told.and_then(|cells| cells.get(2)).map_or_else(|| "text".to_owned(), |cell| inline(cell, link)),
            Allowed::Number(least, most) => format!("<code>{}</code>, any from {least} to {most}", row.default),
            Allowed::Word(words) => {
                let others = words.iter().filter(|word| **word != row.default);
                std::iter::once(&row.default).chain(others).map(|word| format!("<code>{word}</code>")).collect::<Vec<_>>().join(", ")
            }
            Allowed::Words(words) => {
                let more: Vec<&str> = words.iter().filter(|word| !row.default.split(' ').any(|one| one == **word)).copied().collect();
                let and = if more.is_empty() { String::new() } else { format!("; also <code>{}</code>", more.join(" ")) };
                format!("<code>{}</code>{and}", row.default)
            }
        };
        let name = row.name;
        let doc = inline(&doc, link);
        writeln!(
            html,
            "<tr><th scope=\"row\" id=\"{anchor}\"><a href=\"#{anchor}\"><code>{name}</code></a></th><td>{on}</td><td>{values}</td><td>{doc}</td></tr>"
        )
        .context("the table of attributes could not be written")?;
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    Ok(html)
}

#[cfg(test)]
mod tests {
    use kabar::config::ATTRIBUTES;

    use super::{json, table};
    use crate::docs::read;

    #[test]
    fn every_attribute_and_property_is_offered() {
        let readme = read("README.md").unwrap();
        let all: serde_json::Value = serde_json::from_str(&json(&readme, r#"{"en":{},"id":{}}"#).unwrap()).unwrap();
        assert_eq!(all["attributes"].as_array().unwrap().len(), ATTRIBUTES.len());
        assert_eq!(all["languages"], serde_json::json!(["en", "id"]));
        assert!(kabar::share::IDS.iter().all(|id| all["icons"][id].as_str().is_some_and(|path| !path.is_empty())));
        let style = read("src/view/style.css").unwrap();
        let names: Vec<_> = all["properties"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        for used in style.split("var(--kabar-").skip(1) {
            let name = format!("--kabar-{}", used.split([',', ')']).next().unwrap());
            assert!(names.contains(&name.as_str()), "the README's table lacks {name}");
        }
    }

    #[test]
    fn the_table_has_a_row_for_each_attribute() {
        let html = table(&read("README.md").unwrap(), &|_| None).unwrap();
        assert_eq!(html.matches("<tr><th scope").count(), ATTRIBUTES.len());
        assert!(html.contains("id=\"order\"") && html.contains("id=\"order-next\""));
    }
}
