//! By when: `by 31 March 2025`, `within 18 months`, `over the next three years`, and the last day that keeps the promise.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use regex::{Captures, Regex};

use super::date::{Day, MONTH, Order, days_in, month_end, month_number, year_end};

/// Words that set a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) span: Range<usize>,
    pub(super) date: Option<Date>,
}

const NUMBER: &str = r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty[- ]four|twenty|thirty[- ]six|thirty|forty|fifty|sixty|ninety";
const UNIT: &str = r"day|week|month|year";

static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)\b(?:
          (?:within|over|during|in|throughout|across|inside|for)\s+(?:a\s+period\s+of\s+|the\s+period\s+of\s+|at\s+most\s+)?(?:the\s+)?(?:next|coming|following|course\s+of\s+the\s+next)?\s*(?P<n>{NUMBER})[\s-]+(?P<u>{UNIT})s?(?:'|’)?(?:\s+time|\s+period)?(?:\s+of\s+(?:(?P<that>(?:that|this|the\s+same)\s+date)|(?:the\s+date\s+of\s+)?this\s+(?:letter|reply|response)|today(?:['’]s\s+date)?))?
        | (?:over|during|within)\s+(?:an?|the|our|its)\s+(?P<n2>{NUMBER})[\s-](?P<u2>{UNIT})[\s-](?:period|programme|project|plan|cycle)
        | (?:programme|project|plan|period)\s+of\s+(?P<n3>{NUMBER})\s+(?P<u3>{UNIT})s
        | (?:over|during|within|in)\s+the\s+(?:next|coming|following)\s+(?P<u4>{UNIT})
        )\b"
    ))
    .expect("a constant pattern")
});

static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)\b(?P<w>by|before|in\s+the\s+course\s+of|no\s+later\s+than|not\s+later\s+than|until|from|as\s+of|with\s+effect\s+from|after|since|in|during|on|ahead\s+of|prior\s+to|to)\s+
        (?P<e>the\s+)?(?P<end>(?:very\s+)?(?:end|close|start|beginning|middle|(?:first|second)\s+half|(?:first|second|third|last|final)\s+quarter)\s+of\s+(?:(?:the\s+)?(?:\w+\s+)?(?:term|season|session)\s+(?:on|in)\s+)?)?(?:the\s+)?
        (?:
          (?P<fy>(?:financial|fiscal|school|academic|calendar)\s+year)\s*(?P<f1>\d{{4}})?(?:[/-](?P<f2>\d{{2,4}}))?
        | (?P<day>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b(?:,?\s+\d{{4}})?|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})
        | (?P<m>{MONTH})\b(?:,?\s+(?:of\s+)?(?P<my>\d{{4}}))?(?P<nextm>\s+next\s+year)?
        | (?P<s>spring|summer|autumn|winter|easter|christmas\s+eve|christmas)(?:\s+(?:holidays?|break|term|day))?(?:\s+(?:of\s+|in\s+)?(?P<sy>\d{{4}}))?
        | (?:q|quarter\s+)(?P<q>[1-4])\s+(?:of\s+)?(?P<qy>\d{{4}})
        | (?P<y>\d{{4}})(?:[/-](?P<y2>\d{{2}}))?(?:\s+(?P<yk>(?:financial|school|academic)\s+year))?
        | (?P<ny>next|this)\s+(?P<nu>year|month|summer|spring|autumn|winter|financial\s+year|calendar\s+year)
        )\b"
    ))
    .expect("a constant pattern")
});

static CONTRACT_END: LazyLock<Regex> = LazyLock::new(|| {
    let contract =
        r"(?:the|that|this|our|its|their)\s+(?:(?:current|present|existing|maintenance)\s+)?contract";
    let ends = r"(?:ends|expires|runs\s+out|comes\s+to\s+an\s+end|is\s+up)";
    Regex::new(&format!(
        r"(?i)\b(?:(?:when|once|as\s+soon\s+as)\s+{contract}\s+{ends}|(?:at|by)\s+the\s+(?:end|expiry)\s+of\s+{contract})\b"
    ))
    .expect("a constant pattern")
});

