//! The reader in front of the tab: keyboard, mouse, clipboard, window, and what
//! their system is set to.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};
use tokio::time::sleep;

use super::{
    engine::Engine,
    tab::{Tab, WORDS},
    vendor::Vendor,
};

/// The window, unless a case asks for another.
const WINDOW: (u32, u32) = (1024, 900);

/// Whether the reader prefers light or dark pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

impl Tab {
    /// Begins a case: the tab is in front, in the window and with the settings
    /// that all cases begin with.
    pub(super) async fn face(&self, scheme: Scheme) {
        self.driver.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await.unwrap();
        if self.engine == Engine::Chromium {
            // A new tab is behind the window that it was opened from, and without focus.
            self.cdp("Page.bringToFront", json!({})).await;
        }
        self.prefers(scheme).await;
    }

    /// Presses a key, as a reader would.
    pub(crate) async fn press(&self, key: Key) {
        self.driver.action_chain().send_keys(key).perform().await.unwrap();
    }

    /// Types a text into what has the focus.
    pub(crate) async fn write(&self, text: &str) {
        self.driver.action_chain().send_keys(text).perform().await.unwrap();
    }

    /// Presses a key with Alt held down.
    pub(crate) async fn press_with_alt(&self, key: Key) {
        let chain = self.driver.action_chain().key_down(Key::Alt).send_keys(key).key_up(Key::Alt);
        chain.perform().await.unwrap();
    }

    /// Presses a key with Shift held down.
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

    /// Waits until so many are: a browser opens one some time after the click.
    pub(crate) async fn until_windows(&self, wanted: usize) {
        for _ in 0..500 {
            if self.windows().await == wanted {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("not within 10 s: {wanted} windows, there are {}", self.windows().await);
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

    /// A phone's or a desktop's window: the page is this wide and, but for
    /// WebKitGTK's tool bar, this high.
    pub(crate) async fn size(&self, width: u32, height: u32, phone: bool) {
        match self.engine {
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
                // A phone's page is as wide as it says itself, so there is nothing to wait for.
                return self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
            }
            // Its window cannot be as narrow, what is in it can.
            Engine::Firefox => {
                let script = "const [width, height] = arguments;
                    Object.assign(gBrowser.selectedBrowser.style, { minWidth: width, maxWidth: width, minHeight: height, maxHeight: height });";
                self.chrome(script, vec![format!("{width}px").into(), format!("{height}px").into()]).await;
            }
            Engine::Webkit => self.driver.set_window_rect(0, 0, width, height).await.unwrap(),
        }
        self.until(&format!("innerWidth === {width}")).await;
    }

    /// A page of this width and height in CSS pixels, each of so many of the screen's. Chromium only.
    pub(crate) async fn zoom(&self, width: u32, height: u32, factor: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": factor, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Lays pages out as where scroll bars take no room. Chromium only.
    pub(crate) async fn hide_scroll_bars(&self) {
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    }

    /// Has the reader's system force its own colours. Chromium only.
    pub(crate) async fn force_colours(&self) {
        let media = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        self.cdp("Emulation.setEmulatedMedia", media).await;
    }

    /// What the first element that matches a selector looks like: a PNG, in base64.
    pub(crate) async fn picture(&self, selector: &str) -> String {
        let element = self.driver.find(By::Css(selector)).await.unwrap();
        element.screenshot_as_png_base64().await.unwrap()
    }

    /// Sets what the reader's system says of light and dark.
    async fn prefers(&self, scheme: Scheme) {
        let (word, number) = match scheme {
            Scheme::Light => ("light", 1),
            Scheme::Dark => ("dark", 0),
        };
        match self.engine {
            Engine::Chromium => {
                let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": word }] });
                self.cdp("Emulation.setEmulatedMedia", media).await;
            }
            Engine::Firefox => {
                let script = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]);";
                self.chrome(script, vec![number.into()]).await;
            }
            // It asks GTK once, when it starts: see `Engine::capabilities`.
            Engine::Webkit => {}
        }
        self.until(&format!("matchMedia('(prefers-color-scheme: {word})').matches")).await;
    }

    /// What is on the clipboard. It is pasted, as a reader would: that takes no
    /// permission, which each engine gives in another way.
    pub(crate) async fn clipboard(&self) -> String {
        self.in_field("", "v").await
    }

    /// Puts a text on the clipboard.
    pub(crate) async fn copy(&self, text: &str) {
        self.in_field(text, "c").await;
    }

    /// Presses Control and a key in a field that is there for no longer than that.
    async fn in_field(&self, text: &str, key: &str) -> String {
        let script = "window.formerFocus = focused();
            const field = document.createElement('textarea');
            field.id = 'clipboard';
            field.value = arguments[0];
            document.body.append(field);
            field.select();";
        self.run_with(script, vec![text.into()]).await;
        let chain = self.driver.action_chain().key_down(Key::Control).send_keys(key).key_up(Key::Control);
        chain.perform().await.unwrap();
        let script = "const field = one('#clipboard');
            field.remove();
            window.formerFocus.focus();
            delete window.formerFocus;
            return field.value;";
        self.run(script).await.as_str().unwrap().to_owned()
    }

    /// A command of Chromium's own protocol.
    pub(crate) async fn cdp(&self, command: &str, parameters: Value) {
        self.ask(command, parameters).await;
    }

    /// The same, and what it answers.
    pub(crate) async fn ask(&self, command: &str, parameters: Value) -> Value {
        Vendor::new("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).send(&self.driver).await
    }

    /// Runs a script in Firefox's own window, outside the page.
    async fn chrome(&self, script: &str, arguments: Vec<Value>) {
        Vendor::new("moz/context", json!({ "context": "chrome" })).send(&self.driver).await;
        self.driver.execute(script, arguments).await.unwrap();
        Vendor::new("moz/context", json!({ "context": "content" })).send(&self.driver).await;
    }
}
