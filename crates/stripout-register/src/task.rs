//! Leads that people take to research for a while, and bring back.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use crate::row::Fields;
use crate::sql::fault;
use crate::write::source::stamp;
use crate::{Register, Result};

/// What was done with a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskAct {
    Taken,
    Answered,
    Unsolved,
}

/// One entry of the log of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskEntry {
    pub lead: String,
    pub act: TaskAct,
    pub who: String,
    pub when: Timestamp,
    /// When what was taken ends by itself.
    pub until: Option<Timestamp>,
    /// The answer and its source, or what was tried.
    pub words: String,
}

/// Where every lead stands that was ever taken.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    log: Vec<TaskEntry>,
    /// Place of the last entry, by lead.
    last: HashMap<String, usize>,
    /// How often it was brought back unsolved, by lead.
    tried: HashMap<String, usize>,
}

impl TaskAct {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Answered => "answered",
            Self::Unsolved => "unsolved",
        }
    }
}

impl TaskEntry {
    fn holds(&self, now: Timestamp) -> bool {
        self.act == TaskAct::Taken && self.until.is_some_and(|until| now < until)
    }
}

impl Tasks {
    /// Of the log, in its order.
    pub fn of(log: Vec<TaskEntry>) -> Self {
        let (mut last, mut tried) = (HashMap::new(), HashMap::new());
        for (place, entry) in log.iter().enumerate() {
            last.insert(entry.lead.clone(), place);
            if entry.act == TaskAct::Unsolved {
                *tried.entry(entry.lead.clone()).or_default() += 1;
            }
        }
        Self { log, last, tried }
    }

    pub fn log(&self) -> &[TaskEntry] {
        &self.log
    }

    fn last(&self, lead: &str) -> Option<&TaskEntry> {
        self.log.get(*self.last.get(lead)?)
    }

    /// What somebody has in hand.
    pub fn held_by(&self, who: &str, now: Timestamp) -> Option<&TaskEntry> {
        let held = self.log.iter().rev().find(|entry| entry.who == who)?;
        let last = self.last(&held.lead)?;
        (last == held && held.holds(now)).then_some(held)
    }

    /// How many people have one in hand.
    pub fn held(&self, now: Timestamp) -> usize {
        let last = self.last.keys().filter_map(|lead| self.last(lead));
        last.filter(|entry| entry.holds(now)).count()
    }

    pub fn is_answered(&self, lead: &str) -> bool {
        self.last(lead)
            .is_some_and(|entry| entry.act == TaskAct::Answered)
    }

    /// The lead to hand out next, of those in the order of their worth: answered by nobody, in nobody's hands, tried least.
    pub fn next<'a>(&self, leads: impl IntoIterator<Item = &'a str>, now: Timestamp) -> Option<&'a str> {
        let free = |lead: &&str| {
            self.last(lead)
                .is_none_or(|entry| entry.act != TaskAct::Answered && !entry.holds(now))
        };
        let tried = |lead: &&str| self.tried.get(*lead).copied().unwrap_or_default();
        // The first of those tried least: an order that is kept.
        leads.into_iter().filter(free).min_by_key(tried)
    }
}

impl Register {
    /// The whole log, oldest first.
    pub async fn tasks(&self) -> Result<Tasks> {
        let rows = sqlx::query("SELECT lead, act, who, at, until, words FROM task ORDER BY id")
            .fetch_all(&self.readers)
            .await;
        let entry = |row: &sqlx::sqlite::SqliteRow| {
            let row = Fields::Row(row);
            Ok(TaskEntry {
                lead: row.text("lead")?,
                act: row.word("act")?,
                who: row.text("who")?,
                when: row.word("at")?,
                until: row.maybe_word("until")?,
                words: row.text("words")?,
            })
        };
        let log: Result<Vec<TaskEntry>, sqlx::Error> = rows.and_then(|rows| rows.iter().map(entry).collect());
        Ok(Tasks::of(log.map_err(|error| fault(&self.path, &error))?))
    }

    /// Appends a log to the log, all or none.
    pub async fn keep_tasks(&self, entries: &[TaskEntry]) -> Result<()> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        for entry in entries {
            append(&mut transaction, entry, "TRUE").await.map_err(of)?;
        }
        transaction.commit().await.map_err(of)
    }

    /// Takes a lead, or brings one back. `false`, and nothing is written, where that is no longer so: of two who take one, one
    /// is first; what somebody else has taken since, or was answered, cannot be brought back.
    pub async fn do_task(&self, entry: &TaskEntry) -> Result<bool> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let may = match entry.act {
            TaskAct::Taken => FREE,
            TaskAct::Answered | TaskAct::Unsolved => OWN,
        };
        let mut transaction = self.transaction().await?;
        let done = append(&mut transaction, entry, may).await.map_err(of)?;
        transaction.commit().await.map_err(of)?;
        Ok(done > 0)
    }
}

/// The last word on the lead neither answers it nor holds it any more. RFC 3339 in UTC is in the order of time.
const FREE: &str = "NOT EXISTS (SELECT 1 FROM task AS l WHERE l.id = (SELECT max(id) FROM task WHERE lead = $1) \
    AND (l.act = 'answered' OR l.until > $4))";
/// It says that they took it.
const OWN: &str = "EXISTS (SELECT 1 FROM task AS l WHERE l.id = (SELECT max(id) FROM task WHERE lead = $1) \
    AND l.act = 'taken' AND l.who = $3)";

/// Where it may be: how many rows were written.
async fn append(
    connection: &mut SqliteConnection,
    entry: &TaskEntry,
    may: &'static str,
) -> Result<u64, sqlx::Error> {
    let statement = format!(
        "INSERT INTO task (lead, act, who, at, until, words) SELECT $1, $2, $3, $4, $5, $6 WHERE {may}"
    );
    let done = sqlx::query(crate::sql::trusted(statement))
        .bind(&entry.lead)
        .bind(entry.act.as_str())
        .bind(&entry.who)
        .bind(stamp(entry.when))
        .bind(entry.until.map(stamp))
        .bind(&entry.words)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(lead: &str, act: TaskAct, who: &str, minute: i64) -> TaskEntry {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        TaskEntry {
            lead: lead.into(),
            act,
            who: who.into(),
            when: at(minute),
            until: (act == TaskAct::Taken).then(|| at(minute + 20)),
            words: String::new(),
        }
    }

    #[test]
    fn a_lead_is_in_one_hand_and_comes_back_by_itself() {
        let now = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let tasks = Tasks::of(vec![
            entry("solved", TaskAct::Taken, "a", 0),
            entry("solved", TaskAct::Answered, "a", 5),
            entry("tried", TaskAct::Taken, "a", 6),
            entry("tried", TaskAct::Unsolved, "a", 9),
            entry("held", TaskAct::Taken, "a", 10),
        ]);
        let leads = ["solved", "held", "tried"];
        assert_eq!(tasks.next(leads, now(12)), Some("tried"));
        assert_eq!(tasks.next(leads, now(30)), Some("held"), "its time is over");
        assert_eq!(tasks.next(["solved"], now(99)), None);
        assert_eq!(tasks.next(["tried", "new"], now(12)), Some("new"));
        let held = |who, minute| tasks.held_by(who, now(minute)).map(|it| it.lead.as_str());
        assert_eq!(
            (held("a", 12), held("a", 30), held("b", 12)),
            (Some("held"), None, None)
        );
        assert_eq!((tasks.held(now(12)), tasks.held(now(30))), (1, 0));
        assert!(tasks.is_answered("solved") && !tasks.is_answered("tried"));
    }
}
