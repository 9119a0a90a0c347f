//! A text that is nothing but names: how many of them are looked at.

use std::collections::HashMap;

use crate::attribution::OwnerIndex;

/// Takes so many names, and the first few of every maker after that: none is lost behind thousands of another.
pub(crate) struct Crowd {
    most: usize,
    taken: usize,
    known: HashMap<OwnerIndex, usize>,
    pub(crate) left_out: usize,
}

impl Crowd {
    /// Names of one maker that are always taken.
    const OF_ONE: usize = 5;

    pub(crate) fn of(most: usize) -> Self {
        Self {
            most,
            taken: 0,
            known: HashMap::new(),
            left_out: 0,
        }
    }

    /// Whether one more name of this maker is looked at.
    pub(crate) fn takes(&mut self, owner: OwnerIndex) -> bool {
        let seen = self.known.entry(owner).or_default();
        *seen += 1;
        let takes = self.taken < self.most || *seen <= Self::OF_ONE;
        self.taken += usize::from(takes);
        self.left_out += usize::from(!takes);
        takes
    }
}
