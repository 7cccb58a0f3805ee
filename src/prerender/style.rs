//! The style of what is rendered ahead of time.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::view;

/// What holds until a script takes over, without comments and blanks.
const AHEAD: &str = include_str!(concat!(env!("OUT_DIR"), "/ahead.css"));

/// The looks besides the default one, and what each adds to it.
const LOOKS: [(&str, &str); 3] = [
    ("dense", include_str!(concat!(env!("OUT_DIR"), "/dense.css"))),
    ("magazine", include_str!(concat!(env!("OUT_DIR"), "/magazine.css"))),
    ("minimal", include_str!(concat!(env!("OUT_DIR"), "/minimal.css"))),
];

/// What few share bars need, which a script brings by itself.
const SHARE: &str = include_str!(concat!(env!("OUT_DIR"), "/share.css"));

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

    /// The element for an element with this `theme`.
    pub(super) fn html(&self, theme: &str) -> String {
        let look = look(theme);
        match self {
            Self::Inline => format!("<style>{}</style>", sheet(look.map_or("", |(_, sheet)| sheet))),
            Self::Link(address) => {
                // The sheets of `dist/` stand side by side: kabar.css, kabar-dense.css and so on.
                let address = match (look, address.rsplit_once("kabar.css")) {
                    (Some((name, _)), Some((before, after))) => format!("{before}kabar-{name}.css{after}"),
                    _ => address.clone(),
                };
                format!("<link rel=\"stylesheet\" href=\"{}\">", escape(&address))
            }
        }
    }
}

/// The look that a `theme` names first, as www/optional/looks.js finds it.
fn look(theme: &str) -> Option<(&'static str, &'static str)> {
    let theme = theme.to_ascii_lowercase();
    LOOKS.into_iter().filter_map(|look| Some((theme.find(look.0)?, look))).min_by_key(|(place, _)| *place).map(|(_, look)| look)
}

fn sheet(look: &str) -> String {
    [view::STYLE, view::BAR_STYLE, SHARE, AHEAD, look].concat()
}

/// The sources for `style-src` of a policy that lets the `style` elements in,
/// the default look's first,
/// <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
pub(super) fn hashes() -> String {
    let all = [("default", "")].into_iter().chain(LOOKS);
    let lines = all.map(|(_, look)| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(sheet(look)))));
    lines.collect::<Vec<_>>().join(" ")
}

/// For an attribute in double quotes.
pub(super) fn escape(text: &str) -> String {
    html_escape::encode_double_quoted_attribute(text).into_owned()
}
