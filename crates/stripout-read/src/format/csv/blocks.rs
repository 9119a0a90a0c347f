//! Cuts a stream into blocks of whole rows.

use std::sync::Arc;

use stripout_model::Problem;

use super::parse::{CsvParse, too_large};
use super::record::{Scanner, trim_end};
use super::tally::{Fault, Tally};
use crate::input::Input;
use crate::{Block, Blocks, Parse};

/// Bytes of a block: small enough to share among threads, large enough to forget the hand-over.
pub(super) const BLOCK: usize = 1 << 20;

pub(super) struct CsvBlocks<'a> {
    input: Input<'a>,
    parser: Arc<CsvParse>,
    target: usize,
    /// Of the first byte of the buffer.
    offset: u64,
    line: u64,
    record: u64,
    quotes: Tally,
    problems: Vec<Problem>,
}

impl<'a> CsvBlocks<'a> {
    pub(super) fn new(input: Input<'a>, parser: Arc<CsvParse>, target: usize, problems: Vec<Problem>) -> Self {
        let offset = parser.plan.coding.mark as u64;
        Self { input, parser, target, offset, line: 1, record: 1, quotes: Tally::default(), problems }
    }

    /// Gives up a row that is longer than may be: drops its bytes up to the next line end.
    fn skip_row(&mut self) {
        self.problems.push(too_large(self.line, "row", self.parser.plan.limits.record_bytes as u64));
        self.record += 1;
        loop {
            let cr = self.parser.plan.dialect.cr;
            let end = self.input.buffer.iter().position(|b| *b == b'\n' || cr && *b == b'\r');
            let dropped = end.map_or(self.input.buffer.len(), |at| at + 1);
            let rest = self.input.buffer.split_off(dropped);
            self.offset += self.parser.plan.coding.stream_len(&self.input.buffer);
            self.input.buffer = rest;
            if end.is_some() {
                self.line += 1;
                return;
            }
            if self.input.ended {
                return;
            }
            self.input.fill(self.target);
        }
    }
}

impl Blocks for CsvBlocks<'_> {
    fn next(&mut self) -> Option<Block> {
        let plan = &Arc::clone(&self.parser).plan;
        let mut want = self.target;
        loop {
            self.input.fill(want);
            self.problems.extend(self.input.problem.take());
            if self.input.buffer.is_empty() {
                self.problems.extend(std::mem::take(&mut self.quotes).problems());
                return None;
            }
            let bytes = &self.input.buffer;
            let mut scanner = Scanner::new(bytes, plan.dialect, self.input.ended);
            let (mut end, mut lines, mut records) = (0, 0, 0);
            while end < bytes.len().min(self.target) {
                let Some(extent) = scanner.extent(end) else { break };
                let record = bytes.get(end..end + extent.len).unwrap_or_default();
                records += u64::from(plan.holds_data(trim_end(record)));
                if let Some(line) = extent.unclosed {
                    self.quotes.add(Fault::Quote, self.line + lines + line, String::new);
                }
                end += extent.len;
                lines += extent.lines;
            }
            if end == 0 {
                // The first row goes on beyond the buffer.
                if bytes.len() > plan.limits.record_bytes + self.target {
                    self.skip_row();
                    want = self.target;
                } else {
                    want = bytes.len() + self.target;
                }
                continue;
            }
            let rest = self.input.buffer.get(end..).unwrap_or_default().to_vec();
            let mut bytes = std::mem::replace(&mut self.input.buffer, rest);
            bytes.truncate(end);
            let block = Block { offset: self.offset, line: self.line, record: self.record, path: String::new(), bytes };
            self.offset += plan.coding.stream_len(&block.bytes);
            self.line += lines;
            self.record += records;
            return Some(block);
        }
    }

    fn parser(&self) -> Arc<dyn Parse> {
        self.parser.clone()
    }

    fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}
