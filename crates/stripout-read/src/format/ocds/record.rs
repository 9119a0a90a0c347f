//! A release, or a record of a record package, as a record.

use std::borrow::Cow;

use stripout_model::{DocumentKind, Facts, LineItem, Passage, Record, RecordPlace, Shape};

use super::Release;
use super::contract::Detail;
use crate::json::Unit;

pub(crate) struct OcdsRecord<'r, 'a> {
    pub(crate) unit: Unit<'a>,
    /// The release itself and those inside it.
    pub(crate) releases: &'r [Release<'a>],
}

impl Record for OcdsRecord<'_, '_> {
    fn place(&self) -> RecordPlace {
        self.unit.place
    }

    fn kind(&self) -> DocumentKind {
        DocumentKind::Contract
    }

    fn shape(&self) -> Shape {
        Shape::Fields
    }

    fn raw(&self) -> &[u8] {
        self.unit.bytes
    }

    fn passages(&self) -> Vec<Passage<'_>> {
        crate::json::passages(&self.unit, &|parents, key| {
            let inside = parents
                .iter()
                .position(|p| !matches!(p.as_ref(), "releases" | "records" | "compiledRelease"));
            super::role::role(inside.and_then(|at| parents.get(at..)).unwrap_or_default(), key)
        })
    }

    fn items(&self) -> Vec<LineItem> {
        super::item::items(&self.unit)
    }

    fn facts(&self) -> Facts {
        self.contracts(Detail::Whole)
    }

    fn counted(&self) -> Facts {
        self.contracts(Detail::Counted)
    }

    fn whole(&self) -> Cow<'_, str> {
        self.unit.whole()
    }
}

impl OcdsRecord<'_, '_> {
    /// The contracts of every release. A compiled release only repeats those beside it, and counts when it is alone.
    fn contracts(&self, detail: Detail) -> Facts {
        let full = self
            .releases
            .iter()
            .any(|release| !release.compiled && release.has_sections());
        let told = self
            .releases
            .iter()
            .filter(|release| release.has_sections() && !(full && release.compiled));
        Facts {
            contracts: told
                .flat_map(|release| release.contracts(self.unit.encoding, detail))
                .collect(),
            payment: None,
        }
    }
}
