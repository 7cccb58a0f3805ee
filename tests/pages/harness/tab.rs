//! A tab that visits the site, with the few questions that the cases ask it.

use std::fmt::Write;

use serde_json::{Map, Value, json};
use thirtyfour::{
    Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, Key, LoggingPrefsLogLevel, WebDriver, WebElement,
    common::command::{Command, ExtensionCommand},
};

use super::{
    console,
    driver::{Driver, Loopback},
    server::{self, Seen, Server},
};

/// Nothing that a test does may reach another machine.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--no-first-run",
    "--no-proxy-server",
    "--force-prefers-reduced-motion",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1024,900",
];

/// What the scripts of the tests may say short.
const WORDS: &str = "const { one, root, inside, all, shown, focused, events, later } = window.seen ?? {};";

/// One browser with one page in it, and the site that the page is on.
pub(crate) struct Tab {
    driver: WebDriver,
    server: Server,
}

impl Tab {
    pub(crate) async fn new(driver: &Driver, server: Server) -> Self {
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).unwrap();
        }
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        let wanted = Capabilities::from(wanted);
        let driver = WebDriver::builder(driver.url(), wanted).client(Loopback).await.unwrap();
        let tab = Self { driver, server };
        tab.before(include_str!("recorder.js")).await;
        tab
    }

    /// Closes the browser; chromedriver itself would leave it behind.
    pub(crate) async fn close(self) {
        self.driver.quit().await.unwrap();
    }

    /// Has a script run in every page before the page's own.
    pub(crate) async fn before(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Visits a path of the site, or another site's address.
    pub(crate) async fn open(&self, path: &str) {
        let origin = if path.starts_with("http://") { "" } else { &self.server.origin };
        self.driver.goto(format!("{origin}{path}")).await.unwrap();
    }

    /// Visits a page of a case with the values of its placeholders.
    pub(crate) async fn open_with(&self, path: &str, values: &[(&str, &str)]) {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
        self.open(&format!("{path}?{query}")).await;
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
        self.asked_where(|seen| server::is_wasm(seen.path.split('?').next().unwrap_or_default()) && !seen.path.contains("/kabar-rest-"))
    }

    /// How many requests `matches` says yes to.
    pub(crate) fn asked_where(&self, matches: impl Fn(&Seen) -> bool) -> usize {
        self.server.count(matches)
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

    /// Presses a key, as a reader would.
    pub(crate) async fn press(&self, key: Key) {
        self.driver.action_chain().send_keys(key).perform().await.unwrap();
    }

    /// The same with Shift held down.
    pub(crate) async fn press_with_shift(&self, key: Key) {
        let chain = self.driver.action_chain().key_down(Key::Shift).send_keys(key).key_up(Key::Shift);
        chain.perform().await.unwrap();
    }

    /// Clicks with the mouse on what an expression gives.
    pub(crate) async fn click(&self, expression: &str) {
        let result = self.driver.execute(format!("{WORDS}\nreturn ({expression});"), Vec::new()).await.unwrap();
        let element: WebElement = result.element().unwrap_or_else(|error| panic!("{error}: {expression}"));
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap_or_else(|error| panic!("{error}: {expression}"));
    }

    /// How many windows are open.
    pub(crate) async fn windows(&self) -> usize {
        self.driver.windows().await.unwrap().len()
    }

    /// Closes every window but this one, which is then in front again.
    pub(crate) async fn close_other_windows(&self) {
        let own = self.driver.window().await.unwrap();
        for window in self.driver.windows().await.unwrap() {
            if window != own {
                self.driver.switch_to_window(window).await.unwrap();
                self.driver.close_window().await.unwrap();
            }
        }
        self.driver.switch_to_window(own).await.unwrap();
    }

    /// A command of the browser's own protocol.
    pub(crate) async fn cdp(&self, command: &'static str, parameters: Value) -> Value {
        let result = self.driver.cmd(Command::ExtensionCommand(Box::new(Cdp { command, parameters })));
        result.await.unwrap_or_else(|error| panic!("{command}: {error}")).value_json().unwrap()
    }

    /// A phone's or a desktop's window.
    pub(crate) async fn size(&self, width: u32, height: u32, phone: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// What the console got since the last look.
    pub(crate) async fn console(&self) -> Vec<String> {
        self.driver.browser_log().await.unwrap().iter().map(console::line).collect()
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
        assert_eq!(self.texts("seen.errors").await, [""; 0], "errors that reached the host page");
        assert_eq!(self.texts("seen.violations").await, violations, "violations of the policy");
        console::compare(&self.console().await, expected);
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
        for entry in self.driver.browser_log().await.unwrap_or_default() {
            writeln!(text, "console: {}", console::line(&entry)).unwrap();
        }
        for request in self.server.requests() {
            writeln!(text, "request: {request}").unwrap();
        }
        text
    }
}

#[derive(Debug)]
struct Cdp {
    command: &'static str,
    parameters: Value,
}

impl ExtensionCommand for Cdp {
    fn parameters_json(&self) -> Option<Value> {
        let mut body = Map::new();
        body.insert("cmd".to_owned(), self.command.into());
        body.insert("params".to_owned(), self.parameters.clone());
        Some(body.into())
    }

    fn method(&self) -> axum::http::Method {
        axum::http::Method::POST
    }

    fn endpoint(&self) -> std::sync::Arc<str> {
        "/goog/cdp/execute".into()
    }
}
