//! The share targets, and the links that lead to them.
//!
//! Each address is the one that the network's own documentation gives:
//! [WhatsApp](https://faq.whatsapp.com/5913398998672934),
//! [Facebook](https://developers.facebook.com/docs/sharing/reference/share-dialog),
//! [X](https://developer.x.com/en/docs/x-for-websites/tweet-button/guides/web-intent),
//! [Telegram](https://core.telegram.org/widgets/share),
//! [LINE](https://developers.line.biz/en/docs/line-social-plugins/install-guide/using-line-share-buttons/),
//! e-mail by [RFC 6068](https://www.rfc-editor.org/rfc/rfc6068).

/// A row of [`NETWORKS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// What the `networks` attribute and the events call it.
    pub id: &'static str,
    /// Its brand's name; empty where the reader's language has a word for it.
    pub name: &'static str,
    /// An SVG path in a box of 24 by 24, filled by the even-odd rule. Drawn for Kabar.
    pub icon: &'static str,
    /// What a click does.
    pub action: Action,
}

/// What a click on a share target does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Opens the device's own share sheet.
    Native,
    /// Copies the address.
    Copy,
    /// Follows a link: its beginning, and the parameters it takes, in this order.
    Link(&'static str, &'static [Parameter]),
}

/// A parameter of a link and its value. One whose value is empty is left out,
/// but for the address: without it there is nothing to share.
pub type Parameter = (&'static str, Value);

/// Where a parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// The address.
    Url,
    /// The title, or the text where there is no title.
    Title,
    /// The title alone, on one line.
    Subject,
    /// The title as in [`Value::Title`] and the address, with a blank between them.
    TitleAndUrl,
    /// The text, or the title where there is no text, and the address, with an
    /// empty line between them.
    TextAndUrl,
    /// The account named, without its @.
    Via,
    /// The hashtags, without # and blanks.
    Hashtags,
}

/// The share targets there are, in the order of display: the one source of what
/// Kabar knows of a network.
pub static NETWORKS: &[Network] = &[
    Network {
        id: "native",
        name: "",
        icon: "M12 2l5 5-1.4 1.4L13 5.8V15h-2V5.8L8.4 8.4 7 7zM5 10h3v2H6v8h12v-8h-2v-2h4v12H4V10z",
        action: Action::Native,
    },
    Network {
        id: "whatsapp",
        name: "WhatsApp",
        icon: "M12 2a10 10 0 0 0-8.6 15.1L2 22l5-1.3A10 10 0 1 0 12 2zm0 2a8 8 0 1 1-4.6 14.5l-2.6.7.7-2.5A8 8 0 0 1 12 4zM8.8 7.5c-.5 0-1.6.7-1.6 2.3 0 1.5 1.1 3 2.5 4.4 1.5 1.5 3.2 2.6 4.7 2.6 1.6 0 2.4-1.2 2.4-2 0-.4-.1-.5-.4-.6l-2-1c-.3-.1-.5-.1-.7.2l-.8 1c-.2.2-.4.2-.7.1-1.1-.5-2.3-1.6-2.9-2.7-.1-.3-.1-.5.1-.7l.6-.8c.1-.2.1-.4 0-.6l-.8-1.9c-.1-.2-.2-.3-.4-.3z",
        action: Action::Link("https://wa.me/", &[("text", Value::TitleAndUrl)]),
    },
    Network {
        id: "facebook",
        name: "Facebook",
        icon: "M13.5 22v-9h3l.5-3.5h-3.5V7.3c0-1 .4-1.8 1.9-1.8H17V2.3A20 20 0 0 0 14.6 2C12 2 10 3.6 10 6.7v2.8H7V13h3v9z",
        action: Action::Link("https://www.facebook.com/sharer/sharer.php", &[("u", Value::Url)]),
    },
    Network {
        id: "x",
        name: "X",
        icon: "M3 3h5.5L13 9.5 18.7 3h2.2L14 11l7 10h-5.5L11 14.5 5.3 21H3.1L10 13zM6 4.5l10.5 15H18L7.5 4.5z",
        action: Action::Link(
            "https://x.com/intent/tweet",
            &[("text", Value::Title), ("url", Value::Url), ("via", Value::Via), ("hashtags", Value::Hashtags)],
        ),
    },
    Network {
        id: "telegram",
        name: "Telegram",
        icon: "M22 3.5L2 11.3l5.7 1.9L19 6.3l-8.8 8 7.2 5.2zM9 14.5l.5 5.5 2.6-3z",
        action: Action::Link("https://t.me/share/url", &[("url", Value::Url), ("text", Value::Title)]),
    },
    Network {
        id: "line",
        name: "LINE",
        icon: "M12 3C6.5 3 2 6.6 2 11c0 4 3.6 7.3 8.5 7.9.9.2.8.6.5 2.6-.1.5.3.6.7.4C15 20.2 22 16.3 22 11c0-4.4-4.5-8-10-8zM5 8.4h1.3v4.1h2v1.2H5zm4 0h1.3v5.3H9zm2.1 0h1.2l2 3v-3h1.3v5.3h-1.2l-2-3v3h-1.3zm5.3 0h2.9v1.1h-1.6v1h1.6v1.1h-1.6v1h1.6v1.1h-2.9z",
        action: Action::Link("https://social-plugins.line.me/lineit/share", &[("url", Value::Url), ("text", Value::Title)]),
    },
    Network {
        id: "email",
        name: "",
        icon: "M2 5h20v14H2zm2 3.2V17h16V8.2l-8 5.3zM5.2 7l6.8 4.4L18.8 7z",
        action: Action::Link("mailto:", &[("subject", Value::Subject), ("body", Value::TextAndUrl)]),
    },
    Network {
        id: "copy",
        name: "",
        icon: "M10 7H6.5a5 5 0 0 0 0 10H10v-2H6.5a3 3 0 0 1 0-6H10zM14 7h3.5a5 5 0 0 1 0 10H14v-2h3.5a3 3 0 0 0 0-6H14zM8 11h8v2H8z",
        action: Action::Copy,
    },
];

