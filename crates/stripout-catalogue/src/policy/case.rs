//! A worked case: what an instrument says of one situation. It is a test, and the example on the instrument's page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stripout_model::{BodyId, Coverage, MakerId};

use super::Stretch;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// Unique in its instrument.
    pub id: String,
    pub given: Situation,
    pub expect: Coverage,
    /// The provision or exemption that is to decide.
    #[serde(default)]
    pub clause: Option<String>,
    /// Judged as if the instrument were in force and as it is written here: for one that is not, or was not read.
    #[serde(default)]
    pub what_if: bool,
}

/// Who does what with which equipment, where, for what and when. What is left out is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Situation {
    /// Kind of `data/vocab/body-kinds.toml`.
    pub body: Option<String>,
    /// ISO 3166 code of the country or part the body belongs to.
    pub nation: Option<String>,
    /// The body itself, where it is known.
    pub id: Option<BodyId>,
    /// Of `data/vocab/site-criteria.toml`: those known to be so or not so.
    pub site: BTreeMap<String, bool>,
    /// `data/vocab/equipment.toml`
    pub equipment: Option<String>,
    pub maker: Option<MakerId>,
    /// Country of manufacture, ISO 3166.
    pub made_in: Option<String>,
    /// `data/vocab/purposes.toml`: these and no others.
    pub purpose: Option<Vec<String>>,
    /// `data/vocab/acts.toml`
    pub act: Option<String>,
    pub date: Option<Stretch>,
    /// Of `data/vocab/circumstances.toml`: those known to be so or not so.
    pub circumstance: BTreeMap<String, bool>,
}
