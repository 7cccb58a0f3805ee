//! A zip file, the same for the same files. Source: PKWARE's APPNOTE, 4.3.7
//! (local file header), 4.3.12 (central directory), 4.3.16 (its end).

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, Crc, write::DeflateEncoder};

/// What both headers of a file share: version 2.0, names in UTF-8, deflate, and
/// the first date that there is in place of one that differs with each run.
const COMMON: [u16; 5] = [20, 0x0800, 8, 0, 0x21];

/// Files one after the other, and what the directory will say of them.
#[derive(Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Archive {
    pub(super) fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let too_large = || format!("{name}: too large for a zip");
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let packed = encoder.write_all(content).and_then(|()| encoder.finish()).with_context(|| format!("{name} could not be packed"))?;
        let mut crc = Crc::new();
        crc.update(content);
        let size = |length: usize| u32::try_from(length).with_context(too_large);
        let mut shared: Vec<u8> = COMMON.into_iter().flat_map(u16::to_le_bytes).collect();
        shared.extend([crc.sum(), size(packed.len())?, size(content.len())?].into_iter().flat_map(u32::to_le_bytes));
        shared.extend(u16::try_from(name.len()).with_context(too_large)?.to_le_bytes());
        // No extra field.
        shared.extend([0; 2]);

        // "Made by" version 2.0. After the shared part no comment, the first disk, no attributes.
        self.directory.extend(b"PK\x01\x02".iter().chain(&20_u16.to_le_bytes()).chain(&shared).chain(&[0; 10]));
        self.directory.extend(size(self.bytes.len())?.to_le_bytes().iter().chain(name.as_bytes()));
        self.bytes.extend(b"PK\x03\x04".iter().chain(&shared).chain(name.as_bytes()).chain(&packed));
        self.count += 1;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>> {
        let place = u32::try_from(self.bytes.len()).context("too many files for a zip")?;
        let length = u32::try_from(self.directory.len()).context("too many files for a zip")?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend([self.count; 2].into_iter().flat_map(u16::to_le_bytes));
        self.bytes.extend([length, place].into_iter().flat_map(u32::to_le_bytes));
        // No comment.
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}
