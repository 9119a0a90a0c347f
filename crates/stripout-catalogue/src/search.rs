//! Finding entries by a word: an id, a name, or anything in their one-line summary.

use serde::Serialize;

use crate::explain::summary;
use crate::{Catalogue, EntryKind};

/// One entry that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub kind: EntryKind,
    pub id: String,
    pub label: String,
    /// One line.
    pub summary: String,
}

/// How well an entry fits; the best come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Name,
    Summary,
}

impl Catalogue {
    /// Entries that hold the term, in any case, the best fit first. An empty term finds nothing.
    pub fn search(&self, term: &str) -> Vec<Entry> {
        let term = term.trim().to_lowercase();
        if term.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Fit, Entry)> = Vec::new();
        for (kind, id) in self.ids() {
            let Some(entry) = self.entry(kind, &id) else {
                continue;
            };
            let mut names = self.names_of(kind, &id);
            names.extend([entry.id.clone(), entry.label.clone()]);
            let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
            let fit = if names.contains(&term) {
                Fit::Exact
            } else if names.iter().any(|name| name.contains(&term)) {
                Fit::Name
            } else if entry.summary.to_lowercase().contains(&term) {
                Fit::Summary
            } else {
                continue;
            };
            found.push((fit, entry));
        }
        found.sort_by(|a, b| (&a.0, a.1.kind, &a.1.id).cmp(&(&b.0, b.1.kind, &b.1.id)));
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The entry with this id, in short.
    pub fn entry(&self, kind: EntryKind, id: &str) -> Option<Entry> {
        let (label, summary) = summary::of(self, kind, id)?;
        Some(Entry {
            kind,
            id: id.to_owned(),
            label,
            summary,
        })
    }

    /// Every entry's kind and id, by kind and then by id.
    pub(crate) fn ids(&self) -> Vec<(EntryKind, String)> {
        let mut ids = Vec::new();
        let mut add = |kind, of_kind: Vec<String>| ids.extend(of_kind.into_iter().map(|id| (kind, id)));
        add(
            EntryKind::Maker,
            self.makers.keys().map(ToString::to_string).collect(),
        );
        add(
            EntryKind::Brand,
            self.brands.keys().map(ToString::to_string).collect(),
        );
        add(
            EntryKind::Model,
            self.models.keys().map(ToString::to_string).collect(),
        );
        add(
            EntryKind::Restriction,
            self.restrictions().map(|(_, r)| r.id.clone()).collect(),
        );
        add(EntryKind::Policy, self.policies.keys().cloned().collect());
        add(EntryKind::Claim, self.claims.keys().cloned().collect());
        add(
            EntryKind::Vulnerability,
            self.vulnerabilities.keys().cloned().collect(),
        );
        add(EntryKind::MacPrefix, self.mac_prefixes.keys().cloned().collect());
        add(EntryKind::Citation, self.citations.keys().cloned().collect());
        add(EntryKind::Vocabulary, self.vocabularies.keys().cloned().collect());
        ids
    }

    /// Other names an entry goes by.
    fn names_of(&self, kind: EntryKind, id: &str) -> Vec<String> {
        match kind {
            EntryKind::Maker => self.maker_by(id).map_or_else(Vec::new, |maker| {
                let names = maker.names.iter().map(|name| name.text.clone());
                names
                    .chain(maker.short_names.clone())
                    .chain([maker.legal_name.clone()])
                    .collect()
            }),
            EntryKind::Brand => self.brand_by(id).map_or_else(Vec::new, |brand| {
                let listed = brand
                    .made_by
                    .iter()
                    .filter_map(|made_by| made_by.listed_as.clone());
                let names = brand.names.iter().map(|name| name.text.clone());
                names.chain(brand.also_called.clone()).chain(listed).collect()
            }),
            EntryKind::Model => self
                .model_by(id)
                .map_or_else(Vec::new, |model| model.examples.clone()),
            _ => Vec::new(),
        }
    }
}
