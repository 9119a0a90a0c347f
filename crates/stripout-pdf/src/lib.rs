#![doc = include_str!("../README.md")]

mod area;
mod collect;
mod glyph;
mod layout;
mod page;
mod read;
mod shown;

pub use page::{About, Line, Page};
pub use read::{Fault, read};
