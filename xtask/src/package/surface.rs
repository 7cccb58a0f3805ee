//! What the elements have besides attributes, as the README's tables say it:
//! tests/tidy.rs holds those against the style sheet, the views and the types.

use anyhow::{Context, Result};

use kabar::config::Element;

/// An event, a part, a slot or a custom property.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Which elements have it.
    pub(crate) on: Vec<Element>,
    /// The type of an event, as TypeScript has it.
    pub(crate) kind: String,
    /// What a custom property is where nobody sets it; empty for the others.
    pub(crate) default: String,
    pub(crate) doc: String,
}

/// All of them.
pub(crate) struct Surface {
    pub(crate) events: Vec<Row>,
    pub(crate) parts: Vec<Row>,
    pub(crate) slots: Vec<Row>,
    pub(crate) properties: Vec<Row>,
}

impl Surface {
    /// Reads the README's tables, and the types of the events in `kabar.d.ts`.
    pub(crate) fn read(readme: &str, types: &str) -> Result<Self> {
        let row = |name: &str, on: &str, doc: &str| Row {
            name: bare(name),
            on: elements(on),
            kind: String::new(),
            default: String::new(),
            doc: doc.to_owned(),
        };
        let mut events = Vec::new();
        for cells in table(readme, &["event", "on", "`detail`", "when"])? {
            let mut event = row(&cells[0], &cells[1], &cells[3]);
            event.kind = event_type(types, &event.name)?;
            events.push(event);
        }
        let parts = table(readme, &["part", "on", "what it is"])?;
        let parts = parts.iter().map(|cells| row(&cells[0], &cells[1], &cells[2])).collect();
        let slots = table(readme, &["slot", "on", "what it is"])?;
        let slots = slots.iter().map(|cells| row(&cells[0], &cells[1], &cells[2])).collect();
        let properties = table(readme, &["property", "default", "what it sets"])?;
        let properties = properties.iter().map(|cells| Row { default: cells[1].clone(), ..row(&cells[0], "all", &cells[2]) }).collect();
        Ok(Self { events, parts, slots, properties })
    }
}

/// Those that an element has.
pub(crate) fn of(rows: &[Row], element: Element) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| row.on.contains(&element))
}

/// The cells of the README's table with this head, a list for each row.
fn table(readme: &str, head: &[&str]) -> Result<Vec<Vec<String>>> {
    let line = format!("| {} |\n", head.join(" | "));
    let (_, after) = readme.split_once(&line).with_context(|| format!("README.md has no table with the head {}", line.trim()))?;
    let rows = after.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_start_matches("| ").trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells.len() == head.len()).then_some(cells).with_context(|| format!("README.md: {} cells are wanted in {line}", head.len()))
    })
    .collect()
}

/// A name without its code marks. The slot without a name has a word for it in the README.
fn bare(cell: &str) -> String {
    if cell.starts_with('`') { cell.trim_matches('`').to_owned() } else { String::new() }
}

fn elements(cell: &str) -> Vec<Element> {
    let has = |element: &Element| cell == "all" || cell.split(", ").any(|word| element.name() == format!("kabar-{word}"));
    Element::ALL.into_iter().filter(has).collect()
}

fn event_type(types: &str, name: &str) -> Result<String> {
    let kind = types.split_once(&format!("\"{name}\": ")).and_then(|(_, after)| after.split_once(";\n"));
    kind.map(|(kind, _)| kind.to_owned()).with_context(|| format!("www/kabar.d.ts has no event {name}, which README.md has"))
}

#[cfg(test)]
mod tests {
    use super::{Surface, of};
    use kabar::config::Element;

    const README: &str = "\
| event | on | `detail` | when |
| --- | --- | --- | --- |
| `kabar-ready` | all | | rendered |
| `kabar-more` | cards | `count` | further cards came |

| part | on | what it is |
| --- | --- | --- |
| `title` | cards, next | an article's heading |

| slot | on | what it is |
| --- | --- | --- |
| none | all | the fallback |

| property | default | what it sets |
| --- | --- | --- |
| `--kabar-gap` | `1.5rem` | between cards |
";

    const TYPES: &str = "  \"kabar-ready\": CustomEvent<null>;\n  \"kabar-more\": CustomEvent<{ count: number }>;\n";

    #[test]
    fn the_tables_are_read_for_each_element() {
        let surface = Surface::read(README, TYPES).unwrap();
        let names = |element| of(&surface.events, element).map(|row| row.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(Element::Cards), ["kabar-ready", "kabar-more"]);
        assert_eq!(names(Element::Share), ["kabar-ready"]);
        assert_eq!(surface.events[1].kind, "CustomEvent<{ count: number }>");
        assert_eq!(surface.parts[0].on, [Element::Cards, Element::Next]);
        assert_eq!((surface.slots[0].name.as_str(), surface.slots[0].doc.as_str()), ("", "the fallback"));
        assert_eq!((surface.properties[0].name.as_str(), surface.properties[0].default.as_str()), ("--kabar-gap", "`1.5rem`"));
    }

    #[test]
    fn an_event_without_a_type_is_named() {
        let message = Surface::read(README, "").map(drop).unwrap_err().to_string();
        assert_eq!(message, "www/kabar.d.ts has no event kabar-ready, which README.md has");
    }

    #[test]
    fn a_table_that_is_gone_is_named() {
        let message = Surface::read("", TYPES).map(drop).unwrap_err().to_string();
        assert_eq!(message, "README.md has no table with the head | event | on | `detail` | when |");
    }
}
