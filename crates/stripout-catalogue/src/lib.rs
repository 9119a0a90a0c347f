mod brand;
mod fault;
mod load;
mod maker;
mod model;
mod name;
mod source;
mod words;

pub use brand::{Brand, Certainty, MadeBy, Relation};
pub use fault::{CatalogueError, Fault};
pub use maker::{Maker, Restriction, StateShare};
pub use model::{ModelFamily, Specificity};
pub use name::{Name, NameOrigin, NameRule};
pub use words::{
    AnswerWords, ContextWords, CountWords, Cue, QuestionCue, Scope, SentenceWords, StanceWords, Words,
};

use std::collections::BTreeMap;
use serde::{Deserialize, Serialize};
use stripout_model::{BrandId, MakerId, ModelId};

/// How a fact was checked. Ordered: a `Recalled` or `Constructed` one never reaches a public page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// Made up as test data.
    Constructed,
    /// Known to the compiler, not opened.
    Recalled,
    /// A restatement was read.
    Partly,
    /// Read in an official registry or its data file.
    Registry,
    /// The cited text was read by the compiler.
    Seen,
}

/// All that is known, indexed by id.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    pub makers: BTreeMap<MakerId, Maker>,
    pub brands: BTreeMap<BrandId, Brand>,
    pub models: BTreeMap<ModelId, ModelFamily>,
    /// Measures that name no company: who is covered follows from a test.
    pub class_restrictions: Vec<Restriction>,
    pub words: Words,
}
