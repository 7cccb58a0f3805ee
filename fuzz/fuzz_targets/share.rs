//! Share links: nothing that is shared gets out of its parameter.
#![no_main]

use kabar_fuzz::share::{Action, NETWORKS, Shared, code_points};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut fields = text.split('|').map(str::to_owned);
    let mut field = || fields.next().unwrap_or_default();
    let shared = Shared { url: field(), title: field(), text: field(), via: field(), hashtags: field(), utm: field(), ..Shared::default() };
    for network in NETWORKS {
        let (Some(link), Action::Link(template)) = (shared.link(network, code_points), network.action) else { continue };
        let (base, parameters) = template.split_once('?').unwrap_or((template, ""));
        let query = link.strip_prefix(base).unwrap();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%&=?".contains(&byte);
        assert!(query.bytes().all(unreserved), "{link}");
        let names: Vec<_> = parameters.split('&').filter_map(|parameter| parameter.split('=').next()).collect();
        for (name, _) in Url::parse(&link).unwrap().query_pairs() {
            assert!(names.contains(&&*name), "{link}");
        }
    }
});
