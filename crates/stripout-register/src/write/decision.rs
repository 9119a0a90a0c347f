//! The log of decisions.

use sqlx::SqliteConnection;
use stripout_model::Decision;

use super::source::stamp;

/// Appends one; its position is the log's next.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    decision: &Decision,
) -> Result<i64, sqlx::Error> {
    let Decision {
        id: _,
        thing,
        verdict,
        who,
        when,
        why,
        body,
        maker,
    } = decision;
    sqlx::query_scalar(
        "INSERT INTO decision (thing, verdict, who, at, why, body, maker) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         RETURNING id",
    )
    .bind(thing)
    .bind(verdict.as_str())
    .bind(who)
    .bind(stamp(*when))
    .bind(why)
    .bind(body.as_ref().map(ToString::to_string))
    .bind(maker.as_ref().map(ToString::to_string))
    .fetch_one(connection)
    .await
}
