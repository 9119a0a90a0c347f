//! Closed vocabularies hold: a field takes only the values that `data/vocab/` explains.

use std::collections::BTreeSet;

use stripout_model::Effect;

use super::Report;
use crate::{
    Catalogue, Certainty, EntryKind, NameOrigin, NameRule, PolicyStatus, Relation, Specificity, Verification,
};

pub(super) fn check(report: &mut Report<'_>) {
    explained(report, "relations", &Relation::ALL.map(Relation::as_str));
    explained(report, "certainty", &Certainty::ALL.map(Certainty::as_str));
    explained(
        report,
        "verification",
        &Verification::ALL.map(Verification::as_str),
    );
    explained(report, "specificity", &Specificity::ALL.map(Specificity::as_str));
    explained(report, "name-rules", &NameRule::ALL.map(NameRule::as_str));
    explained(report, "name-origins", &NameOrigin::ALL.map(NameOrigin::as_str));
    explained(
        report,
        "policy-status",
        &PolicyStatus::ALL.map(PolicyStatus::as_str),
    );
    let effects: Vec<&str> = Effect::ALL.iter().map(|effect| effect.as_str()).collect();
    explained(report, "policy-effects", &effects);
    used(report);
}

/// The values the program knows are those the vocabulary explains, no more and no fewer.
fn explained(report: &mut Report<'_>, vocabulary: &str, known: &[&str]) {
    let values: BTreeSet<&str> = report
        .catalogue
        .vocabularies
        .get(vocabulary)
        .map(|v| v.values.iter().map(|value| value.id.as_str()).collect())
        .unwrap_or_default();
    let known: BTreeSet<&str> = known.iter().copied().collect();
    for value in known.difference(&values) {
        let what = format!("does not explain `{value}`");
        report.fault(
            EntryKind::Vocabulary,
            vocabulary,
            what,
            "add the value with its meaning",
        );
    }
    for value in values.difference(&known) {
        let what = format!("the program knows no `{value}`");
        report.fault(
            EntryKind::Vocabulary,
            vocabulary,
            what,
            "remove it: this vocabulary is fixed in the program",
        );
    }
}

fn used(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    let contrast = &catalogue.words.context.unreported_jurisdictions;
    for class in contrast
        .iter()
        .filter(|class| !is_value(catalogue, "jurisdictions", class))
    {
        let what =
            format!("words/context.toml leaves makers of `{class}` unreported, and there is no such class");
        report.fault(
            EntryKind::Vocabulary,
            "jurisdictions",
            what,
            "correct `unreported-jurisdictions`",
        );
    }
    let mut uses: Vec<(EntryKind, &str, &str, &str)> = Vec::new();
    for maker in catalogue.makers.values() {
        uses.push((
            EntryKind::Maker,
            maker.id.as_str(),
            "jurisdictions",
            &maker.jurisdiction,
        ));
    }
    for (_, restriction) in catalogue.restrictions() {
        uses.push((
            EntryKind::Restriction,
            &restriction.id,
            "subject-tests",
            &restriction.test,
        ));
        uses.push((
            EntryKind::Restriction,
            &restriction.id,
            "measure-status",
            &restriction.status,
        ));
    }
    for model in catalogue.models.values() {
        let kinds = model
            .device
            .split('/')
            .map(|kind| (EntryKind::Model, model.id.as_str(), "device-kinds", kind));
        uses.extend(kinds);
    }
    for policy in catalogue.policies.values() {
        let mut add = |vocabulary, value| uses.push((EntryKind::Policy, &policy.id, vocabulary, value));
        add("policy-kinds", &policy.kind);
        if let Some(subject) = &policy.subject {
            add("subject-tests", &subject.test);
        }
        for act in policy.acts.iter().flat_map(|a| a.prohibit.iter().flatten()) {
            add("acts", act);
        }
        for body in policy
            .scope
            .iter()
            .flat_map(|s| s.bodies.iter().chain(&s.excluded_bodies))
        {
            add(
                "body-kinds",
                body.split_once(':').map_or(body.as_str(), |(kind, _)| kind),
            );
        }
    }
    for (kind, id, vocabulary, value) in uses {
        if !is_value(catalogue, vocabulary, value) {
            let hint =
                format!("use a value of data/vocab/{vocabulary}.toml, or add this one with its meaning");
            report.fault(
                kind,
                id,
                format!("`{value}` is no value of the vocabulary `{vocabulary}`"),
                &hint,
            );
        }
    }
}

pub(super) fn is_value(catalogue: &Catalogue, vocabulary: &str, value: &str) -> bool {
    catalogue
        .vocabularies
        .get(vocabulary)
        .is_some_and(|v| v.get(value).is_some())
}
