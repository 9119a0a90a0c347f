//! `/datapackage.json`: all downloads with their sizes, hashes, columns and licence (Frictionless Data Package).

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;
use stripout_register::{Column, ColumnKind};

use super::{EXPORTS, Export};
use crate::api::LICENCE;
use crate::list::FindingQuery;
use crate::trouble::Trouble;
use crate::view::View;

const LICENCE_TEXT: &str = "https://creativecommons.org/licenses/by/4.0/";

pub(super) async fn package(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let made = tokio::task::spawn_blocking(move || described(&view));
    let package = made.await.map_err(|ended| Trouble::Failed(ended.to_string()))??;
    Ok(Json(package).into_response())
}

fn described(view: &View) -> Result<Value, Trouble> {
    let resources = EXPORTS.iter().map(|export| resource(view, export));
    let mut package = json!({
        "profile": "data-package",
        "name": "stripout-register",
        "title": "Stripout register",
        "version": view.revision,
        "created": view.made.to_string(),
        "licenses": [{ "name": LICENCE, "path": LICENCE_TEXT }],
        "resources": resources.collect::<Result<Vec<_>, _>>()?,
    });
    if let (Some(_), Some(package)) = (view.base(), package.as_object_mut()) {
        package.insert("homepage".into(), view.url("/").into());
    }
    Ok(package)
}

fn resource(view: &View, export: &Export) -> Result<Value, Trouble> {
    let bytes = (export.make)(view, &FindingQuery::default())?;
    let (name, format) = export.name.rsplit_once('.').unwrap_or((export.name, ""));
    let media = export.kind.split(';').next().unwrap_or_default();
    let mut resource = json!({
        "name": format!("{name}-{format}"),
        "title": export.title,
        "path": export.name,
        "format": format,
        "mediatype": media,
        "bytes": bytes.len(),
        "hash": format!("sha256:{}", BlobId::from_digest(Sha256::digest(&bytes).into())),
    });
    if let (Some(columns), Some(resource)) = (export.columns, resource.as_object_mut()) {
        let fields = columns.iter().map(field).collect::<Vec<_>>();
        resource.insert("schema".into(), json!({ "fields": fields, "primaryKey": ["id"] }));
        if media.starts_with("text/") {
            resource.insert("profile".into(), "tabular-data-resource".into());
            resource.insert("encoding".into(), "utf-8".into());
        }
    }
    Ok(resource)
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        ColumnKind::Text => "string",
        ColumnKind::Integer => "integer",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Amount => "number",
        // Only lists are kept as JSON.
        ColumnKind::Json => "array",
    };
    json!({ "name": column.name, "type": kind })
}
