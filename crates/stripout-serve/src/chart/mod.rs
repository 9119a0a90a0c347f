//! Charts: bars with their numbers, the same on a page, as SVG and as PNG.

mod body;
mod kinds;
mod picture;

pub(crate) use body::{devices, money};
pub(crate) use kinds::{answers, gap, is_known, shares, spread};
pub(crate) use picture::{Ending, picture};

/// Rows of bars, each with what it is and comes to. A page shows it as a table, a picture stands alone.
pub(crate) struct Chart {
    /// Address of its pictures, without ending and question: `/bodies/x/money`
    pub(crate) address: String,
    /// What is asked of that address.
    pub(crate) asked: String,
    /// Of the page that it belongs to.
    pub(crate) page: String,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    /// What a row is about.
    pub(crate) of: &'static str,
    /// What the looks stand for, where there is more than one.
    pub(crate) key: Vec<(Look, &'static str)>,
    /// Where the axis has a line, in percent, and what stands there.
    pub(crate) axis: Vec<(f64, String)>,
    pub(crate) bars: Vec<Bar>,
    /// What whoever sees it must know.
    pub(crate) notes: Vec<String>,
}

pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) marks: Vec<Mark>,
}

/// A piece of a bar, in percent of its room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mark {
    pub(crate) look: Look,
    pub(crate) from: f64,
    pub(crate) width: f64,
}

/// Told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Solid,
    Hatched,
    Dotted,
    Dark,
    /// Behind a tick: an interval.
    Pale,
    Tick,
}

impl Chart {
    /// Some of its bars are filled with a pattern.
    pub(crate) fn is_patterned(&self) -> bool {
        let mut marks = self.bars.iter().flat_map(|bar| &bar.marks);
        marks.any(|mark| mark.look.pattern().is_some())
    }

    /// Address of its picture: `/bodies/x/money.svg`
    pub(crate) fn link(&self, ending: &str) -> String {
        format!("{}.{ending}{}", self.address, self.asked)
    }
}

impl Mark {
    pub(crate) fn new(look: Look, from: f64, width: f64) -> Self {
        // Two places are less than a pixel.
        let round = |percent: f64| (percent * 100.0).round() / 100.0;
        Self {
            look,
            from: round(from),
            width: round(width),
        }
    }

    /// Marks beside each other, of the counts that they stand for.
    pub(crate) fn stacked(counts: &[(Look, u64)], whole: u64) -> Vec<Self> {
        let mut from = 0.0;
        let mut marks = Vec::new();
        for (look, count) in counts.iter().filter(|(_, count)| *count > 0) {
            let width = percent(*count, whole);
            marks.push(Self::new(*look, from, width));
            from += width;
        }
        marks
    }
}

impl Look {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Hatched => "hatched",
            Self::Dotted => "dotted",
            Self::Dark => "dark",
            Self::Pale => "pale",
            Self::Tick => "tick",
        }
    }

    /// The pattern that it is filled with, where it is one.
    pub(crate) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Hatched => Some("url(#hatch)"),
            Self::Dotted => Some("url(#dots)"),
            _ => None,
        }
    }

    /// Its fill in a picture that stands alone.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Self::Solid => "#0d4f5c",
            Self::Dark => "#16202a",
            Self::Pale => "#86b3bc",
            Self::Tick => "#07252b",
            Self::Hatched | Self::Dotted => self.pattern().unwrap_or_default(),
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a bar is drawn from it")]
pub(crate) fn percent(part: u64, whole: u64) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacked_marks_stand_beside_each_other() {
        let marks = Mark::stacked(&[(Look::Solid, 1), (Look::Hatched, 0), (Look::Dark, 2)], 3);
        assert_eq!(
            marks,
            [
                Mark {
                    look: Look::Solid,
                    from: 0.0,
                    width: 33.33
                },
                Mark {
                    look: Look::Dark,
                    from: 33.33,
                    width: 66.67
                }
            ]
        );
        assert!(Mark::stacked(&[(Look::Solid, 0)], 0).is_empty());
    }
}
