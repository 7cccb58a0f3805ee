//! What the elements of an item, or of the feed, say.

use super::super::text::{self, LIMIT, collapse, collapse_to};
use super::super::{Item, ResolveFrom, date, html, tag, url};
use super::image::{attribute, image};
use super::name::Key;
use super::{Element, Form};

/// How long a paragraph may be to be no more than links back.
const TAIL: usize = 300;

/// The item that these elements are of, if there is anything of it to show. `home`
/// is the site's address.
pub(super) fn read(elements: &[Element<'_>], home: Option<&str>, resolve: ResolveFrom<'_>) -> Option<Item> {
    let url = link(elements, resolve);
    let excerpt = |key| find(elements, key, |element| some(excerpt(element, url.as_deref(), home)));
    let text = [Key::Summary, Key::Content, Key::PodcastSummary].into_iter().find_map(excerpt);
    // A video's entry may say nothing, and its group all. Of a picture, it is no excerpt.
    let of_video = |element: &&Element<'_>| element.key == Key::MediaDescription && elements[element.parent].key != Key::MediaContent;
    let text = text.or_else(|| elements.iter().filter(of_video).find_map(|element| some(plain(element))));
    let item = Item {
        id: find(elements, Key::Id, |id| some(collapse(&id.text))).or_else(|| about(elements)).unwrap_or_default(),
        title: title(elements),
        text: text.unwrap_or_default(),
        image: image(elements, resolve),
        published: [Key::Published, Key::DublinDate, Key::Created, Key::Updated]
            .into_iter()
            .find_map(|key| find(elements, key, |element| date::any(&collapse(&element.text)))),
        authors: authors(elements),
        tags: tags(elements),
        language: elements.first().and_then(|item| language(item.attributes)).or_else(|| languages(elements)),
        url,
    };
    item.titled()
}

/// The first element of this key, of those that stand in the item or the feed
/// itself, that gives something.
fn find<T>(elements: &[Element<'_>], key: Key, give: impl Fn(&Element<'_>) -> Option<T>) -> Option<T> {
    children(elements, key).find_map(give)
}

fn children<'e, 'a>(elements: &'e [Element<'a>], key: Key) -> impl Iterator<Item = &'e Element<'a>> {
    elements.iter().skip(1).filter(move |element| element.key == key && element.parent == 0)
}

/// An element's text as plain text.
pub(super) fn plain(element: &Element<'_>) -> String {
    match element.form {
        Form::Text => collapse_to(&element.text, LIMIT),
        Form::Html | Form::Xhtml => text::plain_to(&element.text, LIMIT),
    }
}

