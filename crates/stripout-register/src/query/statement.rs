//! What sources say, each with all that must be known to judge it.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stripout_model::{
    Author, AuthorHow, Commitment, DocumentKind, Identifier, Lead, MakerId, Outcome, Sighting, Statement,
};

use super::list::Question;
use crate::row::{Fields, SourceRef};
use crate::sql::{fault, trusted};
use crate::{
    CommitmentRow, Filter, LeadRow, Listed, Order, OutcomeRow, Register, Result, RowId, SightingRow,
};

/// What is the same for all that one reading found.
struct Origin {
    /// The one it is told by first.
    paths: Vec<String>,
    got: Date,
    /// The rest of a source speaks for a record when it names one body only, was sent by one and has one date.
    author: Option<Author>,
    sender: Option<String>,
    written: Option<Date>,
}

/// All current readings.
pub struct Origins(HashMap<RowId, Origin>);

/// A record and the source it stands in.
struct Standing {
    kind: DocumentKind,
    written: Option<Date>,
    got: Date,
    award: Option<String>,
    released: String,
    reference: Option<String>,
    /// From its own text, then from the rest of its source, then from the paths that its bytes came by.
    authors: Vec<Author>,
}

/// Whom a sighting may speak of, without its words: enough to tell bodies apart in a register of any size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Where its row lies: grows with every row that is written.
    pub place: i64,
    pub id: RowId,
    pub maker: MakerId,
    /// The day it speaks of, else that of the document.
    pub day: Option<Date>,
    /// Surest first.
    pub authors: Vec<Author>,
}

const OUTLINE: &[&str] = &[
    "place",
    "id",
    "reading",
    "maker",
    "body",
    "date",
    "author",
    "how",
    "stands",
    "written_on",
    "sender",
    "buyer_ids",
];
const STANDING: &[&str] = &[
    "id",
    "reading",
    "kind",
    "author",
    "how",
    "stands",
    "written_on",
    "sender",
    "buyer_ids",
    "award",
    "released",
    "reference",
];

impl Register {
    /// Every current sighting, in the order of the sources.
    pub async fn stated_sightings(&self) -> Result<Vec<Statement<Sighting>>> {
        self.stated("sighting", sighting_parts).await
    }

    /// Those of these ids that are current, in no order.
    pub async fn stated_sightings_of(&self, ids: &[RowId]) -> Result<Vec<Statement<Sighting>>> {
        let ids: Vec<String> = ids.iter().map(RowId::to_string).collect();
        let ids = serde_json::Value::from(ids).to_string();
        self.chosen(&self.origins().await?, "t.id", ids).await
    }

    /// The days of the documents in which the sightings with these ids stand, where one is known.
    pub async fn written(&self, ids: &[RowId]) -> Result<HashMap<RowId, Date>> {
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        let ids: Vec<String> = ids.iter().map(RowId::to_string).collect();
        let select = "SELECT t.id, coalesce(l.written_on, (SELECT min(o.written_on) FROM letterhead AS o \
                      WHERE o.reading = t.reading HAVING count(DISTINCT o.written_on) = 1)) AS written_on \
                      FROM sighting AS t LEFT JOIN letterhead AS l ON l.record = t.record AND l.reading = t.reading \
                      WHERE t.id IN (SELECT value FROM json_each(?))";
        let rows = sqlx::query(select)
            .bind(serde_json::Value::from(ids).to_string())
            .fetch_all(&self.readers);
        let mut written = HashMap::new();
        for row in rows.await.map_err(failed)? {
            let row = Fields::Row(&row);
            if let Some(day) = row.date("written_on").map_err(failed)? {
                written.insert(row.word("id").map_err(failed)?, day);
            }
        }
        Ok(written)
    }

    /// The current sightings at these places, in no order.
    pub async fn stated_sightings_at(
        &self,
        origins: &Origins,
        places: &[i64],
    ) -> Result<Vec<Statement<Sighting>>> {
        let places = serde_json::Value::from(places).to_string();
        self.chosen(origins, "t.rowid", places).await
    }

    /// `values` is a JSON array of what the column must hold.
    async fn chosen(
        &self,
        origins: &Origins,
        column: &str,
        values: String,
    ) -> Result<Vec<Statement<Sighting>>> {
        let chosen = format!("{column} IN (SELECT value FROM json_each(?))");
        let mut question = Question::about::<SightingRow>();
        question.and(&chosen, [values.clone()]);
        let rows = self.ask_together::<SightingRow>(question).await?;
        let of = format!("SELECT t.record FROM sighting AS t WHERE {chosen}");
        let standings = self.standings(origins, &of, Some(values)).await?;
        Ok(statements(rows, &standings, sighting_parts))
    }

