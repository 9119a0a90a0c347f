//! Amounts as people type them into spreadsheets.

use stripout_model::{Currency, Money};

/// Which sign parts pounds from pence; decided per file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DecimalMark {
    #[default]
    Point,
    Comma,
}

/// What one cell of an amount column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AmountCell {
    Money(Money),
    /// Empty, or a dash that stands for nothing.
    Blank,
    No,
}

impl AmountCell {
    /// `currency` is meant where the cell has no sign of its own.
    pub(crate) fn read(text: &str, mark: DecimalMark, currency: Currency) -> Self {
        if let Some(minor_units) = plain(text.as_bytes(), mark) {
            return Self::Money(Money {
                minor_units,
                currency,
            });
        }
        let text = text.trim();
        if matches!(
            text,
            "" | "-" | "\u{2013}" | "\u{a3}-" | "\u{a3} -" | "n/a" | "N/A" | "NULL" | "null"
        ) {
            return Self::Blank;
        }
        written_out(text, mark, currency).map_or(Self::No, Self::Money)
    }
}

/// `1234.5`, `-12`, `1,234.50 `: nearly all cells. At most 15 digits and two decimals, so nothing can overflow or be
/// rounded.
fn plain(bytes: &[u8], mark: DecimalMark) -> Option<i64> {
    if mark == DecimalMark::Comma {
        return None;
    }
    let (negative, digits) = match bytes.trim_ascii() {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (whole, pence) = match digits {
        [whole @ .., b'.', a, b] => (whole, [*a, *b]),
        [whole @ .., b'.', a] => (whole, [*a, b'0']),
        _ => (digits, [b'0', b'0']),
    };
    if whole.is_empty() || whole.len() > 15 {
        return None;
    }
    let mut value: i64 = 0;
    let last = whole.len() - 1;
    let parted = whole.len() > 4 && whole.get(last - 3) == Some(&b',');
    for (i, byte) in whole.iter().enumerate() {
        if parted && (last - i) % 4 == 3 {
            // A row of four digits before the first comma is no number of thousands.
            if *byte != b',' || i == 0 {
                return None;
            }
            continue;
        }
        value = value * 10 + digit(*byte)?;
    }
    let [tens, ones] = pence;
    value = value * 100 + digit(tens)? * 10 + digit(ones)?;
    Some(if negative { -value } else { value })
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

fn written_out(text: &str, mark: DecimalMark, currency: Currency) -> Option<Money> {
    let mut number = String::with_capacity(text.len());
    let mut currency = currency;
    let mut negative = false;
    let mut rest = text;
    if let Some(inside) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        negative = true;
        rest = inside.trim();
    }
    // A sign and a currency, in either order; some ledgers put CR, DR or the minus behind.
    for _ in 0..2 {
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
            if negative {
                return None;
            }
            negative = true;
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix('+') {
            rest = after.trim_start();
        }
        if let Some((sign, after)) = currency_sign(rest) {
            currency = sign;
            rest = after.trim_start();
        }
    }
    if let Some(before) = rest.strip_suffix('-').or_else(|| rest.strip_suffix("CR")) {
        if negative {
            return None;
        }
        negative = true;
        rest = before.trim_end();
    }
    let (group, point) = match mark {
        DecimalMark::Point => (',', '.'),
        DecimalMark::Comma => ('.', ','),
    };
    let (whole, fraction) = match rest.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (rest, None),
    };
    let spaced = whole.contains([' ', '\u{a0}', '\u{202f}']);
    let group = if spaced { ' ' } else { group };
    let groups = whole.split(|c: char| c == group || spaced && c.is_whitespace());
    let alone = groups.clone().count() == 1;
    for (i, digits) in groups.enumerate() {
        // `1,23` and `1234,567` are no numbers of thousands: better nothing than a guess.
        if i > 0 && digits.len() != 3 || i == 0 && !alone && !(1..=3).contains(&digits.len()) {
            return None;
        }
        number.push_str(digits);
    }
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(fraction);
    }
    let money = Money::from_decimal(&number, currency).ok()?;
    if money.minor_units < 0 && negative {
        return None;
    }
    Some(if negative {
        Money {
            minor_units: -money.minor_units,
            ..money
        }
    } else {
        money
    })
}

