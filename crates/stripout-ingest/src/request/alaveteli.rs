//! Requests as Alaveteli, the software of `WhatDoTheyKnow`, gives them: `/request/NAME.json`, one object or an array of them.

use serde_json::Value;
use stripout_model::{Code, Problem};

use super::{Placed, Row};
use crate::reference::cell::some;
use crate::reference::problem;

pub(super) fn rows(bytes: &[u8]) -> Result<Vec<Placed>, Problem> {
    let whole: Value = serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        problem(
            Code::InputNotUnderstood,
            &place,
            error.to_string(),
            "get the file again",
        )
    })?;
    let members = match whole {
        Value::Array(members) => members,
        one => vec![one],
    };
    let placed = members.iter().enumerate();
    Ok(placed
        .map(|(at, member)| (format!("/{at}"), row(member)))
        .collect())
}

fn row(request: &Value) -> Result<Row, String> {
    let cell = |pointer: &str| request.pointer(pointer).and_then(Value::as_str).and_then(some);
    let body = cell("/public_body/name")
        .ok_or("it is no request of WhatDoTheyKnow: `/public_body/name` is missing")?;
    let events = request.get("info_request_events").and_then(Value::as_array);
    // The day of an event of one sort; the last one is the one that counts.
    let day = |sort: &str| {
        events?
            .iter()
            .filter(|event| event.get("event_type").and_then(Value::as_str) == Some(sort))
            .filter_map(|event| event.get("created_at").and_then(Value::as_str))
            .next_back()
            .and_then(some)
    };
    let state = cell("/described_state");
    let answered = day("response").filter(|_| {
        state
            .as_deref()
            .is_some_and(|state| !state.starts_with("waiting"))
    });
    Ok(Row {
        body: Some(body),
        asked: day("sent").or_else(|| cell("/created_at")),
        subject: cell("/title"),
        reference: None,
        url: cell("/url_title"),
        state,
        answered,
    })
}
