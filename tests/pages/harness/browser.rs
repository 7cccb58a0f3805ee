//! One browser, in which the cases of a thread run one after the other.

use std::future::Future;

use thirtyfour::WebDriver;
use tokio::runtime::{self, Runtime};

use super::{driver::Driver, engine::Engine, loopback::Loopback, reader::Scheme};

/// A browser, its driver, and what runs the futures that talk to it.
pub(crate) struct Browser {
    pub(crate) engine: Engine,
    pub(crate) scheme: Scheme,
    pub(crate) session: WebDriver,
    driver: Driver,
    runtime: Runtime,
}

impl Browser {
    /// Starts the engine that is to be tested.
    pub(crate) fn start(scheme: Scheme) -> Self {
        let engine = Engine::chosen();
        let runtime = runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let driver = Driver::start(engine);
        let session = runtime.block_on(async { WebDriver::builder(driver.url(), engine.capabilities(scheme)).client(Loopback).await });
        let session = session.unwrap_or_else(|error| panic!("{} does not start: {error}", engine.name()));
        Self { engine, scheme, session, driver, runtime }
    }

    /// The same browser for a reader who prefers light or dark, or another one
    /// where the engine must be told when it starts.
    pub(crate) fn turned(self, scheme: Scheme) -> Self {
        if self.engine == Engine::Webkit && self.scheme != scheme {
            self.close();
            return Self::start(scheme);
        }
        Self { scheme, ..self }
    }

    /// Runs a future to its end.
    pub(crate) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Closes it. The driver is stopped all the same where the browser is past answering.
    pub(crate) fn close(self) {
        let Self { session, driver, runtime, .. } = self;
        if let Err(error) = runtime.block_on(session.quit()) {
            eprintln!("the browser did not close: {error}");
        }
        drop(driver);
    }
}
