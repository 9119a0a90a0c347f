//! Requests for information, as lists have them.

use sqlx::SqliteConnection;
use stripout_model::Request;

use super::insert::{Rows, Table};
use super::source::stamp;
use crate::RowId;
use crate::id::Identity;

const REQUEST: Table = Table {
    name: "request",
    columns: &[
        "id",
        "file",
        "path",
        "place",
        "imported_at",
        "body",
        "asked_on",
        "subject",
        "reference",
        "url",
        "outcome",
        "answered_on",
        "withdrawn",
    ],
    // The same list again; or one list that holds a request twice, of which the first counts.
    conflict: "ON CONFLICT (id, file) DO NOTHING",
};

/// How many of them were not there.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    requests: &[Request],
) -> Result<u64, sqlx::Error> {
    let mut rows = Rows::of(&REQUEST);
    for request in requests {
        let Request {
            id: _,
            body,
            asked,
            subject,
            reference,
            url,
            outcome,
            answered,
            withdrawn,
            list,
            place,
        } = request;
        rows.shown(identity(request));
        rows.shown(list.blob);
        rows.text(&*list.path);
        rows.text(&**place);
        rows.text(stamp(list.imported_at));
        rows.text(&**body);
        rows.shown(asked);
        rows.optional(subject.as_deref());
        rows.optional(reference.as_deref());
        rows.optional(url.as_deref());
        rows.optional(outcome.map(stripout_model::OutcomeKind::as_str));
        rows.optional(*answered);
        rows.integer(i64::from(*withdrawn));
    }
    rows.flush(connection).await
}

/// The same request in a newer list has the same id: its address tells it, else its number at the body.
fn identity(request: &Request) -> RowId {
    let of = Identity::of("request");
    match (&request.url, &request.reference) {
        (Some(url), _) => of.text(url),
        (None, Some(reference)) => of.text(&request.body).text(reference),
        (None, None) => of
            .text(&request.body)
            .text(&request.asked.to_string())
            .optional(request.subject.as_deref()),
    }
    .finish()
}
