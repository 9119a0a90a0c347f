//! The life of a register: write, reopen, list, show, again.

use std::time::Duration;

use jiff::civil::date;
use stripout_model::{Affiliation, Code, Confidence, Problem, Provenance, Severity, Stance, Via};
use stripout_register::{
    Batch, Filter, Found, Keeping, KeptRecord, NewSource, OpenMode, Order, Register, RegisterError,
    SourceEnd, Table,
};

use crate::fixture::{
    Home, batch, blob, contract, end, evidence, known, lead, new, payment, record, row, seen, sighting,
    source, write,
};

/// All that lists show, as JSON lines.
async fn contents(register: &Register) -> String {
    let mut out = Vec::new();
    for table in Table::ALL {
        let filter = Filter {
            every_release: true,
            order: Order::Place,
            ..Filter::default()
        };
        register
            .export(*table, &filter, stripout_register::Format::Jsonl, &mut out)
            .await
            .unwrap();
    }
    String::from_utf8(out).unwrap()
}

#[allow(clippy::needless_pass_by_value, reason = "ids are small")]
fn start(id: impl std::fmt::Display, digits: usize) -> String {
    id.to_string().chars().take(digits).collect()
}

fn everything() -> KeptRecord {
    let affiliation = Affiliation {
        maker: "hikvision".parse().unwrap(),
        brand: "pyronix".parse().unwrap(),
        tied_at_the_time: Some(true),
        why: "owned since 2016".into(),
        evidence: evidence(blob(1), 500, "Pyronix Ltd"),
        row: row("Example Council", 700),
    };
    KeptRecord {
        member: Some("b.csv".into()),
        sightings: vec![sighting(blob(1), 500, "hikvision", Stance::Has)],
        leads: vec![lead(blob(1), 500, "Example Council")],
        affiliations: vec![affiliation],
        outcomes: Vec::new(),
        commitments: Vec::new(),
        contracts: vec![contract("ocds-1", "a", "2023-01-01T00:00:00Z", 5)],
        payment: Some(payment("Acme", -25)),
        ..record(500)
    }
}

fn problem() -> Problem {
    Problem {
        code: Code::InputRagged,
        severity: Severity::Unit,
        place: "line 7".into(),
        what: "row has 3 cells, header has 4".into(),
        because: "a separator is missing".into(),
        hint: "check the row".into(),
    }
}

#[tokio::test]
async fn what_is_written_comes_back_after_reopening() {
    let home = Home::new();
    let register = home.open().await;
    let new_source = NewSource {
        keeping: Keeping::Copy("ab/cd".into()),
        ..source(1)
    };
    let mut unit = new(register.begin(&new_source).await.unwrap());
    unit.write(Batch {
        records: vec![everything()],
        problems: vec![problem()],
        tallies: Vec::new(),
    })
    .await
    .unwrap();
    unit.write(batch(vec![record(900)])).await.unwrap();
    unit.commit(&SourceEnd {
        problems: 3,
        partial: true,
        ..end(40)
    })
    .await
    .unwrap();
    register.close().await;
    assert_eq!(home.files(), ["stripout.db"], "the log is folded in");

    let register = Register::open(home.path(), OpenMode::Read).await.unwrap();
    let all = Filter::default();
    let source = register.source(&blob(1)).await.unwrap().unwrap();
    assert_eq!(
        (source.records, source.kept, source.problems, source.readings),
        (40, 2, 3, 1)
    );
    assert_eq!(source.source.copy.as_deref(), Some("ab/cd"));
    assert_eq!(source.source.path, "evidence/1.csv");
    assert_eq!((source.source.partial, source.size), (true, 1000));
    assert_eq!(source.read_at, new_source.read_at);
    assert_eq!(register.source(&blob(2)).await.unwrap(), None);

    let want = everything();
    let sightings = register.sightings(&all).await.unwrap();
    assert_eq!(
        sightings.iter().map(|row| &row.sighting).collect::<Vec<_>>(),
        [&want.sightings[0]]
    );
    assert_eq!(sightings[0].source, source.source);
    assert_eq!(register.leads(&all).await.unwrap()[0].lead, want.leads[0]);
    assert_eq!(
        register.affiliations(&all).await.unwrap()[0].affiliation,
        want.affiliations[0]
    );
    assert_eq!(
        register.contracts(&all).await.unwrap()[0].contract,
        want.contracts[0]
    );
    let payments = register.payments(&all).await.unwrap();
    assert_eq!(Some(&payments[0].payment), want.payment.as_ref());
    assert_eq!(
        (payments[0].line, payments[0].member.as_deref()),
        (7, Some("b.csv"))
    );
    assert_eq!(register.problems(&all).await.unwrap()[0].problem, problem());

    let record = register.record(sightings[0].record).await.unwrap();
    assert_eq!((record.whole_json, record.place), (want.whole_json, want.place));
    let id = sightings[0].id.to_string();
    let Found::Sighting(shown) = register.show(&id).await.unwrap() else {
        panic!("no sighting")
    };
    assert_eq!(shown, sightings[0]);
    let Found::Source(shown) = register.show(&blob(1).to_string()).await.unwrap() else {
        panic!("no source")
    };
    assert_eq!(shown, source);
    for (table, id) in [
        ("record", record.id),
        ("payment", payments[0].id),
        ("source", source.id),
    ] {
        let found = register.show(&start(id, 10).to_uppercase()).await.unwrap();
        assert_eq!(found.id(), id, "{table}");
    }
    assert!(matches!(
        register.show("ffffffffffffffff").await,
        Err(RegisterError::NoSuchId { .. })
    ));
    for no_id in ["", "abc", "zzzz", "12 4", &"a".repeat(65)] {
        assert!(
            matches!(register.show(no_id).await, Err(RegisterError::NoId { .. })),
            "{no_id}"
        );
    }
}

