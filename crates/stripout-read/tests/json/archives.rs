//! Packed sources: what comes out, and what is refused.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use stripout_model::Severity;
use stripout_read::{Limits, Options};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::reading::{Read, assert_rereads, files, read, read_with, shared};

const LINES: &str = "{\"a\":\"Kestrel\"}\n{\"a\":\"\\u004fsprey\"}\n";

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (i, (name, bytes)) in members.iter().enumerate() {
        let method = if i % 2 == 0 {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        archive
            .start_file(*name, SimpleFileOptions::default().compression_method(method))
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn texts(read: &Read) -> Vec<&str> {
    read.texts().into_iter().map(|(_, text)| text).collect()
}

#[test]
fn packing_makes_no_difference() {
    let zst = zstd::encode_all(LINES.as_bytes(), 3).unwrap();
    let (first, second) = LINES.split_at(20);
    for (name, bytes) in [
        ("gz", gz(LINES.as_bytes())),
        (
            "gz of two members",
            [gz(first.as_bytes()), gz(second.as_bytes())].concat(),
        ),
        ("gz of gz", gz(&gz(LINES.as_bytes()))),
        (
            "gz with zeros after it",
            [gz(LINES.as_bytes()), vec![0; 700]].concat(),
        ),
        ("zst", zst.clone()),
        (
            "zst of two frames",
            [
                zstd::encode_all(first.as_bytes(), 3).unwrap(),
                zstd::encode_all(second.as_bytes(), 3).unwrap(),
            ]
            .concat(),
        ),
        ("gz of zst", gz(&zst)),
    ] {
        let found = read(name, &bytes);
        assert_eq!(texts(&found), ["Kestrel", "Osprey"], "{name}");
        assert!(found.problems.is_empty(), "{name}: {:?}", found.problems);
        assert_eq!(found.records[1].place.byte, 16, "{name}");
        assert_rereads(name, &bytes, &found);
    }
}

#[test]
fn members_of_archives_are_parts() {
    let lines = LINES.as_bytes();
    let packed = gz(lines);
    let inner = zip(&[("c.json", b"[{\"x\":\"inner\"}]")]);
    let archive = zip(&[
        ("a.json", lines),
        ("dir/b.jsonl.gz", &packed),
        ("i.zip", &inner),
        ("__MACOSX/._a", b"\0\x05\x16\x07"),
    ]);
    let found = read("a.zip", &archive);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let members: Vec<_> = found
        .parts
        .iter()
        .map(|(member, _)| member.as_deref().unwrap())
        .collect();
    assert_eq!(members, ["a.json", "dir/b.jsonl.gz", "i.zip!c.json"]);
    assert_eq!(texts(&found), ["Kestrel", "Osprey", "Kestrel", "Osprey", "inner"]);
    assert_rereads("a.zip", &archive, &found);
}

#[test]
fn contract_01_truncated_and_damaged_gzip_keeps_what_came_before() {
    let mut lines = String::new();
    for i in 0..20_000 {
        writeln!(lines, "{{\"n\":\"{}\"}}", i * 7_919 % 100_003).unwrap();
    }
    let packed = gz(lines.as_bytes());
    let found = read("t.jsonl.gz", &packed[..packed.len() / 2]);
    assert_eq!(
        found.codes().last(),
        Some(&"input-truncated"),
        "{:?}",
        found.codes()
    );
    assert!(found.records.len() > 5_000, "{}", found.records.len());
    let mut damaged = packed.clone();
    let last = damaged.len() - 6;
    damaged[last] ^= 0xFF;
    let found = read("d.jsonl.gz", &damaged);
    assert_eq!(found.codes(), ["input-unreadable"]);
    assert_eq!(found.records.len(), 20_000);
    let mut followed = packed;
    followed.extend(b"\n-- end --\n");
    let found = read("f.jsonl.gz", &followed);
    assert_eq!(
        (found.worst(), found.records.len()),
        (Some(Severity::Warning), 20_000)
    );
}

#[test]
fn contract_01_archives_are_held_to_limits() {
    let zeros = vec![b'0'; 4 << 20];
    let found = read(
        "bomb.zip",
        &zip(&[("zeros.json", &zeros), ("a.json", LINES.as_bytes())]),
    );
    assert!(found.codes().contains(&"input-ratio"), "{:?}", found.codes());
    assert_eq!(texts(&found).last(), Some(&"Osprey"), "the others are read");
    let packed = zstd::encode_all(&*zeros, 3).unwrap();
    let found = read("twice.zip", &zip(&[("zeros.json.zst", &packed)]));
    assert!(found.codes().contains(&"input-ratio"), "{:?}", found.codes());

    let nested = zip(&[
        ("2.zip", &zip(&[("3.zip", &zip(&[("a.json", LINES.as_bytes())]))])),
        ("b.json", LINES.as_bytes()),
    ]);
    let found = read("nested.zip", &nested);
    assert_eq!(found.codes(), ["input-nesting"]);
    assert_eq!(found.problems[0].place, "2.zip!3.zip");
    assert_eq!(found.records.len(), 2);

    let limits = Limits {
        members: 1,
        nested_archive_bytes: 50,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let found = read_with("m.zip", &mut Cursor::new(&nested), &options);
    assert_eq!(found.codes(), ["input-too-large"]);
    let found = read_with("n.zip", &mut Cursor::new(zip(&[("i.zip", &nested)])), &options);
    assert_eq!(found.codes(), ["input-too-large"]);

    let workbook = zip(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    assert_eq!(read("a.xlsx", &workbook).codes(), ["input-unreadable"]);
    assert_eq!(read("empty.json", b"").codes(), ["input-empty"]);
}

#[test]
fn contract_01_members_that_lie_are_named() {
    let lines = LINES.as_bytes();
    let found = read(
        "up.zip",
        &zip(&[
            ("../../up.json", lines),
            ("/abs.json", lines),
            ("C:\\w.json", lines),
        ]),
    );
    let members: Vec<_> = found
        .parts
        .iter()
        .map(|(member, _)| member.as_deref().unwrap())
        .collect();
    assert_eq!(members, ["up.json", "abs.json", "w.json"]);
    assert_eq!(found.codes(), ["input-path"; 3]);

    // Two members of one name: the writer refuses, so the second is renamed in the bytes.
    let mut twins = zip(&[("a.json", lines), ("b.json", b"{\"a\":\"two\"}")]);
    let names: Vec<usize> = twins
        .windows(6)
        .enumerate()
        .filter(|(_, w)| *w == b"b.json")
        .map(|(i, _)| i)
        .collect();
    for at in names {
        twins[at] = b'a';
    }
    let found = read("twins.zip", &twins);
    assert_eq!(texts(&found), ["Kestrel", "Osprey", "two"]);
    assert_eq!(found.codes(), ["input-path"; 2]);
    assert_rereads("twins.zip", &twins, &found);
}

#[test]
fn contract_01_hostile_archives() {
    let Some(folder) = shared("data/hostile/made/zip") else {
        return;
    };
    for (name, bytes) in files(&folder) {
        let found = read(&name, &bytes);
        let code = match name.as_str() {
            "duplicate-names.zip" | "traversal.zip" => "input-path",
            "lying-size.zip" | "many-entries-20000.zip" => "input-too-large",
            "nested-5-levels.zip" => "input-nesting",
            "overlap-full-500.zip" => "input-overlap",
            "ratio-64mib-zeros.zip" | "ratio-64mib.csv.gz" | "xlsx-sheet-bomb.xlsx" => "input-ratio",
            "xlsx-far-cell.xlsx" => "input-ragged",
            other => panic!("new file {other}: say what is expected"),
        };
        assert!(found.codes().contains(&code), "{name}: {:?}", found.problems);
        assert_rereads(&name, &bytes, &found);
    }
    for folder in ["data/hostile/zip/zip2", "data/hostile/zip/zip2-fuzz-read"] {
        let Some(folder) = shared(folder) else { return };
        for (name, bytes) in files(&folder) {
            let found = read(&name, &bytes);
            assert!(
                !found.records.is_empty()
                    || !found.problems.is_empty()
                    || !found.parts.is_empty()
                    || bytes.len() < 1_000,
                "{name}"
            );
        }
    }
}
