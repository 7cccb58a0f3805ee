//! Addresses that a link or a picture must not have, in the ways in which a
//! browser takes them for what they are: <https://url.spec.whatwg.org/#concept-basic-url-parser>
//! drops tabs and line breaks anywhere, and control characters and blanks in front.

use super::List;

/// Adds all of them.
pub(super) fn add(to: &mut List) {
    scripts(to);
    other_schemes(to);
    hosts(to);
}

const BEFORE: [&str; 13] = ["", " ", "\t", "\n", "\r\n", "\u{1}", "\u{1f}", "\u{0}", "\u{a0}", "\u{feff}", "&#1;", "&Tab;", "  \n\t "];

fn scripts(to: &mut List) {
    const INSIDE: [&str; 9] = ["", "\t", "\n", "\r", "&Tab;", "&NewLine;", "&#9;", "&#x0a;", "\u{0}"];
    const COLONS: [&str; 8] = [":", "&colon;", "&#58;", "&#0058;", "&#x3a;", "%3A", "：", "\t:\n"];
    const WORDS: [&str; 3] = ["javascript", "JAVASCRIPT", "jAvAsCrIpT"];
    for before in BEFORE {
        for inside in INSIDE {
            to.add("javascript:", |code| format!("{before}java{inside}script:{code}"));
        }
    }
    for colon in COLONS {
        for word in WORDS {
            to.add("javascript:", |code| format!("{word}{colon}{code}"));
        }
    }
    for (start, end) in [
        ("//%0a", ""),
        ("//\u{2028}", ""),
        ("/*https://a.example/*/", ""),
        ("void(", ")"),
        ("'<html>'+", ""),
        ("%20", "//https://a.example/a.jpg"),
    ] {
        to.add("javascript:", |code| format!("javascript:{start}{code}{end}"));
        to.add("javascript:", |code| format!("javascript://a.example/a.jpg?%0a{start}{code}{end}"));
    }
    for (place, letter) in "javascript:".char_indices() {
        to.add("javascript:", |code| {
            format!("{}&#x{:x};{}{code}", &"javascript:"[..place], u32::from(letter), &"javascript:"[place + 1..])
        });
        to.add("javascript:", |code| format!("{}\n{letter}{}{code}", &"javascript:"[..place], &"javascript:"[place + 1..]));
    }
}

fn other_schemes(to: &mut List) {
    for before in BEFORE {
        to.add_elsewhere("data:", |code| format!("{before}data:text/html,<script>{code}</script>"));
    }
    for start in [
        "data:text/html;charset=utf-8,",
        "DATA:TEXT/HTML,",
        "da\tta:text/html,",
        "data:text/html;x=\"a\",",
        "data&colon;text/html,",
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>",
        "data:application/xhtml+xml,<html xmlns='http://www.w3.org/1999/xhtml'>",
    ] {
        to.add_elsewhere("data:", |code| {
            let end = if start.contains("<svg") {
                "</svg>"
            } else if start.contains("<html") {
                "</html>"
            } else {
                ""
            };
            format!("{start}<script>{code}</script>{end}")
        });
    }
    for address in [
        "data:text/html;base64,PHNjcmlwdD50b3AucHduKDApPC9zY3JpcHQ+",
        "data:image/png;base64,iVBORw0KGgo=",
        "data:,a",
        "data:",
        "data:text/javascript,1",
    ] {
        to.add("other scheme", |_| address.to_owned());
    }
    for scheme in
        "vbscript VBScript vb\tscript livescript mocha x-javascript ecmascript view-source feed:javascript view-source:javascript \
        jar wyciwyg mhtml resource chrome chrome-extension moz-extension about file filesystem intent android-app ms-word tel sms mailto \
        ftp ws wss geo magnet market itms-apps steam ssh git urn cid mid ht\u{0}tp http+unix https: : -https 1https"
            .split(' ')
    {
        to.add("other scheme", |code| format!("{scheme}:{code}"));
        to.add("other scheme", |code| format!("{scheme}://a.example/{code}"));
    }
    for origin in ["https://a.example", "http://127.0.0.1", "null", "blob:https://a.example"] {
        for scheme in ["blob", "BLOB", "bl\tob", " blob", "filesystem"] {
            to.add("other scheme", |_| format!("{scheme}:{origin}/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
        }
    }
}

fn hosts(to: &mut List) {
    for address in [
        "//jahat.example/a",
        "\\\\jahat.example\\a",
        "/\\jahat.example/a",
        "///jahat.example/a",
        "\t//jahat.example/a",
        "https:jahat.example/a",
        "https:/jahat.example/a",
        "https:\\\\jahat.example/a",
        "https:///jahat.example/a",
        "ht\ntps://jahat.example/a",
        "https://jahat.example:99999/a",
        "https://jahat.example:-1/a",
        "https://[::1/a",
        "https://[jahat]/a",
        "https://jahat .example/a",
        "https://jahat<.example/a",
        "https://ja%00hat.example/a",
        "https://%6a%61hat.example/a",
        "https://ｊａｈａｔ。example/a",
        "https://xn--a/a",
        "https://",
        "https://#",
        "https://?",
        "//",
        "https://jahat.example/\"><script>top.pwn(0)</script>",
        "https://jahat.example/, javascript:top.pwn(0) 2x",
        "https://jahat.example/a,",
        "https://jahat.example/a 1x, data:text/html,a 2x",
    ] {
        to.add("host", |_| address.to_owned());
    }
    for user in [
        "user",
        "user:pass",
        ":pass",
        "koran.example",
        "https%3A%2F%2Fkoran.example",
        "koran.example%2F",
        "koran.example\\",
        "@",
        "a@b",
        "%40",
    ] {
        for start in ["https://", "http://", "//", "HTTPS://", "https:", "\\\\"] {
            to.add("credentials", |_| format!("{start}{user}@jahat.example/a"));
        }
    }
}
