//! A file that holds one entry is named after it, so that a person finds it.

use super::Report;
use crate::EntryKind;

pub(super) fn check(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    let makers = catalogue
        .makers
        .keys()
        .map(|id| (EntryKind::Maker, "makers", id.as_str()));
    let brands = catalogue
        .brands
        .keys()
        .map(|id| (EntryKind::Brand, "brands", id.as_str()));
    let policies = catalogue
        .policies
        .keys()
        .map(|id| (EntryKind::Policy, "policies", id.as_str()));
    let claims = catalogue
        .claims
        .keys()
        .map(|id| (EntryKind::Claim, "claims", id.as_str()));
    for (kind, folder, id) in makers.chain(brands).chain(policies).chain(claims) {
        let wanted = format!("{folder}/{id}.toml");
        if catalogue.origins.of(kind, id) != wanted {
            report.fault(
                kind,
                id,
                "the file has another name than the entry",
                &format!("rename the file to {wanted}"),
            );
        }
    }
}
