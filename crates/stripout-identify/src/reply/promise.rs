//! A promise as it is told: a bare yes as one, the sentence that says why, and one of those said twice.

use stripout_model::{Act, Days, Deadline, Voice};

use super::CommitmentSignal;
use super::page::{Page, Said};
use super::subject::Speaker;
use crate::why::verified;

/// Words of a scope that tells no places: `Hikvision cameras`.
const VAGUE: usize = 2;

pub(super) fn by_answer(
    page: &Page<'_>,
    said: &Said,
    act: Act,
    speaker: &Speaker,
) -> Option<CommitmentSignal> {
    let days = Days {
        said: speaker.said,
        document: page.days.document,
    };
    let term = page
        .terms(said.span.clone(), days.said.or(days.document))
        .into_iter()
        .next();
    let place = page.place(said, said.tokens.start..said.tokens.start + 1)?;
    let cell = page
        .unit
        .cells
        .iter()
        .find(|cell| cell.passage == place.passage)?;
    let by = term
        .filter(|term| cell.span.start <= term.span.start && term.span.end <= cell.span.end)
        .map(|term| Deadline {
            date: term.date,
            words: page.text.get(term.span.clone()).unwrap_or_default().to_owned(),
            start: term.span.start - cell.span.start,
        });
    Some(CommitmentSignal {
        who: speaker.body.clone().unwrap_or_default(),
        act,
        scope: String::new(),
        by,
        authority: speaker.authority,
        voice: speaker.voice,
        days,
        why: "answers the question before it, which asks for a promise".into(),
        place,
    })
}

pub(super) fn why(
    words: &str,
    who: &str,
    voice: Voice,
    by: Option<&Deadline>,
    earlier: bool,
    days: Days,
) -> String {
    let pronoun = ["we", "i"].iter().any(|word| who.eq_ignore_ascii_case(word));
    let speaker = match who {
        "" => "the reply",
        _ if pronoun => "the text",
        _ => who,
    };
    let said = match voice {
        Voice::Own => format!("{speaker} says \"{words}\""),
        Voice::Quoted => format!("{speaker} is quoted with \"{words}\""),
        Voice::Reported => format!("others report that {speaker} \"{words}\""),
    };
    let Some(by) = by else { return said };
    let place = if earlier { ", in the sentence before" } else { "" };
    let ends = if begins(&by.words) { "begins on" } else { "ends on" };
    match (by.date, days.said.or(days.document)) {
        (Some(date), Some(anchor)) => format!(
            "{said}; \"{}\"{place}, of words of {anchor}, {ends} {date}",
            by.words
        ),
        (Some(date), None) => format!("{said}; \"{}\"{place} {ends} {date}", by.words),
        (None, _) => format!("{said}; \"{}\"{place}, from a day that is not known", by.words),
    }
}

/// Whether the day of a term is the first that the promise holds for, not the last: `from 1 June 2023`.
fn begins(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["from", "as of", "with effect from"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Where the year comes from that the words leave out.
pub(super) fn year(speaker: &Speaker) -> String {
    match (speaker.said, speaker.year_rests_on) {
        (Some(said), Some(verification)) => format!(
            "; the words give no year: {} is the one in which those named held office ({})",
            said.year(),
            verified(verification)
        ),
        _ => String::new(),
    }
}

/// A promise said twice is one; a report gives way to the body's own words in the same text.
pub(super) fn settle(found: Vec<CommitmentSignal>) -> Vec<CommitmentSignal> {
    let spoken: Vec<String> = found
        .iter()
        .filter(|c| c.voice != Voice::Reported)
        .map(|c| c.who.to_lowercase())
        .collect();
    let mut out: Vec<CommitmentSignal> = Vec::new();
    for one in found {
        let date = |c: &CommitmentSignal| c.by.as_ref().and_then(|by| by.date);
        let again = out.iter().any(|known| {
            known.act == one.act
                && known.who.eq_ignore_ascii_case(&one.who)
                && date(known) == date(&one)
                && known.scope.eq_ignore_ascii_case(&one.scope)
        });
        let given_way = one.voice == Voice::Reported && spoken.contains(&one.who.to_lowercase());
        if !again && !given_way {
            out.push(one);
        }
    }
    // `voted to have them replaced. The work will be done by May`: what says neither what nor when is said again.
    let termed: Vec<(Act, String)> = out
        .iter()
        .filter(|c| c.by.is_some())
        .map(|c| (c.act, c.who.to_lowercase()))
        .collect();
    out.retain(|c| {
        let vague = c.by.is_none() && c.scope.split_whitespace().count() <= VAGUE;
        !vague || !termed.contains(&(c.act, c.who.to_lowercase()))
    });
    out
}
