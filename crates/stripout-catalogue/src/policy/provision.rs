//! One testable clause of an instrument: who, where, what, whose, which act, for what, when. A question that it does not
//! ask is left out, and then anything will do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stripout_model::{BodyId, Effect, MakerId};

use super::Stretch;
use crate::Verification;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provision {
    /// Unique in its instrument.
    pub id: String,
    pub effect: Effect,
    /// What it says, in our words: "departments stop deploying visual surveillance equipment".
    pub says: String,
    /// How sure it is that the clause says so. What was not read settles nothing.
    pub verification: Verification,
    /// Citation that the clause rests on.
    pub source: String,
    #[serde(default)]
    pub body: Option<Who>,
    /// Criteria of `data/vocab/site-criteria.toml`, all of which must be as stated.
    #[serde(default)]
    pub site: BTreeMap<String, bool>,
    /// `data/vocab/equipment.toml`; any one.
    #[serde(default)]
    pub equipment: Vec<String>,
    #[serde(default)]
    pub subject: Option<Subject>,
    /// `data/vocab/acts.toml`; any one.
    #[serde(default)]
    pub act: Vec<String>,
    /// `data/vocab/purposes.toml`; any one.
    #[serde(default)]
    pub purpose: Vec<String>,
    /// First day on which it applies.
    #[serde(default)]
    pub from: Option<Stretch>,
    /// Last day on which it applies.
    #[serde(default)]
    pub until: Option<Stretch>,
    /// Day by which it must be done.
    #[serde(default)]
    pub deadline: Option<Stretch>,
    /// The statements of the instrument's `acts` that it puts so that they can be tested.
    #[serde(default)]
    pub states: Vec<String>,
    #[serde(rename = "exemption", default)]
    pub exemptions: Vec<Exemption>,
}

/// What takes a thing out of a provision that reaches it. All that is stated must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exemption {
    /// Unique in its instrument.
    pub id: String,
    /// What it says, in our words: "an agency may be given a waiver".
    pub says: String,
    #[serde(default)]
    pub body: Option<Who>,
    #[serde(default)]
    pub equipment: Vec<String>,
    /// Of `data/vocab/circumstances.toml`.
    #[serde(default)]
    pub circumstance: Option<String>,
    /// It is for the body to claim: a circumstance that is not stated is taken as absent, not as unknown.
    #[serde(default)]
    pub claimed: bool,
    /// The text does not say whether such a thing is taken out: what fits is not known.
    #[serde(default)]
    pub unclear: bool,
}

/// Which bodies. What is left out does not matter; all that is stated must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Who {
    /// `data/vocab/body-kinds.toml`
    pub kind: Vec<String>,
    /// Kinds of which the text leaves open whether it means them.
    pub open: Vec<String>,
    /// ISO 3166 codes; a country takes in its parts.
    pub nation: Vec<String>,
    /// Bodies that are named, and no others.
    pub id: Vec<BodyId>,
    /// How a sentence names them: `the Department for Work and Pensions`. Stated where `id` is.
    pub called: Option<String>,
}

/// Whose equipment: the question an instrument asks of a maker or a unit, with its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "test",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Subject {
    /// Where is the producing company organised?
    CompanySubjectToLaw {
        /// `data/vocab/laws.toml`
        law: String,
        /// Classes of `data/vocab/jurisdictions.toml` that are subject to it.
        reaches: Vec<String>,
        /// Classes of which the instrument does not say whether they are.
        open: Vec<String>,
    },
    /// Is the company on the list?
    NamedList {
        makers: Vec<MakerId>,
        group: Group,
        /// Makers of which it is not known: they sell what a named company makes, or makes parts of.
        #[serde(default)]
        open: Vec<MakerId>,
    },
    /// Where was this unit made?
    PlaceOfManufacture {
        /// ISO 3166 codes.
        places: Vec<String>,
    },
    /// Has an authority decided on this supplier?
    RiskDecision {
        decided: Vec<RiskDecision>,
        /// When a compiler last looked for decisions; later ones, and those of single buyers, are not known.
        looked: Stretch,
    },
    /// Does a state hold at least so much of it?
    Ownership { percent: u8 },
    /// Does its country run a cyber programme against the one that asks?
    CountryProgramme,
    /// Has the product passed the required tests?
    TechnicalCertification,
    /// What did an authority find in the product?
    TechnicalAssessment,
    /// Whoever made it.
    AllEquipment,
}

/// Whether those who belong to a named company count as named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    Included,
    NotStated,
    Excluded,
}

/// A published decision on one supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RiskDecision {
    pub maker: MakerId,
    pub from: Stretch,
    pub source: String,
}

impl Subject {
    /// Value of `data/vocab/subject-tests.toml`.
    pub fn test(&self) -> &'static str {
        match self {
            Self::CompanySubjectToLaw { .. } => "company-subject-to-law",
            Self::NamedList { .. } => "named-list",
            Self::PlaceOfManufacture { .. } => "place-of-manufacture",
            Self::RiskDecision { .. } => "risk-decision",
            Self::Ownership { .. } => "ownership",
            Self::CountryProgramme => "country-programme",
            Self::TechnicalCertification => "technical-certification",
            Self::TechnicalAssessment => "technical-assessment",
            Self::AllEquipment => "all-equipment",
        }
    }

    /// Makers it names.
    pub fn makers(&self) -> Vec<&MakerId> {
        match self {
            Self::NamedList { makers, .. } => makers.iter().collect(),
            Self::RiskDecision { decided, .. } => decided.iter().map(|one| &one.maker).collect(),
            _ => Vec::new(),
        }
    }
}
