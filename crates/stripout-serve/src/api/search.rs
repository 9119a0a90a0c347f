//! `/api/v1/search?q=`

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_catalogue::PublicBody;
use stripout_model::{BodyId, BrandId, MakerId, Status};

use super::schema::fields;
use super::{Gives, Resource, one};
use crate::list::SearchQuery;
use crate::page::Asked;
use crate::trouble::Trouble;
use crate::view::{Area, Lies, Responsible, View};

/// Of each sort.
const MOST: usize = 50;

#[derive(Serialize)]
struct Found<'v> {
    /// `null` where the words are no postcode.
    postcode: Option<Postcode<'v>>,
    /// Regions and nations of that name.
    places: Vec<&'v str>,
    bodies: Vec<FoundBody<'v>>,
    makers: Vec<MakerId>,
    brands: Vec<BrandId>,
}

#[derive(Serialize)]
struct FoundBody<'v> {
    id: &'v BodyId,
    name: &'v str,
    kind: &'v str,
    statuses: Vec<Status>,
}

/// Who is responsible where it lies.
#[derive(Serialize)]
struct Postcode<'v> {
    #[serde(rename = "postcode")]
    written: String,
    /// `found`, `not-listed`, or `no-directory` where none was imported.
    state: &'static str,
    /// Month in which it ended.
    ended: Option<String>,
    /// Of the directory that says so.
    edition: Option<String>,
    responsible: Vec<Answerable<'v>>,
}

#[derive(Serialize)]
struct Answerable<'v> {
    area: Area,
    #[serde(flatten)]
    body: FoundBody<'v>,
}

pub(super) const SEARCH: Resource = Resource {
    path: "/api/v1/search",
    what: "bodies, makers and labels by the beginnings of words, places, and the bodies responsible where a postcode lies",
    gives: Gives::One("Search"),
    asks: fields::<SearchQuery>,
    route: || get(search),
};

async fn search(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Response, Trouble> {
    let hits = view.names().find(&query.q, view.bodies());
    let bodies = hits.bodies.iter().take(MOST).filter_map(|id| view.body(id));
    let lies = view.lies(&query.q).await?;
    let found = Found {
        postcode: lies.map(|lies| Postcode::of(lies, &view)),
        places: view.places_named(&query.q).into_iter().map(|it| it.0).collect(),
        bodies: bodies.map(|body| FoundBody::of(body, &view)).collect(),
        makers: hits
            .makers
            .into_iter()
            .filter(|id| view.maker(id).is_some())
            .take(MOST)
            .collect(),
        brands: hits
            .brands
            .into_iter()
            .filter(|id| view.label(id).is_some())
            .take(MOST)
            .collect(),
    };
    Ok(one(&view, found))
}

impl<'v> FoundBody<'v> {
    fn of(body: &'v PublicBody, view: &'v View) -> Self {
        Self {
            id: &body.id,
            name: &body.name,
            kind: &body.kind,
            statuses: view.findings_of(&body.id).iter().map(|it| it.status).collect(),
        }
    }
}

impl<'v> Postcode<'v> {
    fn of(lies: Lies<'v>, view: &'v View) -> Self {
        let (state, postcode) = match lies {
            Lies::NoDirectory { postcode } => ("no-directory", postcode),
            Lies::NotListed { postcode } => ("not-listed", postcode),
            Lies::Here { located, responsible } => {
                let answerable = |it: Responsible<'v>| Answerable {
                    area: it.area,
                    body: FoundBody::of(it.body, view),
                };
                return Self {
                    written: located.place.postcode,
                    state: "found",
                    ended: located.place.ended,
                    edition: located.vintage,
                    responsible: responsible.into_iter().map(answerable).collect(),
                };
            }
        };
        Self {
            written: postcode,
            state,
            ended: None,
            edition: None,
            responsible: Vec::new(),
        }
    }
}
