//! Excel workbooks of before 2007 (.xls: BIFF5 and BIFF8), and what newer Excel encrypts in the same wrapping.

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;

use calamine::{Reader, XlsError};
use cfb::{CompoundFile, Version};
use memchr::memmem;
use stripout_model::{Code, Problem, Severity};

use super::value::Value;
use super::{Book, Uncomputed, biff, damaged, empty, encrypted, has_cells, reserve, room, run, table_bytes};
use crate::Options;
use crate::document::{Document, Each, Signs};
use crate::grid::{Grid, cell_name};

pub(crate) struct Xls;

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

impl Document for Xls {
    fn name(&self) -> &'static str {
        "xls"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xls", "xlt"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        let Signs::Head(head) = signs else { return false };
        let bytes = head.bytes;
        if !bytes.starts_with(MAGIC) {
            return false;
        }
        // Excel writes the workbook first and the list of what there is last, mostly beyond what is seen here.
        let begins = matches!(bytes.get(512..514), Some([0x09, 0x08]));
        let lists = |name: &str| memmem::find(bytes, &wide(name)).is_some();
        let other = ["WordDocument", "PowerPoint Document", "__substg1.0_"];
        begins
            || (["Workbook", "WORKBOOK", "Book", "BOOK", "EncryptedPackage"]
                .into_iter()
                .any(lists)
                && !other.into_iter().any(lists))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let mut stream = match workbook(whole) {
            Ok(stream) => stream,
            Err(problem) => return each(Err(problem)),
        };
        let seen = match biff::look(&mut stream, table_bytes(whole, &options.limits)) {
            Ok(seen) => seen,
            Err(problem) => return each(Err(problem)),
        };
        let wrapped = match wrap(&stream) {
            Ok(wrapped) => wrapped,
            Err(error) => return each(Err(damaged(error.to_string()))),
        };
        drop(stream);
        let mut workbook = match run(|| calamine::Xls::new(Cursor::new(wrapped))) {
            Ok(Ok(workbook)) => workbook,
            Ok(Err(error)) => return each(Err(told(&error))),
            Err(problem) => return each(Err(problem)),
        };
        let mut book = Book::new(each);
        let mut hidden = seen.sheets.into_iter();
        for sheet in workbook.sheets_metadata().to_vec() {
            let hidden = hidden.next().unwrap_or_default();
            if !has_cells(&sheet) {
                continue;
            }
            let mut grid = Grid::new(&sheet.name, room(whole, &options.limits), &options.limits);
            hidden
                .hidden_rows
                .iter()
                .for_each(|row| grid.hide_rows(*row, *row));
            hidden
                .hidden_columns
                .iter()
                .for_each(|(first, last)| grid.hide_columns(*first, *last));
            let Ok(range) = workbook.worksheet_range(&sheet.name) else {
                continue;
            };
            let (top, left) = range.start().unwrap_or((0, 0));
            let mut scratch = String::new();
            for (row, column, value) in range.used_cells() {
                if grid.is_full() {
                    break;
                }
                let place =
                    |start: u32, at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
                let text = Value::from(value).text(&mut scratch);
                grid.cell(place(top, row), place(left, column), text);
            }
            drop(range);
            let mut tables = grid.finish();
            tables
                .problems
                .extend(hidden.broken_formulas.map(|told| broken(&sheet.name, told)));
            book.sheet(&sheet.name, tables, "", reserve(&sheet))?;
        }
        if book.finish(&Uncomputed::default())? == 0 {
            return each(Err(empty()));
        }
        ControlFlow::Continue(())
    }
}

/// The stream of records in the file.
fn workbook(whole: &[u8]) -> Result<Vec<u8>, Problem> {
    let broken = |error: std::io::Error| Problem {
        code: match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Code::InputTruncated,
            _ => Code::InputUnreadable,
        },
        ..damaged(error.to_string())
    };
    let mut file = CompoundFile::open(Cursor::new(whole)).map_err(broken)?;
    let entries: Vec<_> = file
        .read_root_storage()
        .map(|entry| entry.path().to_owned())
        .collect();
    let find = |name: &str| {
        entries
            .iter()
            .find(|path| path.file_name().is_some_and(|n| n.eq_ignore_ascii_case(name)))
    };
    let Some(path) = find("Workbook").or_else(|| find("Book")) else {
        return Err(match find("EncryptedPackage") {
            Some(_) => encrypted(),
            None => damaged("it holds no workbook".into()),
        });
    };
    let stream = file.open_stream(path).map_err(broken)?;
    // A damaged chain of sectors can say that a stream is longer than the file.
    let most = u64::try_from(whole.len()).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    stream.take(most).read_to_end(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// A file of its own around the stream: the library follows chains of sectors in the original without end.
fn wrap(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What a formula says is not read, only its result: it is no reason to lose the sheet.
fn broken(sheet: &str, ((row, column), count): ((u16, u16), u64)) -> Problem {
    let first = cell_name(row.into(), column.into());
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Warning,
        place: format!("{sheet}!{first}"),
        what: match count {
            1 => "a formula reaches outside its record".into(),
            _ => format!("{count} formulas reach outside their records"),
        },
        because: "the file is damaged there; what it stores as their results was taken as it is".into(),
        hint: "compare these cells with the workbook as a spreadsheet program shows it".into(),
    }
}

fn told(error: &XlsError) -> Problem {
    match error {
        XlsError::Password => encrypted(),
        error => damaged(error.to_string()),
    }
}
