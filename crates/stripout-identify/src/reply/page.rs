//! A text cut into sentences, each with whose words it is.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;
use stripout_model::{Days, DocumentKind};

use super::asked::asked;
use super::body::Name;
use super::date::Order;
use super::deadline::{Term, terms};
use super::part::{Quotation, Region};
use super::{ReplyRules, SignalPlace};
use crate::stance::MentionSpan;
use crate::stance::sentence::{Label, Side};
use crate::stance::token::{MENTION, QUESTION, Token, tokens};
use crate::unit::Unit;

/// Characters up to which quoted words are a name or a term, not a statement.
pub(super) const TERM: usize = 40;

/// All that is known of a text before anything is decided.
pub(super) struct Page<'a> {
    pub(super) kind: DocumentKind,
    pub(super) unit: &'a Unit<'a>,
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Said>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) days: Days,
    /// The day of the request.
    pub(super) asked: Option<Date>,
    /// The reply speaks of a maker, or of where equipment is made.
    pub(super) names_makers: bool,
    /// Once asked for: a long text is looked through once, not for every promise.
    names: OnceCell<Vec<Name>>,
    laws: OnceCell<Vec<usize>>,
    order: OnceCell<Order>,
}

/// A sentence.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) tokens: Range<usize>,
    /// Bytes of the text, from the first word to the closing mark.
    pub(super) span: Range<usize>,
    pub(super) asks: bool,
    pub(super) label: Option<Label>,
    /// The words of the request, or of an earlier message.
    pub(super) foreign: bool,
    /// Index of the quotation it stands in.
    pub(super) quotation: Option<usize>,
    pub(super) paragraph: u32,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        rules: &ReplyRules,
        kind: DocumentKind,
        unit: &'a Unit<'a>,
        mentions: &[MentionSpan],
        date: Option<Date>,
    ) -> Self {
        let text = unit.text.as_ref();
        let numbered: Vec<(usize, &MentionSpan)> = mentions.iter().enumerate().collect();
        let tokens = tokens(&rules.vocabulary, text, 0..text.len(), &numbered);
        let regions = rules.parts.requests(text);
        let quotations = rules.parts.quotations(text);
        let mut sentences: Vec<Said> = Vec::new();
        for sentence in rules.sentences.sentences(kind, text, &tokens) {
            let asked = sentence.label.is_some_and(|label| label.side == Side::Question);
            for piece in lines(text, &tokens, &sentence.tokens, asked, &quotations) {
                let (Some(first), Some(last)) = (tokens.get(piece.start), tokens.get(piece.end - 1)) else {
                    continue;
                };
                let end = text
                    .get(last.end..)
                    .map_or(last.end, |rest| last.end + closing(rest));
                let span = first.start..end;
                let holds = |region: &Region| region.span.start <= span.start && span.start < region.span.end;
                // `Q3 When will they go` over `They go in May.`: the line with the label asks.
                let headed = asked && tokens.get(sentence.tokens.end).is_none_or(|t| t.word != QUESTION);
                let asks = sentence.asks && (!headed || piece.start == sentence.tokens.start);
                sentences.push(Said {
                    asks: asks || tokens.get(piece.end).is_some_and(|t| t.word == QUESTION),
                    label: sentence.label.filter(|_| piece.start == sentence.tokens.start),
                    foreign: regions.iter().any(holds),
                    quotation: quotations
                        .iter()
                        .position(|q| q.span.start <= span.start && span.start < q.span.end),
                    paragraph: sentence.paragraph,
                    tokens: piece,
                    span,
                });
            }
        }
        let days = rules.holders.days(text, date);
        let asked = asked(text, &rules.asked, days.document);
        let names_makers =
            tokens.iter().any(|t| t.word == MENTION) || rules.promises.scoped().found_in(&tokens);
        Self {
            kind,
            unit,
            text,
            tokens,
            sentences,
            quotations,
            days,
            asked,
            names_makers,
            names: OnceCell::new(),
            laws: OnceCell::new(),
            order: OnceCell::new(),
        }
    }

    /// Every name of a body in the text.
    pub(super) fn names(&self, rules: &ReplyRules) -> &[Name] {
        self.names
            .get_or_init(|| rules.bodies.names(self.text, 0..self.text.len()))
    }

    /// The laws that the text names, by their places in the list.
    pub(super) fn laws(&self, rules: &ReplyRules) -> &[usize] {
        self.laws.get_or_init(|| rules.laws.named(self.text))
    }

    /// The terms in a stretch of it. What the dates of the whole text say is asked once: a text may hold thousands of promises.
    pub(super) fn terms(&self, range: Range<usize>, anchor: Option<Date>) -> Vec<Term> {
        let order = *self.order.get_or_init(|| Order::of(self.text));
        terms(self.text, range, order, anchor)
    }

    pub(super) fn words(&self, range: &Range<usize>) -> &[Token] {
        self.tokens.get(range.clone()).unwrap_or_default()
    }

    /// Where a sentence and some of its tokens stand in their passage. `None` when no passage holds the tokens whole.
    pub(super) fn place(&self, said: &Said, of: Range<usize>) -> Option<SignalPlace> {
        let of = self.words(&of);
        let span = of.first()?.start..of.last()?.end;
        let cell = self.unit.cell(&span)?;
        let sentence = said.span.start.max(cell.span.start)..said.span.end.min(cell.span.end);
        let within = |range: Range<usize>| range.start - cell.span.start..range.end - cell.span.start;
        Some(SignalPlace {
            passage: cell.passage,
            sentence: within(sentence.start.min(span.start)..sentence.end.max(span.end)),
            span: within(span),
        })
    }
}

/// A line that ends short is a line of its own: addresses, dates and signatures close with no full stop. Long quotations
/// are parted from the words that introduce them; `asked`: a question without its mark ends with its line.
fn lines(
    text: &str,
    tokens: &[Token],
    sentence: &Range<usize>,
    asked: bool,
    quotations: &[Quotation],
) -> Vec<Range<usize>> {
    /// Characters up to which a line is not taken for one that was wrapped.
    const SHORT: usize = 50;
    let mut out = Vec::new();
    let mut start = sentence.start;
    for at in sentence.start + 1..sentence.end {
        let (Some(before), Some(token)) = (tokens.get(at - 1), tokens.get(at)) else {
            break;
        };
        let opens_quotation = quotations.iter().any(|q| {
            q.span.len() > TERM
                && before.start < q.span.start
                && q.span.start <= token.start
                && token.start < q.span.end
        });
        if opens_quotation {
            out.push(start..at);
            start = at;
            continue;
        }
        let broken = text
            .get(before.end..token.start)
            .is_some_and(|gap| gap.contains('\n'));
        if !broken {
            continue;
        }
        let line = text
            .get(..before.end)
            .and_then(|t| t.rsplit('\n').next())
            .unwrap_or_default();
        let opens = token.capital || token.number.is_some();
        let headed = asked && start == sentence.start;
        if opens && (headed || line.chars().count() <= SHORT || line.trim_end().ends_with([':', ','])) {
            out.push(start..at);
            start = at;
        }
    }
    if start < sentence.end {
        out.push(start..sentence.end);
    }
    out
}

/// Bytes of the mark that closes a sentence, and of the bracket before it.
fn closing(rest: &str) -> usize {
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        match c {
            ')' | ']' if end == 0 => end = at + c.len_utf8(),
            '.' | '?' | '!' if at <= end => return at + c.len_utf8(),
            _ => return end,
        }
    }
    end
}
