//! What the components show, made from feed, configuration and page.

use std::borrow::Borrow;

use crate::{
    config::Config,
    feed::{Date, Feed, Image, Item, date, text},
    locale::{Locale, Word},
    next, scan,
    share::{self, Extras, Network, Shared},
};

/// The state of one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// `<kabar-cards>`
    Cards(Cards),
    /// `<kabar-share>`
    Share(ShareBar),
    /// `<kabar-next>`; nothing where no article comes next.
    Next(Option<Teaser>),
}

/// What the page says, for those who have no page.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The addresses that the page may have in the feed, most trusted first.
    pub urls: &'a [String],
    /// The words of the interface.
    pub locale: &'static Locale,
    /// A date as the reader's language writes it; where that tells the time
    /// since then, the date itself follows.
    pub format_date: &'a dyn Fn(Date) -> (String, Option<String>),
    /// Finds words in scripts that put no blanks between them.
    pub segment: Option<text::Segment<'a>>,
}

/// A list of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cards {
    /// In display order.
    pub cards: Vec<Card>,
    /// Level of the headings.
    pub heading: usize,
    /// Whether links open a new tab.
    pub open_new: bool,
    /// The words of the interface.
    pub locale: &'static Locale,
    /// What stands under the cards; nothing where no more is asked for.
    pub more: Option<More>,
    /// Whether these are only the first, and the others follow in pieces.
    pub continues: bool,
}

/// The button that brings more cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct More {
    /// Whether there are more.
    pub open: bool,
    /// What was last said: how many cards came.
    pub status: String,
}

/// One article, cut to what is shown: an empty field is a part left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Where it is read; an article without an address is shown without a link.
    pub url: Option<String>,
    /// The headline.
    pub title: String,
    /// The picture's address.
    pub image: String,
    /// The picture's other sizes, as HTML's `srcset`.
    pub srcset: String,
    /// What the picture shows.
    pub alt: String,
    /// The picture's caption.
    pub caption: String,
    /// RFC 3339, for machines.
    pub datetime: String,
    /// As the reader's language writes it.
    pub date: String,
    /// The date itself, where `date` tells the time since then.
    pub full_date: Option<String>,
    /// Names, with commas between them.
    pub author: String,
    /// The first words.
    pub excerpt: String,
    /// Tags.
    pub tags: Vec<String>,
    /// The article's language.
    pub lang: Option<String>,
}

impl Card {
    fn new(item: &Item, config: &Config, page: Page<'_>) -> Self {
        let shown = |part: &str, text: &str| if config.shows(part) { text.to_owned() } else { String::new() };
        let image = item.image.as_ref();
        let published = if config.shows("date") { item.published } else { None };
        let (date, full_date) = published.map(page.format_date).unwrap_or_default();
        let report = if config.shows("dateline") { None } else { text::dateline(&item.text) };
        let text = report.map_or(item.text.as_str(), |(_, report)| report);
        let mut author = String::new();
        if config.shows("author") {
            for name in &item.authors {
                scan::list(&mut author, ", ", name);
            }
        }
        Self {
            url: item.url.clone(),
            title: shown("title", &item.title),
            image: shown("image", image.map_or("", |image| &image.url)),
            srcset: image.filter(|_| config.shows("image")).map(srcset).unwrap_or_default(),
            alt: image.map(|image| image.alt.clone()).unwrap_or_default(),
            caption: shown("caption", image.map_or("", |image| &image.caption)),
            datetime: published.map(date::to_rfc3339).unwrap_or_default(),
            date,
            full_date,
            author,
            excerpt: if config.shows("excerpt") { text::excerpt(text, config.excerpt_words, page.segment) } else { String::new() },
            tags: if config.shows("tags") { item.tags.clone() } else { Vec::new() },
            lang: item.language.clone(),
        }
    }
}

/// The sizes of a picture, <https://html.spec.whatwg.org/#srcset-attribute>.
fn srcset(image: &Image) -> String {
    let mut srcset = String::new();
    for source in &image.sources {
        scan::list(&mut srcset, ", ", &source.url);
        scan::add(&mut srcset, &[" ", &scan::decimal(source.width.into()), "w"]);
    }
    srcset
}

fn has_tag(item: &Item, config: &Config) -> bool {
    let is_wanted = |tag: &String| config.tags.iter().any(|wanted| wanted.eq_ignore_ascii_case(tag));
    config.tags.is_empty() || item.tags.iter().any(is_wanted)
}

impl Cards {
    /// The articles that the configuration asks for, at most `most` of them. Second:
    /// whether the pages have more.
    pub fn new<F: Borrow<Feed>>(pages: &[F], config: &Config, page: Page<'_>, most: usize) -> (Self, bool) {
        let mut selection = Selection::new(pages, config);
        // One more than is shown: then there are more.
        let found = selection.find(pages, config, page.urls, most.saturating_add(1));
        (Self::at(pages, &found[..most.min(found.len())], config, page), found.len() > most)
    }

    /// The cards of the articles at these places.
    pub fn at<F: Borrow<Feed>>(pages: &[F], places: &[Place], config: &Config, page: Page<'_>) -> Self {
        let mut cards = Vec::new();
        for place in places {
            if let Some(item) = place.item(pages) {
                cards.push(Card::new(item, config, page));
            }
        }
        Self { cards, heading: config.heading, open_new: config.open_new, locale: page.locale, more: None, continues: false }
    }
}

