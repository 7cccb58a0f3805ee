//! Which picture stands for an item.

use super::super::{Image, ResolveFrom, html};
use super::item::{inside, plain, resolved, some};
use super::name::Key;
use super::{Element, Form};

/// A card is no wider on a phone, twice as dense: what is wider costs its reader more
/// than it shows.
const ENOUGH: u32 = 640;

/// What is narrower is an icon. Any picture in the text is better.
const ICON: u32 = 150;

const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];

/// The picture: of [Media RSS](https://www.rssboard.org/media-rss), enclosed, or
/// else the first in the text.
pub(super) fn image(elements: &[Element<'_>], resolve: ResolveFrom<'_>) -> Option<Image> {
    let bare = |found: Option<(&Element<'_>, String)>| {
        let (element, written) = found?;
        Some(Image { url: resolved(&written, element, resolve)?, ..Image::default() })
    };
    let first =
        |key, name| elements.iter().filter(|element| element.key == key).find_map(|element| Some((element, attribute(element, name)?)));
    let thumbnail = best(elements, Key::MediaThumbnail);
    let icon = thumbnail.is_some_and(|(_, width)| (1..ICON).contains(&width));
    let thumbnail = || bare(thumbnail.and_then(|(place, _)| Some((&elements[place], attribute(&elements[place], "url")?))));
    described(elements, resolve)
        .or_else(|| thumbnail().filter(|_| !icon))
        .or_else(|| bare(enclosed(elements)))
        .or_else(|| bare(first(Key::PodcastImage, "href")))
        .or_else(|| bare(child_image(elements)))
        .or_else(|| {
            [Key::Content, Key::Summary].into_iter().find_map(|key| {
                let html = |element: &&Element<'_>| element.key == key && element.parent == 0 && element.form != Form::Text;
                elements
                    .iter()
                    .filter(html)
                    .find_map(|element| html::first_image(&element.text, &|url| resolve(url, element.base.as_deref())))
            })
        })
        .or_else(thumbnail)
}

/// An attribute of an element.
pub(super) fn attribute(element: &Element<'_>, name: &str) -> Option<String> {
    html::attribute(element.attributes, name)
}

/// The best of the item's `media:content`, with what it says of it.
fn described(elements: &[Element<'_>], resolve: ResolveFrom<'_>) -> Option<Image> {
    let (place, _) = best(elements, Key::MediaContent)?;
    let words = |key| inside(elements, place).filter(|element| element.key == key).find_map(|element| some(plain(element)));
    Some(Image {
        url: resolved(&attribute(&elements[place], "url")?, &elements[place], resolve)?,
        alt: words(Key::MediaDescription).or_else(|| words(Key::MediaTitle)).unwrap_or_default(),
        ..Image::default()
    })
}

/// The narrowest picture that is wide enough, else the widest; of equals, the first.
/// Gives its place and its width, 0 if that is not said.
fn best(elements: &[Element<'_>], key: Key) -> Option<(usize, u32)> {
    let mut best = None;
    for (place, element) in elements.iter().enumerate() {
        if element.key != key {
            continue;
        }
        let Some(url) = attribute(element, "url") else { continue };
        // WordPress.com's author comes before the picture.
        if url.contains("gravatar.com/avatar") || key == Key::MediaContent && !is_image(element, &url) {
            continue;
        }
        let width = attribute(element, "width").and_then(|width| width.trim().trim_end_matches("px").parse().ok()).unwrap_or_default();
        let better = |best: u32| if best >= ENOUGH { (ENOUGH..best).contains(&width) } else { width > best };
        if best.is_none_or(|(_, best)| better(best)) {
            best = Some((place, width));
        }
    }
    best
}

/// Whether the element says that its URL is a picture's, or, if it says nothing of
/// what is seen or heard, whether that ends like one.
fn is_image(element: &Element<'_>, url: &str) -> bool {
    let says = |name| attribute(element, name).map(|says| says.trim().to_ascii_lowercase()).filter(|says| !says.is_empty());
    let says = says("medium").or_else(|| says("type")).unwrap_or_default();
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is = |kind: &&str| says.starts_with(*kind);
    is(&"image") || !["audio", "video", "text"].iter().any(is) && ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// RSS's enclosure, or Atom's.
fn enclosed<'e, 'a>(elements: &'e [Element<'a>]) -> Option<(&'e Element<'a>, String)> {
    elements.iter().filter(|element| element.parent == 0).find_map(|element| {
        let url = match element.key {
            Key::Enclosure => attribute(element, "url"),
            Key::Link if attribute(element, "rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case("enclosure")) => {
                attribute(element, "href")
            }
            _ => None,
        };
        url.filter(|url| is_image(element, url)).map(|url| (element, url))
    })
}

/// An `image` in the item: no format has it there, but many feeds do, with a `url`
/// in it or as it is.
fn child_image<'e, 'a>(elements: &'e [Element<'a>]) -> Option<(&'e Element<'a>, String)> {
    elements.iter().enumerate().filter(|(_, image)| image.key == Key::Image && image.parent == 0).find_map(|(place, image)| {
        let url = inside(elements, place).find(|element| element.key == Key::Url).unwrap_or(image);
        some(url.text.trim().to_owned())
            .or_else(|| attribute(image, "url").or_else(|| attribute(image, "href")))
            .map(|written| (url, written))
    })
}
