//! What is held back: which thing is meant, and what everybody does not see because of it.

use std::collections::HashSet;

use stripout_model::{BlobId, BodyId, Finding, MakerId, Sighting, Statement};
use stripout_register::{Embargoes, Filter, Register, RegisterError, SourceRow};

use crate::Judging;

/// The thing that a text names: the id of a finding, or the SHA-256 or path of one source, by any part that only it has.
pub async fn thing_named(
    register: &Register,
    judging: &Judging,
    text: &str,
) -> Result<Option<String>, RegisterError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if judging
        .findings()
        .findings
        .iter()
        .any(|finding| finding.id == text)
    {
        return Ok(Some(text.to_owned()));
    }
    let source = source_named(register, text).await?;
    Ok(source.map(|blob| blob.to_string()))
}

/// The one source that a text names: by any part of its SHA-256 or path that only it has.
pub async fn source_named(register: &Register, text: &str) -> Result<Option<BlobId>, RegisterError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let filter = Filter {
        source: Some(text.to_owned()),
        ..Filter::default()
    };
    let sources: Vec<SourceRow> = register.sources(&filter).await?;
    Ok(match sources.as_slice() {
        [one] => Some(one.source.blob),
        _ => None,
    })
}

impl Judging {
    /// Marks findings as not public that are held back, or that rest on a source that is.
    pub(crate) fn hold_back(&self, findings: &mut [Finding]) {
        if self.embargoes.is_empty() {
            return;
        }
        let held: HashSet<&str> = self.held_sightings().collect();
        for finding in findings {
            if self.is_held(finding, &held) {
                finding.public = false;
            }
        }
    }

    /// Bodies of which a finding or something that a source says is held back.
    pub(crate) fn held_bodies(&self) -> HashSet<BodyId> {
        if self.embargoes.is_empty() {
            return HashSet::new();
        }
        let held: HashSet<&str> = self.held_sightings().collect();
        let findings = self.findings().findings.into_iter();
        let held = findings.filter(|finding| self.is_held(finding, &held));
        held.map(|finding| finding.body).collect()
    }

    fn is_held(&self, finding: &Finding, sightings: &HashSet<&str>) -> bool {
        let mut ids = finding.sightings.iter().chain(&finding.contradicted_by);
        self.embargoes.holds(&finding.id) || ids.any(|id| sightings.contains(id.as_str()))
    }

    /// Sources that findings which are held back rest on.
    pub(crate) fn held_sources(&self) -> HashSet<BlobId> {
        let records = self.held_records();
        let held = self
            .sightings
            .iter()
            .filter(|said| records.contains(&said.record));
        held.map(|said| said.what.evidence.blob).collect()
    }

    /// Of sources that are held back.
    fn held_sightings(&self) -> impl Iterator<Item = &str> {
        let held = |said: &&Statement<Sighting>| is_held(&self.embargoes, &said.what.evidence.blob);
        self.sightings.iter().filter(held).map(|said| said.id.as_str())
    }

    /// Records that findings which are held back stand in.
    pub(crate) fn held_records(&self) -> Vec<String> {
        if self.embargoes.is_empty() {
            return Vec::new();
        }
        let findings = self.findings().findings;
        let held = findings
            .iter()
            .filter(|finding| self.embargoes.holds(&finding.id));
        let ids: HashSet<&str> = held
            .flat_map(|finding| finding.sightings.iter().chain(&finding.contradicted_by))
            .map(String::as_str)
            .collect();
        let said = self
            .sightings
            .iter()
            .filter(|said| ids.contains(said.id.as_str()));
        said.map(|said| said.record.clone()).collect()
    }
}

/// Body and maker of every finding that is held back; of one at a place, those of the whole.
pub(crate) fn held_findings(embargoes: &Embargoes) -> HashSet<(BodyId, MakerId)> {
    let named = |thing: &str| {
        let mut parts = thing.splitn(3, '.');
        let body = parts.next()?.parse().ok()?;
        Some((body, parts.next()?.parse().ok()?))
    };
    let entries = embargoes.entries().into_iter();
    entries.filter_map(|entry| named(&entry.thing)).collect()
}

/// The source with these bytes is held back.
pub(crate) fn is_held(embargoes: &Embargoes, blob: &stripout_model::BlobId) -> bool {
    !embargoes.is_empty() && embargoes.holds(&blob.to_string())
}
