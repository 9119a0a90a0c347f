//! Instruments: who must do what about which equipment, since when, and where that is written.

mod case;
mod draft;
mod provision;
mod status;
mod stretch;

pub use case::{Case, Situation};
pub use provision::{Exemption, Group, Provision, RiskDecision, Subject, Who};
pub use status::PolicyStatus;
pub use stretch::{ParseStretchError, Stretch};

use serde::{Deserialize, Serialize};
use stripout_model::MakerId;

use crate::Verification;

/// One file of `data/policies/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    pub id: String,
    pub title: String,
    /// ISO 3166 code of the country or part, or `EU`.
    pub jurisdiction: String,
    /// `data/vocab/policy-kinds.toml`
    pub kind: String,
    pub issuer: String,
    /// As exact as the source: a day, a month, a year, or words.
    pub adopted: String,
    #[serde(default)]
    pub in_force_from: Option<String>,
    pub status: PolicyStatus,
    #[serde(default)]
    pub status_note: Option<String>,
    #[serde(default)]
    pub exceptions: Vec<String>,
    #[serde(default)]
    pub deadline: Option<String>,
    #[serde(default)]
    pub legal_refs: Vec<String>,
    /// What it does not reach.
    #[serde(default)]
    pub gaps: Vec<String>,
    /// At most one line of its own words.
    #[serde(default)]
    pub quote: Option<String>,
    /// What it would change, for an instrument that is not in force.
    #[serde(default)]
    pub what_if: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    /// How sure single fields are: "adopted: day from the campaign release".
    #[serde(default)]
    pub remarks: Vec<String>,
    #[serde(default)]
    pub definition: Option<PolicyDefinition>,
    #[serde(default)]
    pub scope: Option<PolicyScope>,
    #[serde(default)]
    pub subject: Option<PolicySubject>,
    #[serde(default)]
    pub acts: Option<PolicyActs>,
    #[serde(rename = "milestone", default)]
    pub milestones: Vec<PolicyMilestone>,
    #[serde(rename = "version", default)]
    pub versions: Vec<PolicyVersion>,
    /// Why it has no exemption, for one that has none.
    #[serde(default)]
    pub no_exemptions: Option<String>,
    /// Why no case lies after its last day or term.
    pub no_end: Option<String>,
    /// Why it never covers anything: it explains, or frees from a duty.
    #[serde(default)]
    pub covers_nothing: Option<String>,
    /// What it states and no provision can put to a test.
    #[serde(rename = "untested", default)]
    pub untested: Vec<Untested>,
    #[serde(rename = "source")]
    pub sources: Vec<PolicySource>,
    /// What it asks, clause by clause: what `scope`, `subject` and `acts` state, put so that it can be tested.
    #[serde(rename = "provision", default)]
    pub provisions: Vec<Provision>,
    #[serde(rename = "case", default)]
    pub cases: Vec<Case>,
}

/// What a criterion of sites means: any one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyDefinition {
    /// `data/vocab/site-criteria.toml`
    pub criterion: String,
    pub any_of: Vec<DefinitionPart>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DefinitionPart {
    /// `data/vocab/site-criteria.toml`
    pub criterion: String,
    /// As the instrument puts it.
    pub text: String,
}

/// Whom and which places it binds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyScope {
    /// Kinds of `data/vocab/body-kinds.toml`, with `:XYZ` where only one body or nation is meant.
    pub bodies: Vec<String>,
    /// Others, in the words of the instrument.
    pub bodies_as_stated: Vec<String>,
    pub excluded_bodies: Vec<String>,
    pub sites: Option<String>,
    pub sites_note: Option<String>,
    pub note: Option<String>,
}

/// Which equipment or company it asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicySubject {
    /// `data/vocab/subject-tests.toml`
    pub test: String,
    #[serde(default)]
    pub law: Option<String>,
    /// ISO 3166 code, for tests of the place of manufacture.
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub named: Vec<MakerId>,
    #[serde(default)]
    pub includes: Option<String>,
    #[serde(default)]
    pub purpose_limit: Option<String>,
    #[serde(default)]
    pub rebrands: Option<String>,
    #[serde(default)]
    pub components: Option<String>,
}

/// What it forbids, demands or allows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyActs {
    /// `data/vocab/acts.toml`; an empty list says outright that nothing is prohibited.
    pub prohibit: Option<Vec<String>>,
    pub prohibit_connect: Option<String>,
    pub consider: Vec<String>,
    pub require: Vec<String>,
    pub may: Vec<String>,
    pub must: Vec<String>,
}

impl PolicyActs {
    /// Every statement in words; acts of the vocabulary speak for themselves.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.consider, &self.require, &self.may, &self.must];
        let lists = lists.into_iter().flatten().chain(&self.prohibit_connect);
        lists.map(String::as_str)
    }
}

/// A statement of `acts` that no provision puts, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Untested {
    pub states: String,
    pub because: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyMilestone {
    pub when: String,
    pub share: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyVersion {
    pub when: String,
    pub what: String,
}

/// Instruments rest on several sources of different strength.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicySource {
    pub citation: String,
    #[serde(default)]
    pub date: Option<String>,
    pub verification: Verification,
}
