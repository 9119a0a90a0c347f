//! What the rows of a part showed together.

use std::sync::atomic::{AtomicU64, Ordering};

use stripout_model::{Code, Problem, Severity};

/// Cells of rows that say nothing as they stand.
#[derive(Default)]
pub(crate) struct Tally {
    /// Dates whose day and month may be either way round.
    pub(super) dates: AtomicU64,
    /// Amounts that are no money.
    pub(super) amounts: AtomicU64,
}

impl Tally {
    /// Tells it once.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let dates = self.dates.swap(0, Ordering::Relaxed);
        if dates > 0 {
            problems.push(Problem {
                code: Code::InputDate,
                severity: Severity::Warning,
                place: String::new(),
                what: format!("{dates} dates may be read two ways and were left out"),
                because: "no date at the beginning shows whether the day or the month comes first".into(),
                hint: "say it with `--day-first` or `--month-first`".into(),
            });
        }
        let amounts = self.amounts.swap(0, Ordering::Relaxed);
        if amounts > 0 {
            problems.push(Problem {
                code: Code::InputNumber,
                severity: Severity::Warning,
                place: String::new(),
                what: format!("{amounts} amounts are no money and were left out"),
                because: "they are too large, or no numbers".into(),
                hint: "look at the rows without an amount".into(),
            });
        }
        problems
    }
}
