//! The register as files, for a host that runs nothing: every page that everybody may see, made by the same router.

mod file;
mod folder;
mod links;

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;
use stripout_register::{Filter, Register, SourceRow};
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::app::{Views, app};
use crate::view::{Audience, Grounds, View, make};
use crate::{Access, ServeError};

use file::file_of;
pub(crate) use file::shown_at;
use folder::Part;

/// Largest single file.
const LARGEST: usize = 256 << 20;
/// Where reading begins; all else is linked from there.
const SEEDS: &[&str] = &["/", "/findings.atom", "/alerts.atom"];

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    pub pages: usize,
    pub files: usize,
    pub bytes: u64,
    pub revision: String,
    /// When the register last changed: the state that the pages tell.
    pub state: Timestamp,
}

/// The link to the next part of a list.
#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    next: Option<String>,
}

/// Writes what everybody may see to the folder `out`, in place of what an earlier run wrote there. The same register gives
/// the same bytes: the state is that of its last change, not that of the clock.
pub async fn publish(mut grounds: Grounds, out: &Path) -> Result<Published, ServeError> {
    grounds.audience = Audience::Everybody;
    let part = Part::beside(out)?;
    let state = changed(&grounds.register).await?;
    let mut view = make(Arc::new(grounds), String::new(), state).await?;
    view.files = true;
    view.revision = revision(&view)?;
    let view = Arc::new(view);
    // Nothing follows the register meanwhile: all files tell one state.
    let (_sender, open) = watch::channel(view.clone());
    let views = Views { open, inside: None };
    let mut site = Site {
        router: app(views, Access::reading())?.0,
        part,
        files: 0,
        bytes: 0,
    };
    let mut pages = BTreeSet::new();
    let mut seen: BTreeSet<String> = SEEDS.iter().map(ToString::to_string).collect();
    let mut waiting: VecDeque<(String, String)> = seen
        .iter()
        .map(|it| (it.clone(), "the list of first pages".to_owned()))
        .collect();
    while let Some((address, from)) = waiting.pop_front() {
        let file = file_of(&address);
        let (bytes, found) = site.made(&address, &file, &from).await?;
        site.write(&file, &bytes)?;
        if Path::new(&file).extension().is_some_and(|it| it == "html") {
            pages.insert(file);
        }
        for link in found {
            if seen.insert(link.clone()) {
                waiting.push_back((link, address.clone()));
            }
        }
    }
    site.for_robots(&view, &pages)?;
    let published = Published {
        pages: pages.len(),
        files: site.files + 1,
        bytes: site.bytes,
        revision: view.revision.clone(),
        state,
    };
    let mark = serde_json::to_vec_pretty(&published).map_err(|error| ServeError::Page {
        address: folder::MARK.into(),
        because: error.to_string(),
    })?;
    site.write(folder::MARK, &mark)?;
    let Site { part, .. } = site;
    let finished = tokio::task::spawn_blocking(move || part.finish()).await;
    finished.map_err(|_ended| ServeError::Unfinished)??;
    Ok(published)
}

/// A site in the making.
struct Site {
    router: Router,
    part: Part,
    files: usize,
    bytes: u64,
}

impl Site {
    /// The bytes of an address as a file, and the addresses it links to.
    async fn made(
        &self,
        address: &str,
        file: &str,
        from: &str,
    ) -> Result<(Vec<u8>, Vec<String>), ServeError> {
        let (kind, bytes) = self.answer(address, from).await?;
        let failed = |because: String| ServeError::Page {
            address: address.to_owned(),
            because,
        };
        if kind.starts_with("text/html") || kind.starts_with("application/atom+xml") {
            let text = String::from_utf8(bytes.into()).map_err(|error| failed(error.to_string()))?;
            let (text, found) = links::rewritten(&text, file);
            return Ok((text.into_bytes(), found));
        }
        if kind.starts_with("application/json")
            && let Ok(Listed { next: Some(next) }) = serde_json::from_slice(&bytes)
        {
            let text = String::from_utf8(bytes.into()).map_err(|error| failed(error.to_string()))?;
            let name = |address: &str| {
                let named = serde_json::Value::from(address);
                format!("\"next\":{named}")
            };
            let text = text.replacen(&name(&next), &name(&links::relative(file, &file_of(&next))), 1);
            return Ok((text.into_bytes(), vec![next]));
        }
        Ok((bytes.into(), Vec::new()))
    }

    async fn answer(&self, address: &str, from: &str) -> Result<(String, Bytes), ServeError> {
        let failed = |because: String| ServeError::Page {
            address: address.to_owned(),
            because,
        };
        let request = Request::get(address).body(Body::empty());
        let request = request.map_err(|error| failed(error.to_string()))?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        if response.status() != StatusCode::OK {
            return Err(failed(format!(
                "`{from}` links to it, and it answers {}",
                response.status()
            )));
        }
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|it| it.to_str().ok());
        let kind = kind.unwrap_or_default().to_owned();
        let bytes = to_bytes(response.into_body(), LARGEST).await;
        Ok((kind, bytes.map_err(|error| failed(error.to_string()))?))
    }

    fn write(&mut self, file: &str, bytes: &[u8]) -> Result<(), ServeError> {
        self.part.write(file, bytes)?;
        self.files += 1;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// `robots.txt`, and a map of the site where its address is known.
    fn for_robots(&mut self, view: &View, pages: &BTreeSet<String>) -> Result<(), ServeError> {
        let mut robots = "User-agent: *\nAllow: /\n".to_owned();
        if let Some(base) = view.base() {
            let _ = writeln!(robots, "Sitemap: {base}/sitemap.xml");
            let mut map = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
                 <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
                .to_owned();
            // Filtered lists and cards tell what other pages tell.
            let own = pages
                .iter()
                .filter(|file| !file.contains('~') && !file.starts_with("embed/"));
            for file in own {
                let file = if file == "index.html" { "" } else { file };
                let _ = writeln!(map, "<url><loc>{base}/{file}</loc></url>");
            }
            map.push_str("</urlset>\n");
            self.write("sitemap.xml", map.as_bytes())?;
        }
        self.write("robots.txt", robots.as_bytes())
    }
}

/// When the register last changed: a decision, a reading or a reply of a body.
async fn changed(register: &Register) -> Result<Timestamp, ServeError> {
    let decided = register.decisions().await?.into_iter().map(|it| it.when).max();
    let read: Vec<SourceRow> = register.sources(&Filter::default()).await?;
    let read = read.into_iter().map(|it| it.read_at).max();
    let said = register.body_replies().await?;
    let said = said.log().iter().map(|it| it.when).max();
    Ok(decided.max(read).max(said).unwrap_or_else(Timestamp::now))
}

/// Follows from what the pages tell.
pub(crate) fn revision(view: &View) -> Result<String, ServeError> {
    let catalogue = view.catalogue();
    let told = (
        env!("CARGO_PKG_VERSION"),
        view.made,
        &view.findings,
        &view.alerts,
        &view.responses,
        &view.replies,
        &catalogue.makers,
        &catalogue.brands,
    );
    let bytes = serde_json::to_vec(&told).map_err(|error| ServeError::Page {
        address: "/".into(),
        because: error.to_string(),
    })?;
    Ok(BlobId::from_digest(Sha256::digest(bytes).into()).short())
}
