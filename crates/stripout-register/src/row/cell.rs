//! The flat form of a row: named columns with simple values.

/// A column of a list or export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Integer,
    Boolean,
    /// Two decimals, exact.
    Amount,
    /// A JSON value: itself in JSON Lines, its text elsewhere.
    Json,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// Minor units.
    Amount(i64),
    /// Valid JSON.
    Json(String),
}

impl Column {
    pub(super) const fn text(name: &'static str) -> Self {
        Self {
            name,
            kind: ColumnKind::Text,
        }
    }

    pub(super) const fn integer(name: &'static str) -> Self {
        Self {
            name,
            kind: ColumnKind::Integer,
        }
    }

    pub(super) const fn boolean(name: &'static str) -> Self {
        Self {
            name,
            kind: ColumnKind::Boolean,
        }
    }

    pub(super) const fn amount(name: &'static str) -> Self {
        Self {
            name,
            kind: ColumnKind::Amount,
        }
    }

    pub(super) const fn json(name: &'static str) -> Self {
        Self {
            name,
            kind: ColumnKind::Json,
        }
    }
}

impl Cell {
    pub(super) fn shown(value: impl std::fmt::Display) -> Self {
        Self::Text(value.to_string())
    }

    pub(super) fn optional(value: Option<impl std::fmt::Display>) -> Self {
        value.map_or(Self::Null, Self::shown)
    }

    /// Numbers past 63 bits do not come out of the store; should one be made, it is shown as text.
    pub(super) fn natural(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::shown(number), Self::Integer)
    }

    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        serde_json::to_string(value).map_or(Self::Null, Self::Json)
    }

    pub(super) fn amount(money: Option<stripout_model::Money>) -> Self {
        money.map_or(Self::Null, |money| Self::Amount(money.minor_units))
    }
}

/// `-0.05` of minus five pence.
pub(crate) fn decimal(minor: i64) -> String {
    let units = minor.unsigned_abs();
    format!(
        "{}{}.{:02}",
        if minor < 0 { "-" } else { "" },
        units / 100,
        units % 100
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn decimals_are_exact() {
        for (minor, want) in [
            (0, "0.00"),
            (-5, "-0.05"),
            (362_750, "3627.50"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            assert_eq!(super::decimal(minor), want);
        }
    }
}
