//! Feeds: whatever is read keeps the model's promises.
#![no_main]

use kabar_fuzz::{feed, is_plain, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut json = serde_json::Deserializer::from_slice(data);
    let Ok(feed) = feed::read(&mut json, &resolve) else { return };
    assert!(!feed.items.is_empty() && is_plain(&feed.title));
    for item in feed.items {
        assert!(!item.title.is_empty() && is_plain(&item.title));
        assert!(is_plain(&item.text) && item.text.chars().count() <= 2_001);
        assert!(item.authors.iter().chain(&item.tags).all(|name| !name.is_empty() && is_plain(name)));
        let mut urls: Vec<_> = item.url.into_iter().collect();
        if let Some(image) = item.image {
            assert!(is_plain(&image.alt) && is_plain(&image.caption));
            urls.push(image.url);
        }
        assert!(urls.iter().all(|url| feed::url::safe(url)), "{urls:?}");
    }
});
