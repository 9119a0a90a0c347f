#![doc = include_str!("../README.md")]

mod amount;
mod caught;
mod container;
mod date;
mod document;
mod encoding;
mod format;
mod grid;
mod input;
mod json;
pub mod layout;
mod limits;
mod lines;
mod markup;
mod opc;
mod package;
mod part;
mod parts;
mod piece;
mod prose;
mod reread;
mod stop;
mod stream;
mod suffix;

pub use format::{FORMATS, Format, Head, csv_field};
pub use layout::{Layout, Sources};
pub use limits::Limits;
pub use lines::Lines;
pub use part::{Block, Blocks, Ocr, Options, Parse, Part, ReadSeek, Sink, Source};
pub use parts::{is_stream, parts};
pub use piece::Piece;
pub use reread::{Surroundings, reread, reread_all, reread_around};
pub use stop::{Stop, Wanted};
