//! The records of an old Excel workbook, looked at before the library reads them: it lays out every sheet as a full
//! rectangle and believes what records declare.

use stripout_model::{Code, Problem, Severity};

use super::{damaged, encrypted};

/// Bytes that a cell of the rectangle takes.
const CELL: usize = 88;

/// Where the tokens of a formula begin, behind two bytes of their length.
const TOKENS: usize = 22;

/// What a workbook shows from outside.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// For each sheet, in order.
    pub(super) sheets: Vec<Sheet>,
}

#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) hidden_rows: Vec<u32>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Row and column of the first formula that is longer than its record, and how many there are.
    pub(super) broken_formulas: Option<((u16, u16), u64)>,
}

mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000a;
    pub(super) const EXTERN_SHEET: u16 = 0x0017;
    pub(super) const DEFINED_NAME: u16 = 0x0018;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const COLUMN_INFO: u16 = 0x007d;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const BOF: u16 = 0x0809;
    /// Of no kind that is read.
    pub(super) const NONE: u16 = 0xffff;
}

/// Looks at a workbook and takes out of it what may not be believed. `most`: bytes that its sheets may take laid out.
pub(super) fn look(stream: &mut [u8], most: usize) -> Result<Seen, Problem> {
    let mut sheets = Vec::new();
    let mut at = 0;
    while let Some(record) = Record::at(stream, at) {
        let data = record.data(stream);
        match record.kind {
            kind::FILE_PASS if data.iter().any(|b| *b != 0) => return Err(encrypted()),
            kind::BOUND_SHEET => {
                let start = u32_at(data, 0).and_then(|start| usize::try_from(start).ok());
                match start.filter(|start| *start < stream.len()) {
                    Some(start) => sheets.push(start),
                    None => return Err(outside()),
                }
            }
            // Only formulas need them, and those are not read.
            kind::DEFINED_NAME | kind::EXTERN_SHEET => record.forget(stream),
            kind::EOF => break,
            _ => {}
        }
        at = record.end;
    }
    let mut seen = Seen::default();
    let mut taken = 0_usize;
    for start in sheets {
        let (sheet, cells) = look_at_sheet(stream, start);
        taken = taken.saturating_add(cells.saturating_mul(CELL));
        seen.sheets.push(sheet);
    }
    if taken > most {
        return Err(too_wide(taken, most));
    }
    Ok(seen)
}

/// What a sheet hides, and how many cells the rectangle around its filled ones has.
fn look_at_sheet(stream: &mut [u8], start: usize) -> (Sheet, usize) {
    let mut sheet = Sheet::default();
    let mut area = Area::default();
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(record) = Record::at(stream, at) {
        at = record.end;
        let data = record.data(stream);
        match record.kind {
            kind::BOF => depth += 1,
            kind::EOF if depth <= 1 => break,
            kind::EOF => depth -= 1,
            // Room for as many cells as it says would be made.
            kind::DIMENSIONS => record.forget(stream),
            kind::FORMULA => {
                let place = u16_at(data, 0).zip(u16_at(data, 2));
                if depth <= 1 {
                    area.add(u16_at(data, 0), u16_at(data, 2));
                }
                if let (true, Some(place)) = (record.empty_formula(stream), place) {
                    sheet.broken_formulas.get_or_insert((place, 0)).1 += 1;
                }
            }
            _ if depth > 1 => {}
            kind::ROW if data.get(12).is_some_and(|flags| flags & 0x20 != 0) => {
                sheet.hidden_rows.extend(u16_at(data, 0).map(u32::from));
            }
            kind::COLUMN_INFO if data.get(8).is_some_and(|flags| flags & 1 != 0) => {
                let range = u16_at(data, 0).zip(u16_at(data, 2));
                let range = range.filter(|(first, last)| first <= last);
                sheet
                    .hidden_columns
                    .extend(range.map(|(first, last)| (u32::from(first), u32::from(last))));
            }
            kind::MUL_RK => {
                area.add(u16_at(data, 0), u16_at(data, 2));
                let last = data.len().checked_sub(2).and_then(|end| u16_at(data, end));
                area.add(u16_at(data, 0), last);
            }
            kind::NUMBER | kind::LABEL | kind::RICH_STRING | kind::LABEL_SST | kind::BOOL_ERR | kind::RK => {
                area.add(u16_at(data, 0), u16_at(data, 2));
            }
            _ => {}
        }
    }
    (sheet, area.cells())
}

/// The rectangle around cells.
#[derive(Debug, Default)]
struct Area(Option<((u16, u16), (u16, u16))>);

impl Area {
    fn add(&mut self, row: Option<u16>, column: Option<u16>) {
        let (Some(row), Some(column)) = (row, column) else {
            return;
        };
        let ((top, bottom), (left, right)) = self.0.unwrap_or(((row, row), (column, column)));
        self.0 = Some((
            (top.min(row), bottom.max(row)),
            (left.min(column), right.max(column)),
        ));
    }

    fn cells(&self) -> usize {
        self.0.map_or(0, |((top, bottom), (left, right))| {
            (usize::from(bottom - top) + 1) * (usize::from(right - left) + 1)
        })
    }
}

#[derive(Debug, Clone, Copy)]
struct Record {
    kind: u16,
    start: usize,
    end: usize,
}

impl Record {
    fn at(stream: &[u8], at: usize) -> Option<Self> {
        let head = stream.get(at..at + 4)?;
        let end = at + 4 + usize::from(u16_at(head, 2)?);
        (end <= stream.len()).then_some(Self {
            kind: u16_at(head, 0)?,
            start: at + 4,
            end,
        })
    }

    fn data<'s>(&self, stream: &'s [u8]) -> &'s [u8] {
        stream.get(self.start..self.end).unwrap_or_default()
    }

    /// Takes the tokens out of a formula: the library would follow them wherever they point, and only the stored result is
    /// read. True where they say to be longer than the record.
    fn empty_formula(&self, stream: &mut [u8]) -> bool {
        let Some(length) = stream
            .get_mut(self.start..self.end)
            .and_then(|data| data.get_mut(TOKENS - 2..))
            .filter(|rest| rest.len() >= 2)
        else {
            // Too short for any: the library would take it for the end of the book.
            self.forget(stream);
            return true;
        };
        let broken = u16_at(length, 0).is_some_and(|said| usize::from(said) > length.len() - 2);
        length.iter_mut().take(2).for_each(|byte| *byte = 0);
        broken
    }

    fn forget(&self, stream: &mut [u8]) {
        if let Some(head) = stream.get_mut(self.start - 4..self.start - 2) {
            head.copy_from_slice(&kind::NONE.to_le_bytes());
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn outside() -> Problem {
    damaged("its list of sheets points outside the file".into())
}

fn too_wide(taken: usize, most: usize) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Input,
        what: "the workbook needs too much memory".into(),
        hint: "save it as .xlsx, or each sheet as CSV (UTF-8), and give that".into(),
        ..damaged(format!(
            "its sheets laid out take some {taken} bytes; {most} are allowed for a file of its size"
        ))
    }
}
