//! Style sheets and pictures, built into the program.

use std::borrow::Cow;
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

pub(crate) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| sheet("stripout.css", include_str!("../assets/stripout.css")));
/// Of pages with a map.
pub(crate) static MAP: LazyLock<Asset> =
    LazyLock::new(|| sheet("map.css", include_str!("../assets/map.css")));
/// Of pages with forms of work.
pub(crate) static DESK: LazyLock<Asset> =
    LazyLock::new(|| sheet("desk.css", include_str!("../assets/desk.css")));
pub(crate) static CARD: LazyLock<Asset> =
    LazyLock::new(|| sheet("embed.css", include_str!("../assets/embed.css")));
pub(crate) static FIND: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "find.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/find.js").as_slice(),
    )
});
pub(crate) static ADD: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "add.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/add.js").as_slice(),
    )
});
pub(crate) static REVIEW: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "review.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../assets/review.js").as_slice(),
    )
});
static MARK: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "mark.svg",
        "image/svg+xml",
        include_bytes!("../assets/mark.svg").as_slice(),
    )
});

/// A file that pages refer to.
pub(crate) struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
    address: String,
}

impl Asset {
    fn new(name: &'static str, kind: &'static str, bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let short = BlobId::from_digest(Sha256::digest(&bytes).into()).short();
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
    let all = [&STYLE, &MAP, &DESK, &CARD, &FIND, &ADD, &REVIEW, &MARK];
    let asset = all
        .into_iter()
        .find(|asset| asset.name == name)
        .ok_or(Trouble::NotFound)?;
    let headers = [
        (CONTENT_TYPE, asset.kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes.clone()).into_response())
}

fn sheet(name: &'static str, css: &str) -> Asset {
    Asset::new(name, "text/css; charset=utf-8", tight(css).into_bytes())
}

/// The same rules without what is there for those who write them: comments, and blanks where nothing needs one.
fn tight(css: &str) -> String {
    let mut tight = String::with_capacity(css.len());
    for (number, part) in css.split("/*").enumerate() {
        let rules = match number {
            0 => part,
            _ => part.split_once("*/").map_or("", |(_, rules)| rules),
        };
        for c in rules.chars() {
            let last = tight.chars().next_back();
            match c {
                c if c.is_whitespace() => {
                    if !last.is_none_or(|last| "{};,: ".contains(last)) {
                        tight.push(' ');
                    }
                }
                '{' | '}' | ',' | ';' => {
                    let before = if c == '}' { [' ', ';'] } else { [' ', ' '] };
                    tight.truncate(tight.trim_end_matches(before).len());
                    tight.push(c);
                }
                c => tight.push(c),
            }
        }
    }
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_loses_its_blanks_and_nothing_else() {
        let css = "/* Why: a; b */\n:root {\n  --a: 1px; --b: \"Segoe UI\", serif;\n}\n@media (max-width: 46rem) {\n  \
                   a.b:hover, .c > li + li::before { width: clamp(1rem, 1.3rem + 2vw, 2rem); content: \"\"; } /* x */\n}\n";
        assert_eq!(
            tight(css),
            ":root{--a:1px;--b:\"Segoe UI\",serif}@media (max-width:46rem){a.b:hover,.c > li + li::before\
             {width:clamp(1rem,1.3rem + 2vw,2rem);content:\"\"}}"
        );
        for asset in [&STYLE, &MAP, &DESK, &CARD] {
            let css = std::str::from_utf8(&asset.bytes).unwrap();
            assert_eq!(css.matches('{').count(), css.matches('}').count());
            assert!(!css.contains("/*") && !css.contains('\n') && !css.contains("  "));
        }
    }
}
