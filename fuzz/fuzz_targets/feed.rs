//! Feeds in JSON: whatever is read keeps the model's promises.
#![no_main]

use kabar_fuzz::{feed, keeps_promises, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(json) = serde_json::from_slice::<serde_json::Value>(data) {
        keeps_promises(feed::read(&json, resolve));
    }
});
