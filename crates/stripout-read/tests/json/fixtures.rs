//! `fixtures/formats/json` and `archive`: each `x` has what is read from it in `x.expected`.

use std::fmt::Write as _;
use std::path::Path;

use crate::reading::{Read, assert_rereads, files, read};

fn shown(read: &Read) -> String {
    let mut out = String::new();
    for (member, format) in &read.parts {
        writeln!(out, "part {} is {format}", member.as_deref().unwrap_or("-")).unwrap();
    }
    for record in &read.records {
        let place = record.place;
        writeln!(
            out,
            "{:?} {} line {} byte {}: {}",
            record.kind, place.number, place.line, place.byte, record.whole
        )
        .unwrap();
        for text in &record.texts {
            writeln!(out, "  {:?} {} = {:?}", text.role, text.pointer(), text.words).unwrap();
        }
        if let Some(payment) = &record.facts.payment {
            let date = payment.date.map(|d| d.to_string()).unwrap_or_default();
            let amount = payment.amount.map(|m| m.to_string()).unwrap_or_default();
            writeln!(
                out,
                "  payment {amount} to {} on {date}",
                payment.supplier.as_deref().unwrap_or("-")
            )
            .unwrap();
        }
    }
    for problem in &read.problems {
        writeln!(
            out,
            "{:?} {} at {}: {}",
            problem.severity, problem.code, problem.place, problem.what
        )
        .unwrap();
    }
    out
}

#[test]
fn fixtures_give_what_is_expected() {
    let mut seen = 0;
    for folder in ["json", "archive"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../fixtures/formats")
            .join(folder);
        for (name, bytes) in files(&folder)
            .into_iter()
            .filter(|(name, _)| !name.ends_with(".expected"))
        {
            seen += 1;
            let found = read(&name, &bytes);
            assert_rereads(&name, &bytes, &found);
            let got = shown(&found);
            let path = folder.join(format!("{name}.expected"));
            if std::env::var_os("STRIPOUT_UPDATE").is_some() {
                std::fs::write(&path, &got).unwrap();
            }
            let wanted = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(
                got, wanted,
                "{name}: read it, then set STRIPOUT_UPDATE=1 to accept"
            );
        }
    }
    assert!(seen >= 12, "only {seen} fixtures");
}