    /// Whom the sightings `after` a place may speak of, as far as `origins` goes: the next `most` rows, and where they end.
    /// `None` past the last.
    pub async fn outlines(
        &self,
        origins: &Origins,
        after: i64,
        most: u32,
    ) -> Result<Option<(Vec<Outline>, i64)>> {
        let select = "SELECT t.rowid AS place, t.id, t.reading, t.maker, t.body, t.date, l.author, l.how, l.place AS stands, \
                      l.written_on, l.sender, (SELECT f.buyer_ids FROM contract AS f WHERE f.record = t.record \
                      ORDER BY f.position LIMIT 1) AS buyer_ids \
                      FROM sighting AS t LEFT JOIN letterhead AS l ON l.record = t.record AND l.reading = t.reading \
                      WHERE t.rowid > ? ORDER BY t.rowid LIMIT ?";
        let read = |row: &Fields<'_>| Ok((row.number("place")?, outline(row, origins)?));
        let rows = self.together(OUTLINE, select, [after, most.into()], read).await?;
        let Some((end, _)) = rows.last() else {
            return Ok(None);
        };
        let end = *end;
        Ok(Some((
            rows.into_iter().filter_map(|(_, outline)| outline).collect(),
            end,
        )))
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
        let of = format!("SELECT t.record FROM {table} AS t");
        let standings = self.standings(&self.origins().await?, &of, None).await?;
        let order = Filter {
            order: Order::Place,
            ..Filter::default()
        };
        Ok(statements(self.list(&order).await?, &standings, parts))
    }

    pub async fn origins(&self) -> Result<Origins> {
        let select = "WITH named AS (SELECT reading, min(author) AS author, min(place) AS place FROM letterhead \
                      WHERE how <> 'text' GROUP BY reading HAVING count(DISTINCT author) = 1), \
                      sent AS (SELECT reading, min(sender) AS sender FROM letterhead GROUP BY reading \
                      HAVING count(DISTINCT sender) = 1), \
                      dated AS (SELECT reading, min(written_on) AS written_on FROM letterhead GROUP BY reading \
                      HAVING count(DISTINCT written_on) = 1) \
                      SELECT g.id, x.sender, n.author, n.place, d.written_on, \
                      (SELECT substr(min(w.seen_at), 1, 10) FROM provenance AS w WHERE w.source = g.source) AS got, \
                      (SELECT json_group_array(w.path) FROM (SELECT CASE p.kind WHEN 'stdin' THEN '-' ELSE p.path END AS path \
                      FROM provenance AS p WHERE p.source = g.source ORDER BY p.kind, p.seen_at DESC, p.path) AS w) AS paths \
                      FROM current_reading AS g LEFT JOIN named AS n ON n.reading = g.id \
                      LEFT JOIN dated AS d ON d.reading = g.id LEFT JOIN sent AS x ON x.reading = g.id";
        let mut rows = sqlx::query(select).fetch(&self.readers);
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        let mut origins = HashMap::new();
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            let (id, origin) = origin(&Fields::Row(&row)).map_err(failed)?;
            origins.insert(id, origin);
        }
        Ok(Origins(origins))
    }

    /// Of the records that the statement `of` gives, with its one parameter.
    async fn standings(
        &self,
        origins: &Origins,
        of: &str,
        parameter: Option<String>,
    ) -> Result<HashMap<RowId, Standing>> {
        let select = format!(
            "SELECT r.id, r.reading, r.kind, l.author, l.how, l.place AS stands, l.written_on, l.sender, \
             (SELECT f.buyer_ids FROM contract AS f WHERE f.record = r.id ORDER BY f.position LIMIT 1) AS buyer_ids, \
             c.ocid || ' ' || c.award AS award, coalesce(c.released, '') AS released, \
             (SELECT min(p.reference) FROM payment AS p WHERE p.record = r.id) AS reference \
             FROM record AS r LEFT JOIN letterhead AS l ON l.record = r.id AND l.reading = r.reading \
             LEFT JOIN contract AS c ON c.record = r.id AND c.ocid <> '' \
             AND c.position = (SELECT min(f.position) FROM contract AS f WHERE f.record = r.id) \
             WHERE r.id IN ({of})"
        );
        if parameter.is_some() {
            let read = |row: &Fields<'_>| standing(row, origins);
            let standings = self.together(STANDING, &select, parameter, read).await?;
            return Ok(standings.into_iter().flatten().collect());
        }
        // Of all there are: more than one value should hold.
        let mut rows = sqlx::query(trusted(select)).fetch(&self.readers);
        let mut standings = HashMap::new();
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            standings.extend(standing(&Fields::Row(&row), origins).map_err(failed)?);
        }
        Ok(standings)
    }
}

/// Id, record, source, who the row itself names, and what was found.
type Parts<T> = (RowId, RowId, SourceRef, Option<Author>, T);

