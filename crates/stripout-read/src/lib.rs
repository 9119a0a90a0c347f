#![doc = include_str!("../README.md")]

mod format;
mod part;

pub use format::{FORMATS, Format, Head};
pub use part::{Block, Blocks, Options, Parse, Part, ReadSeek, Sink, Source};
