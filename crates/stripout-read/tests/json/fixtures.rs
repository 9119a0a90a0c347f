//! `fixtures/formats/json` and `archive`: each `x` has what is read from it in `x.expected`.

use std::fmt::Write as _;
use std::path::Path;

use stripout_model::{Currency, DocumentKind, Money};

use crate::reading::{Read, assert_rereads, files, read, shared};

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
            .filter(|(name, _)| !name.ends_with(".expected") && !name.ends_with("make.py"))
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

#[test]
fn real_payments_in_json_add_up() {
    let Some(folder) = shared("data/procurement/spend/scottish-government-json") else {
        return;
    };
    for (name, bytes) in files(&folder) {
        let found = read(&name, &bytes);
        assert!(found.problems.is_empty(), "{name}: {:?}", found.problems);
        assert_rereads(&name, &bytes, &found);
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(found.records.len(), rows.len());
        for (record, row) in found.records.iter().zip(&rows) {
            assert_eq!(record.kind, DocumentKind::Spend);
            let payment = record.facts.payment.as_ref().unwrap();
            assert_eq!(
                payment.supplier.as_deref(),
                row.get("Merchant Name").and_then(|v| v.as_str()).map(str::trim)
            );
            let amount = row.get("Transaction Amount").unwrap().to_string();
            assert_eq!(payment.amount, Money::from_decimal(&amount, Currency::GBP).ok());
            let date = row.get("Transaction Date").and_then(|v| v.as_str()).unwrap();
            let [day, month, year] = date.split('/').collect::<Vec<_>>()[..] else {
                panic!("{date}")
            };
            assert_eq!(
                payment.date.unwrap().to_string(),
                format!("{year}-{month}-{day}"),
                "{name}"
            );
        }
    }
}
