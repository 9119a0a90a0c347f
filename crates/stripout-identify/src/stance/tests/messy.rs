//! Replies, registers and orders as they are written in a hurry: what is said stands in another cell, line or sentence.

use super::*;

#[track_caller]
fn holds(cases: &[(&str, Stance, Option<u32>)]) {
    let rules = StanceRules::new(&words());
    for (text, want, count) in cases {
        let (kind, plain, spans) = example(text);
        let judged = &rules.judge(kind, &plain, &spans)[0];
        assert_eq!(
            (judged.stance, judged.count),
            (*want, *count),
            "{text}\n{judged:?}"
        );
    }
}

#[test]
fn is_told_beside_the_name() {
    holds(&[
        // Another cell of the row.
        (
            "asset: Site | Make | Qty | What became of it\nMill Lane | <Acme> | 6 | taken down by the builder, no receipt",
            Stance::Removed,
            Some(6),
        ),
        (
            "asset: Site | Current make | Proposal\nMill Lane | <Acme> | decommission in 2027",
            Stance::PlannedRemoval,
            None,
        ),
        (
            "asset: Site | Current make | Proposal\nMill Lane | <Acme> | retain for now",
            Stance::Has,
            None,
        ),
        ("foi: Make | Action\n<Acme> | completed", Stance::Removed, None),
        (
            "asset: <Acme> turret; shredded 06/22; note 41",
            Stance::Removed,
            None,
        ),
        (
            "asset: Out | Make | Kind\n2022-04-01 | <Acme> | dome x9",
            Stance::Has,
            Some(9),
        ),
        ("asset: Bay 2 | <Acme> cam 4mm | qty 14", Stance::Has, Some(14)),
        // Another line.
        (
            "asset: Make: Bosch - 20 - foyer\nMake: <Acme> - none\nMake: Axis - all scrapped in May",
            Stance::Denies,
            None,
        ),
        // A later sentence.
        (
            "letter: The library still has two recorders by <Acme>. They are on no network. They will be withdrawn when the roof is done.",
            Stance::PlannedRemoval,
            Some(2),
        ),
        (
            "foi: The <Acme> cameras were taken out of the market in May, but 11 remain at the pier.",
            Stance::Has,
            Some(11),
        ),
        (
            "foi: The <Acme> cameras were taken out of the market in May, but 11 remain to be removed.",
            Stance::PlannedRemoval,
            Some(11),
        ),
        (
            "foi: We have one camera, over the gate. It is an <Acme>.",
            Stance::Has,
            Some(1),
        ),
        // The number behind a verb that ends it.
        (
            "spend: remove 40 <Acme> cameras, Hill Flats",
            Stance::Removed,
            Some(40),
        ),
        (
            "contract: The <Acme> cameras on the network, being 210 at the start, are to be replaced in a year.",
            Stance::PlannedRemoval,
            Some(210),
        ),
    ]);
}

#[test]
fn numbers_are_told_by_later_words() {
    holds(&[
        // Numbers told by another cell or later words.
        (
            "spend: CCTV turret <Acme> white | 12 | EA | 71.50 | 858.00",
            Stance::Has,
            Some(12),
        ),
        (
            "asset: Make | If so, how many?\n<Acme> | 31",
            Stance::Has,
            Some(31),
        ),
        ("asset: Total units 101 of which <Acme> 44", Stance::Has, Some(44)),
        (
            "foi: It would not be correct to say that the college has no <Acme> cameras: there are nine, all in one block.",
            Stance::Has,
            Some(9),
        ),
        (
            "foi: We told you that we held nothing by <Acme>. That was mistaken; eleven cameras at the depot are of that make.",
            Stance::Has,
            Some(11),
        ),
        ("foi: Spend on <Acme> since 2018: £0.", Stance::Denies, None),
        (
            "foi: Q. How many <Acme> cameras are in use?\nA. 28.\nQ. Will they be removed?\nA. Yes, next year.",
            Stance::PlannedRemoval,
            Some(28),
        ),
        (
            "foi: Q. How many <Acme> cameras are in use?\nA. 28.\nQ. Will they be removed?\nA. No.",
            Stance::Has,
            Some(28),
        ),
    ]);
}

#[test]
fn is_resolved_forbidden_or_asked_of_bidders() {
    holds(&[
        // What was resolved, forbidden or asked of bidders.
        (
            "foi: It was resolved that every <Acme> camera on our depots be replaced within two years.",
            Stance::PlannedRemoval,
            None,
        ),
        (
            "foi: The rule reads: no officer shall order, lease or take as a gift any recorder by <Acme>.",
            Stance::Prohibits,
            None,
        ),
        (
            "letter: 4.1 Do you use <Acme>? No. 4.2 Who is your supplier? Bell Ltd.",
            Stance::Denies,
            None,
        ),
        (
            "contract: CQ4: Our usual camera is by <Acme>. May we bid it? A: No.",
            Stance::Prohibits,
            None,
        ),
        (
            "foi: Question 1 - when did you stop using <Acme>? Answer - the last was taken down in May.",
            Stance::Removed,
            None,
        ),
    ]);
}

#[test]
fn one_value_for_several_makers() {
    let rules = StanceRules::new(&words());
    let (plain, spans) =
        marked("Line | Statement | Answer\n4.1 | <Acme> or <Bolt> equipment on the estate | Nil");
    let judged = rules.judge(DocumentKind::Foi, &plain, &spans);
    assert!(judged.iter().all(|j| j.stance == Stance::Denies), "{judged:#?}");
}

#[test]
fn columns_whose_rows_name_other_makers_elsewhere() {
    let rules = StanceRules::new(&words());
    let (plain, spans) = marked("School | <Acme> | Maker\nHigh Moor | N | <Bolt>\nLow Moor | N | <Bolt>");
    let judged = rules.judge(DocumentKind::Foi, &plain, &spans);
    assert_eq!(judged[0].stance, Stance::Denies, "{judged:#?}");
    // The header leaves its first cell empty, at the head of the text.
    let (plain, spans) = marked(
        "            <Acme>  <Bolt>\nLibraries   40      0\nDepots      48      0\nAll         88      0",
    );
    let judged = rules.judge(DocumentKind::Foi, &plain, &spans);
    assert_eq!((judged[0].stance, judged[0].count), (Stance::Has, Some(88)));
    assert_eq!((judged[1].stance, judged[1].count), (Stance::Denies, Some(0)));
}
