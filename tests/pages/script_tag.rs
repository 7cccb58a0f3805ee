//! The one script tag: what it adds, where, and how often.

use crate::harness::{cases, in_browser};

cases![
    the_elements_follow_the_script_in_the_order_of_data_show,
    data_target_names_another_place,
    a_target_further_down_the_page_is_waited_for,
    a_target_that_is_not_there_is_said,
    a_module_script_is_known_by_its_mark,
    a_script_without_data_show_adds_no_element,
    a_script_without_cards_asks_for_no_feed,
    what_cards_need_is_asked_for_before_they_are_defined,
    but_not_far_down_the_page,
    loading_the_script_again_changes_nothing,
    kabar_names_its_version_and_adds_no_other_global,
];

const PAGE: &str = "/pages/script_tag/page.html";

/// The elements between the two paragraphs, in the order of the document.
const BETWEEN: &str = "[...document.body.children].map((child) => child.localName)
    .filter((name) => name.startsWith('kabar-'))";

fn the_elements_follow_the_script_in_the_order_of_data_show() {
    in_browser(async |tab| {
        let script = r#"<script async src="/dist/kabar.js" data-feed="/feed/good.json" data-show="next share cards"
            data-limit="3" data-excerpt-words="4" data-networks="copy email" data-loading="eager"></script>"#;
        tab.open_with(PAGE, &[("body", script)]).await;
        for tag in ["kabar-next", "kabar-share", "kabar-cards"] {
            tab.until_event("kabar-ready", tag).await;
        }
        let order = tab.texts("[...document.body.children].map((child) => child.localName)").await;
        assert_eq!(order, ["p", "script", "kabar-next", "kabar-share", "kabar-cards", "p"]);
        tab.check("all('kabar-cards', 'article.card').length === 3").await;
        tab.check("one('kabar-cards').getAttribute('excerpt-words') === '4'").await;
        assert_eq!(tab.texts("all('kabar-share', '[data-network]').map((control) => control.dataset.network)").await, ["copy", "email"]);
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn data_target_names_another_place() {
    in_browser(async |tab| {
        let body = r#"<script async src="/dist/kabar.js" data-feed="/feed/good.json" data-show="cards share"
            data-target=".spot > div"></script><section class="spot"><div><b>Isi lama</b></div></section>"#;
        tab.open_with(PAGE, &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-share").await;
        let inside = tab.texts("[...one('.spot > div').children].map((child) => child.localName)").await;
        assert_eq!(inside, ["b", "kabar-cards", "kabar-share"]);
        assert_eq!(tab.texts(BETWEEN).await, [""; 0]);
        tab.console_is_empty().await;
    });
}

fn a_target_further_down_the_page_is_waited_for() {
    in_browser(async |tab| {
        // Not async: it runs long before the parser comes to the target.
        let body = r##"<script src="/dist/kabar.js" data-feed="/feed/good.json" data-show="cards"
            data-target="#later"></script><p>Di antaranya.</p><div id="later"></div>"##;
        tab.open_with(PAGE, &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.check("one('#later > kabar-cards') !== null").await;
        tab.console_is_empty().await;
    });
}

fn a_target_that_is_not_there_is_said() {
    in_browser(async |tab| {
        // The second is no selector.
        for target in ["#nowhere", "["] {
            let script = format!(r#"<script src="/dist/kabar.js" data-show="cards" data-target="{target}"></script>"#);
            tab.open_with(PAGE, &[("body", &script)]).await;
            tab.until_event("kabar-error", "script").await;
            tab.check("events('kabar-error')[0].detail.code === 'config' && Kabar.version !== ''").await;
            assert_eq!(tab.texts(BETWEEN).await, [""; 0]);
            tab.console_is(&["[kabar] config: name a data-target"]).await;
        }
    });
}

fn a_module_script_is_known_by_its_mark() {
    in_browser(async |tab| {
        let script = r#"<script type="module" src="/dist/kabar.js" data-kabar data-feed="/feed/good.json"
            data-show="share cards"></script>"#;
        tab.open_with(PAGE, &[("body", script)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.until_event("kabar-ready", "kabar-share").await;
        let order = tab.texts("[...document.body.children].map((child) => child.localName)").await;
        assert_eq!(order, ["p", "script", "kabar-share", "kabar-cards", "p"]);
        tab.console_is_empty().await;
    });
}

fn a_script_without_data_show_adds_no_element() {
    in_browser(async |tab| {
        let body = r#"<script async src="/dist/kabar.js"></script><kabar-share></kabar-share>"#;
        tab.open_with(PAGE, &[("body", body)]).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        assert_eq!(tab.texts(BETWEEN).await, ["kabar-share"]);
        tab.console_is_empty().await;
    });
}

fn loading_the_script_again_changes_nothing() {
    in_browser(async |tab| {
        let script = r#"<script async src="/dist/kabar.js" data-feed="/feed/good.json" data-show="cards"></script>"#;
        tab.open_with(PAGE, &[("body", script)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        tab.run(
            "window.first = window.Kabar;
            return new Promise((resolve, reject) => {
              const again = document.createElement('script');
              again.src = '/dist/kabar.js?again';
              again.onload = resolve;
              again.onerror = reject;
              document.body.append(again);
            });",
        )
        .await;
        tab.settle().await;
        tab.check("window.Kabar === window.first").await;
        tab.check("events('kabar-ready').length === 1").await;
        assert_eq!(tab.texts(BETWEEN).await, ["kabar-cards"]);
        assert_eq!(tab.asked_for_wasm(), 1);
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn kabar_names_its_version_and_adds_no_other_global() {
    in_browser(async |tab| {
        let body = r#"<script>window.before = null; window.before = Object.getOwnPropertyNames(window);</script>
            <script async src="/dist/kabar.js" data-feed="/feed/good.json" data-show="cards share next"></script>"#;
        tab.open_with(PAGE, &[("body", body)]).await;
        for tag in ["kabar-cards", "kabar-share", "kabar-next"] {
            tab.until_event("kabar-ready", tag).await;
        }
        assert_eq!(tab.text("Kabar.version").await, env!("CARGO_PKG_VERSION"));
        // Chromedriver's scripts leave a global of their own, `ret_nodes`.
        let added = tab.texts("Object.getOwnPropertyNames(window).filter((name) => !before.includes(name) && name !== 'ret_nodes')").await;
        assert_eq!(added, ["Kabar"]);
        tab.console_is_empty().await;
    });
}

/// Notes in `asked` what is fetched and defined, in this order, whatever there is.
const NOTES: &str = "<script>
    window.asked = [];
    const { fetch } = window;
    window.fetch = (url, ...values) => { asked.push(/[.][a-z]+$/.exec(new URL(url, location.href).pathname)[0]); return fetch(url, ...values); };
    const { define } = customElements;
    customElements.define = (...values) => { asked.push(values[0]); return define.apply(customElements, values); };
    </script><link rel=alternate type=application/feed+json href=/feed/good.json>";

fn a_script_without_cards_asks_for_no_feed() {
    in_browser(async |tab| {
        for (show, elements) in [("", 0), ("data-show=share", 1)] {
            let body = format!("{NOTES}<p>Sebelumnya.</p><script src=/dist/kabar.js {show}></script>");
            tab.open_with(PAGE, &[("body", &body)]).await;
            tab.until(&format!("events('kabar-ready').length === {elements}")).await;
            tab.settle().await;
            assert!(!tab.texts("asked").await.contains(&".json".to_owned()), "{show}");
            tab.console_is_empty().await;
        }
    });
}

fn what_cards_need_is_asked_for_before_they_are_defined() {
    in_browser(async |tab| {
        let body = format!("{NOTES}<p>Sebelumnya.</p><script src=/dist/kabar.js data-show='share cards'></script>");
        tab.open_with(PAGE, &[("body", &body)]).await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        assert_eq!(tab.texts("asked.slice(0, 3)").await, [".wasm", ".json", "kabar-cards"]);
        assert_eq!(tab.asked("/feed/good.json"), 1);
        tab.console_is_empty().await;
    });
}

fn but_not_far_down_the_page() {
    in_browser(async |tab| {
        // A tag is no place by itself, and what is hidden before it says nothing of where it is.
        let tall = "<p style='height: 300vh'>Sebelumnya.</p>";
        for before in [tall.to_owned(), format!("{tall}<p hidden>Tersembunyi.</p>")] {
            let body = format!("{NOTES}{before}<script src=/dist/kabar.js data-show=cards></script>");
            tab.open_with(PAGE, &[("body", &body)]).await;
            tab.settle().await;
            assert_eq!(tab.texts("asked").await, ["kabar-cards", "kabar-share", "kabar-next"]);
            tab.run("scrollTo(0, document.body.scrollHeight);").await;
            tab.until_event("kabar-ready", "kabar-cards").await;
            tab.console_is_empty().await;
        }
    });
}