#[tokio::test]
async fn a_prefix_of_several_ids_is_refused_with_their_names() {
    let home = Home::new();
    let register = home.open().await;
    let mut digest = *blob(1).digest();
    digest[7] ^= 1;
    let twin = stripout_model::BlobId::from_digest(digest);
    write(&register, &source(1), Vec::new()).await;
    write(
        &register,
        &NewSource {
            blob: twin,
            ..source(2)
        },
        Vec::new(),
    )
    .await;
    let both = start(blob(1), 12);
    let Err(RegisterError::Ambiguous { matches, .. }) = register.show(&both).await else {
        panic!("not ambiguous")
    };
    assert_eq!(matches.len(), 2);
    assert!(matches[0].starts_with("source "), "{matches:?}");
    // Another blob with the same first 16 digits must not be taken for the first.
    let mut digest = *blob(1).digest();
    digest[8] ^= 1;
    let clash = NewSource {
        blob: stripout_model::BlobId::from_digest(digest),
        ..source(3)
    };
    assert!(matches!(
        register.begin(&clash).await,
        Err(RegisterError::Refused { .. })
    ));
}

#[tokio::test]
async fn same_input_twice_changes_nothing() {
    let home = Home::new();
    let register = home.open().await;
    write(&register, &source(1), vec![everything()]).await;
    let before = contents(&register).await;
    let later = NewSource {
        read_at: "2027-01-01T00:00:00Z".parse().unwrap(),
        ..source(1)
    };
    assert_eq!(
        known(register.begin(&later).await.unwrap()).read_at,
        source(1).read_at
    );
    let mut group = register.group().await.unwrap();
    known(group.begin(&later).await.unwrap());
    let seen = group
        .seen(&blob(1), &source(1).provenance, later.read_at)
        .await
        .unwrap();
    assert!(!seen);
    group.commit().await.unwrap();
    assert_eq!(contents(&register).await, before);

    // The same bytes under another name are the same source, with one more way in.
    let other = Provenance::File {
        path: "elsewhere/x.csv".into(),
    };
    let mut group = register.group().await.unwrap();
    assert!(group.seen(&blob(1), &other, later.read_at).await.unwrap());
    group.commit().await.unwrap();
    let by_old = Filter {
        source: Some("evidence/1".into()),
        ..Filter::default()
    };
    let sources = register.sources(&by_old).await.unwrap();
    assert_eq!(
        (sources.len(), sources[0].source.path.as_str()),
        (1, "elsewhere/x.csv")
    );
}

#[tokio::test]
async fn the_same_bytes_give_the_same_register() {
    let (one, two) = (Home::new(), Home::new());
    let (first, second) = (one.open().await, two.open().await);
    write(&first, &source(1), vec![everything(), record(900)]).await;
    write(&first, &source(2), vec![seen(blob(2), 0, "dahua", Stance::Had)]).await;
    write(&second, &source(2), vec![seen(blob(2), 0, "dahua", Stance::Had)]).await;
    let mut unit = new(second.begin(&source(1)).await.unwrap());
    for record in [everything(), record(900)] {
        unit.write(batch(vec![record])).await.unwrap();
    }
    unit.commit(&end(2)).await.unwrap();
    assert_eq!(contents(&first).await, contents(&second).await);
}

