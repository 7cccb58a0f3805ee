//! Nothing waits for anything that it need not wait for.

use crate::harness::{Tab, cases, in_browser};

cases![
    the_feed_does_not_wait_for_the_wasm,
    the_wasm_does_not_wait_for_the_feed,
    five_elements_share_one_feed_request_and_one_instance,
    what_is_tried_while_the_feed_is_on_its_way_is_seen_by_nobody,
    nothing_is_tried_that_is_not_there_yet,
    both_scripts_ask_to_be_compiled_while_they_arrive,
];

const PAGE: &str = "/pages/waterfall/page.html";

/// Counts what makes an instance of a module.
const COUNTER: &str = "
    window.instances = 0;
    // An instance with a memory of its own: the second module works on the first one's.
    const count = (instance) => {
      if (Object.values(instance.exports).some((item) => item instanceof WebAssembly.Memory)) window.instances += 1;
      return instance;
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const own = WebAssembly[name];
      WebAssembly[name] = async (...values) => {
        const made = await own.apply(WebAssembly, values);
        count(made.instance ?? made);
        return made;
      };
    }
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
      construct(target, values) { return count(new target(...values)); },
    });";

/// Start and end of the one request whose address ends so, but for what comes after the first card.
async fn timing(tab: &Tab, end: &str) -> (f64, f64) {
    let entries = tab
        .js(&format!(
            "performance.getEntriesByType('resource').filter((entry) => new URL(entry.name).pathname.endsWith({end:?}) && !/kabar-[a-z-]+-/.test(entry.name))
                .map((entry) => [entry.startTime, entry.responseEnd])"
        ))
        .await;
    assert_eq!(entries.as_array().unwrap().len(), 1, "requests for {end}: {entries}");
    (entries[0][0].as_f64().unwrap(), entries[0][1].as_f64().unwrap())
}

async fn five_are_ready(tab: &Tab) {
    tab.until("events('kabar-ready').length === 5").await;
}

fn the_feed_does_not_wait_for_the_wasm() {
    in_browser(async |tab| {
        // The wasm takes 900 ms longer: only a feed that waits for it starts after that.
        tab.open_with(PAGE, &[("dist", "dist-slow"), ("feed", "/feed/good.json")]).await;
        five_are_ready(tab).await;
        let (feed, _) = timing(tab, "/good.json").await;
        let (_, wasm) = timing(tab, ".wasm").await;
        assert!(feed < wasm - 500.0, "the feed was asked for at {feed} ms, the wasm was there at {wasm} ms");
        tab.console_is_empty().await;
    });
}

fn the_wasm_does_not_wait_for_the_feed() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("dist", "dist"), ("feed", "/feed/slow/good.json")]).await;
        five_are_ready(tab).await;
        let (_, feed) = timing(tab, "/good.json").await;
        let (wasm, _) = timing(tab, ".wasm").await;
        assert!(wasm < feed - 500.0, "the wasm was asked for at {wasm} ms, the feed was there at {feed} ms");
        tab.console_is_empty().await;
    });
}

fn five_elements_share_one_feed_request_and_one_instance() {
    in_browser(async |tab| {
        tab.before(COUNTER).await;
        tab.open_with(PAGE, &[("dist", "dist"), ("feed", "/feed/good.json")]).await;
        five_are_ready(tab).await;
        assert_eq!(tab.asked("/feed/good.json"), 1);
        assert_eq!(tab.asked_for_wasm(), 1);
        tab.check("instances === 1").await;
        tab.console_is_empty().await;
    });
}

fn what_is_tried_while_the_feed_is_on_its_way_is_seen_by_nobody() {
    in_browser(async |tab| {
        tab.before(
            "window.made = [];
            const { createElement } = Document.prototype;
            Document.prototype.createElement = function (name, ...values) {
              const element = createElement.call(this, name, ...values);
              if (name === 'article') made.push([performance.now(), document.querySelector('#fallback').getClientRects().length, element]);
              return element;
            };",
        )
        .await;
        let body = "<kabar-cards feed=/feed/slow/good.json loading=eager><a id=fallback href=/archive>Semua artikel</a></kabar-cards>";
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("all('kabar-cards', 'article').length === 6 && made.length === 7").await;
        tab.check("made[0][1] > 0 && !made[0][2].isConnected && made.slice(1).every(([, , article]) => article.isConnected)").await;
        let (_, feed) = timing(tab, "/good.json").await;
        let tried = tab.js("made[0][0]").await.as_f64().unwrap();
        assert!(tried < feed, "tried at {tried} ms, the feed was there at {feed} ms");
        assert_eq!(tab.asked("/a"), 0);
        tab.console_is_empty().await;
    });
}

fn nothing_is_tried_that_is_not_there_yet() {
    in_browser(async |tab| {
        tab.before(COUNTER).await;
        // What renders a teaser comes after the feed.
        tab.before(
            "const own = fetch;
            let arrived;
            const feed = new Promise((resolve) => (arrived = resolve));
            window.fetch = async (url, ...values) => {
              if (/kabar-next-/.test(url)) await feed;
              const response = await own(url, ...values);
              if (/good[.]json/.test(url)) arrived();
              return response;
            };",
        )
        .await;
        let body = "<kabar-next feed=/feed/slow/good.json loading=eager></kabar-next>";
        tab.open_with("/pages/elements/page.html", &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-next").await;
        tab.check("instances === 1").await;
        tab.console_is_empty().await;
    });
}

fn both_scripts_ask_to_be_compiled_while_they_arrive() {
    in_browser(async |tab| {
        tab.open_with(PAGE, &[("dist", "dist"), ("feed", "/feed/good.json")]).await;
        five_are_ready(tab).await;
        let starts = tab
            .texts(
                "Promise.all(performance.getEntriesByType('resource').map((entry) => entry.name)
                    .filter((name) => /kabar(-[0-9a-f]{8})?[.]js$/.test(name))
                    .map(async (name) => (await (await fetch(name)).text()).split('\\n')[0]))",
            )
            .await;
        // <https://v8.dev/blog/explicit-compile-hints>: at the top of a file, or it is a comment like others.
        assert_eq!(starts, ["//# allFunctionsCalledOnLoad"; 2]);
    });
}
