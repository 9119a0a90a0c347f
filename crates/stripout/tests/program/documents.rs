//! The rules of docs/contract.md on documents, mail and archives: the fixtures of the readers through the whole program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{root, sightings, stripout};

/// Sound files of each kind that name a maker.
const SOUND: &[&str] = &[
    "docx/reply.docx",
    "opendocument/reply.odt",
    "opendocument/register.ods",
    "rtf/reply.rtf",
    "xlsx/register.xlsx",
    "xlsb/register.xlsb",
    "xls/register.xls",
    "pdf/ruled.pdf",
    "pdf/hidden.pdf",
    "mail/reply.eml",
    "mail/two.mbox",
    "mail/html-only.eml",
    "archive/request.zip",
];

/// Files that cannot be read, or only in part, and the code that says why.
const BROKEN: &[(&str, &str)] = &[
    ("docx/cut.docx", "input-truncated"),
    ("docx/entity.docx", "input-xml-entity"),
    ("docx/deep.docx", "input-depth"),
    ("opendocument/locked.odt", "input-encrypted"),
    ("xls/locked.xls", "input-encrypted"),
    ("pdf/locked-user.pdf", "input-encrypted"),
    ("mail/encrypted.eml", "input-encrypted"),
    ("archive/locked.7z", "input-encrypted"),
    ("archive/cut-short.7z", "input-truncated"),
    ("rtf/cut.rtf", "input-truncated"),
];

/// Fixtures in a folder of their own, `docx/reply.docx` as `docx-reply.docx`.
fn folder<'a>(home: &Path, fixtures: impl IntoIterator<Item = &'a str>) {
    for fixture in fixtures {
        let from = root().join("fixtures/formats").join(fixture);
        fs::copy(&from, home.join(fixture.replace('/', "-"))).unwrap();
    }
}

/// The file of a row.
fn file(row: &Value) -> String {
    row["source"]
        .as_str()
        .unwrap()
        .trim_start_matches("./")
        .to_owned()
}

#[test]
fn contract_02_every_broken_document_says_why_in_one_shape() {
    let home = tempfile::tempdir().unwrap();
    folder(home.path(), BROKEN.iter().map(|(name, _)| *name));
    let run = stripout(
        home.path(),
        &[
            "screen",
            ".",
            "--dry-run",
            "--quiet",
            "--report",
            "problems.jsonl",
        ],
    );
    assert!([1, 5].contains(&run.code), "{}\n{}", run.out, run.err);
    let report = fs::read_to_string(home.path().join("problems.jsonl")).unwrap();
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in report.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        for field in ["code", "file", "sha256", "place", "error", "reason", "hint"] {
            assert!(row[field].is_string(), "{field} in {row}");
        }
        assert!(!row["hint"].as_str().unwrap().is_empty(), "no next step: {row}");
        let name = row["file"].as_str().unwrap().trim_start_matches("./").to_owned();
        said.entry(name)
            .or_default()
            .insert(row["code"].as_str().unwrap().to_owned());
    }
    for (name, code) in BROKEN {
        let codes = said.get(&name.replace('/', "-"));
        assert!(
            codes.is_some_and(|codes| codes.contains(*code)),
            "{name}: {codes:?}"
        );
    }
}

#[test]
fn contract_03_a_document_that_fails_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    folder(home.path(), ["xls/locked.xls", "docx/reply.docx"]);
    let run = stripout(home.path(), &["screen", "xls-locked.xls", "docx-reply.docx"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let files: BTreeSet<String> = sightings(home.path(), &[]).iter().map(file).collect();
    assert_eq!(files, BTreeSet::from(["docx-reply.docx".to_owned()]));
    let left: BTreeSet<String> = fs::read_dir(home.path())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("stripout.db"))
        .collect();
    let wanted = ["docx-reply.docx", "stripout.evidence", "xls-locked.xls"];
    assert_eq!(left, wanted.map(str::to_owned).into());
}

#[test]
fn contract_04_sound_documents_are_read_beside_broken_ones() {
    let among = |broken: bool| {
        let home = tempfile::tempdir().unwrap();
        folder(home.path(), SOUND.iter().copied());
        if broken {
            folder(home.path(), BROKEN.iter().map(|(name, _)| *name));
        }
        stripout(home.path(), &["screen", ".", "--quiet"]);
        let partial: Vec<String> = stripout(home.path(), &["list", "sources", "--json"])
            .ok()
            .lines()
            .iter()
            .filter(|row| row["partial"] == true)
            .map(file)
            .collect();
        let mut found = said(&sightings(home.path(), &[]));
        found.retain(|row| SOUND.iter().any(|name| row.starts_with(&name.replace('/', "-"))));
        (found, partial)
    };
    let (alone, _) = among(false);
    let (beside, partial) = among(true);
    assert!(alone.len() > SOUND.len(), "{alone:#?}");
    assert_eq!(alone, beside);
    assert!(partial.contains(&"docx-cut.docx".to_owned()), "{partial:?}");
}

/// What the rows say, without what differs from register to register.
fn said(rows: &[Value]) -> BTreeSet<String> {
    let line = |row: &Value| {
        let source = row["source"].as_str().unwrap().trim_start_matches("./");
        format!(
            "{source} {} {} {} {} {}",
            row["locator"], row["maker"], row["stance"], row["count"], row["confidence"]
        )
    };
    rows.iter().map(line).collect()
}

