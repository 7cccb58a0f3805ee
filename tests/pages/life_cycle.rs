//! Elements that come and go, by the hundred and by the thousand: what they
//! took is given back, and the last word counts.

use std::{env, fs, path::Path};

use serde_json::{Value, json};

use crate::{
    harness::{
        Engine, Tab, cases, in_browser, reliability,
        wire::{End, Step, Wire, head},
    },
    network::{ONE, PROBE},
};

cases![
    ten_thousand_mounts_and_unmounts,
    removed_while_the_feed_is_on_its_way,
    a_timer_goes_with_its_element,
    a_hundred_addresses_in_flight,
    a_hundred_elements_on_a_slow_phone,
    away_and_back,
    two_versions_of_the_script,
];

const PAGE: &str = "/pages/elements/page.html";
const JSON: &str = "content-type: application/feed+json";

/// Puts elements of all three kinds into the page, waits until each is ready,
/// takes them out again, and does so many times over.
const COME_AND_GO: &str = "
    const [batches, size] = arguments;
    const kinds = ['kabar-cards', 'kabar-share', 'kabar-next'];
    return (async () => {
      for (let batch = 0; batch < batches; batch++) {
        seen.heard.splice(0);
        const place = document.createElement('div');
        for (let count = 0; count < size; count++) {
          const element = document.createElement(kinds[count % 3]);
          element.setAttribute('loading', 'eager');
          if (count % 3 !== 1) element.setAttribute('feed', '/feed/good.json');
          place.append(element);
        }
        document.body.append(place);
        const deadline = performance.now() + 20000;
        while (events('kabar-ready').length < size) {
          if (performance.now() > deadline) return `only ${events('kabar-ready').length} of ${size} are ready in batch ${batch}`;
          await new Promise((done) => later(done, 5));
        }
        place.remove();
        await new Promise((done) => later(done, 0));
      }
      seen.heard.splice(0);
      return '';
    })();";

/// What a page holds after its garbage is collected.
#[derive(Debug)]
struct Held {
    heap: i64,
    nodes: i64,
    listeners: i64,
    wasm: i64,
}

async fn held(tab: &Tab) -> Held {
    tab.settle().await;
    // What is freed by a finalizer is garbage only after the next collection.
    for _ in 0..3 {
        tab.cdp("HeapProfiler.collectGarbage", json!({})).await;
        tab.settle().await;
    }
    let answer = tab.ask("Performance.getMetrics", json!({})).await;
    let metric = |name: &str| {
        let row = answer["metrics"].as_array().unwrap().iter().find(|row| row["name"] == name);
        #[expect(clippy::cast_possible_truncation, reason = "a count, which Chromium writes as a fraction")]
        row.and_then(|row| row["value"].as_f64()).map_or_else(|| panic!("no {name}: {answer}"), |value| value as i64)
    };
    let wasm = tab.js("probe.bytes()").await.as_i64().unwrap();
    Held { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners"), wasm }
}

async fn come_and_go(tab: &Tab, batches: u32, size: u32) {
    let result = tab.run_with(COME_AND_GO, vec![batches.into(), size.into()]).await;
    assert_eq!(result, Value::String(String::new()));
}

fn ten_thousand_mounts_and_unmounts() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        // The date formatter and all that is made once per page is not to be counted: an element that stays has it.
        tab.open_with(PAGE, &[("body", "<kabar-cards feed=\"/feed/good.json\" loading=\"eager\"></kabar-cards>")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        if !tab.is(Engine::Chromium) {
            // The others do not say what they hold; that they come to the end is something.
            come_and_go(tab, 20, 50).await;
            tab.console_is_empty().await;
            return;
        }
        tab.cdp("Performance.enable", json!({})).await;
        come_and_go(tab, 10, 50).await;
        let before = held(tab).await;
        for _ in 0..10 {
            come_and_go(tab, 20, 50).await;
        }
        let after = held(tab).await;
        println!("before 10,000 mounts {before:?}, after {after:?}");
        // The issue's 0.2 MB, for the JavaScript and the wasm together.
        let grown = after.heap - before.heap + after.wasm - before.wasm;
        assert!(grown <= 200_000, "{grown} bytes more: before {before:?}, after {after:?}");
        // A few belong to the questions asked here.
        assert!(after.nodes - before.nodes <= 20, "nodes stay: before {before:?}, after {after:?}");
        assert!(after.listeners - before.listeners <= 5, "listeners stay: before {before:?}, after {after:?}");
        tab.until("probe.idle()").await;
        tab.check("probe.memories.size === 1").await;
        tab.console_is_empty().await;
        reliability::record(
            "an element mounted and unmounted",
            10_000,
            "JavaScript and wasm memory is back within 0.2 MB after collection, nodes within 20, listeners within 5",
        );
    });
}

