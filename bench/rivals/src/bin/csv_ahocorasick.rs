//! usage: csv_ahocorasick NAMES FILE...
//! The plain way to screen CSV: byte records of the csv crate, the automaton over every field.

use std::fs::File;

use stripout_bench_rivals::{Outcome, automaton, report};

fn main() -> Outcome {
    let mut args = std::env::args().skip(1);
    let names = automaton(&args.next().ok_or("usage: csv_ahocorasick NAMES FILE...")?)?;
    let (mut records, mut hits, mut bytes) = (0, 0, 0);
    for path in args {
        let file = File::open(path)?;
        bytes += file.metadata()?.len();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 20)
            .from_reader(file);
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            records += 1;
            hits += u64::from(record.iter().any(|field| names.is_match(field)));
        }
    }
    report(records, hits, bytes);
    Ok(())
}
