//! Puts cues, answers, counts and the kind of document together.

mod across;
mod answered;
mod around;
mod cell;
mod chosen;
mod columns;
mod counted;
mod described;
mod last_resort;
mod lettered;
mod listed;
mod reason;
mod remaining;
mod retold;
mod status;
mod weighed;
mod whose;

use std::ops::Range;

use stripout_catalogue::StanceWords;
use stripout_model::{DocumentKind, Stance};

use super::answer::{AnswerRules, Reply};
use super::count::CountRules;
use super::cue::{CueRules, Found, Page};
use super::heading::HeadingRules;
use super::holder::HolderRules;
use super::phrase::Compiler;
use super::sentence::{Sentence, SentenceRules};
use super::set::PhraseSet;
use super::token::{MENTION, Token, Vocabulary, Word, tokens};
use super::weigh::Weigher;
use super::{Judged, MentionSpan, Whole};

#[derive(Debug)]
pub(crate) struct Verdicts {
    vocabulary: Vocabulary,
    /// Phrases that no text matches, each with the reason.
    pub(super) mute: Vec<String>,
    sentences: SentenceRules,
    cues: CueRules,
    holders: HolderRules,
    answers: AnswerRules,
    counts: CountRules,
    headings: HeadingRules,
    verbs: PhraseSet,
    weigher: Weigher,
    retracts: Retracts,
    /// `the 52`, `our 12`
    definite: PhraseSet,
    /// Openings of sentences that sum up the others.
    totals: PhraseSet,
    /// `and`: goes on with another thing.
    joins: Vec<Word>,
}

/// Phrases that tell of earlier words and take them back.
#[derive(Debug)]
struct Retracts {
    told_before: PhraseSet,
    corrects: PhraseSet,
    withdraws: PhraseSet,
    /// `of that make`
    same_make: PhraseSet,
}

/// A stance and what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Verdict {
    stance: Stance,
    reason: Reason,
    count: Option<u32>,
    /// Index of the cue, for tests of the data.
    rule: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Bytes of the words.
    Says(usize, usize),
    /// Bytes of the words that give it to somebody else than the author.
    OfAnother(usize, usize),
    Answered(usize, usize),
    Value(usize, usize),
    Asked,
    /// Bytes of the correction.
    Corrected(usize, usize),
    /// In a message that the text quotes, answers or takes back.
    Quoted,
    Counted,
    Kind,
    /// Bytes of the words that weigh most.
    Weighed(usize, usize),
    Nothing,
}

/// How far a refusal is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Paragraph,
    Document,
}

/// All that one window of text holds.
struct Reading<'a> {
    kind: DocumentKind,
    text: &'a str,
    /// Who writes, where that is known.
    author: Option<&'a str>,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    mentions: &'a [(usize, &'a MentionSpan)],
    page: Page<'a>,
}

impl Reading<'_> {
    fn maker(&self, token: &Token) -> Option<usize> {
        let here = self.mentions.iter().find(|(i, _)| *i == token.mention)?;
        Some(here.1.maker)
    }
}

impl Verdicts {
    pub(crate) fn new(words: &StanceWords) -> Self {
        let mut compiler = Compiler::new(&words.classes, words.count.numbers.keys());
        let sentences = SentenceRules::new(words, &mut compiler);
        let cues = CueRules::new(&mut compiler, words);
        let holders = HolderRules::new(&words.holder, &mut compiler);
        let answers = AnswerRules::new(words, &mut compiler);
        let counts = CountRules::new(&words.count, &mut compiler);
        let verbs = PhraseSet::new(&mut compiler, &words.sentence.verbs);
        let retracts = Retracts {
            told_before: PhraseSet::new(&mut compiler, &words.answer.told_before),
            corrects: PhraseSet::new(&mut compiler, &words.answer.corrects),
            withdraws: PhraseSet::new(&mut compiler, &words.answer.withdraws),
            same_make: PhraseSet::new(&mut compiler, &words.answer.same_make),
        };
        let definite = PhraseSet::new(&mut compiler, &words.count.definite);
        let totals = PhraseSet::new(&mut compiler, &words.count.totals);
        let joins = ["and", "while", "whilst", "that"];
        let joins = joins.map(|word| compiler.vocabulary.intern(word)).to_vec();
        Self {
            vocabulary: compiler.vocabulary,
            mute: compiler.mute,
            sentences,
            cues,
            holders,
            answers,
            counts,
            headings: HeadingRules::new(&words.table, &words.count),
            verbs,
            weigher: Weigher::new(&words.weights),
            retracts,
            definite,
            totals,
            joins,
        }
    }

