//! All that is known, indexed by id.

use std::collections::BTreeMap;
use std::sync::Arc;

use stripout_model::{BrandId, MakerId, ModelId};

use crate::entry::EntryKind;
use crate::{
    Brand, Citation, Claim, MacPrefix, Maker, ModelFamily, Policy, RequestRules, Restriction, Vocabulary,
    Vulnerability, Words,
};

/// What the folder `data/` holds, with an overlay on top.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    pub makers: BTreeMap<MakerId, Maker>,
    pub brands: BTreeMap<BrandId, Brand>,
    pub models: BTreeMap<ModelId, ModelFamily>,
    /// Measures that name no company: who is covered follows from a test.
    pub class_restrictions: Vec<Restriction>,
    pub policies: BTreeMap<String, Policy>,
    pub claims: BTreeMap<String, Claim>,
    /// By CVE id.
    pub vulnerabilities: BTreeMap<String, Vulnerability>,
    /// By prefix, in upper-case hex digits.
    pub mac_prefixes: BTreeMap<String, MacPrefix>,
    pub citations: BTreeMap<String, Citation>,
    /// By the name of the file in `data/vocab/`.
    pub vocabularies: BTreeMap<String, Vocabulary>,
    pub words: Arc<Words>,
    pub requests: RequestRules,
    pub origins: Origins,
}

impl Catalogue {
    /// Every measure, with the maker it names first; `None` for those that name no company.
    pub fn restrictions(&self) -> impl Iterator<Item = (Option<&Maker>, &Restriction)> {
        let of_makers = self
            .makers
            .values()
            .flat_map(|m| m.restrictions.iter().map(move |r| (Some(m), r)));
        of_makers.chain(self.class_restrictions.iter().map(|r| (None, r)))
    }
}

/// Which file each entry came from.
#[derive(Debug, Clone, Default)]
pub struct Origins(BTreeMap<(EntryKind, String), String>);

impl Origins {
    pub(crate) fn set(&mut self, kind: EntryKind, id: &str, path: &str) {
        self.0.insert((kind, id.to_owned()), path.to_owned());
    }

    /// Path in the data folder; empty for an entry that came from no file.
    pub fn of(&self, kind: EntryKind, id: &str) -> &str {
        self.0.get(&(kind, id.to_owned())).map_or("", String::as_str)
    }
}
