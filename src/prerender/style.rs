//! The style of what is rendered ahead of time.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::view;

/// What holds until a script takes over, without comments and blanks.
const AHEAD: &str = include_str!(concat!(env!("OUT_DIR"), "/ahead.css"));

/// How the style gets into a shadow root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    /// As a `style` element.
    Inline,
    /// As a link to the `kabar.css` at this address.
    Link(String),
}

impl Style {
    /// Reads `inline` or `link=ADDRESS`.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "inline" => Ok(Self::Inline),
            Some(("link", address)) if !address.is_empty() => Ok(Self::Link(address.to_owned())),
            _ => Err("use inline, or link=ADDRESS with the address of kabar.css".to_owned()),
        }
    }

    pub(super) fn html(&self) -> String {
        match self {
            Self::Inline => format!("<style>{}</style>", sheet()),
            Self::Link(address) => format!("<link rel=\"stylesheet\" href=\"{}\">", escape(address)),
        }
    }
}

fn sheet() -> String {
    [view::STYLE, AHEAD].concat()
}

/// The source for `style-src` of a policy that lets the `style` element in,
/// <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
pub(super) fn hash() -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(sheet())))
}

/// For an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    html_escape::encode_double_quoted_attribute(text).into_owned()
}
