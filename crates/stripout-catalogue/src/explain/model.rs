//! A family of model numbers: what it stands for and how much it proves.

use super::{field, list};
use crate::{Catalogue, ModelFamily};

pub(super) fn lines(catalogue: &Catalogue, family: &ModelFamily) -> Vec<String> {
    let mut lines = vec![format!("Description: {}.", family.description)];
    match &family.maker {
        Some(maker) => lines.push(format!("Made by {}.", catalogue.maker_label(maker))),
        None => lines
            .push("The number does not tell the maker: it differs by model, or is not established.".into()),
    }
    if let Some(brand) = &family.brand {
        let label = catalogue
            .brands
            .get(brand)
            .map_or(brand.as_str(), |brand| brand.label.as_str());
        lines.push(format!("Sold under the label {label}."));
    }
    field(&mut lines, "Device", Some(&family.device));
    list(&mut lines, "Such as", &family.examples);
    let meaning = catalogue
        .vocabularies
        .get("specificity")
        .and_then(|v| v.get(family.specificity.as_str()));
    let meaning = meaning.map_or(String::new(), |value| format!(": {}", value.meaning));
    lines.push(format!(
        "Alone it proves {}{meaning}.",
        family.specificity.as_str()
    ));
    let ambiguous: Vec<String> = family.ambiguous_with.iter().map(ToString::to_string).collect();
    list(&mut lines, "May be taken for", &ambiguous);
    field(&mut lines, "Collides with", family.collisions.as_deref());
    field(&mut lines, "Pattern", Some(&family.pattern));
    field(&mut lines, "Note", family.note.as_deref());
    lines.push(catalogue.source_line(
        &family.sources,
        family.source_date.as_deref(),
        family.verification,
        family.verification_note.as_deref(),
        family.checked.as_deref(),
    ));
    lines
}
