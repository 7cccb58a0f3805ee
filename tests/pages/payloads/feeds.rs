//! Feeds of each format that have a payload in every field that the format has
//! for a text or an address, whether Kabar reads it or not.

use std::fmt::Write;

use serde_json::{Value, json};

use super::Payload;

/// A format: its name, and how a feed of these payloads is written in it.
pub(crate) type Format = (&'static str, fn(&[Payload]) -> (&'static str, String));

/// The formats that come as JSON.
pub(crate) const JSON: &[Format] = &[("jsonfeed", json_feed), ("wordpress", wordpress), ("ghost", ghost)];

/// The formats that come as XML.
pub(crate) const XML: &[Format] = &[("rss", rss), ("atom", atom)];

const DATE: &str = "2026-03-24T08:30:00+07:00";

/// Every title begins with a word, so that no item is left out for want of one.
fn title(payload: &Payload) -> String {
    format!("Judul {}", payload.text)
}

fn json_feed(payloads: &[Payload]) -> (&'static str, String) {
    let people = |text: &str| json!([{ "name": text, "url": text, "avatar": text }]);
    let items: Vec<Value> = payloads
        .iter()
        .map(|payload| {
            let text = payload.text.as_str();
            json!({
                "id": text, "url": text, "external_url": text, "title": title(payload), "content_html": text, "content_text": text,
                "summary": text, "image": text, "banner_image": text, "date_published": DATE, "date_modified": text,
                "authors": people(text), "author": people(text)[0], "tags": [text, "kota"], "language": text,
                "attachments": [{ "url": text, "mime_type": "image/png", "title": text }, { "url": text, "mime_type": text }],
                "_kabar": { "alt": text, "caption": text },
            })
        })
        .collect();
    let first = payloads[0].text.as_str();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": first, "home_page_url": first, "feed_url": first, "next_url": first,
        "description": first, "user_comment": first, "icon": first, "favicon": first, "language": first, "authors": people(first),
        "author": people(first)[0], "hubs": [{ "type": first, "url": first }], "items": items,
    });
    ("application/feed+json", feed.to_string())
}

fn wordpress(payloads: &[Payload]) -> (&'static str, String) {
    let posts: Vec<Value> = payloads
        .iter()
        .map(|payload| {
            let text = payload.text.as_str();
            let rendered = json!({ "rendered": text, "protected": false });
            let size =
                |width: u32, height: u32| json!({ "source_url": text, "width": width, "height": height, "mime_type": text, "file": text });
            json!({
                "id": text, "slug": text, "type": text, "format": text, "lang": text, "link": text, "guid": rendered, "date": DATE,
                "date_gmt": text, "modified": text, "title": { "rendered": title(payload) }, "content": rendered, "excerpt": rendered,
                "jetpack_featured_media_url": text, "yoast_head": text, "yoast_head_json": { "title": text, "og_image": [{ "url": text }] },
                "_links": { "self": [{ "href": text }] },
                "_embedded": {
                    "author": [{ "name": text, "url": text, "description": text, "link": text, "avatar_urls": { "96": text } }],
                    "wp:featuredmedia": [{
                        "media_type": "image", "source_url": text, "alt_text": text, "caption": rendered, "title": rendered, "link": text,
                        "media_details": { "width": 1600, "height": 900, "file": text, "sizes": {
                            "medium": size(320, 180), "large": size(640, 360), "full": size(1600, 900) } },
                    }],
                    "wp:term": [[
                        { "taxonomy": "category", "name": text, "slug": text, "link": text },
                        { "taxonomy": "post_tag", "name": text, "slug": text, "link": text },
                    ]],
                },
            })
        })
        .collect();
    ("application/json", Value::from(posts).to_string())
}

fn ghost(payloads: &[Payload]) -> (&'static str, String) {
    let posts: Vec<Value> = payloads
        .iter()
        .map(|payload| {
            let text = payload.text.as_str();
            let person = json!({ "name": text, "slug": text, "url": text, "profile_image": text, "bio": text, "website": text });
            let tag = json!({ "name": text, "slug": text, "url": text, "description": text, "feature_image": text });
            json!({
                "id": text, "uuid": text, "slug": text, "url": text, "canonical_url": text, "title": title(payload), "html": text,
                "plaintext": text, "custom_excerpt": text, "excerpt": text, "feature_image": text, "feature_image_alt": text,
                "feature_image_caption": text, "og_image": text, "og_title": text, "twitter_image": text, "meta_title": text,
                "published_at": DATE, "updated_at": text, "visibility": text, "codeinjection_head": text, "codeinjection_foot": text,
                "primary_author": person, "authors": [person], "primary_tag": tag, "tags": [tag],
            })
        })
        .collect();
    ("application/json", json!({ "posts": posts, "meta": { "pagination": { "next": 2 } } }).to_string())
}

