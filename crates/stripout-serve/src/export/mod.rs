//! Downloads of whole lists: one file for each table.

pub mod findings;
