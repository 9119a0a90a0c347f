//! `/api/v1/openapi.json`: this interface in the `OpenAPI` format, version 3.1, from the lists that the addresses themselves are made from.

use std::fmt;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, json};
use stripout_judge::Standing;
use stripout_model::Status;
use stripout_register::ColumnKind;

use super::{Gives, LICENCE, RESOURCES, Resource, decisions, replies};
use crate::app::App;
use crate::export::EXPORTS;
use crate::export::findings::COLUMNS;
use crate::list::FindingQuery;
use crate::page::LONGEST;
use crate::view::View;

pub(crate) const PATH: &str = "/api/v1/openapi.json";

/// What may be asked, whatever the list.
const QUESTIONS: &[(&str, &str)] = &[
    ("by", "rows of the table: kind, maker or region"),
    ("body", "id of a body"),
    ("cursor", "begins after the row that an answer's `next` named"),
    ("kind", "kind of body, a value of the vocabulary body-kinds"),
    ("limit", "rows of a part, 1 to 500"),
    ("maker", "id of a maker"),
    ("page", "number of the part, from 1"),
    ("place", "region of England or nation, as it is called"),
    ("q", "words, or the beginnings of words, or a postcode"),
    ("standing", "how the rules stand to it"),
    ("status", "where a body stands"),
    (
        "view",
        "how the page of the same bodies draws them: points, regions, hex or table",
    ),
    ("what-if", "id of an instrument to take as if it were in force"),
];

/// Shapes of what answers hold, in JSON Schema.
const SCHEMAS: &str = include_str!("../../assets/schemas.json");

/// What programs read beside the JSON: address, media type, what it is.
const OTHERS: &[(&str, &str, &str)] = &[
    ("/findings.atom", ATOM, "the newest findings"),
    ("/alerts.atom", ATOM, "the newest contradictions"),
    ("/bodies/{id}.atom", ATOM, "what is new of a body"),
    ("/makers/{id}.atom", ATOM, "what is new of a maker"),
    (
        "/datapackage.json",
        "application/json",
        "the downloads: sizes, hashes, columns, licence (Frictionless Data Package)",
    ),
    (
        "/CITATION.cff",
        "text/plain",
        "how to cite the register (Citation File Format)",
    ),
    (
        "/bodies/{id}.bib",
        "text/plain",
        "how to cite a body's page (BibTeX)",
    ),
    (
        "/findings/{id}.bib",
        "text/plain",
        "how to cite a finding (BibTeX)",
    ),
];
const ATOM: &str = "application/atom+xml";

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route(PATH, get(document))
}

async fn document(Extension(view): Extension<Arc<View>>) -> Response {
    Json(described(&view)).into_response()
}

fn described(view: &View) -> Value {
    let mut paths = Map::new();
    for resource in RESOURCES {
        paths.insert(resource.path.into(), json!({ "get": operation(resource) }));
    }
    for export in EXPORTS {
        let media = export.kind.split(';').next().unwrap_or_default();
        let parameters = fields::<FindingQuery>().iter().map(|name| question(name));
        let operation = json!({
            "summary": export.title,
            "parameters": parameters.collect::<Vec<_>>(),
            "responses": { "200": { "description": "The whole file", "content": { media: {} } } },
        });
        paths.insert(format!("/{}", export.name), json!({ "get": operation }));
    }
    for (path, media, what) in OTHERS {
        let operation = json!({
            "summary": what,
            "parameters": in_path(path),
            "responses": { "200": { "description": what, "content": { *media: {} } } },
        });
        paths.insert((*path).into(), json!({ "get": operation }));
    }
    if view.base().is_some() {
        paths.insert("/oembed".into(), json!({ "get": oembed() }));
    }
    if view.is_private() || view.is_staffed() {
        paths.insert(decisions::PATH.into(), decisions::described());
        if let Some(path) = paths.get_mut(replies::PATH).and_then(Value::as_object_mut) {
            path.insert("post".into(), replies::described());
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Stripout register",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What the register shows to whoever asks. An ETag changes only when the register does.",
            "license": { "name": "Data: CC BY 4.0", "identifier": LICENCE },
        },
        "servers": [{ "url": view.base().map_or_else(|| "/".to_owned(), ToString::to_string) }],
        "paths": paths,
        "components": { "schemas": schemas(), "responses": { "Problem": {
            "description": "A problem object (RFC 9457)",
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        } } },
    })
}

fn operation(resource: &Resource) -> Value {
    let asked = (resource.asks)().iter().map(|name| question(name));
    let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let envelope = match resource.gives {
        Gives::One(name) => one(&named(name)),
        Gives::Many(name) => many(&named(name)),
        Gives::All(name) => one(&json!({ "type": "array", "items": named(name) })),
    };
    let mut responses = json!({
        "200": {
            "description": resource.what,
            "content": { "application/json": { "schema": envelope } },
        },
        "304": { "description": "You have it: the register did not change" },
    });
    if let Some(responses) = responses.as_object_mut() {
        for status in ["400", "404", "410", "503"] {
            responses.insert(status.into(), json!({ "$ref": "#/components/responses/Problem" }));
        }
    }
    json!({
        "summary": resource.what,
        "parameters": in_path(resource.path).into_iter().chain(asked).collect::<Vec<_>>(),
        "responses": responses,
    })
}

