//! The formats, one file each, tried in order.

mod csv;
pub(crate) mod docx;
mod foreign;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod mail;
pub(crate) mod ocds;
#[cfg(test)]
mod office_tests;
pub(crate) mod opendocument;
pub(crate) mod pdf;
pub(crate) mod rtf;
mod text;
pub(crate) mod workbook;

use std::io::Read;

use stripout_model::Problem;

use crate::{Options, Part};

pub use csv::csv_field;
pub(crate) use csv::table_layer;
pub(crate) use csv::under_heading;
pub(crate) use foreign::is_picture;
pub(crate) use text::text_layer;

/// The first bytes of a part, after decompression.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Up to 64 KiB.
    pub bytes: &'a [u8],
    /// Whether `bytes` is all there is.
    pub whole: bool,
    /// File or member name: a hint for messages and odd layouts, never for the type.
    pub name: &'a str,
}

/// A kind of file.
pub trait Format: Sync {
    /// As `Part::format` and `stripout list sources` show it.
    fn name(&self) -> &'static str;
    /// Whether the bytes look like this format. The first format that claims a part reads it.
    fn claims(&self, head: Head<'_>) -> bool;
    /// Starts cutting `stream`, which begins with `head`.
    fn open<'a>(
        &self,
        head: Head<'_>,
        stream: Box<dyn Read + Send + 'a>,
        options: &Options,
    ) -> Result<Part<'a>, Problem>;
}

/// In order of trial; the last one takes any text.
pub static FORMATS: &[&dyn Format] = &[&foreign::Foreign, &json::Json, &csv::Csv, &text::Text];
