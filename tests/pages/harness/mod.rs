//! What every case needs: a site to visit, a browser to visit it with, and
//! what the visit left in the console.

mod browser;
mod console;
mod driver;
mod engine;
mod faults;
mod loopback;
mod reader;
pub(crate) mod reliability;
mod runner;
mod server;
mod tab;
mod vendor;
pub(crate) mod wire;

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use self::{browser::Browser, server::Server};
pub(crate) use self::{
    engine::Engine,
    reader::Scheme,
    runner::{Case, NotRun, run},
    server::{NONCE, Policy, STRICT},
    tab::Tab,
};

thread_local! {
    /// This thread's browser, started by its first case: Firefox takes seconds to start.
    static BROWSER: RefCell<Option<Browser>> = const { RefCell::new(None) };
}

/// Names the functions of a module that are its cases; one that is not named
/// is dead code, which the lints refuse.
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        pub(crate) const CASES: &[crate::harness::Case] =
            &[$(crate::harness::Case { name: concat!(module_path!(), "::", stringify!($name)), run: $name }),*];
    };
}
pub(crate) use cases;

/// Runs a case in a fresh tab, on a site of its own, and closes it however the case ends.
pub(crate) fn in_browser(case: impl AsyncFnOnce(&Tab)) {
    in_browser_that_prefers(Scheme::Light, case);
}

/// The same for a reader whose system is set to light or dark.
pub(crate) fn in_browser_that_prefers(scheme: Scheme, case: impl AsyncFnOnce(&Tab)) {
    let browser = match BROWSER.take() {
        Some(browser) => browser.turned(scheme),
        None => Browser::start(scheme),
    };
    let tab = browser.block_on(async { Tab::new(&browser, Server::start().await).await });
    let result = catch_unwind(AssertUnwindSafe(|| browser.block_on(case(&tab))));
    match result {
        Ok(()) => {
            browser.block_on(tab.leave());
            BROWSER.set(Some(browser));
        }
        // The next case gets another browser: it must not suffer from this one.
        Err(panic) => {
            eprintln!("--- the page when the case failed\n{}", browser.block_on(tab.describe()));
            browser.close();
            resume_unwind(panic);
        }
    }
}

/// Closes this thread's browser.
fn close_browser() {
    if let Some(browser) = BROWSER.take() {
        browser.close();
    }
}
