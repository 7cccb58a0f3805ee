//! The browser glue in a real browser: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a helper of a test fails as the test does; clippy knows only test functions")]

use std::{cell::RefCell, rc::Rc};

use js_sys::{JSON, Promise, Reflect};
use kabar::browser::{Widget, keep_words, words_file};
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CustomEvent, Document, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "language": "id", "items": [
    {"id": "2", "url": "/dua", "title": "Kedua", "content_text": "Isi kedua", "date_published": "2019-03-26T10:15:00+07:00"},
    {"id": "1", "url": "/satu", "title": "Pertama", "content_text": "Isi pertama", "date_published": "2019-03-25T10:15:00+07:00"}]}"#;

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn request(text: &str) -> JsValue {
    let request = js_sys::Object::new();
    Reflect::set(&request, &"url".into(), &"https://warta.example/feed.json".into()).unwrap();
    Reflect::set(&request, &"value".into(), &json(text)).unwrap();
    request.into()
}

/// An element as the loader prepares it, in the page.
fn element(name: &str) -> (HtmlElement, ShadowRoot) {
    let host: HtmlElement = document().create_element(name).unwrap().unchecked_into();
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
    root.append_child(&document().create_element("slot").unwrap()).unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    (host, root)
}

fn mount(name: &str, attributes: &str, feed: &JsValue) -> (HtmlElement, ShadowRoot, Widget) {
    let (host, root) = element(name);
    let widget = Widget::new(host.clone(), root.clone(), json(attributes), feed.clone()).unwrap();
    (host, root, widget)
}

fn all(root: &ShadowRoot, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).unwrap();
    (0..found.length()).map(|place| found.get(place).unwrap().unchecked_into()).collect()
}

fn texts(root: &ShadowRoot, selector: &str) -> Vec<String> {
    all(root, selector).iter().map(|element| element.text_content().unwrap()).collect()
}

/// Lets the microtasks run in which Leptos patches the page.
async fn settle() {
    for _ in 0..3 {
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap();
    }
}

/// Collects what an event carries.
fn listen(host: &HtmlElement, name: &str) -> Rc<RefCell<Vec<String>>> {
    let heard = Rc::<RefCell<Vec<String>>>::default();
    let record = heard.clone();
    let listener = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| {
        assert!(event.bubbles() && event.composed());
        record.borrow_mut().push(JSON::stringify(&event.detail()).unwrap().into());
    });
    host.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).unwrap();
    listener.forget();
    heard
}

