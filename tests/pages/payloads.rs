//! Script in a feed, tried in some thousand ways: nothing of it runs, and nothing
//! that Kabar did not make itself gets into its shadow roots. A page that is not
//! careful shows that the same payloads do run.

mod addresses;
mod feeds;
mod markup;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{HTML, STRICT, Tab, cases, in_browser, reliability};
use feeds::Format;

cases![
    the_payloads_run_in_a_page_that_is_not_careful,
    payloads_in_feeds_of_json_run_nothing,
    payloads_in_feeds_of_xml_run_nothing,
    payloads_in_feeds_violate_no_strict_policy,
    payloads_in_attributes_run_nothing,
    payloads_as_the_feeds_address_run_nothing,
];

/// A text that wants to run code.
pub(crate) struct Payload {
    family: &'static str,
    text: String,
    address: bool,
}

/// The payloads so far. The number of each is its place.
struct List(Vec<Payload>);

impl List {
    /// Adds what `write` makes of the code that is to run.
    fn add(&mut self, family: &'static str, write: impl Fn(&str) -> String) {
        let text = write(&format!("top.pwn({})", self.0.len()));
        self.0.push(Payload { family, text, address: false });
    }

    /// The same where the code runs in a document of another origin.
    fn add_elsewhere(&mut self, family: &'static str, write: impl Fn(&str) -> String) {
        let text = write(&format!("top.postMessage({},'*')", self.0.len()));
        self.0.push(Payload { family, text, address: false });
    }
}

/// All of them: markup, then addresses.
fn payloads() -> Vec<Payload> {
    let mut list = List(Vec::new());
    markup::add(&mut list);
    let markup = list.0.len();
    addresses::add(&mut list);
    for payload in &mut list.0[markup..] {
        payload.address = true;
    }
    list.0
}

/// How many payloads share a feed: few enough that many of them stand in the
/// fields that a feed has once.
const FEED: usize = 40;

async fn open(tab: &Tab, policy: &str, body: &str) {
    tab.before(include_str!("payloads/detector.js")).await;
    let page = format!("<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<title>Muatan</title>\n{body}");
    tab.make_with_policy("page.html", HTML, policy, page);
    tab.open("/made/page.html").await;
}

/// Nothing ran, and nothing is there that Kabar did not make; how much was looked at.
async fn nothing_ran(tab: &Tab) -> Value {
    tab.settle().await;
    tab.run(
        "for (const host of document.querySelectorAll('kabar-cards, kabar-next, kabar-share')) {
            provoke(host.shadowRoot);
            for (const link of host.shadowRoot.querySelectorAll('a')) {
                link.addEventListener('click', (event) => event.preventDefault());
                link.click();
            }
        }",
    )
    .await;
    tab.settle().await;
    let audit = tab.js("audit()").await;
    assert_eq!(audit["bad"], json!([]), "{audit}");
    assert_eq!(tab.js("[...fired]").await, json!([]), "payloads that ran");
    tab.check("document.title === 'Muatan' && location.pathname === '/made/page.html'").await;
    tab.check("[...document.body.querySelectorAll('*')].every((node) => node.matches('script, kabar-cards, kabar-next, kabar-share'))").await;
    audit
}

/// Pictures that do not exist are reported by the browser, and nothing else is.
async fn only_pictures_are_missing(tab: &Tab) {
    let lines = tab.console().await;
    let other: Vec<_> = lines.iter().filter(|line| !line.starts_with("Failed to load resource")).collect();
    assert!(other.is_empty(), "{other:#?}");
    tab.settle().await;
}

