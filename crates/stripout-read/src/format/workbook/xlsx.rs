//! Excel workbooks of XML (.xlsx, .xlsm), cell by cell.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{DataRef, Reader, XlsxError};
use stripout_model::{Code, Problem, Severity};

use super::comments::comments;
use super::scan::{Seen, scan};
use super::value::Value;
use super::{Book, Uncomputed, damaged, empty, encrypted, has_cells, reserve, room, run};
use crate::document::{Document, Each, Signs};
use crate::grid::{Grid, cell_name};
use crate::markup::{Node, local, walk};
use crate::opc::{main_part, relations};
use crate::package::{Package, placed};
use crate::{Limits, Options};

pub(crate) struct Xlsx;

/// Cells that may be lost one after the other before the sheet counts as damaged.
const LOST: u64 = 1_000;

impl Document for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "xltx", "xltm"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        let Signs::Members(names) = signs else {
            return false;
        };
        let any = |is: fn(&str) -> bool| {
            names
                .iter()
                .any(|name| is(&name.to_lowercase().replace('\\', "/")))
        };
        any(|name| name == "[content_types].xml" || name == "_rels/.rels")
            && any(|name| name.starts_with("xl/") && is_xml(name))
            && !any(|name| name == "xl/workbook.bin")
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let limits = &options.limits;
        let package = match Package::open(whole, limits) {
            Ok(package) => package,
            Err(problem) => return each(Err(problem)),
        };
        let mut book = Book::new(each);
        let seen = match look(&package, whole, limits, &mut book)? {
            Ok(seen) => seen,
            Err(problem) => return book.problem(problem),
        };
        // Read anew for comments, after all was found to be within bounds.
        let package = match Package::open(whole, limits) {
            Ok(package) => package,
            Err(problem) => return book.problem(problem),
        };
        let parts = sheet_parts(&package, limits);
        let mut workbook = match run(|| calamine::Xlsx::new(Cursor::new(whole))) {
            Ok(Ok(workbook)) => workbook,
            Ok(Err(error)) => return book.problem(told(&error)),
            Err(problem) => return book.problem(problem),
        };
        let mut uncomputed = Uncomputed::default();
        for sheet in workbook.sheets_metadata().to_vec() {
            if !has_cells(&sheet) {
                continue;
            }
            let part = parts.get(&sheet.name).map_or("", String::as_str);
            let mut grid = Grid::new(&sheet.name, room(whole, limits), limits);
            if let Some(seen) = seen.get(&part.to_lowercase()) {
                seen.hidden_rows
                    .iter()
                    .for_each(|(first, last)| grid.hide_rows(*first, *last));
                seen.hidden_columns
                    .iter()
                    .for_each(|(first, last)| grid.hide_columns(*first, *last));
            }
            let result = run(|| cells(&mut workbook, &sheet.name, &mut grid, &mut uncomputed));
            let mut tables = grid.finish();
            let problem = match result {
                Ok(lost) => lost,
                Err(problem) => Some(problem),
            };
            tables
                .problems
                .extend(problem.map(|problem| placed(&sheet.name, problem)));
            let comments = comments(&package, part, limits);
            book.sheet(&sheet.name, tables, &comments, reserve(&sheet))?;
        }
        if book.finish(&uncomputed)? == 0 {
            return each(Err(empty()));
        }
        ControlFlow::Continue(())
    }
}

fn is_xml(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, suffix)| suffix == "xml")
}

/// Reads the cells of a sheet into the grid; gives what went wrong.
fn cells(
    workbook: &mut calamine::Xlsx<Cursor<&[u8]>>,
    name: &str,
    grid: &mut Grid,
    uncomputed: &mut Uncomputed,
) -> Option<Problem> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return None,
        Err(error) => return Some(told(&error)),
    };
    let mut scratch = String::new();
    let mut lost: Option<(u64, String, String)> = None;
    let mut place = (0, 0);
    while !grid.is_full() {
        match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => {
                place = cell.pos;
                if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
                    uncomputed.add(name, cell.pos.0, cell.pos.1);
                }
                let value = Value::from(&cell.value);
                grid.cell(cell.pos.0, cell.pos.1, value.text(&mut scratch));
            }
            Ok(None) => break,
            Err(
                error @ (XlsxError::Io(_) | XlsxError::Zip(_) | XlsxError::Xml(_) | XlsxError::XmlEof(_)),
            ) => {
                return Some(told(&error));
            }
            // The value of one cell; the next one may be sound.
            Err(error) => {
                let (count, ..) =
                    lost.get_or_insert_with(|| (0, cell_name(place.0, place.1), error.to_string()));
                *count += 1;
                if *count > LOST {
                    return Some(told(&error));
                }
            }
        }
    }
    let (count, after, because) = lost?;
    Some(Problem {
        severity: Severity::Unit,
        place: format!("after {after}"),
        what: format!("{count} cells cannot be read"),
        because,
        ..damaged(String::new())
    })
}