#[wasm_bindgen_test]
fn cards_are_rendered_where_the_fallback_was() {
    let (_, root, _widget) = mount("kabar-cards", r#"{"exclude-current": "false"}"#, &request(FEED));
    assert_eq!(texts(&root, "article.card h3 > a"), ["Kedua", "Pertama"]);
    assert_eq!(all(&root, "h3 > a")[0].get_attribute("href").as_deref(), Some("https://warta.example/dua"));
    assert!(all(&root, "slot:not([name])").is_empty());
}

/// The content of an element as it was rendered ahead of time, and its nodes.
fn ahead(root: &ShadowRoot, content: &str) -> Vec<Element> {
    root.set_inner_html(&["<style></style>", content].concat());
    all(root, ":not(style)")
}

#[wasm_bindgen_test]
fn what_was_rendered_ahead_of_time_is_taken_over() {
    const OPTIONS: &str = r#"{"exclude-current": "false", "lang": "id", "timezone": "Asia/Jakarta"}"#;
    let (_, fresh, _widget) = mount("kabar-cards", OPTIONS, &request(FEED));
    let (host, root) = element("kabar-cards");
    let before = ahead(&root, &fresh.inner_html());
    let _widget = Widget::new(host, root.clone(), json(OPTIONS), request(FEED)).unwrap();
    assert_eq!(all(&root, "*"), before);

    // With one article less than the feed has, another title, and blanks between all.
    let (host, root) = element("kabar-cards");
    let stale = fresh
        .inner_html()
        .replace("Kedua", "Lama")
        .replace("<article", " \n <article")
        .replace("class=\"card\"", "class=\"card\" title=\"x\"");
    let before = ahead(&root, stale.rsplit_once("<article").unwrap().0);
    let _widget = Widget::new(host, root.clone(), json(OPTIONS), request(FEED)).unwrap();
    assert_eq!(root.inner_html(), fresh.inner_html());
    assert_eq!(all(&root, "*")[..before.len()], before);
}

#[wasm_bindgen_test]
fn a_node_that_is_not_wanted_any_more_costs_no_other() {
    let (_, fresh, _widget) = mount("kabar-share", "{}", &JsValue::UNDEFINED);
    let (host, root) = element("kabar-share");
    let html = fresh.inner_html();
    let (start, links) = html.split_once("<a ").unwrap();
    let before = ahead(&root, &[start, "<button>native</button><a ", links].concat());
    let _widget = Widget::new(host, root.clone(), json("{}"), JsValue::UNDEFINED).unwrap();
    assert_eq!(root.inner_html(), html);
    let kept: Vec<_> = before.into_iter().filter(|node| node.text_content().as_deref() != Some("native")).collect();
    assert_eq!(all(&root, "*"), kept);
}

#[wasm_bindgen_test]
fn dates_are_in_the_elements_language_and_zone() {
    let (_, root, _widget) = mount("kabar-cards", r#"{"lang": "id", "timezone": "Asia/Jakarta"}"#, &request(FEED));
    assert_eq!(texts(&root, "time"), ["Sel, 26 Mar 2019", "Sen, 25 Mar 2019"]);
    let (_, root, _widget) = mount("kabar-cards", r#"{"lang": "en-GB", "timezone": "America/New_York"}"#, &request(FEED));
    assert_eq!(texts(&root, "time"), ["Mon, 25 Mar 2019", "Sun, 24 Mar 2019"]);
}

#[wasm_bindgen_test]
fn a_feed_with_a_wrong_language_tag_does_not_lose_its_language() {
    let attributes = r#"{"timezone": "Asia/Jakarta"}"#;
    for tag in ["id_ID", "id-", "id--ID", "id-x"] {
        let (_, root, _widget) =
            mount("kabar-cards", attributes, &request(&FEED.replace("\"id\", \"items", &format!("\"{tag}\", \"items"))));
        assert_eq!(texts(&root, "time"), ["Sel, 26 Mar 2019", "Sen, 25 Mar 2019"], "{tag}");
    }
    let (_, root, _widget) = mount("kabar-cards", attributes, &request(&FEED.replace("\"id\", \"items", "\"-\", \"items")));
    assert_eq!(texts(&root, "time"), ["Tue, Mar 26, 2019", "Mon, Mar 25, 2019"]);
}

#[wasm_bindgen_test]
fn relative_dates_are_for_the_last_day_only() {
    let hours = |hours: f64| String::from(js_sys::Date::new(&(js_sys::Date::now() - hours * 3_600_000.0).into()).to_iso_string());
    let items: Vec<_> = [-2.0, 0.0, 0.51, 3.01, 25.0]
        .into_iter()
        .enumerate()
        .map(|(id, ago)| format!(r#"{{"id": "{id}", "url": "/{id}", "title": "{id}", "date_published": "{}"}}"#, hours(ago)))
        .collect();
    let items = items.join(",");
    let feed = format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}"#);
    let (_, root, _widget) = mount("kabar-cards", r#"{"lang": "en", "dates": "relative", "order": "feed"}"#, &request(&feed));
    let dates = texts(&root, "time");
    // CLDR, en.xml, relative times of style `long`.
    assert_eq!(dates[1..4], ["now", "30 minutes ago", "3 hours ago"]);
    let whole = |time: &Element| time.get_attribute("title");
    let times = all(&root, "time");
    assert!(times[1..4].iter().all(|time| whole(time).is_some_and(|date| date.contains(", 20"))), "the date itself is a tooltip");
    for place in [0, 4] {
        assert!(dates[place].contains(", 20") && whole(&times[place]).is_none(), "{}", dates[place]);
    }
    let (_, root, _widget) = mount("kabar-cards", r#"{"lang": "en", "order": "feed"}"#, &request(&feed));
    assert!(texts(&root, "time").iter().all(|date| date.contains(", 20")), "relative dates are for those who ask");
}

#[wasm_bindgen_test]
fn a_language_that_was_fetched_is_spoken() {
    let host = |lang: &str| {
        let (host, root) = element("kabar-share");
        host.set_lang(lang);
        (host, root)
    };
    let (arabic, root) = host("ar-EG");
    let file = |host: &HtmlElement, feed: &JsValue| words_file(host, feed).as_string();
    assert_eq!(file(&arabic, &JsValue::UNDEFINED).as_deref(), Some("ar"));
    let hebrew = request(r#"{"language": "he", "items": [{"title": "a"}]}"#);
    let none = JsValue::UNDEFINED;
    for (lang, feed, name) in [("", &hebrew, Some("he")), ("id", &hebrew, None), ("sw", &none, None), ("zh-TW", &none, Some("zh-Hant"))] {
        assert_eq!(file(&host(lang).0, feed).as_deref(), name, "{lang}");
    }
    let bar = Widget::new(arabic.clone(), root.clone(), json(r#"{"networks": "copy"}"#), JsValue::UNDEFINED).unwrap();
    assert_eq!(texts(&root, "[part=heading]"), ["Share this"], "until the words are there");
    assert_eq!(all(&root, "nav")[0].get_attribute("dir"), None);
    drop(bar);

    let words: Vec<_> = (0..11).map(|number| format!("\"كلمة {number}\"")).collect();
    keep_words(&"ar".into(), json(&format!("[{}]", words.join(","))));
    assert_eq!(file(&arabic, &JsValue::UNDEFINED), None);
    let _bar = Widget::new(arabic, root.clone(), json(r#"{"networks": "copy"}"#), JsValue::UNDEFINED).unwrap();
    assert_eq!(texts(&root, "[part=heading]"), ["كلمة 10"]);
    assert_eq!(texts(&root, "button"), ["كلمة 1"]);
    let nav = &all(&root, "nav")[0];
    assert_eq!((nav.get_attribute("lang").as_deref(), nav.get_attribute("dir").as_deref()), (Some("ar"), Some("rtl")));
}

#[wasm_bindgen_test]
async fn new_attributes_patch_the_nodes_that_are_there() {
    let feed = request(FEED);
    let (_, root, mut widget) = mount("kabar-cards", "{}", &feed);
    let first = all(&root, "article").remove(0);
    widget.update(json(r#"{"limit": "1", "show": "title"}"#), feed.clone()).unwrap();
    settle().await;
    assert_eq!(texts(&root, "article"), ["Kedua"]);
    assert!(all(&root, "time").is_empty());
    assert!(all(&root, "article")[0] == first, "the card is another node now");
    widget.update(json(r#"{"order": "oldest", "heading": "2"}"#), feed).unwrap();
    settle().await;
    assert_eq!(texts(&root, "h2 > a"), ["Pertama", "Kedua"]);
}

#[wasm_bindgen_test]
fn what_cannot_be_shown_is_thrown_with_its_code_and_leaves_the_fallback() {
    for (text, code) in [("1", "feed-invalid: "), ("[]", "feed-empty: "), (r#"{"items": []}"#, "feed-empty: "), ("null", "feed-invalid: ")]
    {
        let (host, root) = element("kabar-cards");
        let error = Widget::new(host, root.clone(), json("{}"), request(text)).err().unwrap().as_string().unwrap();
        assert!(error.starts_with(code), "{text} gave {error}");
        assert_eq!(all(&root, "slot:not([name])").len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_failed_update_leaves_what_was_shown() {
    let (_, root, mut widget) = mount("kabar-cards", "{}", &request(FEED));
    assert!(widget.update(json("{}"), request("{}")).is_err());
    settle().await;
    assert_eq!(all(&root, "article").len(), 2);
}

#[wasm_bindgen_test]
fn a_dropped_widget_leaves_no_node_and_can_come_back() {
    let (host, root, widget) = mount("kabar-next", "{}", &request(FEED));
    assert_eq!(all(&root, "aside.next").len(), 1);
    drop(widget);
    assert!(all(&root, "*").is_empty());
    let _again = Widget::new(host, root.clone(), json("{}"), request(FEED)).unwrap();
    assert_eq!(all(&root, "aside.next").len(), 1);
}

#[wasm_bindgen_test]
fn the_teaser_follows_the_current_article() {
    let (_, root, _widget) = mount("kabar-next", r#"{"current": "https://warta.example/dua/?fbclid=1#x"}"#, &request(FEED));
    assert_eq!(texts(&root, "aside.next h3 > a"), ["Pertama"]);
    let (_, root, _widget) = mount("kabar-next", r#"{"current": "https://warta.example/satu"}"#, &request(FEED));
    assert_eq!(all(&root, "slot:not([name])").len(), 1, "nothing is older: the fallback is shown");
}

/// A share bar of one button, which is pressed; what it says then, and what the page is told.
async fn copied(on_the_clipboard: Promise) -> (String, Vec<String>) {
    let attributes = r#"{"networks": "copy", "url": "https://warta.example/a", "title": "A"}"#;
    let (host, root, widget) = mount("kabar-share", attributes, &JsValue::UNDEFINED);
    let heard = listen(&host, "kabar-shared");
    widget.press(all(&root, "button[data-network=copy]").remove(0), true, Some(on_the_clipboard));
    settle().await;
    let told = heard.borrow().clone();
    (texts(&root, "[role=status]").remove(0), told)
}

#[wasm_bindgen_test]
async fn a_copied_address_is_confirmed_and_told() {
    let (status, told) = copied(Promise::resolve(&JsValue::UNDEFINED)).await;
    assert_eq!((status.as_str(), &told[..]), ("Link copied", &[r#"{"network":"copy","url":"https://warta.example/a"}"#.to_owned()][..]));
}

#[wasm_bindgen_test]
async fn an_address_that_no_clipboard_takes_is_shown() {
    let (status, told) = copied(Promise::reject(&JsValue::UNDEFINED)).await;
    assert!(status.ends_with(" https://warta.example/a") && told.is_empty(), "{status} {told:?}");
}

#[wasm_bindgen_test]
fn two_elements_of_one_request_share_one_feed() {
    let feed = request(FEED);
    let (_, root, _first) = mount("kabar-cards", "{}", &feed);
    // The text is read once: a request whose text is gone still serves the second element.
    Reflect::set(&feed, &"text".into(), &JsValue::UNDEFINED).unwrap();
    let (_, other, _second) = mount("kabar-next", "{}", &feed);
    assert_eq!((all(&root, "article").len(), all(&other, "aside").len()), (2, 1));
}
