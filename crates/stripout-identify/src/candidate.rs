//! A possible mention, before it is judged against what stands around it.

use std::ops::Range;

use stripout_model::Via;

use crate::attribution::OwnerIndex;
use crate::fuzzy::Damage;
use crate::grammar::Reading;

/// Something that looks like a maker. Spans are bytes of the normal text.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) owner: OwnerIndex,
    /// What to report, registered name and all.
    pub(crate) span: Range<usize>,
    /// The words that matched.
    pub(crate) core: Range<usize>,
    pub(crate) how: How,
    pub(crate) support: Support,
    pub(crate) via: Via,
}

/// How it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum How {
    /// A registered spelling.
    Exact { spelling: usize, form: Form },
    /// A registered spelling, damaged.
    Fuzzy {
        spelling: usize,
        distance: u8,
        damage: Damage,
    },
    /// A model number; `rival` when another maker's family takes it as well.
    Model {
        family: usize,
        reading: Reading,
        rival: Option<usize>,
    },
}

/// How exactly a registered spelling is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// As a word of its own.
    Whole,
    /// Inside a longer token.
    Glued,
}

/// What stands nearby and speaks for it; spans of the normal text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Support {
    pub(crate) camera: Option<Range<usize>>,
    /// A channel count or resolution: `8CH`.
    pub(crate) measure: Option<Range<usize>>,
    pub(crate) equipment: Option<Range<usize>>,
    pub(crate) maker: Option<Range<usize>>,
    /// A number of the label's own products right behind it.
    pub(crate) number: Option<Range<usize>>,
    pub(crate) asked: bool,
    pub(crate) elsewhere: bool,
}

impl Support {
    /// Enough for a weak name.
    pub(crate) fn is_camera(&self) -> bool {
        self.is_word() || self.measure.is_some() || self.number.is_some() || self.asked
    }

    /// Camera words or another maker: what the sieve sees as well, enough for a name that it cannot see.
    pub(crate) fn is_word(&self) -> bool {
        self.camera.is_some() || self.maker.is_some() || self.elsewhere
    }

    pub(crate) fn is_any(&self) -> bool {
        self.is_camera() || self.equipment.is_some()
    }
}
