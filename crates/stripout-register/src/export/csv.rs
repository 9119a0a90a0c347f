//! CSV that is safe to open in a spreadsheet.

use std::io::{self, Write};

use super::{Cell, Column, Sheet};
use crate::row::decimal;

pub(super) struct Csv<'w> {
    writer: csv::Writer<&'w mut (dyn Write + Send)>,
}

impl<'w> Csv<'w> {
    pub(super) fn new(columns: &[Column], out: &'w mut (dyn Write + Send)) -> io::Result<Self> {
        // All text is quoted: a program that takes `;` or TAB for the separator cannot split a cell in two and find a
        // formula at the start of the second.
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::NonNumeric)
            .from_writer(out);
        writer
            .write_record(columns.iter().map(|column| column.name))
            .map_err(plain)?;
        Ok(Self { writer })
    }
}

impl Sheet for Csv<'_> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for cell in cells {
            let text = match cell {
                Cell::Null => String::new(),
                Cell::Text(text) | Cell::Json(text) => defused(text),
                Cell::Integer(number) => number.to_string(),
                Cell::Boolean(flag) => flag.to_string(),
                Cell::Amount(minor) => decimal(minor),
            };
            self.writer.write_field(text).map_err(plain)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(plain)
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What became of the output itself, a closed pipe among it.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Puts a `'` before what a spreadsheet would run as a formula (OWASP ASVS 5.0 item 1.2.10). A text of that kind which
/// already starts with `'` gets one more, so that taking one off always gives the text back.
fn defused(text: String) -> String {
    if text.trim_start_matches('\'').starts_with(is_trigger) {
        format!("'{text}")
    } else {
        text
    }
}

/// With the full-width forms, which some input methods and programs fold to the plain ones.
fn is_trigger(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ColumnKind;

    #[test]
    fn formulas_are_defused_and_come_back() {
        for text in [
            "=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠1",
            "'=1", "''-1",
        ] {
            let safe = defused(text.into());
            assert_eq!(safe.strip_prefix('\''), Some(text));
        }
        for text in ["", "'", "'tis", "a=1", " =1", "5", "'a'"] {
            assert_eq!(defused(text.into()), text);
        }
    }

    #[test]
    fn no_separator_starts_a_cell_inside_a_text() {
        let mut out = Vec::new();
        let columns = ["a", "b", "c", "d"].map(|name| Column {
            name,
            kind: ColumnKind::Text,
        });
        let mut sheet = Box::new(Csv::new(&columns, &mut out).unwrap());
        sheet
            .row(vec![
                Cell::Text("x;=1\ty".into()),
                Cell::Integer(-5),
                Cell::Amount(-5),
                Cell::Null,
            ])
            .unwrap();
        sheet.end().unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\"a\",\"b\",\"c\",\"d\"\n\"x;=1\ty\",-5,-0.05,\"\"\n"
        );
    }
}
