//! Whatever an entry names exists, and an unestablished maker is not named as one.

use stripout_model::{BrandId, MakerId};

use super::Report;
use crate::{Catalogue, EntryKind, Relation};

const NO_MAKER: &str = "add data/makers/<id>.toml, or correct the id";

pub(super) fn check(report: &mut Report<'_>) {
    makers(report);
    brands(report);
    models(report);
    rules_and_claims(report);
    fingerprints(report);
}

fn makers(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    for maker in catalogue.makers.values() {
        let id = maker.id.as_str();
        if let Some(parent) = &maker.parent {
            maker_exists(report, EntryKind::Maker, id, parent);
        }
        spelled_in(report, EntryKind::Maker, id, maker.spelled_in.as_deref());
    }
    for (_, restriction) in catalogue.restrictions() {
        for also in &restriction.also {
            maker_exists(report, EntryKind::Restriction, &restriction.id, also);
        }
    }
}

fn brands(report: &mut Report<'_>) {
    for brand in report.catalogue.brands.values() {
        let id = brand.id.as_str();
        spelled_in(report, EntryKind::Brand, id, brand.spelled_in.as_deref());
        if brand.made_by.is_empty() {
            report.fault(
                EntryKind::Brand,
                id,
                "says nothing of its maker",
                "add [[made-by]], if only `unknown`",
            );
        }
        for made_by in &brand.made_by {
            if let Some(maker) = &made_by.maker {
                maker_exists(report, EntryKind::Brand, id, maker);
            }
            if made_by.maker.is_none() != (made_by.relation == Relation::Unknown) {
                let what = format!(
                    "relation `{}` and its maker do not fit",
                    made_by.relation.as_str()
                );
                report.fault(
                    EntryKind::Brand,
                    id,
                    what,
                    "leave the maker out when, and only when, it is not established",
                );
            }
        }
    }
}

fn models(report: &mut Report<'_>) {
    for model in report.catalogue.models.values() {
        let id = model.id.as_str();
        if let Some(maker) = &model.maker {
            maker_exists(report, EntryKind::Model, id, maker);
        }
        if let Some(brand) = &model.brand {
            brand_exists(report, EntryKind::Model, id, brand);
        }
        for other in &model.ambiguous_with {
            if !report.catalogue.models.contains_key(other) {
                report.fault(
                    EntryKind::Model,
                    id,
                    format!("no model family `{other}`"),
                    "correct `ambiguous-with`",
                );
            }
        }
    }
}

fn rules_and_claims(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    for policy in catalogue.policies.values() {
        for maker in policy.subject.iter().flat_map(|s| &s.named) {
            maker_exists(report, EntryKind::Policy, &policy.id, maker);
        }
    }
    for claim in catalogue.claims.values() {
        for maker in &claim.makers {
            maker_exists(report, EntryKind::Claim, &claim.id, maker);
        }
        if claim.makers.is_empty() && claim.about.is_empty() {
            report.fault(
                EntryKind::Claim,
                &claim.id,
                "is about nobody",
                "fill `makers` or `about`",
            );
        }
    }
}

fn fingerprints(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    for row in catalogue.vulnerabilities.values() {
        match (&row.maker, &row.vendor) {
            (Some(maker), None) => maker_exists(report, EntryKind::Vulnerability, &row.cve, maker),
            (None, Some(_)) => {}
            _ => report.fault(
                EntryKind::Vulnerability,
                &row.cve,
                "names not one owner",
                "fill `maker` or `vendor`",
            ),
        }
    }
    for row in catalogue.mac_prefixes.values() {
        match (&row.maker, &row.brand) {
            (Some(maker), None) => maker_exists(report, EntryKind::MacPrefix, &row.prefix, maker),
            (None, Some(brand)) => brand_exists(report, EntryKind::MacPrefix, &row.prefix, brand),
            _ => report.fault(
                EntryKind::MacPrefix,
                &row.prefix,
                "names not one owner",
                "fill `maker` or `brand`",
            ),
        }
        let hex = row
            .prefix
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b));
        if !hex || ![6, 7, 9].contains(&row.prefix.len()) {
            let hint = "6, 7 or 9 upper-case hex digits without separators";
            report.fault(EntryKind::MacPrefix, &row.prefix, "is no address block", hint);
        }
    }
}

fn maker_exists(report: &mut Report<'_>, kind: EntryKind, id: &str, maker: &MakerId) {
    if !report.catalogue.makers.contains_key(maker) {
        report.fault(kind, id, format!("no maker `{maker}`"), NO_MAKER);
    }
}

fn brand_exists(report: &mut Report<'_>, kind: EntryKind, id: &str, brand: &BrandId) {
    if !report.catalogue.brands.contains_key(brand) {
        report.fault(
            kind,
            id,
            format!("no label `{brand}`"),
            "add data/brands/<id>.toml, or correct the id",
        );
    }
}

fn spelled_in(report: &mut Report<'_>, kind: EntryKind, id: &str, place: Option<&str>) {
    if let Some(place) = place
        && !has_names(report.catalogue, place)
    {
        let hint = "name `makers/<id>` or `brands/<id>` of an entry that lists names";
        report.fault(
            kind,
            id,
            format!("`spelled-in` leads to `{place}`, where no names are"),
            hint,
        );
    }
}

fn has_names(catalogue: &Catalogue, place: &str) -> bool {
    match place.split_once('/') {
        Some(("makers", id)) => id
            .parse()
            .ok()
            .and_then(|id: MakerId| catalogue.makers.get(&id))
            .is_some_and(|m| !m.names.is_empty()),
        Some(("brands", id)) => id
            .parse()
            .ok()
            .and_then(|id: BrandId| catalogue.brands.get(&id))
            .is_some_and(|b| !b.names.is_empty()),
        _ => false,
    }
}