fn sighting_parts(row: SightingRow) -> Parts<Sighting> {
    let body = row.sighting.row.body.clone();
    (row.id, row.record, row.source, body.map(by_row), row.sighting)
}

fn statements<R, T>(
    rows: Vec<R>,
    standings: &HashMap<RowId, Standing>,
    parts: impl Fn(R) -> Parts<T>,
) -> Vec<Statement<T>> {
    let state = |row| {
        let (id, record, source, first, what) = parts(row);
        let standing = standings.get(&record)?;
        Some(Statement {
            id: id.to_string(),
            record: record.to_string(),
            kind: standing.kind,
            partial: source.partial,
            written: standing.written,
            got: standing.got,
            award: standing.award.clone(),
            released: standing.released.clone(),
            reference: standing.reference.clone(),
            authors: surest_first(first, standing.authors.iter().cloned()),
            source: source.path,
            what,
        })
    };
    rows.into_iter().filter_map(state).collect()
}

fn surest_first(own: Option<Author>, standing: impl IntoIterator<Item = Author>) -> Vec<Author> {
    let mut authors: Vec<Author> = own.into_iter().chain(standing).collect();
    authors.sort_by_key(|author| author.how);
    authors
}

fn by_row(name: String) -> Author {
    Author {
        name,
        how: AuthorHow::Row,
        place: String::new(),
    }
}

fn origin(row: &Fields<'_>) -> Result<(RowId, Origin), sqlx::Error> {
    let author = match (row.maybe_text("author")?, row.maybe_text("place")?) {
        (Some(name), place) => Some(Author {
            name,
            how: AuthorHow::Source,
            place: place.unwrap_or_default(),
        }),
        (None, _) => None,
    };
    let origin = Origin {
        paths: row.maybe_json("paths")?.unwrap_or_default(),
        got: row.day("got")?,
        author,
        sender: row.maybe_text("sender")?,
        written: row.date("written_on")?,
    };
    Ok((row.word("id")?, origin))
}

fn outline(row: &Fields<'_>, origins: &Origins) -> Result<Option<Outline>, sqlx::Error> {
    let Some(origin) = origins.0.get(&row.word::<RowId>("reading")?) else {
        return Ok(None);
    };
    let own = row.maybe_text("body")?.map(by_row);
    let day = match row.date("date")? {
        Some(day) => Some(day),
        None => written(row, origin)?,
    };
    Ok(Some(Outline {
        place: row.number("place")?,
        id: row.word("id")?,
        maker: row.word("maker")?,
        day,
        authors: surest_first(own, authors(row, origin)?),
    }))
}

/// `None` for a record of a reading that counts no more.
fn standing(row: &Fields<'_>, origins: &Origins) -> Result<Option<(RowId, Standing)>, sqlx::Error> {
    let Some(origin) = origins.0.get(&row.word::<RowId>("reading")?) else {
        return Ok(None);
    };
    let standing = Standing {
        kind: row.word("kind")?,
        written: written(row, origin)?,
        got: origin.got,
        award: row.maybe_text("award")?,
        released: row.text("released")?,
        reference: row.maybe_text("reference")?,
        authors: authors(row, origin)?,
    };
    Ok(Some((row.word("id")?, standing)))
}

/// The document's own date, else that of all of its source. None is later than the day on which it came, by the clocks of
/// all places: such a date is a slip of the pen, and nobody knows of what.
fn written(row: &Fields<'_>, origin: &Origin) -> Result<Option<Date>, sqlx::Error> {
    let last = origin.got.saturating_add(1.day());
    let written = row.date("written_on")?.or(origin.written);
    Ok(written.filter(|day| *day <= last))
}

/// Whom the record itself names, by number, sender and name, then whom the rest of its source does, then the names of its
/// files and folders.
fn authors(row: &Fields<'_>, origin: &Origin) -> Result<Vec<Author>, sqlx::Error> {
    let own = match (
        row.maybe_text("author")?,
        row.maybe_word("how")?,
        row.maybe_text("stands")?,
    ) {
        (Some(name), Some(how), Some(place)) => Some(Author { name, how, place }),
        _ => None,
    };
    // A message speaks for what is attached to it, unless that says itself whose it is.
    let speaks = own
        .as_ref()
        .is_some_and(|own: &Author| own.how != AuthorHow::Text);
    let sender = match row.maybe_text("sender")? {
        None if !speaks => origin.sender.clone(),
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
    let named = own.into_iter().chain(origin.author.clone());
    let mut authors: Vec<Author> = numbers.chain(sender).chain(named).collect();
    authors.dedup_by(|later, first| later.name == first.name);
    let paths = origin.paths.iter();
    authors.extend(paths.flat_map(|path| Statement::<Sighting>::authors_of_path(path)));
    Ok(authors)
}
