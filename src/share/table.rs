//! The whole of `networks.json`, for the host: `kabar prerender` and the tests.

use std::sync::OnceLock;

use super::Network;
use crate::feed::Value;

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// The network.
    pub network: &'static Network,
    /// What it does not work without: `image`, `touch`, or nothing.
    pub needs: String,
    /// The page on which it documents its address; empty where it has none.
    pub source: String,
    /// Whose drawing the icon is.
    pub drawn: String,
}

/// All networks, those that are compiled in among them.
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        // The build reads it too: it is a list of rows.
        let json: Vec<serde_json::Value> = serde_json::from_str(include_str!("networks.json")).unwrap_or_default();
        let mut known = Vec::new();
        json.into_iter()
            .map(|row| Value::read(&row, |_| true))
            .map(|row| Row {
                network: super::network(row.get("id").text()).unwrap_or_else(|| Network::read(&row, &mut known)),
                needs: row.get("needs").label(),
                source: row.get("source").label(),
                drawn: row.get("drawn").label(),
            })
            .collect()
    })
}
