//! Excel workbooks of binary records in a ZIP (.xlsb).

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;

use calamine::{Reader, XlsbError};
use stripout_model::{Code, Problem, Severity};

use super::value::Value;
use super::{Book, Uncomputed, damaged, empty, encrypted, has_cells, reserve, room, run, table_bytes};
use crate::Options;
use crate::document::{Document, Each, Signs};
use crate::grid::Grid;
use crate::opc::relations;
use crate::package::{Package, placed};
use crate::stream::problem_of;

pub(crate) struct Xlsb;

const WORKBOOK: &str = "xl/workbook.bin";

impl Document for Xlsb {
    fn name(&self) -> &'static str {
        "xlsb"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsb"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Members(names) if names.iter().any(|name| name.to_lowercase() == WORKBOOK))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let limits = &options.limits;
        let package = match Package::open(whole, limits) {
            Ok(package) => package,
            Err(problem) => return each(Err(problem)),
        };
        let mut hidden = match look(&package, table_bytes(whole, limits)) {
            Ok(hidden) => hidden,
            Err(problem) => return each(Err(problem)),
        };
        let related = relations(&package, WORKBOOK, limits).unwrap_or_default();
        let listed = hidden.remove(WORKBOOK).unwrap_or_default().sheets;
        let mut workbook = match run(|| calamine::Xlsb::new(Cursor::new(whole))) {
            Ok(Ok(workbook)) => workbook,
            Ok(Err(error)) => return each(Err(told(&error))),
            Err(problem) => return each(Err(problem)),
        };
        let mut book = Book::new(each);
        for sheet in workbook.sheets_metadata().to_vec() {
            if !has_cells(&sheet) {
                continue;
            }
            let mut grid = Grid::new(&sheet.name, room(whole, limits), limits);
            let id = listed
                .iter()
                .find(|(_, name)| *name == sheet.name)
                .map(|(id, _)| id);
            let part = id.and_then(|id| related.iter().find(|relation| relation.id == *id));
            if let Some(hidden) = part.and_then(|part| hidden.remove(&part.part.to_lowercase())) {
                hidden.rows.iter().for_each(|row| grid.hide_rows(*row, *row));
                hidden
                    .columns
                    .iter()
                    .for_each(|(first, last)| grid.hide_columns(*first, *last));
            }
            let result = run(|| cells(&mut workbook, &sheet.name, &mut grid));
            let mut tables = grid.finish();
            let problem = match result {
                Ok(problem) => problem,
                Err(problem) => Some(problem),
            };
            tables
                .problems
                .extend(problem.map(|problem| placed(&sheet.name, problem)));
            book.sheet(&sheet.name, tables, "", reserve(&sheet))?;
        }
        if book.finish(&Uncomputed::default())? == 0 {
            return each(Err(empty()));
        }
        ControlFlow::Continue(())
    }
}

fn cells(workbook: &mut calamine::Xlsb<Cursor<&[u8]>>, name: &str, grid: &mut Grid) -> Option<Problem> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(error) => return Some(told(&error)),
    };
    let mut scratch = String::new();
    while !grid.is_full() {
        match reader.next_cell() {
            Ok(Some(cell)) => {
                let (row, column) = cell.get_position();
                grid.cell(row, column, Value::from(cell.get_value()).text(&mut scratch));
            }
            Ok(None) => break,
            // Where one record ends too early no other can be found.
            Err(error) => return Some(told(&error)),
        }
    }
    None
}

/// What a sheet does not show; of the workbook: ids and names of its sheets.
#[derive(Debug, Default)]
struct Hidden {
    rows: Vec<u32>,
    columns: Vec<(u32, u32)>,
    sheets: Vec<(String, String)>,
}

/// Looks at every part: the library makes room for what a record declares before it reads it.
fn look(package: &Package<'_>, most: usize) -> Result<BTreeMap<String, Hidden>, Problem> {
    let mut all = BTreeMap::new();
    for name in package.names() {
        let key = name.to_lowercase().replace('\\', "/");
        let records =
            key.rsplit('.').next() == Some("bin") && !key.contains("vba") && !key.contains("printer");
        let read = package.read(name, |read| {
            if records {
                walk(read, most)
            } else {
                std::io::copy(read, &mut std::io::sink())
                    .map(|_| Hidden::default())
                    .map_err(problem_of)
            }
        });
        match read {
            None => {}
            Some(Ok(hidden)) => drop(all.insert(key, hidden)),
            // The library tells of damage; what is out of bounds it must not see.
            Some(Err(problem)) if matches!(problem.code, Code::InputTruncated | Code::InputUnreadable) => {}
            Some(Err(problem)) => return Err(problem),
        }
    }
    Ok(all)
}

