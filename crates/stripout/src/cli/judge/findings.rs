//! `stripout judge`: the findings of a register under the instruments: the gap, or one instrument finding by finding, or
//! what another instrument would change.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use stripout_catalogue::{Catalogue, CatalogueError};
use stripout_judge::{By, Change, Gap, GapRow, Holding, Judge, JudgeError, Query, Tally, changes, gap};
use stripout_model::{Finding, Money};
use stripout_serve::{EQUIPMENT, PURCHASE, holding};

use super::{not_judged, print};
use crate::cli::Output;
use crate::cli::register::RegisterFlags;
use crate::failure::{Exit, Failure};
use crate::judged::{JudgeFlags, today};
use crate::show::{count, date, number, safe};

/// The least width of the first column of the table.
const NAME: usize = 24;

#[derive(Debug, Args)]
pub(crate) struct OfFindings {
    /// Judge by this instrument alone, finding by finding.
    #[arg(long, value_name = "ID", conflicts_with = "what_if")]
    policy: Option<String>,
    /// Rows of the table.
    #[arg(long, value_enum, default_value_t = Rows::Kind)]
    by: Rows,
    /// What would change with this instrument in force: its id, or the file of a draft.
    #[arg(long, value_name = "ID|FILE")]
    what_if: Option<String>,
    /// What is asked about: keep, deploy, procure ...
    #[arg(long, value_name = "ACT", default_value = "keep")]
    act: String,
    /// The day judged for; today when not given.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// Only findings that may be shown to everybody.
    #[arg(long)]
    public: bool,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Rows {
    Kind,
    Maker,
    Body,
    Region,
}

impl OfFindings {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let mut judging = self.judge.of(&self.register.open()?)?;
        let found = if self.public {
            judging.narrow()
        } else {
            judging.findings()
        };
        let catalogue = judging.catalogue.as_ref();
        let query = Query {
            act: self.act.clone(),
            equipment: EQUIPMENT.into(),
            date: self.date.unwrap_or_else(today),
            once: self.act == PURCHASE,
        };
        // What was bought is judged for its own day; of what is there nothing is asked of a body that is no more.
        let (shown, gone): (Vec<&Finding>, Vec<&Finding>) = found.findings.iter().partition(|it| {
            let body = judging.bodies.get(&it.body);
            query.once || body.is_none_or(|body| body.existed(Some(query.date)))
        });
        let shown = shown.into_iter();
        let holdings: Vec<Holding<'_>> = shown.map(|it| holding(it, &judging.bodies, catalogue)).collect();
        let judge = Judge::new(catalogue).map_err(|error| not_judged(&error))?;
        if let Some(what_if) = &self.what_if {
            return self.changes(&judge, catalogue, what_if, &holdings, &query, out);
        }
        let policy = self.policy.as_deref().map(|id| judge.policy(id)).transpose();
        let policy = policy.map_err(|error| not_judged(&error))?;
        let table =
            gap(&judge, &holdings, &query, policy, self.by.by()).map_err(|error| not_judged(&error))?;
        if self.output.json {
            for one in &table.instruments {
                writeln!(
                    out,
                    "{}",
                    serde_json::json!({"type": "instrument", "decided": one})
                )?;
            }
            for row in table.rows.iter().chain([&table.all]) {
                writeln!(
                    out,
                    "{}",
                    serde_json::json!({"type": "row", "by": self.by.name(), "row": row})
                )?;
            }
        } else {
            self.page(&table, catalogue, &query, out)?;
            if !self.output.quiet {
                counted(&holdings, &query, found.unresolved.len(), gone.len(), out)?;
            }
        }
        if let Some(policy) = policy {
            self.one_by_one(&judge, policy, &holdings, &query, out)?;
        }
        Ok(Exit::AllRead)
    }

