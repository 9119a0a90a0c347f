//! What is held back from everybody until a day.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::row::Fields;
use crate::sql::fault;
use crate::write::source::stamp;
use crate::{Register, Result};

/// One entry of the log of embargoes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Embargo {
    /// SHA-256 of a source, or id of a finding.
    pub thing: String,
    /// First day on which it may be shown; `None` lifts it.
    pub until: Option<Date>,
    pub who: String,
    pub when: Timestamp,
    pub why: String,
}

/// What is held back on a day.
#[derive(Debug, Clone, Default)]
pub struct Embargoes(HashMap<String, Embargo>);

impl Embargoes {
    /// Of the log, in its order: the last entry on a thing holds.
    pub fn on(day: Date, log: Vec<Embargo>) -> Self {
        let mut last: HashMap<String, Embargo> = HashMap::new();
        for entry in log {
            last.insert(entry.thing.clone(), entry);
        }
        last.retain(|_, entry| entry.until.is_some_and(|until| day < until));
        Self(last)
    }

    pub fn holds(&self, thing: &str) -> bool {
        self.0.contains_key(thing)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// First to end first.
    pub fn entries(&self) -> Vec<&Embargo> {
        let mut entries: Vec<&Embargo> = self.0.values().collect();
        entries.sort_by_key(|entry| (entry.until, &entry.thing));
        entries
    }
}

impl Register {
    /// The whole log, oldest first.
    pub async fn embargoes(&self) -> Result<Vec<Embargo>> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let rows = sqlx::query("SELECT thing, until, who, at, why FROM embargo ORDER BY id")
            .fetch_all(&self.readers)
            .await
            .map_err(of)?;
        let entry = |row: &sqlx::sqlite::SqliteRow| {
            let row = Fields::Row(row);
            Ok(Embargo {
                thing: row.text("thing")?,
                until: row.date("until")?,
                who: row.text("who")?,
                when: row.word("at")?,
                why: row.text("why")?,
            })
        };
        rows.iter()
            .map(entry)
            .collect::<Result<_, sqlx::Error>>()
            .map_err(of)
    }

    /// Appends to the log, all or none.
    pub async fn embargo(&self, entries: &[Embargo]) -> Result<()> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        for entry in entries {
            sqlx::query("INSERT INTO embargo (thing, until, who, at, why) VALUES ($1, $2, $3, $4, $5)")
                .bind(&entry.thing)
                .bind(entry.until.map(|day| day.to_string()))
                .bind(&entry.who)
                .bind(stamp(entry.when))
                .bind(&entry.why)
                .execute(&mut *transaction)
                .await
                .map_err(of)?;
        }
        transaction.commit().await.map_err(of)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_last_word_on_a_thing_holds_until_its_day() {
        let entry = |thing: &str, until: Option<Date>| Embargo {
            thing: thing.into(),
            until,
            who: "a".into(),
            when: Timestamp::UNIX_EPOCH,
            why: String::new(),
        };
        let log = vec![
            entry("kept", Some(date(2027, 1, 2))),
            entry("lifted", Some(date(2027, 1, 2))),
            entry("lifted", None),
            entry("longer", Some(date(2026, 1, 1))),
            entry("longer", Some(date(2028, 1, 1))),
        ];
        let held = |day| {
            let held = Embargoes::on(day, log.clone());
            ["kept", "lifted", "longer", "other"].map(|thing| held.holds(thing))
        };
        assert_eq!(held(date(2027, 1, 1)), [true, false, true, false]);
        assert_eq!(held(date(2027, 1, 2)), [false, false, true, false]);
        assert_eq!(held(date(2028, 1, 1)), [false; 4]);
    }
}
