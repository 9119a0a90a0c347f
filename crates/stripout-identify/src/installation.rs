//! Where the equipment is and what sort of device it is, where the words around a name state it. What they leave open stays
//! open: a place that only may be meant would put a camera where there is none.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use stripout_catalogue::{DeviceWords, InstallationWords, SiteWords};
use stripout_model::{Installation, Role, Shape};

use crate::reply::stands_alone;
use crate::unit::{Cell, Unit};

/// Words after a name, and before it, in which it is said what sort of device it is.
const NEAR: usize = 4;
/// Bytes of a sentence before and after a name that bear on it: a text without a stop is none.
const REACH: usize = 600;
/// Characters of a cell that names a place or a sort of device.
const SHORT: usize = 60;

#[derive(Debug)]
pub(crate) struct Installations {
    site: SiteWords,
    sensitive: Phrases,
    not_sensitive: Phrases,
    device: Vec<DeviceWords>,
}

/// Phrases that are looked for at once, as whole words.
#[derive(Debug)]
struct Phrases(AhoCorasick);

impl Phrases {
    fn new(phrases: &[String]) -> Self {
        Self(AhoCorasick::new(phrases).expect("few short phrases"))
    }

    fn found_in(&self, text: &str) -> bool {
        self.0
            .find_overlapping_iter(text)
            .any(|found| stands_alone(text, &found.range()))
    }
}

/// What the cells of a row say of what stands in the others: each with its passage.
#[derive(Debug, Default)]
pub(crate) struct Row<'u> {
    sites: Vec<(usize, &'u str)>,
    sensitive: Vec<(usize, &'u str)>,
    kinds: Vec<(usize, &'u str)>,
}

/// A word of a sentence.
struct Word<'t> {
    text: &'t str,
    lower: String,
    /// A mark closes it: nothing runs on over it.
    closed: bool,
}

impl Installations {
    pub(crate) fn new(words: &InstallationWords) -> Self {
        Self {
            site: words.site.clone(),
            sensitive: Phrases::new(&words.site.sensitive),
            not_sensitive: Phrases::new(&words.site.not_sensitive),
            device: words.device.clone(),
        }
    }

    /// What the cells of a row say of what stands in the others. Only they speak of one another; the paragraphs of a text are as
    /// many as it has pages.
    pub(crate) fn row<'u>(&'u self, unit: &'u Unit<'_>) -> Row<'u> {
        let cells = if unit.shape == Shape::Row {
            unit.cells.as_slice()
        } else {
            &[]
        };
        let mut row = Row::default();
        for cell in cells {
            let Some(text) = unit.text.get(cell.span.clone()) else {
                continue;
            };
            let column = cell.name.trim().to_lowercase();
            if self.site.columns.contains(&column) {
                row.sites.push((cell.passage, text.trim()));
            }
            if self.site.sensitive_columns.contains(&column) {
                row.sensitive.push((cell.passage, text.trim()));
            }
            let described = matches!(cell.role, Role::Text | Role::Category | Role::Purpose);
            if let Some(kind) = self.cell_device(text).filter(|_| described) {
                row.kinds.push((cell.passage, kind));
            }
        }
        row
    }

    /// What is said of the equipment named at `span` of the unit's text, which stands in `cell` of this row.
    pub(crate) fn around(
        &self,
        unit: &Unit<'_>,
        row: &Row<'_>,
        cell: &Cell<'_>,
        span: &Range<usize>,
    ) -> Installation {
        let text = unit.text.as_ref();
        let sentence = sentence(text, &cell.span, span);
        let words = text.get(sentence.clone()).unwrap_or_default();
        let site = other(&row.sites, cell).and_then(|site| self.cell_site(site));
        let stated = other(&row.sensitive, cell).and_then(|said| {
            let said = said.to_lowercase();
            let (yes, no) = (self.site.yes.contains(&said), self.site.no.contains(&said));
            yes.then_some(true).or(no.then_some(false))
        });
        let before = text.get(sentence.start..span.start).unwrap_or_default();
        let after = text.get(span.end..sentence.end).unwrap_or_default();
        let typed = || {
            let mut kinds = row.kinds.iter().filter(|(passage, _)| *passage != cell.passage);
            let (_, first) = kinds.next()?;
            kinds.all(|(_, kind)| kind == first).then_some(*first)
        };
        Installation {
            site: site.or_else(|| self.named_site(words)),
            sensitive: stated.or_else(|| self.sensitive(words)),
            device: typed().or_else(|| self.device(before, after)).map(str::to_owned),
        }
    }

    fn cell_site(&self, cell: &str) -> Option<String> {
        let lower = cell.to_lowercase();
        let named = cell.chars().any(char::is_alphabetic) && cell.chars().count() <= SHORT;
        (named && !self.site.never.contains(&lower)).then(|| one_line(cell))
    }

    /// The one place that a sentence names after `at`, by a name that ends in what places are called.
    fn named_site(&self, sentence: &str) -> Option<String> {
        let words = words(sentence);
        let mut found: Vec<String> = Vec::new();
        for at in 0..words.len() {
            let opens = words
                .get(at)
                .is_some_and(|word| !word.closed && self.site.at.contains(&word.lower));
            if !opens {
                continue;
            }
            let article = words
                .get(at + 1)
                .filter(|word| self.site.articles.contains(&word.lower));
            let from = at + 1 + usize::from(article.is_some());
            let Some(end) = self.name_end(&words, from) else {
                continue;
            };
            if self.goes_on(&words, end) {
                return None;
            }
            let name = words.get(from..end).unwrap_or_default();
            let name: Vec<&str> = name.iter().map(|word| word.text).collect();
            let name = name.join(" ");
            if !found.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                found.push(name);
            }
        }
        <[String; 1]>::try_from(found).ok().map(|[one]| one)
    }

    /// Behind the last word of a name that begins at `from`: capitals, what joins them, and a noun of places at its end.
    fn name_end(&self, words: &[Word<'_>], from: usize) -> Option<usize> {
        let capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase);
        let is_noun = |word: &Word<'_>| self.site.nouns.contains(&word.lower);
        words.get(from).filter(|word| capital(word) && !word.closed)?;
        let mut end = None;
        for (at, word) in words.iter().enumerate().skip(from + 1) {
            if !(capital(word) || is_noun(word) || self.site.joins.contains(&word.lower)) {
                break;
            }
            if is_noun(word) {
                end = Some(at + 1);
            }
            if word.closed {
                break;
            }
        }
        end
    }

    /// Whether another place follows: `and Template Court`, `, Sample Street`.
    fn goes_on(&self, words: &[Word<'_>], end: usize) -> bool {
        let capital = |at: usize| {
            words
                .get(at)
                .is_some_and(|word| word.text.starts_with(char::is_uppercase))
        };
        let listed = end
            .checked_sub(1)
            .and_then(|last| words.get(last))
            .is_some_and(|last| last.closed);
        let counted = words
            .get(end)
            .is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()) && word.closed);
        let more = words
            .get(end)
            .is_some_and(|word| self.site.more.contains(&word.lower));
        more || listed && capital(end) || counted && capital(end + 1)
    }

    fn sensitive(&self, sentence: &str) -> Option<bool> {
        let lower = one_line(sentence).to_lowercase();
        if self.not_sensitive.found_in(&lower) {
            return Some(false);
        }
        self.sensitive.found_in(&lower).then_some(true)
    }

    /// A cell that is the name of a sort of device, and no more.
    fn cell_device(&self, cell: &str) -> Option<&str> {
        let lower = one_line(cell).to_lowercase();
        let mut kinds = self.device.iter();
        kinds
            .find(|kind| kind.words.contains(&lower))
            .map(|kind| kind.kind.as_str())
    }

    /// Behind the name first: `Examplecam dome cameras`, else before it: `cameras made by Examplecam`.
    fn device(&self, before: &str, after: &str) -> Option<&str> {
        let after = words(after);
        let stop = after
            .iter()
            .position(|word| word.closed)
            .map_or(after.len(), |at| at + 1);
        let near = after.get(..stop.min(NEAR)).unwrap_or_default();
        let before = words(before);
        let from = before.iter().rposition(|word| word.closed).map_or(0, |at| at + 1);
        let own = before
            .get(from.max(before.len().saturating_sub(NEAR))..)
            .unwrap_or_default();
        match self.kinds(near).as_slice() {
            [] => match self.kinds(own).as_slice() {
                [one] => Some(one),
                _ => None,
            },
            [one] => Some(one),
            _ => None,
        }
    }

    /// The sorts of device named, the longest words first at each place.
    fn kinds(&self, words: &[Word<'_>]) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (1..=3usize).rev().find_map(|length| {
                let run: Vec<&str> = words
                    .get(at..at + length)?
                    .iter()
                    .map(|word| word.lower.as_str())
                    .collect();
                let run = run.join(" ");
                let mut kinds = self.device.iter();
                let kind = kinds.find(|kind| kind.words.contains(&run))?;
                Some((kind.kind.as_str(), length))
            });
            let (kind, length) = longest.map_or((None, 1), |(kind, length)| (Some(kind), length));
            found.extend(kind.filter(|kind| !found.contains(kind)));
            at += length;
        }
        found
    }
}

