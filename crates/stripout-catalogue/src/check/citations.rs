//! Every fact cites, every citation exists and is used, and what rests on no source claims no reading.

use std::collections::BTreeSet;

use super::Report;
use crate::{Catalogue, EntryKind, Name, Verification};

/// Citations that stand for the absence of a source.
const NO_SOURCE: [&str; 2] = ["recalled", "constructed"];

pub(super) fn check(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    let mut used = BTreeSet::new();
    for fact in facts(report) {
        if fact.sources.is_empty() {
            let hint = "cite a source of citations.toml, or `recalled`";
            report.fault(fact.kind, fact.id, format!("{} cites nothing", fact.what), hint);
        }
        for source in fact.sources {
            used.insert(source.as_str());
            if !catalogue.citations.contains_key(source) {
                let hint = "add it to citations.toml, or correct the id";
                report.fault(fact.kind, fact.id, format!("no citation `{source}`"), hint);
            }
        }
        let sourceless = fact.sources.iter().all(|s| NO_SOURCE.contains(&s.as_str()));
        if sourceless && !fact.sources.is_empty() && fact.verification > Some(Verification::Recalled) {
            let what = format!("{} is marked as read and cites nothing that could be", fact.what);
            report.fault(
                fact.kind,
                fact.id,
                what,
                "cite what was read, or mark it `recalled`",
            );
        }
    }
    for id in catalogue
        .citations
        .keys()
        .filter(|id| !used.contains(id.as_str()))
    {
        report.fault(
            EntryKind::Citation,
            id,
            "nothing cites it",
            "remove it, or cite it where it belongs",
        );
    }
}

/// Anything that must cite.
struct Fact<'a> {
    kind: EntryKind,
    id: &'a str,
    what: &'static str,
    sources: &'a [String],
    verification: Option<Verification>,
}

fn facts<'a>(report: &Report<'a>) -> Vec<Fact<'a>> {
    let catalogue = report.catalogue;
    let mut facts = Facts(Vec::new());
    facts.of_makers(catalogue);
    facts.of_labels(catalogue);
    facts.of_instruments(catalogue);
    facts.of_products(catalogue);
    facts.of_requests(catalogue);
    facts.0
}

struct Facts<'a>(Vec<Fact<'a>>);

impl<'a> Facts<'a> {
    fn of_makers(&mut self, catalogue: &'a Catalogue) {
        for maker in catalogue.makers.values() {
            let id = maker.id.as_str();
            self.add(
                EntryKind::Maker,
                id,
                "the entry",
                &maker.sources,
                Some(maker.verification),
            );
            for share in &maker.state_shares {
                self.add(
                    EntryKind::Maker,
                    id,
                    "a state share",
                    &share.sources,
                    Some(share.verification),
                );
            }
            self.names(EntryKind::Maker, id, &maker.names);
        }
        for (_, restriction) in catalogue.restrictions() {
            let verification = Some(restriction.verification);
            self.add(
                EntryKind::Restriction,
                &restriction.id,
                "the measure",
                &restriction.sources,
                verification,
            );
        }
    }

    fn of_labels(&mut self, catalogue: &'a Catalogue) {
        for brand in catalogue.brands.values() {
            let id = brand.id.as_str();
            for made_by in &brand.made_by {
                self.add(
                    EntryKind::Brand,
                    id,
                    "a relation",
                    &made_by.sources,
                    Some(made_by.verification),
                );
            }
            self.names(EntryKind::Brand, id, &brand.names);
            if !brand.disputed_sources.is_empty() {
                self.add(EntryKind::Brand, id, "the dispute", &brand.disputed_sources, None);
            }
        }
    }

    fn of_instruments(&mut self, catalogue: &'a Catalogue) {
        for policy in catalogue.policies.values() {
            if policy.sources.is_empty() {
                self.add(EntryKind::Policy, &policy.id, "the instrument", &[], None);
            }
            for source in &policy.sources {
                let cited = std::slice::from_ref(&source.citation);
                self.add(
                    EntryKind::Policy,
                    &policy.id,
                    "the instrument",
                    cited,
                    Some(source.verification),
                );
            }
        }
        for claim in catalogue.claims.values() {
            self.add(
                EntryKind::Claim,
                &claim.id,
                "the claim",
                &claim.sources,
                Some(claim.verification),
            );
            if let Some(reply) = &claim.reply {
                self.add(EntryKind::Claim, &claim.id, "the reply", &reply.sources, None);
            }
        }
    }

    fn of_products(&mut self, catalogue: &'a Catalogue) {
        for model in catalogue.models.values() {
            self.add(
                EntryKind::Model,
                model.id.as_str(),
                "the family",
                &model.sources,
                Some(model.verification),
            );
        }
        for row in catalogue.vulnerabilities.values() {
            self.add(
                EntryKind::Vulnerability,
                &row.cve,
                "the row",
                &row.sources,
                Some(row.verification),
            );
        }
        for row in catalogue.mac_prefixes.values() {
            self.add(
                EntryKind::MacPrefix,
                &row.prefix,
                "the row",
                &row.sources,
                Some(row.verification),
            );
        }
    }

    /// Days and clocks have no ids: what is wrong with them is told of the source they cite.
    fn of_requests(&mut self, catalogue: &'a Catalogue) {
        let rules = &catalogue.requests;
        let clocks = rules
            .clocks
            .iter()
            .map(|clock| (&clock.sources, clock.verification));
        let holidays = rules.holidays.iter().map(|day| (&day.sources, day.verification));
        for (sources, verification) in clocks.chain(holidays) {
            let cited = sources.first().map_or("requests", String::as_str);
            self.add(
                EntryKind::Citation,
                cited,
                "a time to answer",
                sources,
                Some(verification),
            );
        }
    }

    /// Registered names stand on their entry's sources; variants bring their own.
    fn names(&mut self, kind: EntryKind, id: &'a str, names: &'a [Name]) {
        for name in names
            .iter()
            .filter(|name| name.verification.is_some() || !name.sources.is_empty())
        {
            self.add(kind, id, "a name", &name.sources, name.verification);
        }
    }

    fn add(
        &mut self,
        kind: EntryKind,
        id: &'a str,
        what: &'static str,
        sources: &'a [String],
        verification: Option<Verification>,
    ) {
        self.0.push(Fact {
            kind,
            id,
            what,
            sources,
            verification,
        });
    }
}
