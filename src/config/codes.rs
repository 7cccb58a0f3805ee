//! The error codes: a closed list.

/// Every code that a `kabar-error` event can carry, with what it means.
pub const ERROR_CODES: &[(&str, &str)] = &[
    ("config", "the tag or the element asks for something that cannot be"),
    ("feed-unreachable", "network, DNS or CORS: the browser does not say which"),
    ("feed-status", "the feed's server answered with an error status"),
    ("feed-timeout", "the feed did not arrive within 10 seconds"),
    ("feed-too-large", "the feed is over 2 MiB"),
    ("feed-invalid", "what arrived is not a feed"),
    ("feed-empty", "the feed has no article to show"),
    ("wasm-unsupported", "the browser has no WebAssembly"),
    ("wasm-blocked", "the page's policy forbids WebAssembly"),
    ("wasm-failed", "Kabar's own files did not arrive or did not start"),
    ("internal", "a defect in Kabar"),
];
