//! What everybody may see: accepted by enough reviewers and fit to be named in public, and what follows from that alone.

use std::collections::{BTreeSet, HashSet};

use stripout_judge::{Findings, Reviews};
use stripout_model::Finding;

use super::mask::{is_private, masked};
use crate::Judging;
use crate::embargo::is_held;

/// Takes from the sightings all that may not be shown and judges anew, so that no sum or day of a finding rests on what
/// nobody accepted. A finding must be public with all its sightings in view, too: one that contradicts and was not
/// decided on holds it back.
///
/// What is held back goes first: nothing that is judged after knows of it.
pub(super) fn narrow(judging: &mut Judging) -> Vec<Finding> {
    let embargoes = std::mem::take(&mut judging.embargoes);
    judging
        .sightings
        .retain(|said| !is_held(&embargoes, &said.what.evidence.blob));
    judging.embargoes = embargoes;
    let Findings { findings, .. } = judging.findings();
    let public: BTreeSet<String> = findings
        .into_iter()
        .filter(|finding| finding.public)
        .map(|finding| finding.id)
        .collect();
    let reviews = Reviews::of(&judging.decisions);
    let accepted: HashSet<String> = judging
        .queue()
        .into_iter()
        .filter(|one| one.may_be_public)
        .flat_map(|one| std::iter::once(one.sighting).chain(one.copies))
        .filter(|id| is_accepted(&reviews, id, judging.reviewers))
        .collect();
    // The words of a source may tell where a sensitive site is: they are left out with what they say.
    judging
        .sightings
        .retain(|said| accepted.contains(&said.id) && said.what.installation.sensitive != Some(true));
    // A place that leads to a person would be told by the address of the finding alone.
    judging.sightings.retain(|said| {
        let site = said.what.installation.site.as_deref();
        site.is_none_or(|site| !is_private(site))
    });
    let mut findings = judging.findings().findings;
    findings.retain(|finding| finding.public && public.contains(&finding.id));
    let behind: HashSet<&str> = findings.iter().flat_map(rests_on).collect();
    judging.sightings.retain(|said| behind.contains(said.id.as_str()));
    for finding in &mut findings {
        finding.sentence = masked(&finding.sentence).into_owned();
    }
    findings
}

impl Judging {
    /// What everybody may see, judged anew from accepted sightings alone. What is left out is gone from `self`, too, so that
    /// what else is asked of it rests on the same.
    pub fn narrow(&mut self) -> Findings {
        Findings {
            findings: narrow(self),
            ..Findings::default()
        }
    }

    /// A reviewer's accept stands on it, as on what is public.
    pub fn is_accepted(&self, thing: &str) -> bool {
        is_accepted(&Reviews::of(&self.decisions), thing, self.reviewers)
    }
}

/// Ids of all sightings that a finding is about.
pub(super) fn rests_on(finding: &Finding) -> impl Iterator<Item = &str> {
    let all = finding.sightings.iter().chain(&finding.contradicted_by);
    all.map(String::as_str)
}

/// A reviewer's accept stands on it, as on what is public.
pub(super) fn is_accepted(reviews: &Reviews<'_>, thing: &str, reviewers: usize) -> bool {
    reviews.of_thing(thing).is_accepted(reviewers)
}
