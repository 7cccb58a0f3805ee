//! The documentation's JavaScript, each snippet with what it is for.

use std::{fs, path::Path, process::Command};

use thirtyfour::Key;

use super::page;
use crate::{
    harness::{Policy, Tab, cases, in_browser},
    snippets::snippets,
};

cases![
    each_script_has_a_case,
    plausible_is_told,
    matomo_is_told,
    ga4_is_told,
    a_server_of_ones_own_is_told,
    failures_are_told,
    the_newest_is_asked_for_again,
    a_share_can_be_stopped,
    a_body_can_be_swapped,
    vue_shows_cards_and_hears_of_them,
    react_shows_cards_and_hears_of_them,
];

/// The names of the scripts that the cases below run.
const RUN: [&str; 9] = ["plausible", "matomo", "ga4", "own", "failures", "refresh", "stop", "swap", "vue"];

/// All three elements, whose links lead nowhere.
const BODY: &str = "<kabar-share networks=\"facebook copy\"></kabar-share><kabar-next feed=\"/feed.json\"></kabar-next>\
    <kabar-cards feed=\"/feed.json\" limit=\"3\"></kabar-cards>\
    <script>addEventListener('click', (event) => event.preventDefault());</script>";

fn each_script_has_a_case() {
    let mut names: Vec<String> = snippets().into_iter().filter(|snippet| snippet.language == "js").map(|snippet| snippet.word).collect();
    let mut run = RUN.map(String::from).to_vec();
    // tests/npm builds apps with it.
    run.push("bundler".to_owned());
    names.sort();
    run.sort();
    assert_eq!(names, run, "name each script after its fence, and write a case for it");
}

/// Opens a page with a script of the documentation, after `before`.
async fn open(tab: &Tab, name: &str, before: &str, body: &str) {
    let script = snippets().into_iter().find(|snippet| snippet.language == "js" && snippet.word == name).unwrap().code;
    tab.make_page("script.html", Policy::None, page(&format!("<script>{before}</script>\n<script>{script}</script>\n{body}")));
    tab.open("/made/script.html").await;
}

/// Does all that is counted: sees, follows a card and the next post, copies the link.
async fn read(tab: &Tab) {
    for tag in ["kabar-share", "kabar-next", "kabar-cards"] {
        tab.run_with("one(arguments[0]).scrollIntoView();", vec![tag.into()]).await;
        tab.until_event("kabar-view", tag).await;
    }
    tab.click("all('kabar-cards', 'h3 > a')[1]").await;
    tab.until_event("kabar-card-click", "kabar-cards").await;
    tab.click("inside('kabar-next', 'h3 > a')").await;
    tab.until_event("kabar-next-click", "kabar-next").await;
    tab.run("inside('kabar-share', '[data-network=copy]').focus();").await;
    tab.press(Key::Enter).await;
    tab.until_event("kabar-shared", "kabar-share").await;
}

/// What a tool's queue has, as text.
async fn queue(tab: &Tab, expression: &str) -> Vec<String> {
    tab.texts(&format!("{expression}.map((call) => JSON.stringify([...call]))")).await
}

/// Fails unless there is one entry with each of these.
fn has(queue: &[String], wanted: &[&str]) {
    for part in wanted {
        assert_eq!(queue.iter().filter(|entry| entry.contains(part)).count(), 1, "{part}: {queue:#?}");
    }
}

