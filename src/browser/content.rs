//! What one element shows, made of its attributes, its feed and the page.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::{dates, feeds::Pages, page, share, words};
use crate::{
    config::{Attributes, Config, Element, Warning},
    feed::Date,
    locale::Locale,
    share::Extras,
    view::{Card, Cards, More, Page, Selection, Teaser, View},
};

/// How many cards fill the first screens, and are shown at once. The others follow
/// in pieces, so that the page can answer its reader in between.
const SCREENS: usize = 24;

/// The state of one element, from which its view is made.
pub(super) struct Content {
    element: Element,
    pub(super) host: HtmlElement,
    config: Rc<Config>,
    pub(super) pages: Pages,
    /// How many cards were asked for beyond the attributes' own number.
    beyond: usize,
    selection: Selection,
    /// How many cards are shown.
    shown: usize,
    /// What was last said of them.
    said: String,
    /// Whether a page is on its way.
    pub(super) waits: bool,
    /// What a share bar has beyond what is compiled in.
    extras: Extras,
    /// What is to be said of the attributes, and what was said.
    warnings: Vec<Warning>,
    said_warnings: Vec<Warning>,
}

impl Content {
    pub(super) fn new(host: HtmlElement, attributes: &JsValue) -> Result<Self, JsValue> {
        let name = host.local_name();
        let element = Element::ALL.into_iter().find(|element| element.name() == name);
        let element = element.ok_or("config: this is not one of Kabar's elements")?;
        let (config, warnings) = Config::read(element, &Attributes::read(attributes));
        let (pages, selection, said, said_warnings) = Default::default();
        let extras = Extras { clusters: words::clusters, ..Extras::default() };
        Ok(Self {
            element,
            host,
            config: Rc::new(config),
            pages,
            beyond: 0,
            selection,
            shown: SCREENS,
            said,
            waits: false,
            extras,
            warnings,
            said_warnings,
        })
    }

    /// Takes new attributes.
    pub(super) fn set(&mut self, attributes: &JsValue) {
        let (config, warnings) = Config::read(self.element, &Attributes::read(attributes));
        (self.config, self.warnings) = (Rc::new(config), warnings);
    }

    /// Takes the answer to the feed's request; for a share bar, what www/optional/share.js
    /// adds, if anything.
    pub(super) fn take(&mut self, request: JsValue) -> Result<View, JsValue> {
        if self.element != Element::Share {
            self.pages.start(request)?;
        } else if request.is_object() {
            share::take_extras(&mut self.extras, request);
        } else {
            self.extras.networks.clear();
        }
        self.said.clear();
        self.view()
    }

    pub(super) fn is_share(&self) -> bool {
        self.element == Element::Share
    }

    /// Asks for as many cards again as the attributes say.
    pub(super) fn grow(&mut self) {
        self.beyond += self.config.limit;
    }

    /// Whether the pages have as many articles as were asked for.
    pub(super) fn is_full(&self) -> bool {
        let (feeds, config) = (self.pages.feeds(), &*self.config);
        let wanted = config.limit + self.beyond;
        Selection::new(feeds, config).find(feeds, config, &page::urls(&config.current), wanted).len() >= wanted
    }

    /// Says something of them.
    pub(super) fn say(&mut self, text: String) {
        self.said = text;
    }

    pub(super) fn view(&mut self) -> Result<View, JsValue> {
        let config = self.config.clone();
        if self.element == Element::Share { Ok(share::view(&self.host, &config, &self.extras)) } else { self.articles(&config) }
    }

    /// Says what is wrong with the attributes: once, however often the element is updated
    /// while a mistake stays.
    // Never inlined: it comes after the first card.
    #[inline(never)]
    pub(super) fn warn(&mut self) {
        let mut said = Vec::new();
        for warning in &self.warnings {
            if !self.said_warnings.contains(warning) && !said.contains(warning) {
                web_sys::console::warn_1(&("[kabar] ".to_owned() + &warning.message()).into());
            }
            said.push(warning.clone());
        }
        self.said_warnings = said;
    }

    fn articles(&mut self, config: &Config) -> Result<View, JsValue> {
        let says = self.says(config);
        if self.element == Element::Next {
            let feed = self.pages.feeds().first().ok_or("internal: there is no feed")?;
            return Ok(View::Next(Teaser::new(feed, config, says.page())));
        }
        let feeds = self.pages.feeds();
        let most = config.limit + self.beyond;
        // A reader who asked for more waits for it, and the button stands after the last card.
        let at_once = if config.more == "none" { most.min(SCREENS) } else { most };
        let mut selection = Selection::new(feeds, config);
        let found = selection.find(feeds, config, &says.urls, at_once.saturating_add(1));
        if found.is_empty() {
            return Err("feed-empty: the feed has no article to show here: check the `tag` attribute, or wait for a second article".into());
        }
        let (shown, open) = (at_once.min(found.len()), found.len() > at_once);
        let mut cards = Cards::at(feeds, &found[..shown], config, says.page());
        cards.continues = open && shown < most;
        if config.more != "none" {
            cards.more = Some(More { open: open || self.pages.next().is_some(), status: self.said.clone() });
        }
        (self.selection, self.shown) = (selection, shown);
        Ok(View::Cards(cards))
    }

    /// The next of the cards that are still to be shown, at most so many.
    // Never inlined: these come after the first screen, with the second module.
    #[inline(never)]
    pub(super) fn later(&mut self, most: usize) -> Vec<Card> {
        let config = self.config.clone();
        let says = self.says(&config);
        let feeds = self.pages.feeds();
        let wanted = (self.shown + most).min(config.limit + self.beyond);
        let places = self.selection.find(feeds, &config, &says.urls, wanted);
        let new = places.get(self.shown..).unwrap_or_default();
        self.shown += new.len();
        Cards::at(feeds, new, &config, says.page()).cards
    }

    /// What the page says of itself, and how its language writes.
    #[inline(never)]
    fn says(&mut self, config: &Config) -> Says {
        let language = self.pages.feeds().first().and_then(|feed| feed.language.as_deref());
        let locale = page::locale(&self.host, config, language);
        Says {
            urls: page::urls(&config.current),
            words: locale.words,
            format_date: Box::new(dates::date_format(&locale, config, &mut self.warnings)),
            segment: Box::new(move |text| words::segment(&locale.tag, text)),
        }
    }
}

/// [`crate::feed::text::Segment`], held.
type Segment = Box<dyn Fn(&str) -> Vec<u32>>;

/// Holds what a [`Page`] borrows.
struct Says {
    urls: Vec<String>,
    words: &'static Locale,
    format_date: Box<dyn Fn(Date) -> (String, Option<String>)>,
    segment: Segment,
}

impl Says {
    fn page(&self) -> Page<'_> {
        Page { urls: &self.urls, locale: self.words, format_date: &*self.format_date, segment: Some(&*self.segment) }
    }
}
