//! A tab that visits the site, with the few questions that the cases ask it.

use std::{cell::RefCell, fmt::Write};

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use super::{
    browser::Browser,
    console,
    engine::Engine,
    server::{self, HTML, Made, Policy, Seen, Server},
};

/// What the scripts of the tests may say short.
pub(super) const WORDS: &str = "const { one, root, inside, all, shown, focused, events, later } = window.seen ?? { later: setTimeout };";

/// What the recorder has seen.
#[derive(Default, Deserialize)]
struct Recorded {
    errors: Vec<String>,
    violations: Vec<String>,
    /// What pages wrote to the console, in an engine whose driver does not say.
    lines: Vec<String>,
}

/// A tab with one page in it, and the site that the page is on.
pub(crate) struct Tab {
    pub(super) engine: Engine,
    pub(super) driver: WebDriver,
    server: Server,
    /// Of this page and of those that were in the tab before it.
    recorded: RefCell<Recorded>,
}

impl Tab {
    /// A fresh tab, the only one of its browser.
    pub(crate) async fn new(browser: &Browser, server: Server) -> Self {
        let (engine, driver) = (browser.engine, browser.session.clone());
        let former = driver.windows().await.unwrap();
        let tab = driver.new_tab().await.unwrap();
        for window in former {
            driver.switch_to_window(window).await.unwrap();
            driver.close_window().await.unwrap();
        }
        driver.switch_to_window(tab).await.unwrap();
        let tab = Self { engine, driver, server, recorded: RefCell::default() };
        tab.face(browser.scheme).await;
        if engine == Engine::Chromium {
            // What the case before left.
            tab.console().await;
        }
        tab.before(include_str!("recorder.js")).await;
        if engine != Engine::Chromium {
            tab.before(include_str!("console.js")).await;
        }
        tab
    }

    /// Takes away what the next case must not find. The browser stays.
    pub(crate) async fn leave(self) {
        self.driver.delete_all_cookies().await.unwrap();
    }

    /// Has a script run in every page before the page's own.
    pub(crate) async fn before(&self, script: &str) {
        if self.engine == Engine::Chromium {
            // No policy of the page's can forbid it so.
            self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
        } else {
            self.server.before(script);
        }
    }

    /// Puts a file to the site's `/made/` and this name.
    pub(crate) fn make(&self, name: &str, mime: &'static str, body: impl Into<Vec<u8>>) {
        self.server.make(name, Made { mime, policy: Policy::None, body: body.into() });
    }

    /// The same with a page, sent with a Content-Security-Policy or none.
    pub(crate) fn make_page(&self, name: &str, policy: Policy, html: String) {
        self.server.make(name, Made { mime: HTML, policy, body: html.into() });
    }

    /// Visits a path of the site, or another site's address.
    pub(crate) async fn open(&self, path: &str) {
        self.record().await;
        let origin = if path.starts_with("http://") { "" } else { &self.server.origin };
        self.driver.goto(format!("{origin}{path}")).await.unwrap();
    }

    /// Visits a page of a case with the values of its placeholders.
    pub(crate) async fn open_with(&self, path: &str, values: &[(&str, &str)]) {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        self.open(&format!("{path}?{query}")).await;
    }

    /// Goes into the page's first frame: what is asked next is asked there.
    pub(crate) async fn enter_frame(&self) {
        self.driver.enter_frame(0).await.unwrap();
    }

    /// Goes back to the page itself.
    pub(crate) async fn leave_frame(&self) {
        self.driver.enter_default_frame().await.unwrap();
    }

    /// Whether it is this engine's.
    pub(crate) fn is(&self, engine: Engine) -> bool {
        self.engine == engine
    }

    /// The site's origin, without a slash at its end.
    pub(crate) fn origin(&self) -> &str {
        &self.server.origin
    }

