//! What has been said about a maker or a body, by whom, and the reply to it. One is never shown without the other.

use serde::{Deserialize, Serialize};
use stripout_model::MakerId;

use crate::Verification;

/// One file of `data/claims/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Claim {
    pub id: String,
    /// Makers it is about.
    #[serde(default)]
    pub makers: Vec<MakerId>,
    /// Others it is about: "UK councils".
    #[serde(default)]
    pub about: Vec<String>,
    pub claim: String,
    pub claimed_by: String,
    /// As exact as the source.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub date_note: Option<String>,
    pub sources: Vec<String>,
    pub verification: Verification,
    #[serde(default)]
    pub verification_note: Option<String>,
    /// What kind of statement it is: "parliamentary committee finding".
    pub status: String,
    /// How it may be put in public.
    #[serde(default)]
    pub wording_advice: Option<String>,
    /// `None` when no reply was found.
    #[serde(default)]
    pub reply: Option<Reply>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reply {
    pub text: String,
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub date: Option<String>,
    pub sources: Vec<String>,
}