    /// The table with what a reader must know to print it.
    fn page(&self, table: &Gap, catalogue: &Catalogue, query: &Query, out: &mut dyn Write) -> io::Result<()> {
        let act = meaning(catalogue, "acts", &query.act);
        let by = match &self.policy {
            Some(policy) => format!("by {policy}"),
            None => "by every instrument of the catalogue".into(),
        };
        let (act, day) = (safe(act), date(query.date));
        if query.once {
            writeln!(
                out,
                "What the rules said of the cameras bought by {day}, each purchase by the rules of its own day, {by}"
            )?;
        } else {
            let of = safe(&query.act);
            writeln!(
                out,
                "What the rules say of the cameras found ({of}: {act}) on {day}, {by}"
            )?;
        }
        writeln!(out)?;
        let rows = || table.rows.iter().chain([&table.all]);
        let width = rows().map(|row| group(row).chars().count()).max().unwrap_or(0);
        let width = width.clamp(NAME, 2 * NAME);
        writeln!(
            out,
            "{:<width$} {:>7} {:>7} {:>8} {:>9} {:>8} {:>8}   no rule: devices, money",
            self.by.name(),
            "bodies",
            "sites",
            "covered",
            "promised",
            "unknown",
            "no rule"
        )?;
        for row in rows() {
            line(row, width, out)?;
        }
        if self.output.quiet {
            return Ok(());
        }
        if !table.instruments.is_empty() {
            writeln!(out)?;
            writeln!(out, "What decides")?;
            for one in &table.instruments {
                let findings = count(one.findings, "finding");
                writeln!(out, "- {findings}: {}", safe(&one.determination.why))?;
            }
        }
        writeln!(out)?;
        // What every body may do that no rule keeps from it, in the words of the act.
        let (lawful, what) = if query.once {
            ("it was lawful to buy on that day".to_owned(), "purchase")
        } else {
            (format!("lawful to {act}"), "finding")
        };
        let no_rule = format!(
            "No rule: {lawful}, as far as these instruments go. Bodies are counted in each column that a {what} of theirs falls in."
        );
        for sentence in [
            "Covered: a rule that is in force reaches it. Promised: no such rule does; somebody promised or asked for it.",
            "Unknown: a fact that decides is not known, such as whether a site is a sensitive one. Never counted as covered.",
            &no_rule,
            "Sites, devices and money are what the evidence states; most evidence states none of them.",
        ] {
            writeln!(out, "{sentence}")?;
        }
        Ok(())
    }

    /// What one instrument says of every finding, with the evidence in a sentence.
    fn one_by_one(
        &self,
        judge: &Judge<'_>,
        policy: usize,
        holdings: &[Holding<'_>],
        query: &Query,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        for holding in holdings {
            let deeds = holding.deeds(query);
            if !deeds.is_empty() && !self.output.json {
                writeln!(out)?;
                writeln!(out, "{}", safe(&holding.finding.sentence))?;
            }
            for deed in deeds {
                let determination = judge
                    .determination(policy, &holding.situation_on(query, deed.day.clone()))
                    .map_err(|error| not_judged(&error))?;
                if self.output.json {
                    let line = serde_json::json!({
                        "type": "finding", "finding": holding.finding, "day": deed.day,
                        "determination": determination,
                    });
                    writeln!(out, "{line}")?;
                    continue;
                }
                if query.once {
                    writeln!(out, "bought {}:", deed.day)?;
                }
                print(&determination, out)?;
            }
        }
        Ok(())
    }

    fn changes(
        &self,
        before: &Judge<'_>,
        catalogue: &Catalogue,
        what_if: &str,
        holdings: &[Holding<'_>],
        query: &Query,
        out: &mut dyn Write,
    ) -> anyhow::Result<Exit> {
        let (catalogue, policy) = supposed(catalogue, what_if)?;
        let after = Judge::what_if(&catalogue, &policy).map_err(|error| not_judged(&error))?;
        let changed =
            changes(before, &after, &policy, holdings, query).map_err(|error| not_judged(&error))?;
        let asked: usize = holdings.iter().map(|holding| holding.deeds(query).len()).sum();
        if self.output.json {
            for change in &changed {
                writeln!(
                    out,
                    "{}",
                    serde_json::json!({"type": "change", "policy": policy, "change": change})
                )?;
            }
            return Ok(Exit::AllRead);
        }
        let title = catalogue
            .policies
            .get(&policy)
            .map_or(policy.as_str(), |it| it.title.as_str());
        writeln!(
            out,
            "If this were in force on {}: {}",
            date(query.date),
            safe(title)
        )?;
        // Whom it is taken to reach, where that is no more than a reading of it.
        let scope = catalogue.policies.get(&policy).and_then(|it| it.scope.as_ref());
        if let Some(scope) = scope.filter(|scope| !scope.bodies_as_stated.is_empty()) {
            writeln!(
                out,
                "It is taken to reach: {}.",
                safe(&scope.bodies_as_stated.join("; "))
            )?;
        }
        for change in &changed {
            print_change(change, query, out)?;
        }
        writeln!(
            out,
            "{} of {} would stand otherwise, of {}.",
            number(changed.len() as u64),
            count(asked as u64, if query.once { "purchase" } else { "finding" }),
            count(bodies_of(&changed), "body").replace("bodys", "bodies")
        )?;
        Ok(Exit::AllRead)
    }
}

impl Rows {
    fn by(self) -> By {
        match self {
            Self::Kind => By::Kind,
            Self::Maker => By::Maker,
            Self::Body => By::Body,
            Self::Region => By::Region,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Maker => "maker",
            Self::Body => "body",
            Self::Region => "region",
        }
    }
}

/// The catalogue in which the instrument is supposed to be in force: one of its own, or a draft.
fn supposed(catalogue: &Catalogue, what_if: &str) -> anyhow::Result<(Catalogue, String)> {
    if catalogue.policies.contains_key(what_if) {
        return Ok((catalogue.clone(), what_if.to_owned()));
    }
    let path = Path::new(what_if);
    if !path.exists() {
        return Err(not_judged(&JudgeError::NoSuchPolicy {
            policy: what_if.to_owned(),
        })
        .into());
    }
    let unreadable = |because: String| Failure {
        exit: Exit::Usage,
        code: "catalogue",
        what: format!("the draft `{what_if}` cannot be used"),
        because,
        hint: "correct the file: data/README.md shows an instrument".into(),
    };
    let text = fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let draft = catalogue.clone().with_draft(&text, path);
    Ok(draft.map_err(|error| match error {
        CatalogueError::Unreadable { faults } => {
            let all: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
            unreadable(all.join("; "))
        }
        error => unreadable(error.to_string()),
    })?)
}

fn group(row: &GapRow) -> String {
    if row.group.is_empty() {
        "not known".into()
    } else {
        safe(&row.group)
    }
}

fn line(row: &GapRow, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<width$} {:>7} {:>7} {:>8} {:>9} {:>8} {:>8}   {}",
        group(row),
        number(row.total.bodies),
        number(row.total.sites),
        number(row.covered.bodies),
        number(row.promised.bodies),
        number(row.unknown.bodies),
        number(row.no_rule.bodies),
        amounts(&row.no_rule)
    )
}

