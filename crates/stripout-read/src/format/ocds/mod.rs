//! Open Contracting Data Standard: releases, and the contracts in them.

mod contract;
mod item;
mod record;
mod release;
mod role;
mod scan;

pub(crate) use record::OcdsRecord;
pub(crate) use release::Release;
