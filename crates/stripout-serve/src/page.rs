//! What every page has around its own, and lists in parts.

use std::str::FromStr;

use askama::Template;
use axum::Extension;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::assets::STYLE;
use crate::trouble::{Told, Trouble};
use crate::view::View;

/// Rows of a list on one page.
pub(crate) const ROWS: usize = 50;
/// Rows that may be asked for at once.
pub(crate) const LONGEST: usize = 500;

/// Head, navigation and foot of a page.
pub(crate) struct Chrome {
    pub(crate) title: String,
    /// Path of its entry in the navigation.
    pub(crate) here: &'static str,
    pub(crate) private: bool,
    /// People sign in to work on it.
    pub(crate) staffed: bool,
    /// It is written to files: links stand where forms would.
    pub(crate) files: bool,
    /// When the view was made, for people.
    pub(crate) updated: String,
    /// Address of the style sheet.
    pub(crate) style: &'static str,
}

/// The navigation: where, and what it is called.
pub(crate) const NAVIGATION: &[(&str, &str)] = &[
    ("/findings", "Findings"),
    ("/bodies", "Bodies"),
    ("/map", "Map"),
    ("/makers", "Makers"),
    ("/policies", "Rules"),
    ("/gap", "Gap"),
    ("/sectors", "Sectors"),
    ("/alerts", "Contradictions"),
    ("/promises", "Promises"),
];

/// Links at the foot of every page.
pub(crate) const FOOTER: &[(&str, &str)] = &[
    ("/methodology", "Methodology and limitations"),
    ("/leads", "Maker not stated"),
    ("/labels", "Labels"),
    ("/data", "Data and downloads"),
    ("/corrections", "Corrections"),
    ("/replies", "Replies of bodies"),
    ("/accessibility", "Accessibility"),
];

impl Chrome {
    pub(crate) fn new(view: &View, here: &'static str, title: impl Into<String>) -> Self {
        let made = view.made.to_zoned(TimeZone::UTC);
        Self {
            title: title.into(),
            here,
            private: view.is_private(),
            staffed: view.is_staffed(),
            files: view.files,
            updated: made.strftime("%-d %B %Y, %H:%M UTC").to_string(),
            style: STYLE.address(),
        }
    }
}

pub(crate) fn page(template: &impl Template) -> Result<Response, Trouble> {
    Ok(Html(template.render()?).into_response())
}

/// A page that is nobody's to keep.
pub(crate) fn fresh(template: &impl Template) -> Result<Response, Trouble> {
    Ok(([(CACHE_CONTROL, "no-store")], page(template)?).into_response())
}

/// The same with what is wrong and what was entered.
pub(crate) fn again(status: StatusCode, template: &impl Template) -> Result<Response, Trouble> {
    Ok((status, Extension(Told), fresh(template)?).into_response())
}

/// One part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<T> {
    pub(crate) rows: Vec<T>,
    /// From 1.
    pub(crate) number: usize,
    pub(crate) parts: usize,
    /// Rows of all parts.
    pub(crate) total: usize,
    /// Id of the last row, where others follow and rows have ids.
    pub(crate) cursor: Option<String>,
}

/// Where a part of a list begins.
pub(crate) enum Place<'a> {
    Number(usize),
    /// After the row of this id, wherever that is by now.
    After(&'a str),
}

/// How many rows a part has: as many as are asked for, up to `LONGEST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct PartSize(pub(crate) usize);

impl FromStr for PartSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let size = text.parse().ok().filter(|size| (1..=LONGEST).contains(size));
        size.map(Self)
            .ok_or_else(|| format!("`limit` must be a number from 1 to {LONGEST}"))
    }
}

impl<T> Part<T> {
    /// Part `number` of rows; a part past the last is the last.
    pub(crate) fn of(rows: impl IntoIterator<Item = T>, number: Option<usize>, size: usize) -> Self {
        let mut rows: Vec<T> = rows.into_iter().collect();
        let total = rows.len();
        let parts = total.div_ceil(size).max(1);
        let number = number.unwrap_or(1).clamp(1, parts);
        rows.drain(..(number - 1) * size);
        rows.truncate(size);
        Self {
            rows,
            number,
            parts,
            total,
            cursor: None,
        }
    }

