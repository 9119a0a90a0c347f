//! Every arrangement of records gives the same records.

use std::io::{self, Seek, SeekFrom};

use proptest::prelude::*;
use stripout_model::DocumentKind;
use stripout_read::{Limits, Options};

use crate::reading::{Read, assert_rereads, read, read_with};

fn wholes(name: &str, bytes: &str) -> Vec<String> {
    let found = read(name, bytes.as_bytes());
    assert!(!found.lost(), "{name}: {:?}", found.problems);
    assert_rereads(name, bytes.as_bytes(), &found);
    found.records.into_iter().map(|record| record.whole).collect()
}

const A: &str = r#"{"ocid":"ocds-1abc23-1","tag":["award"],"buyer":{"name":"Sampleford District Council"}}"#;
const B: &str = r#"{"ocid":"ocds-1abc23-2","tag":["award"],"x":"} ] \" { ["}"#;
const C: &str =
    r#"{"ocid":"ocds-1abc23-3","awards":[{"id":"1","suppliers":[{"name":"Kestrel"}]},{"id":"2"}]}"#;

#[test]
fn records_are_the_same_in_every_arrangement() {
    for (shape, text) in [
        ("lines", format!("{A}\n{B}\n{C}\n")),
        ("lines, no end", format!("{A}\n{B}\n{C}")),
        (
            "lines, CRLF, blank, BOM",
            format!("\u{feff}\r\n{A}\r\n\r\n{B}\r\n  \r\n{C}\r\n"),
        ),
        ("lines with commas", format!("{A},\n{B},\n{C},\n")),
        ("lines and brackets", format!("{A}\n[\n{B}\n]\n{C}\n")),
        ("lines under a bracket", format!("[\n{A}\n{B}\n{C}\n")),
        ("list", format!("[{A},{B},{C}]")),
        ("list on lines", format!("[\n{A},\n{B},\n{C}\n]\n")),
        ("concatenated", format!("{A}{B}{C}")),
        ("concatenated with space", format!(" {A} {B}\t{C} ")),
        ("comma between", format!("{A},{B},{C}")),
        ("text sequence", format!("\u{1e}{A}\n\u{1e}{B}\n\u{1e}{C}\n")),
        ("lists after one another", format!("[{A},{B}]\n[{C}]\n")),
    ] {
        assert_eq!(wholes(shape, &text), [A, B, C], "{shape}");
    }
    let package =
        format!(r#"{{"uri":"https://example.org/p","releases":[{A},{B},{C}],"links":{{"next":"n"}}}}"#);
    let around = [r#"{"uri":"https://example.org/p"}"#, r#"{"links":{"next":"n"}}"#];
    assert_eq!(wholes("package", &package), [around[0], A, B, C, around[1]]);
    let spread = package
        .replace(",\"", " ,\n \"")
        .replace(':', " : ")
        .replace("https : ", "https:");
    assert_eq!(wholes("pretty package", &spread), [around[0], A, B, C, around[1]]);
    let packages = format!("{package}\n{package}\n");
    assert_eq!(wholes("packages on lines", &packages).len(), 10);
}

#[test]
fn pointers_begin_at_the_root_of_the_document() {
    let package = format!(r#"{{"uri":"u~/é","a~/b":[{{"k":"v"}}],"releases":[{A},{B}]}}"#);
    let found = read("p.json", package.as_bytes());
    let texts = found.texts();
    for wanted in [
        ("/uri", "u~/é"),
        ("/a~0~1b/0/k", "v"),
        ("/releases/0/tag/0", "award"),
        ("/releases/1/x", "} ] \" { ["),
        ("/releases/0/buyer/name", "Sampleford District Council"),
    ] {
        assert!(texts.contains(&wanted), "{wanted:?} in {texts:?}");
    }
    let lines = format!("{A}\n{B}\n");
    let found = read("p.jsonl", lines.as_bytes());
    assert!(
        found
            .texts()
            .contains(&("/buyer/name", "Sampleford District Council"))
    );
    assert_eq!(
        found
            .records
            .iter()
            .map(|r| (r.place.number, r.place.line))
            .collect::<Vec<_>>(),
        [(1, 1), (2, 2)]
    );
}

#[test]
fn a_short_object_alone_is_taken_apart_and_one_of_many_is_not() {
    let one = r#"{"body":"Sampleford","rows":[{"a":"x"},{"a":"y"}]}"#;
    assert_eq!(
        wholes("one", one),
        [r#"{"body":"Sampleford"}"#, r#"{"a":"x"}"#, r#"{"a":"y"}"#]
    );
    let two = format!("{one}\n{one}\n");
    assert_eq!(wholes("two", &two), [one, one]);
}

#[test]
fn damaged_records_are_left_out_with_their_place() {
    for (text, records, place) in [
        (
            "{\"a\":\"x\"}\n{\"a\":tru}\n{\"a\":\"z\"}\n",
            2,
            "line 2 (byte 18)",
        ),
        (
            "[{\"a\":\"x\"},{\"a\":tru},{\"a\":\"z\"}]",
            2,
            "line 1, /1 (byte 19)",
        ),
        ("[{\"a\":\"x\"},,{\"a\":\"z\"}]", 2, "line 1 (byte 11)"),
        ("[{\"a\":\"x\"} oops {\"a\":\"z\"}]", 2, "line 1 (byte 11)"),
        (
            "{\"a\":\"x\"}\n{\"a\":\"y\n{\"a\":\"z\"}\n",
            2,
            "line 2 (byte 17)",
        ),
        (
            "{\"releases\":[{\"ocid\":\"a\"},{\"ocid\":\"b\"},{\"oc",
            2,
            "line 1, /releases/2 (byte 39)",
        ),
        ("{\"a\":\"x\"}\n{\"a\":\"y", 1, "line 2 (byte 17)"),
    ] {
        let found = read("damaged.json", text.as_bytes());
        assert_eq!(found.records.len(), records, "{text}: {:?}", found.wholes());
        assert_eq!(found.problems.len(), 1, "{text}: {:?}", found.problems);
        assert_eq!(found.problems[0].place, place, "{text}");
        assert_rereads("damaged.json", text.as_bytes(), &found);
    }
}

#[test]
fn truncated_json_says_so_and_keeps_what_came_before() {
    for text in [
        "{\"releases\":[{\"ocid\":\"a\"},{\"ocid\":\"b\"},{\"oc",
        "{\"releases\":[{\"ocid\":\"a\"},{\"ocid\":\"b\"},",
        "{\"releases\":[{\"ocid\":\"a\"},{\"ocid\":\"b\"}",
        "{\"releases\":[{\"ocid\":\"a\"},{\"ocid\":\"b\"}],\"li",
        "[{\"ocid\":\"a\"},{\"ocid\":\"b\"},{\"x\":\"\\",
        "{\"ocid\":\"a\"}\n{\"ocid\":\"b\"}\n{\"ocid\":",
        "{\"ocid\":\"a\"}{\"ocid\":\"b\"}{\"ocid\":",
    ] {
        let found = read("cut.json", text.as_bytes());
        assert_eq!(found.codes(), ["input-truncated"], "{text}");
        assert_eq!(found.wholes(), [r#"{"ocid":"a"}"#, r#"{"ocid":"b"}"#], "{text}");
    }
}

#[test]
fn contract_01_record_limit_skips_one_and_goes_on() {
    let limits = Limits {
        record_bytes: 100,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let long = format!(r#"{{"a":"{}"}}"#, "x".repeat(200));
    for text in [
        format!("[{{\"b\":1}},{long},{{\"c\":2}}]"),
        format!("{{\"releases\":[{{\"b\":1}},{long},{{\"c\":2}}]}}"),
    ] {
        let found = read_with("long.json", &mut io::Cursor::new(text.as_bytes()), &options);
        assert_eq!(found.codes(), ["input-too-large"]);
        assert!(
            found.problems[0].place.contains("/1 (byte"),
            "{}",
            found.problems[0].place
        );
        assert_eq!(found.wholes(), ["{\"b\":1}", "{\"c\":2}"]);
    }
}

#[test]
fn contract_01_a_string_longer_than_the_limit_is_passed_over() {
    for (open, close) in [("[{\"b\":1},", ",{\"c\":2}]"), ("{\"b\":1}\n", "\n{\"c\":2}\n")] {
        let text = format!("{open}{{\"a\":\"{}\"}}{close}", "\\\"x".repeat(4 << 20));
        let found = read("long.json", text.as_bytes());
        assert_eq!(found.codes(), ["input-too-large"]);
        assert_eq!(found.wholes(), ["{\"b\":1}", "{\"c\":2}"]);
    }
}

#[test]
fn contract_01_nesting_has_a_limit() {
    let deep = |n: usize| format!("[{}1{}]", "[".repeat(n), "]".repeat(n));
    assert!(!read("deep.json", deep(128).as_bytes()).lost());
    assert_eq!(read("deep.json", deep(129).as_bytes()).codes(), ["input-depth"]);
    let hostile = format!("{{\"records\":[{}", "{\"records\":[".repeat(100_000));
    assert!(read("deep.json", hostile.as_bytes()).lost());
    let lines = format!(
        "{{\"a\":1}}\n{}1{}\n{{\"a\":2}}\n",
        "{\"a\":".repeat(200),
        "}".repeat(200)
    );
    let found = read("deep.jsonl", lines.as_bytes());
    assert_eq!((found.codes(), found.records.len()), (vec!["input-depth"], 2));
}

#[test]
fn escapes_encodings_and_odd_characters_reach_the_text() {
    let text = br#"{"a":"\u0048ikvision","b":"x\ud800y","c":"\u0000","d":"caf\u00e9 \/ \"q\""}"#;
    let found = read("e.json", text);
    let texts: Vec<_> = found.texts().into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["Hikvision", "x\u{FFFD}y", "\0", "café / \"q\""]);
    assert_rereads("e.json", text, &found);

    let windows = b"{\"a\":\"\xa35 caf\xe9 \\u00a3\"}\n{\"a\":\"plain\"}\n";
    let found = read("w.jsonl", windows);
    assert_eq!(found.texts(), [("/a", "£5 café £"), ("/a", "plain")]);
    assert_eq!(found.codes(), ["input-encoding"]);
    assert!(
        found.problems[0].place.contains("byte 6"),
        "{}",
        found.problems[0].place
    );
    assert_rereads("w.jsonl", windows, &found);

    let damaged = "{\"a\":\"caf\u{e9}?\"}".replace('?', "\u{1}");
    let mut damaged = damaged.into_bytes();
    damaged.iter_mut().filter(|b| **b == 1).for_each(|b| *b = 0xFF);
    let found = read("d.json", &damaged);
    assert_eq!(found.texts(), [("/a", "café\u{FFFD}")]);
    assert_rereads("d.json", &damaged, &found);
}

#[test]
fn flat_objects_read_as_rows() {
    let text = r#"[
        {"Directorate":"Roads","Merchant Name":"Kestrel Alarms Ltd","Transaction Date":"23\/04\/2024","Transaction Amount":720.5,"Expense Description":"Recorder"},
        {"Directorate":"Roads","Merchant Name":"Osprey Ltd","Transaction Date":"04\/03\/2024","Transaction Amount":"1,250.00","Expense Description":"Cable"},
        {"Directorate":"Roads","Merchant Name":"Odd Ltd","Transaction Date":"04\/03\/2024","Transaction Amount":1e9999,"Expense Description":"Cable"}
    ]"#;
    let found = read("spend.json", text.as_bytes());
    let payment = found.records[0].facts.payment.as_ref().expect("a payment");
    assert_eq!(payment.supplier.as_deref(), Some("Kestrel Alarms Ltd"));
    assert_eq!(payment.amount.map(|m| m.minor_units), Some(72_050));
    assert_eq!(payment.date.map(|d| d.to_string()).as_deref(), Some("2024-04-23"));
    let payment = found.records[1].facts.payment.as_ref().expect("a payment");
    assert_eq!(payment.amount.map(|m| m.minor_units), Some(125_000));
    // The 23rd above decided that the day comes first.
    assert_eq!(payment.date.map(|d| d.to_string()).as_deref(), Some("2024-03-04"));
    assert_eq!(
        found.records[2].facts.payment.as_ref().and_then(|p| p.amount),
        None
    );
    assert_eq!(found.records[0].kind, DocumentKind::Spend);
    assert_eq!(found.codes(), ["input-number"]);

    let undecided = text.replace("23", "03");
    let unsure = read("spend.json", undecided.as_bytes());
    assert_eq!(unsure.codes(), ["input-date", "input-number"]);
    assert!(
        unsure
            .records
            .iter()
            .all(|r| r.facts.payment.as_ref().is_none_or(|p| p.date.is_none()))
    );
    let options = Options {
        day_first: Some(true),
        ..Options::default()
    };
    let told = read_with("spend.json", &mut io::Cursor::new(undecided.as_bytes()), &options);
    assert_eq!(
        told.records[0]
            .facts
            .payment
            .as_ref()
            .unwrap()
            .date
            .unwrap()
            .to_string(),
        "2024-04-03"
    );
    assert_rereads("spend.json", text.as_bytes(), &found);
}

/// Hands out its bytes in small pieces.
struct Drip<'b>(io::Cursor<&'b [u8]>, usize);

impl io::Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = buffer.len().min(self.1);
        io::Read::read(&mut self.0, &mut buffer[..n])
    }
}

impl Seek for Drip<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

fn same(a: &Read, b: &Read) -> bool {
    a.records == b.records && a.problems == b.problems
}

#[test]
fn a_stream_larger_than_the_window_gives_every_record_once() {
    let pad = "lorem ipsum [{ }} ".repeat(40);
    let record = |i: usize| {
        format!(
            r#"{{"ocid":"ocds-1abc23-{i}","a":[{{"t":"\\\" \\\\{}"}}]}}"#,
            pad.get(i % 97..).unwrap_or("")
        )
    };
    let records: Vec<String> = (0..6_000).map(record).collect();
    for text in [
        format!("{{\"releases\":[{}]}}", records.join(",\n")),
        format!("[{}]", records.join(",")),
        records.join("\n"),
        records.concat(),
        format!("{}\n", records.join("\n")),
    ] {
        let found = read("large.json", text.as_bytes());
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        assert_eq!(found.records.len(), records.len());
        for (i, (record, wanted)) in found.records.iter().zip(&records).enumerate() {
            assert_eq!(&record.whole, wanted);
            assert_eq!(record.place.number, u64::try_from(i + 1).unwrap());
            let at = usize::try_from(record.place.byte).unwrap();
            assert_eq!(text.get(at..at + wanted.len()), Some(wanted.as_str()));
        }
        let dripped = read_with(
            "large.json",
            &mut Drip(io::Cursor::new(text.as_bytes()), 7_919),
            &Options::default(),
        );
        assert!(same(&found, &dripped));
        assert_rereads("large.json", text.as_bytes(), &found);
    }
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1.5e3".to_owned()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|v| format!("[{}]", v.join(","))),
            prop::collection::vec((any::<String>(), inner), 0..6).prop_map(|v| {
                let members = v
                    .into_iter()
                    .map(|(k, v)| format!("{}:{v}", serde_json::to_string(&k).unwrap()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(" , "))
            }),
        ]
    })
}

/// All strings of a value but keys, as another parser sees them.
fn strings(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if !text.is_empty() => out.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|v| strings(v, out)),
        serde_json::Value::Object(map) => map.values().for_each(|v| strings(v, out)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn contract_01_arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), json in any::<bool>()) {
        let mut bytes = bytes;
        if json {
            bytes.splice(..0, *b"{\"");
        }
        let found = read("any.json", &bytes);
        assert_rereads("any.json", &bytes, &found);
    }

    #[test]
    fn contract_01_damaged_json_never_panics(text in json(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = format!("[{text},{text}]").into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let found = read("any.json", &bytes);
        assert_rereads("any.json", &bytes, &found);
        bytes.truncate(at);
        read("any.json", &bytes);
    }

    #[test]
    fn every_string_is_a_passage_once(texts in prop::collection::vec(json(), 1..5)) {
        let document = format!("[{}]", texts.join(","));
        let value: serde_json::Value = serde_json::from_str(&document).unwrap();
        // Of a key given twice the other parser keeps one.
        prop_assume!(serde_json::to_string(&value).unwrap().matches(':').count() == document.matches(':').count());
        let found = read("any.json", document.as_bytes());
        prop_assert!(!found.lost(), "{:?}", found.problems);
        let mut wanted = Vec::new();
        strings(&value, &mut wanted);
        let mut texts: Vec<String> = found.texts().into_iter().map(|(_, text)| text.to_owned()).collect();
        // It also sorts keys.
        wanted.sort();
        texts.sort();
        prop_assert_eq!(texts, wanted);
        for (pointer, text) in found.texts() {
            prop_assert_eq!(value.pointer(pointer).and_then(|v| v.as_str()), Some(text));
        }
    }
}
