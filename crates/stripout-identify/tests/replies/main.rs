//! Labelled replies: how each decided, on which grounds, how many devices it states, and what it promises.
#![allow(clippy::print_stderr, reason = "figures for people")]

mod decided;
mod promised;
mod score;
#[path = "../support/mod.rs"]
mod support;

use stripout_catalogue::Catalogue;
use stripout_identify::Reply;
use stripout_model::{DocumentKind, Mention, Passage, Role, Shape, Wrap};
use support::{IDENTIFIER, passage};

/// Paragraphs as the text reader cuts them: at blank lines, and before numbered lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Passage<'_>> {
    let wrap = Wrap::of(text.as_bytes());
    let mut before = "";
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let item = (1..4).contains(&digits)
            && line
                .get(digits..)
                .is_some_and(|rest| rest.starts_with(['.', ')', ' ']))
            && !wrap.goes_on(before.as_bytes(), line.as_bytes());
        before = line.trim();
        if blank || item {
            out.push(text.get(from..at).unwrap_or_default().trim_end());
            from = if blank { at + line.len() } else { at };
        }
        at += line.len();
    }
    out.push(text.get(from..).unwrap_or_default().trim_end());
    out.into_iter()
        .filter(|p| !p.is_empty())
        .map(|p| passage(p, Role::Text, ""))
        .collect()
}

pub(crate) fn read(kind: DocumentKind, text: &str) -> (Vec<Mention>, Reply) {
    let passages = paragraphs(text);
    let found = IDENTIFIER.record(kind, Shape::Prose, &passages, None);
    let reply = IDENTIFIER.reply(kind, Shape::Prose, &passages, None, &found.mentions);
    for place in reply
        .outcomes
        .iter()
        .map(|o| &o.place)
        .chain(reply.commitments.iter().map(|c| &c.place))
    {
        let text = &passages[place.passage].text;
        let sentence = text
            .get(place.sentence.clone())
            .expect("a sentence of the passage");
        assert!(
            text.get(place.span.clone())
                .is_some_and(|words| sentence.contains(words)),
            "{place:?}"
        );
    }
    for commitment in &reply.commitments {
        if let Some(by) = &commitment.by {
            let text = &passages[commitment.place.passage].text;
            assert!(
                text.get(by.start..)
                    .is_some_and(|rest| rest.starts_with(&by.words)),
                "{by:?}"
            );
        }
    }
    (found.mentions, reply)
}

/// The words of the data say what they are there to say, and not what they are told apart from.
#[test]
fn every_example_of_the_data_is_read_so() {
    let words = &Catalogue::embedded().expect("the embedded catalogue").words.reply;
    let mut wrong = Vec::new();
    for cue in &words.outcome {
        let decides = |text: &String| {
            let letter = format!("Internal review of FOI 12\n\n{text}");
            let outcomes = read(DocumentKind::Foi, &letter).1.outcomes;
            outcomes.iter().any(|outcome| outcome.kind == cue.says)
        };
        wrong.extend(cue.examples.iter().filter(|text| !decides(text)));
        wrong.extend(cue.counter_examples.iter().filter(|text| decides(text)));
    }
    for cue in &words.commitment {
        let promises = |text: &String| {
            // The data names no maker; the letter is about one.
            let text = text.replace("Acme", "Hikvision");
            let letter = format!("This is about our Hikvision cameras. {text}");
            let commitments = read(DocumentKind::Letter, &letter).1.commitments;
            commitments.iter().any(|commitment| commitment.act == cue.act)
        };
        wrong.extend(cue.examples.iter().filter(|text| !promises(text)));
        wrong.extend(cue.counter_examples.iter().filter(|text| promises(text)));
    }
    assert!(words.outcome.len() > 5 && words.commitment.len() > 4);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
