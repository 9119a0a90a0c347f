//! `/sources/SHA256/original`: a source as it came, to be saved and not to be shown.

use std::sync::Arc;

use axum::extract::{Form, Path};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use serde::Deserialize;
use stripout_model::BlobId;
use stripout_register::{RowId, SourcePage};

use crate::app::App;
use crate::gate::Gate;
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::View;
use crate::words::is_link;

/// What is entered of a source: where it was published, and whether everybody may have it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    /// The page of evidence that the form stands on.
    evidence: String,
    link: String,
    /// A box: there when it is ticked.
    open: Option<String>,
    why: String,
}

/// Larger originals are fetched from the folder they lie in.
const LARGEST: u64 = 256 << 20;

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/sources/{sha256}/original", get(original))
}

/// For those who know where it came from.
pub(crate) fn desks(router: Router<App>) -> Router<App> {
    router.route("/sources/{sha256}/page", post(published))
}

async fn published(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Path(sha256): Path<String>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    let evidence: RowId = entered.evidence.parse().map_err(|_no_id| Trouble::NotFound)?;
    let sha256: BlobId = sha256.parse().map_err(|_no_hash| Trouble::NotFound)?;
    view.original(&sha256).await?.ok_or(Trouble::NotFound)?;
    let link = Some(entered.link.trim()).filter(|link| !link.is_empty());
    if let Some(link) = link.filter(|link| !is_link(link)) {
        return Err(Trouble::Wrong(format!("`{link}` is no address of a page")));
    }
    let entry = SourcePage {
        sha256,
        link: link.map(str::to_owned),
        open: entered.open.is_some(),
        who,
        when: Timestamp::now(),
        why: entered.why.trim().to_owned(),
    };
    let desk = gate.desks()?.desk.clone();
    desk.write(async move |register| register.keep_source_pages(&[entry]).await)
        .await?;
    Ok(Redirect::to(&format!("/evidence/{evidence}")).into_response())
}

async fn original(
    Extension(view): Extension<Arc<View>>,
    Path(sha256): Path<String>,
) -> Result<Response, Trouble> {
    let blob: BlobId = sha256.parse().map_err(|_no_hash| Trouble::NotFound)?;
    let (row, path) = view.original(&blob).await?.ok_or(Trouble::NotFound)?;
    if row.size > LARGEST {
        return Err(Trouble::NotFound);
    }
    let bytes = tokio::fs::read(&path).await.map_err(|_gone| Trouble::NotFound)?;
    // A file that is no longer what was read is not handed out under its hash.
    if stripout_ingest::blob_id(&path, || true).ok() != Some(blob) {
        return Err(Trouble::NotFound);
    }
    let name: String = row
        .source
        .path
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let attachment = attachment.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (CONTENT_DISPOSITION, attachment),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
