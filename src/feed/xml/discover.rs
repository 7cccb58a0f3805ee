//! The feed that a page names.

use super::super::{ResolveFrom, html, url};

/// Where `WordPress` has its posts, from the root of its REST API:
/// <https://developer.wordpress.org/rest-api/reference/posts/>.
const POSTS: &str = "wp/v2/posts";

/// The feed of an HTML page: the first that it names in a `link` to an alternate
/// (<https://www.rssboard.org/rss-autodiscovery>). A JSON Feed comes first, then
/// the root of a `WordPress` REST API
/// (<https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/>), then
/// RSS and Atom, but for the feeds of comments.
pub(in super::super) fn discover(html: &str, resolve: ResolveFrom<'_>) -> Option<String> {
    let mut base = None;
    let mut found = [None, None, None];
    for token in html::Tokens::new(html) {
        let html::Token::Tag { name, attributes, .. } = token else { continue };
        let is = |tag: &str| name.eq_ignore_ascii_case(tag);
        if !is("base") && !is("link") {
            continue;
        }
        let Some(href) = html::attribute(attributes, "href") else { continue };
        if is("base") {
            base = base.or_else(|| resolve(href.trim(), None));
        } else if let Some(kind) = kind(attributes, &href) {
            found[kind].get_or_insert(href);
        }
    }
    let [json, rest, xml] = found;
    let absolute = |written: String| url::resolved(&written, &|url| resolve(url, base.as_deref()));
    json.and_then(absolute).or_else(|| rest.and_then(absolute).map(|root| posts(&root))).or_else(|| xml.and_then(absolute))
}

/// Which of the three kinds a link is of, by their rank.
fn kind(attributes: &str, href: &str) -> Option<usize> {
    let of = |name| html::attribute(attributes, name).unwrap_or_default().to_ascii_lowercase();
    let relations = of("rel");
    let relation = |wanted: &str| relations.split_ascii_whitespace().any(|relation| relation == wanted);
    if relation("https://api.w.org/") {
        return Some(1);
    }
    if !relation("alternate") {
        return None;
    }
    let mime = of("type");
    match mime.split(';').next().unwrap_or_default().trim() {
        "application/feed+json" => Some(0),
        "application/rss+xml" | "application/atom+xml" => {
            let (href, title) = (href.to_ascii_lowercase(), of("title"));
            let comments = ["comment", "komentar"].iter().any(|word| href.contains(word) || title.contains(word));
            (!comments).then_some(2)
        }
        _ => None,
    }
}

/// The posts under the root of a REST API, which is a path, or without pretty
/// permalinks a parameter: `?rest_route=/`.
fn posts(root: &str) -> String {
    let (start, ends) = match root.split_once("rest_route=") {
        Some((before, _)) => (before.len(), ['&', '#']),
        None => (0, ['?', '#']),
    };
    let end = root[start..].find(ends).map_or(root.len(), |length| start + length);
    let (head, tail) = root.split_at(end);
    let slash = if head.ends_with('/') || head.ends_with("%2F") { "" } else { "/" };
    [head, slash, POSTS, tail].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_of_a_root() {
        for (root, url) in [
            ("https://news.example/wp-json/", "https://news.example/wp-json/wp/v2/posts"),
            ("https://news.example/wp-json", "https://news.example/wp-json/wp/v2/posts"),
            ("https://news.example/wp-json/?lang=id#a", "https://news.example/wp-json/wp/v2/posts?lang=id#a"),
            ("https://news.example/index.php?rest_route=/", "https://news.example/index.php?rest_route=/wp/v2/posts"),
            ("https://news.example/?rest_route=/&lang=id", "https://news.example/?rest_route=/wp/v2/posts&lang=id"),
            ("https://news.example/?lang=id&rest_route=%2F", "https://news.example/?lang=id&rest_route=%2Fwp/v2/posts"),
        ] {
            assert_eq!(posts(root), url);
        }
    }
}
