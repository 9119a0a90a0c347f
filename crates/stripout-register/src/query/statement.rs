//! What sources say, each with all that must be known to judge it.

use std::collections::{HashMap, HashSet};

use futures_util::TryStreamExt as _;
use jiff::civil::Date;
use sqlx::sqlite::SqliteRow;
use stripout_model::{
    Author, AuthorHow, Commitment, DocumentKind, Identifier, Lead, Outcome, Sighting, Statement,
};

use super::list::marks;
use super::these::AT_ONCE;
use crate::row::{Fields, SourceRef};
use crate::sql::{fault, trusted};
use crate::{
    CommitmentRow, Filter, LeadRow, Listed, Order, OutcomeRow, Register, Result, RowId, SightingRow,
};

/// Id of the row, its record, its source, who it says it speaks of, and what it says.
type Parts<T> = (RowId, RowId, SourceRef, Option<Author>, T);

/// A record and the source it stands in.
struct Standing {
    kind: DocumentKind,
    written: Option<Date>,
    got: Date,
    award: Option<String>,
    released: String,
    /// From its own text, then from the rest of its source.
    authors: Vec<Author>,
}

impl Register {
    /// Every current sighting, in the order of the sources.
    pub async fn stated_sightings(&self) -> Result<Vec<Statement<Sighting>>> {
        self.stated("sighting", sighting).await
    }

    /// Those of these ids that are current, in the order of the sources.
    pub async fn stated_sightings_of(&self, ids: &[RowId]) -> Result<Vec<Statement<Sighting>>> {
        let rows: Vec<SightingRow> = self.these(ids).await?;
        let records: HashSet<RowId> = rows.iter().map(|row| row.record).collect();
        let records: Vec<String> = records.iter().map(RowId::to_string).collect();
        let mut standings = HashMap::new();
        for some in records.chunks(AT_ONCE) {
            standings.extend(self.standings(&marks(some.len()), some).await?);
        }
        Ok(placed(rows, &standings, sighting))
    }

    pub async fn stated_leads(&self) -> Result<Vec<Statement<Lead>>> {
        self.stated("lead", |row: LeadRow| {
            let body = row.lead.row.body.clone();
            (row.id, row.record, row.source, body.map(by_row), row.lead)
        })
        .await
    }

    pub async fn stated_outcomes(&self) -> Result<Vec<Statement<Outcome>>> {
        self.stated("outcome", |row: OutcomeRow| {
            (row.id, row.record, row.source, None, row.outcome)
        })
        .await
    }

    pub async fn stated_commitments(&self) -> Result<Vec<Statement<Commitment>>> {
        self.stated("commitment", |row: CommitmentRow| {
            let who = Some(&row.commitment.who).filter(|who| !who.is_empty());
            let who = who.map(|who| Author {
                name: who.clone(),
                how: AuthorHow::Statement,
                place: row.commitment.evidence.locator.to_string(),
            });
            (row.id, row.record, row.source, who, row.commitment)
        })
        .await
    }

    async fn stated<R: Listed, T>(
        &self,
        table: &str,
        parts: impl Fn(R) -> Parts<T>,
    ) -> Result<Vec<Statement<T>>> {
        let all = format!("SELECT t.record FROM {table} AS t");
        let standings = self.standings(&all, &[]).await?;
        let order = Filter {
            order: Order::Place,
            ..Filter::default()
        };
        let rows: Vec<R> = self.list(&order).await?;
        Ok(placed(rows, &standings, parts))
    }

