#![doc = include_str!("../README.md")]

mod ahead;
mod batch;
mod body_reply;
mod create;
mod embargo;
mod error;
pub mod export;
mod filter;
mod id;
mod once;
mod open;
mod part;
mod query;
mod readers;
mod reference;
mod register;
mod row;
mod source_page;
mod sql;
mod task;
mod unit;
mod unread;
mod write;

pub use batch::{Batch, Keeping, KeptRecord, NewSource, SourceEnd, Tally, TallyOf};
pub use body_reply::{BodyReplies, BodyReply, BodyReplyAct, Replied};
pub use embargo::{Embargo, Embargoes};
pub use error::{RegisterError, Result};
pub use export::{Cell, Column, ColumnKind, Format, Table};
pub use filter::{Filter, Order};
pub use id::RowId;
pub use once::{Answered, Once};
pub use open::OpenMode;
pub use query::ledger::{LedgerPayment, LedgerSighting};
pub use query::postcode::Located;
pub use query::show::Found;
pub use query::statement::{Origins, Outline};
pub use query::summary::{BodyLeads, Denominator, MoneySum, SightingCount, Summary, SummaryOf};
pub use query::these::InRecord;
pub use query::watch::Watch;
pub use readers::{Serving, is_served};
pub use reference::{
    ReferenceArea, ReferenceFact, ReferenceFile, ReferenceImport, ReferenceOrganisation, ReferencePostcode,
};
pub use register::Register;
pub use row::{
    AffiliationRow, CommitmentRow, ContractRow, EvidenceOf, EvidenceRow, LeadRow, Listed, OutcomeRow,
    PaymentRow, ProblemRow, RecordRow, SightingRow, SourceRef, SourceRow,
};
pub use source_page::{SourcePage, SourcePages};
pub use task::{TaskAct, TaskEntry, Tasks};
pub use unit::{Begun, Group, LongUnit, Unit};
pub use unread::Unread;

use error::RegisterError as Error;
