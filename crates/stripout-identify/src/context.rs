//! What stands around a name: camera words that support it, and words that make it a person, a place or another firm.

use std::collections::HashSet;
use std::ops::Range;

use regex::Regex;
use stripout_catalogue::ContextWords;

use crate::scan::Marks;
use crate::token::Token;

/// How far a camera word may stand away, in bytes. About a line of print.
const NEAR: usize = 60;
/// The same for a name that the words in front call a make. About a paragraph.
const FAR: usize = 400;
/// Letters of an abbreviation.
const ABBREVIATION: usize = 4;
/// Words between a name and the end of the company's name that it begins.
const NAME: usize = 4;
/// Digits of a tag.
const TAG: usize = 3;

/// The words that turn a name into something else.
#[derive(Debug)]
pub(crate) struct Blockers {
    titles: HashSet<String>,
    forenames: HashSet<String>,
    speech: HashSet<String>,
    streets: HashSet<String>,
    company_tails: HashSet<String>,
    company_forms: HashSet<String>,
    other_trades: HashSet<String>,
    family_names: HashSet<String>,
    product_words: HashSet<String>,
    given_names: HashSet<String>,
    person_acts: HashSet<String>,
    device_heads: HashSet<String>,
    other_senses: Vec<Regex>,
    make_labels: HashSet<String>,
    make_verbs: Vec<String>,
}

/// How freely a name may be blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    /// Long and distinctive: nobody else bears it but a firm of another trade.
    Distinctive,
    /// Could be a person or a place, too.
    Short,
    /// An ordinary word, surname or abbreviation.
    Weak,
}

impl Blockers {
    pub(crate) fn new(words: &ContextWords) -> Self {
        let set = |list: &[String]| list.iter().cloned().collect();
        Self {
            titles: set(&words.titles),
            forenames: set(&words.forenames),
            speech: set(&words.speech),
            streets: set(&words.streets),
            company_tails: set(&words.company_tails),
            company_forms: set(&words.company_forms),
            other_trades: set(&words.other_trades),
            family_names: set(&words.family_names),
            product_words: set(&words.product_words),
            given_names: set(&words.given_names),
            person_acts: set(&words.person_acts),
            device_heads: set(&words.device_heads),
            other_senses: words
                .other_senses
                .iter()
                .filter_map(|p| Regex::new(p).ok())
                .collect(),
            make_labels: set(&words.make_labels),
            make_verbs: words.make_verbs.clone(),
        }
    }

    /// Whether the words around make the name somebody or something else.
    pub(crate) fn block(
        &self,
        text: &str,
        tokens: &[Token],
        span: &Range<usize>,
        strength: Strength,
    ) -> bool {
        let before = tokens.partition_point(|t| t.end <= span.start);
        let word = |index: usize| tokens.get(index).and_then(|t| text.get(t.clone()));
        let previous = before
            .checked_sub(1)
            .filter(|&i| same_phrase(text, tokens, i, span.start));
        let earlier = previous
            .and_then(|i| i.checked_sub(1))
            .filter(|&i| same_phrase(text, tokens, i, span.start));
        let titled = [previous, earlier]
            .into_iter()
            .flatten()
            .filter_map(word)
            .any(|w| self.titles.contains(w));
        let after = tokens.partition_point(|t| t.start < span.end);
        let listed = text.get(span.end..).is_some_and(|rest| rest.starts_with(','));
        let next = tokens.get(after).filter(|t| {
            text.get(span.end..t.start)
                .is_some_and(|gap| matches!(gap, " " | "  " | "-" | ", " | " (" | "'s "))
        });
        let next = next.and_then(|t| text.get(t.clone()));
        let second = tokens
            .get(after + 1)
            .and_then(|t| text.get(t.clone()))
            .filter(|_| next.is_some());
        let two = match (next, second) {
            (Some(a), Some(b)) => format!("{a} {b}"),
            _ => String::new(),
        };
        let named = |w: &str| self.family_names.contains(w);
        // `X, church hall`: what stands behind a comma in a list is a place as often as a trade.
        let trade = !listed || strength == Strength::Weak;
        if trade && next.is_some_and(|w| self.other_trades.contains(w)) {
            return true;
        }
        if strength == Strength::Distinctive {
            return false;
        }
        if titled
            || next.is_some_and(|w| self.streets.contains(w) || named(w))
            || previous.and_then(word).is_some_and(named)
        {
            return true;
        }
        if strength == Strength::Short {
            return false;
        }
        let given = previous
            .and_then(word)
            .is_some_and(|w| self.forenames.contains(w) || is_initial(w));
        let inverted = next.is_some_and(|w| {
            text.get(span.end..).is_some_and(|t| t.starts_with(',')) && self.forenames.contains(w)
        });
        let gap = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        // `XYZ FACILITIES GROUP LTD`: words in a row that end as a company's name does.
        let mut end = span.end;
        let company = tokens
            .get(after..)
            .unwrap_or_default()
            .iter()
            .take(NAME)
            .take_while(|t| {
                let joined = matches!(gap(end, t.start), " " | " & ");
                end = t.end;
                joined
            });
        let mut company = company.filter_map(|t| text.get(t.clone()));
        // `XYZ-3`: what is numbered so is a post, a box or a shelf.
        let tag = gap(span.end, span.end + 1) == "-"
            && tokens.get(after).is_some_and(|t| {
                let number = text.get(t.clone()).unwrap_or_default();
                t.start == span.end + 1 && number.len() <= TAG && number.bytes().all(|b| b.is_ascii_digit())
            });
        given
            || inverted
            || tag
            || company.any(|word| self.company_forms.contains(word))
            || next.is_some_and(|w| self.speech.contains(w) || self.company_tails.contains(w))
            || self.company_tails.contains(&two)
            || text
                .get(span.end..)
                .is_some_and(|t| t.trim_start().starts_with("t/a"))
            || self.other_senses.iter().any(|sense| {
                sense.find_iter(window(text, span, 80).1).any(|found| {
                    let offset = window(text, span, 80).0;
                    found.start() + offset < span.end && span.start < found.end() + offset
                })
            })
    }

