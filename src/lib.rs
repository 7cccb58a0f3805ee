//! Kabar: article cards, share buttons and a next-post teaser for any web page.
//!
//! Data goes one way, with the browser at the edge:
//!
//! ```text
//! attributes -> config -> feed -> model -> view
//!                                           ^
//!               browser (wasm only): page, events, mount/update/drop
//!               prerender (host only): page, feed, the same as HTML
//! ```
//!
//! | module | may import |
//! | --- | --- |
//! | `scan` | std |
//! | [`feed`] | `scan` |
//! | [`share`], [`next`], [`locale`], [`config`] | `feed` |
//! | [`view`] | the above, leptos |
//! | `browser`, `prerender` | everything |

pub mod config;
pub mod feed;
pub mod locale;
pub mod next;
mod scan;
pub mod share;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod prerender;