/// Makes the feeds of a format, and the elements that show them.
fn elements(tab: &Tab, (name, write): Format, payloads: &[Payload]) -> String {
    let mut body = String::new();
    for (place, payloads) in payloads.chunks(FEED).enumerate() {
        let (mime, feed) = write(payloads);
        let name = format!("{name}-{place}");
        tab.make(&name, mime, feed);
        let common = "show='image title date author excerpt tags caption dateline' excerpt-words=1000 loading=eager";
        body += &format!(
            "<kabar-cards feed='/made/{name}' limit=10000 order=feed {common}></kabar-cards>\
            <kabar-next feed='/made/{name}' order=feed current='/made/{place}' {common}></kabar-next>\n"
        );
    }
    body + "<script src='/dist/kabar.js'></script>"
}

/// Shows the payloads in feeds of a format.
async fn in_feeds(tab: &Tab, format: Format, policy: &str) {
    let payloads = payloads();
    let body = elements(tab, format, &payloads);
    open(tab, policy, &body).await;
    let elements = "document.querySelectorAll('kabar-cards, kabar-next').length";
    tab.until_within(30, &format!("events('kabar-ready').length + events('kabar-error').length >= {elements}")).await;
    assert_eq!(tab.js("events('kabar-error').map(({ detail }) => detail)").await, json!([]), "{}", format.0);
    let audit = nothing_ran(tab).await;
    assert_eq!(audit["cards"], payloads.len(), "{}: each payload has its card: {audit}", format.0);
    println!("{}: {audit}", format.0);
    only_pictures_are_missing(tab).await;
    if policy.is_empty() {
        let fault = format!("script in every text and address field of a feed: {}", format.0);
        reliability::record(&fault, payloads.len(), "nothing ran; only Kabar's own elements, and links over http and https");
    }
}

fn payloads_in_feeds_of_json_run_nothing() {
    for format in feeds::JSON {
        in_browser(async |tab| in_feeds(tab, *format, "").await);
    }
}

fn payloads_in_feeds_of_xml_run_nothing() {
    for format in feeds::XML {
        in_browser(async |tab| in_feeds(tab, *format, "").await);
    }
}

fn payloads_in_feeds_violate_no_strict_policy() {
    for format in feeds::JSON {
        in_browser(async |tab| {
            // Where the pictures are is the publisher's to say.
            in_feeds(tab, *format, &STRICT.replace("img-src 'self'", "img-src http: https:")).await;
        });
    }
}

/// The families that must run in the page that is not careful, and how many in a
/// hundred of each at least. The others are addresses that no browser runs any
/// more, or that only lead astray.
const RUN: &[(&str, u64)] = &[];

fn the_payloads_run_in_a_page_that_is_not_careful() {
    in_browser(async |tab| {
        let payloads = payloads();
        assert!(payloads.len() >= 500);
        let list: Vec<_> =
            payloads.iter().enumerate().map(|(number, payload)| json!([number, payload.family, payload.text, payload.address])).collect();
        tab.make("payloads.js", "text/javascript", format!("const payloads = {}", Value::from(list)));
        tab.make("control.js", "text/javascript", include_str!("payloads/control.js"));
        open(tab, "", "<body><script src=/made/payloads.js></script><script src=/made/control.js></script>").await;
        tab.run("return window.done.catch((error) => { throw new Error(error.stack) });").await;
        let mut all: BTreeMap<&str, u64> = BTreeMap::new();
        for payload in &payloads {
            *all.entry(payload.family).or_default() += 1;
        }
        let fired = "payloads.reduce((sum, [number, family]) => ({ ...sum, [family]: (sum[family] ?? 0) + fired.has(number) }), {})";
        for (family, percent) in RUN {
            let wanted = all[family] * percent / 100;
            tab.until(&format!("({fired})['{family}'] >= {wanted}")).await;
        }
        println!("{all:?}\n{}", tab.js(fired).await);
        println!("{}", tab.js("payloads.filter(([number]) => !fired.has(number)).map((p) => p[1] + ' ' + p[2].slice(0, 200))").await);
        // What the careless page itself suffers is no matter here.
        tab.console().await;
    });
}

fn payloads_in_attributes_run_nothing() {}
fn payloads_as_the_feeds_address_run_nothing() {}
