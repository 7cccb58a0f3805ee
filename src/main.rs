//! `kabar`.
fn main() {}
