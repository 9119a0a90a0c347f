//! Findings under all instruments together: the gap, and what another instrument would change.

mod support;

use jiff::civil::date;
use stripout_catalogue::{Catalogue, PolicyStatus};
use stripout_judge::{By, Judge, Query, Standing, Tally, changes, gap};
use stripout_model::{Coverage, Currency, Money, Purchase, Status};
use support::{findings, holdings, query};

#[test]
fn the_gap_counts_what_no_rule_covers_and_never_the_unknown_as_covered() {
    let catalogue = Catalogue::embedded().unwrap();
    let judge = Judge::new(&catalogue).unwrap();
    // One of each kind for each maker.
    let mut findings = findings(40);
    findings[0].status = Status::Removed;
    let holdings = holdings(&findings);
    let table = gap(&judge, &holdings, &query("keep"), None, By::Kind).unwrap();
    let row = |group: &str| table.rows.iter().find(|row| row.group == group).unwrap();
    // Councils: no instrument asks them to take anything away. The one that removed its cameras is not counted.
    assert_eq!(
        (row("council").total.bodies, row("council").no_rule.bodies),
        (9, 9)
    );
    let told: Vec<(u64, &str, Coverage)> = table
        .instruments
        .iter()
        .map(|it| {
            (
                it.findings,
                it.determination.policy.as_str(),
                it.determination.coverage,
            )
        })
        .collect();
    assert!(
        told.contains(&(4, "uk-local-no-duty", Coverage::Exempt)),
        "{told:?}"
    );
    assert!(
        told.iter()
            .all(|(_, _, coverage)| *coverage != Coverage::OutOfScope)
    );
    // Departments: sensitive sites are under a promise, other sites are not known, makers elsewhere under nothing.
    let departments = row("department");
    assert_eq!(departments.covered.bodies, 0);
    assert_eq!((departments.promised.bodies, departments.unknown.bodies), (2, 2));
    assert_eq!(departments.no_rule.bodies, 1);
    let parts = [
        &table.all.covered,
        &table.all.promised,
        &table.all.unknown,
        &table.all.no_rule,
    ];
    assert_eq!(parts.iter().map(|part| part.findings).sum::<u64>(), 39);
    assert_eq!(parts.iter().map(|part| part.devices).sum::<u64>(), 78);
    assert_eq!(table.all.total.money[0].minor_units, 39 * 10_050);
    // Only a rule in force covers: installing on a sensitive site is one.
    let table = gap(&judge, &holdings, &query("deploy"), None, By::Kind).unwrap();
    let departments = table.rows.iter().find(|row| row.group == "department").unwrap();
    assert_eq!(departments.covered.bodies, 2);
}

#[test]
fn one_instrument_alone() {
    let catalogue = Catalogue::embedded().unwrap();
    let judge = Judge::new(&catalogue).unwrap();
    let findings = findings(40);
    let holdings = holdings(&findings);
    let policy = judge.policy("uk-timeline-2024-04").unwrap();
    let table = gap(&judge, &holdings, &query("keep"), Some(policy), By::Maker).unwrap();
    assert_eq!(table.rows.len(), 5);
    // Departments, and agencies, of which the statement does not say whether it means them.
    assert_eq!(table.all.promised.bodies + table.all.unknown.bodies, 8);
    assert_eq!(table.all.no_rule.bodies, 32);
}