/// The first that another cell says.
fn other<'u>(said: &[(usize, &'u str)], cell: &Cell<'_>) -> Option<&'u str> {
    let mut others = said.iter().filter(|(passage, _)| *passage != cell.passage);
    others.next().map(|(_, said)| *said)
}

/// The sentence or line of the cell in which `span` stands.
fn sentence(text: &str, cell: &Range<usize>, span: &Range<usize>) -> Range<usize> {
    const STOPS: [&str; 6] = [". ", "? ", "! ", "; ", "\n", ".\n"];
    let first = text.ceil_char_boundary(cell.start.max(span.start.saturating_sub(REACH)));
    let last = text.floor_char_boundary(cell.end.min(span.end.saturating_add(REACH)));
    let before = text.get(first..span.start).unwrap_or_default();
    let after = text.get(span.end..last).unwrap_or_default();
    let start = STOPS
        .iter()
        .filter_map(|stop| before.rfind(stop).map(|at| first + at + stop.len()))
        .max();
    let end = STOPS
        .iter()
        .filter_map(|stop| after.find(stop).map(|at| span.end + at + 1))
        .min();
    start.unwrap_or(first)..end.unwrap_or(last)
}

fn words(text: &str) -> Vec<Word<'_>> {
    text.split_whitespace()
        .map(|written| {
            let word = written.trim_matches(|c: char| !c.is_alphanumeric());
            Word {
                text: word,
                lower: word.to_lowercase(),
                closed: written.ends_with([',', '.', ';', ':', ')', '?', '!', '|']),
            }
        })
        .filter(|word| !word.text.is_empty())
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
