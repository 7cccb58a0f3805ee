//! Markdown, as the documentation needs it: sections, anchors, live examples.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// A heading that a page shows, or the one that its title stands for.
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) anchor: String,
    /// As HTML.
    pub(super) text: String,
    /// Whether the page's own title takes its place.
    pub(super) is_title: bool,
}

/// The part of a Markdown text that begins with a heading; `None` where there
/// is no such heading. `lead` leaves out the sections below it.
pub(super) fn section<'a>(text: &'a str, heading: &str, lead: bool) -> Option<&'a str> {
    let mut begin = None;
    let mut fenced = false;
    let mut place = 0;
    for line in text.split_inclusive('\n') {
        let here = place;
        place += line.len();
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if fenced || level == 0 || !line[level..].starts_with(' ') {
            continue;
        }
        match begin {
            None if line[level..].trim() == heading => begin = Some((here, level)),
            Some((start, above)) if level <= above || lead => return Some(&text[start..here]),
            _ => {}
        }
    }
    begin.map(|(start, _)| &text[start..])
}

/// A heading's anchor, made as code hosts make theirs, so that one link works on both.
pub(super) fn anchor(text: &str) -> String {
    let mut anchor = String::new();
    for letter in text.to_lowercase().chars() {
        if letter.is_alphanumeric() || letter == '-' || letter == '_' {
            anchor.push(letter);
        } else if letter == ' ' {
            anchor.push('-');
        }
    }
    anchor
}

fn parse(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
}

/// A line of Markdown as HTML, without a paragraph around it.
pub(super) fn inline(text: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    render(text, "", link).html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
}

/// The headings of a text, below a page's title.
pub(super) fn headings(text: &str, title: &str) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut events = parse(text).into_iter();
    while let Some(event) = events.next() {
        let Event::Start(Tag::Heading { level, .. }) = event else { continue };
        let inside: Vec<_> = events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
        let plain: String = inside
            .iter()
            .filter_map(|event| if let Event::Text(text) | Event::Code(text) = event { Some(&**text) } else { None })
            .collect();
        let mut html = String::new();
        push_html(&mut html, inside.into_iter());
        let is_title = found.is_empty() && (level == HeadingLevel::H1 || plain.split(':').next() == Some(title));
        found.push(Heading { level: level as usize, anchor: anchor(&plain), text: html, is_title });
    }
    // The first is the title or comes right below it, and what follows moves with it.
    let up = found.first().map_or(0, |heading| heading.level.saturating_sub(if heading.is_title { 1 } else { 2 }));
    for heading in &mut found {
        heading.level = heading.level.saturating_sub(up).max(1);
    }
    found
}

/// What a live example's hosts are on this site.
pub(super) fn on_this_site(example: &str) -> String {
    example
        .replace("https://cdn.example/", "../dist/")
        .replace("https://news.example/feed.json", "../www/feed.json")
        .replace("\"/feed.json\"", "\"../www/feed.json\"")
}

/// A rendered text, and what its live examples bring.
#[derive(Default)]
pub(super) struct Rendered {
    pub(super) html: String,
    pub(super) live: Vec<String>,
}

