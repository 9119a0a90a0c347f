//! `stripout list`: query the register.

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use futures_util::StreamExt;
use jiff::civil::Date;
use stripout_catalogue::Catalogue;
use stripout_model::{BrandId, Code, Confidence, Decision, MakerId, Stance, Via};
use stripout_register::export::Table;
use stripout_register::{
    AffiliationRow, Cell, CommitmentRow, ContractRow, Filter, LeadRow, Listed, Order, OutcomeRow, PaymentRow,
    ProblemRow, SightingRow, SourceRow,
};

use super::finding::{self, FindingFilters};
use super::register::{Opened, RegisterFlags, store_failure};
use super::{Output, alert, next, request};
use crate::failure::{Exit, Failure};
use crate::judged::JudgeFlags;
use crate::rows;

#[derive(Debug, Args)]
pub(crate) struct List {
    /// What to list: `findings`, `alerts`, `requests`, or `sightings`, `leads`, `affiliations`, `outcomes`, `commitments`, `contracts`, `payments`, `sources`, `problems`, `decisions`.
    what: What,
    #[command(flatten)]
    filters: Filters,
    /// Of leads: the question to ask next, grouped by body.
    #[arg(long)]
    next: bool,
    #[command(flatten)]
    of_findings: FindingFilters,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What can be listed and exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Follow from the register.
    Findings,
    Alerts,
    Requests,
    /// Stands in it.
    Stored(Table),
}

impl FromStr for What {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "findings" => Ok(Self::Findings),
            "alerts" => Ok(Self::Alerts),
            "requests" => Ok(Self::Requests),
            _ => text
                .parse()
                .map(Self::Stored)
                .map_err(|error: String| format!("{error}, findings, alerts, requests")),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Findings => f.pad("findings"),
            Self::Alerts => f.pad("alerts"),
            Self::Requests => f.pad("requests"),
            Self::Stored(table) => table.fmt(f),
        }
    }
}

/// Which rows; a filter given twice asks for either.
#[derive(Debug, Clone, Args)]
pub(crate) struct Filters {
    /// Maker by its catalogue id.
    #[arg(long, value_name = "ID")]
    pub(crate) maker: Vec<MakerId>,
    /// Brand by its catalogue id.
    #[arg(long, value_name = "ID")]
    brand: Vec<BrandId>,
    /// What the text says: `has`, `had`, `removed`, `planned_removal`, `denies`, `refuses`, `prohibits`, `mentions`.
    #[arg(long)]
    stance: Vec<Stance>,
    /// `certain`, `likely` or `review`.
    #[arg(long)]
    pub(crate) confidence: Vec<Confidence>,
    /// How it was recognised: `name`, `brand`, `model`, `typo`, `script`.
    #[arg(long)]
    via: Vec<Via>,
    /// Of problems: the code, as in `error[input-encrypted]`.
    #[arg(long, value_name = "CODE")]
    code: Vec<Code>,
    /// Part of the body's name.
    #[arg(long, value_name = "TEXT")]
    pub(crate) body: Option<String>,
    /// Part of the supplier's name.
    #[arg(long, value_name = "TEXT")]
    supplier: Option<String>,
    /// Part of the source's path, or the start of its SHA-256.
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// First day, `2016-03-01`.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Last day.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    #[arg(long, value_enum, default_value_t = Sort::Strongest)]
    order: Sort,
    /// At most this many.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Sort {
    Strongest,
    Place,
    Newest,
    Oldest,
    Amount,
}

impl Filters {
    /// How many rows are wanted at most.
    pub(crate) fn most(&self) -> usize {
        let limit = self.limit.and_then(|limit| usize::try_from(limit).ok());
        limit.unwrap_or(usize::MAX)
    }

    pub(crate) fn filter(self) -> Filter {
        Filter {
            makers: self.maker,
            brands: self.brand,
            stances: self.stance,
            confidences: self.confidence,
            vias: self.via,
            codes: self.code,
            body: self.body,
            supplier: self.supplier,
            source: self.source,
            from: self.from,
            until: self.until,
            order: match self.order {
                Sort::Strongest => Order::Strongest,
                Sort::Place => Order::Place,
                Sort::Newest => Order::Newest,
                Sort::Oldest => Order::Oldest,
                Sort::Amount => Order::LargestAmount,
            },
            limit: self.limit,
            ..Filter::default()
        }
    }

