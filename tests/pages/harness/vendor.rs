//! Commands that one vendor's driver has and the specification has not.

use std::sync::Arc;

use axum::http::Method;
use serde_json::Value;
use thirtyfour::{
    WebDriver,
    common::command::{Command, ExtensionCommand},
};

/// A command, by its place below the session's.
#[derive(Debug)]
pub(crate) struct Vendor {
    endpoint: Arc<str>,
    body: Value,
}

impl Vendor {
    pub(crate) fn new(endpoint: &str, body: Value) -> Self {
        Self { endpoint: format!("/{endpoint}").into(), body }
    }

    /// Sends it, and gives what the driver answers.
    pub(crate) async fn send(self, driver: &WebDriver) -> Value {
        let shown = format!("{} {}", self.endpoint, self.body);
        let result = driver.cmd(Command::ExtensionCommand(Box::new(self))).await;
        let answer = result.unwrap_or_else(|error| panic!("{shown}: {error}"));
        answer.value_json().unwrap_or_else(|error| panic!("{shown}: {error}"))
    }
}

impl ExtensionCommand for Vendor {
    fn parameters_json(&self) -> Option<Value> {
        Some(self.body.clone())
    }

    fn method(&self) -> Method {
        Method::POST
    }

    fn endpoint(&self) -> Arc<str> {
        self.endpoint.clone()
    }
}