    /// How often the site was asked for a path, whatever its query.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.asked_where(|seen| seen.method == "GET" && seen.path.split('?').next() == Some(path))
    }

    /// How often the site was asked for a wasm file.
    pub(crate) fn asked_for_wasm(&self) -> usize {
        self.asked_where(|seen| {
            // Such as `kabar-0123abcd.wasm`; the other modules have a word between.
            let name = seen.path.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            server::is_wasm(name) && name.matches('-').count() == 1
        })
    }

    /// How many requests `matches` says yes to.
    pub(crate) fn asked_where(&self, matches: impl Fn(&Seen) -> bool) -> usize {
        self.server.count(matches)
    }

    /// Goes back to the page before; it is there afterwards, as no script in the page that is left could tell.
    pub(crate) async fn back(&self) {
        self.driver.back().await.unwrap();
    }

    /// Has the site send what it held back.
    pub(crate) fn let_go(&self) {
        self.server.let_go();
    }

    /// Runs statements in the page; what they `return`, or what the promise
    /// that they return gives.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.run_with(script, Vec::new()).await
    }

    /// The same with `arguments`.
    pub(crate) async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.driver.execute(format!("{WORDS}\n{script}"), arguments).await;
        result.unwrap_or_else(|error| panic!("{error}\nin the script\n{script}")).json().clone()
    }

    /// The value of an expression in the page.
    pub(crate) async fn js(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression});")).await
    }

    /// The same, as text.
    pub(crate) async fn text(&self, expression: &str) -> String {
        match self.js(expression).await {
            Value::String(text) => text,
            other => panic!("no text but {other}: {expression}"),
        }
    }

    /// The same, as a list of texts.
    pub(crate) async fn texts(&self, expression: &str) -> Vec<String> {
        let value = self.js(expression).await;
        serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("no list of texts but {value}: {expression}"))
    }

    /// Fails unless an expression is true.
    pub(crate) async fn check(&self, expression: &str) {
        let value = self.js(expression).await;
        assert_eq!(value, Value::Bool(true), "{expression}");
    }

    /// Waits until an expression is true, and fails after ten seconds.
    pub(crate) async fn until(&self, expression: &str) {
        self.until_within(10, expression).await;
    }

    /// The same with another limit.
    pub(crate) async fn until_within(&self, seconds: u32, expression: &str) {
        let script = format!(
            "const deadline = performance.now() + {seconds}000;
            return new Promise((resolve) => {{
              (function look() {{
                let value, failure = null;
                try {{ value = ({expression}); }} catch (error) {{ failure = String(error); }}
                if (value) resolve(true);
                else if (performance.now() > deadline) resolve(failure ?? false);
                else later(look, 20);
              }})();
            }});"
        );
        let value = self.run(&script).await;
        assert_eq!(value, Value::Bool(true), "not within {seconds} s: {expression}");
    }

    /// Waits until an event came from an element that matches a selector.
    pub(crate) async fn until_event(&self, kind: &str, tag: &str) {
        self.until(&format!("events({kind:?}).some((event) => event.tag === {tag:?})")).await;
    }

    /// Waits for two frames: what a change was going to draw, it has drawn.
    pub(crate) async fn settle(&self) {
        let script = "return new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => later(() => done(true), 0))));";
        self.run(script).await;
    }

    /// Takes what the page's recorder has seen so far.
    async fn record(&self) {
        let script = "const { errors, violations, lines } = window.seen ?? {};
            return Object.fromEntries(Object.entries({ errors, violations, lines }).map(([name, list]) => [name, list?.splice(0) ?? []]));";
        let Recorded { errors, violations, lines } = serde_json::from_value(self.run(script).await).unwrap();
        let mut recorded = self.recorded.borrow_mut();
        recorded.errors.extend(errors);
        recorded.violations.extend(violations);
        recorded.lines.extend(lines);
    }

    /// What the console got since the last look.
    pub(crate) async fn console(&self) -> Vec<String> {
        if self.engine == Engine::Chromium {
            return self.driver.browser_log().await.unwrap().iter().map(console::line).collect();
        }
        self.record().await;
        std::mem::take(&mut self.recorded.borrow_mut().lines)
    }

    /// The end of a test where nothing goes wrong: the console is empty, no
    /// error reached the page, and nothing was stopped by a policy.
    pub(crate) async fn console_is_empty(&self) {
        self.console_is(&[]).await;
    }

    /// The end of a test that has something to say in the console: exactly
    /// these lines, and no error that reached the page.
    pub(crate) async fn console_is(&self, expected: &[&str]) {
        self.console_is_with_violations(expected, &[]).await;
    }

    /// The same where a policy is meant to stop something.
    pub(crate) async fn console_is_with_violations(&self, expected: &[&str], violations: &[&str]) {
        self.settle().await;
        let lines = self.console().await;
        self.record().await;
        let recorded = self.recorded.borrow();
        assert_eq!(recorded.errors, [""; 0], "errors that reached the host page");
        assert_eq!(recorded.violations, violations, "violations of the policy");
        // What a browser itself writes, only Chromium's driver tells.
        let all = self.engine == Engine::Chromium;
        let expected: Vec<_> = expected.iter().copied().filter(|line| all || console::is_ours(line)).collect();
        console::compare(&lines, &expected);
    }

    /// What a failed test wants to know.
    pub(crate) async fn describe(&self) -> String {
        let mut text = String::new();
        let script = "return JSON.stringify({ url: location.href, ...window.seen, elements: \
            [...document.querySelectorAll('kabar-cards, kabar-share, kabar-next')].slice(0, 6).map((element) => \
            [element.cloneNode().outerHTML, element.shadowRoot?.innerHTML.slice(0, 1500) ?? null]) }, null, 1)";
        match self.driver.execute(script, Vec::new()).await {
            Ok(result) => writeln!(text, "{}", result.json().as_str().unwrap_or_default()).unwrap(),
            Err(error) => writeln!(text, "no answer: {error}").unwrap(),
        }
        if self.engine == Engine::Chromium {
            for entry in self.driver.browser_log().await.unwrap_or_default() {
                writeln!(text, "console: {}", console::line(&entry)).unwrap();
            }
        }
        for request in self.server.requests() {
            writeln!(text, "request: {request}").unwrap();
        }
        text
    }
}
