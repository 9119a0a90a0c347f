//! Whether text is a table, and how it is written.

use crate::Limits;

use super::record::{Cell, Dialect, Scanner, split, trim_end};

/// Rows looked at.
const ROWS: usize = 60;

/// The dialect of a table, or `None` when the text is none. `whole`: nothing follows. `named`: the file's name says that
/// it is a table, which counts only where the text leaves it open.
pub(super) fn sniff(text: &[u8], whole: bool, named: bool, limits: &Limits) -> Option<Dialect> {
    if text
        .iter()
        .find(|b| !b.is_ascii_whitespace())
        .is_none_or(|b| *b == b'<')
    {
        return None;
    }
    let cr = lone_cr_ends_lines(text);
    let mut best: Option<(f64, Dialect)> = None;
    for delimiter in [b',', b'\t', b';', b'|'] {
        let dialect = Dialect {
            delimiter,
            width: 0,
            row_limit: limits.record_bytes,
            cr,
        };
        let Some(fit) = Fit::of(text, whole, dialect) else {
            continue;
        };
        if !fit.is_table(named) {
            continue;
        }
        let score = fit.share * f64::from(u32::try_from(fit.width.min(8)).unwrap_or(8) - 1).sqrt();
        if best.is_none_or(|(other, _)| score > other) {
            best = Some((
                score,
                Dialect {
                    width: fit.width,
                    ..dialect
                },
            ));
        }
    }
    best.map(|(_, dialect)| dialect)
}

/// The dialect of a sheet's rows as this program writes them.
pub(super) fn of_layer(text: &[u8], whole: bool, limits: &Limits) -> Dialect {
    let dialect = Dialect {
        delimiter: b',',
        width: 1,
        row_limit: limits.record_bytes,
        cr: false,
    };
    let width = Fit::of(text, whole, dialect).map_or(1, |fit| fit.width);
    Dialect { width, ..dialect }
}

/// How well the rows of a text agree on a delimiter.
struct Fit {
    rows: usize,
    /// Cells of most rows.
    width: usize,
    /// Share of rows with that many.
    share: f64,
    /// Whether the delimiter reads like punctuation: nearly always a space after it, and long pieces between.
    prose: bool,
}

impl Fit {
    fn of(text: &[u8], whole: bool, dialect: Dialect) -> Option<Self> {
        memchr::memchr(dialect.delimiter, text)?;
        // By physical lines first: a quote that never closes must not hide the table.
        let ends = |b: &u8| *b == b'\n' || dialect.cr && *b == b'\r';
        let mut cells = Vec::new();
        let mut widths = Widths::default();
        let mut lines = text
            .split(ends)
            .filter(|line| !line.trim_ascii().is_empty())
            .take(ROWS)
            .peekable();
        while let Some(line) = lines.next() {
            // The last line may be cut off.
            if lines.peek().is_some() || whole || widths.full.is_empty() {
                split(trim_end(line), dialect.delimiter, &mut cells);
                widths.add(line, &cells);
            }
        }
        // Cells of many lines outnumber the rows in some files; there the first line knows the width.
        let first = widths.full.first().copied().unwrap_or(0);
        let agreed = [widths.most().0, first].into_iter().filter(|width| *width >= 2);
        let fits = agreed.filter_map(|width| Self::with_width(text, whole, Dialect { width, ..dialect }));
        fits.reduce(|best, fit| if fit.share > best.share { fit } else { best })
    }

    /// By whole rows, as they are read later.
    fn with_width(text: &[u8], whole: bool, dialect: Dialect) -> Option<Self> {
        let mut cells = Vec::new();
        let mut scanner = Scanner::new(text, dialect, true);
        let mut widths = Widths::default();
        let mut at = 0;
        while at < text.len() && widths.full.len() < ROWS {
            let Some(extent) = scanner.extent(at) else { break };
            let line = text.get(at..at + extent.len).unwrap_or_default();
            at += extent.len;
            let cut_off = !whole && at == text.len() && !widths.full.is_empty();
            if !line.trim_ascii().is_empty() && !cut_off {
                split(trim_end(line), dialect.delimiter, &mut cells);
                widths.add(line, &cells);
            }
        }
        let (width, share) = widths.most();
        let spaced = widths.spaced * 10 > widths.delimiters * 7;
        let long = width == 2 || widths.bytes > 10 * (widths.delimiters + widths.full.len());
        let prose = matches!(dialect.delimiter, b',' | b';') && spaced && long;
        (width >= 2).then_some(Self {
            rows: widths.full.len(),
            width,
            share,
            prose,
        })
    }

