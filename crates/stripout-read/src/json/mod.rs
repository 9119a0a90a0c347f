//! JSON as bytes: its grammar, its texts, where its values end, and how a stream of it is cut and parsed.

mod compact;
mod cursor;
mod cut;
mod days;
mod fault;
mod lines;
mod parse;
mod passages;
mod pointer;
mod pool;
mod record;
mod role;
mod shape;
mod structure;
mod tally;
mod text;
mod unit;
mod window;

pub(crate) use cursor::{Container, Cursor, Fault, Scalar, Str, Walk};
pub(crate) use cut::{Cut, LINES};
pub(crate) use days::days_decide;
pub(crate) use lines::contents;
pub(crate) use parse::{Ignore, JsonParse};
pub(crate) use passages::passages;
pub(crate) use pointer::escape;
pub(crate) use role::role;
pub(crate) use text::decode;
pub(crate) use unit::Unit;
