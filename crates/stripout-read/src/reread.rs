//! Takes passages out of a source again by their locators: the proof that an excerpt stands where we say.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::{ControlFlow, Range};

use encoding_rs::Encoding;
use stripout_model::{Code, Escape, Locator, Problem, Severity};

use crate::container::{Stream, Wish, streams};
use crate::format::{csv_field, under_heading};
use crate::json::decode;
use crate::stream::problem_of;
use crate::{Options, Source};

/// The text of one passage.
pub fn reread(source: Source<'_>, options: &Options, locator: &Locator) -> Result<String, Problem> {
    reread_all(source, options, &[locator])
        .pop()
        .unwrap_or_else(|| Err(absent(locator)))
}

/// The texts of many passages, in the order of `locators`; each member is unpacked once.
#[expect(clippy::needless_pass_by_value, reason = "reading uses the source up")]
pub fn reread_all(
    source: Source<'_>,
    options: &Options,
    locators: &[&Locator],
) -> Vec<Result<String, Problem>> {
    let mut texts: Vec<Result<String, Problem>> =
        locators.iter().map(|locator| Err(absent(locator))).collect();
    let mut by_member: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (at, locator) in locators.iter().enumerate() {
        by_member.entry(locator.member.clone()).or_default().push(at);
    }
    let members: Vec<Option<&str>> = locators.iter().map(|locator| locator.member.as_deref()).collect();
    let limits = options.limits;
    let mut left = by_member.len();
    let visit = &mut |stream: Result<Stream<'_>, Problem>| {
        // What cannot be opened leaves its passages absent.
        let Ok(mut stream) = stream else {
            return ControlFlow::Continue(());
        };
        let Some(wanted) = by_member.get_mut(&stream.member) else {
            return ControlFlow::Continue(());
        };
        let mut reader = Skipping {
            stream: &mut stream,
            at: 0,
            last: Vec::new(),
            headings: BTreeMap::new(),
        };
        for step in steps(locators, &std::mem::take(wanted)) {
            match step {
                Step::Heading { start, end } => {
                    if let Ok(Some(bytes)) = reader.range(start, end, limits.record_bytes) {
                        reader.headings.insert(start, bytes);
                    }
                }
                Step::Passage { at, .. } => {
                    if let (Some(locator), Some(text)) = (locators.get(at), texts.get_mut(at)) {
                        *text = reader.passage(locator, limits.record_bytes);
                    }
                }
            }
        }
        left -= 1;
        if left == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = streams(
        source.bytes,
        source.name,
        options,
        &Wish::Members(&members),
        visit,
    );
    texts
}

/// A run of text with what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    pub before: String,
    pub passage: String,
    pub after: String,
}

/// A run of text with up to `margin` bytes on each side, in whole words. Of fields and strings, which end where they end,
/// there is none.
#[expect(clippy::needless_pass_by_value, reason = "reading uses the source up")]
pub fn reread_around(
    source: Source<'_>,
    options: &Options,
    locator: &Locator,
    margin: u64,
) -> Result<Surroundings, Problem> {
    let mut found = Err(absent(locator));
    let members = [locator.member.as_deref()];
    let visit = &mut |stream: Result<Stream<'_>, Problem>| {
        let Ok(mut stream) = stream else {
            return ControlFlow::Continue(());
        };
        if stream.member != locator.member {
            return ControlFlow::Continue(());
        }
        let mut reader = Skipping {
            stream: &mut stream,
            at: 0,
            last: Vec::new(),
            headings: BTreeMap::new(),
        };
        found = reader.around(locator, margin, options.limits.record_bytes);
        ControlFlow::Break(())
    };
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = streams(
        source.bytes,
        source.name,
        options,
        &Wish::Members(&members),
        visit,
    );
    found
}

/// What is read of a stream, in the order of its bytes: a heading before the rows under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Heading { start: u64, end: u64 },
    Passage { start: u64, at: usize },
}

fn steps(locators: &[&Locator], wanted: &[usize]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(wanted.len());
    for at in wanted {
        let Some(locator) = locators.get(*at) else {
            continue;
        };
        let start = locator.bytes.start;
        steps.push(Step::Passage { start, at: *at });
        if let Escape::Headed { headings, .. } = &locator.decoding.escape {
            let heading = |bytes: &Range<u64>| Step::Heading {
                start: bytes.start,
                end: bytes.end,
            };
            steps.extend(headings.iter().map(heading));
        }
    }
    let place = |step: &Step| match *step {
        Step::Heading { start, end } => (start, 0, end),
        Step::Passage { start, at } => (start, 1, at as u64),
    };
    steps.sort_by_key(place);
    steps.dedup();
    steps
}