#[test]
fn a_purchase_is_judged_for_its_own_day() {
    let catalogue = Catalogue::embedded().unwrap();
    let judge = Judge::new(&catalogue).unwrap();
    let policy = judge.policy("uk-dhsc-stop-2022").unwrap();
    let asked = |once| Query {
        once,
        date: date(2023, 7, 1),
        ..query("procure")
    };
    let paid = |day| Purchase {
        day: Some(day),
        devices: Some(3),
        money: Vec::new(),
    };
    let (before, within, after) = (date(2021, 9, 1), date(2022, 9, 1), date(2024, 6, 30));
    for (purchases, first, status, there, bought) in [
        (
            vec![within],
            within,
            Status::Bought,
            Standing::Unknown,
            vec![Standing::Covered],
        ),
        (
            vec![within],
            within,
            Status::Removed,
            Standing::Unknown,
            vec![Standing::Covered],
        ),
        (
            vec![within],
            within,
            Status::Denied,
            Standing::Unknown,
            vec![Standing::Covered],
        ),
        (
            vec![before],
            before,
            Status::InUse,
            Standing::Unknown,
            vec![Standing::NoRule],
        ),
        (vec![after], after, Status::Bought, Standing::Unknown, vec![]),
        // What the same body bought at other times is no part of it.
        (
            vec![before, within, after],
            before,
            Status::Bought,
            Standing::Unknown,
            vec![Standing::NoRule, Standing::Covered],
        ),
        // Somebody has it: when it was bought is known only to be no later.
        (
            vec![],
            within,
            Status::InUse,
            Standing::Unknown,
            vec![Standing::Unknown],
        ),
        (
            vec![],
            before,
            Status::Formerly,
            Standing::Unknown,
            vec![Standing::NoRule],
        ),
        (vec![], within, Status::Denied, Standing::Unknown, vec![]),
        (vec![], after, Status::InUse, Standing::Unknown, vec![]),
    ] {
        let mut all = findings(1);
        let one = &mut all[0];
        one.body = "department-of-health-and-social-care".parse().unwrap();
        (one.first, one.status) = (Some(first), status);
        one.purchases = purchases.into_iter().map(paid).collect();
        let mut holdings = holdings(&all);
        holdings[0].kind = Some("department".into());
        holdings[0].nation = Some("GB".into());
        let standing = |situation| judge.standing(&situation, Some(policy)).unwrap();
        assert_eq!(standing(holdings[0].situation(&asked(false))), there, "{first}");
        let deeds = holdings[0].deeds(&asked(true));
        let told: Vec<Standing> = deeds
            .iter()
            .map(|deed| standing(holdings[0].situation_on(&asked(true), deed.day.clone())))
            .collect();
        assert_eq!(told, bought, "{first} {status:?}");
    }
}

#[test]
fn the_table_of_purchases_counts_each_in_its_own_column_and_the_finding_once() {
    let catalogue = Catalogue::embedded().unwrap();
    let judge = Judge::new(&catalogue).unwrap();
    let mut all = findings(1);
    all[0].purchases = [(date(2022, 6, 30), 5, 900), (date(2023, 6, 30), 7, 1_000)]
        .map(|(day, devices, minor_units)| Purchase {
            day: Some(day),
            devices: Some(devices),
            money: vec![Money {
                minor_units,
                currency: Currency::GBP,
            }],
        })
        .into();
    let mut holdings = holdings(&all);
    (holdings[0].kind, holdings[0].nation) = (Some("police".into()), Some("GB-WLS".into()));
    let query = Query {
        once: true,
        ..query("procure")
    };
    let table = gap(&judge, &holdings, &query, None, By::Kind).unwrap();
    let of = |tally: &Tally| (tally.findings, tally.devices, tally.money[0].minor_units);
    assert_eq!(of(&table.all.total), (1, 12, 1_900));
    assert_eq!(of(&table.all.no_rule), (1, 5, 900));
    // The freeze of February 2023 promises nothing of the year before.
    assert_eq!(of(&table.all.promised), (1, 7, 1_000));
    let wales = table
        .instruments
        .iter()
        .find(|it| it.determination.policy == "wales-2023");
    assert_eq!(wales.map(|it| it.findings), Some(1));
}

#[test]
fn a_rejected_amendment_changes_nothing_until_it_is_supposed_in_force() {
    let catalogue = Catalogue::embedded().unwrap();
    let policy = "uk-alton-amendment";
    assert_eq!(catalogue.policies[policy].status, PolicyStatus::Rejected);
    let judge = Judge::new(&catalogue).unwrap();
    let what_if = Judge::what_if(&catalogue, policy).unwrap();
    let findings = findings(40);
    let holdings = holdings(&findings);
    assert_eq!(
        changes(&judge, &judge, policy, &holdings, &query("keep")).unwrap(),
        []
    );
    let changed = changes(&judge, &what_if, policy, &holdings, &query("keep")).unwrap();
    let (count, first) = (changed.len(), &changed[0]);
    assert_eq!(first.body.as_str(), "body-0");
    assert_eq!((first.before, first.after), (Standing::NoRule, Standing::Covered));
    let number = what_if.policy(policy).unwrap();
    let situation = holdings[0].situation(&query("keep"));
    let said = what_if.determination(number, &situation).unwrap();
    assert!(
        said.why.contains("): if it were in force, covered: "),
        "{}",
        said.why
    );
    // Makers organised elsewhere stay out of it.
    assert!(changed.iter().all(|change| change.maker.as_str() != "axis"));
    // Nor does it reach Scottish councils: the Act leaves them out.
    assert_eq!(count, 28);
    let scottish = |change: &stripout_judge::Change| {
        let number: usize = change.body.as_str().trim_start_matches("body-").parse().unwrap();
        number % 8 == 1
    };
    assert!(!changed.iter().any(scottish));
}
