//! `/sources/SHA256/original`: a source as it came, to be saved and not to be shown.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::BlobId;

use crate::app::App;
use crate::trouble::Trouble;
use crate::view::View;

/// Larger originals are fetched from the folder they lie in.
const LARGEST: u64 = 256 << 20;

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/sources/{sha256}/original", get(original))
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
