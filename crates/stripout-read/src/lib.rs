#![doc = include_str!("../README.md")]

mod format;
mod limits;
mod part;

pub use format::{FORMATS, Format, Head};
pub use limits::Limits;
pub use part::{Block, Blocks, Options, Parse, Part, ReadSeek, Sink, Source};
