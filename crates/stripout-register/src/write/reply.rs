//! Outcomes and commitments.

use stripout_model::{Commitment, Deadline, Outcome};

use super::evidence::{self, columns};
use super::insert::{Rows, Table};
use crate::{Result, RowId};

const ONCE: &str = "ON CONFLICT (id, reading) DO NOTHING";

pub(super) const OUTCOME: Table = Table {
    name: "outcome",
    columns: columns![proof
        "id", "reading", "record", "kind", "reply", "grounds", "template", "said_on", "document_date",
        "asked_on", "why",
    ],
    conflict: ONCE,
};

pub(super) const COMMITMENT: Table = Table {
    name: "commitment",
    columns: columns![proof
        "id", "reading", "record", "who", "act", "scope", "by_date", "by_words", "by_start", "authority", "voice",
        "said_on", "document_date", "why",
    ],
    conflict: ONCE,
};

pub(super) fn outcome(rows: &mut Rows, reading: RowId, record: RowId, outcome: &Outcome) -> Result<()> {
    let Outcome {
        kind,
        reply,
        grounds,
        template,
        days,
        asked,
        why,
        evidence,
    } = outcome;
    let cited: Vec<String> = grounds.iter().map(ToString::to_string).collect();
    let id = evidence::identity("outcome", evidence)
        .text(kind.as_str())
        .text(&cited.join(", "))
        .finish();
    rows.shown(id);
    rows.shown(reading);
    rows.shown(record);
    rows.text(kind.as_str());
    rows.text(reply.as_str());
    rows.json(grounds)?;
    rows.optional(template.as_deref());
    rows.optional(days.said);
    rows.optional(days.document);
    rows.optional(*asked);
    rows.text(&**why);
    evidence::proof(rows, evidence)
}

pub(super) fn commitment(
    rows: &mut Rows,
    reading: RowId,
    record: RowId,
    commitment: &Commitment,
) -> Result<()> {
    let Commitment {
        who,
        act,
        scope,
        by,
        authority,
        voice,
        days,
        why,
        evidence,
    } = commitment;
    let (date, words, start) = match by {
        Some(Deadline { date, words, start }) => (*date, Some(words), Some(*start)),
        None => (None, None, None),
    };
    let id = evidence::identity("commitment", evidence)
        .text(who)
        .text(act.as_str())
        .optional(date.map(|date| date.to_string()).as_deref())
        .finish();
    rows.shown(id);
    rows.shown(reading);
    rows.shown(record);
    rows.text(&**who);
    rows.text(act.as_str());
    rows.text(&**scope);
    rows.optional(date);
    rows.optional(words);
    match start {
        Some(start) => rows.natural("offset", start)?,
        None => rows.maybe_integer(None),
    }
    rows.text(authority.as_str());
    rows.text(voice.as_str());
    rows.optional(days.said);
    rows.optional(days.document);
    rows.text(&**why);
    evidence::proof(rows, evidence)
}