/// Walks over the records of a part.
fn walk(read: &mut dyn Read, most: usize) -> Result<Hidden, Problem> {
    let mut read = BufReader::with_capacity(64 << 10, read);
    let mut hidden = Hidden::default();
    let mut record = Vec::new();
    let mut records = 0_usize;
    while let Some(kind) = number(&mut read, 2)? {
        let Some(length) = number(&mut read, 4)? else {
            break;
        };
        record.clear();
        let got = read
            .by_ref()
            .take(length as u64)
            .read_to_end(&mut record)
            .map_err(problem_of)?;
        if got < length {
            // A damaged record may ask for 256 MiB.
            if length > (1 << 20) {
                return Err(Problem {
                    code: Code::InputTooLarge,
                    ..damaged(format!("a record declares {length} bytes, {got} follow"))
                });
            }
            break;
        }
        // The library would take what is missing from the record before.
        if length < needed(kind, &record) {
            return Err(Problem {
                code: Code::InputNotUnderstood,
                ..damaged(format!("a record of kind {kind} is shorter than its kind needs"))
            });
        }
        records += 1;
        let u32_at = |at: usize| {
            record
                .get(at..at + 4)
                .and_then(|b| b.try_into().ok())
                .map(u32::from_le_bytes)
        };
        match kind {
            // BrtRowHdr: the row, and in its twelfth byte whether it has no height.
            0 if record.get(11).is_some_and(|flags| flags & 0x10 != 0) => hidden.rows.extend(u32_at(0)),
            // BrtColInfo: first and last column, and whether they are hidden.
            60 if record.get(16).is_some_and(|flags| flags & 1 != 0) => {
                hidden
                    .columns
                    .extend(u32_at(0).zip(u32_at(4)).filter(|(first, last)| first <= last));
            }
            // BrtBundleSh: state and number of a sheet, its id among the relations, its name.
            156 => hidden.sheets.extend(bundle(&record)),
            _ => {}
        }
    }
    if records.saturating_mul(24) > most {
        return Err(Problem {
            code: Code::InputTooLarge,
            severity: Severity::Input,
            ..damaged(format!(
                "{records} records need more memory than a file of this size may"
            ))
        });
    }
    Ok(hidden)
}

/// Bytes that a record of a row or cell must have.
fn needed(kind: usize, record: &[u8]) -> usize {
    match kind {
        0 => 4,
        2 | 7 => 12,
        3 | 4 | 10 | 11 => 9,
        5 | 9 => 16,
        6 | 8 => {
            let length = record
                .get(8..12)
                .and_then(|b| b.try_into().ok())
                .map_or(0, u32::from_le_bytes);
            usize::try_from(length)
                .unwrap_or(usize::MAX)
                .saturating_mul(2)
                .saturating_add(12)
        }
        _ => 0,
    }
}

fn bundle(record: &[u8]) -> Option<(String, String)> {
    let (id, rest) = wide(record.get(8..)?)?;
    Some((id, wide(rest)?.0))
}

/// A string with its length in characters before it.
fn wide(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length))
        .ok()?
        .checked_mul(2)?;
    let (text, rest) = rest.split_at_checked(length)?;
    Some((
        encoding_rs::UTF_16LE
            .decode_without_bom_handling(text)
            .0
            .into_owned(),
        rest,
    ))
}

/// A number of up to so many bytes, seven bits each; `None` at the end.
fn number(read: &mut impl Read, most: usize) -> Result<Option<usize>, Problem> {
    let mut value = 0;
    for nth in 0..most {
        let mut byte = [0];
        if read.read(&mut byte).map_err(problem_of)? == 0 {
            return Ok(None);
        }
        let [byte] = byte;
        value |= usize::from(byte & 0x7f) << (7 * nth);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(Some(value))
}

fn told(error: &XlsbError) -> Problem {
    match error {
        XlsbError::Password => encrypted(),
        XlsbError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof => Problem {
            code: Code::InputTruncated,
            ..damaged("a record ends too early".into())
        },
        error => damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_of_records() {
        let mut part = vec![60, 18];
        part.extend([1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
        part.extend([0, 12, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10]);
        part.extend([0, 12, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let hidden = walk(&mut part.as_slice(), 1 << 20).expect("it is sound");
        assert_eq!((hidden.rows, hidden.columns), (vec![7], vec![(1, 2)]));
    }

    #[test]
    fn a_record_that_asks_for_far_more_than_there_is() {
        let part = [0x07, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3];
        assert_eq!(
            walk(&mut &part[..], 1 << 20).expect_err("it lies").code,
            Code::InputTooLarge
        );
    }
}