/// Reads ranges in rising order, passing over what lies between. Ranges may overlap.
struct Skipping<'s, 'a> {
    stream: &'s mut Stream<'a>,
    at: u64,
    /// What was read last, which ends at `at`.
    last: Vec<u8>,
    /// Rows of headers by their first byte.
    headings: BTreeMap<u64, Vec<u8>>,
}

impl Skipping<'_, '_> {
    fn passage(&mut self, locator: &Locator, limit: usize) -> Result<String, Problem> {
        let bytes = self
            .range(locator.bytes.start, locator.bytes.end, limit)
            .map_err(problem_of)?;
        let bytes = bytes.ok_or_else(|| absent(locator))?;
        let encoding =
            Encoding::for_label(locator.decoding.encoding.as_bytes()).ok_or_else(|| absent(locator))?;
        match &locator.decoding.escape {
            Escape::Plain => Ok(decode(&bytes, encoding, false).into_owned()),
            Escape::Json => Ok(decode(&bytes, encoding, true).into_owned()),
            Escape::Csv { delimiter, column } => {
                csv_field(&decode(&bytes, encoding, false), *delimiter, *column)
                    .ok_or_else(|| absent(locator))
            }
            Escape::Headed {
                delimiter,
                column,
                headings,
            } => {
                let field = |bytes: &[u8]| csv_field(&decode(bytes, encoding, false), *delimiter, *column);
                let words = headings
                    .iter()
                    .filter_map(|bytes| field(self.headings.get(&bytes.start)?));
                let words: Vec<String> = words.map(|words| words.trim().to_owned()).collect();
                let cell = field(&bytes).ok_or_else(|| absent(locator))?;
                Ok(under_heading(words.join(" ").trim(), &cell))
            }
        }
    }

    fn around(&mut self, locator: &Locator, margin: u64, limit: usize) -> Result<Surroundings, Problem> {
        let encoding = Encoding::for_label(locator.decoding.encoding.as_bytes());
        let encoding = encoding.filter(|_| locator.decoding.escape == Escape::Plain);
        let encoding = encoding.ok_or_else(|| absent(locator))?;
        let Range { start, end } = locator.bytes.clone();
        let from = start.saturating_sub(margin);
        let bytes = self
            .reaching(from, end.saturating_add(margin), limit)
            .map_err(problem_of)?
            .ok_or_else(|| absent(locator))?;
        let place = |at: u64| usize::try_from(at.saturating_sub(from)).unwrap_or(usize::MAX);
        let (Some(before), Some(passage), Some(after)) = (
            bytes.get(..place(start)),
            bytes.get(place(start)..place(end)),
            bytes.get(place(end)..),
        ) else {
            return Err(absent(locator));
        };
        let text = |bytes: &[u8]| decode(bytes, encoding, false).into_owned();
        let (mut before, mut after) = (text(before), text(after));
        // A word that was cut is no word.
        if from > 0 {
            let whole = before.find(char::is_whitespace).unwrap_or(before.len());
            before.drain(..whole);
        }
        if bytes.len() > place(end.saturating_add(margin)).saturating_sub(1) {
            let whole = after.rfind(char::is_whitespace).unwrap_or_default();
            after.truncate(whole);
        }
        Ok(Surroundings {
            before,
            passage: text(passage),
            after,
        })
    }

    /// `None` when the stream does not reach so far, or the range is none.
    fn range(&mut self, start: u64, end: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let length = end.saturating_sub(start);
        let reached = self.reaching(start, end, limit)?;
        Ok(reached.filter(|bytes| u64::try_from(bytes.len()).ok() == Some(length)))
    }

    /// As far as the stream reaches.
    fn reaching(&mut self, start: u64, end: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let Some(length) = end
            .checked_sub(start)
            .filter(|n| usize::try_from(*n).is_ok_and(|n| n <= limit))
        else {
            return Ok(None);
        };
        let held = self.at - u64::try_from(self.last.len()).unwrap_or(self.at);
        if start < held {
            return Ok(None);
        }
        let keep = usize::try_from(start.min(self.at) - held).unwrap_or(self.last.len());
        self.last.drain(..keep.min(self.last.len()));
        if start > self.at {
            self.stream.read.skip(self.at, start)?;
            self.at = start;
        }
        let missing = end.saturating_sub(self.at);
        let got = self
            .stream
            .read
            .by_ref()
            .take(missing)
            .read_to_end(&mut self.last)?;
        self.at += u64::try_from(got).unwrap_or(missing);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        Ok(self.last.get(..length.min(self.last.len())).map(<[u8]>::to_vec))
    }
}

fn absent(locator: &Locator) -> Problem {
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Unit,
        place: locator.to_string(),
        what: "the passage is not there".into(),
        because: "the source does not reach so far, or has no such member".into(),
        hint: "check that it is the same file".into(),
    }
}
