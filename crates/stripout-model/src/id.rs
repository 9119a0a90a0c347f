//! Catalogue ids: lower-case ASCII letters, digits and hyphens, as in `data/`.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseIdError(pub String);

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no id: use lower-case letters, digits and single hyphens",
            self.0
        )
    }
}

impl std::error::Error for ParseIdError {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(ParseIdError(text.into())) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = ParseIdError;
            fn try_from(text: String) -> Result<Self, ParseIdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

id!(
    /// The company that builds the equipment, e.g. `hikvision`.
    MakerId
);
id!(
    /// A label equipment is sold under, e.g. `hilook`.
    BrandId
);
id!(
    /// A public body, e.g. `harrogate-borough-council`.
    BodyId
);
id!(
    /// A model-number family, e.g. `hik-ds2cd`.
    ModelId
);

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words() {
        for good in ["hikvision", "tp-link", "2n", "hik-ds2cd"] {
            assert_eq!(good.parse::<MakerId>().map(String::from), Ok(good.to_string()));
        }
        for bad in ["", "Hikvision", "a b", "-a", "a-", "a--b", "é"] {
            assert_eq!(bad.parse::<MakerId>(), Err(ParseIdError(bad.to_string())));
        }
    }
}