/// Where an article is: the number of the feed's page, and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(usize, usize);

impl Place {
    fn item<F: Borrow<Feed>>(self, pages: &[F]) -> Option<&Item> {
        pages.get(self.0)?.borrow().items.get(self.1)
    }
}

/// The articles that a configuration asks for, found one by one, so that no more
/// of a long feed is read than is shown.
#[derive(Debug, Default)]
pub struct Selection {
    /// Those that were not looked at yet, the next one last.
    open: Vec<Place>,
    found: Vec<Place>,
}

impl Selection {
    /// Each page of a feed has its order for itself, so that what is read stays
    /// where it is.
    pub fn new<F: Borrow<Feed>>(pages: &[F], config: &Config) -> Self {
        let mut open = Vec::new();
        for (number, feed) in pages.iter().enumerate().rev() {
            let items = &feed.borrow().items;
            let order = match config.cards_order {
                "feed" => next::listed(items),
                order => next::sorted(items, order == "newest"),
            };
            for place in order.iter().rev() {
                open.push(Place(number, *place));
            }
        }
        Self { open, found: Vec::new() }
    }

    /// The first `most` articles, or as many as there are. The page's own is left
    /// out where the configuration says so, and one that an earlier page has.
    pub fn find<F: Borrow<Feed>>(&mut self, pages: &[F], config: &Config, urls: &[String], most: usize) -> &[Place] {
        while self.found.len() < most
            && let Some(place) = self.open.pop()
        {
            let Some(item) = place.item(pages) else { continue };
            let is_current = config.exclude_current && urls.iter().any(|url| next::is_at(item, url));
            let is_same = |known: &Place| known.0 < place.0 && known.item(pages).is_some_and(|known| known.is_same(item));
            let is_known = place.0 > 0 && self.found.iter().any(is_same);
            if !is_current && !is_known && has_tag(item, config) {
                self.found.push(place);
            }
        }
        &self.found[..most.min(self.found.len())]
    }
}

/// The article that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teaser {
    /// The article.
    pub card: Card,
    /// The heading over it; empty for none.
    pub label: String,
    /// Level of the article's heading.
    pub heading: usize,
    /// Whether the link opens a new tab.
    pub open_new: bool,
    /// The words of the interface.
    pub locale: &'static Locale,
}

impl Teaser {
    /// The article after the one that the page is, `None` after the last.
    pub fn new(feed: &Feed, config: &Config, page: Page<'_>) -> Option<Self> {
        let item = next::next(&feed.items, page.urls, config.next_order, config.wrap, &|item| has_tag(item, config))?;
        Some(Self {
            card: Card::new(item, config, page),
            label: config.label.clone().unwrap_or_else(|| page.locale[Word::NextPost].to_owned()),
            heading: config.heading,
            open_new: config.open_new,
            locale: page.locale,
        })
    }
}

/// The share bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareBar {
    /// The heading before it; empty for none.
    pub label: String,
    /// The bar's accessible name.
    pub name: String,
    /// In display order.
    pub targets: Vec<Target>,
    /// How many of them are shown before the others are asked for.
    pub visible: usize,
    /// The name of the button that asks for the others; empty where there is none.
    pub more: String,
    /// Whether they are shown.
    pub open: bool,
    /// What was last said: that the link was copied.
    pub status: String,
    /// What is shared, for the device's own share sheet.
    pub shared: Shared,
    /// The words of the interface.
    pub locale: &'static Locale,
}

/// One share target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its row in the table of networks.
    pub network: &'static Network,
    /// Where its link leads; `None` for a button of Kabar's own.
    pub href: Option<String>,
    /// The address it shares.
    pub url: String,
    /// Its visible name.
    pub name: String,
    /// Its accessible name.
    pub description: String,
}

impl ShareBar {
    /// The targets that the configuration asks for, as far as they are known, and without the device's own
    /// share sheet where there is none.
    pub fn new(config: &Config, shared: Shared, can_share: bool, locale: &'static Locale, extras: &Extras) -> Self {
        let mut targets = Vec::new();
        for id in &config.networks {
            let known = extras.networks.iter().copied().find(|network| network.id == id);
            let Some(network) = share::network(id).or(known).filter(|_| can_share || id != "native") else { continue };
            let name = match id.as_str() {
                "native" => &locale[Word::Native],
                "email" => &locale[Word::Email],
                "copy" => &locale[Word::Copy],
                _ => network.name,
            };
            targets.push(Target {
                network,
                href: shared.link(network, extras.clusters),
                url: shared.url_for(network),
                name: name.to_owned(),
                description: if network.opens_tab() { scan::replaced(&locale[Word::ShareOn], "{}", name) } else { name.to_owned() },
            });
        }
        let label = config.label.clone().unwrap_or_else(|| locale[Word::ShareThis].to_owned());
        let name = if label.is_empty() { locale[Word::ShareThis].to_owned() } else { label.clone() };
        let discloses = config.visible > 0 && config.visible < targets.len();
        Self {
            label,
            name,
            visible: if discloses { config.visible } else { targets.len() },
            more: if discloses { extras.more.clone() } else { String::new() },
            open: false,
            targets,
            status: String::new(),
            shared,
            locale,
        }
    }
}
