//! Outcomes and commitments with their proof.

use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{Commitment, Days, Deadline, Evidence, Outcome};

use super::fields::Fields;
use super::{
    Cell, Column, Listed, Select, Shape, Sighted, SourceRef, from_current, proof_columns, source_columns,
};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    /// The day the source first reached us.
    pub got: Date,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommitmentRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    /// The day the source first reached us.
    pub got: Date,
    #[serde(flatten)]
    pub commitment: Commitment,
}

const PLACE: &str = "path, coalesce((SELECT r.member FROM record AS r WHERE r.id = t.record), ''), t.byte, t.start + t.mark_from";

/// The day on which the source first came.
macro_rules! got {
    () => {
        "(SELECT substr(min(w.seen_at), 1, 10) FROM provenance AS w WHERE w.source = s.id) AS got, "
    };
}

impl Select for OutcomeRow {
    const SELECT: &'static str = concat!(
        "SELECT t.id, t.record, t.kind, t.reply, t.grounds, t.template, t.said_on, t.document_date, t.asked_on, t.why, ",
        got!(),
        proof_columns!(),
        ", ",
        source_columns!(),
        from_current!("outcome")
    );
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Record,
        body: None,
        supplier: None,
        date: Some("coalesce(t.said_on, t.document_date)"),
        weight: None,
        place: PLACE,
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            got: row.day("got")?,
            outcome: Outcome {
                kind: row.word("kind")?,
                reply: row.word("reply")?,
                grounds: row.json("grounds")?,
                template: row.maybe_text("template")?,
                days: days(row)?,
                asked: row.date("asked_on")?,
                why: row.text("why")?,
                evidence: row.evidence()?,
            },
        })
    }
}

impl Select for CommitmentRow {
    const SELECT: &'static str = concat!(
        "SELECT t.id, t.record, t.who, t.act, t.scope, t.by_date, t.by_words, t.by_start, t.authority, t.voice, ",
        "t.said_on, t.document_date, t.why, ",
        got!(),
        proof_columns!(),
        ", ",
        source_columns!(),
        from_current!("commitment")
    );
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Record,
        body: Some("t.who"),
        supplier: None,
        date: Some("coalesce(t.said_on, t.document_date)"),
        weight: None,
        place: PLACE,
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        let date = row.date("by_date")?;
        let by = row.maybe_text("by_words")?.zip(row.maybe_number("by_start")?);
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            got: row.day("got")?,
            commitment: Commitment {
                who: row.text("who")?,
                act: row.word("act")?,
                scope: row.text("scope")?,
                by: by.map(|(words, start)| Deadline { date, words, start }),
                authority: row.word("authority")?,
                voice: row.word("voice")?,
                days: days(row)?,
                why: row.text("why")?,
                evidence: row.evidence()?,
            },
        })
    }
}

fn days(row: &Fields<'_>) -> Result<Days, sqlx::Error> {
    Ok(Days {
        said: row.date("said_on")?,
        document: row.date("document_date")?,
    })
}

/// The columns that end both.
macro_rules! columns {
    ($($own:expr),* $(,)?) => {
        &[
            Column::text("id"), $($own,)*
            Column::text("said_on"), Column::text("document_date"), Column::text("got"), Column::text("why"),
            Column::text("source"), Column::text("sha256"), Column::boolean("partial"), Column::text("place"),
            Column::json("locator"), Column::text("excerpt"), Column::integer("start"), Column::integer("mark_from"),
            Column::integer("mark_to"), Column::text("record"),
        ]
    };
}

struct Tail<'a> {
    days: Days,
    got: Date,
    why: &'a str,
    source: &'a SourceRef,
    evidence: &'a Evidence,
    record: RowId,
}

fn cells(id: RowId, own: Vec<Cell>, tail: &Tail<'_>) -> Vec<Cell> {
    let evidence = tail.evidence;
    let mut cells = vec![Cell::shown(id)];
    cells.extend(own);
    cells.extend([
        Cell::optional(tail.days.said),
        Cell::optional(tail.days.document),
        Cell::shown(tail.got),
        Cell::shown(tail.why),
        Cell::shown(&tail.source.path),
        Cell::shown(tail.source.blob),
        Cell::Boolean(tail.source.partial),
        Cell::shown(&evidence.locator),
        Cell::json(&evidence.locator),
        Cell::shown(&evidence.excerpt),
        Cell::natural(evidence.start as u64),
        Cell::natural(evidence.mark.start as u64),
        Cell::natural(evidence.mark.end as u64),
        Cell::shown(tail.record),
    ]);
    cells
}

impl Listed for OutcomeRow {
    const NAME: &'static str = "outcomes";
    const COLUMNS: &'static [Column] = columns![
        Column::text("outcome"),
        Column::text("reply"),
        Column::json("grounds"),
        Column::text("template"),
        Column::text("asked_on"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let one = &self.outcome;
        let grounds: Vec<String> = one.grounds.iter().map(ToString::to_string).collect();
        let own = vec![
            Cell::shown(one.kind),
            Cell::shown(one.reply),
            Cell::json(&grounds),
            Cell::optional(one.template.as_ref()),
            Cell::optional(one.asked),
        ];
        let tail = Tail {
            days: one.days,
            got: self.got,
            why: &one.why,
            source: &self.source,
            evidence: &one.evidence,
            record: self.record,
        };
        cells(self.id, own, &tail)
    }
}

impl Listed for CommitmentRow {
    const NAME: &'static str = "commitments";
    const COLUMNS: &'static [Column] = columns![
        Column::text("who"),
        Column::text("act"),
        Column::text("scope"),
        Column::text("by"),
        Column::text("by_words"),
        Column::text("authority"),
        Column::text("voice"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let one = &self.commitment;
        let own = vec![
            Cell::shown(&one.who),
            Cell::shown(one.act),
            Cell::shown(&one.scope),
            Cell::optional(one.by.as_ref().and_then(|by| by.date)),
            Cell::optional(one.by.as_ref().map(|by| &by.words)),
            Cell::shown(one.authority),
            Cell::shown(one.voice),
        ];
        let tail = Tail {
            days: one.days,
            got: self.got,
            why: &one.why,
            source: &self.source,
            evidence: &one.evidence,
            record: self.record,
        };
        cells(self.id, own, &tail)
    }
}
