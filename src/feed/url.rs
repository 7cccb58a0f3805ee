//! Which of a feed's URLs may become a link or a picture.

use super::Resolve;
use crate::scan;

/// Whether a resolved URL may be used: `http` or `https`, with a host, and no
/// user name or password in front of it (`https://bank.example@evil.example/`
/// reads like the bank's, and no feed needs it).
///
/// Takes the `href` of an already parsed URL (<https://url.spec.whatwg.org/#dom-url-href>):
/// lower-case scheme, no blanks, no back slashes. Anything else is unsafe.
pub fn safe(resolved: &str) -> bool {
    let Some(rest) = resolved.strip_prefix("https://").or_else(|| resolved.strip_prefix("http://")) else {
        return false;
    };
    let host = &rest[..scan::until(rest, b"/?#\\")];
    !host.is_empty() && !scan::has_mark(host, b'@') && !resolved.bytes().any(|byte| byte <= b' ')
}

/// A feed's URL as one that may be used, if it can be. A blank one is absent:
/// resolved, it would be the feed's own.
pub(super) fn resolved(written: &str, resolve: Resolve<'_>) -> Option<String> {
    let written = scan::trim(written);
    if written.is_empty() {
        return None;
    }
    resolve(written).filter(|url| safe(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_and_https() {
        assert!(safe("https://news.example/a?b#c"));
        assert!(safe("http://news.example"));
        assert!(safe("https://news.example/@editor?to=me@news.example#@"));
        for url in [
            "",
            "/a",
            "//news.example/a",
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,a",
            "blob:https://news.example/a",
            "mailto:me@news.example",
            "https:news.example",
            "https://",
            "https:///a",
            "https://user@news.example/",
            "https://user:pass@news.example/",
            "https://news.example\\@evil.example /",
            "https://news.example/a\nb",
        ] {
            assert!(!safe(url), "{url}");
        }
    }

    #[test]
    fn blank_is_absent() {
        let any = |url: &str| Some(["https://news.example/", url].concat());
        assert_eq!(resolved(" \n", &any), None);
        assert_eq!(resolved(" a ", &any).as_deref(), Some("https://news.example/a"));
        assert_eq!(resolved("a", &|_| Some("javascript:a".into())), None);
    }
}
