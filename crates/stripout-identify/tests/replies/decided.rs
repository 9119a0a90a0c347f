//! How a reply decides, and on which grounds.

use stripout_model::{DocumentKind, OutcomeKind};

use crate::read;

/// How a reply of these words decides, and on which grounds.
fn decided(words: &str) -> (Option<OutcomeKind>, Vec<String>) {
    let letter = format!("Sample Borough Council\nFOI 12\n3 May 2024\n\n{words}\n\nInformation Officer");
    let outcomes = read(DocumentKind::Foi, &letter).1.outcomes;
    let grounds = outcomes.iter().flat_map(|o| &o.grounds).map(ToString::to_string);
    (outcomes.first().map(|o| o.reply), grounds.collect())
}

#[test]
fn grounds_that_are_named_and_not_relied_on() {
    for words in [
        "The council has 40 Hikvision cameras. We do not think that section 12 applies.",
        "The council has 40 Hikvision cameras. Section 43 was considered and is not needed.",
        "The council has 40 Hikvision cameras. We thought about section 24 and section 31, and neither of them is engaged.",
        "The council has 40 Hikvision cameras. The supplier said that section 43(2) applied. We do not agree.",
        "The council has 40 Hikvision cameras. Some exemptions, such as sections 21 and 40, are absolute.",
        "The council has 40 Hikvision cameras. Exemptions are in Part II of the Act (sections 21 to 44).",
        "The council has 40 Hikvision cameras. We did consider whether section 39(2) ought to be cited and have not done so.",
        "The council has 40 Hikvision cameras. Section 40 is mentioned in the leaflet for general information only.",
        "The council has 40 Hikvision cameras. It is not willing to give such a commitment.",
    ] {
        assert_eq!(decided(words), (Some(OutcomeKind::Held), Vec::new()), "{words}");
    }
    let split = "The locations are withheld under section 31(1)(a)(b).";
    let grounds = ["foia 31(1)(a)".to_owned(), "foia 31(1)(b)".to_owned()];
    assert_eq!(decided(split), (Some(OutcomeKind::Refused), grounds.to_vec()));
}

#[test]
fn the_name_of_a_law_may_be_cut_by_the_end_of_a_line() {
    for named in [
        "section 35(1)(a) of the\nFreedom of Information (Scotland) Act 2002",
        "section 35(1)(a) of the Freedom of\nInformation (Scotland) Act 2002",
    ] {
        let words = format!("The makes of the cameras are exempt under {named}.");
        let grounds = vec!["foisa 35(1)(a)".to_owned()];
        assert_eq!(decided(&words), (Some(OutcomeKind::Refused), grounds), "{words}");
    }
}

#[test]
fn replies_that_put_off_refuse_whole_or_say_nothing() {
    use OutcomeKind::{Late, NeitherConfirmNorDeny, NotHeld, Refused};
    for (words, want) in [
        (
            "The response to your request about Hikvision cameras is still not ready.",
            Some(Late),
        ),
        (
            "We need longer to answer your request about Hikvision cameras. By virtue of section 10(3) we may take further time as is reasonable.",
            Some(Late),
        ),
        (
            "We are not obliged to confirm or deny whether the Hikvision information is held: section 24(2).",
            Some(NeitherConfirmNorDeny),
        ),
        ("Section 31(3) applies.", Some(NeitherConfirmNorDeny)),
        (
            "We refuse to reveal whether the information about Hikvision cameras exists.",
            Some(NeitherConfirmNorDeny),
        ),
        (
            "The lease of the Dahua cameras is held. The rents are exempt under section 43(2). The whole document is refused.",
            Some(Refused),
        ),
        (
            "Your request about Hikvision cameras is vexatious and section 14(1) applies.",
            Some(Refused),
        ),
        (
            "The council holds the tender, and all of it is exempt under section 43(2). The total price was £1.3m.",
            Some(Refused),
        ),
        ("We hold no information about Hikvision cameras.", Some(NotHeld)),
        (
            "Thank you for your request. Common exemptions are section 12, section 31 and section 40.",
            None,
        ),
    ] {
        assert_eq!(decided(words).0, want, "{words}");
    }
}

#[test]
fn a_page_of_the_web_is_a_reply_where_it_is_a_log_of_replies() {
    let page = "The authority has 47 Hikvision cameras. Their addresses are refused under s31(1)(a).";
    for (title, want) in [
        ("FOI disclosure log", Some(OutcomeKind::PartlyHeld)),
        ("Cameras in our town", None),
    ] {
        let outcomes = read(DocumentKind::Web, &format!("{title}\n\n{page}")).1.outcomes;
        assert_eq!(outcomes.first().map(|o| o.reply), want, "{title}");
    }
}

#[test]
fn a_section_is_of_the_law_whose_commissioner_is_named() {
    let words = "The names are withheld under section 38(1)(b). You may apply to the Scottish Information Commissioner.";
    assert_eq!(decided(words).1, ["foisa 38(1)(b)"]);
}