/// Renders a text below a page's title. `link` says where a link leads, or
/// that what it names is not on the site.
pub(super) fn render(text: &str, title: &str, link: &dyn Fn(&str) -> Option<String>) -> Rendered {
    let mut rendered = Rendered::default();
    let mut headings = headings(text, title).into_iter();
    let mut out: Vec<Event<'_>> = Vec::new();
    let mut events = parse(text).into_iter();
    let mut dead = false;
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                while !matches!(events.next(), Some(Event::End(TagEnd::Heading(_))) | None) {}
                if let Some(Heading { level, anchor, text, is_title: false }) = headings.next() {
                    // The heading itself is the link to it: one can copy it, and it works without a script.
                    let html = format!("<h{level} id=\"{anchor}\"><a href=\"#{anchor}\">{text}</a></h{level}>\n");
                    out.push(Event::Html(html.into()));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let code: String = events
                    .by_ref()
                    .map_while(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
                    .collect();
                let language = info.split(' ').next().unwrap_or_default();
                let mut html = format!("<pre><code class=\"language-{language}\">{}</code></pre>\n", escape(&code));
                if info.split(' ').any(|word| word == "live") {
                    let live = on_this_site(&code);
                    html = format!(
                        "<figure class=\"live\">\n<div class=\"shown\">\n{live}</div>\n<figcaption>{html}</figcaption>\n</figure>\n"
                    );
                    rendered.live.push(live);
                }
                out.push(Event::Html(html.into()));
            }
            // Aligned columns would be style attributes, which the policy forbids.
            Event::Start(Tag::Table(_)) => {
                out.push(Event::Html("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\n".into()));
                out.push(Event::Start(Tag::Table(Vec::new())));
            }
            Event::End(TagEnd::Table) => out.extend([Event::End(TagEnd::Table), Event::Html("</div>\n".into())]),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => match link(&dest_url) {
                Some(found) => out.push(Event::Start(Tag::Link { link_type, dest_url: found.into(), title, id })),
                None => dead = true,
            },
            Event::End(TagEnd::Link) if dead => dead = false,
            // Comments are for those who write the file.
            Event::Html(text) if text.trim_start().starts_with("<!--") => {}
            // An element that a text speaks of is no element of the page: only a `live` snippet is.
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            other => out.push(other),
        }
    }
    push_html(&mut rendered.html, out.into_iter());
    // A corner of a table heads nothing.
    rendered.html = rendered.html.replace("<th></th>", "<td></td>");
    rendered
}

/// A text as HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{anchor, headings, render, section};

    const TEXT: &str = "# Book\n\nlead\n\n## One\n\na\n\n```sh\n## not a heading\n```\n\n### Below\n\nb\n\n## Two\n\nc\n";

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        assert!(section(TEXT, "One", false).unwrap().ends_with("### Below\n\nb\n\n"));
        assert!(section(TEXT, "One", true).unwrap().ends_with("```\n\n"));
        assert_eq!(section(TEXT, "Two", false), Some("## Two\n\nc\n"));
        assert_eq!(section(TEXT, "Three", false), None);
    }

    #[test]
    fn anchors_are_those_of_code_hosts() {
        assert_eq!(anchor("Content security policy"), "content-security-policy");
        assert_eq!(anchor("feed-status"), "feed-status");
        assert_eq!(anchor("Before any script: kabar prerender"), "before-any-script-kabar-prerender");
    }

    #[test]
    fn the_title_takes_the_place_of_its_heading() {
        let levels = |text, title| headings(text, title).iter().map(|heading| (heading.level, heading.is_title)).collect::<Vec<_>>();
        assert_eq!(levels("## Errors\n\n### `config`\n", "Errors"), [(1, true), (2, false)]);
        assert_eq!(levels("# Whatever\n\n## One\n", "Errors"), [(1, true), (2, false)]);
        assert_eq!(levels("## Other\n\n### One\n", "Errors"), [(2, false), (3, false)]);
        assert_eq!(levels("### Other\n\n#### One\n", "Errors"), [(2, false), (3, false)]);
    }

    #[test]
    fn a_link_to_what_is_not_here_is_its_text() {
        let link = |to: &str| to.starts_with("docs/").then(|| "there.html".to_owned());
        assert_eq!(render("[a](docs/a.md) [b](src/b.rs)", "", &link).html, "<p><a href=\"there.html\">a</a> b</p>\n");
    }

    #[test]
    fn an_element_in_the_text_is_text() {
        let html = |text| render(text, "", &|_| None).html;
        assert_eq!(html("one <kabar-share> more"), "<p>one &lt;kabar-share&gt; more</p>\n");
        assert!(html("<div>\n<kabar-share></kabar-share>\n</div>\n").contains("&lt;kabar-share&gt;&lt;/kabar-share&gt;"));
        assert_eq!(html("<!-- for the writer -->\n"), "");
    }

    #[test]
    fn a_live_example_is_shown_and_told() {
        let rendered = render("```html live\n<kabar-cards feed=\"/feed.json\"></kabar-cards>\n```\n", "", &|_| None);
        assert!(rendered.html.contains("<kabar-cards feed=\"../www/feed.json\"></kabar-cards>"));
        assert!(rendered.html.contains("&lt;kabar-cards feed=&quot;/feed.json&quot;&gt;"));
        assert_eq!(rendered.live.len(), 1);
    }
}
