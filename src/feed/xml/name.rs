//! Which elements are read, whatever prefix their namespace has.

/// An element that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The feed itself: RSS's `channel`, Atom's `feed`.
    Feed,
    Item,
    Title,
    Link,
    Id,
    Summary,
    Content,
    Author,
    Name,
    Published,
    DublinDate,
    Created,
    Updated,
    Category,
    Subject,
    Enclosure,
    Image,
    Url,
    Source,
    Language,
    Creator,
    MediaGroup,
    MediaContent,
    MediaThumbnail,
    MediaTitle,
    MediaDescription,
    PodcastAuthor,
    PodcastImage,
    PodcastSummary,
    OriginalLink,
}

/// Namespaces, by a part of their URIs that all spellings of them share, and the
/// prefix that they have by custom. RSS itself has none, or one of these.
const SPACES: [(&str, &str); 15] = [
    ("/rss/1.0/modules/content", "content"),
    ("/rss/1.0/modules/", "?"),
    ("purl.org/rss/1.0", ""),
    ("purl.org/net/rss1.1", ""),
    ("netscape.com/rdf/simple/0.9", ""),
    ("backend.userland.com/rss", ""),
    ("harvard.edu/tech/rss", ""),
    ("w3.org/2005/atom", ATOM),
    ("purl.org/atom/ns", ATOM),
    ("purl.org/dc/elements/", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("yahoo.com/mrss", "media"),
    ("rssboard.org/media-rss", "media"),
    ("itunes.com/dtds/podcast", "itunes"),
    ("rssnamespace.org/feedburner", "feedburner"),
];

/// Atom's prefix. In RSS it is read too.
pub(super) const ATOM: &str = "atom";

/// Elements by their namespace's prefix and their name. Atom's have no prefix here,
/// for their names are either RSS's too, and mean the same, or Atom's alone.
const KEYS: [(&str, &str, Key); 46] = [
    // <https://www.rssboard.org/rss-specification>, <https://www.rfc-editor.org/rfc/rfc4287>.
    ("", "channel", Key::Feed),
    ("", "item", Key::Item),
    ("", "entry", Key::Item),
    ("", "title", Key::Title),
    ("", "link", Key::Link),
    ("", "guid", Key::Id),
    ("", "id", Key::Id),
    ("", "description", Key::Summary),
    ("", "summary", Key::Summary),
    ("", "content", Key::Content),
    ("", "author", Key::Author),
    ("", "name", Key::Name),
    ("", "pubDate", Key::Published),
    ("", "published", Key::Published),
    ("", "updated", Key::Updated),
    ("", "category", Key::Category),
    ("", "enclosure", Key::Enclosure),
    ("", "image", Key::Image),
    ("", "url", Key::Url),
    ("", "source", Key::Source),
    ("", "language", Key::Language),
    // Atom 0.3's.
    ("", "issued", Key::Published),
    ("", "created", Key::Created),
    ("", "modified", Key::Updated),
    // <https://web.resource.org/rss/1.0/modules/content/>.
    ("content", "encoded", Key::Content),
    // <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>.
    ("dc", "title", Key::Title),
    ("dc", "description", Key::Summary),
    ("dc", "creator", Key::Creator),
    ("dc", "date", Key::DublinDate),
    ("dc", "subject", Key::Subject),
    ("dc", "language", Key::Language),
    ("dcterms", "creator", Key::Creator),
    ("dcterms", "date", Key::DublinDate),
    ("dcterms", "issued", Key::DublinDate),
    ("dcterms", "created", Key::Created),
    ("dcterms", "modified", Key::Updated),
    // <https://www.rssboard.org/media-rss>.
    ("media", "group", Key::MediaGroup),
    ("media", "content", Key::MediaContent),
    ("media", "thumbnail", Key::MediaThumbnail),
    ("media", "title", Key::MediaTitle),
    ("media", "description", Key::MediaDescription),
    // <https://podcasters.apple.com/support/823-podcast-requirements>.
    ("itunes", "author", Key::PodcastAuthor),
    ("itunes", "image", Key::PodcastImage),
    ("itunes", "summary", Key::PodcastSummary),
    ("itunes", "subtitle", Key::PodcastSummary),
    ("feedburner", "origLink", Key::OriginalLink),
];

/// The prefix by custom of the namespace with this URI, if it is one of those that
/// are read.
pub(super) fn space(uri: &str) -> Option<&'static str> {
    let uri = uri.to_ascii_lowercase();
    SPACES.iter().find(|(part, _)| uri.contains(part)).map(|(_, prefix)| *prefix)
}

/// The element of this name in the namespace with this prefix by custom.
pub(super) fn key(space: &str, local: &str) -> Option<Key> {
    let space = if space.eq_ignore_ascii_case(ATOM) { "" } else { space };
    let named = |(prefix, name, _): &&(&str, &str, Key)| name.eq_ignore_ascii_case(local) && prefix.eq_ignore_ascii_case(space);
    KEYS.iter().find(named).map(|(.., key)| *key)
}
