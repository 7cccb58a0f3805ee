//! The site that is measured: Kabar and its peers on the same page, the feeds,
//! and nothing in between. The network is slowed in the browser, not here.

use std::{collections::HashMap, fs, net, path::Path, sync::Arc, thread};

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, runtime};

use super::{feeds, variants::Variant};
use crate::compress::{brotli, short_hash};

/// A name that holds its content's hash.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A name that stays while its content changes, such as a script that pages link to.
const AN_HOUR: &str = "public, max-age=3600";

/// A page or a feed: asked for anew each time, and not sent again if unchanged.
const ASK: &str = "no-cache";

/// What is larger is sent as it is: the large feeds are measured without the network.
const COMPRESSED: usize = 256 << 10;

/// A file, ready to be sent.
pub(super) struct Entry {
    kind: &'static str,
    cache: &'static str,
    tag: String,
    body: Vec<u8>,
    compressed: bool,
}

impl Entry {
    fn new(kind: &'static str, cache: &'static str, body: &[u8]) -> Result<Self> {
        let tag = format!("\"{}\"", short_hash(body));
        let compressed = body.len() <= COMPRESSED;
        let body = if compressed { brotli(body)? } else { body.to_vec() };
        Ok(Self { kind, cache, tag, body, compressed })
    }

    /// The bytes that go over the network, without headers.
    pub(super) fn size(&self) -> usize {
        self.body.len()
    }
}

/// All files of the site, by path.
#[derive(Default)]
pub(super) struct Site {
    entries: HashMap<String, Entry>,
}

impl Site {
    /// The feeds, the pictures, and the page that a visit starts from.
    pub(super) fn new() -> Result<Self> {
        let mut site = Self::default();
        // In each, one article is the page's own and is not shown.
        for (name, text) in
            [("news", feeds::full(feeds::NEWS)), ("1000", feeds::full(1_001)), ("2000", feeds::full(2_001)), ("10000", feeds::lean(10_001))]
        {
            site.add(format!("/feed/{name}.json"), "application/feed+json", ASK, text.as_bytes())?;
        }
        for number in 0..12 {
            let colour = format!("#{number:x}8{:x}", 15 - number);
            let picture = format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="{colour}"/><circle cx="{number}" cy="4" r="3" fill="{colour}c"/></svg>"#
            );
            site.add(format!("/picture/{number}.svg"), "image/svg+xml", AN_HOUR, picture.as_bytes())?;
        }
        site.add("/blank".to_owned(), "text/html; charset=utf-8", ASK, b"<!doctype html><title>Kosong</title>")?;
        Ok(site)
    }

    /// The scripts, styles and wasm of a folder, under a path of that name.
    pub(super) fn add_folder(&mut self, name: &str, folder: &Path) -> Result<()> {
        let files = fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
        for file in files {
            let path = file.with_context(|| format!("{} could not be read", folder.display()))?.path();
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let kind = match path.extension().and_then(|extension| extension.to_str()) {
                Some("js") => "text/javascript; charset=utf-8",
                Some("css") => "text/css; charset=utf-8",
                Some("wasm") => "application/wasm",
                _ => continue,
            };
            let bytes = fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
            let cache = if file.contains('-') && name == "dist" { FOR_EVER } else { AN_HOUR };
            self.add(format!("/{name}/{file}"), kind, cache, &bytes)?;
        }
        Ok(())
    }

    /// A variant's page.
    pub(super) fn add_page(&mut self, variant: &Variant, page: &str) -> Result<()> {
        self.add(variant.path(), "text/html; charset=utf-8", ASK, page.as_bytes())
    }

    fn add(&mut self, path: String, kind: &'static str, cache: &'static str, body: &[u8]) -> Result<()> {
        let entry = Entry::new(kind, cache, body).with_context(|| path.clone())?;
        self.entries.insert(path, entry);
        Ok(())
    }

    /// The bytes of the files at these paths, compressed.
    pub(super) fn size(&self, paths: &[String]) -> usize {
        paths.iter().filter_map(|path| self.entries.get(path)).map(Entry::size).sum()
    }

    /// The paths that begin so.
    pub(super) fn paths<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a String> {
        self.entries.keys().filter(move |path| path.starts_with(start))
    }

    /// Serves it from a thread of its own, until the program ends.
    pub(super) fn serve(self, listener: net::TcpListener) {
        thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener)?;
                axum::serve(listener, Router::new().fallback(answer).with_state(Arc::new(self))).await
            })
        });
    }
}

/// A place on this machine to serve a site from, and its origin.
pub(super) fn listen() -> Result<(net::TcpListener, String)> {
    let listener = net::TcpListener::bind("127.0.0.1:0").context("127.0.0.1 has no free port")?;
    listener.set_nonblocking(true).context("the bench's socket")?;
    let origin = format!("http://{}", listener.local_addr().context("the bench's socket")?);
    Ok((listener, origin))
}

async fn answer(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(entry) = site.entries.get(uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let common = [(header::CACHE_CONTROL, entry.cache), (header::ETAG, &entry.tag)];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == entry.tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let mut response = (common, [(header::CONTENT_TYPE, entry.kind)], entry.body.clone()).into_response();
    if entry.compressed {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("br"));
    }
    response
}
