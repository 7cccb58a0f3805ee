//! Feeds: where one is, and what is in it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use encoding_rs::{Encoding, UTF_8};
use ureq::{
    Agent, ResponseExt,
    http::{Uri, header::CONTENT_TYPE},
};
use url::Url;

use super::{Result, at};
use crate::feed::{self, Feed};

/// The same limits as in the browser: what it would refuse is not shown ahead of it.
const TIME_LIMIT: Duration = Duration::from_secs(10);
const BODY_LIMIT: u64 = 2 * 1024 * 1024;

/// A site, as far as it is at hand.
#[derive(Default)]
pub(super) struct Site {
    /// Its address, or that of its one page.
    pub(super) base: Option<Url>,
    /// The folder with what it serves at that address.
    pub(super) files: Option<PathBuf>,
    /// The feeds that were read, for there are many pages and few feeds.
    read: RefCell<BTreeMap<String, Rc<Feed>>>,
    /// The files among them.
    used: RefCell<Vec<PathBuf>>,
}

impl Site {
    pub(super) fn new(base: Option<Url>, files: Option<PathBuf>) -> Self {
        Self { base, files, ..Self::default() }
    }

    /// Lets go of the feeds; gives the files that they were read from.
    pub(super) fn forget(&self) -> Vec<PathBuf> {
        self.read.borrow_mut().clear();
        self.used.take()
    }

    /// The feed that a text names, seen from an address, or where there is none, from a folder.
    pub(super) fn feed(&self, text: &str, base: Option<&Url>, folder: &Path, asked: Asked<'_>) -> Result<Rc<Feed>> {
        let (url, file) = match base.map_or_else(|| Url::parse(text), |base| base.join(text)) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                let file = self.file(&url).or_else(|| self.beside(text, folder));
                (Some(asked.of(url)), file)
            }
            _ if base.is_none() => (None, Some(folder.join(text))),
            _ => return Err(format!("feed=\"{text}\" is not a web address")),
        };
        let name = file.as_ref().map_or_else(|| url.as_ref().map(Url::to_string).unwrap_or_default(), |file| file.display().to_string());
        if let Some(feed) = self.read.borrow().get(&name) {
            return Ok(Rc::clone(feed));
        }
        let feed = match (file, url) {
            (Some(file), url) => {
                let feed = read_file(&file, url.as_ref()).map_err(at(&name))?;
                self.used.borrow_mut().push(file);
                feed
            }
            (None, Some(url)) => fetch(url).map_err(at(&name))?,
            (None, None) => return Err("it names no feed".to_owned()),
        };
        let feed = Rc::new(feed);
        self.read.borrow_mut().insert(name, Rc::clone(&feed));
        Ok(feed)
    }

    /// The file that a relative text names, where no folder of the site's is at hand.
    fn beside(&self, text: &str, folder: &Path) -> Option<PathBuf> {
        let file = folder.join(text);
        (self.files.is_none() && !text.starts_with('/') && file.is_file()).then_some(file)
    }

    /// The file that the site serves at an address, if it is at hand.
    fn file(&self, url: &Url) -> Option<PathBuf> {
        let root = self.base.as_ref()?.join(".").ok()?;
        let path = url[..url::Position::AfterPath].strip_prefix(root.as_str())?;
        let path = percent_decode(path)?;
        // An address has no `..` left in it, but for one that was hidden by escapes.
        let is_inside = path.split(['/', '\\']).all(|part| part != "..");
        Some(self.files.as_ref()?.join(path)).filter(|file| is_inside && file.is_file())
    }
}

fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let digits = [rest.clone().next(), rest.clone().nth(1)].map(|digit| digit.and_then(|digit| char::from(digit).to_digit(16)));
        if let (b'%', [Some(high), Some(low)]) = (byte, digits) {
            bytes.push(u8::try_from(high * 16 + low).ok()?);
            rest.nth(1);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// What an API is asked for beside its address.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The `format` attribute.
    pub(super) format: &'a str,
    /// How many articles are wanted.
    pub(super) limit: usize,
}

impl Asked<'_> {
    /// The address with what its API must be asked for. The loader does the same.
    fn of(self, mut url: Url) -> Url {
        if self.format.eq_ignore_ascii_case("wordpress") && !is_wordpress(&url) {
            add(&mut url, "rest_route", "/wp/v2/posts");
        }
        // The page's own article is left out, and one comes next.
        let enough = (self.limit + 2).clamp(10, 100).to_string();
        if is_wordpress(&url) {
            add(&mut url, "_embed", "author,wp:featuredmedia,wp:term");
            add(&mut url, "per_page", &enough);
        } else if url.as_str().split_once("/ghost/api/").is_some_and(|(_, rest)| rest.contains("posts")) {
            add(&mut url, "include", "authors,tags");
            add(&mut url, "limit", &enough);
        }
        url
    }
}

