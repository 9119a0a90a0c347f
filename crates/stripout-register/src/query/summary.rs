//! Sums for the end of a screening, and the denominators beside them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use stripout_model::{Confidence, Currency, MakerId, Stance};

use crate::row::Fields;
use crate::sql::{fault, trusted};
use crate::write::source::stamp;
use crate::{Register, Result, TallyOf};

/// Which readings to sum up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryOf {
    All,
    /// Those read at this time or later: one run, by the time it started at.
    Since(Timestamp),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub sources: u64,
    /// Of them, not wholly read.
    pub partial: u64,
    pub records: u64,
    pub kept: u64,
    pub problems: u64,
    /// By maker, then stance, then strongest confidence first.
    pub sightings: Vec<SightingCount>,
    /// Of rows with a `has` sighting above `review`; by maker and currency, largest first. A row that names two makers
    /// counts with both.
    pub money: Vec<MoneySum>,
    /// The same rows, each once whatever the number of makers; `maker` is `None`.
    pub money_in_all: Vec<MoneySum>,
    /// Bodies by number of leads, most first.
    pub leads: Vec<BodyLeads>,
    pub affiliations: u64,
    pub denominators: Vec<Denominator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SightingCount {
    pub maker: MakerId,
    pub stance: Stance,
    pub confidence: Confidence,
    pub sightings: u64,
    /// Records they stand in.
    pub records: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoneySum {
    pub maker: Option<MakerId>,
    pub currency: Currency,
    /// Rows with an amount in this currency. Releases of one award count as one row, with the last amount.
    pub rows: u64,
    pub sum_minor: i128,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyLeads {
    pub body: Option<String>,
    pub leads: u64,
}

/// All rows of a body in a year, kept or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denominator {
    pub what: TallyOf,
    pub body: Option<String>,
    pub year: Option<i16>,
    pub currency: Option<Currency>,
    pub rows: u64,
    /// `None` when some source's sum is past all reason.
    pub sum_minor: Option<i128>,
}

/// The readings asked for; `?1` is a time, empty for all.
const READINGS: &str = "WITH g AS (SELECT * FROM current_reading WHERE read_at >= ?1) ";

/// One row, over the readings alone.
const TOTALS: &str = "SELECT count(*) AS sources, coalesce(sum(partial), 0) AS partial, \
    coalesce(sum(records), 0) AS records, coalesce(sum(kept), 0) AS kept, \
    coalesce(sum(problems), 0) AS problems, \
    (SELECT count(*) FROM affiliation AS a JOIN g ON g.id = a.reading) AS affiliations FROM g";

impl Register {
    /// Sources, records, problems and affiliations alone: of a register of any size without its rows.
    pub async fn totals(&self) -> Result<Summary> {
        let mut summary = Summary::default();
        for row in self.rows(TOTALS, "").await? {
            self.read_totals(&mut summary, &row)?;
        }
        Ok(summary)
    }

    pub async fn summary(&self, of: SummaryOf) -> Result<Summary> {
        let since = match of {
            SummaryOf::All => String::new(),
            SummaryOf::Since(time) => stamp(time),
        };
        let mut summary = Summary::default();
        for row in self.rows(TOTALS, &since).await? {
            self.read_totals(&mut summary, &row)?;
        }
        let sightings = "SELECT t.maker, t.stance, t.confidence, count(*) AS sightings, \
                         count(DISTINCT t.record) AS records FROM sighting AS t JOIN g ON g.id = t.reading \
                         GROUP BY t.maker, t.stance, t.confidence";
        for row in self.rows(sightings, &since).await? {
            summary.sightings.push(self.read(&row, sighting_count)?);
        }
        summary
            .sightings
            .sort_by(|a, b| (&a.maker, a.stance, b.confidence).cmp(&(&b.maker, b.stance, a.confidence)));
        self.sum_money(&mut summary, &since).await?;
        let leads = "SELECT t.body, count(*) AS leads FROM lead AS t JOIN g ON g.id = t.reading GROUP BY t.body \
                     ORDER BY leads DESC, t.body";
        for row in self.rows(leads, &since).await? {
            summary.leads.push(self.read(&row, |row| {
                Ok(BodyLeads {
                    body: row.maybe_text("body")?,
                    leads: row.number("leads")?,
                })
            })?);
        }
        self.sum_tallies(&mut summary, &since).await?;
        Ok(summary)
    }

    /// A row of money is a payment, or an award with all its releases: an amount said again is not spent again.
    async fn sum_money(&self, summary: &mut Summary, since: &str) -> Result<()> {
        let rows = "SELECT t.maker, t.currency, t.amount_minor, \
                    coalesce(c.ocid || ' ' || c.award, t.record) AS line, coalesce(c.released, '') AS released \
                    FROM sighting AS t JOIN g ON g.id = t.reading \
                    LEFT JOIN contract AS c ON c.record = t.record AND c.ocid <> '' \
                    AND c.position = (SELECT min(f.position) FROM contract AS f WHERE f.record = t.record) \
                    WHERE t.stance = 'has' AND t.confidence <> 'review' AND t.amount_minor IS NOT NULL \
                    ORDER BY released, t.record, t.id";
        let mut by_maker = BTreeMap::new();
        let mut in_all = BTreeMap::new();
        for row in self.rows(rows, since).await? {
            let (maker, currency, line, amount) = self.read(&row, |row| {
                let maker: MakerId = row.word("maker")?;
                let currency: Currency = row.word("currency")?;
                Ok((
                    maker,
                    currency,
                    row.text("line")?,
                    row.number::<i64>("amount_minor")?,
                ))
            })?;
            // In order of release: the last one stays.
            in_all.insert((None, line.clone()), (currency, amount));
            by_maker.insert((Some(maker), line), (currency, amount));
        }
        summary.money = sums(by_maker);
        summary.money_in_all = sums(in_all);
        Ok(())
    }

    async fn sum_tallies(&self, summary: &mut Summary, since: &str) -> Result<()> {
        let rows = "SELECT t.what, t.body, t.year, t.currency, t.rows, t.sum_minor \
                    FROM tally AS t JOIN g ON g.id = t.reading ORDER BY t.what, t.body, t.year, t.currency";
        // Summed here and not in SQL, which fails where a sum passes 63 bits.
        for row in self.rows(rows, since).await? {
            let next = self.read(&row, denominator)?;
            match summary.denominators.last_mut() {
                Some(last)
                    if (last.what, &last.body, last.year, last.currency)
                        == (next.what, &next.body, next.year, next.currency) =>
                {
                    last.rows = last.rows.saturating_add(next.rows);
                    last.sum_minor = last.sum_minor.zip(next.sum_minor).map(|(a, b)| a + b);
                }
                _ => summary.denominators.push(next),
            }
        }
        Ok(())
    }

    async fn rows(&self, select: &str, since: &str) -> Result<Vec<SqliteRow>> {
        let query = sqlx::query(trusted(format!("{READINGS}{select}"))).bind(since.to_string());
        query
            .fetch_all(&self.readers)
            .await
            .map_err(|error| fault(&self.path, &error))
    }

    fn read<T>(&self, row: &SqliteRow, with: impl Fn(&Fields<'_>) -> Result<T, sqlx::Error>) -> Result<T> {
        with(&Fields::Row(row)).map_err(|error| fault(&self.path, &error))
    }

    fn read_totals(&self, summary: &mut Summary, row: &SqliteRow) -> Result<()> {
        let [sources, partial, records, kept, problems, affiliations] = self.read(row, |row| {
            Ok([
                row.number("sources")?,
                row.number("partial")?,
                row.number("records")?,
                row.number("kept")?,
                row.number("problems")?,
                row.number("affiliations")?,
            ])
        })?;
        *summary = Summary {
            sources,
            partial,
            records,
            kept,
            problems,
            affiliations,
            ..std::mem::take(summary)
        };
        Ok(())
    }
}

fn sighting_count(row: &Fields<'_>) -> Result<SightingCount, sqlx::Error> {
    Ok(SightingCount {
        maker: row.word("maker")?,
        stance: row.word("stance")?,
        confidence: row.word("confidence")?,
        sightings: row.number("sightings")?,
        records: row.number("records")?,
    })
}

fn denominator(row: &Fields<'_>) -> Result<Denominator, sqlx::Error> {
    let year: i16 = row.number("year")?;
    Ok(Denominator {
        what: row.word("what")?,
        body: row.filled_text("body")?,
        year: (year != 0).then_some(year),
        currency: row.filled_word("currency")?,
        rows: row.number("rows")?,
        sum_minor: row.maybe_number("sum_minor")?,
    })
}

fn sums(lines: BTreeMap<(Option<MakerId>, String), (Currency, i64)>) -> Vec<MoneySum> {
    let mut sums: BTreeMap<(Option<MakerId>, Currency), (u64, i128)> = BTreeMap::new();
    for ((maker, _), (currency, amount)) in lines {
        let sum = sums.entry((maker, currency)).or_default();
        sum.0 += 1;
        sum.1 += i128::from(amount);
    }
    let mut sums: Vec<_> = sums
        .into_iter()
        .map(|((maker, currency), (rows, sum_minor))| MoneySum {
            maker,
            currency,
            rows,
            sum_minor,
        })
        .collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.sum_minor));
    sums
}
