//! URLs: of those that a browser makes, the ones that may be used, and no others.
#![no_main]

use kabar_fuzz::{feed::url::safe, resolve};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let written = String::from_utf8_lossy(data);
    // Whatever it says of what nobody resolved: it may not trap.
    let _ = safe(&written);
    let Some(href) = resolve(&written) else { return };
    let parsed = Url::parse(&href).unwrap();
    let usable = ["http", "https"].contains(&parsed.scheme()) && parsed.username().is_empty() && parsed.password().is_none();
    assert_eq!(safe(&href), usable, "{href}");
});
