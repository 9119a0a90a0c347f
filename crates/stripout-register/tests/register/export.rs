//! Exports open elsewhere and say what the register says.

use std::path::{Path, PathBuf};

use stripout_model::{Row, Stance};
use stripout_register::{Filter, Format, KeptRecord, Order, Register, RegisterError, Table};

use crate::fixture::{Home, blob, contract, payment, record, seen, source, write};

/// Texts that have broken exports elsewhere.
fn hostile() -> Vec<String> {
    let own = [
        "=cmd|' /C calc'!A0",
        "+44 20 7946",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a\r\nb",
        "\n",
        "＝1+1",
        "'",
        "'=1",
        "\"",
        "a\"b,c;d",
        "",
        " ",
        "\u{0}",
        "a\u{0}b",
        "\u{feff}x",
        "\u{202e}txt",
        "\u{1b}[31m",
        "null",
        "NULL",
        "𠜎",
        "é",
        "e\u{301}",
        "\\",
        "\\N",
    ];
    let mut texts: Vec<String> = own.map(Into::into).to_vec();
    let shared = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let list = shared.join("data/hostile/strings/blns/blns.json");
    match std::fs::read_to_string(&list) {
        Ok(json) => texts.extend(serde_json::from_str::<Vec<String>>(&json).unwrap()),
        Err(error) => eprintln!("shared corpora not found: {}: {error}", list.display()),
    }
    texts
}

async fn filled(home: &Home, texts: &[String]) -> Register {
    let register = home.open().await;
    let records = (0..).step_by(100).zip(texts).map(|(byte, text)| {
        let mut record = seen(blob(1), byte, "dahua", Stance::Has);
        let sighting = &mut record.sightings[0];
        sighting.evidence.excerpt.clone_from(text);
        sighting.evidence.mark = 0..text.len();
        sighting.row = Row {
            body: Some(text.clone()),
            ..sighting.row.clone()
        };
        record
    });
    write(&register, &source(1), records.collect()).await;
    register
}

async fn exported(register: &Register, table: Table, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    let in_order = Filter {
        order: Order::Place,
        ..Filter::default()
    };
    register.export(table, &in_order, format, &mut out).await.unwrap();
    out
}

#[tokio::test]
async fn hostile_texts_come_back_from_the_register_and_from_json_lines() {
    let (home, texts) = (Home::new(), hostile());
    let register = filled(&home, &texts).await;
    let in_order = Filter {
        order: Order::Place,
        ..Filter::default()
    };
    let rows = register.sightings(&in_order).await.unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row.sighting.evidence.excerpt.clone())
            .collect::<Vec<_>>(),
        texts
    );
    for text in texts.iter().filter(|text| !text.contains('\0')) {
        let filter = Filter {
            body: Some(text.clone()),
            ..Filter::default()
        };
        let found = register.sightings(&filter).await.unwrap();
        assert!(
            found
                .iter()
                .any(|row| row.sighting.row.body.as_ref() == Some(text)),
            "{text:?}"
        );
        assert!(
            found.iter().all(|row| row.sighting.row.body.is_some()),
            "{text:?}"
        );
    }
    let lines = exported(&register, Table::Sightings, Format::Jsonl).await;
    let lines: Vec<serde_json::Value> = String::from_utf8(lines)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), texts.len());
    for (line, text) in lines.iter().zip(&texts) {
        assert_eq!(
            (line["excerpt"].as_str(), line["body"].as_str()),
            (Some(text.as_str()), Some(text.as_str()))
        );
        assert_eq!(
            line["locator"]["bytes"]["end"],
            line["locator"]["bytes"]["start"].as_u64().unwrap() + 90
        );
        assert_eq!(line["amount"].to_string(), "1000.0");
    }
}

#[tokio::test]
async fn no_cell_of_csv_is_a_formula_and_each_comes_back() {
    let (home, texts) = (Home::new(), hostile());
    let register = filled(&home, &texts).await;
    let out = exported(&register, Table::Sightings, Format::Csv).await;
    let mut reader = csv::Reader::from_reader(out.as_slice());
    let header = reader.headers().unwrap().clone();
    let names: Vec<_> = Table::Sightings
        .columns()
        .iter()
        .map(|column| column.name)
        .collect();
    assert_eq!(header.iter().collect::<Vec<_>>(), names);
    let at = |name: &str| header.iter().position(|found| found == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), texts.len());
    let triggers = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    for (row, text) in rows.iter().zip(&texts) {
        let cell = &row[at("excerpt")];
        assert!(!cell.starts_with(triggers), "{cell:?}");
        let back = match cell.strip_prefix('\'') {
            Some(rest) if rest.trim_start_matches('\'').starts_with(triggers) => rest,
            _ => cell,
        };
        assert_eq!(back, text);
        assert_eq!(&row[at("amount")], "1000.00");
    }
}

