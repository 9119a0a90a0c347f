//! Which rows to list, and in which order.

use jiff::civil::Date;
use stripout_model::{BrandId, Code, Confidence, MakerId, Stance, Via};

/// What rows must fit; an empty or absent field asks nothing, a list asks for any of its members.
///
/// `makers`, `brands`, `stances`, `confidences` and `vias` speak of sightings; on other tables they ask for rows whose
/// record (for sources: any record) has a sighting that fits all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub makers: Vec<MakerId>,
    pub brands: Vec<BrandId>,
    pub stances: Vec<Stance>,
    pub confidences: Vec<Confidence>,
    pub vias: Vec<Via>,
    /// Of problems only.
    pub codes: Vec<Code>,
    /// Part of the body's (buyer's) name; case of ASCII letters does not matter.
    pub body: Option<String>,
    /// Part of the supplier's name, likewise.
    pub supplier: Option<String>,
    /// Part of the source's path, or the start of its SHA-256 (from 6 hex digits on).
    pub source: Option<String>,
    /// First day; rows without a date fit only when neither `from` nor `until` is given. Of sources: the day of reading.
    pub from: Option<Date>,
    /// Last day, included.
    pub until: Option<Date>,
    /// Of contracts: every release, not only the last one of each award.
    pub every_release: bool,
    pub order: Order,
    pub limit: Option<u64>,
    /// Rows to leave out first.
    pub offset: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Confidence, method, stance (`has` first), then the largest amount. Tables without these start at the amount.
    #[default]
    Strongest,
    /// As they stand in their sources.
    Place,
    Newest,
    Oldest,
    LargestAmount,
}
