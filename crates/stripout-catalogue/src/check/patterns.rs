//! Model grammars compile, match their own examples whole, and no other family's unless that is declared.

use std::collections::BTreeSet;

use regex::{Regex, RegexBuilder};

use super::Report;
use crate::{EntryKind, ModelFamily};

pub(super) fn check(report: &mut Report<'_>) {
    let mut compiled = Vec::new();
    for family in report.catalogue.models.values() {
        match RegexBuilder::new(&family.pattern).case_insensitive(true).build() {
            Ok(pattern) => compiled.push((family, pattern)),
            Err(error) => {
                let what = format!("the pattern does not compile: {error}");
                report.fault(
                    EntryKind::Model,
                    family.id.as_str(),
                    what,
                    "use the syntax of Rust's regex crate",
                );
            }
        }
    }
    for (family, pattern) in &compiled {
        own_examples(report, family, pattern);
        other_examples(report, family, pattern);
    }
}

fn own_examples(report: &mut Report<'_>, family: &ModelFamily, pattern: &Regex) {
    let id = family.id.as_str();
    if family.examples.is_empty() {
        report.fault(
            EntryKind::Model,
            id,
            "has no example",
            "list model numbers it must match",
        );
    }
    for example in &family.examples {
        if pattern.find(example).is_none_or(|hit| hit.as_str() != example) {
            let what = format!("does not match its example `{example}` whole");
            report.fault(
                EntryKind::Model,
                id,
                what,
                "widen the pattern, or correct the example",
            );
        }
    }
    for example in family
        .counter_examples
        .iter()
        .filter(|example| pattern.is_match(example))
    {
        let what = format!("matches its counter-example `{example}`");
        report.fault(EntryKind::Model, id, what, "narrow the pattern");
    }
}

fn other_examples(report: &mut Report<'_>, family: &ModelFamily, pattern: &Regex) {
    let mut met = BTreeSet::new();
    for other in report
        .catalogue
        .models
        .values()
        .filter(|other| other.id != family.id)
    {
        if let Some(example) = other.examples.iter().find(|example| pattern.is_match(example)) {
            met.insert(&other.id);
            if !family.ambiguous_with.contains(&other.id) {
                let what = format!("matches `{example}`, an example of `{}`", other.id);
                report.fault(
                    EntryKind::Model,
                    family.id.as_str(),
                    what,
                    "narrow it, or declare `ambiguous-with`",
                );
            }
        }
    }
    for declared in family.ambiguous_with.iter().filter(|id| !met.contains(id)) {
        let what = format!("is declared ambiguous with `{declared}` and matches none of its examples");
        report.fault(
            EntryKind::Model,
            family.id.as_str(),
            what,
            "remove it, or add the example that shows it",
        );
    }
}
