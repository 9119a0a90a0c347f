#![doc = include_str!("../README.md")]

mod face;
mod fit;
mod pdf;
mod picture;
mod sheet;

pub use pdf::{Printed, pdf};
pub use picture::png;
pub use sheet::{Block, Sheet, Words};

/// Why there is nothing to take away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    #[error("more words than one page of A4 holds, however small")]
    Overfull,
    #[error("a font of this program cannot be read")]
    Font,
    #[error("the sheet cannot be written: {0}")]
    Pdf(String),
    #[error("the chart cannot be drawn: {0}")]
    Picture(String),
}
