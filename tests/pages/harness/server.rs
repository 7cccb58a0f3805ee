//! The site under test: `dist/`, the demo, the pages of the cases, and feeds
//! that are good, slow or broken. It notes every request it is asked.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{
        HeaderMap, Method, StatusCode, Uri,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY, CONTENT_TYPE, COOKIE,
            HOST,
        },
    },
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, process::Command, sync::watch, task::JoinHandle, time::sleep};

use super::faults;

/// The policy of DESIGN section 4, for a page whose feed and pictures are its own.
pub(crate) const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'none'; \
    connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The same for the demo, which brings a style sheet of its own; what is inline stays forbidden.
const STRICT_DEMO: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Which pages are sent with a Content-Security-Policy. The first match counts.
const POLICIES: &[(&str, &str)] = &[
    ("/?open", ""),
    ("/", STRICT_DEMO),
    ("/pages/hostile/strict.html", STRICT),
    // What a site has that never heard of WebAssembly.
    ("/pages/failures/no-wasm.html", "script-src 'self'"),
];

/// How long what is `slow` takes: much longer than anything else on the page,
/// much shorter than any limit.
const SLOW: Duration = Duration::from_millis(900);

/// A request that the site was asked.
pub(crate) struct Seen {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    pub(crate) cookie: Option<String>,
}

/// All requests so far.
pub(crate) type Log = Arc<Mutex<Vec<Seen>>>;

/// The site on a port of its own, gone when dropped.
pub(crate) struct Server {
    /// Such as `http://127.0.0.1:4000`.
    pub(crate) origin: String,
    log: Log,
    scripts: Scripts,
    made: MadeFiles,
    hold: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What runs in every page before anything of the page's own.
type Scripts = Arc<Mutex<String>>;

/// What a case has a page of its own sent with.
pub(crate) enum Policy {
    None,
    /// A policy that stops what it forbids.
    Enforced(String),
    /// One that only tells.
    ReportOnly(String),
}

/// A file that a case made.
pub(crate) struct Made {
    pub(crate) mime: &'static str,
    pub(crate) policy: Policy,
    pub(crate) body: Vec<u8>,
}

/// By their place below `/made/`.
type MadeFiles = Arc<Mutex<HashMap<String, Made>>>;

/// Where those scripts are. The policies of all pages allow it, for it is the site's own.
const BEFORE: &str = "/before.js";

/// The nonce of the pages whose policy asks for one.
pub(crate) const NONCE: &str = "kabar";

/// The media type of pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// What each page begins its head with.
const CHARSET: &str = r#"<meta charset="utf-8">"#;

#[derive(Clone)]
struct Site {
    dist: PathBuf,
    log: Log,
    scripts: Scripts,
    made: MadeFiles,
    faults: String,
    refused: String,
    /// Whether what is held back may go.
    free: watch::Receiver<bool>,
}

impl Site {
    /// Waits until [`Server::let_go`] is called.
    async fn let_go(&self) {
        // An error is that the case is over.
        let _ = self.free.clone().wait_for(|free| *free).await;
    }
}

impl Server {
    pub(crate) async fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let dist = env::var_os("KABAR_DIST").map_or_else(|| root.join("dist"), PathBuf::from);
        assert!(dist.join("kabar.js").exists(), "no kabar.js in {}: run `cargo xtask dist` first", dist.display());
        let log = Log::default();
        let scripts = Scripts::default();
        let made = MadeFiles::default();
        let (hold, free) = watch::channel(false);
        let site = Site {
            dist,
            log: log.clone(),
            scripts: scripts.clone(),
            made: made.clone(),
            faults: faults::start(log.clone()),
            refused: faults::refused(),
            free,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(site);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { origin, log, scripts, made, hold, task }
    }

    /// Has a script run in every page before the page's own.
    pub(crate) fn before(&self, script: &str) {
        let mut scripts = self.scripts.lock().unwrap();
        scripts.push_str(script);
        scripts.push('\n');
    }

    /// Puts a file to `/made/` and this name.
    pub(crate) fn make(&self, name: &str, made: Made) {
        self.made.lock().unwrap().insert(name.to_owned(), made);
    }

    /// Sends what was held back: the files below `/feed/held/`, and the last module of `/dist-held/`.
    pub(crate) fn let_go(&self) {
        self.hold.send_replace(true);
    }

    /// All requests, for the report of a failed test.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.log.lock().unwrap().iter().map(|seen| format!("{} {}", seen.method, seen.path)).collect()
    }

