//! What is read from releases: each `fixtures/formats/ocds/x` has its contracts in `x.expected`.

use std::fmt::Write as _;
use std::path::Path;

use stripout_model::{Contract, Currency, DocumentKind, Money, Party, Stage};

use crate::reading::{assert_rereads, files, read, shared};

/// One fact a line.
fn lines(contract: &Contract) -> String {
    let mut out = String::new();
    let mut say = |what: &str, text: &str| {
        if !text.is_empty() {
            writeln!(out, "  {what}: {text}").unwrap();
        }
    };
    let party = |p: &Party| {
        let ids: Vec<String> = p
            .identifiers
            .iter()
            .map(|i| format!(" [{} {}]", i.scheme, i.id))
            .collect();
        format!("{}{}", p.name, ids.concat())
    };
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    say("release", &text(&contract.release));
    say("released", &text(&contract.released));
    say("award", &text(&contract.award));
    say("title", &text(&contract.title));
    say("buyer", &contract.buyer.as_ref().map(party).unwrap_or_default());
    contract.suppliers.iter().for_each(|s| say("supplier", &party(s)));
    say(
        "value",
        &contract.value.map(|m: Money| m.to_string()).unwrap_or_default(),
    );
    for (what, date) in [
        ("signed", contract.signed),
        ("start", contract.start),
        ("end", contract.end),
    ] {
        say(what, &date.map(|d| d.to_string()).unwrap_or_default());
    }
    say("status", &text(&contract.status));
    say("tags", &contract.tags.join(" "));
    say("notices", &contract.notices.join(" "));
    say(
        "cpv",
        &contract
            .cpv
            .iter()
            .map(|c| c.0.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    );
    contract
        .documents
        .iter()
        .for_each(|d| say("document", format!("{} {}", d.url, text(&d.title)).trim()));
    out
}

#[test]
fn fixtures_give_their_contracts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/ocds");
    let mut seen = 0;
    for (name, bytes) in files(&folder)
        .into_iter()
        .filter(|(name, _)| !name.ends_with(".expected"))
    {
        seen += 1;
        let found = read(&name, &bytes);
        assert!(!found.lost(), "{name}: {:?}", found.problems);
        assert_rereads(&name, &bytes, &found);
        let mut got = String::new();
        for record in found
            .records
            .iter()
            .filter(|record| record.kind == DocumentKind::Contract)
        {
            writeln!(
                got,
                "record {} on line {}",
                record.place.number, record.place.line
            )
            .unwrap();
            for contract in &record.facts.contracts {
                writeln!(
                    got,
                    " {} of {:?}\n{}",
                    contract.stage.as_str(),
                    contract.ocid,
                    lines(contract).trim_end()
                )
                .unwrap();
            }
        }
        for problem in &found.problems {
            writeln!(
                got,
                "{:?} {} at {}: {}",
                problem.severity, problem.code, problem.place, problem.what
            )
            .unwrap();
        }
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
    assert!(seen >= 4, "only {seen} fixtures");
}

#[test]
fn every_real_release_is_read_whole() {
    let Some(folder) = shared("data/procurement/ocds") else {
        return;
    };
    for (name, bytes) in files(&folder) {
        let found = read(&name, &bytes);
        assert!(found.problems.is_empty(), "{name}: {:?}", found.problems);
        assert_rereads(&name, &bytes, &found);
        for (record, line) in found
            .records
            .iter()
            .zip(String::from_utf8(bytes).unwrap().lines())
        {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let contracts = &record.facts.contracts;
            let text = |pointer: &str| value.pointer(pointer).and_then(|v| v.as_str());
            assert!(!contracts.is_empty(), "{name}: {}", record.whole);
            let awards = value
                .pointer("/awards")
                .and_then(|v| v.as_array())
                .map_or(0, Vec::len);
            assert_eq!(contracts.len(), awards.max(1));
            for (i, contract) in contracts.iter().enumerate() {
                assert_eq!(Some(contract.ocid.as_str()), text("/ocid"));
                assert_eq!(
                    contract.buyer.as_ref().map(|b| b.name.as_str()),
                    text("/buyer/name").map(str::trim)
                );
                assert_eq!(contract.title.as_deref(), text("/tender/title").map(str::trim));
                if awards == 0 {
                    assert!(matches!(contract.stage, Stage::Planning | Stage::Tender));
                    continue;
                }
                assert_eq!(contract.stage, Stage::Award);
                let amount = value
                    .pointer(&format!("/awards/{i}/value/amount"))
                    .unwrap()
                    .to_string();
                assert_eq!(
                    contract.value,
                    Money::from_decimal(&amount, Currency::GBP).ok(),
                    "{amount}"
                );
                let suppliers = value
                    .pointer(&format!("/awards/{i}/suppliers"))
                    .and_then(|v| v.as_array());
                let named = suppliers
                    .unwrap()
                    .iter()
                    .filter(|s| s.get("name").is_some_and(serde_json::Value::is_string));
                assert_eq!(contract.suppliers.len(), named.count());
            }
        }
    }
}
