#![doc = include_str!("../README.md")]

mod found;
mod identifier;

pub use found::{AffiliationSignal, Found};
pub use identifier::Identifier;
