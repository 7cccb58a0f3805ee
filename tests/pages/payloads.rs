//! Script in a feed, tried in some thousand ways: nothing of it runs, and nothing
//! that Kabar did not make itself gets into its shadow roots. A page that is not
//! careful shows that the same payloads do run.

mod addresses;
pub(crate) mod feeds;
mod markup;

use std::fmt::Write as _;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Policy, STRICT, Tab, cases, in_browser, reliability};
use feeds::Format;

cases![
    the_payloads_run_in_a_page_that_is_not_careful,
    the_addresses_run_in_a_page_that_is_not_careful,
    payloads_in_feeds_of_json_run_nothing,
    payloads_in_feeds_of_xml_run_nothing,
    payloads_in_attributes_run_nothing,
    payloads_as_the_feeds_address_run_nothing,
];

/// A text that wants to run code.
pub(crate) struct Payload {
    family: &'static str,
    text: String,
    address: bool,
}

impl Payload {
    /// A text that wants nothing.
    pub(crate) fn plain(text: &str) -> Self {
        Self { family: "plain", text: text.to_owned(), address: false }
    }
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

async fn open(tab: &Tab, policy: Policy, body: &str) {
    tab.before(include_str!("payloads/detector.js")).await;
    let page = format!("<!doctype html>\n<html lang=id>\n<meta charset=\"utf-8\">\n<title>Muatan</title>\n{body}");
    tab.make_page("page.html", policy, page);
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
    tab.check("[...document.body.querySelectorAll('*')].every((node) => node.matches('script, kabar-cards, kabar-next, kabar-share'))")
        .await;
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
        writeln!(
            body,
            "<kabar-cards feed='/made/{name}' limit=10000 order=feed {common}></kabar-cards>\
            <kabar-next feed='/made/{name}' order=feed current='/made/{place}' {common}></kabar-next>"
        )
        .unwrap();
    }
    body + "<script src='/dist/kabar.js'></script>"
}

/// Shows the payloads in feeds of a format.
async fn in_feeds(tab: &Tab, format: Format) {
    let payloads = payloads();
    let body = elements(tab, format, &payloads);
    // The policy only tells, so that it stops no payload. Where the pictures are
    // is the publisher's to say.
    let policy = STRICT.replace("img-src 'self'", "img-src http: https:");
    open(tab, Policy::ReportOnly(policy), &body).await;
    // A teaser of which nothing comes next is ready, and empty.
    let count = payloads.chunks(FEED).count();
    let rendered = format!(
        "[...document.querySelectorAll('kabar-cards')].every(({{ shadowRoot }}) => shadowRoot.querySelector('article'))
            && events('kabar-ready').filter(({{ tag }}) => tag === 'kabar-next').length >= {count}"
    );
    tab.until_within(30, &format!("{rendered} || events('kabar-error').length > 0")).await;
    assert_eq!(tab.js("events('kabar-error').map(({ detail }) => detail)").await, json!([]), "{}", format.0);
    let audit = nothing_ran(tab).await;
    assert_eq!(audit["cards"], payloads.len(), "{}: each payload has its card: {audit}", format.0);
    only_pictures_are_missing(tab).await;
    let fault = format!("script in every text and address field of a feed: {}", format.0);
    let outcome = "nothing ran; only Kabar's own elements, and links over http and https; no violation of the strict policy";
    reliability::record(&fault, payloads.len(), outcome);
}

fn payloads_in_feeds_of_json_run_nothing() {
    for format in feeds::JSON {
        in_browser(async |tab| in_feeds(tab, *format).await);
    }
}

fn payloads_in_feeds_of_xml_run_nothing() {
    for format in feeds::XML {
        in_browser(async |tab| in_feeds(tab, *format).await);
    }
}

/// The families that must run in the page that is not careful, and how many in a
/// hundred of each at least. The others are addresses that no browser runs any
/// more, or that only lead astray.
const RUN: &[(&str, u64)] = &[
    ("comment", 100),
    ("end of an attribute", 80),
    ("handler", 70),
    ("handler of a picture", 70),
    ("handlers of a tag", 100),
    ("mathml", 100),
    ("mutation", 100),
    ("reference", 50),
    ("script", 80),
    ("spelling", 75),
    ("svg", 100),
    ("template", 90),
];

/// The same of addresses.
const RUN_AS_ADDRESS: &[(&str, u64)] = &[("javascript:", 75), ("data:", 85)];

/// Has a page that is not careful use the payloads, and waits until of each
/// family as many have run as must.
async fn run_without_care(tab: &Tab, address: bool, run: &[(&str, u64)]) {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    let mut list = Vec::new();
    for (number, payload) in payloads().into_iter().enumerate() {
        if payload.address == address {
            *all.entry(payload.family).or_default() += 1;
            list.push(json!([number, payload.family, payload.text, address]));
        }
    }
    let tried = list.len();
    tab.make("payloads.js", "text/javascript", format!("const payloads = {}", Value::from(list)));
    tab.make("control.js", "text/javascript", include_str!("payloads/control.js"));
    open(tab, Policy::None, "<body><script src=/made/payloads.js></script><script src=/made/control.js></script>").await;
    tab.run("attack();").await;
    let ran = "payloads.reduce((sum, [number, family]) => ({ ...sum, [family]: (sum[family] ?? 0) + fired.has(number) }), {})";
    let mut least = 0;
    for (family, percent) in run {
        let wanted = all[family] * percent / 100;
        tab.until(&format!("({ran})['{family}'] >= {wanted}")).await;
        least += wanted;
    }
    // What the careless page itself suffers is no matter here.
    tab.console().await;
    let kind = if address { "addresses" } else { "markup" };
    let fault = format!("the same {kind} in a page that takes texts for markup, to see that they do run");
    reliability::record(&fault, tried, &format!("at least {least} ran"));
}

