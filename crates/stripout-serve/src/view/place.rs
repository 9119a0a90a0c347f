//! Places: who is responsible where a postcode lies, and what the regions are called.

use std::collections::BTreeMap;

use serde::Serialize;
use stripout_catalogue::PublicBody;
use stripout_register::{Located, ReferencePostcode, RegisterError};

use super::View;
use super::names::folded;
use crate::words;

/// How bodies with an area of their own are known by it.
const SCHEME: &str = "gss";

/// What is known of where a postcode lies.
pub(crate) enum Lies<'v> {
    Here {
        located: Box<Located>,
        responsible: Vec<Responsible<'v>>,
    },
    /// The imported directories do not have it.
    NotListed { postcode: String },
    /// No directory of postcodes was imported.
    NoDirectory { postcode: String },
}

/// What sort of area a body is responsible for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Area {
    District,
    County,
    Police,
    CareBoard,
}

/// A body whose area a postcode lies in.
pub(crate) struct Responsible<'v> {
    pub(crate) area: Area,
    pub(crate) body: &'v PublicBody,
}

impl View {
    /// Where a postcode lies; `None` for what has not the shape of one.
    pub(crate) async fn lies(&self, text: &str) -> Result<Option<Lies<'_>>, RegisterError> {
        let Some(postcode) = ReferencePostcode::written(text) else {
            return Ok(None);
        };
        Ok(Some(match self.register().postcode(&postcode).await? {
            Some(located) => Lies::Here {
                responsible: self.responsible(&located.place),
                located: Box::new(located),
            },
            None if self.register().has_postcodes().await? => Lies::NotListed { postcode },
            None => Lies::NoDirectory { postcode },
        }))
    }

    /// Bodies known by the codes of the areas, the nearest to people first.
    fn responsible(&self, place: &ReferencePostcode) -> Vec<Responsible<'_>> {
        let areas = [
            (Area::District, &place.district),
            (Area::County, &place.county),
            (Area::Police, &place.force),
            (Area::CareBoard, &place.care_board),
        ];
        let responsible = |(area, code): (Area, &Option<String>)| {
            let body = self.bodies().by_identifier(SCHEME, code.as_deref()?)?;
            Some(Responsible { area, body })
        };
        areas.into_iter().filter_map(responsible).collect()
    }

    /// Regions of England and nations, each with how many bodies are there today.
    pub(crate) fn places(&self) -> BTreeMap<&str, usize> {
        let mut places = BTreeMap::new();
        for body in self.bodies().iter().filter(|it| it.existed(Some(self.today))) {
            *places.entry(words::place(self.catalogue(), body)).or_default() += 1;
        }
        places
    }

    /// Those that the words name, or the beginning of their words.
    pub(crate) fn places_named(&self, text: &str) -> Vec<(&str, usize)> {
        let wanted = folded(text);
        let named = |place: &str| format!(" {}", folded(place)).contains(&format!(" {wanted}"));
        let places = self.places().into_iter();
        places
            .filter(|(place, _)| !wanted.is_empty() && named(place))
            .collect()
    }
}