/// Up to the day on which it ends.
static CONTRACT_RUNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bcontract\s+(?:\w+\s+){0,4}?(?:runs?\s+(?:until|to)|ends?\s+on|expires?\s+on|until)\s+")
        .expect("a constant pattern")
});

/// The terms in a stretch of text, one after the other. `order` is that of the whole text, `anchor` the day the words were said.
pub(super) fn terms(text: &str, range: Range<usize>, order: Order, anchor: Option<Date>) -> Vec<Term> {
    let Some(part) = text.get(range.clone()) else {
        return Vec::new();
    };
    let place = |found: Range<usize>| range.start + found.start..range.start + found.end;
    let mut out: Vec<Term> = Vec::new();
    for found in WITHIN.captures_iter(part) {
        let Some(whole) = found.get(0) else { continue };
        let told = || {
            let before = part.get(..whole.start()).unwrap_or_default();
            days_in(before, order).last().and_then(Day::date)
        };
        let from = if found.name("that").is_some() {
            told()
        } else {
            anchor
        };
        // `Within six months of the depot opening`: the day it counts from is not told here.
        let rest = part.get(whole.end()..).unwrap_or_default();
        let of_event = [" of ", " after ", " following "]
            .iter()
            .any(|word| rest.starts_with(word));
        out.push(Term {
            span: place(whole.range()),
            date: from.filter(|_| !of_event).and_then(|from| after(from, &found)),
        });
    }
    for found in UNTIL.captures_iter(part) {
        let Some(whole) = found.get(0) else { continue };
        let word = found
            .name("w")
            .map_or(String::new(), |m| m.as_str().to_lowercase());
        // `in the meantime`, `to March`: only what fixes an end, or a start from which it holds.
        let year_alone = found.name("y").is_some();
        if matches!(word.as_str(), "since" | "after" | "to")
            || word == "in" && year_alone && found.name("y2").is_none() && !future(&found, anchor)
        {
            continue;
        }
        if year_alone && !future(&found, None) {
            continue;
        }
        let span = place(whole.range());
        if out
            .iter()
            .any(|term| term.span.start < span.end && span.start < term.span.end)
        {
            continue;
        }
        out.push(Term {
            date: until(&word, &found, anchor, order),
            span,
        });
    }
    for found in CONTRACT_END.find_iter(part) {
        out.push(Term {
            span: place(found.range()),
            date: contract_end(text.get(..range.start + found.start()).unwrap_or_default(), order),
        });
    }
    out.sort_by_key(|term| term.span.start);
    explained(text, order, out)
}

/// `By the start of the academic year on 21 September 2026` is one term, of the day that explains it.
fn explained(text: &str, order: Order, terms: Vec<Term>) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    for term in terms {
        let words = text.get(term.span.clone()).unwrap_or_default();
        let names_day = words.starts_with("on ")
            && days_in(words, order)
                .first()
                .is_some_and(|day| day.year.is_some());
        let before = out.last_mut().filter(|before| {
            let gap = text.get(before.span.end..term.span.start);
            names_day && gap.is_some_and(|gap| gap.trim().is_empty())
        });
        match before {
            Some(before) => {
                before.date = term.date;
                before.span.end = term.span.end;
            }
            None => out.push(term),
        }
    }
    out
}

/// The last day of a contract that was told before: `The contract runs until 31 July 2026.`
fn contract_end(before: &str, order: Order) -> Option<Date> {
    let told = CONTRACT_RUNS.find_iter(before).last()?;
    let rest = before.get(told.end()..)?;
    let day = days_in(rest, order)
        .into_iter()
        .next()
        .filter(|day| day.span.start == 0)?;
    day.date()
}

fn future(found: &Captures<'_>, anchor: Option<Date>) -> bool {
    let year: Option<i16> = found.name("y").and_then(|m| m.as_str().parse().ok());
    year.is_some_and(|year| (2000..2100).contains(&year) && anchor.is_none_or(|anchor| year >= anchor.year()))
}

fn after(anchor: Date, found: &Captures<'_>) -> Option<Date> {
    let group = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| found.name(name))
            .map(|m| m.as_str().to_lowercase())
    };
    let count = group(&["n", "n2", "n3"]).map_or(Some(1), |word| number(&word))?;
    let span = match group(&["u", "u2", "u3", "u4"])?.as_str() {
        "day" => count.days(),
        "week" => count.weeks(),
        "month" => count.months(),
        _ => count.years(),
    };
    anchor.checked_add(span).ok()
}

