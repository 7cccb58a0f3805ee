//! Feeds in XML, and the feeds that a page names: whatever is read keeps the model's promises.
#![no_main]

use kabar_fuzz::{feed, keeps_promises, resolve_from};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    keeps_promises(feed::read_xml(&text, &resolve_from));
    if let Some(url) = feed::discover(&text, &resolve_from) {
        assert!(feed::url::safe(&url), "{url}");
    }
});
