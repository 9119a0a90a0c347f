#![doc = include_str!("../README.md")]

mod blob;
mod commitment;
mod contract;
mod document;
mod evidence;
mod id;
mod lead;
mod method;
mod money;
mod outcome;
mod payment;
mod place;
mod problem;
mod reserve;
mod sighting;
mod stance;

pub use blob::{BlobId, Provenance};
pub use commitment::{Act, Authority, Commitment, Deadline, Voice};
pub use contract::{Contract, Cpv, DocumentLink, Identifier, Party, Stage};
pub use document::{DocumentKind, Facts, Passage, Record, RecordPlace, Role, Shape};
pub use evidence::Evidence;
pub use id::{BrandId, MakerId, ModelId, ParseIdError};
pub use lead::{Affiliation, Lead, LeadSignal};
pub use method::{Confidence, Via};
pub use money::{Currency, Money, ParseMoneyError};
pub use outcome::{Days, Ground, Outcome, OutcomeKind};
pub use payment::Payment;
pub use place::{Decoding, Escape, Locator, Place};
pub use problem::{Code, Problem, Severity};
pub use reserve::Reserve;
pub use sighting::{Mention, Row, Sighting};
pub use stance::Stance;