    /// How many requests `matches` says yes to.
    pub(crate) fn count(&self, matches: impl Fn(&Seen) -> bool) -> usize {
        self.log.lock().unwrap().iter().filter(|seen| matches(seen)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(site): State<Site>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let asked = uri.path_and_query().map_or("/", |path| path.as_str());
    let cookie = headers.get(COOKIE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    site.log.lock().unwrap().push(Seen { method: method.to_string(), path: asked.to_owned(), cookie });

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What is below `/shared/` as well, every origin may read.
    let shared = uri.path().starts_with("/shared/");
    let path = if shared { &uri.path()["/shared".len()..] } else { uri.path() };
    let wasm = is_wasm(path);
    let (folder, rest) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let mut response = match folder {
        "" | "index.html" => page(&site, &uri, &root.join("index.html")),
        "before.js" => sent("text/javascript", site.scripts.lock().unwrap().clone()),
        "www" => page(&site, &uri, &root.join("www").join(rest)),
        // What `cargo xtask docs` wrote.
        "docs" => page(&site, &uri, &root.join("target/site/docs").join(rest)),
        "dist-no-rest" if rest.starts_with("kabar-rest-") => StatusCode::NOT_FOUND.into_response(),
        "dist-no-wasm" if wasm => StatusCode::NOT_FOUND.into_response(),
        "dist-slow" if wasm => {
            sleep(SLOW).await;
            file(&site.dist.join(rest))
        }
        // The first request for the script that comes after the first card fails.
        "dist-once-late"
            if rest.starts_with("kabar-late-") && site.log.lock().unwrap().iter().filter(|seen| seen.path == asked).count() == 1 =>
        {
            StatusCode::NOT_FOUND.into_response()
        }
        // What comes after the first card.
        "dist-held" if rest.starts_with("kabar-rest-") => {
            site.let_go().await;
            file(&site.dist.join(rest))
        }
        "dist" | "dist-no-rest" | "dist-no-wasm" | "dist-slow" | "dist-once-late" | "dist-held" => file(&site.dist.join(rest)),
        "pages" if rest.starts_with("prerender/") && is_page(rest) => return prerendered(&site, &uri, &headers).await,
        "pages" => page(&site, &uri, &root.join("tests/pages").join(rest)),
        "feed" if rest.starts_with("held/") => {
            site.let_go().await;
            file(&root.join("tests/pages/feeds").join(&rest["held/".len()..]))
        }
        "feed" => feed(rest, uri.query().unwrap_or_default(), &root.join("tests/pages/feeds")).await,
        "made" => made(&site, rest),
        "favicon.ico" => StatusCode::NO_CONTENT.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    let policy = POLICIES.iter().find(|(page, _)| *page == asked || *page == path);
    if let Some((_, policy)) = policy
        && !policy.is_empty()
    {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy.parse().unwrap());
    }
    if shared {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, "*".parse().unwrap());
    }
    // What is not to be stored is not kept for the way back either.
    let stored = if path.starts_with("/pages/life_cycle/") { "no-cache" } else { "no-store" };
    response.headers_mut().insert(CACHE_CONTROL, stored.parse().unwrap());
    response
}

/// Whether a path, without its query, is that of a wasm file.
pub(crate) fn is_wasm(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "wasm")
}

/// Whether a path is that of a page.
fn is_page(path: impl AsRef<Path>) -> bool {
    path.as_ref().extension().is_some_and(|extension| extension == "html")
}

/// A file with its media type; a directory or nothing is 404.
fn file(path: &Path) -> Response {
    let mime = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/feed+json; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    fs::read(path).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), |bytes| sent(mime, bytes))
}

fn made(site: &Site, name: &str) -> Response {
    let made = site.made.lock().unwrap();
    let Some(Made { mime, policy, body }) = made.get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let body = if *mime == HTML { with_before(site, &String::from_utf8_lossy(body)).into_bytes() } else { body.clone() };
    let mut response = sent(mime, body);
    let headers = response.headers_mut();
    match policy {
        Policy::None => None,
        Policy::Enforced(policy) => headers.insert(CONTENT_SECURITY_POLICY, policy.parse().unwrap()),
        Policy::ReportOnly(policy) => headers.insert(CONTENT_SECURITY_POLICY_REPORT_ONLY, policy.parse().unwrap()),
    };
    response
}

fn sent(mime: &str, body: impl Into<Body>) -> Response {
    ([(CONTENT_TYPE, mime)], body.into()).into_response()
}

/// A page of a case: `{{name}}` in it stands for the query's `name`, as
/// markup, and `{{refused}}` and `{{faults}}` for those origins.
fn page(site: &Site, uri: &Uri, path: &Path) -> Response {
    if !is_page(path) {
        return file(path);
    }
    fs::read_to_string(path).map_or_else(|_| StatusCode::NOT_FOUND.into_response(), |text| html(site, uri, text))
}

