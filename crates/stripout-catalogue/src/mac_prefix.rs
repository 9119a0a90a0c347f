//! Hardware address blocks of makers and labels, from the registry of their assignments.

use serde::{Deserialize, Serialize};
use stripout_model::{BrandId, MakerId};

use crate::Verification;
use crate::list::semicolon_list;

/// One row of `data/fingerprints/mac-prefixes.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MacPrefix {
    /// Upper-case hex digits of the assigned block: 6, 7 or 9 of them.
    pub prefix: String,
    pub maker: Option<MakerId>,
    /// A block that is registered to a label says nothing about the maker.
    pub brand: Option<BrandId>,
    pub registrant: String,
    #[serde(deserialize_with = "semicolon_list")]
    pub sources: Vec<String>,
    pub source_date: String,
    pub verification: Verification,
}
