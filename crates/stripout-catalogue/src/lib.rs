#![doc = include_str!("../README.md")]

mod body;
mod brand;
mod catalogue;
mod check;
mod citation;
mod claim;
mod entry;
mod examples;
mod explain;
mod fault;
mod list;
mod load;
mod mac_prefix;
mod maker;
mod model;
mod name;
mod parse;
mod policy;
mod request;
mod search;
mod source;
mod verification;
mod vocabulary;
mod vulnerability;
mod words;

pub use body::{
    Alias, AliasKind, Bodies, Candidate, ExplainedBody, Identifier, Position, PublicBody, Resolution,
    Succession,
};
pub use brand::{Brand, Certainty, MadeBy, Relation};
pub use catalogue::{Catalogue, Origins};
pub use citation::Citation;
pub use claim::{Claim, Reply};
pub use entry::EntryKind;
pub use examples::{Example, Expect, OwnerId};
pub use explain::{ExplainedEntry, Explanation};
pub use fault::{CatalogueError, Fault};
pub use mac_prefix::MacPrefix;
pub use maker::{Maker, Restriction, StateShare};
pub use model::{ModelFamily, Specificity};
pub use name::{Name, NameOrigin, NameRule};
pub use policy::{
    Case, DefinitionPart, Exemption, Group, ParseStretchError, Policy, PolicyActs, PolicyDefinition,
    PolicyMilestone, PolicyScope, PolicySource, PolicyStatus, PolicySubject, PolicyVersion, Provision,
    RiskDecision, Situation, Stretch, Subject, Who,
};
pub use request::{Clock, Holiday, RequestColumns, RequestRules, RequestWords, StateWord, plain};
pub use search::Entry;
pub use verification::Verification;
pub use vocabulary::{Vocabulary, VocabularyValue};
pub use vulnerability::Vulnerability;
pub use words::{
    AlertWords, AnswerWords, AskedCue, AskedWords, AuthorityCue, BidWords, BodyWords, ContextWords,
    CountWords, Cue, DeviceWords, ForbiddenWords, Holder, HolderWords, InstallationWords, Law, LeadWords,
    OriginWords, OutcomeCue, OutcomeWords, PartWords, PromiseCue, PromiseWords, QuestionCue, ReplyWords,
    Scope, SentenceWords, SiteWords, StanceWeight, StanceWords, StateWords, TableWords, Template, Words,
};
