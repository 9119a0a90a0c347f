//! Counts that a notice states in a field of their own: the quantity of an item.

use stripout_identify::{Found, Identifier};
use stripout_model::{LineItem, Mention, Passage, Place, Record, Stance};

/// Gives each maker that is named in an item, and no other with it, the number of the item, where its unit is a device.
pub(crate) fn count_items(
    identifier: &Identifier,
    record: &dyn Record,
    passages: &[Passage<'_>],
    found: &mut Found,
) {
    let pointer = |mention: &Mention| match &passages.get(mention.passage)?.locator.place {
        Place::Json { pointer, .. } => Some(pointer.as_str()),
        _ => None,
    };
    let wanted = |mention: &Mention| mention.stance == Stance::Has && mention.count.is_none();
    let in_item = |mention: &Mention| pointer(mention).is_some_and(|p| p.contains("/items/"));
    if !found.mentions.iter().any(|it| wanted(it) && in_item(it)) {
        return;
    }
    for item in record.items() {
        let of_item = |mention: &Mention| pointer(mention).is_some_and(|p| stands_in(p, &item));
        let mut here = found.mentions.iter().filter(|mention| of_item(mention));
        let Some(first) = here.next() else { continue };
        let alone = here.all(|other| other.maker == first.maker);
        if !alone || !identifier.counts_devices(item.quantity, item.unit.as_deref()) {
            continue;
        }
        let own = |mention: &&mut Mention| {
            let pointer = passages.get(mention.passage).map(|p| &p.locator.place);
            let here = matches!(pointer, Some(Place::Json { pointer, .. }) if stands_in(pointer, &item));
            here && wanted(mention)
        };
        let unit = item
            .unit
            .as_deref()
            .map_or(String::new(), |unit| format!(" `{unit}`"));
        for mention in found.mentions.iter_mut().filter(own) {
            mention.count = Some(item.quantity);
            mention.why = format!(
                "{}; the item gives the quantity {}{unit}",
                mention.why, item.quantity
            );
        }
    }
}

/// Whether a string is a member of the item, at any depth.
fn stands_in(pointer: &str, item: &LineItem) -> bool {
    pointer
        .strip_prefix(item.pointer.as_str())
        .is_some_and(|rest| rest.starts_with('/'))
}
