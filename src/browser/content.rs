//! What one element shows, made of its attributes, its feed and the page.

use web_sys::HtmlElement;

use wasm_bindgen::prelude::*;

use super::{dates, feeds::Pages, page, words::segment};
use crate::{
    config::{Attributes, Config, Element},
    view::{Cards, More, Page, ShareBar, Teaser, View},
};

/// The state of one element, from which its view is made.
pub(super) struct Content {
    element: Element,
    pub(super) host: HtmlElement,
    attributes: Attributes,
    pub(super) pages: Pages,
    /// How many cards were asked for beyond the attributes' own number.
    beyond: usize,
    /// What was last said of them.
    said: String,
    /// Whether a page is on its way.
    pub(super) waits: bool,
    /// The warnings that were said.
    warned: Vec<String>,
}

impl Content {
    pub(super) fn new(host: HtmlElement) -> Result<Self, JsValue> {
        let name = host.local_name();
        let element = Element::ALL.into_iter().find(|element| element.name() == name);
        let element = element.ok_or("config: this is not one of Kabar's elements")?;
        let (pages, attributes) = Default::default();
        Ok(Self { element, host, attributes, pages, beyond: 0, said: String::new(), waits: false, warned: Vec::new() })
    }

    /// Takes new attributes, and the answer to the feed's request.
    pub(super) fn set(&mut self, attributes: JsValue, request: JsValue) -> Result<View, JsValue> {
        self.attributes = Attributes::read(&attributes);
        if self.element != Element::Share {
            self.pages.start(request)?;
        }
        self.said.clear();
        self.view()
    }

    /// Asks for as many cards again as the attributes say.
    pub(super) fn grow(&mut self) {
        let (config, _) = Config::read(self.element, &self.attributes);
        self.beyond += config.limit;
    }

    /// Whether so many cards are as many as were asked for.
    pub(super) fn is_full(&self, cards: usize) -> bool {
        let (config, _) = Config::read(self.element, &self.attributes);
        cards >= config.limit + self.beyond
    }

    /// Says something of them.
    pub(super) fn say(&mut self, text: String) {
        self.said = text;
    }

    pub(super) fn view(&mut self) -> Result<View, JsValue> {
        let (config, mut warnings) = Config::read(self.element, &self.attributes);
        let view = if self.element == Element::Share {
            let shared = page::shared(&config);
            let locale = page::locale(&self.host, &config, None);
            let can_share = page::can_share(&shared);
            View::Share(ShareBar::new(&config, shared, can_share, locale.words))
        } else {
            self.articles(&config, &mut warnings)?
        };
        // Said once, however often the element is updated while its mistake stays.
        for warning in &warnings {
            if !self.warned.contains(warning) {
                web_sys::console::warn_1(&("[kabar] ".to_owned() + warning).into());
            }
        }
        self.warned = warnings;
        Ok(view)
    }

    fn articles(&self, config: &Config, warnings: &mut Vec<String>) -> Result<View, JsValue> {
        let feeds = self.pages.feeds();
        let Some(feed) = feeds.first() else { return Err("internal: there is no feed".into()) };
        let locale = page::locale(&self.host, config, feed.language.as_deref());
        let urls = page::urls(&config.current);
        let format_date = dates::date_format(&locale, config, warnings);
        let segment = |text: &str| segment(&locale.tag, text);
        let page = Page { urls: &urls, locale: locale.words, format_date: &format_date, segment: Some(&segment) };
        if self.element == Element::Next {
            return Ok(View::Next(Teaser::new(feed, config, page)));
        }
        let (mut cards, open) = Cards::new(feeds, config, page, config.limit + self.beyond);
        if cards.cards.is_empty() {
            return Err("feed-empty: the feed has no article to show here: check the `tag` attribute, or wait for a second article".into());
        }
        if config.more != "none" {
            cards.more = Some(More { open: open || self.pages.next().is_some(), status: self.said.clone() });
        }
        Ok(View::Cards(cards))
    }
}
