//! usage: unzstd FILE.zst
//! The bare decompressor: the zstd crate into a buffer of 1 MiB that nobody looks at.

use std::fs::File;
use std::io::Read;

use stripout_bench_rivals::{Outcome, report};

fn main() -> Outcome {
    let path = std::env::args().nth(1).ok_or("usage: unzstd FILE.zst")?;
    let mut decoder = zstd::Decoder::new(File::open(path)?)?;
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
