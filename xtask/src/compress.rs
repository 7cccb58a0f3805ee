//! Compression and hashes, as a CDN and a browser see them.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
};

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256, Sha384};

/// How far back copies reach, in bits: less is better at times, and only trying tells when.
const WINDOWS: [i32; 4] = [16, 17, 18, 22];

/// Brotli at its best: quality 11, whichever window gives the least.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut best: Option<Vec<u8>> = None;
    for lgwin in WINDOWS {
        let parameters = BrotliEncoderParams { quality: 11, lgwin, size_hint: bytes.len(), ..Default::default() };
        let mut small = Vec::new();
        let mut input = bytes;
        brotli::BrotliCompress(&mut input, &mut small, &parameters).context("brotli failed")?;
        if best.as_ref().is_none_or(|best| small.len() < best.len()) {
            best = Some(small);
        }
    }
    best.context("brotli was not tried")
}

/// Gzip at its best, without a time in its header: the same bytes every time.
pub(crate) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// What an `integrity` attribute takes.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The same as short as browsers take it, for what a script is told.
pub(crate) fn short_integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// SHA-256 in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Eight hex digits of a content's hash: a name for ever.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    sha256(bytes).chars().take(8).collect()
}
