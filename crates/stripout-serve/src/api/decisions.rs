//! `POST /api/v1/decisions`: what a reviewer says of a thing, as `/review` takes it. A request with an `Idempotency-Key`
//! (draft-ietf-httpapi-idempotency-key-header) is answered once and remembered for a day.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use stripout_judge::Reviews;
use stripout_model::{BlobId, Decision};
use stripout_register::{Answered, Once};

use crate::app::App;
use crate::desk::{Item, Said, Thing, Words};
use crate::gate::Gate;
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::View;

pub(super) const PATH: &str = "/api/v1/decisions";
const KEY: &str = "idempotency-key";
/// Characters of a key.
const LONGEST: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    thing: String,
    verdict: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    maker: String,
}

/// The entry of the log.
#[derive(Serialize)]
struct Told {
    data: Decision,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route(PATH, post(decide))
}

async fn decide(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    sent: Bytes,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    let desk = gate.desks()?.desk.clone();
    let once = key(&headers)?.map(|key| Once {
        key,
        who: who.clone(),
        request: BlobId::from_digest(Sha256::digest(&sent).into()).to_string(),
    });
    // Whatever the register says by now: the answer is the first one.
    if let Some(once) = &once
        && let Some(before) = view.register().answered(once, Timestamp::now()).await?
    {
        return answer(before, &view).await;
    }
    let read: Sent = serde_json::from_slice(&sent).map_err(|error| Trouble::Malformed(error.to_string()))?;
    let log = view.register().decisions().await?;
    let queue = desk.queue(&view).await?;
    let item = queue.item(&read.thing, &who, &view, log).await?;
    let Item { thing, judging, .. } = item.ok_or(Trouble::NotFound)?;
    let words = Words {
        verdict: &read.verdict,
        why: &read.why,
        body: &read.body,
        maker: &read.maker,
    };
    let said = Said::of(words, &judging, matches!(thing, Thing::Alert(_)))
        .map_err(|it| Trouble::Wrong(format!("{}: {}; {}", it.field, it.what, it.hint)))?;
    let Some(once) = once else {
        let last = Reviews::of(&judging.decisions).last(thing.id(), &who).cloned();
        if let Some(last) = last.filter(|last| said.stands(Some(last))) {
            return Ok(told(StatusCode::OK, last));
        }
        let decision = said.decision(thing.id().to_owned(), &who, Timestamp::now());
        let entry = decision.clone();
        let id = desk
            .write(async move |register| register.decide(&[entry]).await)
            .await?;
        let id = id.unwrap_or_default();
        return Ok(told(StatusCode::CREATED, Decision { id, ..decision }));
    };
    let decision = said.decision(thing.id().to_owned(), &who, Timestamp::now());
    let answered = desk.write(async move |register| register.decide_once(&once, &decision).await);
    answer(answered.await?, &view).await
}

/// As the log has it, whether it was written now or before.
async fn answer(answered: Answered, view: &View) -> Result<Response, Trouble> {
    let id = match answered {
        Answered::First(id) | Answered::Before(id) => id,
        Answered::Other => {
            return Err(Trouble::Wrong(format!(
                "another request was sent under this {KEY} within the last day"
            )));
        }
    };
    let log = view.register().decisions().await?.into_iter();
    let entry = log.rev().find(|entry| entry.id == id);
    let entry = entry.ok_or_else(|| Trouble::Failed(format!("decision {id} is not in the log")))?;
    Ok(told(StatusCode::CREATED, entry))
}

fn told(status: StatusCode, data: Decision) -> Response {
    let headers = [(CACHE_CONTROL, "no-store")];
    (status, headers, Json(Told { data })).into_response()
}

/// What the program calls its request, with or without quotes.
fn key(headers: &HeaderMap) -> Result<Option<String>, Trouble> {
    let Some(value) = headers.get(KEY) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    let text = text
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .unwrap_or(text);
    if text.is_empty() || text.len() > LONGEST {
        return Err(Trouble::Malformed(format!(
            "the {KEY} must have 1 to {LONGEST} printable characters of ASCII"
        )));
    }
    Ok(Some(text.to_owned()))
}

/// As the description of the interface has it.
pub(super) fn described() -> Value {
    let text = json!({ "type": "string" });
    let problem = json!({ "$ref": "#/components/responses/Problem" });
    let answer = json!({ "description": "The entry of the log", "content": { "application/json": { "schema": {
        "type": "object", "required": ["data"], "properties": { "data": { "type": "object" } },
    } } } });
    json!({ "post": {
        "summary": "decide on a thing of the review queue, as a reviewer who is signed in",
        "parameters": [{
            "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "maxLength": LONGEST },
            "description": "the same request under the same key is answered as the first time and does nothing more, for a day",
        }],
        "requestBody": { "required": true, "content": { "application/json": { "schema": {
            "type": "object", "required": ["thing", "verdict"], "additionalProperties": false,
            "properties": { "thing": text, "verdict": text, "why": text, "body": text, "maker": text },
        } } } },
        "responses": {
            "200": answer, "201": answer, "400": problem, "401": problem, "403": problem, "404": problem, "409": problem,
            "422": problem,
        },
    } })
}
