//! How much of a title a network's post has room for.

use super::{Network, Shared, hashtags};
use crate::scan;

/// Where the characters end in a text as its reader sees them, in bytes from its
/// start: grapheme clusters, <https://www.unicode.org/reports/tr29/>.
pub type Clusters = fn(&str) -> Vec<usize>;

/// Where the code points end: for those who know no clusters. There are never
/// fewer of them, so what is cut by them is not too long.
pub fn code_points(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, char)| at + char.len_utf8()).collect()
}

/// What stands for the rest of a title.
const CUT: char = '…';

impl Shared {
    /// The title as far as the network has room for it beside the rest of a post,
    /// in whole words, or whole characters where one word is longer than that.
    ///
    /// Bluesky counts [grapheme clusters](https://docs.bsky.app/docs/advanced-guides/intent-links),
    /// Mastodon too, with [23 for a link](https://docs.joinmastodon.org/user/posting/).
    /// X counts code points, [some of them twice](https://docs.x.com/fundamentals/counting-characters)
    /// and 23 for a link, with the account and the hashtags that it adds.
    #[inline(never)]
    pub(super) fn cut(&self, title: &str, network: &Network, clusters: Clusters) -> String {
        let weigh: fn(&str) -> usize = if network.id == "x" { on_x } else { |_| 1 };
        let link = if network.link > 0 { network.link } else { clusters(&self.url_for(network)).len() };
        let mut taken = link + 1;
        if network.id == "x" {
            let (account, tags) = (self.account(), hashtags(&self.hashtags));
            taken += if account.is_empty() { 0 } else { " via @".len() + account.len() };
            // A blank and a # before each, a comma between them.
            taken += if tags.is_empty() { 0 } else { on_x(&tags) + 1 + scan::pieces(&tags, b",").count() };
        }
        let room = network.limit.saturating_sub(taken);
        let mark = weigh(CUT.encode_utf8(&mut [0; 4]));
        let (mut whole, mut words, mut used, mut start) = (0, 0, 0, 0);
        for end in clusters(title) {
            let cluster = &title[start..end];
            used += weigh(cluster);
            if used > room {
                let head = if words > 0 { &title[..words] } else { &title[..whole] };
                return if head.is_empty() { String::new() } else { scan::trim_end(head).to_owned() + CUT.encode_utf8(&mut [0; 4]) };
            }
            if used + mark <= room {
                whole = end;
            }
            if cluster.chars().all(char::is_whitespace) && used + mark <= room + 1 {
                words = start;
            }
            start = end;
        }
        title.to_owned()
    }
}

/// <https://docs.x.com/fundamentals/counting-characters>: these ranges once, all others twice.
fn on_x(cluster: &str) -> usize {
    let weigh = |char| if matches!(char as u32, 0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247) { 1 } else { 2 };
    cluster.chars().map(weigh).sum()
}