    /// Of the records that `among` names: ids, or a query for them.
    async fn standings(&self, among: &str, ids: &[String]) -> Result<HashMap<RowId, Standing>> {
        // The rest of a source speaks for a record when it names one body only.
        let select = format!(
            "WITH named AS (SELECT reading, min(author) AS author, min(place) AS place FROM letterhead \
             WHERE how <> 'text' GROUP BY reading HAVING count(DISTINCT author) = 1), \
             sent AS (SELECT reading, min(sender) AS sender FROM letterhead GROUP BY reading \
             HAVING count(DISTINCT sender) = 1), \
             dated AS (SELECT reading, min(written_on) AS written_on FROM letterhead GROUP BY reading \
             HAVING count(DISTINCT written_on) = 1) \
             SELECT r.id, r.kind, l.author, l.how, l.place, l.written_on, l.sender, s.sender AS source_sender, \
             (SELECT f.buyer_ids FROM contract AS f WHERE f.record = r.id ORDER BY f.position LIMIT 1) AS buyer_ids, \
             (SELECT substr(min(w.seen_at), 1, 10) FROM provenance AS w WHERE w.source = g.source) AS got, \
             c.ocid || ' ' || c.award AS award, coalesce(c.released, '') AS released, \
             n.author AS source_author, n.place AS source_place, d.written_on AS source_written \
             FROM record AS r JOIN current_reading AS g ON g.id = r.reading \
             LEFT JOIN letterhead AS l ON l.record = r.id AND l.reading = g.id \
             LEFT JOIN named AS n ON n.reading = g.id LEFT JOIN dated AS d ON d.reading = g.id \
             LEFT JOIN sent AS s ON s.reading = g.id \
             LEFT JOIN contract AS c ON c.record = r.id AND c.ocid <> '' \
             AND c.position = (SELECT min(f.position) FROM contract AS f WHERE f.record = r.id) \
             WHERE r.id IN ({among})"
        );
        let query = ids
            .iter()
            .fold(sqlx::query(trusted(select)), sqlx::query::Query::bind);
        let mut rows = query.fetch(&self.readers);
        let mut standings = HashMap::new();
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let (id, standing) = standing(&row).map_err(failed)?;
            standings.insert(id, standing);
        }
        Ok(standings)
    }
}

fn sighting(row: SightingRow) -> Parts<Sighting> {
    let body = row.sighting.row.body.clone();
    (row.id, row.record, row.source, body.map(by_row), row.sighting)
}

/// Each row with what is known of the record it stands in.
fn placed<R, T>(
    rows: Vec<R>,
    standings: &HashMap<RowId, Standing>,
    parts: impl Fn(R) -> Parts<T>,
) -> Vec<Statement<T>> {
    let state = |row| {
        let (id, record, source, first, what) = parts(row);
        let standing = standings.get(&record)?;
        let mut authors: Vec<Author> = first.into_iter().collect();
        authors.extend(standing.authors.iter().cloned());
        authors.extend(Statement::<T>::authors_of_path(&source.path));
        authors.sort_by_key(|author| author.how);
        Some(Statement {
            id: id.to_string(),
            record: record.to_string(),
            kind: standing.kind,
            source: source.path,
            partial: source.partial,
            written: standing.written,
            got: standing.got,
            award: standing.award.clone(),
            released: standing.released.clone(),
            authors,
            what,
        })
    };
    rows.into_iter().filter_map(state).collect()
}

fn by_row(name: String) -> Author {
    Author {
        name,
        how: AuthorHow::Row,
        place: String::new(),
    }
}

fn standing(row: &SqliteRow) -> Result<(RowId, Standing), sqlx::Error> {
    let row = Fields(row);
    let own = match (
        row.maybe_text("author")?,
        row.maybe_word("how")?,
        row.maybe_text("place")?,
    ) {
        (Some(name), Some(how), Some(place)) => Some(Author { name, how, place }),
        _ => None,
    };
    let source = row.maybe_text("source_author")?.map(|name| Author {
        name,
        how: AuthorHow::Source,
        place: String::new(),
    });
    let source = match (source, row.maybe_text("source_place")?) {
        (Some(author), Some(place)) => Some(Author { place, ..author }),
        _ => None,
    };
    // A message speaks for what is attached to it, unless that says itself whose it is.
    let speaks = own
        .as_ref()
        .is_some_and(|own: &Author| own.how != AuthorHow::Text);
    let sender = match row.maybe_text("sender")? {
        None if !speaks => row.maybe_text("source_sender")?,
        own => own,
    };
    let buyer: Option<Vec<Identifier>> = row.maybe_json("buyer_ids")?;
    let numbers = buyer
        .into_iter()
        .flatten()
        .map(|Identifier { scheme, id }| Author {
            name: format!("{scheme} {id}"),
            how: AuthorHow::Identifier,
            place: String::new(),
        });
    let sender = sender.map(|name| Author {
        name,
        how: AuthorHow::Sender,
        place: String::new(),
    });
    let named = own.into_iter().chain(source);
    let mut authors: Vec<Author> = numbers.chain(sender).chain(named).collect();
    authors.dedup_by(|later, first| later.name == first.name);
    let standing = Standing {
        kind: row.word("kind")?,
        written: match row.date("written_on")? {
            Some(day) => Some(day),
            None => row.date("source_written")?,
        },
        got: row.day("got")?,
        award: row.maybe_text("award")?,
        released: row.text("released")?,
        authors,
    };
    Ok((row.word("id")?, standing))
}
