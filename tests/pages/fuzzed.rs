//! Kabar through what a publisher can write, with values that a counter made: the
//! same in every run, so that what fails once fails again.
//!
//! `cargo xtask fuzz pages` goes on for longer, from another seed each time.

mod chance;

use std::{
    collections::HashSet,
    env, thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use self::chance::Chance;
use crate::{
    harness::{Policy, Tab, cases, in_browser, reliability},
    policies,
};

cases![feeds_and_attributes_made_by_chance, script_tags_made_by_chance, elements_used_by_chance];

/// What a page's values are made from, unless `KABAR_FUZZ_SEED` says another.
const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// Names a page's seed if what is done with it fails.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- KABAR_FUZZ_SEED={} makes this page first", self.0);
        }
    }
}

/// Visits so many pages, or as many as `KABAR_FUZZ_SECONDS` has time for.
fn visits(fault: &str, pages: u64, each: usize, outcome: &str, visit: impl AsyncFn(&Tab, &mut Chance)) {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().expect("a whole number"));
    let seed = number("KABAR_FUZZ_SEED").unwrap_or(SEED);
    let end = number("KABAR_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    in_browser(async |tab| {
        let mut page = 0;
        while end.map_or(page < pages, |end| Instant::now() < end) {
            let seed = Named(seed.wrapping_add(page));
            visit(tab, &mut Chance::new(seed.0)).await;
            page += 1;
        }
        if end.is_some() {
            println!("{fault}: {page} pages, the first of seed {seed}");
        } else {
            reliability::record(fault, each * usize::try_from(page).unwrap(), outcome);
        }
    });
}

/// What failed has a code of the publisher's, not one of Kabar's own.
async fn nothing_internal(tab: &Tab) {
    let codes = tab.texts("events('kabar-error').map(({ detail }) => detail.code)").await;
    assert!(codes.iter().all(|code| code == "config" || code.starts_with("feed-")), "{codes:?}");
    tab.check("[...document.querySelectorAll('kabar-cards, kabar-next, kabar-share')].every(({ shadowRoot }) => !shadowRoot.querySelector('script, iframe, [onerror]'))").await;
    // Warnings of wrong values, and nothing else but what the events say.
    let lines = tab.console().await;
    let is_said = |line: &String| line.starts_with("[kabar] ") && !line.contains("internal") || line.contains("Failed to load resource");
    assert!(lines.iter().all(is_said), "{lines:#?}");
}

/// Elements to a page: some seconds of work.
const ELEMENTS: usize = 60;

async fn many_elements(tab: &Tab, chance: &mut Chance) {
    let mut body = String::new();
    for number in 0..ELEMENTS {
        let name = format!("{number}.json");
        tab.make(&name, "application/json", chance.feed().to_string());
        body += &chance.element(&format!("/made/{name}"));
    }
    policies::open(tab, Policy::None, &(body + "<script src=/dist/kabar.js></script>")).await;
    tab.until(&format!("events('kabar-ready').length + events('kabar-error').length >= {ELEMENTS}")).await;
    // Bars at the least: what is made is not only refused.
    tab.check("events('kabar-ready').length > 10 && events('kabar-ready').some(({ tag }) => tag === 'kabar-cards')").await;
    nothing_internal(tab).await;
}

fn feeds_and_attributes_made_by_chance() {
    visits("feeds and attributes made by chance", 8, ELEMENTS, "renders, or a code of the feed's and the fallback", many_elements);
}

/// Script tags to a page: each is another evaluation of the loader.
const TAGS: usize = 24;

async fn many_tags(tab: &Tab, chance: &mut Chance) {
    tab.make("feed.json", "application/json", chance.feed().to_string());
    let mut body = "<div id=there></div>".to_owned();
    let (mut expected, mut refused, mut known) = (0, 0, HashSet::new());
    for _ in 0..TAGS {
        let tag = chance.script_tag();
        body += &tag.html;
        // The same tag again does nothing, once it has found its place.
        if known.insert(tag.key()) || !tag.is_there {
            expected += tag.elements();
            refused += tag.refusals();
        }
    }
    policies::open(tab, Policy::None, &body).await;
    tab.until("document.readyState === 'complete'").await;
    let elements = "[...document.querySelectorAll('kabar-cards, kabar-next, kabar-share')]";
    assert_eq!(tab.js(&format!("{elements}.length")).await, expected);
    // Each was seen, and so has each tag that asks for what is not there.
    tab.until(&format!("events('kabar-ready').length + events('kabar-error').length >= {}", expected + refused)).await;
    tab.check(&format!("events('kabar-error').filter(({{ tag }}) => tag === 'script').length === {refused}")).await;
    nothing_internal(tab).await;
}

fn script_tags_made_by_chance() {
    visits("script tags made by chance", 8, TAGS, "the elements that they name, or `config`", many_tags);
}

/// What is done to a page's elements, one after the other or in the same moment.
const STEPS: usize = 80;

async fn much_use(tab: &Tab, chance: &mut Chance) {
    let mut body = String::new();
    for number in 0..3 {
        let name = format!("{number}.json");
        tab.make(&name, "application/json", chance.feed().to_string());
        for _ in 0..2 {
            body += &chance.element(&format!("/made/{name}"));
        }
    }
    policies::open(tab, Policy::None, &(body + "<div id=there></div><script src=/dist/kabar.js></script>")).await;
    tab.until("window.Kabar !== undefined").await;
    for _ in 0..STEPS / 8 {
        let steps: Vec<Value> = (0..8).map(|_| chance.step()).collect();
        tab.run(&format!("const steps = {};\n{}", Value::from(steps), include_str!("fuzzed/steps.js"))).await;
    }
    // All that came of it is over once a last one is ready, and lives.
    tab.run("for (const one of document.querySelectorAll('kabar-cards, kabar-next, kabar-share')) one.remove();").await;
    let last = "<kabar-cards id=last loading=eager feed=/feed/good.json></kabar-cards>";
    tab.run(&format!("document.body.insertAdjacentHTML('beforeend', {last:?});")).await;
    tab.until("events('kabar-ready').some(({ id }) => id === 'last')").await;
    tab.check("inside('#last', 'article.card') !== null").await;
    nothing_internal(tab).await;
}

fn elements_used_by_chance() {
    visits(
        "things done to elements by chance: attributes, properties, moves, clicks",
        8,
        STEPS,
        "renders, or a code of the feed's",
        much_use,
    );
}
