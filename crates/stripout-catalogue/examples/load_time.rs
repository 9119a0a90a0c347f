//! How long the embedded catalogue takes to load: `cargo run --release -p stripout-catalogue --example load_time`.
#![allow(clippy::print_stdout, reason = "it is a program that prints")]

use std::time::Instant;

use stripout_catalogue::{Catalogue, CatalogueError};

fn main() -> Result<(), CatalogueError> {
    let mut times = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let catalogue = Catalogue::embedded()?;
        times.push(start.elapsed());
        drop(catalogue);
    }
    times.sort();
    println!(
        "embedded catalogue loaded in {:?} (best), {:?} (median of {})",
        times[0],
        times[10],
        times.len()
    );
    Ok(())
}
