//! The [REST API of `WordPress`](https://developer.wordpress.org/rest-api/reference/posts/),
//! read best with `_embed=author,wp:featuredmedia,wp:term`.

use super::text::{LIMIT, collapse, collapse_to, plain, plain_to};
use super::wire::Value;
use super::{FeedError, Image, Item, Resolve, Source, date, html, names, tag, url};
use crate::scan::{self, BLANKS};

/// The keys that are read, beside those that the other formats have too: of a post (`lang`
/// is not of `WordPress` itself, but of plugins for sites in many languages), of
/// [what `_embed` adds](https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/#_embed),
/// of a [picture](https://developer.wordpress.org/rest-api/reference/media/) with
/// [`WordPress`'s own sizes](https://developer.wordpress.org/reference/functions/add_image_size/#reserved-image-size-names)
/// (a theme's are mostly cut to its own shape), of the pictures that Jetpack and Yoast SEO add
/// whether or not it is embedded, and of an
/// [error](https://developer.wordpress.org/rest-api/extending-the-rest-api/adding-custom-endpoints/#return-value).
pub(super) const KEYS: &str = "status link guid date date_gmt content rendered protected lang _embedded wp:term slug taxonomy \
    wp:featuredmedia media_type alt_text source_url media_details sizes width height medium medium_large large 1536x1536 2048x2048 full \
    jetpack_featured_media_url yoast_head_json og_image code";

/// Where a post's date is. A draft's is all zeros, which is no date. Without its
/// offset, the local one is taken for what it most nearly is.
pub(super) const DATES: &[&str] = &["date_gmt", "date"];

/// The width that a card's picture is to have at least, in pixels.
const WIDE_ENOUGH: u32 = 640;

/// The widest picture that is offered, as `WordPress` itself does it:
/// <https://developer.wordpress.org/reference/hooks/max_srcset_image_width/>.
const WIDEST: u32 = 2048;

/// What may be left open before a link that is taken away.
const OPEN: &[u8] = b"([ ";

/// Whether an object is a single post.
pub(super) fn is_post(top: &Value) -> bool {
    matches!(top.get("title").get("rendered"), Value::Text(_))
}

/// The item that a post is, if it is public.
// Not inlined: one format is all that a page needs.
#[inline(never)]
pub(super) fn item(post: &Value, resolve: Resolve<'_>) -> Option<Item> {
    if !matches!(post.get("status").text(), "" | "publish") {
        return None;
    }
    let text_of = |name| post.get(name).text();
    // What it then says in place of its text is a message and no excerpt.
    let protected = ["content", "excerpt"].iter().any(|part| matches!(post.get(part).get("protected"), Value::True));
    let content = if protected { "" } else { rendered(post.get("content")) };
    let mut text = if protected { String::new() } else { excerpt(rendered(post.get("excerpt")), text_of("link")) };
    // All that a theme leaves of an empty one is an ellipsis and a link.
    if !text.chars().any(scan::is_letter) {
        text = plain_to(content, LIMIT);
    }
    let embedded = post.get("_embedded");
    let mut authors = names(embedded.get("author"), true);
    if authors.is_empty() {
        // Sites that hide their users answer with an error, which has no name.
        authors = names(post.get("yoast_head_json").get("author"), true);
    }
    let language = ["lang", "language"].map(text_of).into_iter().find(|tag| !tag.is_empty()).unwrap_or_default();
    Item {
        id: collapse(&post.get("id").label()),
        url: [text_of("link"), text_of("url")]
            .into_iter()
            .find_map(|written| url::resolved(written, resolve))
            .or_else(|| url::resolved(&plain(rendered(post.get("guid"))), resolve)),
        title: plain_to(rendered(post.get("title")), LIMIT),
        text,
        image: image(post, content, resolve),
        published: DATES.iter().find_map(|name| date::rfc3339(text_of(name))),
        authors,
        tags: tags(embedded.get("wp:term")),
        language: tag(language),
    }
    .titled()
}

