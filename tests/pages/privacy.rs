//! What `docs/privacy.md` states: who is asked for what, and that nothing is
//! stored. The script, the feed and the pictures are on hosts of their own here.

use std::{env, fs, path::Path};

use serde_json::{Value, json};

use crate::harness::{
    Tab, cases, in_browser, reliability,
    wire::{Asked, Wire},
};

cases![
    each_request_is_for_the_script_the_feed_or_a_picture,
    no_cookie_is_sent_or_kept_for_a_feed,
    nothing_is_stored,
    pictures_tell_nobody_which_page_they_are_on,
    links_tell_other_sites_no_page,
];

/// Hosts as a newsroom has them: its page, a CDN with Kabar's files, its feed, its pictures.
struct Hosts {
    cdn: Wire,
    feed: Wire,
    pictures: Wire,
}

const ARTICLES: usize = 3;

impl Hosts {
    fn start() -> Self {
        let (cdn, feed, pictures) = (Wire::start(), Wire::start(), Wire::start());
        let dist = env::var_os("KABAR_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), Into::into);
        for entry in fs::read_dir(dist).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            let kind = match name.rsplit_once('.') {
                Some((_, "js")) => "content-type: text/javascript",
                Some((_, "wasm")) => "content-type: application/wasm",
                _ => continue,
            };
            cdn.answer_with(&format!("/{name}"), "200 OK", &[kind], &fs::read(entry.path()).unwrap());
        }
        let item = |place: usize| {
            let picture = pictures.answer_with(
                &format!("/{place}.svg"),
                "200 OK",
                &["content-type: image/svg+xml"],
                include_bytes!("feeds/picture.svg"),
            );
            let link =
                pictures.answer_with(&format!("/article/{place}"), "200 OK", &["content-type: text/html"], b"<title>Artikel</title>");
            json!({ "id": place.to_string(), "url": link, "title": format!("Artikel {place}"), "content_text": "Pagi.", "image": picture })
        };
        let items: Vec<Value> = (0..ARTICLES).map(item).collect();
        let text = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Koran Uji", "items": items }).to_string();
        let fields = ["content-type: application/feed+json", "set-cookie: lacak=1; path=/; max-age=3600", "etag: \"pembaca-42\""];
        feed.answer_with("/feed.json", "200 OK", &fields, text.as_bytes());
        Self { cdn, feed, pictures }
    }

    /// A page with all three elements, and `head` before the script.
    async fn visit(&self, tab: &Tab, head: &str) {
        let body = format!(
            "<script src='{}/kabar.js' data-feed='{}/feed.json' data-show='cards share next' data-loading=eager></script>",
            self.cdn.origin, self.feed.origin
        );
        tab.open_with("/pages/privacy/page.html", &[("head", head), ("body", &body)]).await;
        for tag in ["kabar-cards", "kabar-share", "kabar-next"] {
            tab.until_event("kabar-ready", tag).await;
        }
        for tag in ["kabar-cards", "kabar-share", "kabar-next"] {
            tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
            tab.settle().await;
        }
        tab.until(
            "all('kabar-cards', 'img').length > 0 && all('kabar-cards', 'img').every((image) => image.complete && image.naturalWidth > 0)",
        )
        .await;
        self.cdn
            .until("the rest of the wasm is there", |asked| asked.iter().any(|asked| asked.path.contains("-rest-") && asked.end.is_some()))
            .await;
    }
}

fn field<'asked>(asked: &'asked Asked, name: &str) -> Option<&'asked str> {
    asked.fields.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
}

fn each_request_is_for_the_script_the_feed_or_a_picture() {
    in_browser(async |tab| {
        let hosts = Hosts::start();
        let Hosts { cdn, feed, pictures } = &hosts;
        // What this does not name is a violation, and is seen as one, whatever it is that would be fetched.
        let policy = format!(
            "<meta http-equiv=content-security-policy content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'self' {0} 'wasm-unsafe-eval'; \
            connect-src {0} {1}; img-src 'self' {2}; form-action 'none'; base-uri 'none'\">",
            cdn.origin, feed.origin, pictures.origin
        );
        hosts.visit(tab, &policy).await;
        let origins =
            tab.texts("[...new Set(performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin))].sort()").await;
        let mut known = vec![cdn.origin.as_str(), &feed.origin, &pictures.origin];
        // The site itself: what this suite puts into its pages, and the icon that a browser asks every site for.
        known.push(tab.origin());
        assert!(origins.iter().all(|origin| known.contains(&origin.as_str())), "{origins:?}");
        let own = tab
            .asked_where(|seen| !["/pages/privacy/page.html", "/before.js", "/favicon.ico"].iter().any(|path| seen.path.starts_with(path)));
        assert_eq!(own, 0, "the page's own site is asked for nothing");
        assert!(cdn.asked().iter().all(|asked| !asked.path.contains('?')), "{:#?}", cdn.asked());
        assert_eq!(
            feed.asked().iter().map(|asked| asked.path.as_str()).collect::<Vec<_>>(),
            ["/feed.json"],
            "once, and nothing is added to the address"
        );
        let known: Vec<_> = (0..ARTICLES).map(|place| format!("/{place}.svg")).collect();
        assert!(pictures.asked().iter().all(|asked| known.contains(&asked.path)), "{:#?}", pictures.asked());
        tab.console_is_empty().await;
        reliability::record(
            "the requests of a page with all three elements",
            1,
            "for the script's own host, the feed, or a picture of the feed; none to anybody else",
        );
    });
}

