//! Where an instrument stands, and what follows from that for what it says.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `data/vocab/policy-status.toml`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyStatus {
    InForce,
    Current,
    Promised,
    Met,
    DeadlinePassed,
    InProgress,
    Announced,
    PartlyDone,
    Adopted,
    PoliticalCall,
    Superseded,
    Lapsed,
    Rejected,
    Proposed,
    NotVerified,
    Recalled,
}

impl PolicyStatus {
    pub const ALL: [Self; 16] = [
        Self::InForce,
        Self::Current,
        Self::Promised,
        Self::Met,
        Self::DeadlinePassed,
        Self::InProgress,
        Self::Announced,
        Self::PartlyDone,
        Self::Adopted,
        Self::PoliticalCall,
        Self::Superseded,
        Self::Lapsed,
        Self::Rejected,
        Self::Proposed,
        Self::NotVerified,
        Self::Recalled,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Current => "current",
            Self::Promised => "promised",
            Self::Met => "met",
            Self::DeadlinePassed => "deadline-passed",
            Self::InProgress => "in-progress",
            Self::Announced => "announced",
            Self::PartlyDone => "partly-done",
            Self::Adopted => "adopted",
            Self::PoliticalCall => "political-call",
            Self::Superseded => "superseded",
            Self::Lapsed => "lapsed",
            Self::Rejected => "rejected",
            Self::Proposed => "proposed",
            Self::NotVerified => "not-verified",
            Self::Recalled => "recalled",
        }
    }

    /// Only such an instrument is a rule that holds; the others are promises, requests or history.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::InForce | Self::Current)
    }

    /// What it says was never law, or is no longer: it covers nothing, but for a what-if.
    pub fn is_void(self) -> bool {
        matches!(self, Self::Superseded | Self::Lapsed) || self.is_unenacted()
    }

    /// What it says was put forward and is not law.
    pub fn is_unenacted(self) -> bool {
        matches!(self, Self::Rejected | Self::Proposed)
    }

    /// Whether it was ever made, or still stands, is not known at first hand.
    pub fn is_unread(self) -> bool {
        matches!(self, Self::NotVerified | Self::Recalled)
    }
}

impl fmt::Display for PolicyStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