#[tokio::test]
async fn what_is_not_committed_leaves_nothing() {
    let home = Home::new();
    let register = home.open().await;
    let empty = contents(&register).await;
    let mut unit = new(register.begin(&source(1)).await.unwrap());
    unit.write(batch(vec![everything()])).await.unwrap();
    assert_eq!(contents(&register).await, empty, "nothing is visible before");
    drop(unit);
    let mut unit = new(register.begin(&source(1)).await.unwrap());
    unit.write(batch(vec![everything()])).await.unwrap();
    unit.rollback().await.unwrap();
    assert_eq!(contents(&register).await, empty);
    write(&register, &source(1), vec![everything()]).await;
    assert_eq!(register.sightings(&Filter::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_group_takes_whole_inputs_only() {
    let home = Home::new();
    let register = home.open().await;
    let mut group = register.group().await.unwrap();
    for (number, keep) in [(1, true), (2, false), (3, true)] {
        let mut unit = new(group.begin(&source(number)).await.unwrap());
        unit.write(batch(vec![seen(blob(number), 0, "dahua", Stance::Has)]))
            .await
            .unwrap();
        if keep {
            unit.commit(&end(1)).await.unwrap();
        }
    }
    known(group.begin(&source(1)).await.unwrap());
    assert!(register.sources(&Filter::default()).await.unwrap().is_empty());
    group.commit().await.unwrap();
    let sources = register
        .sources(&Filter {
            order: Order::Place,
            ..Filter::default()
        })
        .await
        .unwrap();
    let paths: Vec<_> = sources.iter().map(|row| row.source.path.as_str()).collect();
    assert_eq!(paths, ["evidence/1.csv", "evidence/3.csv"]);
    assert_eq!(register.sightings(&Filter::default()).await.unwrap().len(), 2);

    let mut group = register.group().await.unwrap();
    let unit = new(group.begin(&source(4)).await.unwrap());
    unit.commit(&end(0)).await.unwrap();
    drop(group);
    assert_eq!(register.source(&blob(4)).await.unwrap(), None);
}

#[tokio::test]
async fn evidence_of_another_blob_is_refused() {
    let home = Home::new();
    let register = home.open().await;
    let mut unit = new(register.begin(&source(1)).await.unwrap());
    let foreign = batch(vec![seen(blob(2), 0, "dahua", Stance::Has)]);
    assert!(matches!(
        unit.write(foreign).await,
        Err(RegisterError::ForeignEvidence { .. })
    ));
}

#[tokio::test]
async fn one_writer_at_a_time() {
    let home = Home::new();
    let patience = Duration::from_millis(50);
    // While a new register is filled nobody else can open it for writing.
    let filling = home.open().await;
    let unit = new(filling.begin(&source(3)).await.unwrap());
    let refused = Register::open_within(home.path(), OpenMode::Write, patience).await;
    assert_eq!(refused.err().unwrap().code(), Some(Code::StoreLocked));
    unit.rollback().await.unwrap();
    filling.close().await;

    let first = home.open().await;
    let unit = new(first.begin(&source(1)).await.unwrap());
    let second = Register::open_within(home.path(), OpenMode::Write, patience)
        .await
        .unwrap();
    let refused = second.begin(&source(2)).await.err().unwrap();
    assert_eq!(refused.code(), Some(Code::StoreLocked), "{refused}");
    unit.commit(&end(0)).await.unwrap();
    write(&second, &source(2), Vec::new()).await;
    assert_eq!(first.sources(&Filter::default()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn filters_and_orders() {
    let home = Home::new();
    let register = home.open().await;
    let with = |byte: u64, maker: &str, change: &dyn Fn(&mut stripout_model::Sighting)| {
        let mut record = seen(blob(1), byte, maker, Stance::Has);
        change(&mut record.sightings[0]);
        record.payment = Some(payment(maker, i64::try_from(byte).unwrap()));
        record
    };
    let records = vec![
        with(0, "a-likely", &|s| s.confidence = Confidence::Likely),
        with(100, "b-typo", &|s| s.via = Via::Typo),
        with(200, "c-mentions", &|s| s.stance = Stance::Mentions),
        with(300, "d-poor", &|s| s.row = row("100% Council_x", 1)),
        with(400, "e-undated", &|s| s.row = stripout_model::Row::default()),
        with(500, "f-rich", &|s| s.row = row("Example Council", 200_000)),
        with(600, "g-old", &|s| s.row.date = Some(date(2020, 1, 2))),
    ];
    write(&register, &source(1), records).await;
    write(
        &register,
        &source(2),
        vec![seen(blob(2), 0, "h-other", Stance::Removed)],
    )
    .await;

    let all = "f-rich g-old d-poor e-undated h-other c-mentions b-typo a-likely";
    let base = Filter::default();
    let cases = [
        (base.clone(), all),
        (
            Filter {
                limit: Some(2),
                ..base.clone()
            },
            "f-rich g-old",
        ),
        (
            Filter {
                limit: Some(2),
                offset: 1,
                ..base.clone()
            },
            "g-old d-poor",
        ),
        (
            Filter {
                offset: 7,
                ..base.clone()
            },
            "a-likely",
        ),
        (
            Filter {
                makers: vec!["b-typo".parse().unwrap(), "d-poor".parse().unwrap()],
                ..base.clone()
            },
            "d-poor b-typo",
        ),
        (
            Filter {
                brands: vec!["b-typo".parse().unwrap()],
                ..base.clone()
            },
            "b-typo",
        ),
        (
            Filter {
                stances: vec![Stance::Mentions, Stance::Removed],
                ..base.clone()
            },
            "h-other c-mentions",
        ),
        (
            Filter {
                confidences: vec![Confidence::Likely],
                ..base.clone()
            },
            "a-likely",
        ),
        (
            Filter {
                vias: vec![Via::Typo],
                ..base.clone()
            },
            "b-typo",
        ),
        (
            Filter {
                body: Some("100% council_X".into()),
                ..base.clone()
            },
            "d-poor",
        ),
        (
            Filter {
                body: Some("100%x".into()),
                ..base.clone()
            },
            "",
        ),
        (
            Filter {
                supplier: Some("ACME".into()),
                limit: Some(1),
                ..base.clone()
            },
            "f-rich",
        ),
        (
            Filter {
                source: Some("evidence/2".into()),
                ..base.clone()
            },
            "h-other",
        ),
        (
            Filter {
                source: Some(blob(2).short()),
                ..base.clone()
            },
            "h-other",
        ),
        (
            Filter {
                source: Some(blob(2).to_string()),
                ..base.clone()
            },
            "h-other",
        ),
        (
            Filter {
                until: Some(date(2020, 1, 2)),
                ..base.clone()
            },
            "g-old",
        ),
        (
            Filter {
                from: Some(date(2020, 1, 3)),
                until: Some(date(2023, 4, 4)),
                ..base.clone()
            },
            "",
        ),
        (
            Filter {
                order: Order::Place,
                ..base.clone()
            },
            "a-likely b-typo c-mentions d-poor e-undated f-rich g-old h-other",
        ),
        (
            Filter {
                order: Order::Oldest,
                limit: Some(1),
                ..base.clone()
            },
            "g-old",
        ),
        (
            Filter {
                order: Order::Newest,
                offset: 6,
                ..base.clone()
            },
            "g-old e-undated",
        ),
        (
            Filter {
                order: Order::LargestAmount,
                limit: Some(1),
                ..base.clone()
            },
            "f-rich",
        ),
    ];
    for (filter, want) in cases {
        let rows = register.sightings(&filter).await.unwrap();
        let makers: Vec<_> = rows.iter().map(|row| row.sighting.maker.as_str()).collect();
        assert_eq!(makers.join(" "), want, "{filter:?}");
    }

    // Through the record, and through the source.
    let typo = Filter {
        vias: vec![Via::Typo],
        ..Filter::default()
    };
    let payments = register.payments(&typo).await.unwrap();
    assert_eq!(
        payments
            .iter()
            .map(|row| row.payment.supplier.as_deref())
            .collect::<Vec<_>>(),
        [Some("b-typo")]
    );
    let sources = register.sources(&typo).await.unwrap();
    assert_eq!(
        sources.iter().map(|row| row.source.blob).collect::<Vec<_>>(),
        [blob(1)]
    );
    // One sighting must fit all that is asked, not one each.
    let none = Filter {
        makers: vec!["a-likely".parse().unwrap()],
        ..typo
    };
    assert!(register.payments(&none).await.unwrap().is_empty());
    assert!(register.sources(&none).await.unwrap().is_empty());
    let by_body = Filter {
        body: Some("x".into()),
        ..Filter::default()
    };
    assert!(matches!(
        register.sources(&by_body).await,
        Err(RegisterError::NoSuchFilter { by: "body", .. })
    ));
}
