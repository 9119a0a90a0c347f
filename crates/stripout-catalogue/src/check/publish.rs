//! What a public page may state: a relation that was read, with a maker, and well supported.

use super::Report;
use crate::{Certainty, EntryKind, MadeBy, Relation};

pub(super) fn check(report: &mut Report<'_>) {
    for brand in report.catalogue.brands.values() {
        for made_by in brand.made_by.iter().filter(|made_by| made_by.publish) {
            if let Some(why) = why_not(made_by) {
                let what = format!("may not be published: {why}");
                report.fault(
                    EntryKind::Brand,
                    brand.id.as_str(),
                    what,
                    "set `publish = false`, or add the source",
                );
            }
        }
    }
}

fn why_not(made_by: &MadeBy) -> Option<&'static str> {
    let supported = match made_by.certainty {
        Certainty::High => true,
        Certainty::Medium => made_by.sources.len() >= 2,
        Certainty::Low | Certainty::Uncertain => false,
    };
    if made_by.maker.is_none() {
        Some("no maker is established")
    } else if matches!(
        made_by.relation,
        Relation::NotFound | Relation::Unknown | Relation::Distributor
    ) {
        Some("the relation is none of making")
    } else if !made_by.verification.is_first_hand() {
        Some("its source was not read")
    } else if !supported {
        Some("the support is weaker than high certainty, or medium with two sources")
    } else {
        None
    }
}
