//! What a reader sees of Kabar on a page, as values to compare.

use crate::harness::Tab;

/// An article as a card or the teaser shows it; what is not shown is empty.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) url: String,
    pub(crate) title: String,
    /// In UTC: `2024-03-25T19:15:00Z`.
    pub(crate) published: String,
    pub(crate) author: String,
    pub(crate) excerpt: String,
    pub(crate) tags: Vec<String>,
    /// The address of what the browser chose and loaded.
    pub(crate) picture: String,
    pub(crate) alt: String,
}

/// Visits a page and scrolls to each element that its script tag adds, as a
/// reader would, until all of them are there.
pub(crate) async fn read(tab: &Tab, url: &str) {
    tab.open(url).await;
    for name in ["kabar-cards", "kabar-share", "kabar-next"] {
        tab.until(&format!("one('{name}')")).await;
        tab.run(&format!("one('{name}').scrollIntoView();")).await;
        // An error is told at once, and not when the patience is at its end.
        tab.until(&format!("events('kabar-error').length || events('kabar-ready').some((event) => event.tag === '{name}')")).await;
        let errors = tab.texts("events('kabar-error').map((event) => `${event.tag} ${event.detail.code}: ${event.detail.message}`)").await;
        assert_eq!(errors, [""; 0], "{url}");
    }
}

/// What an element shows, its pictures loaded.
pub(crate) async fn shown(tab: &Tab, host: &str) -> Vec<Shown> {
    // Pictures load when the reader comes near them.
    tab.until(&format!(
        "(() => {{
          const waiting = all('{host}', 'img').find((image) => !image.complete || image.naturalWidth === 0);
          waiting?.scrollIntoView();
          return !waiting;
        }})()"
    ))
    .await;
    let value = tab
        .js(&format!(
            "all('{host}', '[part~=card]').map((card) => {{
              const text = (part) => card.querySelector(`[part~=${{part}}]`)?.textContent ?? '';
              const image = card.querySelector('img');
              const time = card.querySelector('time')?.dateTime;
              return {{
                url: card.querySelector('[part~=title] a').href,
                title: text('title'),
                published: time ? new Date(time).toISOString().replace('.000', '') : '',
                author: text('author'),
                excerpt: text('excerpt'),
                tags: [...card.querySelectorAll('[part~=tags] li')].map((tag) => tag.textContent),
                picture: image?.currentSrc ?? '',
                alt: image?.alt ?? '',
              }};
            }})"
        ))
        .await;
    let text = |card: &serde_json::Value, field: &str| card[field].as_str().unwrap_or_else(|| panic!("{field}: {card}")).to_owned();
    let list = value.as_array().unwrap_or_else(|| panic!("no list: {value}"));
    list.iter()
        .map(|card| Shown {
            url: text(card, "url"),
            title: text(card, "title"),
            published: text(card, "published"),
            author: text(card, "author"),
            excerpt: text(card, "excerpt"),
            tags: card["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned()).collect(),
            picture: text(card, "picture"),
            alt: text(card, "alt"),
        })
        .collect()
}

/// Fails unless what the share bar shares is this address.
pub(crate) async fn check_shared(tab: &Tab, url: &str) {
    let parameter =
        |network: &str, name: &str| format!("new URL(inside('kabar-share', 'a[data-network={network}]').href).searchParams.get('{name}')");
    assert_eq!(tab.text(&parameter("facebook", "u")).await, url);
    assert_eq!(tab.text(&parameter("telegram", "url")).await, url);
    let message = tab.text(&parameter("whatsapp", "text")).await;
    assert!(message.ends_with(&format!(" {url}")), "{message}");
}

/// Fails unless an excerpt was cut, and says so exactly once, at its end.
pub(crate) fn check_cut(excerpt: &str) {
    let text = excerpt.strip_suffix(" […]").unwrap_or_else(|| panic!("no \"[…]\" at the end: {excerpt}"));
    for mark in ["…", "...", "[", "Continue reading"] {
        assert!(!text.contains(mark), "{mark:?} is left in: {excerpt}");
    }
}

/// The addresses that scripts of the page asked for, by `fetch` or `XMLHttpRequest`.
pub(crate) async fn asked(tab: &Tab) -> Vec<String> {
    tab.texts(
        "performance.getEntriesByType('resource')
          .filter((entry) => ['fetch', 'xmlhttprequest'].includes(entry.initiatorType))
          .map((entry) => decodeURIComponent(entry.name))",
    )
    .await
}
