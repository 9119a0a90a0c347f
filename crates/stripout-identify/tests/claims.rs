//! What must not be taken for use, or for a denial of it: questions about something else, lines of a list, words of a payment.

mod support;

use stripout_model::{DocumentKind, Stance};
use support::identify;

const FOI: DocumentKind = DocumentKind::Foi;
const SPEND: DocumentKind = DocumentKind::Spend;
const LETTER: DocumentKind = DocumentKind::Letter;
const CONTRACT: DocumentKind = DocumentKind::Contract;

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

/// Each text names one maker, and says this of it.
fn says(kind: DocumentKind, wanted: Stance, texts: &[&str]) {
    for text in texts {
        let found = stances(kind, text);
        assert!(
            !found.is_empty() && found.iter().all(|it| *it == wanted),
            "{text}: {found:?}, not {wanted}"
        );
    }
}

#[test]
fn what_another_party_has_is_said_of_nobody_else() {
    says(
        FOI,
        Stance::Mentions,
        &[
            "The force has 6 Hikvision cameras on our building; they belong to the police, not to us.",
            "Our neighbours at the shopping centre run 30 Dahua cameras.",
            "The car park is operated by NCP Ltd. NCP has 14 Dahua cameras there.",
            "The car park is let to Parkwell Parking (UK) Ltd, which uses 22 Dahua cameras.",
            "Three academies in the borough, which are not under our control, use Hikvision.",
            "The cameras in the precinct are Hikvision but they are owned by the shopping centre.",
            "The academy trusts are separate public authorities; several of them use Hikvision cameras.",
            "The police own and operate the 8 Dahua cameras in the High Street.",
            "Private landlords in the borough use Hikvision cameras.",
            "We understand that the bus operator has Hikvision cameras on its vehicles.",
            "The market is managed by Castleford Markets Limited. Castleford installed 11 Hikvision cameras in 2021.",
        ],
    );
    says(
        LETTER,
        Stance::Mentions,
        &[
            "The Red Lion operates 16 Dahua cameras, which meets condition 4 of its licence.",
            "Your neighbour at 12 High Street has 4 Hikvision cameras.",
            "The applicant proposes 4 Hikvision cameras on the front elevation.",
            "The council condemns the use of Hikvision cameras by Kent County Council, which has 60 of them.",
            "Thanet District Council\nMinutes of the Cabinet\n\nCllr Jones said that Kent County Council had 60 Hikvision cameras.",
            "Kind regards\n\nJane Moor\nABC Security Ltd\nHikvision Gold Partner",
            "Please see what Islington Council told you: \"we have 20 Hikvision cameras\".",
            "See below.\n\n> We have 50 Hikvision cameras ready for you.",
        ],
    );
    let found = identify(
        FOI,
        "NCP runs the car park. It was let to NCP Ltd in May. NCP has 14 Dahua cameras there.",
    );
    let why = &found.mentions[0].why;
    assert!(
        why.ends_with("said of somebody else than the author: \"NCP has 14\""),
        "{why}"
    );
}

#[test]
fn what_is_done_for_the_body_or_with_others_is_its_own() {
    says(
        FOI,
        Stance::Has,
        &[
            "Some of our academies have Hikvision cameras in use today.",
            "Our contractor operates 12 Dahua cameras on our behalf.",
            "Unlike our neighbours, we use Hikvision cameras.",
            "The 14 Dahua cameras at the car park are owned by the Council and operated by the leisure operator.",
            "The Hikvision cameras belong to us and not to the police.",
            "The Council took over 14 Dahua cameras from the previous tenant.",
            "We have 6 Hikvision cameras at the police station front counter.",
            "We share 20 Dahua cameras with the police.",
            "The police station has 6 Hikvision cameras.",
            "Restaurant: 4 Hikvision. Museum: 6 Hikvision.",
            "Thanet District Council\n3 May 2024\n\nThanet District Council has 60 Hikvision cameras.",
            "Kent County Council has 60 Hikvision cameras.",
            "Academies were consulted before the Council installed 12 Hikvision cameras.",
            "Police Scotland uses Hikvision cameras at three stations.",
            "The University uses Dahua cameras in its halls.",
            "Greyline Security Ltd installed 12 Hikvision cameras in the town hall.",
            "Cameras in the shopping centre that the Council owns are Dahua.",
            "The Council bought 10 Hikvision cameras from the neighbouring authority.",
        ],
    );
    says(
        LETTER,
        Stance::Has,
        &["The council uses Hikvision cameras outside my neighbour's house."],
    );
}

