//! The document's own date, and the day that it speaks of: two things that are kept apart.

use jiff::civil::Date;
use stripout_catalogue::{Holder, Verification};
use stripout_model::Days;

use super::body::holds_word;
use super::date::{Day, days};
use super::ground::running;

#[derive(Debug)]
pub(super) struct Holders {
    holders: Vec<Holder>,
}

/// Characters of a line that can be a letterhead or a signature.
const LINE: usize = 90;
/// Lines of the head of a message.
const MESSAGE_HEAD: usize = 6;

impl Holders {
    pub(super) fn new(holders: &[Holder]) -> Self {
        Self {
            holders: holders.to_vec(),
        }
    }

    /// Of the whole text; the day a quotation speaks of is asked for by [`Holders::resolve`].
    pub(super) fn days(&self, text: &str, stated: Option<Date>) -> Days {
        let own = days(text).into_iter().find(|day| stands_alone(text, day));
        let document = own.and_then(|day| day.date().or_else(|| self.year_of(text, &day, stated)));
        Days {
            said: None,
            document: document.or(stated),
        }
    }

    /// The date of a day whose year may be missing: in the year before the document's own date, else in the only year in
    /// which everybody named held the office they are named with.
    pub(super) fn resolve(&self, text: &str, day: &Day, document: Option<Date>) -> Option<Date> {
        day.date().or_else(|| self.year_of(text, day, document))
    }

    /// How well the terms of office are known that gave a day its year; `None` when it has one, or the document has.
    pub(super) fn year_rests_on(&self, day: &Day, document: Option<Date>) -> Option<Verification> {
        let asked = day.year.is_none() && document.is_none();
        asked.then(|| self.holders.iter().map(|holder| holder.verification).min())?
    }

    fn year_of(&self, text: &str, day: &Day, document: Option<Date>) -> Option<Date> {
        if let Some(document) = document {
            return [document.year(), document.year() - 1]
                .into_iter()
                .filter_map(|year| day.in_year(year))
                .find(|date| *date <= document);
        }
        let lower = running(text);
        let named = |holder: &&Holder| {
            let name = holder.name.to_lowercase();
            // Named with the office: by the surname and the words of the office in the same text.
            lower.contains(&name) && lower.contains(&holder.office.to_lowercase())
                || near(&lower, &name, &holder.office.to_lowercase())
        };
        let holders: Vec<&Holder> = self.holders.iter().filter(named).collect();
        let from = holders.iter().map(|holder| holder.from).max()?;
        let until = holders.iter().map(|holder| holder.until).min()?;
        let mut fitting = (from.year()..=until.year())
            .filter_map(|year| day.in_year(year))
            .filter(|date| from <= *date && *date <= until);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

/// Whether a name and an office stand side by side.
fn near(lower: &str, name: &str, office: &str) -> bool {
    holds_word(lower, &format!("{office} {name}")) || holds_word(lower, &format!("{name}, {office}"))
}

/// Whether a day ends a short line that tells nothing else: a letterhead, a signature, a heading.
fn stands_alone(text: &str, day: &Day) -> bool {
    let before = text
        .get(..day.span.start)
        .and_then(|t| t.rsplit('\n').next())
        .unwrap_or_default();
    let after = text
        .get(day.span.end..)
        .and_then(|t| t.split('\n').next())
        .unwrap_or_default();
    let words = before.split_whitespace().count();
    let opens = before.trim_start().to_lowercase();
    let told = [
        "your ", "thank", "received", "further", "we ", "i ", "you ", "please", "reply by", "due",
    ];
    let alone = after.trim().is_empty()
        && before.chars().count() <= LINE
        && words <= 9
        && !told.iter().any(|word| opens.starts_with(word))
        && !before.trim_start().starts_with(['>', '“', '"']);
    alone || is_sent(text, day)
}

/// Whether a day is that of the head of a message, beside its hour: `Date: Thu, 4 Apr 2024 10:12:00 +0100`.
fn is_sent(text: &str, day: &Day) -> bool {
    let before = text.get(..day.span.start).unwrap_or_default();
    let (head, line) = before.rsplit_once('\n').unwrap_or(("", before));
    let lower = line.to_lowercase();
    let dated = ["date:", "sent:"].iter().any(|label| lower.starts_with(label));
    dated && head.lines().count() < MESSAGE_HEAD && head.to_lowercase().starts_with("from:")
}
