//! Whose it is: the body that a finding is about.

use jiff::civil::date;
use stripout_model::{Author, AuthorHow, Confidence, Decision, DocumentKind, Stance, Status, Verdict};

use crate::{decided, judged, only, said};

#[test]
fn what_a_reviewer_set_is_said_of_the_body_and_not_by_it() {
    let mut one = said("a", Stance::Has, Some(date(2024, 5, 3)));
    one.kind = DocumentKind::Foi;
    let corrected = |body: &str| Decision {
        body: Some(body.parse().unwrap()),
        ..decided("a", "Ada", Verdict::Accept)
    };
    let told = only(judged(std::slice::from_ref(&one), &[corrected("other")], 1)).sentence;
    assert!(
        !told.contains("reply of") && told.contains("set by a reviewer"),
        "{told}"
    );
    let maker = Decision {
        maker: Some("dahua".parse().unwrap()),
        ..decided("a", "Ada", Verdict::Accept)
    };
    let told = only(judged(std::slice::from_ref(&one), &[maker], 1)).sentence;
    assert!(
        told.contains("'Hikvision") && told.ends_with("That it is of Dahua was set by a reviewer."),
        "{told}"
    );
    // The source says the same of itself.
    let told = only(judged(std::slice::from_ref(&one), &[corrected("example")], 1)).sentence;
    assert!(
        told.contains("reply of Example Council") && !told.contains("reviewer"),
        "{told}"
    );
    // Whoever bought none may have some.
    one.what.stance = Stance::Denies;
    one.what.evidence.excerpt = "The Council has never bought Hikvision cameras".into();
    one.what.evidence.mark = 29..38;
    let told = only(judged(&[one], &[], 1)).sentence;
    assert!(told.contains("has bought no 'Hikvision cameras'"), "{told}");
}

#[test]
fn whose_it_is_is_never_guessed() {
    let mut one = said("a", Stance::Has, None);
    let author = |name: &str, how| Author {
        name: name.into(),
        how,
        place: String::new(),
    };
    for authors in [
        vec![],
        vec![author("Example Council", AuthorHow::Text)],
        // The row names somebody else: the folder does not matter.
        vec![
            author("Stranger Trust", AuthorHow::Row),
            author("example", AuthorHow::Folder),
        ],
    ] {
        one.authors = authors;
        let judged = judged(std::slice::from_ref(&one), &[], 1);
        assert!(judged.findings.is_empty(), "{:?}", one.authors);
        assert_eq!(judged.unresolved.len(), 1);
        assert_eq!(
            judged.unresolved[0].name,
            one.authors.first().map(|author| author.name.clone())
        );
    }
    one.authors = vec![
        author("spend", AuthorHow::File),
        author("example", AuthorHow::Folder),
    ];
    assert_eq!(judged(std::slice::from_ref(&one), &[], 1).findings.len(), 1);
    // The same bytes in a second folder: of the same body, of nobody's, of another's.
    let first = [("spend", "example/spend.csv"), ("example", "example/spend.csv")];
    for (second, known) in [("example", true), ("downloads", true), ("other", false)] {
        let path = format!("{second}/spend.csv");
        one.authors = first
            .into_iter()
            .chain([("spend", path.as_str()), (second, path.as_str())])
            .map(|(name, path)| Author {
                place: path.into(),
                ..author(
                    name,
                    if name == "spend" {
                        AuthorHow::File
                    } else {
                        AuthorHow::Folder
                    },
                )
            })
            .collect();
        let judged = judged(std::slice::from_ref(&one), &[], 1);
        assert_eq!(judged.findings.len() == 1, known, "{second}");
        let why: Vec<&str> = judged.unresolved.iter().map(|it| it.why.as_str()).collect();
        assert!(
            why.iter()
                .all(|why| why.contains("other/spend.csv") && why.contains("example/spend.csv")),
            "{why:?}"
        );
    }
    // A reviewer says whose it is.
    one.authors.clear();
    let corrected = Decision {
        body: Some("example".parse().unwrap()),
        ..decided("a", "Ada", Verdict::Accept)
    };
    assert!(only(judged(&[one], &[corrected], 1)).public);
}

#[test]
fn a_number_or_domain_decides_before_a_name_unless_the_name_is_surely_anothers() {
    use AuthorHow::{Identifier, Letterhead, Row, Sender, Text};
    let whose = |authors: &[(&str, AuthorHow)]| {
        let mut one = said("a", Stance::Has, None);
        let author = |(name, how): &(&str, AuthorHow)| Author {
            name: (*name).into(),
            how: *how,
            place: String::new(),
        };
        one.authors = authors.iter().map(author).collect();
        let judged = judged(&[one], &[], 1);
        let body = judged.findings.first().map(|finding| finding.body.to_string());
        body.ok_or_else(|| judged.unresolved[0].why.clone())
    };
    for (authors, want) in [
        (
            &[("GB-LAE OTH", Identifier), ("Procurement Hub", Row)][..],
            Ok("other"),
        ),
        (&[("GB-LAE OTH", Identifier), ("Other Council", Row)], Ok("other")),
        (
            &[("GB-LAE OTH", Identifier), ("Example Council", Row)],
            Err("the number in the notice is of another body than the name in the row"),
        ),
        // Of a register that the catalogue does not know.
        (
            &[("GB-SRS 7", Identifier), ("Example Council", Row)],
            Ok("example"),
        ),
        (
            &[("example.gov.uk", Sender), ("Leisure Trust", Letterhead)],
            Ok("example"),
        ),
        (
            &[("example.gov.uk", Sender), ("Other Council", Letterhead)],
            Err("the address of the sender is of another body than the letterhead"),
        ),
        (
            &[("example.gov.uk", Sender), ("Other Council", Text)],
            Ok("example"),
        ),
        // A list that is sent on says itself of whom it is.
        (&[("Other Council", Row), ("example.gov.uk", Sender)], Ok("other")),
        (
            &[("mail.example", Sender)],
            Err("neither the source nor the name of its file says whose it is"),
        ),
    ] {
        assert_eq!(
            whose(authors),
            want.map(str::to_owned).map_err(str::to_owned),
            "{authors:?}"
        );
    }
}

#[test]
fn a_doubt_of_the_name_is_a_doubt_of_the_finding() {
    let by_name = |id: &str, name: &str| {
        let mut one = said(id, Stance::Has, Some(date(2024, 1, 1)));
        one.authors[0].name = name.into();
        one
    };
    for (names, want) in [
        (&["Example Council"][..], Confidence::Certain),
        (&["example"], Confidence::Likely),
        (&["example", "Example Council"], Confidence::Certain),
    ] {
        let sightings: Vec<_> = names.iter().map(|name| by_name(name, name)).collect();
        assert_eq!(only(judged(&sightings, &[], 1)).confidence, want, "{names:?}");
    }
    let mut doubtful = by_name("a", "Example Council");
    doubtful.what.confidence = Confidence::Likely;
    assert_eq!(only(judged(&[doubtful], &[], 1)).confidence, Confidence::Likely);
}

#[test]
fn who_holds_no_record_has_refused_nothing() {
    for (cue, want) in [
        ("not hold this information", Status::NoEvidence),
        ("neither confirm nor deny", Status::Refused),
        ("exempt", Status::Refused),
    ] {
        let mut one = said("a", Stance::Refuses, Some(date(2024, 1, 1)));
        one.what.cue = cue.into();
        let found = only(judged(&[one], &[decided("a", "Ada", Verdict::Accept)], 1));
        assert_eq!(
            (found.status, found.public),
            (want, want == Status::Refused),
            "{cue}"
        );
    }
}