#[test]
fn a_denial_beside_what_others_have_is_heard() {
    says(
        FOI,
        Stance::Denies,
        &[
            "The council holds no such cameras. The leisure operator, Places Leisure Ltd, has 9 Hikvision cameras at the baths.",
            "Some schools maintained by the council have Hikvision cameras. The council itself has none.",
            "The police have Dahua cameras on the High Street. The Council has none.",
        ],
    );
    let mail = "No, the council has none of these.\n\n> I saw 5 Hikvision cameras at the depot.\n> Regards";
    says(LETTER, Stance::Denies, &[mail]);
    says(
        FOI,
        Stance::Has,
        &[
            "We have 6 Hikvision cameras. The parish council has none.",
            "The museum has 5 Hikvision cameras. The library has none.",
            "Our depot has 9 Dahua cameras. The library has none.",
        ],
    );
}

#[test]
fn what_was_never_bought_is_not_there() {
    says(
        FOI,
        Stance::Mentions,
        &[
            "A planning application for 8 Hikvision cameras was refused.",
            "Our supplier quoted for 20 Dahua cameras; we declined.",
            "A quotation for 12 Hikvision cameras was received but not accepted.",
            "The contract with Hikvision reseller ABC was not signed.",
            "The order for 10 Dahua cameras was cancelled before delivery.",
            "The business case for Hikvision cameras was turned down.",
            "The pension fund held shares in Hikvision worth £1,200,000.",
            "The cameras comply with the same standard as Hikvision products.",
            "The cameras are equivalent to Hikvision models.",
            "Our cameras are made by Hanwha, a rival of Hikvision.",
            "An officer attended a Hikvision training day.",
            "Officers visited the Dahua stand at a trade show in 2023.",
            "If the council had Hikvision cameras it would publish the fact.",
            "The Council is aware of reports in the press that councils use Hikvision cameras.",
            "The council plans to install 12 Dahua cameras next year.",
        ],
    );
    says(
        FOI,
        Stance::Has,
        &[
            "A planning application for 8 Hikvision cameras was approved and they were installed.",
            "We accepted a quotation for 20 Dahua cameras and they were fitted in May.",
            "Our supplier quoted for 20 Dahua cameras and we bought them.",
            "The Hikvision cameras we use were shown at a trade show.",
        ],
    );
}

#[test]
fn a_request_named_in_the_first_lines_states_nothing() {
    for text in [
        "We are sorry for the delay in answering your request 4471 about Hikvision cameras.",
        "Sorry for the delay in replying to your FOI about the Council's use of Hikvision cameras.",
        "Apologies for the delay in dealing with your FOI on Hikvision CCTV.",
        "Please accept our apologies for the time taken to deal with your FOI about Hikvision.",
    ] {
        says(LETTER, Stance::Mentions, &[text]);
        says(FOI, Stance::Mentions, &[text]);
    }
    says(
        FOI,
        Stance::Has,
        &[
            "Sorry for the delay. The Council has 12 Hikvision cameras.",
            "In answer to your request about cameras, we have 4 Dahua domes.",
        ],
    );
}

#[test]
fn a_sentence_may_remove_one_thing_and_fit_another() {
    for text in [
        "Existing analogue cameras were removed and 12 Hikvision cameras fitted.",
        "The VCR was scrapped and a Hikvision recorder installed.",
        "The old cameras were taken out and Dahua cameras put in.",
        "The old DVR was replaced and in its place a Dahua recorder was fitted.",
    ] {
        says(FOI, Stance::Has, &[text]);
    }
    says(
        CONTRACT,
        Stance::Has,
        &[
            "Existing analogue cameras to be removed and 12 Hikvision cameras fitted.",
            "Remove existing Bosch cameras and install 6 Dahua cameras.",
        ],
    );
    says(
        FOI,
        Stance::Removed,
        &["The Hikvision cameras were removed and 12 Axis cameras fitted."],
    );
    says(
        CONTRACT,
        Stance::PlannedRemoval,
        &["Remove existing Hikvision cameras and install 6 Axis cameras."],
    );
}