fn plausible_is_told() {
    in_browser(async |tab| {
        open(tab, "plausible", "", BODY).await;
        read(tab).await;
        let queue = queue(tab, "plausible.q").await;
        has(&queue, &[r#"{"element":"kabar-cards"}"#, r#"["Kabar card",{"props":{"url":"https://koran.example/"#, r#""place":1"#]);
        has(&queue, &[r#"["Kabar next",{"props":{"url":"https://koran.example/"#, r#"["Kabar share",{"props":{"network":"copy"}}]"#]);
        tab.console_is_empty().await;
    });
}

fn matomo_is_told() {
    in_browser(async |tab| {
        open(tab, "matomo", "", BODY).await;
        read(tab).await;
        let queue = queue(tab, "_paq").await;
        has(&queue, &[r#"["trackEvent","Kabar","view","kabar-share"]"#, r#"["trackEvent","Kabar","card","https://koran.example/"#]);
        has(&queue, &[r#"["trackEvent","Kabar","next","https://koran.example/"#, r#"["trackEvent","Kabar","share","copy"]"#]);
        tab.console_is_empty().await;
    });
}

fn ga4_is_told() {
    in_browser(async |tab| {
        open(tab, "ga4", "", BODY).await;
        read(tab).await;
        let queue = queue(tab, "dataLayer").await;
        has(&queue, &[r#"["event","kabar_view",{"element":"kabar-next"}]"#, r#""content_type":"article""#, r#""content_type":"next""#]);
        has(&queue, &[r#"["event","share",{"method":"copy","item_id":"http"#]);
        tab.console_is_empty().await;
    });
}

/// Notes what would be sent.
const BEACON: &str = "window.sent = []; navigator.sendBeacon = (...call) => sent.push(call);";

fn a_server_of_ones_own_is_told() {
    in_browser(async |tab| {
        open(tab, "own", BEACON, BODY).await;
        read(tab).await;
        has(&queue(tab, "sent").await, &[r#"["/count","{\"what\":\"card\",\"url\":\"https://koran.example/"#]);
        tab.console_is_empty().await;
    });
}

fn failures_are_told() {
    in_browser(async |tab| {
        open(tab, "failures", BEACON, "<kabar-cards feed=\"/feed/empty\"></kabar-cards>").await;
        tab.until("sent.length > 0").await;
        has(&queue(tab, "sent").await, &[r#"\"code\":\"feed-empty\""#]);
        let lines = tab.console().await;
        assert!(lines.len() == 1 && lines[0].starts_with("[kabar] feed-empty: "), "{lines:?}");
        tab.console_is_empty().await;
    });
}

fn the_newest_is_asked_for_again() {
    in_browser(async |tab| {
        open(
            tab,
            "refresh",
            "const own = setInterval; window.setInterval = (action, pause) => (window.tick = action, own(() => {}, pause));",
            BODY,
        )
        .await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        let before = tab.asked("/feed/good.json");
        tab.run("tick();").await;
        tab.until("performance.getEntriesByName(new URL('/feed/good.json', location).href).length > 1").await;
        assert_eq!(tab.asked("/feed/good.json"), before + 1);
        tab.console_is_empty().await;
    });
}

fn a_share_can_be_stopped() {
    in_browser(async |tab| {
        open(
            tab,
            "stop",
            "window.asked = 0; window.confirm = () => { asked++; return false; };",
            "<kabar-share networks=\"facebook copy\"></kabar-share>",
        )
        .await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.click("inside('kabar-share', '[data-network=facebook]')").await;
        tab.until("asked === 1").await;
        tab.settle().await;
        assert_eq!(tab.windows().await, 1);
        tab.check("events('kabar-shared').length === 0").await;
        tab.console_is_empty().await;
    });
}

fn a_body_can_be_swapped() {
    in_browser(async |tab| {
        let first = "<main id=\"content\"><kabar-cards feed=\"/feed.json\"></kabar-cards></main>";
        tab.make_page("first.html", Policy::None, page(first));
        tab.open("/made/first.html").await;
        tab.until_event("kabar-ready", "kabar-cards").await;
        let wasm = tab.asked_for_wasm();
        let script = snippets().into_iter().find(|snippet| snippet.word == "swap").unwrap().code;
        tab.run(&script).await;
        tab.until_event("kabar-ready", "kabar-share").await;
        tab.check("one('kabar-cards') === null").await;
        assert_eq!(tab.asked_for_wasm(), wasm);
        tab.console_is_empty().await;
    });
}

/// What npm installs for xtask.
fn node_modules() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/node_modules")
}

/// The cards are there by the framework's hand, and it hears of a click.
async fn framework_hears(tab: &Tab, opened: &str) {
    tab.until_event("kabar-ready", "kabar-cards").await;
    tab.check("all('kabar-cards', 'article').length === 3").await;
    tab.click("all('kabar-cards', 'h3 > a')[1]").await;
    tab.until(&format!("{opened} === all('kabar-cards', 'h3 > a')[1].href")).await;
    tab.console_is_empty().await;
}

/// Keeps links from leading away.
const STAY: &str = "<script>addEventListener('click', (event) => event.preventDefault());</script>";

fn vue_shows_cards_and_hears_of_them() {
    in_browser(async |tab| {
        let vue = fs::read(node_modules().join("vue/dist/vue.global.prod.js")).unwrap();
        tab.make("vue.js", "text/javascript", vue);
        let script = snippets().into_iter().find(|snippet| snippet.word == "vue").unwrap().code;
        let script = script.replace("app.mount", "window.mounted = app.mount");
        let body = format!("{STAY}<div id=\"app\"></div><script src=\"/made/vue.js\"></script><script>{script}</script>");
        tab.make_page("vue.html", Policy::None, page(&body));
        tab.open("/made/vue.html").await;
        framework_hears(tab, "window.mounted.opened").await;
    });
}

fn react_shows_cards_and_hears_of_them() {
    in_browser(async |tab| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs-react");
        fs::create_dir_all(&folder).unwrap();
        for (place, snippet) in snippets().into_iter().filter(|snippet| snippet.language == "jsx").enumerate() {
            assert_eq!(place, 0, "write a case for {} too", snippet.place);
            fs::write(folder.join("latest.jsx"), snippet.code).unwrap();
        }
        let main = "import { createRoot } from 'react-dom/client';
            import { Latest } from './latest.jsx';
            createRoot(document.querySelector('#app')).render(<Latest feed='/feed/good.json' onOpen={(url) => (window.opened = url)} />);";
        fs::write(folder.join("main.jsx"), main).unwrap();
        let output = Command::new("node")
            .arg(node_modules().join("esbuild/bin/esbuild"))
            .args(["main.jsx", "--bundle", "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\""])
            .current_dir(&folder)
            .env("NODE_PATH", node_modules())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        tab.make("react.js", "text/javascript", output.stdout);
        let body = format!("{STAY}<div id=\"app\"></div><script src=\"/made/react.js\"></script>");
        tab.make_page("react.html", Policy::None, page(&format!("{body}<kabar-share></kabar-share>")));
        tab.open("/made/react.html").await;
        tab.check("one('kabar-cards').getAttribute('excerpt-words') === '12'").await;
        framework_hears(tab, "window.opened").await;
    });
}