fn the_payloads_run_in_a_page_that_is_not_careful() {
    in_browser(async |tab| run_without_care(tab, false, RUN).await);
}

fn the_addresses_run_in_a_page_that_is_not_careful() {
    in_browser(async |tab| run_without_care(tab, true, RUN_AS_ADDRESS).await);
}

/// Gives payloads to attributes: as many at a time as there are elements that
/// match `selector`. `set` is given an element, a number and a payload, and
/// `shown` whether the element shows what came of it.
async fn in_attributes(tab: &Tab, selector: &str, payloads: Vec<Payload>, set: &str, shown: &str) {
    let list: Vec<Value> = payloads.into_iter().map(|payload| payload.text.into()).collect();
    tab.run_with("window.payloads = arguments[0]; window.round = 0;", vec![list.into()]).await;
    let script = format!(
        "const give = {set}, has = {shown};
        const elements = [...document.querySelectorAll('{selector}')];
        window.done = (async () => {{
          for (let start = 0; start < payloads.length; start += elements.length) {{
            const now = elements.filter((_, place) => start + place < payloads.length);
            now.forEach((element, place) => give(element, start + place, payloads[start + place]));
            while (!now.every((element, place) => has(element, start + place))) await new Promise((done) => later(done, 1));
            const {{ bad }} = audit();
            if (bad.length) return bad;
          }}
          return [];
        }})();"
    );
    tab.run(&script).await;
    assert_eq!(tab.run("return window.done;").await, json!([]));
    nothing_ran(tab).await;
    let lines = tab.console().await;
    // An attribute's value that is not allowed is warned of, and no more.
    let other: Vec<_> = lines.iter().filter(|line| !line.starts_with("[kabar] ") || line.starts_with("[kabar] internal")).collect();
    assert!(other.is_empty(), "{other:#?}");
    tab.console_is_empty().await;
}

fn payloads_in_attributes_run_nothing() {
    in_browser(async |tab| {
        let body = "<kabar-share loading=eager></kabar-share>".repeat(FEED) + "<script src=/dist/kabar.js></script>";
        open(tab, Policy::None, &body).await;
        tab.until(&format!("events('kabar-ready').length === {FEED}")).await;
        let set = "(element, number, payload) => {
            for (const name of ['url', 'title', 'text', 'image', 'via', 'hashtags', 'utm', 'lang', 'timezone', 'theme', 'variant']) element.setAttribute(name, payload);
            element.setAttribute('networks', `whatsapp facebook x telegram line email copy ${payload}`);
            element.setAttribute('label', `L${number} ${payload}`);
        }";
        let shown = "(element, number) => element.shadowRoot.querySelector('.label').textContent.startsWith(`L${number} `)";
        in_attributes(tab, "kabar-share", payloads(), set, shown).await;
        reliability::record("script in every attribute of `<kabar-share>`", payloads().len(), HARMLESS);
    });
    in_browser(async |tab| {
        let body =
            "<kabar-cards feed=/feed/good.json loading=eager limit=3></kabar-cards>".repeat(FEED) + "<script src=/dist/kabar.js></script>";
        open(tab, Policy::None, &body).await;
        tab.until(&format!("events('kabar-ready').length === {FEED}")).await;
        let set = "(element, number, payload) => {
            for (const name of ['current', 'lang', 'timezone', 'dates', 'theme', 'layout', 'order', 'open', 'heading', 'exclude-current', 'excerpt-words']) element.setAttribute(name, payload);
            element.setAttribute('show', `title image date tags ${payload}`);
            element.setAttribute('limit', element.round = 3 - (element.round ?? 1));
        }";
        let shown = "(element) => element.shadowRoot.querySelectorAll('article').length === element.round";
        // Few of these attributes take a text, and each round renders all cards anew.
        let some: Vec<_> = payloads().into_iter().step_by(4).collect();
        let count = some.len();
        in_attributes(tab, "kabar-cards", some, set, shown).await;
        reliability::record("script in every attribute of `<kabar-cards>` but `feed`", count, HARMLESS);
    });
}

/// What comes of script where only words are expected.
const HARMLESS: &str = "nothing ran; a value that is not allowed is warned of in one console line";

fn payloads_as_the_feeds_address_run_nothing() {
    in_browser(async |tab| {
        open(tab, Policy::None, "<script src=/dist/kabar.js></script>").await;
        let list: Vec<Value> = payloads().into_iter().filter(|payload| payload.address).map(|payload| payload.text.into()).collect();
        let count = list.len();
        let script = "for (const payload of arguments[0]) {
            const element = document.createElement('kabar-cards');
            element.setAttribute('loading', 'eager');
            element.setAttribute('feed', payload);
            document.body.append(element);
        }";
        tab.run_with(script, vec![list.into()]).await;
        tab.until_within(30, &format!("events('kabar-error').length === {count}")).await;
        tab.check("events('kabar-ready').length === 0").await;
        let codes = tab.js("[...new Set(events('kabar-error').map(({ detail }) => detail.code))].sort()").await;
        assert_eq!(codes, json!(["config", "feed-status", "feed-unreachable"]));
        nothing_ran(tab).await;
        tab.console().await;
        tab.console_is_empty().await;
        reliability::record(
            "script and strange addresses as the feed's address",
            count,
            "nothing ran; `config`, `feed-status` or `feed-unreachable`",
        );
    });
}
