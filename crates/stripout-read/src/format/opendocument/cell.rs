//! What a cell of a spreadsheet says.

use crate::markup::Element;

/// A cell that is being read.
#[derive(Debug, Default)]
pub(super) struct Cell {
    /// What its value is, when that is not its words.
    value: Option<String>,
    words: String,
    /// A formula whose result was not stored.
    pub(super) lacks_result: bool,
    pub(super) comment: String,
    /// It stands this many times.
    pub(super) times: u32,
}

impl Cell {
    pub(super) fn open(element: &Element<'_>) -> Self {
        let kind = element.exact("office:value-type");
        let value = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => element.exact("office:value").map(|value| {
                value
                    .parse()
                    .map_or_else(|_| value.to_string(), crate::format::workbook::number)
            }),
            Some("date") => element.exact("office:date-value").map(|date| day(&date)),
            Some("time") => element.exact("office:time-value").map(|time| clock(&time)),
            Some("boolean") => element
                .exact("office:boolean-value")
                .map(|value| value.to_uppercase()),
            Some("string") => element
                .exact("office:string-value")
                .map(std::borrow::Cow::into_owned),
            _ => None,
        };
        // Errors are told in words, and an empty string may stand beside them.
        let is_error = element.exact("calcext:value-type").as_deref() == Some("error");
        Self {
            value: value.filter(|value| !is_error && !value.is_empty()),
            lacks_result: element.exact("table:formula").is_some() && kind.is_none(),
            times: times(element, "table:number-columns-repeated"),
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, words: &str) {
        self.words.push_str(words);
    }

    /// Between paragraphs.
    pub(super) fn part(&mut self) {
        if !self.words.is_empty() {
            self.words.push(' ');
        }
    }

    pub(super) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or(&self.words).trim()
    }
}

/// How often a row, column or cell stands.
pub(super) fn times(element: &Element<'_>, attribute: &str) -> u32 {
    element
        .exact(attribute)
        .and_then(|times| times.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// A date without a time that says nothing.
fn day(date: &str) -> String {
    date.strip_suffix("T00:00:00").unwrap_or(date).into()
}

/// `PT14H05M00S` as `14:05:00`.
fn clock(time: &str) -> String {
    let parts = || {
        let (hours, rest) = time.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        let two = |text: &str| text.parse::<u32>().ok();
        Some((two(hours)?, two(minutes)?, two(seconds)?))
    };
    parts().map_or_else(|| time.into(), |(h, m, s)| format!("{h:02}:{m:02}:{s:02}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_of_day_are_read_as_clocks_show_them() {
        for (given, want) in [
            ("PT14H05M00S", "14:05:00"),
            ("PT37H30M05.250000S", "37:30:05"),
            ("P1Y", "P1Y"),
        ] {
            assert_eq!(super::clock(given), want);
        }
    }
}
