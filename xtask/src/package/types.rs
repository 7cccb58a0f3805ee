//! The types of the attributes: for `kabar.d.ts`, and for what frameworks make of them.

use kabar::config::{ATTRIBUTES, Allowed, Attribute, Element};

use super::{
    manifest::about,
    surface::{Row, Surface, of},
};

/// A framework whose templates are typed.
pub(crate) struct Framework {
    /// What is imported: `kabar/react`.
    pub(crate) name: &'static str,
    /// Types that the framework has, and that stand around ours.
    start: &'static str,
    end: &'static str,
    /// The type of an element's attributes, `{name}` standing for ours and `{class}` for the element's.
    element: &'static str,
    /// How an event's attribute begins; events are typed where a framework has one.
    event: Option<&'static str>,
}

/// What each looks up is in its own documentation: React 19's release notes
/// ("Support for Custom Elements", "The JSX namespace"), Vue's "Vue and Web
/// Components", Svelte's "TypeScript", Solid's "Custom elements and TypeScript".
pub(crate) const FRAMEWORKS: [Framework; 4] = [
    Framework {
        name: "react",
        start: "import type { DetailedHTMLProps, HTMLAttributes } from \"react\";\n\
                declare module \"react\" {\n  namespace JSX {\n    interface IntrinsicElements {\n",
        end: "    }\n  }\n}\n",
        element: "Omit<DetailedHTMLProps<HTMLAttributes<{class}>, {class}>, keyof {name}> & {name}",
        event: Some("on"),
    },
    Framework {
        name: "vue",
        start: "import type { DefineComponent, HTMLAttributes } from \"vue\";\n\
                declare module \"vue\" {\n  interface GlobalComponents {\n",
        end: "  }\n}\n",
        element: "DefineComponent<{name} & Omit<HTMLAttributes, keyof {name}>>",
        event: None,
    },
    Framework {
        name: "svelte",
        start: "import type { HTMLAttributes } from \"svelte/elements\";\n\
                declare module \"svelte/elements\" {\n  interface SvelteHTMLElements {\n",
        end: "  }\n}\n",
        element: "Omit<HTMLAttributes<{class}>, keyof {name}> & {name}",
        event: Some("on"),
    },
    Framework {
        name: "solid",
        start: "import type { JSX } from \"solid-js\";\n\
                declare module \"solid-js\" {\n  namespace JSX {\n    interface IntrinsicElements {\n",
        end: "    }\n  }\n}\n",
        element: "Omit<JSX.HTMLAttributes<{class}>, keyof {name}> & {name}",
        event: Some("on:"),
    },
];

/// The attributes' interfaces, for the end of `kabar.d.ts`.
pub(crate) fn attributes() -> String {
    let mut text = String::new();
    for element in Element::ALL {
        let rows: Vec<_> = of_element(element)
            .map(|attribute| {
                let Attribute { name, allowed, doc, .. } = attribute;
                let default = if attribute.default.is_empty() { String::new() } else { format!(" Default: `{}`.", attribute.default) };
                format!("  /** {}.{default} */\n  {}?: {};\n", capital(doc), quoted(name), attribute_type_in_script(*allowed))
            })
            .collect();
        let (name, interface) = (element.name(), attributes_of(element));
        let lines = [
            format!("\n/** Attributes of `<{name}>`, as they are written in HTML. {} */\n", about(element)),
            format!("export interface {interface} {{\n{}}}\n", rows.concat()),
        ];
        text.extend(lines);
    }
    text
}

/// The types that a framework's templates take: `react.d.ts` and its like.
pub(crate) fn framework(framework: &Framework, surface: &Surface) -> String {
    let classes: Vec<_> = Element::ALL.into_iter().flat_map(|element| [class(element), attributes_of(element)]).collect();
    let events = if framework.event.is_some() { ", KabarEventMap" } else { "" };
    let mut text = format!(
        "/** Kabar's elements in {}'s templates. Made by `cargo xtask dist`. */\n\
         import type {{ {}{events} }} from \"./kabar.js\";\nexport type * from \"./kabar.js\";\n{}",
        framework.name,
        classes.join(", "),
        framework.start
    );
    text.extend(Element::ALL.into_iter().map(|element| {
        let kind = framework.element.replace("{name}", &attributes_of(element)).replace("{class}", &class(element));
        let events = framework.event.map_or_else(String::new, |start| {
            let row = |event: &Row| {
                let Row { name, doc, .. } = event;
                format!("        /** {doc} */\n        \"{start}{name}\"?: (event: KabarEventMap[\"{name}\"]) => void;\n")
            };
            format!(" & {{\n{}      }}", of(&surface.events, element).map(row).collect::<String>())
        });
        format!("      {:?}: {kind}{events};\n", element.name())
    }));
    text + framework.end
}

/// The rows of an element.
pub(crate) fn of_element(element: Element) -> impl Iterator<Item = &'static Attribute> {
    ATTRIBUTES.iter().filter(move |attribute| attribute.on.contains(&element))
}

/// The property that mirrors an attribute.
pub(crate) fn property(attribute: &str) -> String {
    let mut words = attribute.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capital(word))
}

/// The interface of an element in `www/kabar.d.ts`.
pub(crate) fn class(element: Element) -> String {
    format!("{}Element", camel(element))
}

fn attributes_of(element: Element) -> String {
    format!("{}Attributes", camel(element))
}

fn camel(element: Element) -> String {
    element.name().split('-').map(capital).collect()
}

/// What an attribute's text is, as a type.
pub(crate) fn attribute_type(allowed: Allowed) -> String {
    match allowed {
        Allowed::Word(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | "),
        Allowed::Number(..) => "number".to_owned(),
        Allowed::Text | Allowed::Words(_) => "string".to_owned(),
    }
}

/// What a template may give for it: a number is as good as its digits.
fn attribute_type_in_script(allowed: Allowed) -> String {
    match allowed {
        Allowed::Number(..) => "number | `${number}`".to_owned(),
        other => attribute_type(other),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn quoted(name: &str) -> String {
    if name.contains('-') { format!("\"{name}\"") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{FRAMEWORKS, attributes, framework, property};
    use crate::package::surface;

    #[test]
    fn attributes_have_the_types_of_what_they_take() {
        let text = attributes();
        for line in [
            "export interface KabarCardsAttributes {\n",
            "  /** How the cards are laid out. Default: `grid`. */\n  layout?: \"grid\" | \"list\" | \"compact\";\n",
            "  limit?: number | `${number}`;\n",
            "  \"exclude-current\"?: \"true\" | \"false\";\n",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }

    #[test]
    fn a_framework_gets_each_element_with_its_events() {
        let react = FRAMEWORKS.iter().find(|framework| framework.name == "react").unwrap();
        let text = framework(react, &surface().unwrap());
        assert!(text.contains("\"kabar-next\": Omit<DetailedHTMLProps<HTMLAttributes<KabarNextElement>, KabarNextElement>, keyof KabarNextAttributes> & KabarNextAttributes & {\n"), "{text}");
        assert!(text.contains("\"onkabar-card-click\"?: (event: KabarEventMap[\"kabar-card-click\"]) => void;\n"), "{text}");
    }

    #[test]
    fn a_property_is_its_attribute_in_camel_case() {
        assert_eq!(property("excerpt-words"), "excerptWords");
        assert_eq!(property("feed"), "feed");
    }
}
