//! Words about earlier words, and numbers that stand apart from the maker: corrections, questions that are taken up, lettered
//! answers, totals, hedges.

mod support;

use stripout_model::{DocumentKind, Stance};
use support::identify;

const FOI: DocumentKind = DocumentKind::Foi;
const LETTER: DocumentKind = DocumentKind::Letter;

use Stance::{Denies, Has, Mentions};

#[track_caller]
fn check(kind: DocumentKind, text: &str, wanted: &[(Stance, Option<u32>)]) {
    let found = identify(kind, text);
    let said: Vec<_> = found.mentions.iter().map(|it| (it.stance, it.count)).collect();
    let why: Vec<_> = found.mentions.iter().map(|it| &it.why).collect();
    assert_eq!(said, wanted, "{text}\n{why:#?}");
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    check(
        FOI,
        "On 2 June we told you that the Council had 61 Hikvision cameras. That was wrong. The right number is 16.",
        &[(Has, Some(16))],
    );
    check(
        FOI,
        "We wrote that none of our cameras was made by Dahua. In fact 12 of them were.",
        &[(Has, Some(12))],
    );
    check(
        FOI,
        "We stated that the Trust uses Hikvision cameras. This was incorrect.",
        &[(Mentions, None)],
    );
    check(
        FOI,
        "In our earlier reply we said that there were 9 Hikvision cameras. The correct figure is nil.",
        &[(Denies, Some(0))],
    );
    // Nothing is taken back.
    check(
        FOI,
        "We told you in May that we have 12 Hikvision cameras. That is still the case.",
        &[(Has, Some(12))],
    );
    check(
        FOI,
        "The Council has 12 Hikvision cameras. In fact every one of them is in use.",
        &[(Has, Some(12))],
    );
}

#[test]
fn a_withdrawn_reply_says_nothing() {
    check(
        FOI,
        "Please disregard our earlier reply. A full answer will follow.\n\n-----Original Message-----\n\nThe Council has 40 Hikvision cameras.",
        &[(Mentions, None)],
    );
    check(
        FOI,
        "This replaces our reply of 3 May. The Council has 4 Hikvision cameras.",
        &[(Has, Some(4))],
    );
}

#[test]
fn an_answer_is_told_after_its_question() {
    for (text, wanted) in [
        (
            "You asked how many Hikvision cameras the Council has. The answer is nil.",
            (Denies, Some(0)),
        ),
        (
            "You asked how many Hikvision cameras the Council has. The answer is 14.",
            (Has, Some(14)),
        ),
        (
            "You asked whether the Trust uses Dahua cameras. The answer is no.",
            (Denies, None),
        ),
        (
            "You asked whether the Trust uses Dahua cameras. The answer is yes.",
            (Has, None),
        ),
        (
            "You asked whether the Trust has a policy on Dahua. The answer is yes.",
            (Mentions, None),
        ),
    ] {
        check(FOI, text, &[wanted]);
    }
}

#[test]
fn what_a_question_supposes_is_nobodys_count() {
    check(
        FOI,
        "> 1. The Gazette says that the Council runs 120 Hikvision cameras. Is that right?\n\nNo.\n\n> 2. How many Hikvision cameras does the Council run?\n\n68, as at 30 April.",
        &[(Mentions, None), (Has, Some(68))],
    );
    check(
        FOI,
        "The Gazette says that the Council runs 120 Hikvision cameras. Is that right?\nYes.",
        &[(Has, Some(120))],
    );
    check(
        FOI,
        "> I'm told that the Brigade will remove its 75 Dahua cameras by the end of 2025.\n> Is that so?\n\nNo, that's not so. We have got 57 Dahua cameras.",
        &[(Mentions, None), (Has, Some(57))],
    );
    // All of it is quoted: it is what was written.
    check(FOI, "> We have 57 Dahua cameras.", &[(Has, Some(57))]);
}

#[test]
fn answers_by_letter() {
    check(
        FOI,
        "Q1) Do you use any of the following: (a) Hikvision (b) Dahua (c) Uniview?\nA1) (a) Yes (b) Yes (c) No\n\nQ2) How many of each?\nA2) (a) 20 (b) 9",
        &[(Has, Some(20)), (Has, Some(9)), (Denies, None)],
    );
    check(
        FOI,
        "1. Does the University use cameras made by (a) Hikvision (b) Dahua?\n(a) Yes. (b) No.\n\n2. If so how many of each?\n(a) 340 (b) N/A",
        &[(Has, Some(340)), (Denies, None)],
    );
    check(
        FOI,
        "Does the University have a policy on (a) Hikvision (b) Dahua?\n(a) Yes. (b) Yes.",
        &[(Mentions, None), (Mentions, None)],
    );
}

#[test]
fn numbers_with_a_hedge() {
    for (text, wanted) in [
        ("2) number made by Hikvision - just over 70", Some(70)),
        ("Number of Hikvision cameras: at least 15", Some(15)),
        ("There are half a dozen Hikvision cameras.", Some(6)),
        ("We have a couple of hundred Hikvision cameras.", Some(200)),
        ("Make: Hikvision (all 233).", Some(233)),
        ("How many Hikvision cameras do you have?\nc. 350", Some(350)),
        (
            "There are 164 of them, of which 109 came from Hikvision.",
            Some(109),
        ),
        (
            "Just under a third of them, 229, were supplied by Hikvision.",
            Some(229),
        ),
        (
            "She tells me that 47 of the hospital's 203 cameras were made by Hikvision, and none by Dahua.",
            Some(47),
        ),
        (
            "There are three. Two of these are Hikvision and one TP-Link.",
            Some(2),
        ),
        (
            "Under it the council will replace 100 Hikvision cameras a year.",
            None,
        ),
        // Bounds, shares and other things.
        ("We have no more than 70 Hikvision cameras.", None),
        ("About one in five of our cameras is a Hikvision.", None),
        (
            "We hold the list of Hikvision cameras for two of the four depots.",
            None,
        ),
        ("Tapo C500 camera, hall", None),
    ] {
        let found = identify(FOI, text);
        assert_eq!(found.mentions.first().and_then(|it| it.count), wanted, "{text}");
    }
}