/// A network by its id.
pub fn network(id: &str) -> Option<&'static Network> {
    NETWORKS.iter().find(|network| network.id == id)
}

/// What is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The address, absolute.
    pub url: String,
    /// The title.
    pub title: String,
    /// A text beside it.
    pub text: String,
    /// A picture's address.
    pub image: String,
    /// An account on X.
    pub via: String,
    /// Hashtags, with commas between them or # before each.
    pub hashtags: String,
    /// Parameters added to the address, `{network}` standing for the network's id.
    pub utm: String,
}

impl Shared {
    /// The address to share with one network: with the `utm` parameters, before
    /// any fragment. A parameter that the address has already is left as it is.
    pub fn url_for(&self, network: &Network) -> String {
        let (bare, fragment) = match self.url.find('#') {
            Some(place) => self.url.split_at(place),
            None => (self.url.as_str(), ""),
        };
        let query = bare.split_once('?').map_or("", |(_, query)| query);
        let utm = escape(&self.utm.replace("{network}", network.id), IN_QUERY);
        let mut url = bare.to_owned();
        for parameter in utm.trim_start_matches('?').split('&') {
            if parameter.is_empty() || query.split('&').any(|own| name(own) == name(parameter)) {
                continue;
            }
            if !url.contains('?') {
                url.push('?');
            } else if !url.ends_with(['?', '&']) {
                url.push('&');
            }
            url += parameter;
        }
        url + fragment
    }

    /// The link that a network's share target leads to; `None` where it is not a link.
    pub fn link(&self, network: &Network) -> Option<String> {
        let Action::Link(base, parameters) = network.action else {
            return None;
        };
        let mut link = base.to_owned();
        let mut mark = '?';
        for (name, value) in parameters {
            let text = self.value(*value, network);
            if !text.is_empty() || *value == Value::Url {
                link.push(mark);
                link += name;
                link.push('=');
                link += &percent_encode(&text);
                mark = '&';
            }
        }
        Some(link)
    }

    fn value(&self, value: Value, network: &Network) -> String {
        let title = if self.title.is_empty() { &self.text } else { &self.title };
        let join = |text: &str, between: &str| {
            let url = self.url_for(network);
            if text.is_empty() { url } else { text.to_owned() + between + &url }
        };
        match value {
            Value::Url => self.url_for(network),
            Value::Title => title.clone(),
            // A line break in a subject would end the mail's header.
            Value::Subject => self.title.replace(['\r', '\n'], " "),
            Value::TitleAndUrl => join(title, " "),
            // RFC 6068, section 5: line breaks in the body are %0D%0A.
            Value::TextAndUrl => {
                let lines = if self.text.is_empty() { &self.title } else { &self.text }.replace("\r\n", "\n");
                join(&lines.replace(['\r', '\n'], "\r\n"), "\r\n\r\n")
            }
            Value::Via => self.via.trim().trim_start_matches('@').to_owned(),
            Value::Hashtags => hashtags(&self.hashtags),
        }
    }
}

/// The name of a parameter in a query.
fn name(parameter: &str) -> &str {
    parameter.split('=').next().unwrap_or_default()
}

/// X takes hashtags with commas between them, and ends one at a blank.
fn hashtags(text: &str) -> String {
    let mut joined = String::new();
    for tag in text.split([',', '#']) {
        let mut words = tag.split_whitespace().peekable();
        if words.peek().is_some() && !joined.is_empty() {
            joined.push(',');
        }
        joined.extend(words);
    }
    joined
}

/// What stays as it is in a query that someone wrote by hand: the characters
/// that RFC 3986, section 3.4, allows there, and escapes that are there already.
const IN_QUERY: &[u8] = b"-._~!$&()*+,;=:@/?%";

/// Percent-encodes all but the unreserved characters of RFC 3986, section 2.3:
/// a blank is `%20`, never `+`, which mail clients and WhatsApp show as a plus.
pub fn percent_encode(text: &str) -> String {
    escape(text, b"-._~")
}

fn escape(text: &str, kept: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.push(char::from(DIGITS[usize::from(byte >> 4)]));
            escaped.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    escaped
}
