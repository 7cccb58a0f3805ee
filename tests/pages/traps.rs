//! Soon.
use crate::harness::cases;
cases![];
