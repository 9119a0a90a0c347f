//! What bodies reply to what is said of them: the right of reply.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use stripout_model::BodyId;

use crate::row::Fields;
use crate::sql::fault;
use crate::write::source::stamp;
use crate::{Register, Result};

/// One entry of the log of replies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyReply {
    pub body: BodyId,
    #[serde(flatten)]
    pub act: BodyReplyAct,
    /// Whoever entered it.
    pub who: String,
    pub when: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyReplyAct {
    /// The body said this.
    Replied(Replied),
    /// An earlier reply is taken back.
    Withdrew {
        /// Its position in the log, from 1.
        reply: i64,
        why: String,
    },
}

/// A body's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replied {
    /// Id of the finding that it speaks to; `None`: to all that is said of the body.
    pub finding: Option<String>,
    pub words: String,
    pub given: Date,
    /// Where it can be read: a link, or the document that it came in.
    pub source: String,
}

/// The log of replies and which of them stand.
#[derive(Debug, Clone, Default)]
pub struct BodyReplies {
    log: Vec<BodyReply>,
    /// Positions of those that stand, the latest words first, by body.
    standing: HashMap<BodyId, Vec<i64>>,
}

impl BodyReplies {
    /// Of the log, in its order.
    pub fn of(log: Vec<BodyReply>) -> Self {
        let mut replies = Self::default();
        for (position, entry) in (1..).zip(&log) {
            let own = replies.standing.entry(entry.body.clone()).or_default();
            match &entry.act {
                BodyReplyAct::Replied(_) => own.push(position),
                BodyReplyAct::Withdrew { reply, .. } => own.retain(|it| it != reply),
            }
        }
        replies.log = log;
        let mut standing = std::mem::take(&mut replies.standing);
        for own in standing.values_mut() {
            own.sort_by_key(|position| {
                let given = replies.replied(*position).map(|(_, said)| said.given);
                std::cmp::Reverse((given, *position))
            });
        }
        standing.retain(|_, own| !own.is_empty());
        replies.standing = standing;
        replies
    }

    /// The whole log, oldest first.
    pub fn log(&self) -> &[BodyReply] {
        &self.log
    }

    /// Those of a body that stand, the latest first, with their positions in the log.
    pub fn of_body(&self, body: &BodyId) -> impl Iterator<Item = (i64, &BodyReply, &Replied)> {
        let own = self.standing.get(body).map_or(&[][..], Vec::as_slice);
        own.iter()
            .filter_map(|position| Some((*position, self.replied(*position)?)))
            .map(|(position, (entry, said))| (position, entry, said))
    }

    /// Bodies of which a reply stands, in the order of their ids.
    pub fn bodies(&self) -> Vec<&BodyId> {
        let mut bodies: Vec<&BodyId> = self.standing.keys().collect();
        bodies.sort();
        bodies
    }

    /// The reply at this position of the log, whether it stands or not.
    pub fn replied(&self, position: i64) -> Option<(&BodyReply, &Replied)> {
        let entry = self.log.get(usize::try_from(position).ok()?.checked_sub(1)?)?;
        match &entry.act {
            BodyReplyAct::Replied(said) => Some((entry, said)),
            BodyReplyAct::Withdrew { .. } => None,
        }
    }

    /// The body whose reply at this position stands.
    pub fn stands(&self, position: i64) -> Option<&BodyId> {
        let (entry, _) = self.replied(position)?;
        let own = self.standing.get(&entry.body)?;
        own.contains(&position).then_some(&entry.body)
    }
}

impl Register {
    pub async fn body_replies(&self) -> Result<BodyReplies> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let rows = sqlx::query(
            "SELECT body, finding, words, given, source, withdraws, who, at, why FROM body_reply ORDER BY id",
        )
        .fetch_all(&self.readers)
        .await
        .map_err(of)?;
        let entry = |row: &sqlx::sqlite::SqliteRow| {
            let row = Fields::Row(row);
            let act = match row.maybe_number::<i64>("withdraws")? {
                Some(reply) => BodyReplyAct::Withdrew {
                    reply,
                    why: row.text("why")?,
                },
                None => BodyReplyAct::Replied(Replied {
                    finding: row.maybe_text("finding")?,
                    words: row.text("words")?,
                    given: row.day("given")?,
                    source: row.text("source")?,
                }),
            };
            Ok(BodyReply {
                body: row.word("body")?,
                act,
                who: row.text("who")?,
                when: row.word("at")?,
            })
        };
        let log = rows.iter().map(entry).collect::<Result<_, sqlx::Error>>();
        Ok(BodyReplies::of(log.map_err(of)?))
    }

    /// Appends to the log, all or none; gives the position of the last entry.
    pub async fn keep_body_replies(&self, entries: &[BodyReply]) -> Result<i64> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        let mut last = 0;
        for entry in entries {
            let (said, withdraws, why) = match &entry.act {
                BodyReplyAct::Replied(said) => (Some(said), None, ""),
                BodyReplyAct::Withdrew { reply, why } => (None, Some(*reply), why.as_str()),
            };
            let done = sqlx::query(
                "INSERT INTO body_reply (body, finding, words, given, source, withdraws, who, at, why) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(entry.body.as_str())
            .bind(said.and_then(|it| it.finding.as_deref()))
            .bind(said.map(|it| it.words.as_str()))
            .bind(said.map(|it| it.given.to_string()))
            .bind(said.map(|it| it.source.as_str()))
            .bind(withdraws)
            .bind(&entry.who)
            .bind(stamp(entry.when))
            .bind(why)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
            last = done.last_insert_rowid();
        }
        transaction.commit().await.map_err(of)?;
        Ok(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replied(body: &str, words: &str, given: &str) -> BodyReply {
        BodyReply {
            body: body.parse().unwrap(),
            act: BodyReplyAct::Replied(Replied {
                finding: None,
                words: words.into(),
                given: given.parse().unwrap(),
                source: "letter".into(),
            }),
            who: "a".into(),
            when: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_not_taken_back_stands_the_latest_words_first() {
        let withdrew = BodyReply {
            act: BodyReplyAct::Withdrew {
                reply: 2,
                why: "sent in error".into(),
            },
            ..replied("x", "", "2026-01-01")
        };
        let replies = BodyReplies::of(vec![
            replied("x", "first", "2026-03-01"),
            replied("x", "second", "2026-02-01"),
            replied("x", "third", "2026-05-01"),
            replied("y", "other", "2026-01-01"),
            withdrew,
        ]);
        let words = |body: &str| -> Vec<(i64, String)> {
            let body = body.parse().unwrap();
            let own = replies.of_body(&body);
            own.map(|(at, _, said)| (at, said.words.clone())).collect()
        };
        assert_eq!(words("x"), [(3, "third".to_owned()), (1, "first".to_owned())]);
        assert_eq!(words("y"), [(4, "other".to_owned())]);
        assert_eq!(words("z"), []);
        assert!(replies.stands(1).is_some() && replies.stands(2).is_none() && replies.stands(5).is_none());
    }
}
