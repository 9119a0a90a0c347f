//! Cells as publishers write them.

use std::borrow::Cow;

use jiff::civil::Date;
use stripout_register::ReferencePostcode;

/// UTF-8, or else Windows-1252, in which every byte is a letter.
pub(crate) fn text(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text.trim()),
        Err(_) => Cow::Owned(encoding_rs::WINDOWS_1252.decode(cell).0.trim().to_owned()),
    }
}

pub(crate) fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "null").then(|| text.to_owned())
}

/// A day as `YYYYMMDD`, `DD-MM-YYYY`, `DD/MM/YYYY` or ISO 8601, as ISO 8601.
pub(crate) fn day(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.get(..10).unwrap_or(text).split(['-', '/']).collect();
    let iso = match parts.as_slice() {
        [all] if all.len() == 8 => [all.get(..4), all.get(4..6), all.get(6..)]
            .map(Option::unwrap_or_default)
            .join("-"),
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => parts.join("-"),
    };
    let date: Date = iso.parse().map_err(|_no_date| format!("`{text}` is no date"))?;
    Ok(Some(date.to_string()))
}

/// A month as `YYYYMM`, as `YYYY-MM`.
pub(super) fn month(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    match (text.get(..4), text.get(4..6)) {
        _ if text.is_empty() => Ok(None),
        (Some(year), Some(month)) if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Some(format!("{year}-{month}")))
        }
        _ => Err(format!("`{text}` is no month")),
    }
}

pub(super) fn postcode(text: &str) -> Result<String, String> {
    ReferencePostcode::written(text).ok_or_else(|| format!("`{text}` is no postcode"))
}

/// A code of an area; the codes for "not applicable" are none.
pub(super) fn area(text: &str) -> Option<String> {
    some(text).filter(|code| !code.ends_with("99999999"))
}

/// Degrees as millionths; 99.999999 stands for "none".
pub(super) fn degrees(lat: &str, long: &str) -> Result<Option<(i64, i64)>, String> {
    let one = |text: &str| -> Result<Option<i64>, String> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let value: f64 = text
            .trim()
            .parse()
            .map_err(|_no_number| format!("`{text}` is no number of degrees"))?;
        if (-180.0..=180.0).contains(&value) {
            #[allow(clippy::cast_possible_truncation, reason = "at most 180,000,000")]
            return Ok(Some((value * 1e6).round() as i64));
        }
        Err(format!("`{text}` is no number of degrees"))
    };
    Ok(one(lat)?.zip(one(long)?).filter(|(lat, _)| *lat <= 90_000_000))
}
