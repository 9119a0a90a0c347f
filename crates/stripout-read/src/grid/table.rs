//! The lines of a sheet as CSV.

/// Longest table that is written a second time only to make its lines even.
const PADDED: usize = 64 << 20;

/// Lines of CSV.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) text: String,
    /// Cells of each line.
    widths: Vec<u32>,
    /// Cells of the last line.
    pub(super) width: u32,
    /// Commas for cells that hold nothing.
    pub(super) gaps: usize,
}

impl Table {
    /// Goes on to a row, once; gives where its line starts.
    pub(super) fn open_row(&mut self, row: u32) -> usize {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        if self.widths.len() <= rows {
            for _ in self.widths.len()..rows {
                self.end_line();
            }
            if !self.widths.is_empty() {
                self.text.push('\n');
            }
            self.widths.push(0);
            self.width = 0;
        }
        self.text.rfind('\n').map_or(0, |at| at + 1)
    }

    fn end_line(&mut self) {
        if !self.widths.is_empty() {
            self.text.push('\n');
        }
        self.widths.push(0);
        self.width = 0;
    }

    pub(super) fn push(&mut self, column: u32, text: &str) {
        // Of two cells at one place the first stays.
        if self.width > column {
            return;
        }
        let commas = column + 1 - self.width - u32::from(self.width == 0);
        for _ in 0..commas {
            self.text.push(',');
        }
        self.gaps += usize::try_from(commas.saturating_sub(1)).unwrap_or(usize::MAX);
        self.text.push_str(text);
        self.width = column + 1;
        if let Some(width) = self.widths.last_mut() {
            *width = self.width;
        }
    }

    pub(super) fn copy(&mut self, row: u32, line: &str, width: u32) {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        if self.widths.len() > rows {
            return;
        }
        self.open_row(row);
        self.text.push_str(line);
        self.width = width;
        if let Some(last) = self.widths.last_mut() {
            *last = width;
        }
    }

    /// The lines, all with as many cells where that does not make them much longer.
    pub(super) fn finish(self) -> Option<String> {
        let widest = self.widths.iter().copied().max().filter(|widest| *widest > 0)?;
        let lacking = |width: u32| {
            let commas = if width == 0 { widest - 1 } else { widest - width };
            usize::try_from(commas).unwrap_or(usize::MAX)
        };
        let padding: usize = self.widths.iter().map(|width| lacking(*width)).sum();
        if padding == 0 || padding > (1 << 20) + 2 * self.text.len() || self.text.len() > PADDED {
            return Some(self.text + "\n");
        }
        let mut padded = String::with_capacity(self.text.len() + padding + 1);
        for (line, width) in self.text.split('\n').zip(self.widths) {
            padded.push_str(line);
            padded.extend(std::iter::repeat_n(',', lacking(width)));
            padded.push('\n');
        }
        Some(padded)
    }
}

/// Writes a cell as CSV has it, on one line.
pub(super) fn field(out: &mut String, text: &str, limit: usize) {
    let text = text
        .get(..text.floor_char_boundary(limit.min(text.len())))
        .unwrap_or_default();
    let plain = |b: &u8| *b >= b' ' && !matches!(*b, b',' | b'"' | 0x7f) && *b != 0xc2;
    if text.as_bytes().iter().all(plain) {
        out.push_str(text);
        return;
    }
    let quoted = text.contains([',', '"']);
    if quoted {
        out.push('"');
    }
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' => out.push_str("\"\""),
            // Old programs leave the second byte of each letter in.
            '\0' => {}
            '\n' if before == '\r' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = c;
    }
    if quoted {
        out.push('"');
    }
}