#[test]
fn contract_05_the_same_documents_twice_change_nothing() {
    let home = tempfile::tempdir().unwrap();
    let inputs = home.path().join("in");
    fs::create_dir(&inputs).unwrap();
    folder(&inputs, SOUND.iter().copied());
    stripout(home.path(), &["screen", "in", "--quiet"]);
    let first = said(&sightings(home.path(), &[]));
    let again = stripout(home.path(), &["screen", "in"]).ok();
    assert!(again.out.contains("already read"), "{}", again.out);
    assert_eq!(first, said(&sightings(home.path(), &[])));
    let one = [
        "screen",
        "in",
        "--quiet",
        "--threads",
        "1",
        "--register",
        "one.db",
    ];
    stripout(home.path(), &one);
    let one = sightings(home.path(), &["--register", "one.db"]);
    assert_eq!(first, said(&one), "one thread reads as many do");
}

#[test]
fn contract_06_a_guessed_encoding_and_a_wrong_name_are_said() {
    let home = tempfile::tempdir().unwrap();
    folder(home.path(), ["docx/reply.docx", "mail/no-charset.eml"]);
    fs::rename(home.path().join("docx-reply.docx"), home.path().join("reply.csv")).unwrap();
    let run = stripout(
        home.path(),
        &["screen", ".", "--report", "problems.jsonl", "--quiet"],
    );
    let report = fs::read_to_string(home.path().join("problems.jsonl")).unwrap();
    assert!(
        report.contains("input-encoding") && report.contains("--encoding"),
        "{report}\n{}",
        run.out
    );
    assert!(
        report
            .lines()
            .any(|line| line.contains("input-type-mismatch") && line.contains("reply.csv")),
        "the wrong name is said: {report}"
    );
    let files: BTreeSet<String> = sightings(home.path(), &[]).iter().map(file).collect();
    assert!(files.contains("reply.csv"), "it is read as what it is: {files:?}");
}

#[test]
fn contract_07_every_excerpt_is_found_again_and_what_is_hidden_is_reviewed() {
    let home = tempfile::tempdir().unwrap();
    folder(home.path(), SOUND.iter().copied());
    stripout(home.path(), &["screen", ".", "--quiet", "--keep", "all"]);
    let rows = sightings(home.path(), &[]);
    let kinds: BTreeSet<String> = rows.iter().map(file).collect();
    assert!(kinds.len() == SOUND.len(), "kinds with a sighting: {kinds:?}");
    stripout(home.path(), &["verify"]).ok();
    // The originals may be gone: what is kept is enough.
    for name in SOUND {
        fs::remove_file(home.path().join(name.replace('/', "-"))).unwrap();
    }
    stripout(home.path(), &["verify"]).ok();
    let layer = |row: &Value| {
        row["locator"]["member"]
            .as_str()
            .and_then(|it| it.rsplit('!').next().map(str::to_owned))
    };
    let behind: Vec<&Value> = rows
        .iter()
        .filter(|row| {
            layer(row).is_some_and(|it| ["hidden", "deleted", "quoted", "ocr"].contains(&it.as_str()))
        })
        .collect();
    assert!(behind.len() >= 4, "{rows:#?}");
    for row in behind {
        assert_eq!(row["confidence"], "review", "{row:#}");
    }
}

#[test]
fn contract_09_documents_cannot_paint_a_terminal_or_act_as_a_formula() {
    let home = tempfile::tempdir().unwrap();
    let mail = "From: =?utf-8?q?=1B[31mCouncil?= <foi@sampleford.example>\r\nSubject: =?utf-8?q?=1B]0;gone=07?=\r\n\
        Content-Type: text/html\r\n\r\n<p>=HYPERLINK('http://127.0.0.1') 12 Hikvision cameras \u{1b}[2J are in use.</p>\r\n";
    fs::write(home.path().join("paint.eml"), mail).unwrap();
    let rtf = "{\\rtf1\\ansi We have 4 Dahua cameras \\u27?[31m at the depot \\u8238?.}";
    fs::write(home.path().join("paint.rtf"), rtf).unwrap();
    let run = stripout(home.path(), &["screen", "paint.eml", "paint.rtf"]);
    let rows = sightings(home.path(), &[]);
    let files: BTreeSet<String> = rows.iter().map(file).collect();
    assert_eq!(files.len(), 2, "{rows:#?}\n{}", run.out);
    let csv = stripout(home.path(), &["export", "--format", "csv"]).ok().out;
    assert!(!csv.contains(['\u{1b}', '\u{7}']), "{csv:?}");
    for shown in [&run.out, &run.err] {
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
    }
    assert!(!csv.lines().any(|line| line.contains(",=HYPERLINK")), "{csv}");
}

#[test]
fn contract_10_exit_codes_of_documents() {
    let home = tempfile::tempdir().unwrap();
    folder(
        home.path(),
        ["xls/locked.xls", "docx/reply.docx", "pdf/locked-user.pdf"],
    );
    for (code, arguments) in [
        (0, &["screen", "docx-reply.docx"][..]),
        (1, &["screen", "docx-reply.docx", "xls-locked.xls"]),
        (5, &["screen", "xls-locked.xls", "pdf-locked-user.pdf"]),
    ] {
        let run = stripout(home.path(), arguments);
        assert_eq!(run.code, code, "{arguments:?}\n{}\n{}", run.out, run.err);
    }
}

#[test]
fn limits_of_documents_have_names() {
    let home = tempfile::tempdir().unwrap();
    let printed = stripout(home.path(), &["limits"]).ok().out;
    let names: BTreeSet<&str> = printed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for name in [
        "document-bytes",
        "document-nesting",
        "unpacked-bytes",
        "xml-depth",
        "members",
        "nesting",
        "ratio",
        "cell-bytes",
        "columns",
        "pdf-pages",
        "pdf-memory-bytes",
        "document-seconds",
        "document-seconds-per-mb",
        "ocr-pages",
        "sheet-bytes",
        "names",
        "problems",
    ] {
        assert!(names.contains(name), "{name} in {printed}");
    }
}
