//! Sightings, leads, promises and payees with the words of their source, at length and in two lines.

use stripout_ingest::Strongest;
use stripout_model::{Affiliation, Commitment, Evidence, Lead, Row, Sighting};

use super::section::Item;
use crate::rows::promise;
use crate::show::{count, date, safe};

/// Letters of an excerpt that are shown before and behind the recognised words where there is little room.
const BEFORE: usize = 60;
const BEHIND: usize = 60;

pub(super) fn sighting(one: &Strongest<Sighting>) -> Item {
    let sighting = &one.what;
    let devices = sighting
        .count
        .map_or(String::new(), |n| format!(" · {}", count(u64::from(n), "device")));
    let claim = format!(
        "{} · {}{devices} · {} (by {})",
        sighting.maker, sighting.stance, sighting.confidence, sighting.via
    );
    let short = short(&claim, &sighting.evidence, &one.path);
    let mut whole = vec![claim];
    whole.extend(proof(&sighting.evidence, &sighting.row, &one.path));
    whole.push(format!("  {}", safe(&sighting.why)));
    Item { whole, short }
}

pub(super) fn lead(one: &Strongest<Lead>) -> Item {
    told(&one.what.evidence, &one.what.row, &one.what.why, &one.path)
}

pub(super) fn affiliation(one: &Strongest<Affiliation>) -> Item {
    told(&one.what.evidence, &one.what.row, &one.what.why, &one.path)
}

/// What has no claim of its own: the words of the source, who paid whom, and why it is shown.
fn told(evidence: &Evidence, row: &Row, why: &str, path: &str) -> Item {
    let mut whole = proof(evidence, row, path);
    whole.push(format!("  {}", safe(why)));
    Item {
        whole,
        short: short(&said(row), evidence, path),
    }
}

pub(super) fn commitment(one: &Strongest<Commitment>) -> Item {
    let claim = promise(&one.what);
    let short = short(&claim, &one.what.evidence, &one.path);
    let mut whole = vec![claim];
    whole.extend(proof(&one.what.evidence, &Row::default(), &one.path));
    Item { whole, short }
}

fn short(claim: &str, evidence: &Evidence, path: &str) -> Vec<String> {
    let mut first = vec![claim.to_string(), place(evidence, path)];
    first.retain(|it| !it.is_empty());
    vec![first.join(" · "), format!("  \"{}\"", around(evidence))]
}

fn proof(evidence: &Evidence, row: &Row, path: &str) -> Vec<String> {
    let lines = [
        format!("\"{}\"", marked(evidence)),
        said(row),
        place(evidence, path),
    ];
    let filled = lines.into_iter().filter(|line| !line.is_empty());
    filled.map(|line| format!("  {line}")).collect()
}

fn place(evidence: &Evidence, path: &str) -> String {
    let inside = safe(&inside(evidence));
    format!(
        "{}{inside}, {}",
        safe(path),
        safe(&evidence.locator.place.to_string())
    )
}

/// The member of an archive or layer of a document, as it follows the path: `!Sheet1`.
pub(crate) fn inside(evidence: &Evidence) -> String {
    let member = evidence.locator.member.as_ref();
    member.map_or(String::new(), |member| format!("!{member}"))
}

/// The excerpt with the recognised words in brackets.
pub(crate) fn marked(evidence: &Evidence) -> String {
    match cut(evidence) {
        Some((before, words, after)) => format!("{}[{}]{}", safe(before), safe(words), safe(after)),
        None => safe(&evidence.excerpt),
    }
}

/// The same, of a long excerpt only what stands around the recognised words, with `...` for the rest.
fn around(evidence: &Evidence) -> String {
    let Some((before, words, after)) = cut(evidence) else {
        return safe(&evidence.excerpt);
    };
    let backwards: String = before.chars().rev().collect();
    let before: String = beginning(&backwards, BEFORE).chars().rev().collect();
    format!(
        "{}[{}]{}",
        safe(&before),
        safe(words),
        safe(&beginning(after, BEHIND))
    )
}

/// The first letters of a text, to the end of a word.
fn beginning(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_string();
    };
    let kept = text.get(..end).unwrap_or(text);
    let words = kept
        .rsplit_once(char::is_whitespace)
        .map_or(kept, |(words, _)| words);
    format!("{words} ...")
}

fn cut(evidence: &Evidence) -> Option<(&str, &str, &str)> {
    let (excerpt, mark) = (&evidence.excerpt, &evidence.mark);
    Some((
        excerpt.get(..mark.start)?,
        evidence.marked()?,
        excerpt.get(mark.end..)?,
    ))
}

/// What the row says, in words: `Sampleford District Council, to Example Ltd, GBP 12.00, 3 May 2021`.
pub(crate) fn said(row: &Row) -> String {
    let mut parts = Vec::new();
    if let Some(body) = &row.body {
        parts.push(safe(body));
    }
    if let Some(supplier) = &row.supplier {
        parts.push(format!("to {}", safe(supplier)));
    }
    if let Some(amount) = &row.amount {
        parts.push(amount.to_string());
    }
    if let Some(day) = row.date {
        parts.push(date(day));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(beginning("we hold none", 20), "we hold none");
        assert_eq!(beginning("we hold none of them", 10), "we hold ...");
        assert_eq!(beginning("Überwachungskameras", 5), "Überw ...");
    }
}
