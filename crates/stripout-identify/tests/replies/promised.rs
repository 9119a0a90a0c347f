//! What a reply promises, and what only looks like it.

use std::fs;

use stripout_identify::CommitmentSignal;
use stripout_model::{Act, DocumentKind};

use crate::read;
use crate::support::shared;

/// What one sentence of a letter about Hikvision cameras promises.
fn promised(sentence: &str) -> Vec<(Act, String, Option<String>)> {
    let letter = format!(
        "Sample Borough Council\n3 May 2024\n\nDear Ms Price\n\nThe council has 40 Hikvision cameras. {sentence}\n\n\
         Yours sincerely\nInformation Officer"
    );
    let commitments = read(DocumentKind::Letter, &letter).1.commitments;
    let told = |c: &CommitmentSignal| {
        let by = c.by.as_ref().and_then(|by| by.date).map(|day| day.to_string());
        (c.act, c.who.clone(), by)
    };
    commitments.iter().map(told).collect()
}

#[test]
fn promises_of_the_body_in_many_words() {
    let by = |day: &str| Some(day.to_owned());
    for (sentence, act, day) in [
        (
            "We have no intention of buying Hikvision equipment in future.",
            Act::StopBuying,
            None,
        ),
        (
            "The Council has ruled out any purchase of Hikvision equipment.",
            Act::StopBuying,
            None,
        ),
        ("We have stopped purchasing Hikvision.", Act::StopBuying, None),
        (
            "The Council no longer buys Hikvision cameras.",
            Act::StopBuying,
            None,
        ),
        (
            "No further orders for Hikvision cameras have been placed and none will be.",
            Act::StopBuying,
            None,
        ),
        (
            "No school in the borough will buy another Hikvision camera.",
            Act::StopBuying,
            None,
        ),
        ("The Council is not to buy any more.", Act::StopBuying, None),
        (
            "We do not want them any longer, and I have decided that they will all be replaced within two years.",
            Act::Replace,
            by("2026-05-03"),
        ),
        (
            "The council undertakes to replace all 40 by 31 March 2026.",
            Act::Replace,
            by("2026-03-31"),
        ),
        (
            "The council will have removed all of them by April 2025.",
            Act::Remove,
            by("2025-04-30"),
        ),
        (
            "The 40 will be decommissioned by 30/11/2025.",
            Act::Remove,
            by("2025-11-30"),
        ),
        (
            "The Council is to phase out the latter by 30 September 2026.",
            Act::Remove,
            by("2026-09-30"),
        ),
        (
            "They will all be switched off by the end of June 2025.",
            Act::Remove,
            by("2025-06-30"),
        ),
        (
            "The Council resolved on 1 May 2024 that they would be replaced by 31 December 2025.",
            Act::Replace,
            by("2025-12-31"),
        ),
    ] {
        let found = promised(sentence);
        assert_eq!(
            found,
            [(act, "Sample Borough Council".to_owned(), day)],
            "{sentence}"
        );
    }
}

/// The days of a text were looked for once for each promise: 18 s for 280 kB.
#[test]
fn thousands_of_promises_are_read_in_seconds() {
    let many = "We will remove all Hikvision cameras by 31 March 2027.\n\n".repeat(4_000);
    let started = std::time::Instant::now();
    // The same promise is one, however often it is given.
    assert_eq!(promised(&many).len(), 1);
    let taken = started.elapsed().as_secs();
    assert!(taken < 15, "{taken} s");
}

#[test]
fn a_promise_told_twice_is_one_and_has_the_day_that_is_told() {
    let told = |act, day: &str| vec![(act, "Sample Borough Council".to_owned(), Some(day.to_owned()))];
    for (sentence, want) in [
        (
            "The Council will remove them during the summer break, by 31 August 2026.",
            told(Act::Remove, "2026-08-31"),
        ),
        (
            "The Council will have all 40 replaced by Christmas Eve 2026, that is by 24 December 2026.",
            told(Act::Replace, "2026-12-24"),
        ),
        (
            "The Council will remove them within 90 days of today's date.",
            told(Act::Remove, "2024-08-01"),
        ),
    ] {
        assert_eq!(promised(sentence), want, "{sentence}");
    }
}

#[test]
fn joined_promises_are_each_their_own() {
    let body = || "Sample Borough Council".to_owned();
    let by = |day: &str| Some(day.to_owned());
    let sentence = "The Council will cease purchasing Hikvision by 1 October 2026 and will remove the last of the units by 30 September 2030.";
    let want = [
        (Act::StopBuying, body(), by("2026-10-01")),
        (Act::Remove, body(), by("2030-09-30")),
    ];
    assert_eq!(promised(sentence), want);
    let sentence =
        "The Cabinet Member decided on 3 June 2024 that the Council will stop buying Hikvision cameras.";
    assert_eq!(promised(sentence), [(Act::StopBuying, body(), None)]);
}

