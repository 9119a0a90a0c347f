//! One public body, and what it is known by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stripout_model::BodyId;

use crate::Verification;

/// A body with its own decisions: one row of a table in `data/bodies/`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PublicBody {
    pub id: BodyId,
    /// Value of `data/vocab/body-kinds.toml`.
    pub kind: String,
    /// What it is called today, or was called last.
    pub name: String,
    /// Value of `data/vocab/nations.toml`.
    pub nation: String,
    /// Statistical region of England; `None` elsewhere and where it serves more than one.
    pub region: Option<String>,
    /// First day; `None`: not noted.
    pub from: Option<Date>,
    /// First day on which it was no more; `None`: it exists, as far as known.
    pub until: Option<Date>,
    pub identifiers: Vec<Identifier>,
    pub position: Option<Position>,
    /// Where the position comes from, if not from the source of the row.
    pub position_source: Option<String>,
    /// Id of `citations.toml`; `None` for what is recalled.
    pub source: Option<String>,
    pub verification: Verification,
}

/// A number or code that a register gives to one body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Identifier {
    /// Value of `data/vocab/body-registers.toml`.
    pub scheme: String,
    pub value: String,
    /// Id of `citations.toml`, where it comes from another source than the body's row.
    pub source: Option<String>,
}

/// Where its area or seat is, in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub lat: f64,
    pub long: f64,
}

impl PublicBody {
    /// Whether it existed on that day. Without a day, and where its dates are not known, nothing speaks against it.
    pub fn existed(&self, at: Option<Date>) -> bool {
        at.is_none_or(|at| {
            self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
        })
    }
}
