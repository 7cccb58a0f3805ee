//! HTML and text: what comes out is plain, and a head of what went in.
#![no_main]

use kabar_fuzz::{feed::text, is_plain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (words, data) = data.split_first().map_or((0, data), |(first, rest)| (usize::from(first % 40), rest));
    let html = String::from_utf8_lossy(data);
    let plain = text::plain(&html);
    assert!(is_plain(&plain));
    assert_eq!(text::collapse(&plain), plain);

    let written = html.replace('&', "&amp;").replace('<', "&lt;");
    let line = text::collapse(&html);
    assert_eq!(text::plain(&written), line);

    let ends: Vec<u32> = data.iter().map(|byte| u32::from(*byte)).collect();
    for segment in [None, Some::<text::Segment<'_>>(&|_| ends.clone())] {
        let excerpt = text::excerpt(&line, words, segment);
        let head = excerpt.strip_suffix(" […]").unwrap_or(&excerpt);
        assert!(is_plain(&excerpt) && line.starts_with(head));
        assert!(head.chars().count() <= words * 32);
    }
    if let Some((head, rest)) = text::dateline(&line) {
        assert!(line.starts_with(head) && line.ends_with(rest) && !rest.is_empty());
    }
});
