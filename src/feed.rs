//! From a feed's wire value to the one [`Feed`] model.

mod error;
mod model;

pub use error::FeedError;
pub use model::{Date, Feed, Image, Item};
