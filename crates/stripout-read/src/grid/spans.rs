//! Which rows or columns are meant.

/// Ranges of rows or columns.
#[derive(Debug, Default)]
pub(super) struct Spans {
    ranges: Vec<(u32, u32)>,
    /// They were said out of order.
    mixed: bool,
}

impl Spans {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        match self.ranges.last_mut() {
            Some((_, end)) if first == end.saturating_add(1) => *end = last,
            end => {
                self.mixed |= end.is_some_and(|(_, end)| first <= *end);
                self.ranges.push((first, last));
            }
        }
    }

    /// Puts them in order, as asking for one needs it.
    pub(super) fn settle(&mut self) {
        if !std::mem::take(&mut self.mixed) {
            return;
        }
        self.ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.ranges.len());
        for (first, last) in self.ranges.drain(..) {
            match merged.last_mut() {
                Some((_, end)) if first <= *end => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        self.ranges = merged;
    }

    pub(super) fn contains(&self, at: u32) -> bool {
        let next = self.ranges.partition_point(|(first, _)| *first <= at);
        next > 0 && self.ranges.get(next - 1).is_some_and(|(_, last)| at <= *last)
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    #[test]
    fn ranges_in_any_order() {
        let mut spans = Spans::default();
        for (first, last) in [(7, 9), (10, 10), (2, 3), (8, 12), (3, 3)] {
            spans.add(first, last);
        }
        spans.settle();
        let within: Vec<u32> = (0..15).filter(|at| spans.contains(*at)).collect();
        assert_eq!(within, [2, 3, 7, 8, 9, 10, 11, 12]);
    }
}
