//! What `stripout catalogue check` says of the examples.

use stripout_catalogue::Catalogue;
use stripout_identify::unproven;

#[test]
fn the_catalogue_proves_itself_and_a_wrong_example_is_named() {
    let mut catalogue = Catalogue::embedded().expect("the embedded catalogue");
    assert_eq!(unproven(&catalogue), []);
    let (id, maker) = catalogue.makers.iter_mut().next().expect("a maker");
    let id = id.to_string();
    maker.examples.push("a text that names nobody".into());
    let faults = unproven(&catalogue);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(
        faults
            .iter()
            .all(|fault| fault.entry == id && fault.what.contains("names nobody")),
        "{faults:#?}"
    );
}
