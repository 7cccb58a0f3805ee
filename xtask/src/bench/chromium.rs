//! A headless Chromium, driven over its `DevTools` protocol.
//!
//! `chromedriver`, which the tests use, speaks to one page's session only. A
//! cold visit wants a browser context of its own, which the browser's session
//! makes: so this talks to Chromium itself. The protocol:
//! <https://chromedevtools.github.io/devtools-protocol/>.

use std::{
    fs, io,
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client};

use crate::{tools::find, workspace::target};

/// Nothing that a page does may reach another machine, and nothing may be
/// slowed because no one looks at it.
const ARGUMENTS: [&str; 17] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-search-engine-choice-screen",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// The longest that one command may take; a page's own limit is shorter.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running browser, ended when dropped.
pub(super) struct Chromium {
    process: Child,
    profile: PathBuf,
    socket: WebSocket<TcpStream>,
    last: u64,
}

/// A page in a browser context of its own: with an empty cache.
pub(super) struct Page {
    context: String,
    target: String,
    session: String,
}

impl Chromium {
    /// Starts it with a profile of its own.
    pub(super) fn start() -> Result<Self> {
        let program = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find).context("no Chromium on the PATH")?;
        let profile = target("bench").join("profile");
        // One that was interrupted has left its own behind.
        let _ = fs::remove_dir_all(&profile);
        fs::create_dir_all(&profile).with_context(|| format!("{} could not be made", profile.display()))?;
        let mut command = Command::new(&program);
        command.args(ARGUMENTS).arg(format!("--user-data-dir={}", profile.display())).arg("about:blank");
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        match connect(&profile) {
            Ok(socket) => Ok(Self { process, profile, socket, last: 0 }),
            Err(error) => {
                let _ = process.kill();
                let _ = process.wait();
                Err(error)
            }
        }
    }

    /// What the browser calls itself, such as `Chrome/156.0.8078.79`.
    pub(super) fn version(&mut self) -> Result<String> {
        let answer = self.browser("Browser.getVersion", json!({}))?;
        Ok(answer["product"].as_str().unwrap_or_default().to_owned())
    }

    /// Opens an address in a fresh context.
    pub(super) fn open(&mut self, url: &str) -> Result<Page> {
        let context = text(&self.browser("Target.createBrowserContext", json!({}))?, "browserContextId")?;
        let target = text(&self.browser("Target.createTarget", json!({ "url": url, "browserContextId": context }))?, "targetId")?;
        let session = text(&self.browser("Target.attachToTarget", json!({ "targetId": target, "flatten": true }))?, "sessionId")?;
        Ok(Page { context, target, session })
    }

    /// Closes the page and forgets its context.
    pub(super) fn close(&mut self, page: Page) -> Result<()> {
        self.browser("Target.closeTarget", json!({ "targetId": page.target }))?;
        self.browser("Target.disposeBrowserContext", json!({ "browserContextId": page.context }))?;
        Ok(())
    }

    /// Lets pages of a context write to the clipboard.
    pub(super) fn allow_clipboard(&mut self, page: &Page) -> Result<()> {
        let permissions = json!({ "permissions": ["clipboardSanitizedWrite"], "browserContextId": page.context });
        self.browser("Browser.grantPermissions", permissions)?;
        Ok(())
    }

    /// A command to a page.
    pub(super) fn call(&mut self, page: &Page, method: &str, parameters: Value) -> Result<Value> {
        self.send(Some(&page.session), method, parameters)
    }

    /// The value of an expression in a page, or of the promise that it gives.
    pub(super) fn evaluate(&mut self, page: &Page, expression: &str) -> Result<Value> {
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call(page, "Runtime.evaluate", parameters)?;
        if let Some(failure) = answer.get("exceptionDetails") {
            let said = failure["exception"]["description"].as_str().or(failure["text"].as_str()).unwrap_or("it threw");
            bail!("in the page: {said}");
        }
        Ok(answer["result"]["value"].take())
    }

    /// Notes what the browser does while `act` runs: a trace, as `DevTools` opens it.
    pub(super) fn trace(&mut self, categories: &str, act: impl FnOnce(&mut Self) -> Result<()>) -> Result<String> {
        self.browser("Tracing.start", json!({ "categories": categories, "transferMode": "ReturnAsStream" }))?;
        act(self)?;
        self.browser("Tracing.end", json!({}))?;
        let done = loop {
            let message = self.receive("Tracing.end")?;
            if message["method"] == "Tracing.tracingComplete" {
                break message;
            }
        };
        let stream = text(&done["params"], "stream")?;
        let mut trace = String::new();
        loop {
            let part = self.browser("IO.read", json!({ "handle": stream }))?;
            trace += part["data"].as_str().unwrap_or_default();
            if part["eof"] == true {
                return Ok(trace);
            }
        }
    }

    fn browser(&mut self, method: &str, parameters: Value) -> Result<Value> {
        self.send(None, method, parameters)
    }

    fn send(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Result<Value> {
        self.last += 1;
        let id = self.last;
        let mut command = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        self.socket.send(Message::text(command.to_string())).with_context(|| format!("Chromium: {method} could not be sent"))?;
        loop {
            let mut answer = self.receive(method)?;
            // Events have no id.
            if answer["id"] == id {
                if let Some(error) = answer.get("error") {
                    bail!("Chromium: {method}: {}", error["message"].as_str().unwrap_or("an error without a message"));
                }
                return Ok(answer["result"].take());
            }
        }
    }

    /// The next answer or event.
    fn receive(&mut self, method: &str) -> Result<Value> {
        loop {
            let message = self.socket.read().with_context(|| format!("Chromium did not answer {method}"))?;
            if let Message::Text(message) = message {
                return serde_json::from_str(&message).context("Chromium answered no JSON");
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Asked to close, it ends its own processes too; killed, it might not.
        if self.browser("Browser.close", json!({})).is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// Chromium writes its port and its path to a file once it listens.
fn connect(profile: &std::path::Path) -> Result<WebSocket<TcpStream>> {
    let file = profile.join("DevToolsActivePort");
    let deadline = Instant::now() + Duration::from_secs(30);
    let (port, path) = loop {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n')
            && let Ok(port) = port.parse::<u16>()
            && !path.trim().is_empty()
        {
            break (port, path.trim().to_owned());
        }
        if Instant::now() > deadline {
            bail!("Chromium named no port within 30 s: does `chromium --headless --no-sandbox about:blank` start?");
        }
        thread::sleep(Duration::from_millis(20));
    };
    let stream = TcpStream::connect(("127.0.0.1", port)).context("Chromium's port could not be reached")?;
    stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_nodelay(true)).context("Chromium's socket")?;
    match client(format!("ws://127.0.0.1:{port}{path}"), stream) {
        Ok((socket, _)) => Ok(socket),
        Err(error) => Err(io::Error::other(error.to_string())).context("Chromium refused the connection"),
    }
}

fn text(answer: &Value, name: &str) -> Result<String> {
    answer[name].as_str().map(str::to_owned).with_context(|| format!("Chromium: no {name} in its answer"))
}
