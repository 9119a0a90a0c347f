//! tar, 7z and xz: held to the limits, and read as far as they are sound.

use std::path::Path;
use std::time::Instant;

use stripout_model::Severity;

use crate::reading::{assert_rereads, files, read};

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

#[test]
fn archives_one_after_another_are_one() {
    let both = [tar(&[("a.json", b"{\"a\":1}")]), tar(&[("b.json", b"{\"b\":2}")])].concat();
    let found = read("both.tar", &both);
    let members: Vec<_> = found
        .parts
        .iter()
        .filter_map(|(member, _)| member.as_deref())
        .collect();
    assert_eq!(members, ["a.json", "b.json"]);
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_rereads("both.tar", &both, &found);
}

#[test]
fn contract_01_tapes_are_held_to_limits() {
    let line: &[u8] = b"{\"a\":1}\n";
    let many: Vec<(String, &[u8])> = (0..10_001).map(|i| (format!("{i}.json"), line)).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let mut nested = line.to_vec();
    for _ in 0..200 {
        nested = tar(&[("x", &nested)]);
    }
    let mut lying = tar(&[("a.json", line)]);
    let header: &mut [u8; 512] = lying.first_chunk_mut().unwrap();
    let mut head = tar::Header::from_byte_slice(header).clone();
    head.set_size(u64::MAX / 2);
    head.set_cksum();
    *header = *head.as_bytes();
    let mut long_name = tar(&[(&"n".repeat(3 << 20), line)]);
    let mut broken = tar(&[("a.json", line), ("b.json", line)]);
    broken[1024 + 10] ^= 1;
    for (name, bytes, code) in [
        ("many", tar(&many), "input-too-large"),
        ("nested", nested, "input-nesting"),
        ("lying", lying, "input-truncated"),
        ("long name", std::mem::take(&mut long_name), "input-too-large"),
        ("broken", broken, "input-unreadable"),
    ] {
        let found = read(name, &bytes);
        assert!(found.codes().contains(&code), "{name}: {:?}", found.problems);
        assert!(
            found.problems.iter().any(|p| p.severity >= Severity::Unit),
            "{name}"
        );
        assert_rereads(name, &bytes, &found);
    }
}

/// Bytes of every packed fixture changed, removed or doubled, by a fixed sequence of numbers. `STRIPOUT_ROUNDS` for more.
#[test]
fn contract_01_damaged_archives_are_survived() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/archive");
    let samples: Vec<_> = files(&folder)
        .into_iter()
        .filter(|(name, _)| !name.ends_with(".expected") && !name.ends_with("make.py"))
        .collect();
    let rounds = std::env::var("STRIPOUT_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(6_000_usize);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap()
    };
    let (mut slowest, mut which) = (0.0_f64, String::new());
    for round in 0..rounds {
        let (name, sample) = &samples[round % samples.len()];
        let mut bytes = sample.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.splice(
                    at..(at + 1 + next(16)).min(sample.len().min(bytes.len())).max(at),
                    [],
                )),
                2 => {
                    let copy = bytes[at..].to_vec();
                    bytes.extend(copy);
                }
                3 => bytes[at] = 0xff,
                _ => bytes[at] ^= 1 << next(8),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let start = Instant::now();
        let found = read(name, &bytes);
        assert_rereads(name, &bytes, &found);
        let seconds = start.elapsed().as_secs_f64();
        if seconds > slowest {
            (slowest, which) = (seconds, name.clone());
        }
    }
    eprintln!("{rounds} damaged archives, the slowest {which} in {slowest:.2} s");
    assert!(slowest < 10.0, "{which} took {slowest} s");
}
