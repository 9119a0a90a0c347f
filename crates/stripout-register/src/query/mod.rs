//! Questions to the register.

pub(crate) mod decision;
pub(crate) mod evidence;
pub(crate) mod ledger;
pub(crate) mod list;
pub(crate) mod postcode;
mod provenance;
pub(crate) mod request;
pub(crate) mod show;
pub(crate) mod statement;
pub(crate) mod summary;
pub(crate) mod these;
pub(crate) mod watch;