fn number(word: &str) -> Option<i64> {
    const WORDS: [(&str, i64); 23] = [
        ("a", 1),
        ("an", 1),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("fifteen", 15),
        ("eighteen", 18),
        ("twenty", 20),
        ("twenty four", 24),
        ("thirty", 30),
        ("thirty six", 36),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("ninety", 90),
    ];
    let word = word.replace('-', " ");
    let named = || WORDS.iter().find(|(name, _)| *name == word);
    word.parse().ok().or_else(|| named().map(|(_, number)| *number))
}

/// The generous reading: `by April` allows all of April, `before April` none of it.
fn until(word: &str, found: &Captures<'_>, anchor: Option<Date>, order: Order) -> Option<Date> {
    let text = |name: &str| found.name(name).map(|m| m.as_str().to_lowercase());
    let year = |name: &str| text(name).and_then(|y| y.parse::<i16>().ok());
    let before = matches!(word, "before" | "ahead of" | "prior to");
    let from = matches!(word, "from" | "as of" | "with effect from" | "on");
    let part = text("end").unwrap_or_default();
    let (first, last) = if let Some(day) = found.name("day") {
        let day = days_in(day.as_str(), order).into_iter().next()?;
        let on = day
            .date()
            .or_else(|| next_of(anchor?, |year| day.in_year(year)))?;
        (on, on)
    } else if let Some(month) = text("m") {
        let month = month_number(&month)?;
        let year = match year("my") {
            Some(year) => year,
            None if found.name("nextm").is_some() => anchor?.year() + 1,
            None => next_of(anchor?, |year| month_end(year, month))?.year(),
        };
        (Date::new(year, month, 1).ok()?, month_end(year, month)?)
    } else if text("fy").is_some() {
        financial(&text("fy")?, year("f1"), text("f2"), anchor)?
    } else if let Some(season) = text("s") {
        let year = year("sy").or_else(|| Some(anchor?.year()))?;
        season_of(&season, year)?
    } else if let Some(quarter) = text("q").and_then(|q| q.parse::<i8>().ok()) {
        let year = year("qy")?;
        (
            Date::new(year, quarter * 3 - 2, 1).ok()?,
            month_end(year, quarter * 3)?,
        )
    } else if let Some(first) = year("y") {
        match text("y2") {
            Some(second) => {
                let kind = text("yk").unwrap_or_else(|| "financial year".into());
                financial(&kind, Some(first), Some(second), None)?
            }
            None => (date(first, 1, 1), year_end(first)),
        }
    } else {
        let anchor = anchor?;
        let next = i16::from(text("ny")? == "next");
        match text("nu")?.as_str() {
            "month" => {
                let on = anchor.checked_add(i64::from(next).months()).ok()?;
                (on.first_of_month(), on.last_of_month())
            }
            "year" | "calendar year" => (date(anchor.year() + next, 1, 1), year_end(anchor.year() + next)),
            season @ ("spring" | "summer" | "autumn" | "winter") => season_of(season, anchor.year() + next)?,
            _ => {
                let end = financial_end(anchor);
                let end = date(end.year() + next, 3, 31);
                (date(end.year() - 1, 4, 1), end)
            }
        }
    };
    if from {
        return Some(first);
    }
    // `by the start of the term in September`: the day is not told, the month is.
    if part.trim_end().ends_with(" in") {
        return Some(last);
    }
    if part.contains("start") || part.contains("beginning") {
        return Some(if before { first.yesterday().ok()? } else { first });
    }
    if let Some(months) = months_into(&part) {
        let end = first.checked_add(months.months()).ok()?.yesterday().ok()?;
        return Some(end.min(last));
    }
    if part.contains("middle") {
        return first.checked_add(14.days()).ok();
    }
    if before && part.is_empty() {
        first.yesterday().ok()
    } else {
        Some(last)
    }
}