    /// Where nothing fits, the makers asked for that the catalogue does not know are the likely reason.
    pub(crate) fn name_unknown(&self, catalogue: &Catalogue, out: &mut dyn Write) -> std::io::Result<()> {
        for maker in self.maker.iter().filter(|it| !catalogue.makers.contains_key(*it)) {
            writeln!(
                out,
                "No maker `{maker}` is in the catalogue: `stripout catalogue search NAME` finds one."
            )?;
        }
        Ok(())
    }
}

impl List {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let output = &self.output;
        let table = match self.what {
            What::Findings => {
                return finding::list(
                    &opened,
                    &self.judge,
                    &self.filters,
                    &self.of_findings,
                    output,
                    out,
                );
            }
            What::Alerts => {
                return alert::list(
                    &opened,
                    &self.judge,
                    &self.filters,
                    &self.of_findings,
                    output,
                    out,
                );
            }
            What::Requests => return request::list(&opened, &self.judge, &self.filters, output, out),
            What::Stored(Table::Leads) if self.next => {
                return next::list(&opened, &self.judge, &self.filters, output, out);
            }
            What::Stored(_) if self.next => {
                return Err(Failure::usage("only leads have a next question", "leave out --next").into());
            }
            What::Stored(table) => table,
        };
        let filter = self.filters.clone().filter();
        let any = match table {
            Table::Sightings => list::<SightingRow>(&opened, &filter, output, out, rows::sighting),
            Table::Leads => list::<LeadRow>(&opened, &filter, output, out, rows::lead),
            Table::Affiliations => list::<AffiliationRow>(&opened, &filter, output, out, rows::affiliation),
            Table::Outcomes => list::<OutcomeRow>(&opened, &filter, output, out, rows::outcome),
            Table::Commitments => list::<CommitmentRow>(&opened, &filter, output, out, rows::commitment),
            Table::Contracts => list::<ContractRow>(&opened, &filter, output, out, rows::flat),
            Table::Payments => list::<PaymentRow>(&opened, &filter, output, out, rows::flat),
            Table::Sources => list::<SourceRow>(&opened, &filter, output, out, rows::source),
            Table::Problems => list::<ProblemRow>(&opened, &filter, output, out, rows::problem),
            Table::Decisions => list::<Decision>(&opened, &filter, output, out, rows::decision),
        }?;
        if !any && !output.json && !output.quiet {
            self.filters.name_unknown(&self.judge.catalogue.load()?, out)?;
        }
        Ok(Exit::AllRead)
    }
}

fn list<T: Listed>(
    opened: &Opened,
    filter: &Filter,
    output: &Output,
    out: &mut dyn Write,
    print: fn(&T, &mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<bool> {
    // Rows that are left unread, as when `head` has enough, give their connection back: that needs the runtime.
    let _inside = opened.runtime.enter();
    let mut rows = opened
        .register
        .stream::<T>(filter)
        .map_err(|error| store_failure(&error))?;
    let mut any = false;
    while let Some(row) = opened.runtime.block_on(rows.next()) {
        let row = row.map_err(|error| store_failure(&error))?;
        any = true;
        if output.json {
            writeln!(out, "{}", json(&row))?;
        } else {
            print(&row, out)?;
        }
    }
    if !any && !output.json && !output.quiet {
        writeln!(out, "No {} in the register fit.", T::NAME)?;
    }
    Ok(any)
}

/// The flat form of a row as one JSON object.
pub(crate) fn json<T: Listed>(row: &T) -> serde_json::Value {
    let fields = T::COLUMNS
        .iter()
        .zip(row.cells())
        .map(|(column, cell)| (column.name.to_string(), value(cell)));
    serde_json::Value::Object(fields.collect())
}

fn value(cell: Cell) -> serde_json::Value {
    match cell {
        Cell::Null => serde_json::Value::Null,
        Cell::Text(text) => text.into(),
        Cell::Integer(number) => number.into(),
        Cell::Boolean(is) => is.into(),
        Cell::Amount(minor) => decimal(minor),
        Cell::Json(text) => serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text)),
    }
}

/// Pence as a JSON number with two decimals, exact up to 90 billion.
fn decimal(minor: i64) -> serde_json::Value {
    let text = format!(
        "{}{}.{:02}",
        if minor < 0 { "-" } else { "" },
        minor.unsigned_abs() / 100,
        minor.unsigned_abs() % 100
    );
    serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))
}
