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

    /// `None` when the stream does not reach so far, or the range is none.
    fn range(&mut self, start: u64, end: u64, limit: usize) -> io::Result<Option<Vec<u8>>> {
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
        let whole = self.last.get(..usize::try_from(length).unwrap_or(usize::MAX));
        Ok(whole.map(<[u8]>::to_vec))
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