    /// The part after the row that a cursor names, else that of a number. `Gone` where that row is no more.
    pub(crate) fn asked<I: ToString>(
        rows: impl IntoIterator<Item = T>,
        number: Option<usize>,
        cursor: Option<&str>,
        size: usize,
        id: impl Fn(&T) -> I,
    ) -> Result<Self, Trouble> {
        let mut rows: Vec<T> = rows.into_iter().collect();
        let total = rows.len();
        let parts = total.div_ceil(size).max(1);
        let begin = match cursor {
            None => (number.unwrap_or(1).clamp(1, parts) - 1) * size,
            Some(cursor) => {
                let before = rows.iter().position(|row| id(row).to_string() == cursor);
                before.ok_or(Trouble::Gone)? + 1
            }
        };
        let end = total.min(begin + size);
        rows.truncate(end);
        rows.drain(..begin);
        Ok(Self {
            cursor: rows.last().filter(|_| end < total).map(|row| id(row).to_string()),
            number: begin.div_ceil(size) + 1,
            rows,
            parts,
            total,
        })
    }

    pub(crate) fn previous(&self) -> Option<usize> {
        (self.number > 1).then(|| self.number - 1)
    }

    pub(crate) fn next(&self) -> Option<usize> {
        (self.number < self.parts).then(|| self.number + 1)
    }

    /// Links to the parts beside it.
    pub(crate) fn pager(&self, path: &str, query: &impl Serialize) -> Pager {
        let link = |number: usize| link(path, query, &Place::Number(number));
        Pager {
            previous: self.previous().map(link),
            next: self.next().map(link),
            number: self.number,
            parts: self.parts,
        }
    }
}

/// Where one is in a list of several parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) number: usize,
    pub(crate) parts: usize,
}

/// The same question for another part: `/findings?status=in-use&page=2`
pub(crate) fn link(path: &str, query: &impl Serialize, place: &Place<'_>) -> String {
    let asked = address("", query);
    let asked = asked.strip_prefix('?').unwrap_or_default();
    let is_place = |pair: &str| pair.starts_with("page=") || pair.starts_with("cursor=");
    let kept = asked
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_place(pair));
    let mut pairs: Vec<&str> = kept.collect();
    let own = match place {
        Place::Number(number) => address("", &[("page", number)]),
        Place::After(cursor) => address("", &[("cursor", cursor)]),
    };
    pairs.push(own.strip_prefix('?').unwrap_or_default());
    format!("{path}?{}", pairs.join("&"))
}

/// A path with a query; only the path where the query asks nothing.
pub(crate) fn address(path: &str, query: &impl Serialize) -> String {
    match serde_urlencoded::to_string(query) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The question in the address; one that is not understood is told with the reason.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Trouble> {
        let asked = Query::<T>::try_from_uri(&parts.uri);
        asked
            .map(|Query(asked)| Self(asked))
            .map_err(|error| Trouble::Malformed(error.body_text()))
    }
}

/// A field of a form; left empty it asks nothing.
pub(crate) fn filled<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: std::fmt::Display>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Query {
        q: Option<&'static str>,
        page: Option<usize>,
    }

    #[test]
    fn lists_come_in_parts() {
        let part = Part::of(0..5, Some(2), 2);
        assert_eq!(
            (part.rows.as_slice(), part.parts, part.total),
            ([2, 3].as_slice(), 3, 5)
        );
        assert_eq!((part.previous(), part.next()), (Some(1), Some(3)));
        assert_eq!(Part::of(0..5, Some(99), 2).rows, [4]);
        let after = |cursor| Part::asked(0..5, None, cursor, 2, |row| *row);
        let told = |cursor| after(cursor).map(|part| (part.rows, part.number, part.cursor));
        assert_eq!(told(None).unwrap(), (vec![0, 1], 1, Some("1".to_owned())));
        assert_eq!(told(Some("1")).unwrap(), (vec![2, 3], 2, Some("3".to_owned())));
        assert_eq!(told(Some("2")).unwrap(), (vec![3, 4], 3, None));
        assert!(matches!(after(Some("9")), Err(Trouble::Gone)));
        assert_eq!(Part::of(0..0, Some(99), 2).parts, 1);
        let query = Query {
            q: Some("a b&c"),
            page: Some(2),
        };
        assert_eq!(
            part.pager("/x", &query).next.as_deref(),
            Some("/x?q=a+b%26c&page=3")
        );
        assert_eq!(
            link("/x", &query, &Place::After("c&d")),
            "/x?q=a+b%26c&cursor=c%26d"
        );
        assert_eq!(address("/x", &Query { q: None, page: None }), "/x");
    }
}