fn removed_while_the_feed_is_on_its_way() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let wire = Wire::start();
        let address = wire.answer("/feed", vec![Step::Send(head("200 OK", &[JSON])), Step::Send(b"{".to_vec()), Step::Hold]);
        let element = format!("<kabar-cards feed=\"{address}\"><a href=/archive>Semua artikel</a></kabar-cards>");
        tab.open_with(PAGE, &[("body", &element)]).await;
        for times in 1..=5 {
            wire.until("the request is there", |asked| asked.len() == times).await;
            tab.run("window.gone = one('kabar-cards'); gone.remove();").await;
            assert_eq!(wire.ends().await, vec![End::HungUp; times], "the request is aborted");
            tab.until("probe.idle()").await;
            if times < 5 {
                tab.run("document.body.append(gone);").await;
            }
        }
        // It was removed, which is no failure.
        tab.check("events('kabar-error').length === 0 && events('kabar-ready').length === 0").await;
        wire.answer_with("/feed", "200 OK", &[JSON], ONE.as_bytes());
        tab.run("document.body.append(gone);").await;
        tab.until("all('kabar-cards', 'article.card').length === 1").await;
        tab.console_is_empty().await;
        reliability::record(
            "an element removed while its feed is on its way",
            5,
            "the request is aborted, no timer is left; back in the page it renders",
        );
    });
}

fn a_timer_goes_with_its_element() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        tab.open_with(PAGE, &[("body", r#"<kabar-share networks="copy"></kabar-share>"#)]).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.until("probe.later > 0").await;
        tab.settle().await;
        tab.click("inside('kabar-share', '[data-network=copy]')").await;
        tab.until_event("kabar-shared", "kabar-share").await;
        // It is to take the confirmation away.
        tab.until("probe.timers.size === 1").await;
        tab.run("one('kabar-share').remove(); return new Promise((done) => later(done, 0));").await;
        tab.check("probe.timers.size === 0").await;
        tab.console_is_empty().await;
        reliability::record("an element removed while its confirmation is shown", 1, "no timer is left");
    });
}

fn a_hundred_addresses_in_flight() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let wire = Wire::start();
        for place in 0..100 {
            wire.answer(&format!("/{place}"), vec![Step::Send(head("200 OK", &[JSON])), Step::Hold]);
        }
        tab.open_with(PAGE, &[("body", &format!("<kabar-cards feed=\"{}/0\"></kabar-cards>", wire.origin))]).await;
        wire.until("the first is asked", |asked| asked.len() == 1).await;
        // Each is begun, not only told: a task of its own between any two.
        let script = "const [origin] = arguments;
            return (async () => {
              for (let place = 1; place < 100; place++) {
                one('kabar-cards').setAttribute('feed', `${origin}/${place}`);
                await new Promise((done) => later(done, 0));
              }
              return true;
            })();";
        tab.run_with(script, vec![wire.origin.clone().into()]).await;
        wire.until("the last one lives, alone", |asked| {
            let live: Vec<_> = asked.iter().filter(|asked| asked.end.is_none()).collect();
            live.len() == 1 && live[0].path == "/99"
        })
        .await;
        tab.check("probe.timers.size === 1").await;
        assert!(wire.asked().iter().all(|asked| asked.path == "/99" || asked.end == Some(End::HungUp)), "{:#?}", wire.asked());
        let asked = wire.asked().len();
        assert!(asked > 10, "only {asked} of them were ever on their way");
        // The one that is wanted in the end is the one that is shown, whatever came before it.
        wire.answer_with("/last", "200 OK", &[JSON], ONE.as_bytes());
        tab.run_with("one('kabar-cards').setAttribute('feed', arguments[0]);", vec![format!("{}/last", wire.origin).into()]).await;
        tab.until("all('kabar-cards', 'h3 > a').length === 1 && all('kabar-cards', 'h3 > a')[0].textContent === 'Nelayan kembali melaut'")
            .await;
        wire.ends().await;
        tab.until("probe.idle()").await;
        tab.check("events('kabar-error').length === 0 && events('kabar-ready').length === 1").await;
        tab.console_is_empty().await;
        reliability::record("a changed feed address while the former is in flight", 100, "the last one wins, one request is live");
    });
}

