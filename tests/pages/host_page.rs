//! Host pages that are not kind: globals replaced, prototypes extended, names
//! taken, style sheets that reach for everything.

use crate::harness::{Tab, cases, in_browser};

cases![
    globals_replaced_after_the_script_do_not_matter,
    extended_prototypes_do_not_matter,
    a_taken_element_name_is_left_alone,
    the_style_sheets_of_the_page_stay_outside,
    the_page_around_keeps_its_style,
    after_a_trap_a_fresh_instance_renders,
    after_a_second_trap_the_fallback_stays,
];

const PAGE: &str = "/pages/host_page/page.html";

async fn both_render(tab: &Tab) {
    tab.until_event("kabar-ready", "kabar-cards").await;
    tab.until_event("kabar-ready", "kabar-share").await;
    tab.check("all('kabar-cards', 'article.card').length === 6").await;
}

fn globals_replaced_after_the_script_do_not_matter() {
    in_browser(async |tab| {
        let after = "<script>
            window.fetch = () => { throw new Error('not yours'); };
            const own = setTimeout;
            // WebKit's driver calls it too, to run what the test asks.
            window.setTimeout = (...values) => {
              if (new Error().stack.includes('/dist/')) throw new Error('not yours');
              return own(...values);
            };
            window.AbortController = null;
            window.IntersectionObserver = null;
            </script>";
        tab.open_with(PAGE, &[("after", after)]).await;
        both_render(tab).await;
        tab.console_is_empty().await;
    });
}

fn extended_prototypes_do_not_matter() {
    in_browser(async |tab| {
        let before = "<script>
            Object.prototype.extra = function () { return 'extra'; };
            Array.prototype.remove = function () { return 'remove'; };
            String.prototype.toJSON = function () { return 'json'; };
            Array.prototype.toJSON = function () { return 'json'; };
            </script>";
        tab.open_with(PAGE, &[("before", before), ("script", "async")]).await;
        // The extensions would spoil what the recorder and the driver themselves
        // send, so they go before the first question. `window` says whose: in
        // Firefox, the script has prototypes of its own.
        tab.run(
            "return new Promise((done) => {
              (function look() {
                if (one('kabar-cards').shadowRoot?.querySelector('article') && one('kabar-share').shadowRoot?.querySelector('nav')) {
                  delete window.Object.prototype.extra;
                  delete window.Array.prototype.remove;
                  delete window.String.prototype.toJSON;
                  delete window.Array.prototype.toJSON;
                  done(true);
                } else setTimeout(look, 20);
              })();
            });",
        )
        .await;
        both_render(tab).await;
        tab.console_is_empty().await;
    });
}

fn a_taken_element_name_is_left_alone() {
    in_browser(async |tab| {
        let before = "<script>
            class Own extends HTMLElement { connectedCallback() { this.dataset.own = 'yes'; } }
            customElements.define('kabar-share', Own);
            </script>";
        tab.open_with(PAGE, &[("before", before), ("script", "async")]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("one('kabar-share').dataset.own === 'yes' && one('kabar-share').shadowRoot === null").await;
        tab.check("all('kabar-cards', 'article.card').length === 6").await;
        tab.console_is_empty().await;
    });
}

fn the_style_sheets_of_the_page_stay_outside() {
    in_browser(async |tab| {
        let before = "<style>
            * { color: red !important; }
            a, nav, article, section, ul, li, p, h3, img { display: none !important; }
            * { float: left; text-transform: uppercase !important; }
            </style>";
        tab.open_with(PAGE, &[("before", before), ("script", "async")]).await;
        both_render(tab).await;
        tab.check("all('kabar-cards', 'article.card, h3 > a').every(shown)").await;
        tab.check("all('kabar-share', 'a[data-network]').every(shown)").await;
        tab.console_is_empty().await;
    });
}

fn the_page_around_keeps_its_style() {
    in_browser(async |tab| {
        let before = "<style>html { overflow-y: scroll; }</style><h2 id=mine>Judul saya</h2><article class=card>Kartu saya</article>";
        let look = "[...document.querySelectorAll('#mine, article.card')].map((node) => Object.fromEntries(
            [...getComputedStyle(node)].map((name) => [name, getComputedStyle(node).getPropertyValue(name)])))";
        tab.open_with(PAGE, &[("before", before), ("script", "type='text/plain'")]).await;
        let without = tab.js(look).await;
        tab.open_with(PAGE, &[("before", before), ("script", "async")]).await;
        both_render(tab).await;
        let with = tab.js(look).await;
        for (with, without) in with.as_array().unwrap().iter().zip(without.as_array().unwrap()) {
            let (with, without) = (with.as_object().unwrap(), without.as_object().unwrap());
            let changed: Vec<_> = with.iter().filter(|(name, value)| without[*name] != **value).collect();
            assert!(with.len() > 100 && changed.is_empty(), "{changed:#?}");
        }
        tab.console_is_empty().await;
    });
}

/// Makes the first `times` attempts to build a card throw inside the wasm.
fn trap(times: u32) -> String {
    format!(
        "const own = Document.prototype.createElement;
        window.thrown = 0;
        Document.prototype.createElement = function (name, ...rest) {{
          if (name === 'article' && window.thrown < {times}) {{
            window.thrown += 1;
            throw new Error('sabotage');
          }}
          return own.call(this, name, ...rest);
        }};"
    )
}

fn after_a_trap_a_fresh_instance_renders() {
    in_browser(async |tab| {
        tab.before(&trap(1)).await;
        tab.open_with(PAGE, &[("script", "async")]).await;
        both_render(tab).await;
        tab.check("thrown === 1").await;
        tab.check("all('kabar-share', 'a[data-network]').length > 0").await;
        assert_eq!(tab.asked_for_wasm(), 1, "the compiled module is kept");
        tab.check("events('kabar-error').length === 0").await;
        tab.console().await;
        tab.console_is_empty().await;
    });
}

fn after_a_second_trap_the_fallback_stays() {
    in_browser(async |tab| {
        tab.before(&trap(1000)).await;
        tab.open_with(PAGE, &[("script", "async")]).await;
        tab.until("events('kabar-error').some((event) => event.tag === 'kabar-cards')").await;
        tab.settle().await;
        tab.check("events('kabar-error').every((event) => event.detail.code === 'internal')").await;
        tab.check("shown(one('kabar-cards > a')) && all('kabar-cards', 'article').length === 0").await;
        let lines = tab.console().await;
        assert!(lines.iter().any(|line| line.starts_with("[kabar] internal: ")), "{lines:#?}");
        tab.console_is_empty().await;
    });
}