#[test]
fn a_no_may_speak_of_something_else() {
    says(
        FOI,
        Stance::Has,
        &[
            "We have 5 Hikvision cameras in storage which have never been installed.",
            "The cameras are 16 no. Hikvision 4MP turret, with no warranty beyond 3 years.",
            "The Hikvision system has no remote access.",
            "The Council has no complaints about its Hikvision cameras.",
            "The council is not without Hikvision cameras.",
            "None other than Hikvision is used at the depot.",
            "We own 30 Hikvision cameras, of which 5 have not yet been fitted.",
            "There is no warranty on the 6 Dahua cameras we run.",
        ],
    );
    says(
        CONTRACT,
        Stance::Has,
        &[
            "Cameras: 16 no. Hikvision 4MP turret, c/w brackets, no warranty beyond 3 years",
            "Our price excludes the Hikvision recorder, which is free of charge.",
        ],
    );
    says(
        FOI,
        Stance::Denies,
        &[
            "There are no Hikvision cameras at the depot.",
            "The Council has never installed Hikvision cameras.",
        ],
    );
}

#[test]
fn what_cannot_be_ruled_out_is_neither_denied_nor_forbidden() {
    says(
        FOI,
        Stance::Mentions,
        &[
            "We cannot rule out that some cameras are made by Hikvision.",
            "It cannot be ruled out that Dahua units are present at leased sites.",
            "The Council cannot exclude the possibility that Hikvision cameras are in use.",
            "We cannot be certain that no Hikvision cameras are in use.",
            "We cannot guarantee that there are no Dahua cameras.",
            "The Trust has not ruled out buying Hikvision in future.",
        ],
    );
    says(
        FOI,
        Stance::Prohibits,
        &["The Council has ruled out buying Hikvision cameras."],
    );
    says(
        FOI,
        Stance::Denies,
        &["The Council can rule out that any of its cameras are made by Hikvision."],
    );
}

#[test]
fn lent_ordered_and_left_on_the_wall() {
    says(
        FOI,
        Stance::Has,
        &[
            "6 Dahua cameras are on order.",
            "Ten Hikvision cameras are on loan to us.",
            "The Council leases 10 Dahua cameras.",
            "The 4 Hikvision cameras at the depot have been disconnected but are still on the wall.",
        ],
    );
    says(
        FOI,
        Stance::Had,
        &[
            "The trial of Hikvision cameras ended in March 2023.",
            "5 Hikvision cameras were stolen in 2019.",
        ],
    );
    says(
        FOI,
        Stance::Removed,
        &["The Hikvision cameras were decommissioned in 2022."],
    );
    says(
        FOI,
        Stance::Mentions,
        &["Hikvision cameras are proposed for the new library."],
    );
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

#[test]
fn a_column_for_each_maker_says_what_its_cells_say() {
    for (text, wanted) in [
        (
            "Site | Hikvision | Uniview | Other\nTown Hall | nil | 2 | 12\nDepot | nil | 0 | 8",
            vec![(Stance::Denies, None), (Stance::Has, Some(2))],
        ),
        (
            "Site | Hikvision | Dahua\nTown Hall | 3 | 0\nDepot | 4 | 0",
            vec![(Stance::Has, Some(7)), (Stance::Denies, Some(0))],
        ),
        (
            "Building | Hikvision | Dahua\nLibrary | Yes | No",
            vec![(Stance::Has, None), (Stance::Denies, None)],
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
fn dots_lead_to_a_value_and_none_is_left_open() {
    assert_eq!(
        stances(FOI, "Hikvision .......... 0\nDahua .............. 4"),
        [Stance::Denies, Stance::Has]
    );
    assert_eq!(
        stances(
            FOI,
            "Number of cameras from each:\nHikvision 205\nDahua TBC\nHuawei nil"
        ),
        [Stance::Has, Stance::Mentions, Stance::Denies]
    );
}

#[test]
fn what_belongs_to_somebody_else_is_not_the_bodys() {
    for text in [
        "The 26 Dahua cameras at the railway station are owned and run by the train operating company.",
        "The shopping centre's 14 Dahua cameras belong to its landlord.",
        "Have you had advice from the centre about Dahua? - Yes",
    ] {
        assert_eq!(stances(FOI, text), [Stance::Mentions], "{text}");
    }
}