    /// Whether makers call a product, a part or an office of theirs so.
    pub(crate) fn names_product(&self, word: &str) -> bool {
        self.product_words.contains(word)
    }

    /// Whether people are called so.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.given_names.contains(name)
    }

    /// Whether these words, as many of them as one act takes, tell what a person does.
    pub(crate) fn is_personal(&self, words: &[&str]) -> bool {
        (1..=words.len()).any(|n| {
            words
                .get(..n)
                .is_some_and(|act| self.person_acts.contains(&act.join(" ")))
        })
    }

    /// Whether numbers of cameras begin so: `IPC2122`.
    pub(crate) fn heads_number(&self, letters: &str) -> bool {
        self.device_heads.contains(letters)
    }

    /// Whether the words in front say that the name is a make: `marked X`, `both are by X`.
    pub(crate) fn tells_make(&self, text: &str, span: &Range<usize>) -> bool {
        let before = text.get(..span.start).unwrap_or_default();
        let before = before.trim_end_matches([' ', '"', '\'', '(']);
        let mut rest = self
            .make_verbs
            .iter()
            .filter_map(|verb| before.strip_suffix(verb.as_str()));
        rest.any(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    }

    /// Whether a bracket behind an abbreviation spells out something else: `UNV (unventilated)`.
    pub(crate) fn spelt_out(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
        let name = text.get(span.clone()).filter(|name| name.len() <= ABBREVIATION)?;
        let rest = text.get(span.end..)?.strip_prefix(" (")?;
        let words = rest.get(..rest.find(')')?)?;
        let mut letters = words.chars();
        let begins = words.starts_with(name.chars().next()?) && words.len() > name.len();
        let all = name.chars().all(|wanted| letters.any(|letter| letter == wanted));
        let start = span.end + 2;
        (begins && all).then_some(start..start + words.len())
    }

    /// Whether a header or the label in front asks for the make: `Make: X`.
    pub(crate) fn asks_for_make(&self, text: &str, span: &Range<usize>, header: &str) -> bool {
        let header = header.trim().to_lowercase().replace('_', " ");
        if self.make_labels.contains(header.as_str()) {
            return true;
        }
        let asks = |word: &str| self.make_labels.contains(word);
        if heading(text, span).is_some_and(|heading| heading.split(|c: char| !c.is_alphanumeric()).any(asks))
        {
            return true;
        }
        let before = text.get(..span.start).unwrap_or_default().trim_end();
        let Some(label) = before.strip_suffix([':', '=']) else {
            return false;
        };
        let label = label.trim_end();
        let start = label
            .rfind(['.', ';', ',', '|', '\n', ':', '"', '('])
            .map_or(0, |at| at + 1);
        label
            .get(start..)
            .is_some_and(|l| self.make_labels.contains(l.trim()))
    }
}

/// The heading over the cell that holds a span, in a table of lines of as many cells.
fn heading<'t>(text: &'t str, span: &Range<usize>) -> Option<&'t str> {
    let start = text.get(..span.start)?.rfind('\n')? + 1;
    let line = text.get(start..)?.split('\n').next()?;
    let mark = ['|', '\t', ';', ',']
        .into_iter()
        .find(|mark| line.contains(*mark))?;
    let cells = line.matches(mark).count();
    let column = text.get(start..span.start)?.matches(mark).count();
    let lines = text.get(..start)?.trim_end_matches('\n').rsplit('\n');
    let header = lines
        .take_while(|line| line.matches(mark).count() == cells)
        .last()?;
    header.split(mark).nth(column).map(str::trim)
}

/// One letter that is no count: `j swann`, not `4 x swann`.
fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()) && !matches!(word, "a" | "x" | "s")
}

/// Whether nothing but spaces and name punctuation stands between the token and `until`.
fn same_phrase(text: &str, tokens: &[Token], index: usize, until: usize) -> bool {
    tokens
        .get(index)
        .and_then(|t| text.get(t.end..until))
        .is_some_and(|gap| {
            gap.len() < 24
                && gap
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\''))
        })
}

