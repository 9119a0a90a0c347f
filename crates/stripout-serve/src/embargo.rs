//! What is held back: which thing is meant, and what everybody does not see because of it.

use std::collections::HashSet;

use stripout_model::Finding;
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
    let filter = Filter {
        source: Some(text.to_owned()),
        ..Filter::default()
    };
    let sources: Vec<SourceRow> = register.sources(&filter).await?;
    Ok(match sources.as_slice() {
        [one] => Some(one.source.blob.to_string()),
        _ => None,
    })
}

impl Judging {
    /// Marks findings as not public that are held back, or that rest on a source that is.
    pub(crate) fn hold_back(&self, findings: &mut [Finding]) {
        if self.embargoes.is_empty() {
            return;
        }
        let held: HashSet<&str> = self
            .sightings
            .iter()
            .filter(|said| is_held(&self.embargoes, &said.what.evidence.blob))
            .map(|said| said.id.as_str())
            .collect();
        for finding in findings {
            let mut ids = finding.sightings.iter().chain(&finding.contradicted_by);
            if self.embargoes.holds(&finding.id) || ids.any(|id| held.contains(id.as_str())) {
                finding.public = false;
            }
        }
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

/// The source with these bytes is held back.
pub(crate) fn is_held(embargoes: &Embargoes, blob: &stripout_model::BlobId) -> bool {
    !embargoes.is_empty() && embargoes.holds(&blob.to_string())
}
