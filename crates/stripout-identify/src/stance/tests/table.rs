//! Tables: makers, places and states as columns and as rows.

use super::*;

const HAS: Stance = Stance::Has;
const DENIES: Stance = Stance::Denies;
const MENTIONS: Stance = Stance::Mentions;
const REMOVED: Stance = Stance::Removed;

#[track_caller]
fn check(kind: DocumentKind, text: &str, want: &[(Stance, Option<u32>)]) {
    let (plain, spans) = marked(text);
    let judged = StanceRules::new(&words()).judge(kind, &plain, &spans);
    let got: Vec<_> = judged.iter().map(|j| (j.stance, j.count)).collect();
    assert_eq!(got, want, "{text}\n{judged:#?}");
}

#[test]
fn a_column_for_each_maker() {
    use DocumentKind::{Foi, Letter, Web};
    for kind in [Foi, Letter, Web] {
        check(
            kind,
            "Site | <Acme> | <Bolt> | Cart\nTown Hall | 12 | 0 | 3\nDepot | 4 | 0 | 1",
            &[(HAS, Some(16)), (DENIES, Some(0))],
        );
    }
    check(
        Foi,
        "| Site | <Acme> | <Bolt> | <Cart> |\n|---|---|---|---|\n| Town Hall | Yes | No | |\n| Depot | No | No | |",
        &[(HAS, None), (DENIES, None), (MENTIONS, None)],
    );
    // Blanks and dashes claim nothing, the sum of the table is not added to its parts.
    check(
        Foi,
        "Building | <Acme> | <Bolt> | Other\nHall | 12 | - | 1\nPool | | n/a | 2\nTotal | 12 | | 3",
        &[(HAS, Some(12)), (MENTIONS, None)],
    );
    check(
        Foi,
        "Site\t<Acme> cameras\t<Bolt> cameras\nHall\t12\t3\nDepot\twithheld\twithheld",
        &[(HAS, None), (HAS, None)],
    );
    check(
        Foi,
        "Site | <Acme> | <Bolt>\nHall | Exempt (s.31) | 3\nDepot | 0 | 1",
        &[(Stance::Refuses, None), (HAS, Some(4))],
    );
}

#[test]
fn a_column_of_something_else_is_no_use() {
    use DocumentKind::{Foi, Web};
    // Years do not say which of them is today.
    check(
        Foi,
        "Year | <Acme> | <Bolt>\n2021 | 12 | 0\n2022 | 0 | 0",
        &[(MENTIONS, None), (MENTIONS, None)],
    );
    // A page may tell of sales, tests or stock.
    check(
        Web,
        "Rank | <Acme> | <Bolt>\nFirst | 12 | 3\nSecond | 4 | 1",
        &[(MENTIONS, None), (MENTIONS, None)],
    );
    check(
        Foi,
        " | <Acme> | <Bolt>\nCost | 4000 | 0\nNumber of cameras | 12 | 0\nSites | 3 | 0",
        &[(HAS, Some(12)), (DENIES, Some(0))],
    );
    check(
        Foi,
        "Status | <Acme> | <Bolt>\nIn use | 12 | 0\nDecommissioned | 4 | 7",
        &[(HAS, Some(12)), (REMOVED, Some(7))],
    );
    // A row of answers under other headings is no header.
    check(
        Foi,
        "Site | First make | Second make\nHall | <Acme> | <Bolt>\nWorking | Yes | No",
        &[(HAS, None), (HAS, None)],
    );
}

#[test]
fn the_state_of_the_column() {
    use DocumentKind::{Asset, Foi, Web};
    for kind in [Foi, Web, Asset] {
        check(
            kind,
            "Make | In use | Decommissioned\n<Acme> | 12 | 4\n<Bolt> | 0 | 7\n<Cart> | 0 | 0",
            &[(HAS, Some(12)), (REMOVED, Some(7)), (DENIES, Some(0))],
        );
    }
    check(Foi, "Make | Current | Removed\n<Acme> | 3 | 9", &[(HAS, Some(3))]);
    check(
        Foi,
        "Manufacturer | Number installed | Number to be removed\n<Acme> | 8 | 8\n<Bolt> | 9 | 2",
        &[(Stance::PlannedRemoval, Some(8)), (HAS, Some(9))],
    );
    check(
        Foi,
        "Make | Installed | Planned\n<Acme> | 0 | 5\n<Bolt> | 2 | 5",
        &[(MENTIONS, None), (HAS, Some(2))],
    );
    // A register of single devices: a no leaves open what became of it, a day is no number.
    check(
        Asset,
        "Make | Model | In use\n<Acme> | AB-1 | N",
        &[(MENTIONS, None)],
    );
    check(
        Foi,
        "Make | Model | Installed\n<Acme> | AB-1 | 2019",
        &[(HAS, None)],
    );
}

#[test]
fn a_row_for_each_maker() {
    use DocumentKind::{Foi, Web};
    for kind in [Foi, Web] {
        check(
            kind,
            "Make | Town Hall | Depot | Library\n<Acme> | 12 | 0 | 3\n<Bolt> | 0 | 0 | 0",
            &[(HAS, Some(15)), (DENIES, Some(0))],
        );
    }
    check(
        Foi,
        "Make | Town Hall | Depot | Total\n<Acme> | 12 | 3 | 15\n<Bolt> | Yes | No | \n<Cart> | | | ",
        &[(HAS, Some(15)), (HAS, None), (HAS, None)],
    );
    // Of other columns nothing is known.
    check(Foi, "Make | 2019 | 2020\n<Acme> | 12 | 0", &[(MENTIONS, None)]);
    check(Foi, "Make | Zoom | Range\n<Acme> | 12 | 30", &[(HAS, None)]);
}

#[test]
fn columns_set_apart_by_blanks() {
    use DocumentKind::{Foi, Letter};
    for kind in [Foi, Letter] {
        check(
            kind,
            "As asked:\n\nSite          <Acme>   <Bolt>   Other\nTown Hall     12       0        3\nDepot         4        0        1\n\nYours",
            &[(HAS, Some(16)), (DENIES, Some(0))],
        );
    }
    check(
        Foi,
        "Make      In use   Removed\n<Acme>    12       4\n<Bolt>    0        7\n",
        &[(HAS, Some(12)), (REMOVED, Some(7))],
    );
    // Two blanks in a sentence part nothing.
    check(
        Foi,
        "We have 12  <Acme>  cameras.  They stay.",
        &[(HAS, Some(12))],
    );
}
