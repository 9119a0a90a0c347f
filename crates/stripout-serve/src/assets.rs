//! Style sheet and pictures, built into the program.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;

use crate::app::App;
use crate::trouble::Trouble;

pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "stripout.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/stripout.css"),
    )
});
pub(crate) static CARD: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "embed.css",
        "text/css; charset=utf-8",
        include_bytes!("../assets/embed.css"),
    )
});
pub(crate) static FIND: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "find.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/find.js"),
    )
});
pub(crate) static ADD: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "add.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/add.js"),
    )
});
pub(crate) static REVIEW: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "review.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/review.js"),
    )
});
static MARK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("mark.svg", "image/svg+xml", include_bytes!("../assets/mark.svg")));

/// A file that pages refer to.
pub(crate) struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    address: String,
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Self {
        let short = BlobId::from_digest(Sha256::digest(bytes).into()).short();
        Self {
            name,
            kind,
            bytes,
            address: format!("/assets/{name}?v={short}"),
        }
    }

    /// Changes with the bytes, so that it can be kept for ever.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    let mark = || asset(Path(MARK.name.to_owned()));
    // Where browsers look when a page names no mark.
    router
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(mark))
}

async fn asset(Path(name): Path<String>) -> Result<Response, Trouble> {
    let all = [&STYLE, &CARD, &FIND, &ADD, &REVIEW, &MARK];
    let asset = all
        .into_iter()
        .find(|asset| asset.name == name)
        .ok_or(Trouble::NotFound)?;
    let headers = [
        (CONTENT_TYPE, asset.kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}
