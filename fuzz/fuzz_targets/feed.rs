//! Feeds in JSON: whatever is read keeps the model's promises.
#![no_main]

use kabar_fuzz::{feed, keeps_promises, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut json = serde_json::Deserializer::from_slice(data);
    keeps_promises(feed::read(&mut json, &resolve));
});
