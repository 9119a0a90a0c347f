//! Whether the catalogue may say in public who made what a sighting names.

use stripout_catalogue::Catalogue;

use super::Placed;

/// What is only recalled or made up never reaches a public page; a label needs a relation that may be published.
pub(super) fn may_be_named(one: &Placed<'_>, catalogue: &Catalogue) -> bool {
    let maker = catalogue.makers.get(&one.maker);
    if !maker.is_some_and(|maker| maker.verification.is_first_hand()) {
        return false;
    }
    // A reviewer who says who made it has looked further than the label.
    if one.corrected && one.reviewed.maker.is_some() {
        return true;
    }
    let sighting = &one.said.what;
    let model = sighting.model.as_ref().and_then(|id| catalogue.models.get(id));
    if let Some(id) = &sighting.brand {
        let brand = catalogue.brands.get(id);
        return brand.is_some_and(|brand| {
            let mut relations = brand.made_by.iter();
            relations.any(|relation| relation.publish && relation.maker.as_ref() == Some(&one.maker))
        });
    }
    model.is_none_or(|model| model.verification.is_first_hand())
}
