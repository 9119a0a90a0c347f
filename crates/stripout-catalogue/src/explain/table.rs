//! Entries of the long tables, and the vocabularies.

use super::field;
use crate::{Catalogue, Citation, MacPrefix, Vocabulary, Vulnerability};

pub(super) fn vulnerability(catalogue: &Catalogue, row: &Vulnerability) -> Vec<String> {
    let mut lines = vec![format!("Weakness: {} in {}.", row.flaw, row.products)];
    if let Some(maker) = &row.maker {
        field(&mut lines, "Maker", Some(catalogue.maker_label(maker)));
    }
    field(&mut lines, "Vendor", row.vendor.as_deref());
    field(&mut lines, "Login needed", row.auth_needed.as_deref());
    field(&mut lines, "CVSS", row.cvss.as_deref());
    field(&mut lines, "Affected", row.affected.as_deref());
    field(&mut lines, "Fixed in", row.fixed_in.as_deref());
    field(&mut lines, "Told by", Some(&row.identify_by));
    let kev = if row.kev {
        "known to be exploited (KEV)"
    } else {
        "not in the KEV catalogue"
    };
    let since = row
        .kev_date
        .as_ref()
        .map_or(String::new(), |date| format!(", listed {date}"));
    let due = row
        .kev_due
        .as_ref()
        .map_or(String::new(), |date| format!(", due {date}"));
    lines.push(format!("Exploitation: {kev}{since}{due}."));
    field(&mut lines, "Note", row.note.as_deref());
    let note = row.verification_note.as_deref();
    lines.push(catalogue.source_line(
        &row.sources,
        row.source_date.as_deref(),
        row.verification,
        note,
        None,
    ));
    lines
}

pub(super) fn mac_prefix(catalogue: &Catalogue, row: &MacPrefix) -> Vec<String> {
    let mut lines = vec![format!("Registered to {}.", row.registrant)];
    if let Some(maker) = &row.maker {
        field(&mut lines, "Maker", Some(catalogue.maker_label(maker)));
    }
    if let Some(brand) = row.brand.as_ref().and_then(|id| catalogue.brands.get(id)) {
        lines.push(format!(
            "Label: {}. A block of a label says nothing about the maker.",
            brand.label
        ));
    }
    lines.push(catalogue.source_line(&row.sources, Some(&row.source_date), row.verification, None, None));
    lines
}

pub(super) fn citation(citation: &Citation) -> Vec<String> {
    let mut lines = Vec::new();
    field(&mut lines, "Date", citation.date.as_deref());
    lines.extend(citation.url.as_ref().map(|url| format!("Address: {url}")));
    field(&mut lines, "Licence", citation.licence.as_deref());
    field(&mut lines, "Note", citation.note.as_deref());
    lines
}

pub(super) fn vocabulary(vocabulary: &Vocabulary) -> Vec<String> {
    vocabulary
        .values
        .iter()
        .map(|value| format!("{}: {}.", value.id, value.meaning))
        .collect()
}