#[test]
fn who_is_to_do_it_promises() {
    for sentence in [
        "The Hikvision cameras on the pier will be removed by Kent Police by May 2027.",
        "Removal of all 48 Hikvision cameras by Kent Police is to be complete by 31 May 2027.",
    ] {
        let want = [(
            Act::Remove,
            "Kent Police".to_owned(),
            Some("2027-05-31".to_owned()),
        )];
        assert_eq!(promised(sentence), want, "{sentence}");
    }
}

#[test]
fn what_a_letter_asks_for_is_no_promise() {
    let letter = "To the Chair of the Scrutiny Committee, Sample Borough Council\n\nAs a resident I call on the Council to promise two \
                  things:\n  1. that it will buy no Hikvision cameras from now on;\n  2. that it will remove those it has by the end of 2027.";
    let promised = read(DocumentKind::Letter, letter).1.commitments;
    assert!(promised.is_empty(), "{promised:#?}");
}

#[test]
fn what_promises_nothing_for_the_body() {
    for sentence in [
        "The company tells me that it will remove them within six months.",
        "Nearby Aldersby has said that it will remove all of its own by 2026.",
        "The academy trust next door has said it will replace its own by July.",
        "The cameras in the arcade belong to the company that runs it. It will remove them by May 2025.",
        "The Hikvision cameras will be removed by the landlord by May 2025.",
        "In 2023 I said that the Hikvision cameras would be replaced by December 2024.",
        "The Hikvision cameras will be replaced by May 2025. I am sorry to tell you that this is no longer so.",
        "If the bid is successful we will replace the Hikvision cameras by 2026.",
        "Depending on the budget the Hikvision cameras will be replaced in 2026.",
        "Officers will consider whether the Hikvision cameras should be replaced.",
        "Option 2 is that all Hikvision cameras will be replaced by 2026.",
        "We have not ruled out buying Hikvision cameras.",
        "Residents asked that the Hikvision cameras be removed by May 2025.",
        "The 12 Hikvision cameras at the depot were removed in March 2024.",
        "No contractor will fit Hikvision cameras.",
    ] {
        assert_eq!(promised(sentence), [], "{sentence}");
    }
}

#[test]
fn a_question_that_asks_when_is_answered_by_a_day() {
    let letter = "Sample Borough Council\nFOI 12\n3 May 2024\n\nQ1. How many Hikvision cameras do you have?\n40\n\n\
        Q2. When will the Hikvision cameras be removed?\nBy 31 March 2025.\n";
    let found = read(DocumentKind::Foi, letter).1.commitments;
    let [promise] = found.as_slice() else {
        panic!("{found:#?}")
    };
    let by = promise
        .by
        .as_ref()
        .and_then(|by| by.date)
        .map(|day| day.to_string());
    assert_eq!((promise.act, by.as_deref()), (Act::Remove, Some("2025-03-31")));
}

/// A release that quotes a letter without its year; the office that somebody holds gives it.
#[test]
fn a_quoted_letter_gives_its_promise_once() {
    let text = "The Department for Canals and Locks has agreed to remove Hikvision cameras from its buildings.\n\
        Campaigners had written to Sajid Javid, Secretary of State for Health and Social Care, as well.\n\
        In a letter to Lanterns Out on 23rd June, the Department for Canals and Locks wrote:\n\
        “Over the next three years, the Department is renewing its locks and cameras. The Department will not be \
        buying any cameras made in China as part of this programme.”\n\
        Kim Madeup, Media Officer at Lanterns Out said:\n\
        “It is good that another government department has committed to removing Hikvision from its premises.”\n";
    let (_, reply) = read(DocumentKind::Web, text);
    let [promise] = reply.commitments.as_slice() else {
        panic!("{:#?}", reply.commitments)
    };
    assert_eq!(promise.act, Act::StopBuying);
    assert_eq!(promise.who, "Department for Canals and Locks");
    assert_eq!(
        promise.days.said.map(|day| day.to_string()).as_deref(),
        Some("2022-06-23")
    );
    let by = promise.by.as_ref().expect("a term");
    assert_eq!(
        (by.words.as_str(), by.date.map(|day| day.to_string()).as_deref()),
        ("Over the next three years", Some("2025-06-23"))
    );
    assert!(promise.scope.contains("made in China"), "{}", promise.scope);
}

#[test]
fn the_campaign_texts_give_one_promise() {
    let Some(folder) = shared("data/campaign") else {
        return;
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let text = fs::read_to_string(&path).expect("a text");
            found.extend(read(DocumentKind::Web, &text).1.commitments);
        }
    }
    let [promise] = found.as_slice() else {
        panic!("{found:#?}")
    };
    let by = promise
        .by
        .as_ref()
        .and_then(|by| by.date)
        .map(|day| day.to_string());
    assert_eq!(
        (promise.act, by.as_deref()),
        (Act::StopBuying, Some("2025-06-23"))
    );
    assert!(
        promise.scope.contains("manufactured in China"),
        "{}",
        promise.scope
    );
}
