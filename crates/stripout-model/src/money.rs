//! Money is a whole number of minor units and a currency; never a float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const GBP: Self = Self(*b"GBP");

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters")
    }
}

impl FromStr for Currency {
    type Err = ParseMoneyError;
    fn from_str(text: &str) -> Result<Self, ParseMoneyError> {
        match text.trim().as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_alphabetic()) => Ok(Self([
                a.to_ascii_uppercase(),
                b.to_ascii_uppercase(),
                c.to_ascii_uppercase(),
            ])),
            _ => Err(ParseMoneyError::Currency(text.into())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = ParseMoneyError;
    fn try_from(text: String) -> Result<Self, ParseMoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().into()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount in minor units (pence).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor_units: i64,
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseMoneyError {
    Currency(String),
    /// Not a plain decimal number.
    Number(String),
    /// More than nine quadrillion: no real amount, most likely a placeholder.
    TooLarge(String),
}

impl fmt::Display for ParseMoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency(text) => write!(f, "`{text}` is no currency code"),
            Self::Number(text) => write!(f, "`{text}` is no amount"),
            Self::TooLarge(text) => write!(f, "`{text}` is too large to be an amount"),
        }
    }
}

impl std::error::Error for ParseMoneyError {}

impl Money {
    /// From a plain decimal as JSON and clean CSV write it: `-?digits[.digits][e±digits]`. Exact to the penny;
    /// further decimals are rounded half away from zero. Thousands separators are the reader's business.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, ParseMoneyError> {
        let wrong = || ParseMoneyError::Number(text.into());
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_error| wrong())?),
            None => (text, 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + fraction.len() == 0
            || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        {
            return Err(wrong());
        }
        let too_large = || ParseMoneyError::TooLarge(text.into());
        // Position of the decimal point counted from the first digit, moved two places for pence.
        let point = i64::try_from(whole.len()).map_err(|_error| too_large())? + i64::from(exponent) + 2;
        let mut minor: i64 = 0;
        let mut round_up = false;
        let mut digits = whole.bytes().chain(fraction.bytes());
        for at in 0..point.clamp(0, 400) {
            let digit = digits.next().map_or(0, |b| i64::from(b - b'0'));
            minor = minor
                .checked_mul(10)
                .and_then(|m| m.checked_add(digit))
                .ok_or_else(too_large)?;
            if minor == 0 && at > 390 {
                break;
            }
        }
        if (0..400).contains(&point)
            && let Some(next) = digits.next()
        {
            round_up = next >= b'5';
        }
        let minor = minor + i64::from(round_up);
        if minor > 900_000_000_000_000_000 {
            return Err(too_large());
        }
        Ok(Self {
            minor_units: if negative { -minor } else { minor },
            currency,
        })
    }
}

/// `GBP 3,627.50`
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.minor_units.unsigned_abs();
        let whole = (units / 100).to_string();
        let mut grouped = String::new();
        for (i, c) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(c);
        }
        let sign = if self.minor_units < 0 { "-" } else { "" };
        f.pad(&format!("{} {sign}{grouped}.{:02}", self.currency, units % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str) -> Option<i64> {
        Money::from_decimal(text, Currency::GBP)
            .ok()
            .map(|m| m.minor_units)
    }

    #[test]
    fn decimals_become_pence() {
        for (text, want) in [
            ("3627.5", 362_750),
            ("54393.6", 5_439_360),
            ("-0", 0),
            ("-85260.00", -8_526_000),
            ("0.005", 1),
            ("0.004", 0),
            ("1E+05", 10_000_000),
            ("1.5e-1", 15),
            ("1e-9", 0),
            ("0e999", 0),
            (".5", 50),
        ] {
            assert_eq!(minor(text), Some(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "1,000",
            "NaN",
            "1e9999",
            "0x10",
            "12 ",
            "999999999999999999999999999999",
        ] {
            assert_eq!(minor(text), None, "{text}");
        }
    }

    #[test]
    fn shown_with_thousands() {
        let money = Money {
            minor_units: 362_750,
            currency: Currency::GBP,
        };
        assert_eq!(money.to_string(), "GBP 3,627.50");
        assert_eq!(
            Money {
                minor_units: -5,
                ..money
            }
            .to_string(),
            "GBP -0.05"
        );
        assert_eq!(
            Money {
                minor_units: 12_345_678_900,
                ..money
            }
            .to_string(),
            "GBP 123,456,789.00"
        );
    }
}
