//! Numbers of paragraphs: Word stores how to count, not what is shown. Questions of a reply are mostly numbered so.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;

use stripout_model::Problem;

use crate::Limits;
use crate::markup::{Node, local, walk};

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// How the lists of one definition are numbered, by its id.
    lists: BTreeMap<String, [Level; LEVELS]>,
    /// Of each list that paragraphs name: its definition, and where its levels begin anew.
    used: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    /// How far each definition has counted; lists of one definition go on with each other's numbers.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Debug, Default, Clone)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `%1.%2)`.
    text: String,
}

impl Numbering {
    pub(super) fn part(&mut self, read: &mut dyn Read, limits: &Limits) -> Result<(), Problem> {
        let (mut list, mut number, mut level) = (None, None, 0_usize);
        walk(read, limits, &mut |node| {
            match node {
                Node::Open(element) => {
                    let value = || element.attribute("val").unwrap_or_default().into_owned();
                    let depth = || {
                        element
                            .attribute("ilvl")
                            .and_then(|ilvl| ilvl.parse().ok())
                            .unwrap_or(LEVELS)
                    };
                    match local(element.name()) {
                        "abstractNum" => {
                            list = element
                                .attribute("abstractNumId")
                                .map(std::borrow::Cow::into_owned);
                        }
                        "num" => number = element.attribute("numId").map(std::borrow::Cow::into_owned),
                        "lvl" | "lvlOverride" => level = depth(),
                        "abstractNumId" => {
                            if let Some(number) = &number {
                                self.used.entry(number.clone()).or_default().0 = value();
                            }
                        }
                        "startOverride" => {
                            if let (Some(number), Ok(start)) = (&number, value().parse()) {
                                self.used
                                    .entry(number.clone())
                                    .or_default()
                                    .1
                                    .insert(level, start);
                            }
                        }
                        name => {
                            let found = list
                                .as_ref()
                                .and_then(|list| self.lists.entry(list.clone()).or_default().get_mut(level));
                            match (name, found) {
                                ("start", Some(level)) => level.start = value().parse().ok(),
                                ("numFmt", Some(level)) => level.format = value(),
                                ("lvlText", Some(level)) => level.text = value(),
                                _ => {}
                            }
                        }
                    }
                }
                Node::Close(name) => match local(name) {
                    "abstractNum" => list = None,
                    "num" => number = None,
                    _ => {}
                },
                Node::Text(_) => {}
            }
            ControlFlow::Continue(())
        })
    }

    /// Counts a paragraph of a list; gives what stands before it, if that is a number.
    pub(super) fn next(&mut self, number: &str, level: usize) -> Option<String> {
        let (list, anew) = self.used.get_mut(number)?;
        let levels = self.lists.get(list)?;
        let counts = self.counts.entry(list.clone()).or_default();
        if let Some(start) = anew.remove(&level) {
            *counts.get_mut(level)? = start.checked_sub(1);
        }
        let starts = |level: usize| levels.get(level).and_then(|level| level.start).unwrap_or(1);
        let count = counts.get_mut(level)?;
        *count = Some(count.map_or_else(|| starts(level), |count| count.saturating_add(1)));
        for deeper in counts.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let shown = levels.get(level)?;
        if matches!(shown.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut label = shown.text.clone();
        for (nth, level) in levels.iter().enumerate() {
            let sign = format!("%{}", nth + 1);
            if label.contains(&sign) {
                let count = counts.get(nth).copied().flatten().unwrap_or_else(|| starts(nth));
                label = label.replace(&sign, &written(count, &level.format));
            }
        }
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

/// A number as its format has it; decimal where that is not known.
fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a, b ... z, aa, bb.
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1).filter(|at| *at < 26 * 20) else {
        return number.to_string();
    };
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    (0..=at / 26).map(|_| letter).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut signs = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            signs.push_str(sign);
            rest -= value;
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_in_every_format() {
        for (number, format, want) in [
            (4, "decimal", "4"),
            (28, "lowerLetter", "bb"),
            (3, "upperLetter", "C"),
            (1994, "lowerRoman", "mcmxciv"),
            (9, "upperRoman", "IX"),
            (7, "decimalZero", "07"),
            (0, "lowerLetter", "0"),
            (u32::MAX, "upperRoman", "4294967295"),
        ] {
            assert_eq!(written(number, format), want, "{number} {format}");
        }
    }
}