/// Looks at every part: what it unpacks to, what it declares, what it hides. Parts that are merely damaged are told and
/// left to the reading.
fn look(
    package: &Package<'_>,
    whole: &[u8],
    limits: &Limits,
    book: &mut Book<'_, '_>,
) -> ControlFlow<(), Result<BTreeMap<String, Seen>, Problem>> {
    let workbook = main_part(package, "xl/workbook.xml", limits).to_lowercase();
    let mut all = BTreeMap::new();
    // What the library holds of the book as a whole, roughly, in bytes.
    let mut held = 0_usize;
    for name in package.names() {
        let (seen, fault) = match package.read(name, |read| Ok(scan(read))) {
            None => continue,
            Some(Ok((seen, problem))) => (seen, problem.map(|problem| placed(name, problem))),
            Some(Err(problem)) => (Seen::default(), Some(problem)),
        };
        let key = name.to_lowercase().replace('\\', "/");
        let file = key.rsplit('/').next().unwrap_or_default();
        if seen.declared > seen.tags || seen.wide && file == "sharedstrings.xml" {
            return ControlFlow::Continue(Err(placed(name, overstated(&seen))));
        }
        if let Some(problem) = fault {
            if !matches!(problem.code, Code::InputTruncated | Code::InputUnreadable) {
                return ControlFlow::Continue(Err(problem));
            }
            let severity = Severity::Unit;
            book.problem(Problem { severity, ..problem })?;
        }
        held += if file == "sharedstrings.xml" {
            seen.bytes + 12 * seen.tags
        } else if file == "styles.xml" {
            400 * seen.tags
        } else if key == workbook || key.contains("_rels/") {
            200 * seen.tags
        } else {
            0
        };
        all.insert(key, seen);
    }
    let most = (128 << 20) + 2 * whole.len();
    ControlFlow::Continue(if held > most {
        Err(too_much(held, most))
    } else {
        Ok(all)
    })
}

/// The part of each sheet, by the sheet's name.
fn sheet_parts(package: &Package<'_>, limits: &Limits) -> BTreeMap<String, String> {
    let workbook = main_part(package, "xl/workbook.xml", limits);
    let related = relations(package, &workbook, limits).unwrap_or_default();
    let mut parts = BTreeMap::new();
    let read = package.read(&workbook, |read| {
        walk(read, limits, &mut |node| {
            if let Node::Open(element) = node
                && local(element.name()) == "sheet"
                && let (Some(name), Some(id)) = (element.exact("name"), element.attribute("id"))
                && let Some(part) = related.iter().find(|relation| relation.id == id)
            {
                parts
                    .entry(name.into_owned())
                    .or_insert_with(|| part.part.clone());
            }
            ControlFlow::Continue(())
        })
    });
    // The library tells what is wrong with this part.
    drop(read);
    parts
}

fn told(error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => encrypted(),
        XlsxError::XmlEof(_) => Problem {
            code: Code::InputTruncated,
            ..damaged(error.to_string())
        },
        error => damaged(error.to_string()),
    }
}

fn overstated(seen: &Seen) -> Problem {
    if seen.wide {
        return Problem {
            code: Code::InputEncoding,
            hint: "open the workbook and save it again".into(),
            ..damaged(
                "its strings are in UTF-16 or hold NUL bytes, as no spreadsheet program writes them".into(),
            )
        };
    }
    Problem {
        hint: "open the workbook and save it again".into(),
        ..damaged(format!(
            "it says to hold {} strings, which do not fit in its {} bytes",
            seen.declared, seen.bytes
        ))
    }
}

fn too_much(held: usize, most: usize) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Input,
        place: String::new(),
        what: "the workbook needs too much memory".into(),
        because: format!(
            "its strings and styles take some {held} bytes; {most} are allowed for a file of its size"
        ),
        hint: "save each sheet as CSV (UTF-8), and give those".into(),
    }
}
