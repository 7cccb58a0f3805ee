//! `cargo xtask demo`: a small server for the demo, the configurator, the documentation and dist/.

use std::{
    ffi::OsStr,
    io,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result};
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::{fs, net::TcpListener, runtime};

use crate::{docs, workspace::root};

/// As strict as the strictest publisher's, plus the page's own style sheet:
/// what breaks under it is seen in the demo first.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; \
    base-uri 'none'; form-action 'none'";

/// The folders that the page may ask for; nothing else of the tree is shown.
const FOLDERS: [&str; 2] = ["dist", "www"];

/// The one that `cargo xtask docs` writes.
const DOCS: &str = "docs";

/// Serves until it is stopped.
pub(crate) fn demo(port: u16) -> Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().context("no async runtime could be had")?;
    runtime.block_on(async {
        let listener = listen(port).await?;
        let port = listener.local_addr().context("the server's own port could not be read")?.port();
        println!("Kabar's demo: http://127.0.0.1:{port}/  (Ctrl-C stops it)");
        axum::serve(listener, Router::new().fallback(answer)).await.context("the demo's server stopped")
    })
}

async fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind(("127.0.0.1", port)).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            println!("port {port} is taken: using a free one");
            TcpListener::bind(("127.0.0.1", 0)).await.context("127.0.0.1: no port is free")
        }
        other => other.with_context(|| format!("127.0.0.1:{port} could not be opened: try another with --port")),
    }
}

async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    let Some(path) = file(uri.path()) else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let mut response = sent(&path, &headers).await;
    // All other pages have a policy in themselves, which holds on every host.
    if path == root().join("index.html") {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}

async fn sent(path: &Path, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let common = [
        (header::CONTENT_TYPE, content_type(path)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "accept-encoding"),
    ];
    for (encoding, extension) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accepted, encoding) {
            let mut compressed = path.to_owned().into_os_string();
            compressed.push(extension);
            if let Ok(bytes) = fs::read(compressed).await {
                return (common, [(header::CONTENT_ENCODING, encoding)], bytes).into_response();
            }
        }
    }
    match fs::read(path).await {
        Ok(bytes) => (common, bytes).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, "not found").into_response(),
    }
}

/// The file that a URL's path means, if it is one of the demo's.
fn file(path: &str) -> Option<PathBuf> {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path == "index.html" {
        return Some(root().join("index.html"));
    }
    let path = Path::new(if path == "docs/" { "docs/index.html" } else { path });
    let mut parts = path.components();
    let Some(Component::Normal(first)) = parts.next() else { return None };
    let base = if first == DOCS {
        docs::folder()
    } else if FOLDERS.iter().any(|folder| first == *folder) {
        root()
    } else {
        return None;
    };
    parts.all(|part| matches!(part, Component::Normal(_))).then(|| base.join(path))
}

fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| item.split(';').next().unwrap_or_default().trim() == encoding)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(OsStr::to_str).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "ts" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{accepts, file};
    use crate::{docs, workspace::root};

    #[test]
    fn only_the_demos_files_are_shown() {
        assert_eq!(file("/"), Some(root().join("index.html")));
        assert_eq!(file("/dist/kabar.js"), Some(root().join("dist/kabar.js")));
        assert_eq!(file("/docs/"), Some(docs::folder().join("docs/index.html")));
        assert_eq!(file("/docs/../Cargo.toml"), None);
        assert_eq!(file("/www/../Cargo.toml"), None);
        assert_eq!(file("/Cargo.toml"), None);
        assert_eq!(file("/.git/config"), None);
    }

    #[test]
    fn encodings_are_whole_words() {
        assert!(accepts("gzip, deflate, br;q=0.9", "br"));
        assert!(!accepts("brotli", "br"));
    }
}
