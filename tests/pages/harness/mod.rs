//! What every case needs: a site to visit, a browser to visit it with, and
//! what the visit left in the console.

mod console;
mod driver;
mod faults;
mod server;
mod tab;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use tokio::sync::Semaphore;

pub(crate) use self::tab::Tab;
use self::{driver::Driver, server::Server};

/// Two browsers at a time: more of them make each other time out on a small machine.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Runs a test in a browser of its own, and closes the browser however the test ends.
pub(crate) fn in_browser(test: impl AsyncFnOnce(&Tab)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let _seat = runtime.block_on(SEATS.acquire()).unwrap();
    let driver = Driver::start();
    let tab = runtime.block_on(async { Tab::new(&driver, Server::start().await).await });
    let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&tab))));
    if result.is_err() {
        eprintln!("--- the page when the test failed\n{}", runtime.block_on(tab.describe()));
    }
    runtime.block_on(tab.close());
    drop(driver);
    if let Err(panic) = result {
        resume_unwind(panic);
    }
}
