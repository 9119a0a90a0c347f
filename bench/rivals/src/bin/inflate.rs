//! usage: inflate FILE.gz
//! The bare decompressor: flate2 over zlib-rs into a buffer of 1 MiB that nobody looks at.

use std::fs::File;
use std::io::{BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use stripout_bench_rivals::{Outcome, report};

fn main() -> Outcome {
    let path = std::env::args().nth(1).ok_or("usage: inflate FILE.gz")?;
    let mut decoder = MultiGzDecoder::new(BufReader::with_capacity(1 << 17, File::open(path)?));
    let mut block = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = decoder.read(&mut block)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
    }
    report(0, 0, bytes);
    Ok(())
}
