//! Share links: nothing that is shared gets out of its parameter.
#![no_main]

use kabar_fuzz::share::{Action, NETWORKS, Shared, Value};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut fields = text.split('|').map(str::to_owned);
    let mut field = || fields.next().unwrap_or_default();
    let shared = Shared { url: field(), title: field(), text: field(), via: field(), hashtags: field(), utm: field(), ..Shared::default() };
    for network in NETWORKS {
        let Some(link) = shared.link(network) else { continue };
        let Action::Link(base, parameters) = network.action else { unreachable!() };
        let query = link.strip_prefix(base).unwrap();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%&=?".contains(&byte);
        assert!(query.bytes().all(unreserved), "{link}");

        let link = Url::parse(&link).unwrap();
        let pairs: Vec<_> = link.query_pairs().collect();
        assert!(pairs.len() <= parameters.len());
        for (name, value) in parameters {
            let found = pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref());
            match value {
                Value::Url => assert_eq!(found, Some(shared.url_for(network).as_str())),
                Value::Subject => assert!(!found.unwrap_or_default().contains(['\r', '\n'])),
                _ => {}
            }
        }
    }
});
