#![doc = include_str!("../README.md")]

mod affiliation;
mod attribution;
mod candidate;
mod confidence;
mod context;
mod crowd;
mod exact;
mod find;
mod found;
mod fuzzy;
mod grammar;
mod headed;
mod identifier;
mod installation;
mod lead;
mod legal;
mod letters;
mod normal;
mod prove;
mod reply;
mod rules;
mod scan;
mod sieve;
mod spelling;
mod stance;
mod token;
mod unit;
mod why;

pub use found::{AffiliationSignal, Found};
pub use identifier::Identifier;
pub use prove::{Proof, prove, unproven};
pub use reply::{CommitmentSignal, OutcomeSignal, Reply, SignalPlace};
pub use stance::{Judged, MentionSpan, StanceRules};