fn a_hundred_elements_on_a_slow_phone() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let kinds = [
            "<kabar-cards feed=\"/feed/good.json\" loading=\"eager\" limit=\"2\"></kabar-cards>",
            "<kabar-share loading=\"eager\"></kabar-share>",
        ];
        let body: String = kinds.concat().repeat(50);
        let slow = tab.is(Engine::Chromium);
        if slow {
            tab.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
        }
        tab.open_with(PAGE, &[("body", &body)]).await;
        // Three seconds are the aim; a machine that does other things too gets more.
        tab.until_within(15, "events('kabar-ready').length === 100").await;
        let ready = tab.js("Math.round(performance.now())").await;
        println!("100 elements ready within {ready} ms of the page's start");
        tab.until("probe.later > 0").await;
        tab.settle().await;
        let script = "addEventListener('click', (event) => event.preventDefault());
            for (const element of document.querySelectorAll('kabar-cards, kabar-share'))
              element.shadowRoot.querySelector('h3 > a, a[data-network]').click();";
        tab.run(script).await;
        tab.until("events('kabar-card-click').length === 50 && events('kabar-share').length === 50").await;
        tab.check("probe.memories.size === 1").await;
        assert_eq!((tab.asked_for_wasm(), tab.asked("/feed/good.json")), (1, 1));
        if slow {
            tab.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await;
        }
        tab.console_is_empty().await;
        reliability::record("100 elements in one page, on a CPU slowed 4x", 1, "one wasm instance, one request for their feed, all usable");
    });
}

fn away_and_back() {
    in_browser(async |tab| {
        tab.before(PROBE).await;
        let body = "<script>addEventListener('click', (event) => event.preventDefault());
            addEventListener('pageshow', (event) => (window.restored = event.persisted));</script>
            <kabar-cards feed=/feed/good.json></kabar-cards><kabar-share></kabar-share><kabar-next feed=/feed/good.json></kabar-next>";
        // A page of its own path, for what is not to be stored is not kept to come back to either.
        tab.open_with("/pages/life_cycle/page.html", &[("body", body)]).await;
        for tag in ["kabar-cards", "kabar-share", "kabar-next"] {
            tab.until_event("kabar-ready", tag).await;
        }
        tab.until("probe.later > 0").await;
        tab.settle().await;
        // The tests' own recorder and probe listen for no such event.
        tab.check("probe.unloads === 0").await;
        tab.until("probe.idle()").await;
        tab.run("window.mark = 'same page'; seen.heard.splice(0);").await;
        tab.open("/pages/life_cycle/page.html?body=Lain").await;
        tab.back().await;
        tab.until("one('kabar-cards') !== null").await;
        let reasons = "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons ?? null)";
        let reasons = tab.text(reasons).await;
        assert_eq!(tab.js("[window.restored, window.mark]").await, json!([true, "same page"]), "not kept: {reasons}");
        tab.run("inside('kabar-cards', 'h3 > a').click(); inside('kabar-next', 'h3 > a').click();").await;
        tab.until("events('kabar-card-click').length === 1 && events('kabar-next-click').length === 1").await;
        tab.run("one('kabar-cards').setAttribute('limit', 3);").await;
        tab.until("all('kabar-cards', 'article.card').length === 3").await;
        assert_eq!((tab.asked_for_wasm(), tab.asked("/feed/good.json")), (1, 1), "nothing is fetched again");
        tab.console_is_empty().await;
        reliability::record("away and back by the back/forward cache", 1, "kept, and alive afterwards");
    });
}

fn two_versions_of_the_script() {
    in_browser(async |tab| {
        let dist = env::var_os("KABAR_DIST").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"), Into::into);
        let script = fs::read_to_string(dist.join("kabar.js")).unwrap();
        let own = env!("CARGO_PKG_VERSION");
        assert!(script.contains(own), "the loader has its version");
        let wire = Wire::start();
        let other = wire.answer_with("/kabar.js", "200 OK", &["content-type: text/javascript"], script.replace(own, "9.9.9").as_bytes());
        tab.open_with(PAGE, &[("body", "<kabar-share></kabar-share>")]).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        let script = "window.first = window.Kabar;
            return new Promise((resolve, reject) => {
              const again = document.createElement('script');
              Object.assign(again, { src: arguments[0], onload: () => resolve(true), onerror: reject });
              document.body.append(again);
            });";
        tab.run_with(script, vec![other.into()]).await;
        tab.settle().await;
        tab.check("window.Kabar === window.first").await;
        assert_eq!(tab.text("Kabar.version").await, own);
        assert_eq!(wire.asked().len(), 1, "nothing of the second version is fetched: {:#?}", wire.asked());
        let lines = tab.console().await;
        assert!(
            lines.len() == 1 && lines[0].starts_with("[kabar] ") && [own, "9.9.9"].iter().all(|version| lines[0].contains(version)),
            "one line that names both versions: {lines:#?}"
        );
        reliability::record("two versions of the script in one page", 1, "the first one works on, and a line says so");
    });
}
