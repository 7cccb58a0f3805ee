//! In the place of the crate of the same name (`[patch]` in the root's Cargo.toml).
//!
//! Leptos always brings in `server_fn`, which names two functions of that crate
//! for the bodies of server functions. Kabar has no server functions. But the
//! crate's classes are exported to JavaScript, and an export is a root: whether
//! used or not, they and all that they call stay in every wasm, 5 kB of it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use wasm_bindgen::JsValue;
use web_sys::ReadableStream as Raw;

/// A stream of the browser's. Nothing is ever sent through one here.
#[derive(Debug)]
pub struct ReadableStream(Raw);

impl ReadableStream {
    /// Takes the browser's own.
    pub fn from_raw(raw: Raw) -> Self {
        Self(raw)
    }

    /// One that `stream` would feed; here it is not read.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>>>(stream: S) -> Self {
        drop(stream);
        Self(JsValue::UNDEFINED.into())
    }

    /// The browser's own.
    pub fn into_raw(self) -> Raw {
        self.0
    }

    /// What comes out of it: here nothing.
    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

/// A stream that has ended.
#[derive(Debug)]
pub struct IntoStream;

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