fn no_cookie_is_sent_or_kept_for_a_feed() {
    in_browser(async |tab| {
        let hosts = Hosts::start();
        // A cookie is a host's on all its ports, so that each of these servers would get it.
        hosts.visit(tab, "<script>document.cookie = 'pembaca=42; path=/';</script>").await;
        assert_eq!(field(&hosts.feed.asked()[0], "cookie"), None);
        for asked in hosts.cdn.asked().iter().filter(|asked| asked.path != "/kabar.js") {
            assert_eq!(field(asked, "cookie"), None, "{}", asked.path);
        }
        // One that is meant to carry it does.
        let script = "return fetch(arguments[0], { mode: 'no-cors', credentials: 'include' }).then(() => true);";
        tab.run_with(script, vec![format!("{}/kabar.js", hosts.cdn.origin).into()]).await;
        assert_eq!(hosts.cdn.asked().last().and_then(|asked| field(asked, "cookie")), Some("pembaca=42"));
        tab.check("document.cookie === 'pembaca=42'").await;
        tab.run("return Kabar.refresh(one('kabar-cards')).then(() => true);").await;
        hosts.feed.until("it is asked again", |asked| asked.len() == 2).await;
        assert_eq!(field(&hosts.feed.asked()[1], "cookie"), None);
        tab.console_is_empty().await;
        reliability::record("a feed that sets a cookie", 2, "it is not kept, and none is sent");
    });
}

/// Counts what is put into any of the stores that a page has.
const STORES: &str = "
    window.stored = [];
    const note = (owner, name) => {
      const own = owner[name];
      owner[name] = function (...values) { stored.push(`${name} ${values[0]}`); return own.apply(this, values); };
    };
    note(Storage.prototype, 'setItem');
    note(IDBFactory.prototype, 'open');
    if (window.CacheStorage) note(CacheStorage.prototype, 'open');
    if (window.ServiceWorkerContainer) note(ServiceWorkerContainer.prototype, 'register');
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(Document.prototype, 'cookie', { ...cookie, set(text) { stored.push(`cookie ${text}`); cookie.set.call(this, text); } });";

fn nothing_is_stored() {
    in_browser(async |tab| {
        tab.before(STORES).await;
        let hosts = Hosts::start();
        hosts.visit(tab, "<script>addEventListener('click', (event) => event.preventDefault());</script>").await;
        // Also not by what a reader does.
        tab.run("for (const host of ['kabar-cards', 'kabar-share', 'kabar-next']) all(host, 'a, button').forEach((control) => control.click());").await;
        tab.until("events('kabar-share').length > 5 && events('kabar-card-click').length > 0").await;
        tab.run("one('kabar-cards').setAttribute('limit', 2);").await;
        tab.until("all('kabar-cards', 'article').length === 2").await;
        tab.settle().await;
        assert_eq!(tab.texts("stored").await, [""; 0]);
        tab.check("localStorage.length === 0 && sessionStorage.length === 0 && document.cookie === ''").await;
        let stores = "Promise.all([indexedDB.databases(), window.caches?.keys() ?? []]).then((stores) => stores.flat().length)";
        assert_eq!(tab.js(stores).await, 0);
        // The count can count.
        tab.run("localStorage.setItem('uji', 1); localStorage.clear(); return true;").await;
        assert_eq!(tab.texts("stored").await, ["setItem uji"]);
        // Without the reader's own click, a browser may refuse what was clicked here: that is said in the page.
        tab.console_is_empty().await;
        reliability::record(
            "a page with all three elements used: cookies, localStorage, sessionStorage, IndexedDB, caches, workers",
            1,
            "nothing is stored",
        );
    });
}

/// A page that would tell everybody everything.
const OPEN: &str = "<meta name=referrer content=unsafe-url>";

fn pictures_tell_nobody_which_page_they_are_on() {
    in_browser(async |tab| {
        let hosts = Hosts::start();
        hosts.visit(tab, OPEN).await;
        let asked = hosts.pictures.asked();
        assert!(!asked.is_empty() && asked.iter().all(|asked| field(asked, "referer").is_none()), "{asked:#?}");
        tab.check("[...all('kabar-cards', 'img'), ...all('kabar-next', 'img')].every((image) => image.referrerPolicy === 'no-referrer')")
            .await;
        tab.console_is_empty().await;
        reliability::record("the pictures' requests on a page whose referrer policy is `unsafe-url`", 1, "no referrer");
    });
}

fn links_tell_other_sites_no_page() {
    in_browser(async |tab| {
        let hosts = Hosts::start();
        hosts.visit(tab, OPEN).await;
        tab.check("all('kabar-share', 'a[target]').length > 3 && all('kabar-share', 'a[target]').every((link) => link.relList.contains('noreferrer'))").await;
        tab.click("inside('kabar-cards', 'h3 > a')").await;
        hosts.pictures.until("the link is followed", |asked| asked.iter().any(|asked| asked.path.starts_with("/article/"))).await;
        let asked = hosts.pictures.asked();
        let referrer = asked.iter().find(|asked| asked.path.starts_with("/article/")).and_then(|asked| field(asked, "referer"));
        // The site, for a newsroom's own figures; never the page, with what stands in its address.
        let site = format!("{}/", tab.origin());
        assert!(referrer.is_none_or(|referrer| referrer == site), "an article's link tells {referrer:?}");
        // The article is not there, and the browser says so; that is not Kabar's.
        tab.console().await;
        reliability::record("a link to another site on a page whose referrer policy is `unsafe-url`", 1, "tells at most the site");
    });
}