#[cfg(feature = "parquet")]
#[tokio::test]
async fn parquet_holds_the_texts_verbatim() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;
    let (home, texts) = (Home::new(), hostile());
    let register = filled(&home, &texts).await;
    let path = home.folder.path().join("out.parquet");
    let in_order = Filter {
        order: Order::Place,
        ..Filter::default()
    };
    let rows = register
        .export_file(Table::Sightings, &in_order, Format::Parquet, &path)
        .await
        .unwrap();
    assert_eq!(rows, texts.len() as u64);
    let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let names: Vec<_> = Table::Sightings
        .columns()
        .iter()
        .map(|column| column.name)
        .collect();
    let schema = reader.metadata().file_metadata().schema_descr();
    assert_eq!(
        schema
            .columns()
            .iter()
            .map(|column| column.name())
            .collect::<Vec<_>>(),
        names
    );
    let at = |name: &str| names.iter().position(|found| *found == name).unwrap();
    for (row, text) in reader.get_row_iter(None).unwrap().map(Result::unwrap).zip(&texts) {
        assert_eq!(row.get_string(at("excerpt")).unwrap(), text);
        assert_eq!(row.get_long(at("count")).unwrap(), 4);
        assert!(row.get_string(at("model")).is_err(), "absent stays absent");
        assert_eq!(
            row.get_column_iter().nth(at("amount")).unwrap().1.to_string(),
            "1000.00"
        );
    }
}

#[tokio::test]
async fn every_table_in_every_format() {
    let home = Home::new();
    let register = home.open().await;
    let full = KeptRecord {
        contracts: vec![contract("p", "a", "2023-01-01", -5)],
        payment: Some(payment("-Acme", -5)),
        ..record(100)
    };
    write(
        &register,
        &source(1),
        vec![seen(blob(1), 0, "dahua", Stance::Has), full],
    )
    .await;
    for table in Table::ALL {
        let want = match table {
            Table::Sightings | Table::Contracts | Table::Payments | Table::Sources => 1,
            Table::Leads
            | Table::Affiliations
            | Table::Outcomes
            | Table::Commitments
            | Table::Problems
            | Table::Decisions => 0,
        };
        for format in Format::ALL {
            let path = home.folder.path().join(format!("{table}.{format}"));
            // Also over a file that is there.
            for _ in 0..2 {
                let rows = register
                    .export_file(*table, &Filter::default(), *format, &path)
                    .await
                    .unwrap();
                assert_eq!(rows, want, "{table} as {format}");
            }
            assert!(std::fs::metadata(&path).unwrap().len() > 0 || (want == 0 && *format == Format::Jsonl));
        }
        assert_eq!(table.as_str().parse(), Ok(*table));
    }
    let payments = String::from_utf8(exported(&register, Table::Payments, Format::Csv).await).unwrap();
    assert!(payments.contains("\"'-Acme\",-0.05,\"GBP\""), "{payments}");
    assert!(
        !home.files().iter().any(|name| name.contains(".part")),
        "{:?}",
        home.files()
    );
}

#[tokio::test]
async fn a_failed_export_leaves_what_was_there() {
    let home = Home::new();
    let register = home.open().await;
    write(&register, &source(1), Vec::new()).await;
    let path = home.folder.path().join("out.csv");
    std::fs::write(&path, "old").unwrap();
    let impossible = Filter {
        body: Some("x".into()),
        ..Filter::default()
    };
    let failed = register
        .export_file(Table::Sources, &impossible, Format::Csv, &path)
        .await;
    assert!(matches!(failed, Err(RegisterError::NoSuchFilter { .. })));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    assert!(
        !home.files().iter().any(|name| name.contains(".part")),
        "{:?}",
        home.files()
    );
    let closed = std::io::pipe().unwrap().1;
    let mut closed = closed;
    let failed = register
        .export(Table::Sources, &Filter::default(), Format::Csv, &mut closed)
        .await;
    assert!(
        matches!(failed, Err(RegisterError::Output(_))),
        "a closed pipe is told apart"
    );
}
