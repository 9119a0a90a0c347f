//! A label: each relation with its line, period and source, and whether it may be published.

use super::{field, list};
use crate::{Brand, Catalogue, MadeBy, Relation};

pub(super) fn lines(catalogue: &Catalogue, brand: &Brand) -> Vec<String> {
    let mut lines = Vec::new();
    for made_by in &brand.made_by {
        relation(catalogue, brand, made_by, &mut lines);
    }
    if let Some(disputed) = &brand.disputed {
        lines.push(format!(
            "Sources disagree, so the label alone names no maker: {disputed}"
        ));
    }
    let texts: Vec<String> = brand.names.iter().map(|name| name.text.clone()).collect();
    list(&mut lines, "Looked for as", &texts);
    field(&mut lines, "Spellings are listed in", brand.spelled_in.as_deref());
    field(&mut lines, "Not looked for", brand.unmatched.as_deref());
    list(&mut lines, "Also called, and not looked for", &brand.also_called);
    field(&mut lines, "Note", brand.note.as_deref());
    lines
}

fn relation(catalogue: &Catalogue, brand: &Brand, made_by: &MadeBy, lines: &mut Vec<String>) {
    let mut parts = vec![statement(catalogue, brand, made_by)];
    parts.extend(
        made_by
            .listed_as
            .as_ref()
            .map(|label| format!("Listed as \"{label}\".")),
    );
    parts.extend(made_by.note.as_ref().map(|note| format!("Note: {note}.")));
    parts.push(format!("Certainty: {}.", made_by.certainty.as_str()));
    lines.push(parts.join(" "));
    let source = catalogue.source_line(
        &made_by.sources,
        made_by.source_date.as_deref(),
        made_by.verification,
        made_by.verification_note.as_deref(),
        made_by.checked.as_deref(),
    );
    let leave = if made_by.publish { "yes" } else { "no" };
    lines.push(format!("{source} May be published: {leave}."));
}

/// "Examplecam: some product lines are reported to be made by Maker (recorders), from 2017."
pub(super) fn statement(catalogue: &Catalogue, brand: &Brand, made_by: &MadeBy) -> String {
    let mut parts = vec![format!("{}: {}", brand.label, made_by.wording)];
    parts.extend(made_by.maker.as_ref().map(|maker| {
        let maker = catalogue.maker_label(maker);
        if made_by.relation == Relation::NotFound {
            format!(" that {maker} makes it")
        } else {
            format!(" {maker}")
        }
    }));
    if !made_by.lines.is_empty() {
        parts.push(format!(" ({})", made_by.lines));
    }
    parts.extend(made_by.from.as_ref().map(|from| format!(", from {from}")));
    parts.extend(made_by.until.as_ref().map(|until| format!(", until {until}")));
    parts.push(".".into());
    parts.concat()
}