fn is_wordpress(url: &Url) -> bool {
    let url = url.as_str().to_ascii_lowercase();
    ["wp/v2/", "wp%2fv2%2f"].iter().any(|path| url.split_once(path).is_some_and(|(_, rest)| !rest.is_empty()))
}

/// Adds a parameter that the address does not have.
fn add(url: &mut Url, name: &str, value: &str) {
    if !url.query_pairs().any(|(own, _)| own == name) {
        url.query_pairs_mut().append_pair(name, value);
    }
}

fn read_file(file: &Path, url: Option<&Url>) -> Result<Feed> {
    let bytes = fs::read(file).map_err(|error| format!("the feed cannot be read: {error}"))?;
    match parse(&decode(&bytes, ""), url)? {
        Found::Feed(feed) => Ok(*feed),
        Found::Elsewhere(url) => Err(format!("this is a page, and its feed is {url}")),
    }
}

fn fetch(url: Url) -> Result<Feed> {
    match get(url)? {
        Found::Feed(feed) => Ok(*feed),
        Found::Elsewhere(url) => match get(url)? {
            Found::Feed(feed) => Ok(*feed),
            Found::Elsewhere(url) => Err(format!("the feed that the page names is a page too: name {url} itself")),
        },
    }
}

fn get(url: Url) -> Result<Found> {
    let config = Agent::config_builder().timeout_global(Some(TIME_LIMIT)).http_status_as_error(false);
    let agent: Agent = config.user_agent(concat!("kabar/", env!("CARGO_PKG_VERSION"))).build().into();
    let failed = |error: ureq::Error| match error {
        ureq::Error::Timeout(_) => "the feed took over 10 seconds: check its server".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "the feed is over 2 MiB: publish fewer articles in it".to_owned(),
        error => format!("the feed did not arrive: {error}"),
    };
    let mut response = agent.get(url.as_str()).call().map_err(failed)?;
    if !response.status().is_success() {
        return Err(format!("the feed's server answered with status {}: check the `feed` attribute", response.status().as_u16()));
    }
    let url = Url::parse(&Uri::to_string(response.get_uri())).unwrap_or(url);
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = response.body_mut().with_config().limit(BODY_LIMIT).read_to_vec().map_err(failed)?;
    parse(&decode(&bytes, &kind), Some(&url))
}

/// JSON is UTF-8, whatever its server says. XML says itself what it is, where
/// neither a mark nor the server does.
fn decode(bytes: &[u8], kind: &str) -> String {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let start = start.trim_start_matches(|char: char| char == '\u{feff}' || char.is_whitespace());
    let label = |text: &str, before: &str| {
        let (_, after) = text.split_once(before)?;
        let label = after.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next()?;
        Encoding::for_label(label.as_bytes())
    };
    let declared = start.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let declared = declared.map(|declared| declared.split_ascii_whitespace().collect::<String>());
    // As the browser does with HTML, <https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding>:
    // UTF-16 would not have been read so far.
    let declared = || label(declared.as_deref()?, "encoding=").filter(|encoding| encoding.output_encoding() == *encoding);
    let encoding = if start.starts_with('<') { label(&kind.to_ascii_lowercase(), "charset=").or_else(declared) } else { None };
    // A mark at the start counts more than all of these.
    encoding.unwrap_or(UTF_8).decode(bytes).0.into_owned()
}

enum Found {
    Feed(Box<Feed>),
    /// A web page, which names this feed.
    Elsewhere(Url),
}

fn parse(text: &str, url: Option<&Url>) -> Result<Found> {
    let relative = Rc::new(Cell::new(false));
    let (seen, own) = (relative.clone(), url.cloned());
    let resolve_from = move |text: &str, base: Option<&str>| {
        let base = base.and_then(|base| Url::parse(base).ok());
        let resolved = base.as_ref().or(own.as_ref()).map_or_else(|| Url::parse(text), |base| base.join(text));
        if resolved == Err(url::ParseError::RelativeUrlWithoutBase) {
            seen.set(true);
        }
        resolved.ok().map(String::from)
    };
    let feed = match json(text) {
        Some(value) => feed::read(&value, move |text| resolve_from(text, None)),
        None if text.contains('<') => match feed::read_xml(text, &resolve_from) {
            Err(error) => match feed::discover(text, &resolve_from).and_then(|found| Url::parse(&found).ok()) {
                Some(found) => return Ok(Found::Elsewhere(Asked { format: "", limit: 0 }.of(found))),
                None => Err(error),
            },
            feed => feed,
        },
        None => return Err("the feed is not valid JSON: name the feed itself and not a page".to_owned()),
    };
    let feed = feed.map_err(|error| error.to_string())?;
    // An article is read when it is first asked for: only then are its addresses resolved.
    feed.items.iter().for_each(drop);
    if relative.get() {
        return Err("the feed has relative addresses: say with --base where the site is".to_owned());
    }
    Ok(Found::Feed(Box::new(feed)))
}

