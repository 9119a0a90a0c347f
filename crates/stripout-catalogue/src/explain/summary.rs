//! Label and one line of an entry.

use super::{brand, maker};
use crate::{Catalogue, EntryKind};

pub(crate) fn of(catalogue: &Catalogue, kind: EntryKind, id: &str) -> Option<(String, String)> {
    let both = match kind {
        EntryKind::Maker => {
            let maker = catalogue.maker_by(id)?;
            let seat = maker
                .headquarters
                .as_ref()
                .map_or(String::new(), |seat| format!(", {seat}"));
            (
                maker.label.clone(),
                format!("{}{seat}; {}", maker.legal_name, maker.jurisdiction),
            )
        }
        EntryKind::Brand => {
            let entry = catalogue.brand_by(id)?;
            let told = entry.maker().or_else(|| entry.made_by.first());
            let statement =
                told.map_or_else(String::new, |made_by| brand::statement(catalogue, entry, made_by));
            let doubt = if entry.disputed.is_some() {
                " Sources disagree."
            } else {
                ""
            };
            (entry.label.clone(), format!("{statement}{doubt}"))
        }
        EntryKind::Model => {
            let family = catalogue.model_by(id)?;
            let maker = family
                .maker
                .as_ref()
                .map_or("maker not established", |id| catalogue.maker_label(id));
            (
                family.id.to_string(),
                format!("{}; {maker}; {}", family.description, family.examples.join(", ")),
            )
        }
        EntryKind::Restriction => {
            let (named, restriction) = catalogue
                .restrictions()
                .find(|(_, restriction)| restriction.id == id)?;
            let named = named.map_or("no company by name", |maker| maker.label.as_str());
            (
                restriction.instrument.clone(),
                format!("{named}: {}", maker::one_line(restriction)),
            )
        }
        EntryKind::Policy => {
            let policy = catalogue.policies.get(id)?;
            let line = format!(
                "{}, {}, {}, {}",
                policy.kind, policy.jurisdiction, policy.adopted, policy.status
            );
            (policy.title.clone(), line)
        }
        EntryKind::Claim => {
            let claim = catalogue.claims.get(id)?;
            let reply = if claim.reply.is_some() {
                "with reply"
            } else {
                "no reply found"
            };
            (
                claim.id.clone(),
                format!("{} ({}; {reply})", claim.claim, claim.claimed_by),
            )
        }
        EntryKind::Vulnerability => {
            let row = catalogue.vulnerabilities.get(id)?;
            let owner = row
                .maker
                .as_ref()
                .map(|id| catalogue.maker_label(id))
                .or(row.vendor.as_deref());
            (
                row.cve.clone(),
                format!(
                    "{}: {} in {}",
                    owner.unwrap_or("unknown vendor"),
                    row.flaw,
                    row.products
                ),
            )
        }
        EntryKind::MacPrefix => {
            let row = catalogue.mac_prefixes.get(id)?;
            (row.prefix.clone(), format!("registered to {}", row.registrant))
        }
        EntryKind::Citation => {
            let citation = catalogue.citations.get(id)?;
            (
                citation.title.clone(),
                citation.date.clone().unwrap_or_else(|| "date not known".into()),
            )
        }
        EntryKind::Vocabulary => {
            let vocabulary = catalogue.vocabularies.get(id)?;
            let values: Vec<&str> = vocabulary.values.iter().map(|value| value.id.as_str()).collect();
            (id.to_owned(), values.join(", "))
        }
    };
    Some(both)
}
