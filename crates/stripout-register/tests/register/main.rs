//! The register from outside, as ingest and the commands use it.

mod crash;
mod damage;
mod export;
mod fixture;
mod history;
mod schema;
mod story;
mod summary;
