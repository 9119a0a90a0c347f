//! What must not be taken for use, or for a denial of it: questions about something else, lines of a list, words of a payment.

mod support;

use stripout_model::{DocumentKind, Stance};
use support::identify;

const FOI: DocumentKind = DocumentKind::Foi;
const SPEND: DocumentKind = DocumentKind::Spend;

/// What is said of each maker, in the order of the text.
fn said(kind: DocumentKind, text: &str) -> Vec<(String, Stance, Option<u32>)> {
    let found = identify(kind, text);
    let each = found.mentions.iter();
    each.map(|it| (it.maker.to_string(), it.stance, it.count))
        .collect()
}

fn stances(kind: DocumentKind, text: &str) -> Vec<Stance> {
    said(kind, text)
        .into_iter()
        .map(|(_, stance, _)| stance)
        .collect()
}

#[test]
fn a_yes_says_use_only_where_use_was_asked_for() {
    use Stance::{Denies, Has, Mentions};
    for (text, wanted) in [
        (
            "Does the Council have a policy on Hikvision and Dahua?\nYes",
            vec![Mentions, Mentions],
        ),
        (
            "Have you carried out a risk assessment of Hikvision equipment?\nYes, in March 2023",
            vec![Mentions],
        ),
        (
            "Are you aware of the concerns about Hikvision?\nYes",
            vec![Mentions],
        ),
        ("Do you intend to buy Hikvision cameras?\nNo", vec![Mentions]),
        (
            "Have you been advised to remove Hikvision equipment?\nNo",
            vec![Mentions],
        ),
        (
            "Has the Council discussed the removal of Hikvision cameras? Yes",
            vec![Mentions],
        ),
        ("Does the Council have Hikvision cameras? Yes", vec![Has]),
        (
            "Do any of the cameras you operate come from Dahua?\nNo",
            vec![Denies],
        ),
        ("3. Hikvision?\nYes", vec![Has]),
        ("Do you use Hikvision?\n\nYes / No: No", vec![Denies]),
        (
            "1. Do you use any cameras made by Hikvision or Dahua?\nYes\n2. How many of each?\nHikvision: 12\nDahua: 0",
            vec![Has, Mentions, Has, Denies],
        ),
    ] {
        assert_eq!(stances(FOI, text), wanted, "{text}");
    }
}

#[test]
fn a_value_that_is_none_says_nothing() {
    use Stance::{Mentions, Refuses};
    for (value, wanted) in [("TBC", Mentions), ("Not known", Mentions), ("Exempt", Refuses)] {
        let text = format!("Number of Hikvision cameras installed: {value}");
        assert_eq!(stances(FOI, &text), [wanted], "{text}");
    }
}

#[test]
fn every_line_of_a_list_has_its_own_value() {
    use Stance::{Denies, Has};
    for (text, wanted) in [
        (
            "The figures are:\n\nHikvision 0\nDahua 5\nAxis 12",
            vec![(Denies, Some(0)), (Has, Some(5))],
        ),
        (
            "Make      Number\nHikvision 31\nDahua     0\nBosch     12",
            vec![(Has, Some(31)), (Denies, Some(0))],
        ),
        (
            "Hikvision - 0\nDahua - 14\nUniview - none\nAxis - 22",
            vec![(Denies, Some(0)), (Has, Some(14)), (Denies, None)],
        ),
        (
            "We have 0 Hikvision, 5 Dahua and 12 Axis cameras.",
            vec![(Denies, Some(0)), (Has, Some(5))],
        ),
        (
            "Hikvision Y\nDahua N\nUniview N",
            vec![(Has, None), (Denies, None), (Denies, None)],
        ),
    ] {
        let found: Vec<_> = said(FOI, text)
            .into_iter()
            .map(|(_, stance, count)| (stance, count))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn columns_that_disagree_leave_it_open() {
    use Stance::{Denies, Has, Mentions};
    for (row, wanted) in [
        ("| Hikvision | 12 | 0 |", Mentions),
        ("| Hikvision | 0 | 5 |", Mentions),
        ("| Hikvision | 12 | 2019 |", Has),
        ("| Hikvision | 0 | 0 |", Denies),
        ("| Hikvision | 12 | 14 |", Has),
    ] {
        assert_eq!(stances(FOI, row), [wanted], "{row}");
    }
}

#[test]
fn a_payment_for_words_buys_no_equipment() {
    for text in [
        "Non-Hikvision CCTV upgrade phase 2",
        "Legal fees Hikvision v Secretary of State",
        "Consultancy - Hikvision risk assessment",
        "CCTV audit: number of Hikvision/Hikvision cameras",
        "FOI response redaction Hikvision request",
        "Anti-Hikvision campaign leaflet printing",
        "ex Hikvision engineer recruitment",
        "Brackets compatible with Hikvision domes",
    ] {
        let found = stances(SPEND, text);
        assert!(
            !found.is_empty() && found.iter().all(|it| *it == Stance::Mentions),
            "{text}: {found:?}"
        );
    }
    for text in [
        "Hikvision camera removal and scrap",
        "Upgrade from Hikvision to other makes - town centre",
    ] {
        assert_eq!(stances(SPEND, text), [Stance::Removed], "{text}");
    }
    assert_eq!(
        said(SPEND, "HIK Vision Recorders 5 number"),
        [("hikvision".into(), Stance::Has, Some(5))]
    );
}

#[test]
fn what_was_is_not_what_is() {
    for text in [
        "Previous make: Hikvision",
        "Make of cameras before 2022: Hikvision",
        "The make was Hikvision until March 2023.",
    ] {
        assert_eq!(stances(FOI, text), [Stance::Had], "{text}");
    }
    assert_eq!(
        stances(FOI, "We cannot commit to removing our Hikvision cameras."),
        [Stance::Has]
    );
    assert_eq!(
        said(
            FOI,
            "Except for two Dahua cameras at the crematorium, none of our cameras is of Chinese make."
        ),
        [("dahua".into(), Stance::Has, Some(2))]
    );
}

#[test]
fn a_part_of_a_number_is_not_the_number() {
    for text in [
        "Approximately a third of our 90 cameras are Hikvision.",
        "All but 3 of the Hikvision cameras have been removed.",
        "Between 10 and 15 of our cameras are Hikvision.",
    ] {
        let counts: Vec<_> = said(FOI, text).into_iter().map(|(_, _, count)| count).collect();
        assert_eq!(counts, [None], "{text}");
    }
}
