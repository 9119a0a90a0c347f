//! Delimited tables: CSV, TSV, semicolons, pipes.

mod blocks;
mod header;
mod parse;
mod plain;
mod profile;
mod record;
mod row;
mod sniff;
mod tally;

use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use stripout_model::{Code, Problem, Severity};

pub use record::csv_field;

use crate::encoding::{Coding, decode};
use crate::input::{Input, unreadable};
use crate::suffix::mismatch;
use crate::{Format, Head, Layout, Options, Part};
use blocks::{BLOCK, CsvBlocks};
use parse::{CsvParse, Plan};
use profile::{Profile, Sample};
use record::Dialect;

/// Bytes read before anything is decided: some 4,096 rows.
const SAMPLE: u64 = 1 << 20;
/// Bytes of them that tell the delimiter.
const SNIFFED: usize = 64 << 10;

pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn claims(&self, head: Head<'_>) -> bool {
        let options = Options::default();
        let Ok(coding) = Coding::sniff(head.bytes, head.whole, &options) else {
            return false;
        };
        let text = decode(head.bytes.get(coding.mark..).unwrap_or_default(), coding.encoding);
        !super::text::is_binary(&text)
            && !is_markdown(&text)
            && sniff::sniff(text.as_bytes(), head.whole, named(head.name), &options.limits).is_some()
    }

    fn open<'a>(
        &self,
        head: Head<'_>,
        stream: Box<dyn Read + Send + 'a>,
        options: &Options,
    ) -> Result<Part<'a>, Problem> {
        open(head, stream, options, BLOCK)
    }
}

/// Whether the file is named like a table.
fn named(name: &str) -> bool {
    let suffix = name
        .rsplit_once('.')
        .map_or("", |(_, suffix)| suffix)
        .to_ascii_lowercase();
    matches!(suffix.as_str(), "csv" | "tsv" | "tab" | "psv" | "ssv")
}

/// Opens the rows of a sheet.
pub(crate) fn table_layer<'a>(
    head: Head<'_>,
    stream: Box<dyn Read + Send + 'a>,
    options: &Options,
) -> Result<Part<'a>, Problem> {
    let options = Options {
        encoding: Some("utf-8".into()),
        ..options.clone()
    };
    open_as(head, stream, &options, BLOCK, true)
}

fn open<'a>(
    head: Head<'_>,
    stream: Box<dyn Read + Send + 'a>,
    options: &Options,
    block: usize,
) -> Result<Part<'a>, Problem> {
    open_as(head, stream, options, block, false)
}

fn open_as<'a>(
    head: Head<'_>,
    mut stream: Box<dyn Read + Send + 'a>,
    options: &Options,
    block: usize,
    sheet: bool,
) -> Result<Part<'a>, Problem> {
    let expected = if head.whole { head.bytes.len() } else { BLOCK };
    // A little more than fits, so that the end is found without growing.
    let mut sample = Vec::with_capacity(expected + 64);
    let mut problems = Vec::new();
    let read = stream.by_ref().take(SAMPLE).read_to_end(&mut sample);
    if let Err(error) = &read {
        problems.push(unreadable(error));
    }
    let ended = !matches!(read, Ok(n) if n as u64 == SAMPLE);
    let coding = Coding::sniff(&sample, ended, options)?;
    problems.extend(coding.problem());
    let input = Input::new(sample, stream, coding, ended);
    let start = input.get(..SNIFFED.min(input.len())).unwrap_or_default();
    let all = ended && start.len() == input.len();
    let text = decode(start, coding.in_memory());
    let sniffed = if sheet {
        Some(sniff::of_layer(text.as_bytes(), all, &options.limits))
    } else {
        sniff::sniff(text.as_bytes(), all, true, &options.limits)
    };
    let dialect = sniffed.ok_or_else(|| no_table(head.name))?;
    let mut first = FirstRows::of(&input, dialect, coding, ended, header::FEW);
    let mut header = header::find(&first.cells, &options.sources);
    if header
        .as_ref()
        .is_none_or(|header| header.row > header::FEW / 2 || header.layout.known() < 3)
    {
        first = FirstRows::of(&input, dialect, coding, ended, header::ROWS);
        header = header::find(&first.cells, &options.sources);
    }
    let mut plan = Plan {
        dialect,
        sheet,
        coding,
        limits: options.limits,
        layout: Layout::unnamed(dialect.width),
        width: dialect.width,
        profile: Profile::default(),
        header: Vec::new(),
        header_at: 0,
    };
    let mut data = 0;
    if let Some(header) = header {
        data = header.row + header.rows;
        let extents = first.extents.get(header.row..data).unwrap_or_default();
        let start = extents.first().map_or(0, |extent| extent.start);
        let before = input.get(..start).unwrap_or_default();
        plan.header_at = coding.mark as u64 + coding.stream_len(before);
        plan.header = extents
            .iter()
            .map(|e| input.get(e.clone()).unwrap_or_default().to_vec())
            .collect();
        plan.width = header
            .layout
            .header
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1);
        plan.dialect.width = header.layout.header.len();
        plan.layout = header.layout;
        plan.layout.titled(
            &first
                .cells
                .get(..header.row)
                .unwrap_or_default()
                .concat()
                .join(" "),
        );
    } else {
        problems.push(headless());
    }
    let at = first.extents.get(data).map_or(input.len(), |extent| extent.start);
    let sample = Sample {
        bytes: input.get(at..).unwrap_or_default(),
        dialect: plan.dialect,
        coding,
        ended,
    };
    plan.profile = Profile::of(&sample, &mut plan.layout, options, &mut problems);
    problems.extend(wrong_suffix(head.name).filter(|_| !sheet));
    let kind = plan.layout.kind;
    let parser = Arc::new(CsvParse::new(plan));
    let blocks = Box::new(CsvBlocks::new(input, parser, block, problems));
    Ok(Part {
        member: None,
        reserve: None,
        format: "csv",
        kind,
        blocks,
    })
}

/// The rows among which the header is looked for.
struct FirstRows {
    /// Of rows that are not blank.
    cells: Vec<Vec<String>>,
    /// Where they are in the sample, without line ends.
    extents: Vec<Range<usize>>,
}

impl FirstRows {
    fn of(bytes: &[u8], dialect: Dialect, coding: Coding, ended: bool, most: usize) -> Self {
        let mut first = Self {
            cells: Vec::new(),
            extents: Vec::new(),
        };
        Sample {
            bytes,
            dialect,
            coding,
            ended,
        }
        .rows(most, |extent, text, cells| {
            first
                .cells
                .push(cells.iter().map(|cell| cell.text(text).into_owned()).collect());
            first.extents.push(extent);
        });
        first
    }
}

fn no_table(name: &str) -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "the file looked like a table at first, but its rows do not agree on a delimiter".into(),
        because: format!("no comma, tab, semicolon or bar parts the rows of `{name}` into the same columns"),
        hint: "save it again as CSV with one header row".into(),
    }
}

fn headless() -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Warning,
        place: String::new(),
        what:
            "no row names the columns; every cell is screened, but none is taken as supplier, amount or date"
                .into(),
        because: "the first rows all look like data".into(),
        hint: "put a row of column names on top of the file".into(),
    }
}

/// A file named as JSON has been told of already.
fn wrong_suffix(name: &str) -> Option<Problem> {
    mismatch(name, &["csv", "tsv", "txt", "json", "jsonl"], "a delimited table")
}

/// A table drawn with bars in running text has a ruled line under its head: `|---|---|`.
fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        line.starts_with('|')
            && line.contains("--")
            && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
    })
}