    pub(super) fn judge(
        &self,
        Whole { kind, text, author }: Whole<'_>,
        window: Range<usize>,
        mentions: &[(usize, &MentionSpan)],
        own: Range<usize>,
        out: &mut [Judged],
    ) {
        let tokens = tokens(&self.vocabulary, text, window, mentions);
        let sentences = self.sentences.sentences(kind, text, &tokens);
        let sentences = self.counts.value_lines(&tokens, &sentences, &self.answers);
        let clauses = self.sentences.clauses(kind, &tokens, &sentences);
        let found = self.cues.find(kind, &tokens, &sentences);
        let page = Page {
            tokens: &tokens,
            clauses: &clauses,
            found: &found,
        };
        let reading = Reading {
            kind,
            text,
            author,
            tokens: &tokens,
            sentences: &sentences,
            mentions,
            page,
        };
        // The one before them as well: the same words may say the same of both.
        let asked = own.start.saturating_sub(1)..own.end;
        let asked = mentions.get(asked).unwrap_or_default();
        let counts = self
            .counts
            .count(kind, &tokens, &sentences, &self.answers, mentions, asked);
        let mut last: Option<(usize, Verdict)> = None;
        for (place, (index, mention)) in mentions.iter().enumerate() {
            if !own.contains(&place) && !own.contains(&(place + 1)) {
                continue;
            }
            let at = tokens
                .iter()
                .position(|t| t.word == MENTION && t.mention == *index);
            let verdict = match at {
                Some(at) => {
                    let counted = counts.iter().find(|(token, _)| *token == at).map(|(_, n)| *n);
                    let verdict = self.weighed(&reading, at, self.said(&reading, at, counted));
                    let verdict = self.under_total(&reading, at, verdict, &counts);
                    last = Some((mention.span.end, verdict));
                    verdict
                }
                // Inside the mention before it: the same words say the same.
                None => match last {
                    Some((end, verdict)) if mention.span.start < end => verdict,
                    _ => continue,
                },
            };
            if let Some(slot) = out.get_mut(*index).filter(|_| own.contains(&place)) {
                *slot = verdict.judged(kind, text);
            }
        }
    }

    /// Index of the cue that decides the first mention, when one does.
    #[cfg(test)]
    pub(crate) fn decided_by(&self, kind: DocumentKind, text: &str, spans: &[MentionSpan]) -> Option<usize> {
        let mentions: Vec<_> = spans.iter().enumerate().collect();
        let tokens = tokens(&self.vocabulary, text, 0..text.len(), &mentions);
        let sentences = self.sentences.sentences(kind, text, &tokens);
        let sentences = self.counts.value_lines(&tokens, &sentences, &self.answers);
        let clauses = self.sentences.clauses(kind, &tokens, &sentences);
        let found = self.cues.find(kind, &tokens, &sentences);
        let page = Page {
            tokens: &tokens,
            clauses: &clauses,
            found: &found,
        };
        let reading = Reading {
            kind,
            text,
            author: None,
            tokens: &tokens,
            sentences: &sentences,
            mentions: &mentions,
            page,
        };
        let at = tokens.iter().position(|t| t.word == MENTION)?;
        self.verdict(&reading, at, None).rule
    }

