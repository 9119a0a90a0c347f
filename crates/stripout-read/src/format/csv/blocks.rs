//! Cuts a stream into blocks of whole rows.

use std::sync::Arc;

use stripout_model::Problem;

use super::parse::{CsvParse, too_large};
use super::record::{Scanner, trim_end};
use super::tally::{Fault, Tally};
use crate::input::Input;
use crate::{Block, Blocks, Parse};

/// Bytes of a block: small enough to share among threads, large enough to forget the hand-over.
pub(super) const BLOCK: usize = 1 << 18;

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
    pub(super) fn new(
        input: Input<'a>,
        parser: Arc<CsvParse>,
        target: usize,
        problems: Vec<Problem>,
    ) -> Self {
        let offset = parser.plan.coding.mark as u64;
        Self {
            input,
            parser,
            target,
            offset,
            line: 1,
            record: 1,
            quotes: Tally::default(),
            problems,
        }
    }

    /// Gives up a row that is longer than may be: drops its bytes up to the next line end.
    fn skip_row(&mut self) {
        self.problems.push(too_large(
            self.line,
            "row",
            self.parser.plan.limits.record_bytes as u64,
        ));
        self.record += 1;
        loop {
            let cr = self.parser.plan.dialect.cr;
            let end = self.input.iter().position(|b| *b == b'\n' || cr && *b == b'\r');
            let dropped = end.map_or(self.input.len(), |at| at + 1);
            let row = self.input.get(..dropped).unwrap_or_default();
            self.offset += self.parser.plan.coding.stream_len(row);
            self.input.forget(dropped);
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
            if self.input.is_empty() {
                self.problems.extend(std::mem::take(&mut self.quotes).problems());
                return None;
            }
            let bytes = &*self.input;
            let mut scanner = Scanner::new(bytes, plan.dialect, self.input.ended);
            let (mut end, mut lines, mut records) = (0, 0, 0);
            while end < bytes.len().min(self.target) {
                let Some(extent) = scanner.extent(end) else { break };
                let record = bytes.get(end..end + extent.len).unwrap_or_default();
                records += u64::from(plan.holds_data(trim_end(record)));
                if let Some(line) = extent.unclosed {
                    self.quotes
                        .add(Fault::Quote, self.line + lines + line, String::new);
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
            let block = Block {
                offset: self.offset,
                line: self.line,
                record: self.record,
                path: String::new(),
                bytes: self.input.cut(end),
            };
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io::Cursor;

    use proptest::prelude::*;
    use stripout_model::Record;

    use crate::{Head, Options, Sink};

    struct Lines(String);

    impl Sink for Lines {
        fn record(&mut self, record: &dyn Record) {
            writeln!(self.0, "{:?} {}", record.place(), record.whole()).unwrap();
        }

        fn problem(&mut self, problem: stripout_model::Problem) {
            writeln!(self.0, "{} {}", problem.code, problem.place).unwrap();
        }
    }

    /// The records that blocks of some size give.
    fn cut(bytes: &[u8], block: usize) -> String {
        let head = Head {
            bytes,
            whole: true,
            name: "x.csv",
        };
        let stream = Box::new(Cursor::new(bytes.to_vec()));
        let Ok(mut part) = super::super::open(head, stream, &Options::default(), block) else {
            return "no table".into();
        };
        let parser = part.blocks.parser();
        let mut lines = Lines(String::new());
        let mut bytes = 0;
        while let Some(block) = part.blocks.next() {
            assert!(!block.bytes.is_empty());
            bytes += block.bytes.len();
            parser.parse(&block, &mut lines);
        }
        writeln!(lines.0, "{bytes} bytes").unwrap();
        for problem in part.blocks.problems().into_iter().chain(parser.finish()) {
            writeln!(lines.0, "{} {}", problem.code, problem.place).unwrap();
        }
        lines.0
    }

    fn assert_same(bytes: &[u8]) {
        let whole = cut(bytes, super::BLOCK);
        for block in [1, 13, 100, 4096] {
            assert_eq!(
                cut(bytes, block),
                whole,
                "blocks of {block}: {}",
                bytes.escape_ascii()
            );
        }
    }

    #[test]
    fn where_blocks_end_does_not_matter() {
        let row = |i: usize| match i % 7 {
            0 => "Acme,\"two\nlines, and \"\"quotes\"\"\",1.50\r\n".to_owned(),
            1 => "\"never closed,x,2.50\n".to_owned(),
            2 => "\n".to_owned(),
            3 => "Supplier,Narrative,Amount\n".to_owned(),
            _ => format!("Sample {i},5\" pipe,\"{i},000.00\"\n"),
        };
        let text = (0..400)
            .map(row)
            .fold("Supplier,Narrative,Amount\n".to_owned(), |text, row| text + &row);
        assert_same(text.as_bytes());
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_same(&utf16);
        assert_same(text.replace("\r\n", "\r").replace('\n', "\r").as_bytes());
        assert!(cut(text.as_bytes(), 1).lines().count() > 200);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_depend_on_where_blocks_end(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("\""), Just(","), Just("\n"), Just("\r\n"), Just("\r"), Just(" "), Just("x"),
                    Just("a,b,c\n"), Just("\"d\",e,f\n"), Just("\u{a3}1,2,3\n"),
                ],
                0..80,
            ),
        ) {
            assert_same(format!("Supplier,Amount,Date\nA,1,2\n{}", pieces.concat()).as_bytes());
        }
    }
}
