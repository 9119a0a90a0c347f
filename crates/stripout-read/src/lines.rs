//! The lines of a block, where each is a record of its own: a search parses only those with a hit.

use crate::{Block, json};

impl Block {
    /// Its lines, where each line is a record of its own.
    pub fn lines(&self) -> Option<Lines<'_>> {
        (self.path == json::LINES).then_some(Lines {
            block: self,
            at: 0,
            line: self.line,
            record: self.record,
        })
    }
}

/// A walk down a block, line by line or in leaps.
#[derive(Debug)]
pub struct Lines<'b> {
    block: &'b Block,
    /// Where it stands, always at the start of a line, with that line's numbers.
    at: usize,
    line: u64,
    record: u64,
}

impl Lines<'_> {
    /// The line around a byte as a block of its own, and where the next one starts. `None` behind that byte's line.
    pub fn around(&mut self, byte: usize) -> Option<(Block, usize)> {
        let bytes = &self.block.bytes;
        let passed = bytes.get(self.at..byte.min(bytes.len()))?;
        let start = self.at + memchr::memrchr(b'\n', passed).map_or(0, |at| at + 1);
        let passed = bytes.get(self.at..start)?;
        self.line += count(memchr::memchr_iter(b'\n', passed).count());
        self.record += count(json::contents(passed).count());
        let end = memchr::memchr(b'\n', bytes.get(start..)?).map_or(bytes.len(), |at| start + at + 1);
        let line = bytes.get(start..end)?;
        let block = Block {
            bytes: line.to_vec().into(),
            offset: self.block.offset + count(start),
            line: self.line,
            record: self.record,
            path: self.block.path.clone(),
        };
        self.at = end;
        self.line += 1;
        self.record += count(json::contents(line).count());
        Some((block, end))
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_block_with_its_own_numbers() {
        let block = Block {
            bytes: b"{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}".to_vec().into(),
            offset: 100,
            line: 11,
            record: 5,
            path: json::LINES.into(),
        };
        let mut lines = block.lines().unwrap();
        let (line, end) = lines.around(12).unwrap();
        assert_eq!(
            (&*line.bytes, line.offset, line.line, line.record),
            (&b"{\"b\":2}\n"[..], 109, 13, 6)
        );
        let (line, end) = lines.around(end + 3).unwrap();
        assert_eq!(
            (&*line.bytes, line.offset, line.line, line.record),
            (&b"{\"c\":3}"[..], 117, 14, 7)
        );
        assert_eq!(end, block.bytes.len());
        assert!(lines.around(3).is_none(), "no way back");
    }
}