fn currency_sign(text: &str) -> Option<(Currency, &str)> {
    let signs = [
        ("\u{a3}", "GBP"),
        ("\u{20ac}", "EUR"),
        ("$", "USD"),
        ("GBP", "GBP"),
        ("EUR", "EUR"),
        ("USD", "USD"),
    ];
    let (sign, code) = signs.into_iter().find(|(sign, _)| text.starts_with(sign))?;
    Some((code.parse().ok()?, text.get(sign.len()..)?))
}

/// What a cell says about the decimal mark of its file.
pub(crate) fn decimal_mark(text: &str) -> Option<DecimalMark> {
    let text = text.trim();
    let point = text.rfind('.');
    let comma = text.rfind(',');
    let last = match (point, comma) {
        (Some(point), Some(comma)) => point.max(comma),
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => return None,
    };
    let after = text.get(last + 1..)?;
    let count = |c: char| text.matches(c).count();
    let is_comma = comma == Some(last);
    if !after.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let alone = if is_comma {
        point.is_none()
    } else {
        comma.is_none()
    };
    // 1,234 and 1.234 may be either; a mark that comes twice parts thousands.
    if alone && count(if is_comma { ',' } else { '.' }) > 1 {
        return Some(if is_comma {
            DecimalMark::Point
        } else {
            DecimalMark::Comma
        });
    }
    if alone && after.len() == 3 {
        return None;
    }
    Some(if is_comma {
        DecimalMark::Comma
    } else {
        DecimalMark::Point
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str, mark: DecimalMark) -> Option<i64> {
        match AmountCell::read(text, mark, Currency::GBP) {
            AmountCell::Money(money) => Some(money.minor_units),
            AmountCell::Blank | AmountCell::No => None,
        }
    }

    #[test]
    fn written_amounts() {
        for (text, want) in [
            ("3627.50", 362_750),
            ("26.4", 2_640),
            ("77", 7_700),
            ("-0", 0),
            ("1,697,956.30", 169_795_630),
            ("49,521.52 ", 4_952_152),
            (" \u{a3}38,148.43 ", 3_814_843),
            ("-\u{a3}85,260.00", -8_526_000),
            ("\u{a3}-12.00", -1_200),
            ("(1,234.00)", -123_400),
            ("(100.00)", -10_000),
            ("1 234.50", 123_450),
            ("500.00-", -50_000),
            ("1E+05", 10_000_000),
            ("0.005", 1),
        ] {
            assert_eq!(minor(text, DecimalMark::Point), Some(want), "{text:?}");
        }
        assert_eq!(minor("1.234,56", DecimalMark::Comma), Some(123_456));
        assert_eq!(minor("1.234", DecimalMark::Comma), Some(123_400));
        assert_eq!(minor("12,5", DecimalMark::Comma), Some(1_250));
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "NaN",
            "Infinity",
            "-inf",
            "0x10",
            "1e309",
            "99999999999999999999",
            "1.234,56",
            "12,34",
            "1,23,456",
            "1234,567",
            ",123",
            "12,,345",
            "-(5)",
            "--5",
            "-5-",
            "1.2.3",
            "REDACTED",
            "12/04/2020",
            ",",
            ".",
            "\u{a3}",
            "5 %",
        ] {
            assert_eq!(
                AmountCell::read(text, DecimalMark::Point, Currency::GBP),
                AmountCell::No,
                "{text:?}"
            );
        }
        assert_eq!(
            AmountCell::read(" - ", DecimalMark::Point, Currency::GBP),
            AmountCell::Blank
        );
    }

    #[test]
    fn a_cell_tells_its_mark_or_not() {
        for (text, want) in [
            ("1.234,56", Some(DecimalMark::Comma)),
            ("1,234.56", Some(DecimalMark::Point)),
            ("12,50", Some(DecimalMark::Comma)),
            ("12.50", Some(DecimalMark::Point)),
            ("1,234", None),
            ("1.234", None),
            ("1.234.567", Some(DecimalMark::Comma)),
            ("1,234,567", Some(DecimalMark::Point)),
            ("12", None),
        ] {
            assert_eq!(decimal_mark(text), want, "{text}");
        }
    }
}