/// The HTML of a field: in an object, unless something other than `WordPress`
/// has written it.
fn rendered(field: &Value) -> &str {
    match field {
        Value::Text(text) => text,
        _ => field.get("rendered").text(),
    }
}

/// The names of categories, then of tags, then of what else the site sorts by.
/// Terms come in lists, one for each taxonomy.
fn tags(lists: &Value) -> Vec<String> {
    let mut tags = Vec::new();
    for wanted in ["category", "post_tag", ""] {
        for term in lists.list().iter().flat_map(Value::list).take(200) {
            let [taxonomy, slug] = ["taxonomy", "slug"].map(|name| term.get(name).text());
            // A post's format, such as "Gallery", is nothing that it is about.
            let place = if matches!(taxonomy, "category" | "post_tag" | "post_format") { taxonomy } else { "" };
            let name = plain(&term.get("name").label());
            // The category of what is in none; its slug in Indonesian.
            let none = matches!(slug, "uncategorized" | "tak-berkategori");
            if place == wanted && !none && !name.is_empty() && !tags.contains(&name) {
                tags.push(name);
            }
        }
    }
    tags
}

/// Whether a text that the `jsonfeed` plugin made from HTML still has its character references.
#[inline(never)]
pub(super) fn left_references(text: &str, html: &str) -> bool {
    let mut rest = text;
    while let Some(at) = scan::position(rest, b'&') {
        rest = &rest[at + 1..];
        let name = rest.strip_prefix("#").unwrap_or(rest);
        let end = rest.len() - name.len() + scan::alphanumerics(name);
        if end > 0 && rest[end..].starts_with(";") {
            let reference = &rest[..=end];
            return scan::has(html, &("&".to_owned() + reference)) && !scan::has(html, &("&amp;".to_owned() + reference));
        }
    }
    false
}

/// An excerpt as plain text. One that was cut ends in `[…]` or `…`, once: themes
/// put a link to the whole post after it, in whatever words, and that goes.
// Not inlined: JSON feeds need it too, but those of the plugin only.
#[inline(never)]
pub(super) fn excerpt(html: &str, post: &str) -> String {
    let (head, linked) = without_more_link(html, post);
    let mut text = plain_to(head, LIMIT);
    if linked || text.ends_with("...") {
        let whole = scan::trim_end(scan::without_end(scan::without_last(&text, OPEN), "...")).len();
        text.truncate(whole);
        if !text.is_empty() && !text.ends_with("…") && !text.ends_with("]") {
            text.push('…');
        }
    }
    text
}

/// What stands before the link that ends an excerpt, and whether there is one.
/// It is one if it leads to the post, if its class, or that of what it is in, says
/// `more`, or if there is an ellipsis before it.
fn without_more_link<'a>(html: &'a str, post: &str) -> (&'a str, bool) {
    let mut start = html.len();
    loop {
        let Some(at) = scan::find_last(&html[..start], "<a") else { return (html, false) };
        start = at;
        if html.as_bytes().get(at + 2).is_some_and(|byte| scan::is_one(*byte, BLANKS)) {
            break;
        }
    }
    let (head, link) = html.split_at(start);
    let tail = scan::parted(link, "</a>").1;
    if plain(tail).chars().any(scan::is_letter) {
        return (html, false);
    }
    let before = scan::without_last(head, BLANKS);
    let outer = if before.ends_with(">") { scan::last_position(before, b"<").unwrap_or_default() } else { before.len() };
    let says_more = says_more(&before[outer..]) || says_more(link);
    let text = plain(head);
    let text = scan::without_last(&text, OPEN);
    let attributes = scan::parted(&link[2..], ">").0;
    let leads_to_post = html::attribute(attributes, "href").is_some_and(|href| href == post);
    if leads_to_post || says_more || ["…", "…]", "...", "...]"].iter().any(|end| text.ends_with(*end)) {
        (head, true)
    } else {
        (html, false)
    }
}