/// The text around a span, on character boundaries, and where it starts.
fn window<'t>(text: &'t str, span: &Range<usize>, reach: usize) -> (usize, &'t str) {
    let mut start = span.start.saturating_sub(reach);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end + reach).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, text.get(start..end).unwrap_or_default())
}

/// What supports names in one text.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) marks: &'a Marks,
    /// How far a word may stand away.
    pub(crate) reach: usize,
    /// Another field of the record speaks of cameras.
    pub(crate) elsewhere: bool,
    /// Where makers are named beyond doubt.
    pub(crate) makers: Vec<Range<usize>>,
    pub(crate) labelled: Vec<Labelled>,
}

/// A label and a number of its products right behind it, or around it: `LABEL C310`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) label: Range<usize>,
    pub(crate) number: Range<usize>,
}

impl Labelled {
    /// Whether the number is written with the label in it.
    pub(crate) fn holds(&self, number: &Range<usize>) -> bool {
        self.number == *number && number.start == self.label.start
    }
}

impl<'a> Context<'a> {
    /// A row is one statement: what one of its cells says holds for all. So is a short line.
    pub(crate) fn new(text: &str, marks: &'a Marks, whole: bool, elsewhere: bool) -> Self {
        let reach = if whole { text.len() } else { NEAR };
        Self {
            marks,
            reach,
            elsewhere,
            makers: Vec::new(),
            labelled: Vec::new(),
        }
    }

    /// The number of its products that follows a label.
    pub(crate) fn number(&self, label: &Range<usize>) -> Option<Range<usize>> {
        let found = self.labelled.iter().find(|l| l.label == *label)?;
        Some(found.number.start.max(found.label.end)..found.number.end)
    }

    /// The label that a number of its products follows.
    pub(crate) fn label(&self, number: &Range<usize>) -> Option<Range<usize>> {
        let found = self.labelled.iter().find(|l| l.number == *number)?;
        Some(found.label.clone())
    }

    /// The camera word nearby, if any.
    pub(crate) fn camera(&self, span: &Range<usize>) -> Option<Range<usize>> {
        nearest(&self.marks.cameras, span, self.reach)
    }

    /// Whether a camera or another maker is spoken of in the same paragraph.
    pub(crate) fn is_about(&self, span: &Range<usize>) -> bool {
        [&self.marks.cameras, &self.makers]
            .into_iter()
            .any(|marks| nearest(marks, span, FAR).is_some())
    }

    pub(crate) fn measure(&self, span: &Range<usize>) -> Option<Range<usize>> {
        nearest(&self.marks.measures, span, self.reach)
    }

    pub(crate) fn equipment(&self, span: &Range<usize>) -> Option<Range<usize>> {
        nearest(&self.marks.equipment, span, self.reach)
    }

    /// Another place where a maker is named beyond doubt.
    pub(crate) fn maker(&self, span: &Range<usize>) -> Option<Range<usize>> {
        nearest(&self.makers, span, self.reach)
    }
}

/// No mark is longer, in bytes.
const LONGEST: usize = 64;

/// The mark nearest to a span that does not overlap it, within reach; of two the one before. Marks are in the order of
/// their ends. Looks at few of them, however many stand within reach: a text may be nothing but names.
fn nearest(marks: &[Range<usize>], span: &Range<usize>, reach: usize) -> Option<Range<usize>> {
    let (before, after) = marks.split_at(marks.partition_point(|m| m.end <= span.start));
    let last = before.last();
    // Of those that end together the first.
    let last = last.and_then(|last| before.get(before.partition_point(|m| m.end < last.end)));
    let mut behind = after.iter().filter(|m| m.start >= span.end);
    let next = behind.next().map(|first| {
        let close = behind.take_while(|m| m.start <= first.start + LONGEST);
        close.fold(first, |best, m| if m.start < best.start { m } else { best })
    });
    let gaps = [
        last.map(|m| (span.start - m.end, m)),
        next.map(|m| (m.start - span.end, m)),
    ];
    let within = gaps.into_iter().flatten().filter(|(gap, _)| *gap <= reach);
    within.min_by_key(|(gap, _)| *gap).map(|(_, m)| m.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mark_before_or_behind() {
        // The second lies in the third.
        let marks = [0..4, 20..22, 12..24, 30..34, 40..44];
        let at = |span: Range<usize>, reach| nearest(&marks, &span, reach);
        assert_eq!(at(6..8, 60), Some(0..4), "of two as near the one before");
        assert_eq!(at(8..10, 60), Some(12..24));
        assert_eq!(at(20..22, 60), Some(30..34), "none that overlaps");
        assert_eq!(at(36..38, 60), Some(30..34));
        assert_eq!(at(60..62, 60), Some(40..44));
        assert_eq!(at(60..62, 15), None);
        assert_eq!(nearest(&[], &(0..2), 60), None);
    }
}
