//! The worked cases of all instruments come out as they expect, and one that does not is told.

use stripout_catalogue::{Bodies, Catalogue};
use stripout_judge::{failing_cases, work_cases};
use stripout_model::Coverage;

#[test]
fn every_worked_case_holds() {
    let catalogue = Catalogue::embedded().unwrap();
    assert!(work_cases(&catalogue).unwrap().len() >= 6 * catalogue.policies.len());
    let failing: Vec<String> = failing_cases(&catalogue)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        failing.is_empty(),
        "{} fail:\n{}",
        failing.len(),
        failing.join("\n")
    );
}

#[test]
fn a_case_that_expects_another_outcome_or_clause_is_told() {
    let mut catalogue = Catalogue::embedded().unwrap();
    let policy = catalogue.policies.get_mut("uk-wms-2022-11-24").unwrap();
    for case in &mut policy.cases {
        match case.id.as_str() {
            "council" => case.expect = Coverage::Covered,
            "core-network" => case.clause = Some("cease-deployment".into()),
            _ => {}
        }
    }
    let failing: Vec<String> = failing_cases(&catalogue)
        .unwrap()
        .into_iter()
        .map(|fault| fault.what)
        .collect();
    assert_eq!(
        failing,
        [
            "the case `core-network` expects covered by `cease-deployment` and comes out covered by `no-core-network`",
            "the case `council` expects covered and comes out out-of-scope by `cease-deployment`",
        ]
    );
}

#[test]
fn bodies_that_instruments_name_are_in_the_tables() {
    let catalogue = Catalogue::embedded().unwrap();
    let bodies = Bodies::embedded().unwrap();
    let provisions = catalogue.policies.values().flat_map(|policy| &policy.provisions);
    let named = provisions
        .filter_map(|provision| provision.body.as_ref())
        .filter(|who| who.nation.iter().any(|nation| nation.starts_with("GB")))
        .flat_map(|who| &who.id);
    let mut count = 0;
    for id in named {
        assert!(bodies.get(id).is_some(), "{id}");
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn every_nation_and_kind_of_the_tables_can_be_judged() {
    let catalogue = Catalogue::embedded().unwrap();
    let values = |name: &str| &catalogue.vocabularies[name].values;
    for body in Bodies::embedded().unwrap().iter() {
        let nations = values("nations");
        assert!(nations.iter().any(|it| it.id == body.nation), "{}", body.nation);
        assert!(
            values("body-kinds").iter().any(|it| it.id == body.kind),
            "{}",
            body.kind
        );
    }
}