/// Whether the class of the tag that a text begins with says `more`.
fn says_more(tag: &str) -> bool {
    let class = scan::without_first(scan::parted(scan::parted(tag, ">").0, "class=").1, b"\"'");
    let mut class = class[..scan::until(class, b"\"'")].to_owned();
    class.make_ascii_lowercase();
    scan::has(&class, "more")
}

fn image(post: &Value, content: &str, resolve: Resolve<'_>) -> Option<Image> {
    // One that cannot be seen is an error, and has no picture.
    let featured = post.get("_embedded").get("wp:featuredmedia").list().first().and_then(|media| picture(media, resolve));
    featured
        .or_else(|| {
            let open_graph = post.get("yoast_head_json").get("og_image").list().first();
            [Some(post.get("jetpack_featured_media_url")), open_graph.map(|image| image.get("url"))]
                .into_iter()
                .flatten()
                .find_map(|written| url::resolved(written.text(), resolve))
                .map(|url| Image { url, ..Image::default() })
        })
        .or_else(|| html::first_image(content, resolve))
}

fn picture(media: &Value, resolve: Resolve<'_>) -> Option<Image> {
    if !matches!(media.get("media_type").text(), "" | "image") {
        return None;
    }
    let mut sources = sources(media, resolve);
    let source = sources.iter().find(|source| source.width >= WIDE_ENOUGH).or(sources.last());
    let url = source.map(|source| source.url.clone()).or_else(|| url::resolved(media.get("source_url").text(), resolve))?;
    sources.retain(|source| source.width <= WIDEST && !source.url.ends_with(","));
    if sources.len() == 1 {
        sources.clear();
    }
    let caption = plain_to(without_more_link(rendered(media.get("caption")), "").0, LIMIT);
    Some(Image {
        url,
        alt: plain_to(media.get("alt_text").text(), LIMIT),
        // What is left of a link alone is an ellipsis.
        caption: if caption.chars().any(scan::is_letter) { caption } else { String::new() },
        sources,
    })
}

/// The picture in all sizes that show the whole of it, narrowest first.
fn sources(media: &Value, resolve: Resolve<'_>) -> Vec<Source> {
    let details = media.get("media_details");
    let whole = shape(details);
    let mut sources: Vec<Source> = Vec::new();
    let Value::Object(sizes) = details.get("sizes") else { return sources };
    // The whole picture is listed as a size as well, but not by all plugins that
    // keep pictures elsewhere.
    for (size, of) in sizes.iter().map(|(_, size)| (size, size)).chain([(media, details)]) {
        let (width, height) = shape(of);
        // Rounded to whole pixels, a small picture's shape is a little off.
        let off = (width * whole.1 - height * whole.0).abs();
        if off * 1_000 > 15 * width * whole.1 {
            continue;
        }
        let Some(url) = url::resolved(size.get("source_url").text(), resolve) else { continue };
        if let Ok(width @ 1..) = u32::try_from(width)
            && !sources.iter().any(|source| source.width == width)
        {
            let at = sources.iter().position(|source| source.width > width).unwrap_or(sources.len());
            sources.insert(at, Source { url, width });
        }
    }
    sources
}

/// Width and height in pixels; zero where there is none.
fn shape(of: &Value) -> (i64, i64) {
    let [width, height] = ["width", "height"].map(|side| of.get(side).number());
    let plausible = 1..=100_000;
    if plausible.contains(&width) && plausible.contains(&height) { (width, height) } else { (0, 0) }
}

/// The error that `WordPress` answers with in place of posts.
pub(super) fn error(top: &Value) -> Option<FeedError> {
    let (Value::Text(code), Value::Text(_)) = (top.get("code"), top.get("message")) else { return None };
    Some(match code.as_str() {
        "rest_post_invalid_page_number" => FeedError::past_the_end(),
        _ => FeedError::refused(
            "WordPress",
            collapse_to(code, 100),
            "that the `feed` attribute names a list of posts, and that no plugin closes the site's REST API",
        ),
    })
}
