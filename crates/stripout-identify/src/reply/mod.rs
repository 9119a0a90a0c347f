//! What a reply says as a whole: how the body decided, and what it promised.
//!
//! Words of the request, of questions and of other people are told from the body's own first; only its own decide.

mod asked;
mod body;
mod clause;
mod commitment;
mod date;
mod day;
mod deadline;
mod decision;
mod ground;
mod letter;
mod letterhead;
mod message;
mod outcome;
mod page;
mod part;
mod promise;
mod scope;
mod subject;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stripout_catalogue::{AskedWords, Words};
use stripout_model::{
    Act, Authority, Days, Deadline, DocumentKind, Ground, Mention, OutcomeKind, Passage, Shape, Voice,
};

use crate::stance::MentionSpan;
use crate::stance::phrase::Compiler;
use crate::stance::sentence::SentenceRules;
use crate::stance::set::PhraseSet;
use crate::stance::token::Vocabulary;
use crate::unit::{Unit, units};

use body::Bodies;
pub(crate) use body::stands_alone;
use commitment::Promises;
use day::Holders;
use ground::Laws;
use outcome::Outcomes;
use page::Page;
use part::Parts;

/// All that a reply decides and promises.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub outcomes: Vec<OutcomeSignal>,
    pub commitments: Vec<CommitmentSignal>,
}

impl Reply {
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty() && self.commitments.is_empty()
    }
}

/// A decision, before it is tied to its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeSignal {
    pub kind: OutcomeKind,
    /// Of the reply as a whole.
    pub reply: OutcomeKind,
    pub grounds: Vec<Ground>,
    pub template: Option<String>,
    pub days: Days,
    /// The day of the request, where the reply states it.
    pub asked: Option<Date>,
    pub why: String,
    pub place: SignalPlace,
}

/// A promise, before it is tied to its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentSignal {
    pub who: String,
    pub act: Act,
    pub scope: String,
    pub by: Option<Deadline>,
    pub authority: Authority,
    pub voice: Voice,
    pub days: Days,
    pub why: String,
    pub place: SignalPlace,
}

/// A sentence of a passage and the words in it that decided; byte ranges of the passage's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalPlace {
    /// Index of the passage in the record.
    pub passage: usize,
    pub sentence: Range<usize>,
    pub span: Range<usize>,
}

/// The compiled word lists.
#[derive(Debug)]
pub(crate) struct ReplyRules {
    vocabulary: Vocabulary,
    /// Phrases that no text matches, each with the reason.
    pub(crate) mute: Vec<String>,
    sentences: SentenceRules,
    parts: Parts,
    bodies: Bodies,
    outcomes: Outcomes,
    promises: Promises,
    laws: Laws,
    holders: Holders,
    asked: AskedWords,
    about: PhraseSet,
}

impl ReplyRules {
    pub(crate) fn new(words: &Words) -> Self {
        let reply = &words.reply;
        let mut classes = words.stance.classes.clone();
        classes.extend(reply.classes.clone());
        let mut compiler = Compiler::new(&classes, words.stance.count.numbers.keys());
        let sentences = SentenceRules::new(&words.stance, &mut compiler);
        let outcomes = Outcomes::new(reply, &mut compiler);
        let promises = Promises::new(reply, &words.stance, &mut compiler);
        let many = |word: &String| {
            let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
            latin.then(|| format!("{word}s"))
        };
        let mut about = words.context.camera.clone();
        about.extend(words.context.camera.iter().filter_map(many));
        let about = PhraseSet::new(&mut compiler, &about);
        Self {
            vocabulary: compiler.vocabulary,
            mute: compiler.mute,
            sentences,
            parts: Parts::new(&reply.parts),
            bodies: Bodies::new(&reply.body, &reply.authority),
            outcomes,
            promises,
            laws: Laws::new(&reply.law),
            holders: Holders::new(&reply.holder),
            asked: reply.asked.clone(),
            about,
        }
    }

    /// What running text decides and promises; rows and fields of notices do neither. `date` is the record's own, where
    /// its source states one.
    pub(crate) fn read(
        &self,
        kind: DocumentKind,
        shape: Shape,
        passages: &[Passage<'_>],
        date: Option<Date>,
        mentions: &[Mention],
    ) -> Reply {
        let speaks = matches!(kind, DocumentKind::Foi | DocumentKind::Letter | DocumentKind::Web);
        if !speaks || shape != Shape::Prose {
            return Reply::default();
        }
        let mut reply = Reply::default();
        for unit in units(shape, passages) {
            if self.is_automatic(unit.text.as_ref()) {
                continue;
            }
            let spans = mention_spans(&unit, mentions);
            let page = Page::new(self, kind, &unit, &spans, date);
            reply.outcomes.extend(self.outcomes.find(self, &page, mentions));
            reply.commitments.extend(self.promises.find(self, &page));
        }
        reply
    }
}

/// The mentions as spans of the unit's text, in order.
fn mention_spans(unit: &Unit<'_>, mentions: &[Mention]) -> Vec<MentionSpan> {
    let mut spans: Vec<MentionSpan> = mentions
        .iter()
        .filter_map(|mention| {
            let cell = unit.cells.iter().find(|cell| cell.passage == mention.passage)?;
            Some(MentionSpan {
                maker: 0,
                span: cell.span.start + mention.span.start..cell.span.start + mention.span.end,
                is_model: false,
            })
        })
        .collect();
    spans.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    spans
}