pub(super) fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A title. RSS's too is HTML, as feeds write it: a tag or a reference in it that
/// was escaped once, for the XML, is one.
pub(super) fn title(elements: &[Element<'_>]) -> String {
    find(elements, Key::Title, |title| some(plain(title))).unwrap_or_default()
}

/// An `xml:lang`.
pub(super) fn language(attributes: &str) -> Option<String> {
    html::attribute(attributes, "xml:lang").and_then(|language| tag(&language))
}

/// What the elements call their language.
pub(super) fn languages(elements: &[Element<'_>]) -> Option<String> {
    find(elements, Key::Language, |language| tag(&language.text))
}

/// Where the item is read.
fn link(elements: &[Element<'_>], resolve: ResolveFrom<'_>) -> Option<String> {
    let whole =
        |element: &Element<'_>, written: &str| Some(written).filter(|url| is_web_url(url)).and_then(|url| resolved(url, element, resolve));
    find(elements, Key::OriginalLink, |element| resolved(&element.text, element, resolve))
        .or_else(|| alternate(elements, resolve))
        .or_else(|| {
            find(elements, Key::Id, |id| {
                // <https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt>
                let permanent = attribute(id, "isPermaLink").is_none_or(|value| !value.trim().eq_ignore_ascii_case("false"));
                whole(id, id.text.trim()).filter(|_| permanent)
            })
        })
        .or_else(|| elements.first().and_then(|item| whole(item, &about(elements)?)))
        .or_else(|| find(elements, Key::Content, |content| resolved(&attribute(content, "src")?, content, resolve)))
}

/// The page that the item or the feed is an alternate of: RSS's `link`, which is a
/// text, or Atom's that says so, or says nothing, best if it is HTML.
pub(super) fn alternate(elements: &[Element<'_>], resolve: ResolveFrom<'_>) -> Option<String> {
    [true, false].into_iter().find_map(|html| {
        find(elements, Key::Link, |link| {
            let Some(href) = attribute(link, "href") else {
                return resolved(&link.text, link, resolve);
            };
            let relation = attribute(link, "rel").unwrap_or_else(|| "alternate".to_owned());
            // It may be written as a URL: <https://www.rfc-editor.org/rfc/rfc4287#section-4.2.7.2>.
            let relation = relation.rsplit('/').next().unwrap_or_default().trim();
            if !relation.is_empty() && !relation.eq_ignore_ascii_case("alternate") {
                return None;
            }
            let is_html = attribute(link, "type").is_none_or(|mime| mime.contains("html"));
            Some(href).filter(|_| is_html || !html).and_then(|href| resolved(&href, link, resolve))
        })
    })
}

/// Where the feed goes on: <https://www.rfc-editor.org/rfc/rfc5005#section-3>.
pub(super) fn next(elements: &[Element<'_>], resolve: ResolveFrom<'_>) -> Option<String> {
    find(elements, Key::Link, |link| {
        attribute(link, "rel").filter(|rel| rel.trim().eq_ignore_ascii_case("next"))?;
        resolved(&attribute(link, "href")?, link, resolve)
    })
}

/// RSS 1.0's name for the item.
fn about(elements: &[Element<'_>]) -> Option<String> {
    let item = elements.first()?;
    attribute(item, "rdf:about").map(|about| collapse(&about)).and_then(some)
}

/// A URL in an element as one that may be used.
pub(super) fn resolved(written: &str, element: &Element<'_>, resolve: ResolveFrom<'_>) -> Option<String> {
    url::resolved(written, &|url| resolve(url, element.base.as_deref()))
}

fn is_web_url(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}

/// An element's text without the paragraph that many sites put after each text:
/// links back to it and to them.
fn excerpt(element: &Element<'_>, link: Option<&str>, home: Option<&str>) -> String {
    if element.form != Form::Text
        && let Some((head, tail)) = last_paragraph(&element.text)
        && links_back(tail, &[link, home])
        && text::plain_to(tail, TAIL + 1).chars().count() <= TAIL
        && let Some(head) = some(text::plain_to(head, LIMIT))
    {
        return head;
    }
    plain(element)
}

/// What comes before the last `<p>`, and that.
fn last_paragraph(html: &str) -> Option<(&str, &str)> {
    let mut end = html.len();
    loop {
        end = html[..end].rfind("<p")?;
        if html[end + 2..].starts_with(|char: char| char == '>' || char.is_ascii_whitespace()) {
            return Some(html.split_at(end));
        }
    }
}

fn links_back(html: &str, to: &[Option<&str>]) -> bool {
    html::Tokens::new(html).any(|token| {
        let html::Token::Tag { name, attributes, .. } = token else { return false };
        let href = Some(name).filter(|name| name.eq_ignore_ascii_case("a")).and_then(|_| html::attribute(attributes, "href"));
        href.is_some_and(|href| to.iter().flatten().any(|to| address(to) == address(&href)))
    })
}

/// A URL as far as the links to a page agree: feeds add `utm_` parameters, and
/// sites behind a proxy mistake their scheme.
fn address(url: &str) -> &str {
    let url = url.trim().split(['?', '#']).next().unwrap_or_default();
    url.split_once("://").map_or(url, |(_, address)| address).trim_end_matches('/')
}

/// The authors of an item, or of the feed; where there are none, the source's.
pub(super) fn authors(elements: &[Element<'_>]) -> Vec<String> {
    let mut names = Vec::new();
    for (key, parent) in [(Key::Creator, None), (Key::Author, None), (Key::PodcastAuthor, None), (Key::Author, Some(Key::Source))] {
        for (place, author) in elements.iter().enumerate().skip(1) {
            let stands = match parent {
                None => author.parent == 0,
                Some(parent) => elements[author.parent].key == parent,
            };
            if author.key == key && stands {
                let name = inside(elements, place).find(|element| element.key == Key::Name);
                names.extend(person(&plain(name.unwrap_or(author))));
            }
        }
        if !names.is_empty() {
            break;
        }
    }
    names
}

/// The elements that stand in the one at this place.
pub(super) fn inside<'e, 'a>(elements: &'e [Element<'a>], place: usize) -> impl Iterator<Item = &'e Element<'a>> {
    // They follow it, and what stands in them follows those.
    elements.iter().skip(place + 1).take_while(move |element| element.parent >= place).filter(move |element| element.parent == place)
}

/// A person's name: RSS wants it to be a mail address with the name in brackets,
/// <https://www.rssboard.org/rss-profile#element-channel-item-author>, and no reader
/// is to see that address.
fn person(text: &str) -> Option<String> {
    // One that begins with `@` is a name on some network.
    let is_mail = |word: &&str| word.trim_start_matches(['(', '<', '[', '"', '\'']).find('@').is_some_and(|at| at > 0);
    if !text.split(' ').any(|word| is_mail(&word)) {
        return some(text.to_owned());
    }
    let name = text.split(' ').filter(|word| !is_mail(word)).collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(&name);
    some(name.trim_matches([' ', '"', '-', ',']).to_owned())
}

/// Categories by their label, RSS's text or Atom's term, or else Dublin Core's
/// subjects.
fn tags(elements: &[Element<'_>]) -> Vec<String> {
    let mut tags: Vec<_> = children(elements, Key::Category)
        .filter_map(|category| {
            let of = |name| attribute(category, name).map(|text| collapse_to(&text, LIMIT)).and_then(some);
            // A term may be a URL, which says nothing to a reader.
            of("label").or_else(|| some(plain(category))).or_else(|| of("term").filter(|term| !is_web_url(term)))
        })
        .collect();
    if tags.is_empty() {
        tags.extend(children(elements, Key::Subject).filter_map(|subject| some(plain(subject))));
    }
    tags
}
