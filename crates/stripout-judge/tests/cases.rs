//! The worked cases of all instruments come out as they expect.

use stripout_catalogue::Catalogue;
use stripout_judge::work_cases;

#[test]
fn every_worked_case_holds() {
    let catalogue = Catalogue::embedded().unwrap();
    let worked = work_cases(&catalogue).unwrap();
    assert!(worked.len() >= 6 * catalogue.policies.len());
    let failed: Vec<String> = worked
        .iter()
        .filter(|case| !case.holds())
        .map(|case| {
            let came = &case.reasoning.determination;
            format!(
                "{} {}: expected {} by {:?}, came {} by {:?}: {}",
                case.policy, case.case, case.expect, case.clause, came.coverage, came.provision, came.why
            )
        })
        .collect();
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}
