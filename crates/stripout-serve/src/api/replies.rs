//! `/api/v1/replies`: what bodies replied to what is said of them; a reviewer records one with `POST`. The same reply
//! sent twice is one.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use stripout_register::{BodyReply, BodyReplyAct};

use super::schema::fields;
use super::{Gives, Resource, many};
use crate::app::App;
use crate::desk::{ReplyWords, replied, stands_already};
use crate::gate::Gate;
use crate::list::PageQuery;
use crate::page::{Asked, Part};
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::View;

pub(super) const PATH: &str = "/api/v1/replies";

pub(super) const LIST: Resource = Resource {
    path: PATH,
    what: "what bodies replied to what is said of them, in their own words",
    gives: Gives::Many("Reply"),
    asks: fields::<PageQuery>,
    route: || get(list),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    body: String,
    #[serde(default)]
    finding: String,
    words: String,
    given: String,
    source: String,
}

#[derive(Serialize)]
struct Told {
    data: Kept,
}

/// An entry of the log with its position.
#[derive(Serialize)]
struct Kept {
    id: i64,
    #[serde(flatten)]
    entry: BodyReply,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route(PATH, post(reply))
}

async fn list(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let (rows, cursor) = (view.standing_replies(), query.cursor.as_deref());
    let part = Part::asked(rows, query.page, cursor, query.size(), |it| it.id)?;
    Ok(many(&view, part, PATH, &query))
}

async fn reply(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    sent: Bytes,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    let sent: Sent = serde_json::from_slice(&sent).map_err(|error| Trouble::Malformed(error.to_string()))?;
    let words = ReplyWords {
        body: &sent.body,
        finding: &sent.finding,
        words: &sent.words,
        given: &sent.given,
        source: &sent.source,
    };
    let judging = view.judging_of(Vec::new(), Vec::new());
    let (body, said) = replied(words, &judging, |id| view.finding(id).is_some())
        .map_err(|it| Trouble::Wrong(format!("{}: {}; {}", it.field, it.what, it.hint)))?;
    let known = view.register().body_replies().await?;
    if let Some(id) = stands_already(&known, &body, &said)
        && let Some((entry, _)) = known.replied(id)
    {
        let entry = entry.clone();
        return Ok(told(StatusCode::OK, Kept { id, entry }));
    }
    let entry = BodyReply {
        body,
        act: BodyReplyAct::Replied(said),
        who,
        when: Timestamp::now(),
    };
    let written = entry.clone();
    let desk = gate.desks()?.desk.clone();
    let id = desk
        .write(async move |register| register.keep_body_replies(&[written]).await)
        .await?;
    Ok(told(StatusCode::CREATED, Kept { id, entry }))
}

fn told(status: StatusCode, data: Kept) -> Response {
    let headers = [(CACHE_CONTROL, "no-store")];
    (status, headers, Json(Told { data })).into_response()
}

/// As the description of the interface has it.
pub(super) fn described() -> Value {
    let text = json!({ "type": "string" });
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    let answer = json!({ "description": "The entry of the log", "content": { "application/json": { "schema": {
        "type": "object", "required": ["data"], "properties": { "data": { "type": "object" } },
    } } } });
    json!({
        "summary": "record what a body replied, as a reviewer who is signed in; the same reply sent twice is one",
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object", "required": ["body", "words", "given", "source"], "additionalProperties": false,
            "properties": {
                "body": text, "finding": text, "words": text, "source": text,
                "given": { "type": "string", "format": "date" },
            },
        } } } },
        "responses": {
            "200": answer, "201": answer, "400": problem, "401": problem, "403": problem, "409": problem, "422": problem,
        },
    })
}
