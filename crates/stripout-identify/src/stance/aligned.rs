//! Tables whose columns are only set apart by blanks, commas or semicolons, as they are pasted into letters.

use std::ops::Range;

/// Cells of a line that make it a row: two are as often a wrapped line with a wide gap.
const CELLS: usize = 3;
/// Blanks that part cells.
const GAP: &str = "  ";

/// Where the blanks, commas or semicolons between the cells of aligned rows are, in order.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    gaps: Vec<Range<usize>>,
    /// The rows.
    lines: Vec<Range<usize>>,
    /// Where the words of rows begin that leave their first cell empty.
    indents: Vec<usize>,
}

impl Aligned {
    /// Of the text in `window`: neighbouring lines of as many cells.
    pub(super) fn of(text: &str, window: &Range<usize>) -> Self {
        let mut found = Self::default();
        let shown = text.get(window.clone()).unwrap_or_default();
        if !shown.contains(GAP) && !shown.contains([',', ';']) {
            return found;
        }
        let mut start = window.start;
        let mut before: Option<(Range<usize>, Vec<Range<usize>>)> = None;
        for line in shown.split('\n') {
            let span = start..start + line.len();
            start = span.end + 1;
            let gaps = gaps(line, span.start);
            let is_row = gaps.len() + 1 >= CELLS && !line.contains(['|', '\t']);
            // A header whose first column has no heading begins with blanks.
            let indented = before.as_ref().and_then(|(line, known)| {
                let words = shown.get(line.start - window.start..line.end - window.start)?;
                let indent = words.len() - words.trim_start().len();
                let fits = is_row && indent >= GAP.len() && known.len() + 1 == gaps.len();
                fits.then_some(line.start + indent)
            });
            found.indents.extend(indented);
            let goes_on = before
                .as_ref()
                .is_some_and(|(_, known)| is_row && (known.len() == gaps.len() || indented.is_some()));
            if goes_on {
                if let Some((line, known)) = before.take()
                    && found.lines.last() != Some(&line)
                {
                    found.gaps.extend(known);
                    found.lines.push(line);
                }
                found.gaps.extend(gaps.iter().cloned());
                found.lines.push(span.clone());
            }
            let leads = line.starts_with(GAP) && gaps.len() + 2 >= CELLS;
            before = (is_row || leads).then_some((span, gaps));
        }
        found
    }

    /// The end of the gap that starts at `at`, where one parts two cells.
    pub(super) fn gap(&self, at: usize) -> Option<usize> {
        let index = self.gaps.binary_search_by_key(&at, |gap| gap.start).ok()?;
        self.gaps.get(index).map(|gap| gap.end)
    }

    /// Whether the words of a row begin at `at` whose first cell is empty.
    pub(super) fn is_indented(&self, at: usize) -> bool {
        self.indents.binary_search(&at).is_ok()
    }

    /// Whether a row ends at `end`.
    pub(super) fn row_ends(&self, end: usize) -> bool {
        self.lines.binary_search_by_key(&end, |line| line.end).is_ok()
    }

    /// Whether a row starts at `start`.
    pub(super) fn row_starts(&self, start: usize) -> bool {
        self.lines.iter().any(|line| line.start == start)
    }
}

/// The wide gaps inside a line that starts at byte `start`.
fn gaps(line: &str, start: usize) -> Vec<Range<usize>> {
    // Rows of CSV: a comma of a sentence has a blank behind it.
    if line.contains(',') && !line.contains(", ") {
        let commas = memchr::memchr_iter(b',', line.as_bytes());
        return commas.map(|at| start + at..start + at + 1).collect();
    }
    // `Make;Model;Qty` and `vendor=X; state=live`
    if line.matches(';').count() + 1 >= CELLS {
        let marks = memchr::memchr_iter(b';', line.as_bytes());
        let blanks = |at: usize| {
            let rest = line.get(at + 1..).unwrap_or_default();
            rest.len() - rest.trim_start_matches(' ').len()
        };
        return marks.map(|at| start + at..start + at + 1 + blanks(at)).collect();
    }
    let words = line.trim();
    let indent = line.len() - line.trim_start().len();
    let mut gaps = Vec::new();
    let mut at = 0;
    while let Some(found) = words.get(at..).and_then(|rest| rest.find(GAP)) {
        let from = at + found;
        let rest = words.get(from..).unwrap_or_default();
        let width = rest.len() - rest.trim_start_matches(' ').len();
        gaps.push(start + indent + from..start + indent + from + width);
        at = from + width;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_beside_rows() {
        let count = |text: &str| Aligned::of(text, &(0..text.len())).gaps.len();
        assert_eq!(count("Site   A   B\nHall   1   2\nDepot  3   4"), 6);
        assert_eq!(count("Site,A,B\nHall,1,2\nDepot,3,4"), 6);
        assert_eq!(count("Site;A;B\nHall;1;2"), 4);
        assert_eq!(count("name=a; make=b; vlan=1\nname=c; make=d; vlan=2"), 4);
        assert_eq!(count("one; two; three\nfour; five"), 0);
        assert_eq!(count("        A   B\nHall   1   2"), 3);
        assert_eq!(count("one, two, three\nfour, five, six"), 0);
        assert_eq!(count("one  sentence  alone"), 0);
        assert_eq!(count("two cells  here\nand  there"), 0);
        assert_eq!(count("a  b  c\n\nd  e  f"), 0);
        assert_eq!(count("a | b  c  d\ne | f  g  h"), 0);
    }
}
