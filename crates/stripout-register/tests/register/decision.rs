//! The log of decisions, and the bodies that documents name.

use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use stripout_model::{
    Author, AuthorHow, Contract, Decision, Identifier, Letterhead, Party, Row, Stance, Verdict,
};
use stripout_register::KeptRecord;

use crate::fixture::{Home, blob, seen, source, write};

fn decision(thing: &str, verdict: Verdict) -> Decision {
    Decision {
        id: 0,
        thing: thing.into(),
        verdict,
        who: "Reviewer".into(),
        when: "2026-11-22T10:00:00Z".parse().unwrap(),
        why: "seen on the page".into(),
        body: Some("leeds".parse().unwrap()),
        maker: None,
    }
}

#[tokio::test]
async fn decisions_are_appended_and_never_changed() {
    let home = Home::new();
    let register = home.open().await;
    let log = [decision("a", Verdict::Accept), decision("a", Verdict::Undo)];
    assert_eq!(register.decide(&log).await.unwrap(), Some(1));
    assert_eq!(register.decide(&[]).await.unwrap(), None);
    assert_eq!(register.decide(&log).await.unwrap(), Some(3));
    let kept = register.decisions().await.unwrap();
    let expected: Vec<Decision> = log
        .iter()
        .chain(&log)
        .zip(1..)
        .map(|(one, id)| Decision { id, ..one.clone() })
        .collect();
    assert_eq!(kept, expected);
    let mut db = SqliteConnectOptions::new()
        .filename(home.path())
        .connect()
        .await
        .unwrap();
    for forbidden in [
        "UPDATE decision SET verdict = 'reject' WHERE id = 1",
        "DELETE FROM decision WHERE id = 1",
        "INSERT OR REPLACE INTO decision (id, thing, verdict, who, at, why) VALUES (1, 'a', 'reject', 'x', 'now', '')",
    ] {
        let refused = sqlx::query(forbidden).execute(&mut db).await.unwrap_err();
        assert!(refused.to_string().contains("appended"), "{forbidden}: {refused}");
    }
    assert_eq!(register.decisions().await.unwrap(), expected);
}

#[tokio::test]
async fn all_of_a_batch_of_decisions_or_none() {
    let home = Home::new();
    let register = home.open().await;
    let nobody = Decision {
        who: String::new(),
        ..decision("b", Verdict::Accept)
    };
    let refused = register.decide(&[decision("a", Verdict::Accept), nobody]).await;
    assert!(
        matches!(refused, Err(stripout_register::RegisterError::Refused { .. })),
        "{refused:?}"
    );
    assert_eq!(register.decisions().await.unwrap(), []);
}

#[tokio::test]
async fn a_rejected_claim_is_known_again_in_another_source_of_the_same_body_and_day() {
    let home = Home::new();
    let register = home.open().await;
    let claim = |source: u32, change: fn(&mut Row)| {
        let mut record = seen(blob(source), 0, "dahua", Stance::Has);
        record.sightings.iter_mut().for_each(|one| change(&mut one.row));
        record
    };
    write(&register, &source(1), vec![claim(1, |_| ())]).await;
    let thing = register.stated_sightings().await.unwrap()[0].id.clone();
    register
        .decide(&[decision(&thing, Verdict::Reject)])
        .await
        .unwrap();
    assert!(register.same_claims().await.unwrap().is_empty());
    write(&register, &source(2), vec![claim(2, |_| ())]).await;
    for (number, change) in [
        (3, (|row| row.body = Some("Other Council".into())) as fn(&mut Row)),
        (4, |row| row.date = Some(jiff::civil::date(2024, 1, 1))),
        (5, |row| row.amount = None),
        (6, |row| row.body = None),
    ] {
        write(&register, &source(number), vec![claim(number, change)]).await;
    }
    let stated = register.stated_sightings().await.unwrap();
    assert_eq!(stated.len(), 6);
    let other = stated.iter().find(|one| one.source == "evidence/2.csv").unwrap();
    let same = register.same_claims().await.unwrap();
    assert_eq!(
        same.into_iter().collect::<Vec<_>>(),
        [(thing, vec![other.id.clone()])]
    );
}

#[tokio::test]
async fn statements_know_whose_document_they_stand_in() {
    let home = Home::new();
    let register = home.open().await;
    let author = |name: &str, how| Author {
        name: name.into(),
        how,
        place: "line 1".into(),
    };
    let head = |name: &str, how| Letterhead {
        author: Some(author(name, how)),
        sender: Some("example.gov.uk".into()),
        written: Some(jiff::civil::date(2024, 9, 19)),
    };
    let records = vec![
        KeptRecord {
            letterhead: head("Example Council", AuthorHow::Letterhead),
            ..seen(blob(1), 0, "dahua", Stance::Has)
        },
        KeptRecord {
            letterhead: head("Other Council", AuthorHow::Text),
            ..seen(blob(1), 100, "dahua", Stance::Has)
        },
        KeptRecord {
            contracts: vec![Contract {
                buyer: Some(Party {
                    name: "Third Council".into(),
                    identifiers: vec![Identifier {
                        scheme: "GB-LAE".into(),
                        id: "THR".into(),
                    }],
                }),
                ..Contract::default()
            }],
            ..seen(blob(1), 200, "dahua", Stance::Has)
        },
        KeptRecord {
            letterhead: Letterhead {
                sender: None,
                ..head("Example Council", AuthorHow::Letterhead)
            },
            ..seen(blob(1), 300, "dahua", Stance::Has)
        },
    ];
    write(&register, &source(1), records).await;
    let stated = register.stated_sightings().await.unwrap();
    let own = |at: usize| -> Vec<(AuthorHow, &str)> {
        let authors = stated[at].authors.iter();
        authors.map(|author| (author.how, author.name.as_str())).collect()
    };
    assert!(
        own(0).contains(&(AuthorHow::Letterhead, "Example Council")),
        "{:?}",
        own(0)
    );
    let has = |at: usize, how, name| own(at).contains(&(how, name));
    assert!(has(2, AuthorHow::Identifier, "GB-LAE THR") && !has(0, AuthorHow::Identifier, "GB-LAE THR"));
    // A message speaks for what is attached to it, unless that says whose it is.
    assert!(has(0, AuthorHow::Sender, "example.gov.uk") && has(2, AuthorHow::Sender, "example.gov.uk"));
    assert!(!has(3, AuthorHow::Sender, "example.gov.uk"));
    let second = own(1);
    let source = second
        .iter()
        .position(|one| *one == (AuthorHow::Source, "Example Council"));
    let text = second
        .iter()
        .position(|one| *one == (AuthorHow::Text, "Other Council"));
    assert!(
        source.is_some() && source < text,
        "the head of the source before names in a text: {second:?}"
    );
    assert!(
        stated
            .iter()
            .all(|one| one.written == Some(jiff::civil::date(2024, 9, 19)))
    );
}
