//! Machine-made misspellings: how many are still found.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use std::collections::BTreeSet;

use stripout_model::{Confidence, DocumentKind};
use support::{identify, ratio};

/// A small generator of known numbers, so that the same words are made on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % below
    }
}

const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const SCANNED: [(&str, &[&str]); 13] = [
    ("i", &["1", "l", "!"]),
    ("l", &["1", "i"]),
    ("o", &["0"]),
    ("s", &["5"]),
    ("e", &["c"]),
    ("u", &["v"]),
    ("n", &["h"]),
    ("a", &["o"]),
    ("h", &["n"]),
    ("v", &["y"]),
    ("b", &["8"]),
    ("d", &["cl"]),
    ("w", &["vv"]),
];

/// One error of a kind that hands and scanners make.
fn misspell(word: &str, numbers: &mut Numbers) -> String {
    let letters: Vec<char> = word.chars().collect();
    loop {
        let at = numbers.next(letters.len());
        let head: String = letters[..at].iter().collect();
        let here = letters[at];
        let tail: String = letters[at + 1..].iter().collect();
        match numbers.next(8) {
            0 if at + 1 < letters.len() && letters[at + 1] != here => {
                let rest: String = letters[at + 2..].iter().collect();
                return format!("{head}{}{here}{rest}", letters[at + 1]);
            }
            1 => return format!("{head}{tail}"),
            2 => return format!("{head}{here}{here}{tail}"),
            3 => {
                let near = neighbours(here);
                if !near.is_empty() {
                    return format!("{head}{}{tail}", near[numbers.next(near.len())]);
                }
            }
            4 => {
                if let Some((_, glyphs)) = SCANNED.iter().find(|(c, _)| c.starts_with(here)) {
                    return format!("{head}{}{tail}", glyphs[numbers.next(glyphs.len())]);
                }
            }
            gap @ 5..=7 if at > 0 => return format!("{head}{}{here}{tail}", [" ", "-", "."][gap - 5]),
            _ => {}
        }
    }
}

fn neighbours(key: char) -> Vec<char> {
    let place = |row: usize| KEYS[row].find(key).map(|column| (row, column));
    let Some((row, column)) = (0..KEYS.len()).find_map(place) else {
        return Vec::new();
    };
    let rows = row.saturating_sub(1)..=(row + 1).min(KEYS.len() - 1);
    let near = rows.flat_map(|r| {
        KEYS[r]
            .char_indices()
            .filter(move |(c, _)| c.abs_diff(column) <= 1)
    });
    near.map(|(_, c)| c).filter(|c| *c != key).collect()
}

#[track_caller]
fn check(name: &str, errors: usize, goal: f64) {
    let mut numbers = Numbers(2_026);
    let mut made = BTreeSet::new();
    for _ in 0..1_500 {
        let word = (0..errors).fold(name.to_owned(), |word, _| misspell(&word, &mut numbers));
        let still_there = word.split(['-', '.', ' ']).any(|part| part == name);
        if !still_there {
            made.insert(word);
        }
    }
    let mut missed = Vec::new();
    for word in &made {
        let found = identify(DocumentKind::Spend, &format!("CCTV supply {word} camera NVR"));
        let mentions: Vec<_> = found
            .mentions
            .iter()
            .filter(|m| m.maker.as_str() == name)
            .collect();
        if mentions.is_empty() {
            missed.push(word.as_str());
        }
        for mention in mentions {
            assert!(
                mention.confidence < Confidence::Certain,
                "{word} is not the name: {}",
                mention.why
            );
        }
    }
    let recall = ratio(made.len() - missed.len(), made.len());
    eprintln!("{name}, {errors} errors: {recall:.3} of {} found", made.len());
    assert!(
        recall >= goal,
        "{name}, {errors} errors: recall {recall:.3} below {goal}; missed {missed:?}"
    );
}

#[test]
fn one_error_in_a_long_name() {
    check("hikvision", 1, 0.97);
}

#[test]
fn two_errors_in_a_long_name() {
    check("hikvision", 2, 0.90);
}

#[test]
fn one_error_in_short_names() {
    check("dahua", 1, 0.80);
    check("uniview", 1, 0.80);
    check("huawei", 1, 0.80);
}
