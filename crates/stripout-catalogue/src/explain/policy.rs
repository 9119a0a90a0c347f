//! An instrument: whom it binds, what it asks, what it forbids, where it stands, and what it does not reach.

use super::{field, list};
use crate::{Catalogue, Policy};

pub(super) fn lines(catalogue: &Catalogue, policy: &Policy) -> Vec<String> {
    let mut lines = vec![format!(
        "A {} of {}, {}.",
        policy.kind, policy.issuer, policy.jurisdiction
    )];
    field(&mut lines, "Adopted", Some(&policy.adopted));
    field(&mut lines, "In force from", policy.in_force_from.as_deref());
    let note = policy
        .status_note
        .as_ref()
        .map_or(String::new(), |note| format!(" ({note})"));
    lines.push(format!("Status: {}{note}.", policy.status));
    if let Some(scope) = &policy.scope {
        list(
            &mut lines,
            "Binds",
            &[scope.bodies.clone(), scope.bodies_as_stated.clone()].concat(),
        );
        list(&mut lines, "Does not bind", &scope.excluded_bodies);
        field(&mut lines, "Sites", scope.sites.as_deref());
        field(&mut lines, "On sites", scope.sites_note.as_deref());
        field(&mut lines, "On scope", scope.note.as_deref());
    }
    if let Some(definition) = &policy.definition {
        let parts: Vec<String> = definition.any_of.iter().map(|part| part.text.clone()).collect();
        list(&mut lines, "Means any of", &parts);
    }
    if let Some(subject) = &policy.subject {
        field(&mut lines, "Test", Some(&subject.test));
        field(&mut lines, "Law", subject.law.as_deref());
        field(&mut lines, "Place of manufacture", subject.place.as_deref());
        let named: Vec<String> = subject
            .named
            .iter()
            .map(|id| catalogue.maker_label(id).to_owned())
            .collect();
        list(&mut lines, "Names", &named);
        field(&mut lines, "Includes", subject.includes.as_deref());
        field(&mut lines, "Limited to", subject.purpose_limit.as_deref());
        field(&mut lines, "Rebrands", subject.rebrands.as_deref());
        field(&mut lines, "Components", subject.components.as_deref());
    }
    if let Some(acts) = &policy.acts {
        match acts.prohibit.as_deref() {
            Some([]) => lines.push("Prohibits nothing.".into()),
            Some(prohibit) => list(&mut lines, "Prohibits", prohibit),
            None => {}
        }
        field(&mut lines, "On connecting", acts.prohibit_connect.as_deref());
        list(&mut lines, "Requires", &acts.require);
        list(&mut lines, "Must", &acts.must);
        list(&mut lines, "May", &acts.may);
        list(&mut lines, "To be considered", &acts.consider);
    }
    list(&mut lines, "Exceptions", &policy.exceptions);
    field(&mut lines, "Deadline", policy.deadline.as_deref());
    for milestone in &policy.milestones {
        lines.push(format!("By {}: {}.", milestone.when, milestone.share));
    }
    for version in &policy.versions {
        lines.push(format!("{}: {}.", version.when, version.what));
    }
    for provision in &policy.provisions {
        lines.push(format!(
            "Provision `{}` ({}): {}.",
            provision.id, provision.effect, provision.says
        ));
        for exemption in &provision.exemptions {
            lines.push(format!("But `{}`: {}.", exemption.id, exemption.says));
        }
    }
    for untested in &policy.untested {
        lines.push(format!(
            "No provision for \"{}\": {}.",
            untested.states, untested.because
        ));
    }
    list(&mut lines, "Does not reach", &policy.gaps);
    list(&mut lines, "Found in", &policy.legal_refs);
    if let Some(quote) = &policy.quote {
        lines.push(format!("In its words: \"{quote}\"."));
    }
    field(&mut lines, "What if", policy.what_if.as_deref());
    field(&mut lines, "Note", policy.note.as_deref());
    list(&mut lines, "Remarks", &policy.remarks);
    for source in &policy.sources {
        let cited = std::slice::from_ref(&source.citation);
        lines.push(catalogue.source_line(cited, source.date.as_deref(), source.verification, None, None));
    }
    lines
}
