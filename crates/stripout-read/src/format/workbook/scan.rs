//! A look at the parts of a workbook before the library reads them: it would believe what they declare.

use std::io::Read;

use memchr::{memchr_iter, memmem, memrchr};
use stripout_model::{Code, Problem, Severity};

use crate::stream::problem_of;

/// Bytes looked at in one go.
const WINDOW: usize = 256 << 10;
/// Longest tag that is looked at whole.
const TAG: usize = 16 << 10;

/// Names the number of strings.
const DECLARED: &[u8] = b"uniqueCount";

/// What a part of XML shows from outside.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Tags, roughly.
    pub(super) tags: usize,
    pub(super) bytes: usize,
    /// Strings that it says to hold, at most.
    pub(super) declared: usize,
    /// There are NUL bytes: the letters of UTF-16 could not be read here as they will be.
    pub(super) wide: bool,
    /// Ranges of rows and of columns that are not shown, from 0.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// Reads a part to its end, or as far as it goes: what is seen counts, whatever stops the reading.
pub(super) fn scan(read: &mut dyn Read) -> (Seen, Option<Problem>) {
    let mut seen = Seen::default();
    let mut window = Vec::with_capacity(WINDOW + TAG);
    loop {
        let kept = window.len();
        let result = Read::take(&mut *read, WINDOW as u64).read_to_end(&mut window);
        let new = window.len() - kept;
        seen.bytes += new;
        seen.tags += memchr_iter(b'<', window.get(kept..).unwrap_or_default()).count();
        // Whole tags: what is open at the end is looked at with what follows.
        let last = memrchr(b'<', &window).filter(|at| window.len() - at < TAG);
        let end = if new == 0 {
            window.len()
        } else {
            last.unwrap_or(window.len())
        };
        let problem = seen.look(window.get(..end).unwrap_or_default());
        window.drain(..end);
        if let Err(error) = result {
            // What is left of the last tag was read as well.
            let problem = problem.or_else(|| seen.look(&window));
            return (seen, problem.or_else(|| Some(problem_of(error))));
        }
        if problem.is_some() || new == 0 {
            return (seen, problem);
        }
    }
}

impl Seen {
    fn look(&mut self, window: &[u8]) -> Option<Problem> {
        if memmem::find(window, b"<!ENTITY").is_some() {
            return Some(entities());
        }
        self.wide |= memchr::memchr(0, window).is_some();
        for at in memmem::find_iter(window, b"hidden") {
            self.hides(tag(window, at));
        }
        // Read more freely than XML allows: the library does, too.
        for at in memmem::find_iter(window, DECLARED) {
            let rest = window.get(at + DECLARED.len()..).unwrap_or_default();
            let digits = rest
                .iter()
                .skip_while(|b| !b.is_ascii_digit())
                .take_while(|b| b.is_ascii_digit());
            let declared = digits.fold(0_usize, |number, digit| {
                number
                    .saturating_mul(10)
                    .saturating_add(usize::from(digit - b'0'))
            });
            self.declared = self.declared.max(declared);
        }
        None
    }

    fn hides(&mut self, tag: &[u8]) {
        let end = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
        let name = tag.get(..end).unwrap_or_default();
        let name = name.rsplit(|b| *b == b':').next().unwrap_or_default();
        if !matches!(value(tag, b"hidden"), Some(b"1" | b"true")) {
            return;
        }
        let number = |name: &[u8]| attribute::<u32>(tag, name).and_then(|n| n.checked_sub(1));
        match name {
            b"row" => self.hidden_rows.extend(number(b"r").map(|row| (row, row))),
            b"col" => {
                let range = number(b"min").zip(number(b"max"));
                self.hidden_columns.extend(range.filter(|(min, max)| min <= max));
            }
            _ => {}
        }
    }
}

/// The inside of the tag around a place.
fn tag(window: &[u8], at: usize) -> &[u8] {
    let before = window.get(..at).unwrap_or_default();
    let start = memrchr(b'<', before).map_or(0, |open| open + 1);
    let rest = window.get(start..).unwrap_or_default();
    let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// The text of an attribute that stands after a space.
fn value<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    memmem::find_iter(tag, name).find_map(|at| {
        let before = at.checked_sub(1).and_then(|before| tag.get(before));
        let rest = tag
            .get(at + name.len()..)?
            .trim_ascii_start()
            .strip_prefix(b"=")?;
        let (quote, rest) = rest.trim_ascii_start().split_first()?;
        let value = rest.split(|b| b == quote).next();
        value.filter(|_| before.is_some_and(u8::is_ascii_whitespace))
    })
}

fn attribute<N: std::str::FromStr>(tag: &[u8], name: &[u8]) -> Option<N> {
    std::str::from_utf8(value(tag, name)?).ok()?.trim().parse().ok()
}

fn entities() -> Problem {
    Problem {
        code: Code::InputXmlEntity,
        severity: Severity::Input,
        place: String::new(),
        what: "a part of the workbook declares entities".into(),
        because: "entities can fetch files or grow without end; none is followed".into(),
        hint: "do not trust this file; no spreadsheet program writes such".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_seen_wherever_the_window_ends() {
        let mut sheet = String::from("<x:cols><x:col min=\"2\" max=\"3\" hidden=\"1\"/></x:cols>");
        for row in 1..20_000 {
            let hidden = if row % 7 == 0 {
                " hidden=\"1\""
            } else {
                " hidden=\"0\""
            };
            sheet.extend(["<row r=\"", &row.to_string(), "\"", hidden, "><c/></row>"]);
        }
        let (seen, problem) = scan(&mut sheet.as_bytes());
        assert_eq!(problem, None);
        assert_eq!(seen.hidden_columns, [(1, 2)]);
        assert_eq!(seen.hidden_rows.len(), 19_999 / 7);
        assert_eq!(seen.hidden_rows.first(), Some(&(6, 6)));
        assert_eq!(seen.bytes, sheet.len());
    }

    #[test]
    fn entities_and_declared_counts() {
        for sst in [
            "<sst count='9' uniqueCount='12'><si/></sst>",
            "<sst count='9'uniqueCount = \"12\" ><si/>\0</sst>",
        ] {
            let (seen, _) = scan(&mut sst.as_bytes());
            assert_eq!((seen.declared, seen.tags), (12, 3), "{sst}");
            assert_eq!(seen.wide, sst.contains('\0'));
        }
        let (_, problem) = scan(&mut &b"<!DOCTYPE a [<!ENTITY b 'c'>]>"[..]);
        assert_eq!(problem.map(|problem| problem.code), Some(Code::InputXmlEntity));
    }
}
