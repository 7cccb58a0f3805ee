//! The visits: what is done in the browser, and which samples it gives.

use std::{collections::BTreeMap, thread, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    chromium::{Chromium, Page},
    variants::{BARS, CODE, EMPTY, MORE, PLAIN, WHOLE},
};

const PROBE: &str = include_str!("../../../bench/probe.js");

/// How much slower a cheap phone is than the machine that measures.
const SLOWER: u32 = 4;

/// A slow mobile network: milliseconds until an answer begins, and bytes a second.
const LATENCY: u32 = 150;
const DOWN: u32 = 1_600_000 / 8;
const UP: u32 = 750_000 / 8;

/// How long each visit before the fourth lasts once all is shown, in milliseconds.
/// V8 keeps a script's code a moment after its second visit, and a module's two
/// seconds after it has run hot: a reader of an article stays longer than that.
const FORMER: [u64; 3] = [500, 500, 3_000];

/// A browser that is so often in trouble measures nothing.
const FAILURES: usize = 5;

/// What a trace notes: the main thread's tasks, scripts, wasm, and what arrives when.
const TRACED: &str = "devtools.timeline,disabled-by-default-devtools.timeline,v8,v8.wasm,blink.user_timing,loading";

/// What was measured: the values of a quantity for a variant.
#[derive(Default)]
pub(super) struct Samples(BTreeMap<(String, String), Vec<f64>>);

impl Samples {
    pub(super) fn add(&mut self, quantity: &str, variant: &str, value: f64) {
        self.0.entry((quantity.to_owned(), variant.to_owned())).or_default().push(value);
    }

    /// All values of an object.
    fn add_all(&mut self, visit: &str, variant: &str, values: &Value) {
        for (name, value) in values.as_object().into_iter().flatten() {
            if let Some(value) = value.as_f64() {
                self.add(&format!("{visit} {name}"), variant, value);
            }
        }
    }

    /// The values, sorted; none where nothing was measured.
    pub(super) fn sorted(&self, quantity: &str, variant: &str) -> Vec<f64> {
        let mut values = self.0.get(&(quantity.to_owned(), variant.to_owned())).cloned().unwrap_or_default();
        values.sort_by(f64::total_cmp);
        values
    }

    /// A quantity that is the same each time.
    pub(super) fn set(&mut self, quantity: &str, variant: &str, value: f64) {
        self.0.insert((quantity.to_owned(), variant.to_owned()), vec![value]);
    }
}

/// The browser at a site.
pub(super) struct Bench<'a> {
    pub(super) chromium: &'a mut Chromium,
    pub(super) origin: &'a str,
    pub(super) samples: &'a mut Samples,
    /// Visits that failed; their values are missing.
    pub(super) failures: usize,
}

