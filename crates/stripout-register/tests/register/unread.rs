//! Inputs that could not be read stand among the problems, until they are read.

use jiff::Timestamp;
use stripout_model::{Code, Problem, Severity};
use stripout_register::{Filter, Order, Register, RegisterError, Unread};

use crate::fixture::{Home, blob, end, new, source};

fn unread(path: &str, number: Option<u32>, at: &str) -> Unread {
    Unread {
        path: path.into(),
        blob: number.map(blob),
        tried_at: at.parse::<Timestamp>().unwrap(),
        problems: vec![Problem {
            code: Code::InputTruncated,
            severity: Severity::Input,
            place: "page 2".into(),
            what: "the file ends early".into(),
            because: format!("of {path}"),
            hint: "get it again".into(),
        }],
        met: 7,
    }
}

async fn listed(register: &Register, filter: &Filter) -> Vec<(String, Option<String>)> {
    let rows = register.problems(filter).await.unwrap();
    rows.iter()
        .map(|row| (row.source.path.clone(), row.blob().map(|blob| blob.to_string())))
        .collect()
}

#[tokio::test]
async fn an_input_that_could_not_be_read_is_a_problem_until_it_is_read() {
    const FIRST: &str = "2026-11-21T10:00:00Z";
    const LATER: &str = "2026-11-22T10:00:00Z";
    let home = Home::new();
    let register = home.open().await;
    let first = [
        unread("evidence/1.csv", Some(11), FIRST),
        unread("evidence/2.pdf", Some(2), FIRST),
        unread("gone.csv", None, FIRST),
    ];
    register.keep_unread(&first).await.unwrap();
    assert_eq!(register.unread().await.unwrap(), first);
    let by_place = Filter {
        order: Order::Place,
        ..Filter::default()
    };
    assert_eq!(
        listed(&register, &by_place).await,
        [
            ("evidence/1.csv".into(), Some(blob(11).to_string())),
            ("evidence/2.pdf".into(), Some(blob(2).to_string())),
            ("gone.csv".into(), None),
        ]
    );
    let start: String = blob(2).to_string().chars().take(8).collect();
    for (asked, paths) in [
        ("GONE", &["gone.csv"][..]),
        ("evidence", &["evidence/1.csv", "evidence/2.pdf"]),
        (&blob(2).to_string(), &["evidence/2.pdf"]),
        (&start, &["evidence/2.pdf"]),
        ("other", &[]),
    ] {
        let of_source = Filter {
            source: Some(asked.into()),
            ..by_place.clone()
        };
        let rows = listed(&register, &of_source).await;
        assert_eq!(
            rows.iter().map(|row| &*row.0).collect::<Vec<_>>(),
            paths,
            "{asked}"
        );
    }

    let of_code = |codes: &[Code]| Filter {
        codes: codes.to_vec(),
        ..by_place.clone()
    };
    let code = first[0].problems[0].code;
    assert_eq!(listed(&register, &of_code(&[code])).await.len(), 3);
    assert!(listed(&register, &of_code(&[Code::StoreFull])).await.is_empty());
    let refused = register.sources(&of_code(&[code])).await;
    assert!(matches!(
        refused,
        Err(RegisterError::NoSuchFilter { by: "code", .. })
    ));

    // Again, with other bytes: the last try counts. Of one run two inputs may share a path that is no text.
    let later = [
        unread("evidence/2.pdf", Some(3), LATER),
        unread("evidence/2.pdf", Some(4), LATER),
    ];
    register.keep_unread(&later).await.unwrap();
    let blobs: Vec<_> = register
        .unread()
        .await
        .unwrap()
        .iter()
        .map(|one| one.blob)
        .collect();
    assert_eq!(blobs.len(), 4);
    assert!(
        blobs.contains(&Some(blob(3))) && blobs.contains(&Some(blob(4))) && !blobs.contains(&Some(blob(2)))
    );

    // Read under its path with other bytes than before, and under another path with the same.
    for number in [1, 4] {
        let mut read = source(number);
        read.read_at = LATER.parse().unwrap();
        let unit = new(register.begin(&read).await.unwrap());
        unit.commit(&end(0)).await.unwrap();
    }
    let left = register.unread().await.unwrap();
    assert_eq!(
        left,
        [later[0].clone(), first[2].clone()],
        "what was read is no longer unread"
    );
    // A unit that is undone forgets nothing.
    let unit = new(register.begin(&source(3)).await.unwrap());
    unit.rollback().await.unwrap();
    assert_eq!(register.unread().await.unwrap(), left);
}