fn html(site: &Site, uri: &Uri, mut text: String) -> Response {
    for (name, value) in url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        text = text.replace(&format!("{{{{{name}}}}}"), &value);
    }
    text = text.replace("{{refused}}", &site.refused).replace("{{faults}}", &site.faults);
    // What the query did not name is empty.
    while let Some((before, after)) = text.split_once("{{") {
        let (_, after) = after.split_once("}}").expect("a placeholder that is never closed");
        text = format!("{before}{after}");
    }
    sent(HTML, with_before(site, &text))
}

/// A page with the scripts that run before its own. One that lets in only
/// scripts with a nonce lets in this one.
fn with_before(site: &Site, page: &str) -> String {
    if site.scripts.lock().unwrap().is_empty() {
        return page.to_owned();
    }
    page.replacen(CHARSET, &format!("{CHARSET}\n<script nonce={NONCE} src={BEFORE}></script>"), 1)
}

/// A page as `kabar prerender` writes it. With `?link` or `?hash`, it has that
/// kind of style, and the policy that lets no other in.
async fn prerendered(site: &Site, uri: &Uri, headers: &HeaderMap) -> Response {
    let kabar = async |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_kabar")).arg("prerender").args(arguments).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let page = tests.join(&uri.path()[1..]);
    let base = format!("http://{}/", headers[HOST].to_str().unwrap());
    let (style, policy) = match uri.query() {
        Some("link") => ("link=/dist/kabar.css", STRICT_DEMO.to_owned()),
        Some("hash") => ("inline", STRICT.replace("style-src 'none'", &format!("style-src {}", kabar(&["--style-hash"]).await.trim()))),
        _ => ("inline", String::new()),
    };
    let arguments = ["--page", page.to_str().unwrap(), "--base", &base, "--files", tests.to_str().unwrap(), "--style", style];
    let mut response = html(site, uri, kabar(&arguments).await);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy.parse().unwrap());
    response.headers_mut().insert(CACHE_CONTROL, "no-store".parse().unwrap());
    response
}

async fn feed(name: &str, query: &str, folder: &Path) -> Response {
    const JSON: &str = "application/feed+json";
    match name.split_once('/').unwrap_or((name, "")) {
        ("status", code) => code.parse::<StatusCode>().unwrap_or(StatusCode::NOT_FOUND).into_response(),
        ("invalid", _) => sent(JSON, r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"#),
        ("html", _) => sent("text/html", "<!doctype html><title>Bukan umpan</title><p>Halaman biasa."),
        ("blank", _) => sent(JSON, ""),
        ("empty", _) => sent(JSON, r#"{"version":"https://jsonfeed.org/version/1.1","title":"Kabar Kosong","items":[]}"#),
        // Valid but for its size, so only the cap can be what stops it.
        ("large", _) => {
            let blanks = " ".repeat(3 << 20);
            let good = fs::read_to_string(folder.join("good.json")).unwrap();
            sent(JSON, format!("{good}{blanks}"))
        }
        // What PHP writes where a plugin is old.
        ("notices", _) => {
            let good = fs::read_to_string(folder.join("good.json")).unwrap();
            sent(JSON, format!("<br />\n<b>Notice</b>: {{a}} in <b>/srv/[b].php</b> on line <b>3</b><br />\n{good}\n<!-- cached -->"))
        }
        // A site whose pages name its REST API.
        ("site", _) => sent("text/html", "<!doctype html><title>Situs</title><link rel='https://api.w.org/' href='/feed/wp-json/'>"),
        ("wp-json", _) => posts(query, folder),
        ("fixtures", rest) => file(&folder.join("../../fixtures").join(rest)),
        ("broken-next", _) => {
            let page = fs::read_to_string(folder.join("page-1.json")).unwrap();
            sent(JSON, page.replace("page-2.json", "/feed/status/503"))
        }
        ("slow", rest) => {
            sleep(SLOW).await;
            file(&folder.join(rest))
        }
        _ => file(&folder.join(name)),
    }
}

/// A page of posts, as WordPress's REST API answers:
/// <https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/>.
fn posts(query: &str, folder: &Path) -> Response {
    let number =
        |name: &str| url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok());
    let (page, most) = (number("page").unwrap_or(1_usize), number("per_page").unwrap_or(10));
    let posts: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(folder.join("wordpress.json")).unwrap()).unwrap();
    let pages = posts.len().div_ceil(most);
    if page > pages {
        let error = r#"{"code":"rest_post_invalid_page_number","message":"a","data":{"status":400}}"#;
        return (StatusCode::BAD_REQUEST, sent("application/json", error)).into_response();
    }
    let some: Vec<_> = posts.into_iter().skip((page - 1) * most).take(most).collect();
    ([("x-wp-totalpages", pages.to_string())], sent("application/json; charset=UTF-8", serde_json::to_string(&some).unwrap()))
        .into_response()
}