    /// What is said of the mention at token `at`, in words that claim it.
    fn said(&self, reading: &Reading<'_>, at: usize, counted: Option<u32>) -> Verdict {
        let place = reading.sentences.iter().position(|s| s.tokens.contains(&at));
        let Some((place, sentence)) = place.and_then(|p| reading.sentences.get(p).map(|s| (p, s))) else {
            return self.verdict(reading, at, counted);
        };
        if let Some(verdict) = self.retold(reading, place, at) {
            return verdict;
        }
        if let Some(verdict) = self.chosen(reading, at) {
            return verdict;
        }
        if sentence.asks
            && let Some(verdict) = self.lettered(reading, &sentence.tokens, at)
        {
            return verdict;
        }
        // A number in a question is nobody's count.
        let counted = counted.filter(|_| !(sentence.asks && Self::is_quoted(reading, at)));
        let verdict = self.verdict(reading, at, counted);
        // A number that somebody else gives, or has, is not the author's count.
        let count = verdict
            .count
            .filter(|_| !matches!(verdict.reason, Reason::OfAnother(..) | Reason::Quoted));
        let verdict = Verdict { count, ..verdict };
        let verdict = self.definite(reading, place, at, verdict, counted);
        // `The number should have been given. It is 8.`
        let given = || {
            self.counts
                .told_later(reading.tokens, reading.sentences, place, at)
        };
        match verdict.stance {
            Stance::Refuses => given()
                .filter(|count| *count > 0)
                .map_or(verdict, |count| Verdict {
                    count: Some(count),
                    ..Verdict::new(Stance::Has, Reason::Counted)
                }),
            _ => verdict,
        }
    }

    fn verdict(&self, reading: &Reading<'_>, at: usize, counted: Option<u32>) -> Verdict {
        let place = reading.sentences.iter().position(|s| s.tokens.contains(&at));
        let Some((place, sentence)) = place.and_then(|p| reading.sentences.get(p).map(|s| (p, s))) else {
            return Verdict::new(Stance::Mentions, Reason::Nothing);
        };
        let best = self.best(reading, sentence, at);
        let asks = sentence.asks || best.is_some_and(|f| self.cues.rules.get(f.rule).is_some_and(|r| r.asks));
        let words = reading.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        let in_table = || self.across(reading, at).or_else(|| self.by_column(reading, at));
        if sentence.cell
            && let Some(verdict) = in_table()
        {
            return verdict;
        }
        if sentence.cell
            && best.is_none()
            && let Some(verdict) = self.status(reading, at)
        {
            return verdict.counting(counted);
        }
        if let Some(words) = self.is_switched_off(reading, sentence, at)
            && let Some((from, to)) = bytes(reading.tokens, &words)
        {
            return Verdict::new(Stance::Mentions, Reason::Value(from, to));
        }
        if let Some((stance, words)) = self.answers.left_open(reading.tokens, at)
            && let Some((from, to)) = bytes(reading.tokens, &words)
        {
            return Verdict::new(stance, Reason::Value(from, to));
        }
        if let Some((reply, value)) = self.answers.value_after(reading.tokens, at)
            && let Some((from, to)) = bytes(reading.tokens, &value)
        {
            let (yes, no) = self.answers.asks_for(words);
            let reason = Reason::Value(from, to);
            match reply {
                Reply::No => {
                    return Verdict {
                        count: self.none(reading, words, &value),
                        ..Verdict::new(no, reason)
                    };
                }
                Reply::Yes => {
                    let length = value.end.saturating_sub(sentence.tokens.start);
                    return Verdict {
                        count: self.counts.after_yes(reading.tokens, sentence, length),
                        ..Verdict::new(yes, reason)
                    };
                }
                Reply::Number(number) => {
                    // `Number by X | 16`
                    let counts = self.counts.heads_number(reading.tokens, sentence, at);
                    let stated = || Some(number).filter(|_| counts);
                    if best.is_none() || asks {
                        return Verdict {
                            count: counted.or_else(stated),
                            ..Verdict::new(yes, reason)
                        };
                    }
                }
            }
        }
        if asks {
            return self
                .answered(reading, place, at)
                .or_else(|| self.refused_later(reading, place, Within::Document))
                .unwrap_or(Verdict::new(Stance::Mentions, Reason::Asked));
        }
        let verdict = match best {
            Some(found) if !self.cues.is_weak(found) => self.by_cue(reading, found),
            Some(found) => self
                .affirms(reading, place)
                .or_else(|| self.doubt(reading, sentence))
                .unwrap_or_else(|| self.by_cue(reading, found)),
            None => self.without_cue(reading, place, sentence, counted),
        };
        let verdict = self.taken_up(reading, place, at, verdict);
        if let Some(left) = self.remaining(reading, place, at, &verdict.counting(counted)) {
            return left;
        }
        let verdict = self.of_another(reading, place, at, self.left_over(reading, sentence, at, verdict));
        if self.has_own_number(reading, at, &verdict, counted) {
            return Verdict {
                count: counted,
                ..Verdict::new(Stance::Has, Reason::Counted)
            };
        }
        // `Y 41, X 0`
        if verdict.stance == Stance::Has && counted == Some(0) {
            return Verdict {
                stance: Stance::Denies,
                count: counted,
                ..verdict
            };
        }
        let verdict = if verdict.stance == Stance::Mentions {
            self.refused_later(reading, place, Within::Paragraph)
                .or_else(|| self.refused_before(reading, place))
                .unwrap_or(verdict)
        } else {
            verdict
        };
        verdict.counting(counted)
    }