/// The value, also where a server writes notices before it or after it.
fn json(text: &str) -> Option<serde_json::Value> {
    let text = &paired(text);
    serde_json::from_str(text).ok().or_else(|| {
        let start = text.split_inclusive('\n').scan(0, |place, line| {
            let start = *place;
            *place += line.len();
            Some((start, line.trim_start()))
        });
        let mut starts = start.filter(|(_, line)| line.starts_with(['{', '[']));
        let (from, _) = starts.next()?;
        let to = text.rfind(['}', ']'])?;
        serde_json::from_str(text.get(from..=to)?).ok()
    })
}

/// JSON without escaped halves of characters: as in the browser, each stands for U+FFFD.
/// JavaScript writes one where it cuts a text within an emoji, and `serde_json` refuses it.
fn paired(json: &str) -> String {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(start) = rest.find('\\') {
        let (before, escape) = rest.split_at(start);
        whole.push_str(before);
        let (instead, length) = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (None, 12),
            (Some(0xD800..=0xDFFF), _) => (Some("\\ufffd"), 6),
            _ => (None, escape.chars().take(2).map(char::len_utf8).sum()),
        };
        whole.push_str(instead.unwrap_or(&escape[..length]));
        rest = &escape[length..];
    }
    whole + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str, format: &str, limit: usize) -> String {
        Asked { format, limit }.of(Url::parse(url).unwrap()).into()
    }

    #[test]
    fn an_api_is_asked_for_what_is_shown() {
        assert_eq!(
            asked("https://a.example/wp-json/wp/v2/posts", "", 6),
            "https://a.example/wp-json/wp/v2/posts?_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm&per_page=10"
        );
        assert!(asked("https://a.example/", "WordPress", 20).contains("rest_route=%2Fwp%2Fv2%2Fposts&_embed="));
        assert!(
            asked("https://a.example/ghost/api/content/posts/?key=1&limit=5", "", 6).ends_with("?key=1&limit=5&include=authors%2Ctags")
        );
        assert_eq!(asked("https://a.example/feed.json", "", 6), "https://a.example/feed.json");
    }

    #[test]
    fn text_in_the_encoding_that_it_says() {
        let xml = b"<?xml version=\"1.0\" encoding='iso-8859-1'?><rss>caf\xe9</rss>";
        assert!(decode(xml, "").contains("café"));
        assert!(decode(b"<?xml version='1.0' encoding = 'iso-8859-1' ?><rss>caf\xe9</rss>", "").contains("café"));
        // It could not be read so far, were it true.
        assert!(decode("<?xml version='1.0' encoding='utf-16'?><rss>café</rss>".as_bytes(), "").contains("café"));
        assert!(decode(b"<rss>caf\xe9</rss>", "text/xml; charset=\"windows-1252\"").contains("café"));
        assert_eq!(decode("\u{feff}{\"a\":\"é\"}".as_bytes(), "application/json; charset=iso-8859-1"), "{\"a\":\"é\"}");
    }

    #[test]
    fn json_with_notices_around_it() {
        assert!(json("Notice: a in b\n{\"items\": []}\n<!-- cached -->").is_some());
        assert!(json("<html>").is_none());
    }

    #[test]
    fn json_with_halves_of_characters() {
        let value = json(r#"["\ud83d\ude00 \ud83d\u0041 \ude00 \\ud83d \"\u00e9\ud83d"]"#).unwrap();
        assert_eq!(value[0], "😀 \u{fffd}A \u{fffd} \\ud83d \"é\u{fffd}");
        assert!(json("[\"\\").is_none());
    }

    #[test]
    fn a_file_is_inside_its_folder() {
        assert_eq!(percent_decode("a%20b%2F.c").as_deref(), Some("a b/.c"));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let site = Site::new(Url::parse("https://a.example/x/").ok(), Some(folder.clone()));
        let file = |url: &str| site.file(&Url::parse(url).unwrap());
        assert_eq!(file("https://a.example/x/lib.rs?v=1"), Some(folder.join("lib.rs")));
        for url in ["https://a.example/lib.rs", "https://b.example/x/lib.rs", "https://a.example/x/..%2FCargo.toml", "https://a.example/x/"]
        {
            assert_eq!(file(url), None, "{url}");
        }
    }
}
