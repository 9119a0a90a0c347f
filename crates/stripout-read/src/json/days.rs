//! Day or month first: decided for a whole part by the dates at its beginning.

use std::io;
use std::sync::Arc;

use stripout_model::{Problem, Record};

use super::cut::Cut;
use super::parse::{JsonParse, day_order};
use crate::date::{DateCell, DayOrder};
use crate::{Blocks, Options, Parse, Sink};

/// The order that the dates of the first records leave possible; where they leave both, what the user said.
pub(crate) fn days_decide(head: &[u8], parser: &JsonParse, options: &Options) -> Option<DayOrder> {
    let mut cut = Cut::new(
        Box::new(io::Cursor::new(head)),
        Arc::new(parser.clone()),
        options.limits,
    );
    let mut seen = Seen::default();
    while let Some(block) = cut.next() {
        parser.parse(&block, &mut seen);
    }
    match (seen.day_first, seen.month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        // A file that has both is not to be trusted with either.
        (true, true) => None,
        (false, false) => options.day_first.map(day_order),
    }
}

/// Dates that can only be read one way.
#[derive(Default)]
struct Seen {
    day_first: bool,
    month_first: bool,
}

impl Sink for Seen {
    fn record(&mut self, record: &dyn Record) {
        if record.shape() != stripout_model::Shape::Row {
            return;
        }
        for passage in record
            .passages()
            .iter()
            .filter(|p| p.role == stripout_model::Role::Date)
        {
            match DateCell::read(&passage.text) {
                DateCell::Numbers {
                    day_first: Some(_),
                    month_first: None,
                } => self.day_first = true,
                DateCell::Numbers {
                    day_first: None,
                    month_first: Some(_),
                } => self.month_first = true,
                _ => {}
            }
        }
    }

    fn problem(&mut self, _problem: Problem) {
        // The parser meets it again.
    }
}
