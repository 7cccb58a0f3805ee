//! Dates: one that is read is written in a form that reads as the same.
#![no_main]

use kabar_fuzz::feed::{Date, date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(milliseconds) = data.first_chunk() {
        assert_eq!(date::to_rfc3339(Date(i64::from_le_bytes(*milliseconds))).len(), 20);
    }
    if let Some(read) = date::any(&String::from_utf8_lossy(data)) {
        let written = date::to_rfc3339(read);
        assert_eq!(written.len(), 20);
        if let Some(again) = date::rfc3339(&written) {
            assert_eq!(again.0, read.0.div_euclid(1_000) * 1_000);
        } else {
            // The year before the first, which an offset leads to.
            assert!(written.starts_with("0000"));
        }
    }
});