#[test]
fn none_answers_how_many() {
    check(
        FOI,
        "Q1. How many Hikvision cameras are in use?\nForty-two.\n\nQ2. How many Dahua?\nNone.",
        &[(Has, Some(42)), (Denies, Some(0))],
    );
    check(
        FOI,
        "Q2: Number of Dahua CCTV cameras\nA2: None that we are aware of",
        &[(Denies, Some(0))],
    );
    check(FOI, "Do you use Dahua cameras?\nNone.", &[(Denies, None)]);
}

#[test]
fn a_total_stands_for_its_parts() {
    check(
        FOI,
        "Leisure - Hikvision 29; Axis 4. Housing - Hikvision 0; Axis 12. Grand totals: Hikvision 29; Axis 16.",
        &[(Has, None), (Mentions, None), (Has, Some(29))],
    );
    check(
        FOI,
        "There are 360 Hikvision cameras on trams. There are a further 44 Hikvision cameras at stops. In total 404 Hikvision cameras are in use.",
        &[(Has, None), (Has, None), (Has, Some(404))],
    );
    check(
        FOI,
        "Leisure - Hikvision 29. Housing - Dahua 0.",
        &[(Has, Some(29)), (Denies, Some(0))],
    );
}

#[test]
fn numbers_of_what_was_named_before() {
    check(
        LETTER,
        "There are twelve of them, and they are Dahua.",
        &[(Has, Some(12))],
    );
    let found = identify(
        FOI,
        "The Inspectorate has one office, with four cameras at its entrance. I can confirm they were made by Dahua.",
    );
    assert_eq!(found.mentions[0].count, Some(4));
    let found = identify(FOI, "There are nine of these, all from Hikvision.");
    assert_eq!(found.mentions[0].count, Some(9));
    let found = identify(FOI, "We have 12 cameras at 3 sites. Most of them are Hikvision.");
    assert_eq!(found.mentions[0].count, None);
    check(
        FOI,
        "Number in use\n\nHikvision\n- Highways: 62\n- Libraries: 35\n- Offices: 18\n\nDahua\n- Highways: 9\n- Libraries: 0\n- Offices: 4\n",
        &[(Has, Some(115)), (Has, Some(13))],
    );
    check(
        FOI,
        "Hikvision\n- Highways: 62\n- Libraries: 35\n- Total: 97\n",
        &[(Has, Some(97))],
    );
    check(
        FOI,
        "Hikvision cameras in use\n2019: 10\n2020: 16\n",
        &[(Has, None)],
    );
}

#[test]
fn what_is_told_by_its_number_is_there() {
    let found = identify(
        LETTER,
        "We will not be purchasing any more Hikvision equipment, and the 52 Hikvision cameras in the city centre will be phased out by the end of 2026.",
    );
    let said: Vec<_> = found.mentions.iter().map(|it| (it.stance, it.count)).collect();
    assert_eq!(said[1], (Stance::PlannedRemoval, Some(52)));
    // Nothing says that there are any.
    let found = identify(LETTER, "We will not buy any Hikvision or the 30 Dahua cameras.");
    assert!(found.mentions.iter().all(|it| it.stance != Has), "{found:#?}");
    let found = identify(LETTER, "We do not own the 12 Hikvision cameras at the station.");
    assert!(found.mentions.iter().all(|it| it.stance != Has), "{found:#?}");
}

#[test]
fn a_quarter_is_no_label() {
    let found = identify(FOI, "The Hikvision cameras will be replaced by Q2 2024.");
    assert_eq!(found.mentions[0].stance, Stance::PlannedRemoval);
    check(
        FOI,
        "Cwestiwn 1 / Question 1: Faint o gamerâu sydd? / How many Hikvision cameras does the Board have?\nAteb / Answer: 119",
        &[(Has, Some(119))],
    );
}

#[test]
fn another_bodys_cameras_are_not_the_writers() {
    let letter = |said: &str| {
        format!(
            "Medway Valley Council\nInformation Team\n\nDear Sir\n\n{said}\n\nYours faithfully\nMedway Valley Council"
        )
    };
    for (said, wanted) in [
        ("Kent County Council has 40 Hikvision cameras.", (Mentions, None)),
        (
            "We understand that Sussex Police uses Hikvision cameras.",
            (Mentions, None),
        ),
        ("Medway Valley Council has 40 Hikvision cameras.", (Has, Some(40))),
        ("The Council has 40 Hikvision cameras.", (Has, Some(40))),
        ("We have 40 Hikvision cameras.", (Has, Some(40))),
    ] {
        check(FOI, &letter(said), &[wanted]);
    }
    let found = identify(
        LETTER,
        "Minister for Public Estates\n20 May 2025\n\nDear colleague\n\nThe Department for Public Estates has removed 640 Hikvision cameras.\n\nMinister of State",
    );
    assert_eq!(found.mentions[0].count, Some(640), "{found:#?}");
    // Nobody is known to write.
    check(
        FOI,
        "Kent County Council has 40 Hikvision cameras.",
        &[(Has, Some(40))],
    );
}