    /// What the kind of document says where no words do.
    fn without_cue(
        &self,
        reading: &Reading<'_>,
        place: usize,
        sentence: &Sentence,
        counted: Option<u32>,
    ) -> Verdict {
        let kind = self
            .listed_before(reading, place)
            .unwrap_or_else(|| self.by_kind(reading, place, counted));
        if kind.stance != Stance::Has {
            return kind;
        }
        let doubt = || {
            self.doubt(reading, sentence)
                .filter(|_| kind.reason == Reason::Kind)
        };
        self.affirms(reading, place).or_else(doubt).unwrap_or(kind)
    }

    /// The first cue, in the order of the data, that speaks of the mention.
    fn best<'a>(&self, reading: &Reading<'a>, sentence: &Sentence, at: usize) -> Option<&'a Found> {
        // Cues never reach out of their paragraph.
        let all = reading.page.found;
        let mut from = all.partition_point(|found| found.paragraph < sentence.paragraph);
        let mut to = all.partition_point(|found| found.paragraph <= sentence.paragraph);
        if !sentence.cell {
            let inside = all.get(from..to).unwrap_or_default();
            to = from + inside.partition_point(|found| found.tokens.start < sentence.tokens.end);
            from += inside.partition_point(|found| found.tokens.start < sentence.tokens.start);
        }
        let near = all.get(from..to).unwrap_or_default();
        let page = Page {
            found: near,
            ..reading.page
        };
        near.iter()
            .filter(|found| !self.cues.is_last_resort(found))
            .filter(|found| self.cues.speaks_of(page, sentence, found, at))
            .min_by_key(|found| found.rule)
    }

    /// `Have you removed any? Yes, all nine X`, `Number replaced to date? 72 (X)`: an answer that opens with a yes or a number
    /// says what was asked, where that is not use.
    fn affirms(&self, reading: &Reading<'_>, place: usize) -> Option<Verdict> {
        let words = |s: &Sentence| reading.tokens.get(s.tokens.clone());
        let answer = reading.sentences.get(place)?;
        let question = reading.sentences.get(place.checked_sub(1)?).filter(|s| s.asks)?;
        let (reply, length) = self.answers.reply(words(answer)?)?;
        if reply == Reply::No {
            return None;
        }
        let (asked, _) = self.answers.asks_for(words(question)?);
        let start = answer.tokens.start;
        let (from, to) = bytes(reading.tokens, &(start..start + length))?;
        (asked != Stance::Has).then(|| Verdict::new(asked, Reason::Answered(from, to)))
    }

    /// Only the kind of document says `has`, and words of its sentence that reach no other maker say otherwise: the
    /// reading that accuses nobody.
    fn doubt(&self, reading: &Reading<'_>, sentence: &Sentence) -> Option<Verdict> {
        let words = reading.tokens.get(sentence.tokens.clone())?;
        // Rows of spend and assets are telegrams: `swap out faulty Y for X` is no removal of X.
        let prose = !matches!(reading.kind, DocumentKind::Spend | DocumentKind::Asset);
        if !prose || words.iter().filter(|t| t.word == MENTION).count() > 1 {
            return None;
        }
        let here = reading
            .page
            .found
            .iter()
            .filter(|f| sentence.tokens.contains(&f.tokens.start));
        let against = |f: &&Found| {
            matches!(
                self.cues.says(f),
                Some(Stance::Removed | Stance::PlannedRemoval | Stance::Refuses | Stance::Prohibits)
            )
        };
        let found = here.filter(against).min_by_key(|f| f.rule)?;
        Some(self.by_cue(reading, found))
    }

    fn by_cue(&self, reading: &Reading<'_>, found: &Found) -> Verdict {
        let stance = self.cues.says(found).unwrap_or(Stance::Mentions);
        let says = if self.cues.is_of_another(found) {
            Reason::OfAnother
        } else {
            Reason::Says
        };
        let reason =
            bytes(reading.tokens, &found.tokens).map_or(Reason::Nothing, |(from, to)| says(from, to));
        Verdict {
            rule: Some(found.rule),
            ..Verdict::new(stance, reason)
        }
    }

    fn by_kind(&self, reading: &Reading<'_>, place: usize, counted: Option<u32>) -> Verdict {
        match reading.kind {
            DocumentKind::Spend | DocumentKind::Asset | DocumentKind::Contract => {
                Verdict::new(Stance::Has, Reason::Kind)
            }
            DocumentKind::Foi => {
                let sentence = reading.sentences.get(place);
                let words = sentence
                    .and_then(|s| reading.tokens.get(s.tokens.clone()))
                    .unwrap_or_default();
                if counted.is_some() {
                    Verdict::new(Stance::Has, Reason::Counted)
                } else if self.verbs.found_in(words) {
                    Verdict::new(Stance::Mentions, Reason::Nothing)
                } else {
                    // A bare name answers the question before it, in the sense of that question.
                    let question = place
                        .checked_sub(1)
                        .and_then(|p| reading.sentences.get(p))
                        .filter(|s| s.asks);
                    let asked = question.and_then(|s| reading.tokens.get(s.tokens.clone()));
                    let stance = asked.map_or(Stance::Has, |words| self.answers.asks_for(words).0);
                    Verdict::new(stance, Reason::Kind)
                }
            }
            DocumentKind::Letter | DocumentKind::Web => Verdict::new(Stance::Mentions, Reason::Nothing),
        }
    }
}

/// Whether who says so has none to count, or tells of none.
fn is_silent(stance: Stance) -> bool {
    matches!(stance, Stance::Denies | Stance::Refuses | Stance::Prohibits)
}

fn bytes(tokens: &[Token], range: &Range<usize>) -> Option<(usize, usize)> {
    Some((
        tokens.get(range.start)?.start,
        tokens.get(range.end.checked_sub(1)?)?.end,
    ))
}

impl Verdict {
    /// With the number that stands beside it: beside a denial or a refusal it counts something else, but for nought; what
    /// others have is not counted.
    fn counting(self, counted: Option<u32>) -> Self {
        let silent = is_silent(self.stance);
        let another = matches!(self.reason, Reason::OfAnother(..) | Reason::Quoted);
        let count = self.count.or(counted).filter(|_| !another);
        Self {
            count: count.filter(|n| !silent || *n == 0),
            ..self
        }
    }

    fn new(stance: Stance, reason: Reason) -> Self {
        Self {
            stance,
            reason,
            count: None,
            rule: None,
        }
    }
}
