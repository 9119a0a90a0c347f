//! By which day a request must be answered.

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use super::RequestRules;
use crate::Verification;
use crate::list::semicolon_list;

/// One entry of `data/requests/clocks.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clock {
    /// Id of a law of `words/reply.toml`.
    pub law: String,
    /// The law and its sections, for people.
    pub title: String,
    /// Nations of the bodies (`vocab/nations.toml`); empty: any.
    #[serde(default)]
    pub nation: Vec<String>,
    /// Kinds of the bodies (`vocab/body-kinds.toml`); empty: any.
    #[serde(default)]
    pub kind: Vec<String>,
    pub working_days: u16,
    /// Parts of the country whose holidays do not count.
    pub divisions: Vec<String>,
    pub sources: Vec<String>,
    pub verification: Verification,
}

/// One row of `data/requests/bank-holidays.csv`: a day on which nobody has to work in one part of the country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Holiday {
    pub date: Date,
    pub division: String,
    pub title: String,
    #[serde(rename = "source", deserialize_with = "semicolon_list")]
    pub sources: Vec<String>,
    pub verification: Verification,
}

impl RequestRules {
    /// The clock of a body; of one that is not known, the longest that binds any.
    pub fn clock(&self, kind: Option<&str>, nation: Option<&str>) -> Option<&Clock> {
        let asked = |of: &[String], is: Option<&str>| {
            of.is_empty() || is.is_some_and(|is| of.iter().any(|one| one == is))
        };
        if kind.is_none() && nation.is_none() {
            return self.clocks.iter().max_by_key(|clock| clock.working_days);
        }
        self.clocks
            .iter()
            .find(|clock| asked(&clock.nation, nation) && asked(&clock.kind, kind))
    }

    /// The last day on which an answer to a request of that day is in time. `None` where the table of holidays does not
    /// reach: then nobody can say that an answer is late.
    pub fn due(&self, clock: &Clock, asked: Date) -> Option<Date> {
        let (first, last) = self.holidays.first().zip(self.holidays.last())?;
        let (first, last) = (date(first.date.year(), 1, 1), date(last.date.year(), 12, 31));
        let mut day = asked;
        let mut left = clock.working_days;
        while left > 0 {
            day = day.tomorrow().ok()?;
            left -= u16::from(self.is_working(clock, day));
        }
        (first <= asked && day <= last).then_some(day)
    }

    fn is_working(&self, clock: &Clock, day: Date) -> bool {
        let from = self.holidays.partition_point(|holiday| holiday.date < day);
        let closed = self
            .holidays
            .iter()
            .skip(from)
            .take_while(|holiday| holiday.date == day)
            .any(|holiday| clock.divisions.contains(&holiday.division));
        !closed && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn twenty_working_days_end_where_the_law_says() {
        let rules = Catalogue::embedded().unwrap().requests;
        for (kind, nation, asked, due) in [
            // No holiday between.
            ("council", "GB-ENG", date(2023, 9, 4), Some(date(2023, 10, 2))),
            // Asked on a Saturday: Monday is the first day.
            ("council", "GB-ENG", date(2023, 9, 2), Some(date(2023, 9, 29))),
            // 2 January counts for nobody under the Act of 2000, as it is a holiday in Scotland.
            ("council", "GB-ENG", date(2023, 12, 21), Some(date(2024, 1, 24))),
            // 12 July is a holiday in Northern Ireland: it delays London and not Glasgow.
            ("council", "GB-ENG", date(2023, 7, 3), Some(date(2023, 8, 1))),
            ("council", "GB-SCT", date(2023, 7, 3), Some(date(2023, 7, 31))),
            // Schools are given the longer time.
            ("school", "GB-ENG", date(2023, 9, 4), Some(date(2023, 11, 27))),
            // Past the table nothing is late.
            ("council", "GB-ENG", date(2028, 12, 20), None),
            ("council", "GB-ENG", date(2014, 12, 1), None),
        ] {
            let clock = rules.clock(Some(kind), Some(nation)).unwrap();
            assert_eq!(rules.due(clock, asked), due, "{kind} {nation} {asked}");
        }
        assert_eq!(rules.clock(None, None).map(|clock| clock.working_days), Some(60));
    }
}
