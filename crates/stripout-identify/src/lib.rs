#![doc = include_str!("../README.md")]

mod found;
mod identifier;
mod stance;

pub use found::{AffiliationSignal, Found};
pub use identifier::Identifier;
pub use stance::{Judged, MentionSpan, StanceRules};
