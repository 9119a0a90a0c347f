//! What goes with what is held back: records, bodies and sources, gathered part by part.

use std::collections::HashSet;

use stripout_model::{BlobId, BodyId};
use stripout_register::{Embargoes, SourcePages};

use crate::Judging;
use crate::embargo::held_findings;

#[derive(Default)]
pub(super) struct Held {
    /// What else these records say goes with the findings that they say.
    pub(super) records: HashSet<String>,
    /// Of these something is held back.
    pub(super) bodies: HashSet<BodyId>,
    /// Findings that are held back rest on these.
    sources: HashSet<BlobId>,
}

impl Held {
    pub(super) fn add(&mut self, judging: &Judging) {
        self.records.extend(judging.held_records());
        self.bodies.extend(judging.held_bodies());
        self.sources.extend(judging.held_sources());
    }

    pub(super) fn join(&mut self, other: Self) {
        self.records.extend(other.records);
        self.bodies.extend(other.bodies);
        self.sources.extend(other.sources);
    }

    /// Of these sources those whose originals everybody may have.
    pub(super) fn open(
        &self,
        sources: HashSet<BlobId>,
        pages: &SourcePages,
        embargoes: &Embargoes,
    ) -> HashSet<BlobId> {
        // Of a body without anything public it was not looked up which sources tell of it.
        let findings = held_findings(embargoes);
        if findings.iter().any(|(body, _)| !self.bodies.contains(body)) {
            return HashSet::new();
        }
        let may = |blob: &BlobId| {
            let page = pages.get(blob);
            page.is_some_and(|page| page.open) && !self.sources.contains(blob)
        };
        sources.into_iter().filter(may).collect()
    }
}