/// A text in XML, as a careful writer puts it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text in XML, as most feeds have it.
fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

fn rss(payloads: &[Payload]) -> (&'static str, String) {
    let first = escaped(&payloads[0].text);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
        xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\
        <title>{first}</title><link>{first}</link><description>{first}</description><language>{first}</language>\
        <copyright>{first}</copyright><managingEditor>{first}</managingEditor><category>{first}</category><generator>{first}</generator>\
        <atom:link rel=\"next\" href=\"{first}\"/><image><url>{first}</url><title>{first}</title><link>{first}</link></image>"
    );
    for (place, payload) in payloads.iter().enumerate() {
        let address = escaped(&payload.text);
        // Both ways of writing a text, turn and turn about.
        let text = if place % 2 == 0 { cdata(&payload.text) } else { escaped(&payload.text) };
        let title = if place % 2 == 0 { cdata(&title(payload)) } else { escaped(&title(payload)) };
        write!(
            xml,
            "<item><title>{title}</title><link>{address}</link><guid isPermaLink=\"true\">{address}</guid>\
            <description>{text}</description><content:encoded>{text}</content:encoded><author>{text}</author><dc:creator>{text}</dc:creator>\
            <category domain=\"{address}\">{text}</category><comments>{address}</comments><source url=\"{address}\">{text}</source>\
            <pubDate>Tue, 24 Mar 2026 08:30:00 +0700</pubDate><enclosure url=\"{address}\" length=\"1\" type=\"image/png\"/>\
            <media:content url=\"{address}\" medium=\"image\" width=\"800\"><media:title>{text}</media:title>\
            <media:description>{text}</media:description><media:credit>{text}</media:credit></media:content>\
            <media:thumbnail url=\"{address}\"/><itunes:image href=\"{address}\"/><itunes:author>{text}</itunes:author>\
            <itunes:summary>{text}</itunes:summary></item>"
        )
        .unwrap();
    }
    ("application/rss+xml", xml + "</channel></rss>")
}

/// Whether what follows a text would be taken for a part of its last tag or comment.
fn ends_in_a_tag(text: &str) -> bool {
    let (mut tag, mut quote) = (false, None);
    for char in text.chars() {
        match (tag, quote) {
            (false, _) => tag = char == '<',
            (true, None) if matches!(char, '"' | '\'') => quote = Some(char),
            (true, None) => tag = char != '>',
            (true, Some(open)) if open == char => quote = None,
            _ => {}
        }
    }
    tag || text.contains("<!") || text.contains("<?")
}

fn atom(payloads: &[Payload]) -> (&'static str, String) {
    let first = escaped(&payloads[0].text);
    let person = |text: &str| format!("<name>{text}</name><uri>{text}</uri><email>{text}</email>");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" \
        xmlns:media=\"http://search.yahoo.com/mrss/\" xml:lang=\"{first}\" xml:base=\"{first}\"><title type=\"html\">{first}</title>\
        <subtitle>{first}</subtitle><id>{first}</id><link href=\"{first}\"/><link rel=\"next\" href=\"{first}\"/><icon>{first}</icon>\
        <logo>{first}</logo><rights>{first}</rights><author>{}</author>",
        person(&first)
    );
    for (place, payload) in payloads.iter().enumerate() {
        let text = escaped(&payload.text);
        // As XHTML a text is markup, well-formed or not, but where it would hide the entries after it.
        let hides = ends_in_a_tag(&payload.text);
        let kind = if hides { "html" } else { ["html", "text", "xhtml"][place % 3] };
        let content =
            if kind == "xhtml" { format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div>", payload.text) } else { text.clone() };
        write!(
            xml,
            "<entry xml:lang=\"{text}\"><title type=\"{}\">{}</title><id>{text}</id><link rel=\"alternate\" href=\"{text}\"/>\
            <link rel=\"enclosure\" type=\"image/png\" href=\"{text}\"/><link rel=\"{text}\" href=\"{text}\" title=\"{text}\"/>\
            <published>{DATE}</published><updated>{text}</updated><author>{person}</author><contributor>{person}</contributor>\
            <category term=\"{text}\" label=\"{text}\" scheme=\"{text}\"/><rights>{text}</rights>\
            <media:thumbnail url=\"{text}\"/><media:group><media:title>{text}</media:title><media:description>{text}</media:description>\
            </media:group><summary type=\"{kind}\">{text}</summary><content type=\"{kind}\" src=\"{text}\">{content}</content></entry>",
            if kind == "xhtml" { "html" } else { kind },
            escaped(&title(payload)),
            person = person(&text),
        )
        .unwrap();
    }
    ("application/atom+xml", xml + "</feed>")
}