impl Bench<'_> {
    /// A first visit of each variant, with nothing in the cache.
    pub(super) fn cold(&mut self, turn: usize) -> Result<()> {
        for variant in turned(&WHOLE, turn) {
            self.visit(variant, |bench, page| {
                bench.slow(page, true)?;
                bench.go(page, variant)?;
                let times = bench.chromium.evaluate(page, "probe.arrival()")?;
                bench.samples.add_all("cold", variant, &times);
                if CODE.contains(&variant) {
                    bench.click(page, variant, "copy")?;
                }
                Ok(())
            })?;
        }
        self.visit(MORE, |bench, page| {
            bench.slow(page, true)?;
            bench.go(page, MORE)?;
            bench.chromium.evaluate(page, "probe.arrival()")?;
            bench.click(page, "kabar", "more")
        })?;
        for variant in turned(&BARS, turn) {
            self.visit(variant, |bench, page| {
                bench.slow(page, true)?;
                bench.go(page, variant)?;
                let times = bench.chromium.evaluate(page, "probe.bar()")?;
                bench.samples.add_all("bar", variant, &times);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// A fourth visit of each variant, by a reader who has what can be kept.
    pub(super) fn warm(&mut self, turn: usize) -> Result<()> {
        for variant in turned(&CODE, turn) {
            self.visit(variant, |bench, page| {
                for stay in FORMER {
                    bench.go(page, variant)?;
                    bench.chromium.evaluate(page, "probe.arrival()")?;
                    thread::sleep(Duration::from_millis(stay));
                    bench.leave(page)?;
                }
                bench.slow(page, true)?;
                bench.go(page, variant)?;
                let times = bench.chromium.evaluate(page, "probe.arrival()")?;
                bench.samples.add_all("warm", variant, &times);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Long lists on a slow processor; the network is left out of it.
    pub(super) fn lists(&mut self, turn: usize, longest: bool) -> Result<()> {
        let variants: Vec<_> = CODE.into_iter().chain(PLAIN).collect();
        for variant in turned(&variants, turn) {
            self.visit(variant, |bench, page| {
                bench.go(page, variant)?;
                bench.chromium.evaluate(page, "probe.arrival()")?;
                bench.slow(page, false)?;
                let mut measure = |quantity: &str, expression: &str| {
                    let time = bench.chromium.evaluate(page, expression).with_context(|| quantity.to_owned())?;
                    bench.samples.add(quantity, variant, time.as_f64().with_context(|| format!("{quantity}: no number"))?);
                    Ok::<_, anyhow::Error>(())
                };
                measure("first of 10000", r#"probe.list("/feed/10000.json?first", 10)"#)?;
                measure("parse 10000", r#"probe.parse("/feed/10000.json?parse")"#)?;
                measure("all 1000", r#"probe.list("/feed/1000.json", 1000)"#)?;
                measure("sort 1000", r#"probe.change("order", "oldest", 1000, " 1000")"#)?;
                measure("all 1000 of 2000", r#"probe.list("/feed/2000.json", 1000)"#)?;
                measure("append 1000", r#"probe.change("limit", "2000", 2000, " 0")"#)?;
                if longest && !PLAIN.contains(&variant) {
                    measure("all 10000", r#"probe.list("/feed/10000.json?all", 10000)"#)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The memory of a page at rest, with each variant and without any.
    pub(super) fn memory(&mut self) -> Result<()> {
        for variant in CODE.into_iter().chain([EMPTY]) {
            self.visit(variant, |bench, page| {
                bench.go(page, variant)?;
                if variant != EMPTY {
                    bench.chromium.evaluate(page, "probe.arrival()")?;
                }
                let bytes = bench.bytes(page)?;
                bench.samples.add("memory", variant, bytes);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// A trace of a cold visit, to see what the time goes into.
    pub(super) fn trace(&mut self, variant: &str) -> Result<String> {
        let mut trace = String::new();
        self.visit(variant, |bench, page| {
            bench.slow(page, true)?;
            let (origin, samples) = (bench.origin, &mut Samples::default());
            trace = bench.chromium.trace(TRACED, |chromium| {
                let mut bench = Bench { chromium, origin, samples, failures: 0 };
                bench.go(page, variant)?;
                bench.chromium.evaluate(page, "probe.arrival()").map(drop)
            })?;
            Ok(())
        })?;
        Ok(trace)
    }

    /// The markup of a variant's widget, in a form that can be compared.
    pub(super) fn markup(&mut self, variant: &str) -> Result<String> {
        let mut markup = String::new();
        self.visit(variant, |bench, page| {
            bench.go(page, variant)?;
            let text = bench.chromium.evaluate(page, "probe.arrival().then(probe.markup)")?;
            text.as_str().unwrap_or_default().clone_into(&mut markup);
            Ok(())
        })?;
        Ok(markup)
    }

    /// JavaScript's heap and the memories of wasm instances, after a collection.
    fn bytes(&mut self, page: &Page) -> Result<f64> {
        self.chromium.call(page, "HeapProfiler.enable", json!({}))?;
        for _ in 0..2 {
            self.chromium.call(page, "HeapProfiler.collectGarbage", json!({}))?;
        }
        let heap = self.chromium.call(page, "Runtime.getHeapUsage", json!({}))?;
        let wasm = self.chromium.evaluate(page, "probe.memory()")?;
        let used = heap["usedSize"].as_f64().context("Chromium: no usedSize of the heap")?;
        Ok(used + wasm.as_f64().context("the probe: no bytes of memory")?)
    }

    /// A click on one of the probe's buttons, on the slow phone.
    fn click(&mut self, page: &Page, variant: &str, button: &str) -> Result<()> {
        self.chromium.allow_clipboard(page)?;
        let place = self.chromium.evaluate(page, &format!("probe.button({button:?})"))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1 });
            self.chromium.call(page, "Input.dispatchMouseEvent", event)?;
        }
        let time = self.chromium.evaluate(page, &format!("probe.clicked({button:?})"))?;
        self.samples.add(&format!("click {button}"), variant, time.as_f64().context("the click was not seen")?);
        Ok(())
    }

    /// Does something on a page of its own, which starts at the site's blank one.
    ///
    /// One visit that fails is said and left out: a bench of half an hour is not
    /// lost to it.
    fn visit(&mut self, variant: &str, act: impl FnOnce(&mut Self, &Page) -> Result<()>) -> Result<()> {
        let page = self.chromium.open(&format!("{}/blank", self.origin))?;
        let result = self.prepare(&page).and_then(|()| act(self, &page)).with_context(|| format!("on the page of {variant}"));
        self.chromium.close(page)?;
        if let Err(error) = result {
            self.failures += 1;
            if self.failures > FAILURES {
                return Err(error);
            }
            println!("      left out: {error:#}");
        }
        Ok(())
    }

    /// A phone's window, and the probe in every page.
    fn prepare(&mut self, page: &Page) -> Result<()> {
        let phone = json!({ "width": 412, "height": 823, "deviceScaleFactor": 1.75, "mobile": true });
        for (method, parameters) in [
            ("Page.enable", json!({})),
            ("Network.enable", json!({})),
            ("Emulation.setDeviceMetricsOverride", phone),
            ("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })),
            ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE })),
        ] {
            self.chromium.call(page, method, parameters)?;
        }
        self.leave(page)
    }

    /// From here on the page is on a slow phone, and on a slow network if wished.
    fn slow(&mut self, page: &Page, network: bool) -> Result<()> {
        self.chromium.call(page, "Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }))?;
        if network {
            let slow = json!({ "offline": false, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP });
            self.chromium.call(page, "Network.emulateNetworkConditions", slow)?;
        }
        Ok(())
    }

    fn go(&mut self, page: &Page, variant: &str) -> Result<()> {
        self.navigate(page, &format!("/page/{variant}"))
    }

    fn leave(&mut self, page: &Page) -> Result<()> {
        self.navigate(page, "/blank")
    }

    fn navigate(&mut self, page: &Page, path: &str) -> Result<()> {
        let answer = self.chromium.call(page, "Page.navigate", json!({ "url": format!("{}{path}", self.origin) }))?;
        match answer["errorText"].as_str() {
            Some(error) => anyhow::bail!("{path}: {error}"),
            None => Ok(()),
        }
    }
}

/// The names from another one on each turn: none always follows the same one.
fn turned<'a>(names: &[&'a str], turn: usize) -> Vec<&'a str> {
    let mut names = names.to_vec();
    let by = turn % names.len();
    names.rotate_left(by);
    names
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn each_turn_begins_with_another() {
        assert_eq!(turned(&["a", "b", "c"], 4), ["b", "c", "a"]);
    }
}
