//! One OCDS release as it stands in the bytes: what a contract is made from, borrowed, in flat reusable tables.
//!
//! Lenient, because publishers are: `null`, an object or a number where another kind was promised reads as nothing, one
//! object where a list was promised as a list of one, and of a key given twice the last counts.

use std::ops::Range;

use crate::json::{Scalar, Str};

pub(super) const TAG: u8 = 1;
pub(super) const INITIATION: u8 = 128;

/// A release, or what else has its sections.
#[derive(Debug, Default)]
pub(crate) struct Release<'a> {
    pub(super) ocid: Option<Scalar<'a>>,
    pub(super) id: Option<Scalar<'a>>,
    pub(super) date: Option<Scalar<'a>>,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) tags: Vec<Scalar<'a>>,
    pub(super) buyer: Option<Org<'a>>,
    pub(super) tender: Tender<'a>,
    pub(super) planning: Planning<'a>,
    pub(super) parties: Vec<Party<'a>>,
    pub(super) identifiers: Vec<Ident<'a>>,
    pub(super) awards: Vec<Award<'a>>,
    pub(super) suppliers: Vec<Org<'a>>,
    pub(super) contracts: Vec<Deal<'a>>,
    pub(super) documents: Vec<(Owner, Link<'a>)>,
    pub(super) cpv: Vec<(Owner, Scalar<'a>)>,
    /// Of documents anywhere, in order.
    pub(super) notices: Vec<Str<'a>>,
    /// One bit for each section met.
    pub(super) sections: u8,
    /// Amounts that are no money: `1e9999`, `NaN`, thirty digits.
    pub(crate) odd_amounts: usize,
    /// Merged from others by the publisher.
    pub(crate) compiled: bool,
}

/// Which section of the release something belongs to; awards and contracts by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Planning,
    Tender,
    Award(usize),
    Contract(usize),
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Org<'a> {
    pub(super) id: Option<Scalar<'a>>,
    pub(super) name: Option<Scalar<'a>>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Party<'a> {
    pub(super) org: Org<'a>,
    pub(super) legal_name: Option<Scalar<'a>>,
    pub(super) roles: Roles,
    pub(super) identifiers: Range<usize>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) buyer: bool,
    pub(super) procuring: bool,
    pub(super) supplier: bool,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ident<'a> {
    pub(super) scheme: Option<Scalar<'a>>,
    pub(super) id: Option<Scalar<'a>>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Value<'a> {
    pub(super) amount: Option<Scalar<'a>>,
    pub(super) gross: Option<Scalar<'a>>,
    pub(super) currency: Option<Scalar<'a>>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Period<'a> {
    pub(super) start: Option<Scalar<'a>>,
    pub(super) end: Option<Scalar<'a>>,
}

#[derive(Debug, Default)]
pub(super) struct Tender<'a> {
    pub(super) given: bool,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) status: Option<Scalar<'a>>,
    pub(super) value: Value<'a>,
    pub(super) period: Period<'a>,
    pub(super) procuring: Option<Org<'a>>,
    /// Periods of the lots: publishers of lots give no other.
    pub(super) lots: Vec<Period<'a>>,
}

#[derive(Debug, Default)]
pub(super) struct Planning<'a> {
    pub(super) given: bool,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) value: Value<'a>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Award<'a> {
    pub(super) id: Option<Scalar<'a>>,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) status: Option<Scalar<'a>>,
    pub(super) date: Option<Scalar<'a>>,
    pub(super) value: Value<'a>,
    pub(super) period: Period<'a>,
    pub(super) suppliers: Range<usize>,
    /// Says more than that it was amended.
    pub(super) outcome: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Deal<'a> {
    pub(super) id: Option<Scalar<'a>>,
    pub(super) award: Option<Scalar<'a>>,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) status: Option<Scalar<'a>>,
    pub(super) signed: Option<Scalar<'a>>,
    pub(super) value: Value<'a>,
    pub(super) period: Period<'a>,
    pub(super) outcome: bool,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Link<'a> {
    pub(super) url: Option<Scalar<'a>>,
    pub(super) title: Option<Scalar<'a>>,
    pub(super) description: Option<Scalar<'a>>,
}

impl Release<'_> {
    /// Forgets all but the memory.
    pub(crate) fn clear(&mut self) {
        let old = std::mem::take(self);
        *self = Self {
            tags: cleared(old.tags),
            parties: cleared(old.parties),
            identifiers: cleared(old.identifiers),
            awards: cleared(old.awards),
            suppliers: cleared(old.suppliers),
            contracts: cleared(old.contracts),
            documents: cleared(old.documents),
            cpv: cleared(old.cpv),
            notices: cleared(old.notices),
            tender: Tender {
                lots: cleared(old.tender.lots),
                ..Tender::default()
            },
            ..Self::default()
        };
    }

    /// Whether this is OCDS: it names its process, or has at least two of the sections.
    pub(crate) fn is_ocds(&self) -> bool {
        matches!(self.ocid, Some(Scalar::Text(_))) || self.sections.count_ones() >= 2
    }

    /// Whether it says more than where the release is to be found.
    pub(crate) fn has_sections(&self) -> bool {
        self.sections & !(TAG | INITIATION) != 0
    }
}

fn cleared<T>(mut table: Vec<T>) -> Vec<T> {
    table.clear();
    table
}
