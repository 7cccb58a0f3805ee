//! One element's content, made from the page that it is in.

use std::path::Path;

use leptos::prelude::RenderHtml;
use url::Url;

use super::{
    Result, dates,
    document::Document,
    feeds::{Asked, Site},
    networks::extras,
    style::Style,
    words::words,
};
use crate::{
    config::{Attributes, Config, Element, Warning},
    share::Shared,
    view::{self, Cards, More, ShareBar, Teaser, View},
};

/// An element that is to be rendered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) element: Element,
    /// As written.
    pub(super) attributes: Vec<(String, String)>,
    /// The nearest `lang` in the page, empty where there is none.
    pub(super) lang: String,
}

/// The page that it is in.
pub(super) struct Page<'a> {
    pub(super) site: &'a Site,
    pub(super) document: &'a Document,
    /// Its address.
    pub(super) location: Option<Url>,
    /// The folder of its file.
    pub(super) folder: &'a Path,
}

impl Page<'_> {
    /// What its relative addresses are seen from.
    fn base(&self) -> Option<Url> {
        let base = &self.document.base;
        if base.is_empty() {
            return self.location.clone();
        }
        self.location.as_ref().map_or_else(|| Url::parse(base), |location| location.join(base)).ok()
    }

    fn resolve(&self, text: &str) -> Option<String> {
        self.base().map_or_else(|| Url::parse(text), |base| base.join(text)).ok().map(String::from)
    }

    /// The addresses that the page may have, most trusted first.
    fn urls(&self, current: &str) -> Vec<String> {
        let named = [current, &self.document.canonical, &self.document.og_url];
        let named = named.into_iter().filter(|url| !url.is_empty()).filter_map(|url| self.resolve(url));
        named.chain(self.location.clone().map(String::from)).collect()
    }

    fn shared(&self, config: &Config) -> Result<Shared> {
        let mut shared = config.shared.clone();
        let urls = self.urls(&shared.url);
        shared.url = urls.into_iter().next().ok_or("it shares no address: name one with `url`, a canonical link or --base")?;
        for title in [&self.document.og_title, &self.document.title] {
            if shared.title.is_empty() {
                shared.title.clone_from(title);
            }
        }
        Ok(shared)
    }

    /// The address of an element's feed, as written.
    fn feed<'a>(&'a self, attributes: &'a Attributes) -> Result<String> {
        let named = attributes.get("feed").map(str::to_owned).filter(|feed| !feed.is_empty());
        let [json, wordpress, rss, atom] = &self.document.feeds;
        let posts = if wordpress.is_empty() { String::new() } else { format!("{wordpress}wp/v2/posts") };
        named
            .into_iter()
            .chain([json.clone(), posts, rss.clone(), atom.clone()])
            .find(|feed| !feed.is_empty())
            .ok_or_else(|| "it needs a `feed` attribute, for the page names no feed".to_owned())
    }
}

/// An element's declarative shadow root. What is to be said of its attributes
/// is added to `warnings`.
pub(super) fn render(wanted: &Wanted, page: &Page<'_>, style: &Style, warnings: &mut Vec<String>) -> Result<String> {
    let attributes: Attributes = wanted.attributes.iter().cloned().collect();
    let (config, wrong) = Config::read(wanted.element, &attributes);
    warnings.extend(wrong.iter().map(Warning::message));
    let view = view(wanted, &attributes, &config, page, warnings)?;
    let content = view::widget(&view).to_html();
    Ok(format!("<template shadowrootmode=\"open\">{}{content}</template>", style.html(attributes.get("theme").unwrap_or_default())))
}

fn view(wanted: &Wanted, attributes: &Attributes, config: &Config, page: &Page<'_>, warnings: &mut Vec<String>) -> Result<View> {
    let lang = [&config.lang, &wanted.lang].into_iter().find(|lang| !lang.is_empty());
    if wanted.element == Element::Share {
        let locale = words(lang.map_or("", String::as_str));
        let shared = page.shared(config)?;
        let extras = extras(locale, &shared);
        // Whether the reader's device has a share sheet is not known here: see ahead.css.
        return Ok(View::Share(ShareBar::new(config, shared, true, locale, &extras)));
    }
    let asked = Asked { format: attributes.get("format").unwrap_or_default().trim(), limit: config.limit };
    let feed = page.site.feed(&page.feed(attributes)?, page.base().as_ref(), page.folder, asked)?;
    let lang = lang.or(feed.language.as_ref()).map_or("", String::as_str);
    let write = dates::date_format(lang, &config.timezone, warnings);
    let urls = page.urls(&config.current);
    let shown = view::Page {
        urls: &urls,
        locale: words(lang),
        // The time since then would be wrong by the time that the page is read.
        format_date: &|date| (write(date), None),
        segment: None,
    };
    if wanted.element == Element::Next {
        return Ok(View::Next(Teaser::new(&feed, config, shown)));
    }
    let (mut cards, open) = Cards::new(&[&*feed], config, shown, config.limit);
    if cards.cards.is_empty() {
        return Err("the feed has no article to show here: check the `tag` attribute, or wait for a second article".to_owned());
    }
    if config.more != "none" {
        cards.more = Some(More { open: open || feed.more.is_some(), status: String::new() });
    }
    Ok(View::Cards(cards))
}
