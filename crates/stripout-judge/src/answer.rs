//! Yes, no, and not known: what is not known is never taken for a yes.

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Yes,
    No,
    Unknown,
}

impl Answer {
    pub(crate) fn of(so: bool) -> Self {
        if so { Self::Yes } else { Self::No }
    }

    /// No, where one is no; not known, where one is not known; else yes.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{self, No, Unknown, Yes};

    #[test]
    fn one_no_decides_and_the_unknown_spreads() {
        for (a, b, both) in [
            (Yes, Yes, Yes),
            (Yes, No, No),
            (Unknown, No, No),
            (No, Unknown, No),
            (Unknown, Yes, Unknown),
            (Yes, Unknown, Unknown),
        ] {
            assert_eq!(Answer::and(a, b), both);
        }
    }
}
