//! The host's side: the same components, written as HTML before any script runs.
//!
//! An element gets a [declarative shadow root](https://html.spec.whatwg.org/#attr-template-shadowrootmode)
//! with its style and its content. In the browser, `browser` takes that over.
//! What goes wrong is a text that names the place and says what to do.

mod command;
mod dates;
mod document;
mod feeds;
mod files;
mod networks;
mod pages;
mod style;
mod widget;
mod words;

pub use command::run;

/// A failure, in words for the person who must act.
type Result<T> = std::result::Result<T, String>;

/// Says where a failure was.
fn at(place: impl std::fmt::Display) -> impl FnOnce(String) -> String {
    move |failure| format!("{place}: {failure}")
}