/// What the table rests on, and what is not in it.
fn counted(
    holdings: &[Holding<'_>],
    query: &Query,
    unresolved: usize,
    gone: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let gone = match gone {
        0 => String::new(),
        gone => format!(
            ", {} of bodies that were no more by then",
            count(gone as u64, "finding")
        ),
    };
    let there = holdings.iter().filter(|holding| !holding.deeds(query).is_empty());
    let accepted = there.clone().filter(|holding| holding.finding.public).count();
    let purchases: usize = there.clone().map(|holding| holding.deeds(query).len()).sum();
    let there = there.count();
    let (what, other) = if query.once {
        let what = format!(
            "{} of {}, by payments and awards, or by the first day that the evidence speaks of where it holds none",
            count(purchases as u64, "purchase"),
            count(there as u64, "finding"),
        );
        (what, "bought later, denied ...")
    } else {
        (
            format!("{} of equipment in use", count(there as u64, "finding")),
            "gone, denied ...",
        )
    };
    writeln!(
        out,
        "Counted: {what}, {accepted} accepted by a reviewer. Left out: {} of other kinds ({other}){gone}, and {} whose body is \
         not known.",
        count((holdings.len() - there) as u64, "finding"),
        count(unresolved as u64, "sighting")
    )
}

fn amounts(tally: &Tally) -> String {
    let money: Vec<String> = tally.money.iter().map(Money::to_string).collect();
    let money = if money.is_empty() {
        "-".into()
    } else {
        money.join(", ")
    };
    format!("{}, {money}", number(tally.devices))
}

fn print_change(change: &Change, query: &Query, out: &mut dyn Write) -> io::Result<()> {
    let bought = if query.once {
        format!(", bought {}", change.day)
    } else {
        String::new()
    };
    writeln!(
        out,
        "{}  {}{bought}: {} -> {}",
        change.finding,
        safe(&change.name),
        change.before,
        change.after
    )
}

fn bodies_of(changed: &[Change]) -> u64 {
    let mut bodies: Vec<_> = changed.iter().map(|change| &change.body).collect();
    bodies.sort();
    bodies.dedup();
    bodies.len() as u64
}

fn meaning<'a>(catalogue: &'a Catalogue, vocabulary: &str, value: &'a str) -> &'a str {
    let vocabulary = catalogue.vocabularies.get(vocabulary);
    vocabulary
        .and_then(|it| it.get(value))
        .map_or(value, |it| it.meaning.as_str())
}