fn in_path(path: &str) -> Vec<Value> {
    let id = path.contains("{id}");
    let id =
        id.then(|| json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    id.into_iter().collect()
}

/// As <https://oembed.com> has it.
fn oembed() -> Value {
    let number = json!({ "type": "integer" });
    let text = json!({ "type": "string" });
    json!({
        "summary": "how another site shows a body's card (oEmbed)",
        "parameters": [
            { "name": "url", "in": "query", "required": true, "schema": text, "description": "address of the page of a body" },
            { "name": "format", "in": "query", "schema": { "type": "string", "enum": ["json"] }, "description": "only JSON is given" },
            { "name": "maxwidth", "in": "query", "schema": number, "description": "of the frame, in pixels" },
            { "name": "maxheight", "in": "query", "schema": number, "description": "of the frame, in pixels" },
        ],
        "responses": { "200": { "description": "a rich card", "content": { "application/json": { "schema": {
            "type": "object",
            "required": ["version", "type", "title", "provider_name", "provider_url", "cache_age", "html", "width", "height"],
            "properties": {
                "version": text, "type": text, "title": text, "provider_name": text, "provider_url": text,
                "cache_age": number, "html": text, "width": number, "height": number,
            },
        } } } } },
    })
}

fn question(name: &str) -> Value {
    let what = QUESTIONS.iter().find(|(known, _)| *known == name);
    let schema = match name {
        "page" => json!({ "type": "integer", "minimum": 1 }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": LONGEST }),
        "status" => json!({ "type": "string", "examples": Status::ALL }),
        "standing" => json!({ "type": "string", "enum": Standing::ALL.map(Standing::as_str) }),
        _ => json!({ "type": "string" }),
    };
    json!({ "name": name, "in": "query", "description": what.map_or("", |(_, what)| what), "schema": schema })
}

/// What answers hold: as the file has it, with findings as their table has them.
fn schemas() -> Value {
    let mut schemas: Map<String, Value> =
        serde_json::from_str(SCHEMAS).expect("a test of this file reads it");
    schemas.insert("Finding".into(), of_columns());
    schemas.insert(
        "Problem".into(),
        json!({
            "type": "object",
            "required": ["type", "title", "status", "code"],
            "properties": {
                "type": { "type": "string" },
                "title": { "type": "string" },
                "status": { "type": "integer" },
                "code": { "type": "string" },
                "detail": { "type": "string" },
            },
        }),
    );
    schemas.into()
}

fn one(data: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["revision", "licence", "data"],
        "properties": { "revision": { "type": "string" }, "licence": { "type": "string" }, "data": data },
    })
}

fn many(row: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["revision", "licence", "total", "page", "pages", "next", "data"],
        "properties": {
            "revision": { "type": "string" },
            "licence": { "type": "string" },
            "total": { "type": "integer" },
            "page": { "type": "integer" },
            "pages": { "type": "integer" },
            "next": { "type": ["string", "null"], "description": "address of the next part" },
            "data": { "type": "array", "items": row },
        },
    })
}

/// A finding as the columns of its table are, where lists are lists.
fn of_columns() -> Value {
    let mut properties = Map::new();
    for column in COLUMNS {
        let items = match column.name {
            "money" => json!({ "$ref": "#/components/schemas/Money" }),
            "purchases" => json!({ "$ref": "#/components/schemas/Purchase" }),
            _ => json!({ "type": "string" }),
        };
        let kind = match column.kind {
            ColumnKind::Text => json!(["string", "null"]),
            ColumnKind::Integer => json!(["integer", "null"]),
            ColumnKind::Boolean => json!(["boolean", "null"]),
            ColumnKind::Amount => json!(["number", "null"]),
            ColumnKind::Json => json!("array"),
        };
        let described = match column.kind {
            ColumnKind::Json => json!({ "type": kind, "items": items }),
            _ => json!({ "type": kind }),
        };
        properties.insert(column.name.into(), described);
    }
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

/// The names of what a question may hold, as its own reader has them.
pub(super) fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(Asking) {
        Err(Told(names)) => names,
        Ok(_) => &[],
    }
}

/// Asks a type for the names of its fields, and gives it nothing.
struct Asking;

#[derive(Debug)]
struct Told(&'static [&'static str]);

impl<'de> Deserializer<'de> for Asking {
    type Error = Told;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Told> {
        Err(Told(fields))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Told> {
        Err(Told(&[]))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

impl serde::de::Error for Told {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self(&[])
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these are the fields")
    }
}

impl std::error::Error for Told {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_described() {
        let schemas = schemas();
        let text = schemas.to_string();
        let (_, named) = text.split_once("#/components/schemas/").unwrap();
        let mut named: Vec<&str> = named.split("#/components/schemas/").collect();
        named.extend(RESOURCES.iter().map(|it| match it.gives {
            Gives::One(name) | Gives::Many(name) | Gives::All(name) => name,
        }));
        for name in named {
            let name = name.split('"').next().unwrap();
            assert_eq!(schemas[name]["type"], "object", "{name}");
        }
    }

    #[test]
    fn every_question_is_told() {
        assert_eq!(
            fields::<FindingQuery>(),
            [
                "status", "body", "maker", "kind", "standing", "page", "cursor", "limit"
            ]
        );
        for resource in RESOURCES {
            for name in (resource.asks)() {
                assert!(
                    QUESTIONS.iter().any(|(known, _)| known == name),
                    "{}: {name}",
                    resource.path
                );
            }
        }
    }
}
