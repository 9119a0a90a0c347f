//! Spreadsheets: every sheet a table under its own name.

mod biff;
mod comments;
mod scan;
mod value;
mod xls;
mod xlsb;
mod xlsx;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use calamine::{Sheet, SheetType, SheetVisible};
use stripout_model::{Code, Problem, Reserve, Severity};

use crate::Limits;
use crate::caught::caught;
use crate::document::{Content, Each, Layer};
use crate::grid::{Room, Tables, cell_name};

pub(crate) use value::number;
pub(crate) use xls::Xls;
pub(crate) use xlsb::Xlsb;
pub(crate) use xlsx::Xlsx;

/// Hands out the sheets of a workbook, each under a name of its own.
pub(crate) struct Book<'e, 'f> {
    each: &'e mut Each<'f>,
    names: BTreeSet<String>,
    layers: usize,
    /// Something was told that explains why there may be no layer.
    excused: bool,
}

impl<'e, 'f> Book<'e, 'f> {
    pub(crate) fn new(each: &'e mut Each<'f>) -> Self {
        Self {
            each,
            names: BTreeSet::new(),
            layers: 0,
            excused: false,
        }
    }

    /// One sheet: its table, what it hides, its comments, its problems.
    pub(crate) fn sheet(
        &mut self,
        name: &str,
        tables: Tables,
        comments: &str,
        reserve: Option<Reserve>,
    ) -> ControlFlow<()> {
        if let Some(shown) = tables.shown {
            self.layer(name, Content::Table(shown), reserve)?;
        }
        if let Some(hidden) = tables.hidden {
            let content = Content::Table(hidden);
            self.layer(&format!("{name} hidden"), content, Some(Reserve::Hidden))?;
        }
        if !comments.is_empty() {
            let content = Content::Text(comments.into());
            self.layer(
                &format!("{name} comments"),
                content,
                reserve.or(Some(Reserve::Comment)),
            )?;
        }
        for problem in tables.problems {
            self.problem(problem)?;
        }
        ControlFlow::Continue(())
    }

    pub(crate) fn problem(&mut self, problem: Problem) -> ControlFlow<()> {
        self.excused |= problem.severity > Severity::Warning;
        (self.each)(Err(problem))
    }

    /// Tells what concerns the whole book; gives how many layers it had, or that its emptiness was explained.
    pub(crate) fn finish(mut self, uncomputed: &Uncomputed) -> ControlFlow<(), usize> {
        if let Some(problem) = uncomputed.problem() {
            self.problem(problem)?;
        }
        ControlFlow::Continue(self.layers + usize::from(self.excused))
    }

    fn layer(&mut self, name: &str, content: Content, reserve: Option<Reserve>) -> ControlFlow<()> {
        let mut unique = name.to_owned();
        let mut nth = 1;
        while !self.names.insert(unique.clone()) {
            unique = format!("{name}#{nth}");
            nth += 1;
        }
        self.layers += 1;
        (self.each)(Ok(Layer {
            name: Some(unique),
            content,
            reserve,
        }))
    }
}

/// Formulas whose result the file does not hold: nothing is computed here.
#[derive(Debug, Default)]
pub(crate) struct Uncomputed {
    count: u64,
    first: String,
}

impl Uncomputed {
    pub(crate) fn add(&mut self, sheet: &str, row: u32, column: u32) {
        if self.count == 0 {
            self.first = format!("{sheet}!{}", cell_name(row, column));
        }
        self.count += 1;
    }

    fn problem(&self) -> Option<Problem> {
        let (formulas, are) = match self.count {
            0 => return None,
            1 => ("formula has", "its cell is"),
            _ => ("formulas have", "their cells are"),
        };
        Some(Problem {
            code: Code::InputNotUnderstood,
            severity: Severity::Warning,
            place: self.first.clone(),
            what: format!("{} {formulas} no stored result; {are} taken as empty", self.count),
            because: "the program that wrote the file did not compute them".into(),
            hint: "open the workbook in a spreadsheet program, save it, and read it again".into(),
        })
    }
}

/// Whether a sheet has cells.
fn has_cells(sheet: &Sheet) -> bool {
    matches!(
        sheet.typ,
        SheetType::WorkSheet | SheetType::MacroSheet | SheetType::DialogSheet
    )
}

/// What is to be said about all of a sheet.
fn reserve(sheet: &Sheet) -> Option<Reserve> {
    (sheet.visible != SheetVisible::Visible).then_some(Reserve::Hidden)
}

/// Most bytes of the tables of one sheet.
pub(crate) fn table_bytes(whole: &[u8], limits: &Limits) -> usize {
    limits.sheet_bytes.saturating_add(whole.len().saturating_mul(3))
}

/// What the tables of one sheet may come to.
pub(crate) fn room(whole: &[u8], limits: &Limits) -> Room {
    let packed = u64::try_from(whole.len()).unwrap_or(u64::MAX);
    let said = packed
        .saturating_mul(limits.ratio)
        .saturating_add(limits.ratio_free_member);
    Room {
        bytes: table_bytes(whole, limits),
        said: usize::try_from(said).unwrap_or(usize::MAX),
    }
}

/// Runs calamine. It indexes into records whose lengths it does not check (calamine 0.38: `RecordIter`, `parse_sst`,
/// `parse_formula_value` of xls, `next_cell` of xlsb, `get_dimension` of xlsx) and so panics on damaged files; what it
/// had read until then is kept by the caller.
fn run<T>(work: impl FnOnce() -> T) -> Result<T, Problem> {
    caught(work).ok_or_else(|| Problem {
        because: "a record of it is shorter than its kind needs, or points outside".into(),
        ..damaged(String::new())
    })
}

fn damaged(because: String) -> Problem {
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Input,
        place: String::new(),
        what: "the workbook is damaged".into(),
        because,
        hint: "get the file again, or open it and save it again; what came before was read".into(),
    }
}

fn encrypted() -> Problem {
    Problem {
        code: Code::InputEncrypted,
        severity: Severity::Input,
        place: String::new(),
        what: "the workbook is encrypted".into(),
        because: "it needs a password".into(),
        hint: "open it with its password, save it without, and give that".into(),
    }
}

fn empty() -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Input,
        place: String::new(),
        what: "the workbook has no cells".into(),
        because: "its sheets are empty or charts".into(),
        hint: "check that the download is complete".into(),
    }
}
