//! A maker: who owns it, each share with its date, what was ordered against it, and what is said of it.

use super::{field, list};
use crate::{Catalogue, Maker, Restriction, StateShare};

pub(super) fn lines(catalogue: &Catalogue, maker: &Maker) -> Vec<String> {
    let mut lines = Vec::new();
    let local = maker
        .legal_name_local
        .as_ref()
        .map_or(String::new(), |local| format!(" ({local})"));
    lines.push(format!("Legal name: {}{local}.", maker.legal_name));
    field(&mut lines, "Seat", maker.headquarters.as_deref());
    list(&mut lines, "Country", &maker.countries);
    let class = catalogue
        .vocabularies
        .get("jurisdictions")
        .and_then(|v| v.get(&maker.jurisdiction));
    let meaning = class.map_or(String::new(), |value| format!(": {}", value.meaning));
    lines.push(format!("Jurisdiction class: {}{meaning}.", maker.jurisdiction));
    if let Some(parent) = &maker.parent {
        lines.push(format!("Belongs to {}.", catalogue.maker_label(parent)));
    }
    for share in &maker.state_shares {
        lines.push(share_line(catalogue, share));
    }
    field(&mut lines, "Ownership", maker.ownership_note.as_deref());
    list(&mut lines, "Own labels", &maker.own_brands);
    field(&mut lines, "Spellings are listed in", maker.spelled_in.as_deref());
    let texts: Vec<String> = maker.names.iter().map(|name| name.text.clone()).collect();
    list(&mut lines, "Looked for as", &texts);
    field(&mut lines, "Note", maker.note.as_deref());
    lines.push(catalogue.source_line(
        &maker.sources,
        maker.source_date.as_deref(),
        maker.verification,
        maker.verification_note.as_deref(),
        maker.checked.as_deref(),
    ));
    for restriction in &maker.restrictions {
        lines.push(format!(
            "Measure `{}`: {}.",
            restriction.id,
            one_line(restriction)
        ));
    }
    for claim in catalogue
        .claims
        .values()
        .filter(|claim| claim.makers.contains(&maker.id))
    {
        lines.extend(super::claim::with_reply(claim));
    }
    lines
}

/// A share without its date would be read as today's.
fn share_line(catalogue: &Catalogue, share: &StateShare) -> String {
    let percent = share
        .percent
        .as_ref()
        .map_or(String::new(), |percent| format!("{percent} % held by "));
    let date = share.as_of.as_deref().unwrap_or("date not known");
    let sources: Vec<String> = share
        .sources
        .iter()
        .map(|id| catalogue.source_title(id))
        .collect();
    format!(
        "State share, {date}: {percent}{}. {}, {}.",
        share.holder,
        sources.join("; "),
        share.verification
    )
}

pub(super) fn one_line(restriction: &Restriction) -> String {
    let since = restriction.effective.as_ref().or(restriction.adopted.as_ref());
    let since = since.map_or(String::new(), |since| format!(", {since}"));
    format!(
        "{}, {}{since}, {}",
        restriction.jurisdiction, restriction.instrument, restriction.status
    )
}

pub(super) fn restriction_lines(
    catalogue: &Catalogue,
    maker: Option<&Maker>,
    restriction: &Restriction,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut named: Vec<&str> = maker.iter().map(|maker| maker.label.as_str()).collect();
    named.extend(restriction.also.iter().map(|id| catalogue.maker_label(id)));
    let named = if named.is_empty() {
        "no company by name".to_owned()
    } else {
        named.join(", ")
    };
    lines.push(format!("Names {named}."));
    lines.push(format!("Measure: {}.", restriction.measure));
    field(&mut lines, "Jurisdiction", Some(&restriction.jurisdiction));
    field(&mut lines, "Adopted", restriction.adopted.as_deref());
    field(&mut lines, "Effective", restriction.effective.as_deref());
    field(
        &mut lines,
        "Test",
        Some(&with_note(&restriction.test, restriction.test_note.as_deref())),
    );
    field(&mut lines, "Binds", restriction.bodies.as_deref());
    field(
        &mut lines,
        "Status",
        Some(&with_note(
            &restriction.status,
            restriction.status_note.as_deref(),
        )),
    );
    field(&mut lines, "Note", restriction.note.as_deref());
    lines.push(catalogue.source_line(
        &restriction.sources,
        restriction.source_date.as_deref(),
        restriction.verification,
        restriction.verification_note.as_deref(),
        restriction.checked.as_deref(),
    ));
    lines
}

fn with_note(value: &str, note: Option<&str>) -> String {
    note.map_or_else(|| value.to_owned(), |note| format!("{value} ({note})"))
}