/// How many months into a year a half or a quarter of it ends.
fn months_into(part: &str) -> Option<i64> {
    let half = part.contains("half");
    if !half && !part.contains("quarter") {
        return None;
    }
    let place = ["first", "second", "third", "last", "final"]
        .iter()
        .position(|word| part.contains(word))?;
    let place = i64::try_from(place.min(3)).ok()? + 1;
    Some(place * if half { 6 } else { 3 })
}

/// The first such day that is not before the anchor.
fn next_of(anchor: Date, day: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    [anchor.year(), anchor.year() + 1]
        .into_iter()
        .filter_map(day)
        .find(|date| *date >= anchor)
}

fn financial_end(anchor: Date) -> Date {
    let end = date(anchor.year(), 3, 31);
    if anchor <= end {
        end
    } else {
        date(anchor.year() + 1, 3, 31)
    }
}

/// From April to March; a school year to August, a calendar year to December.
fn financial(
    kind: &str,
    first: Option<i16>,
    second: Option<String>,
    anchor: Option<Date>,
) -> Option<(Date, Date)> {
    if kind.starts_with("calendar") {
        let year = first.or_else(|| anchor.map(Date::year))?;
        return Some((date(year, 1, 1), year_end(year)));
    }
    let (month, day) = if kind.starts_with("school") || kind.starts_with("academic") {
        (8, 31)
    } else {
        (3, 31)
    };
    let end = match (first, second) {
        (Some(first), Some(_)) => date(first + 1, month, day),
        (Some(only), None) => date(only + 1, month, day),
        (None, _) => {
            let anchor = anchor?;
            next_of(anchor, |year| Date::new(year, month, day).ok())?
        }
    };
    let start = date(end.year() - 1, month, day).tomorrow().ok()?;
    Some((start, end))
}

fn season_of(season: &str, year: i16) -> Option<(Date, Date)> {
    Some(match season {
        "spring" | "easter" => (date(year, 3, 1), date(year, 5, 31)),
        "summer" => (date(year, 6, 1), date(year, 8, 31)),
        "autumn" => (date(year, 9, 1), date(year, 11, 30)),
        "christmas" => (date(year, 12, 25), date(year, 12, 25)),
        eve if eve.starts_with("christmas") => (date(year, 12, 24), date(year, 12, 24)),
        _ => (date(year, 12, 1), month_end(year + 1, 2)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_resolved_against_the_day_they_were_said() {
        let anchor = Some(date(2022, 6, 23));
        for (text, want) in [
            ("During the next three years, the", Some("2025-06-23")),
            ("by 31 March 2025.", Some("2025-03-31")),
            ("by April 2025", Some("2025-04-30")),
            ("before the end of March 2024", Some("2024-03-31")),
            ("before March 2024", Some("2024-02-29")),
            ("by the end of 2024", Some("2024-12-31")),
            ("within 18 months", Some("2023-12-23")),
            ("by the end of the financial year", Some("2023-03-31")),
            ("by the end of the financial year 2024/25", Some("2025-03-31")),
            ("in 2023/24", Some("2024-03-31")),
            ("by spring 2024", Some("2024-05-31")),
            ("from 1 April 2023", Some("2023-04-01")),
            ("by the end of next year", Some("2023-12-31")),
            ("by Christmas", Some("2022-12-25")),
            ("by September", Some("2022-09-30")),
            ("over a three-year programme", Some("2025-06-23")),
            ("within ninety days of today", Some("2022-09-21")),
            ("in the first half of 2024", Some("2024-06-30")),
            ("in the last quarter of 2024", Some("2024-12-31")),
            ("in the course of 2024", Some("2024-12-31")),
            ("on Saturday 6 September 2025", Some("2025-09-06")),
            (
                "by the start of the 2026/27 academic year on 21 September 2026",
                Some("2026-09-21"),
            ),
            ("by the end of the summer holidays of 2026", Some("2026-08-31")),
            (
                "by the start of the autumn term in September 2026",
                Some("2026-09-30"),
            ),
            ("within six months of the depot opening", None),
            ("in due course", None),
            ("may be needed", None),
        ] {
            let found = terms(text, 0..text.len(), Order::of(text), anchor)
                .first()
                .and_then(|t| t.date)
                .map(|d| d.to_string());
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
