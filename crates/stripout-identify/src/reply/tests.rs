//! Own rows.
