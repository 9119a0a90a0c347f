//! All bodies, indexed.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;
use stripout_model::BodyId;

use super::alias::Alias;
use super::public_body::PublicBody;
use super::resolve::{Index, NameWords};
use crate::{Citation, Verification};

/// What `data/bodies/` holds, with an overlay on top. `resolve` says whose a name is.
#[derive(Debug)]
pub struct Bodies {
    pub(super) list: Vec<PublicBody>,
    pub(super) aliases: Vec<Alias>,
    pub(super) successions: Vec<Succession>,
    pub(super) domains: HashMap<String, Domain>,
    pub(super) places: HashMap<BodyId, usize>,
    /// On which any of them began or ended, in order.
    pub(super) days: Vec<Date>,
    /// Scheme and value, in capitals and without blanks.
    pub(super) identifiers: HashMap<(String, String), usize>,
    pub(super) index: Index,
    pub(super) words: NameWords,
    /// What the tables are made from, by id.
    pub(super) citations: BTreeMap<String, Citation>,
    /// Which file each body came from.
    pub(super) files: HashMap<BodyId, String>,
}

/// An internet domain that a body writes from.
#[derive(Debug)]
pub(super) struct Domain {
    pub(super) place: usize,
    /// Id of `citations.toml`; `None` for what is recalled.
    pub(super) source: Option<String>,
}

/// One body's duties passed to another on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Succession {
    pub predecessor: BodyId,
    pub successor: BodyId,
    pub date: Date,
    pub source: Option<String>,
    pub verification: Verification,
}

impl Bodies {
    /// In order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &PublicBody> {
        self.list.iter()
    }

    pub fn get(&self, id: &BodyId) -> Option<&PublicBody> {
        self.places.get(id).and_then(|place| self.list.get(*place))
    }

    /// Which of the stretches of time between which bodies begin or end a day lies in: `resolve` finds the same body on all days of
    /// one.
    pub fn stretch(&self, at: Date) -> usize {
        self.days.partition_point(|day| *day <= at)
    }

    /// Its other names.
    pub fn aliases<'a>(&'a self, id: &'a BodyId) -> impl Iterator<Item = &'a Alias> {
        self.aliases.iter().filter(move |alias| alias.body == *id)
    }

    /// The body with this number in this register (`gss`, `ods`, `GB-LAE` ...; `data/vocab/body-registers.toml`).
    pub fn by_identifier(&self, scheme: &str, value: &str) -> Option<&PublicBody> {
        let scheme = self.words.register.get(scheme).map_or(scheme, String::as_str);
        let key = identifier_key(scheme, value);
        self.identifiers.get(&key).and_then(|place| self.list.get(*place))
    }

    /// The body that writes from this internet domain, or from one below it: `planning.camden.gov.uk`.
    pub fn by_domain(&self, host: &str) -> Option<&PublicBody> {
        let host = host.trim().to_ascii_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(domain) = self.domains.get(rest) {
                return self.list.get(domain.place);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// What the tables are made from, by id.
    pub fn citation(&self, id: &str) -> Option<&Citation> {
        self.citations.get(id)
    }

    /// Those that took over from it.
    pub fn successors<'a>(&'a self, id: &'a BodyId) -> impl Iterator<Item = &'a Succession> {
        self.successions.iter().filter(move |s| s.predecessor == *id)
    }

    /// Those it took over from.
    pub fn predecessors<'a>(&'a self, id: &'a BodyId) -> impl Iterator<Item = &'a Succession> {
        self.successions.iter().filter(move |s| s.successor == *id)
    }
}

pub(super) fn identifier_key(scheme: &str, value: &str) -> (String, String) {
    let fold = |text: &str| -> String {
        let kept = text.chars().filter(|c| !c.is_whitespace());
        kept.flat_map(char::to_uppercase).collect()
    };
    (fold(scheme), fold(value))
}