    fn is_table(&self, named: bool) -> bool {
        match (self.rows, self.width) {
            _ if named => self.share >= 0.4 || self.width >= 3,
            _ if self.prose => false,
            (1, width) => width >= 8,
            (2, _) => self.share > 0.99,
            (_, 2) => self.share >= 0.85,
            _ => self.share >= 0.6,
        }
    }
}

#[derive(Default)]
struct Widths {
    full: Vec<usize>,
    /// Without empty cells at the end.
    used: Vec<usize>,
    delimiters: usize,
    /// Delimiters with a space after them.
    spaced: usize,
    bytes: usize,
}

impl Widths {
    fn add(&mut self, line: &[u8], cells: &[Cell]) {
        let used = cells
            .iter()
            .rposition(|cell| cell.len() > 0)
            .map_or(0, |last| last + 1);
        if used == 0 {
            return;
        }
        self.full.push(cells.len());
        self.used.push(used);
        self.delimiters += cells.len() - 1;
        // A comma that ends a line is punctuation as well.
        let spaced = |cell: &&Cell| {
            cell.bytes(line)
                .first()
                .is_none_or(|b| matches!(b, b' ' | b'\n' | b'\r'))
        };
        self.spaced += cells.iter().skip(1).filter(spaced).count();
        self.bytes += line.len();
    }

    /// The most common width and its share, whichever way of counting agrees best.
    fn most(&self) -> (usize, f64) {
        let (full, used) = (mode(&self.full), mode(&self.used));
        let (width, rows) = if used.1 > full.1 { used } else { full };
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        (width, count(rows) / count(self.full.len().max(1)))
    }
}

/// The most common value and how often it comes; the larger of equals.
fn mode(values: &[usize]) -> (usize, usize) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b);
    runs.filter_map(|run| Some((*run.first()?, run.len())))
        .max_by_key(|(value, len)| (*len, *value))
        .unwrap_or((0, 0))
}

/// Old Mac exports end lines with CR alone; elsewhere a lone CR is a slip inside a cell.
fn lone_cr_ends_lines(text: &[u8]) -> bool {
    let lone = memchr::memchr_iter(b'\r', text)
        .filter(|at| text.get(at + 1).is_some_and(|b| *b != b'\n'))
        .count();
    lone > 0 && lone >= memchr::memchr_iter(b'\n', text).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(text: &str) -> Option<(char, usize)> {
        sniff(text.as_bytes(), true, false, &Limits::default()).map(|d| (char::from(d.delimiter), d.width))
    }

    #[test]
    fn tables_and_prose() {
        for (text, want) in [
            ("a,b,c\n1,2,3\n", Some((',', 3))),
            ("a\tb\n1\t2\n3\t4\n", Some(('\t', 2))),
            (
                "date;amount;place\n2011;1,5;Galway\n2012;2,5;Cork\n2013;2,75;Cork\n",
                Some((';', 3)),
            ),
            ("Year|New|Other\n1986|44|35\n1987|50|39\n", Some(('|', 3))),
            ("Body,Supplier\rA,B\rC,D\r", Some((',', 2))),
            (
                "Dear Sir,\n\nThank you for your request, which we received today.\nYours, A. Body\n",
                None,
            ),
            (
                "Hello, world, how are you today\nBye, world, it was nice to see you\n",
                None,
            ),
            ("one\ntwo\nthree\n", None),
            ("<table>\n<tr><td>a,b</td></tr>\n</table>\n", None),
            ("", None),
        ] {
            assert_eq!(sniffed(text), want, "{text:?}");
        }
    }
}
