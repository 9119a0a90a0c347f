//! usage: memchr_newline FILE
//! The limit: how fast lines can be found at all, in blocks of 1 MiB.

use std::fs::File;
use std::io::Read;

use stripout_bench_rivals::{Outcome, report};

fn main() -> Outcome {
    let path = std::env::args().nth(1).ok_or("usage: memchr_newline FILE")?;
    let mut file = File::open(path)?;
    let mut block = vec![0; 1 << 20];
    let (mut lines, mut bytes) = (0, 0);
    loop {
        let read = file.read(&mut block)?;
        let Some(filled) = block.get(..read).filter(|filled| !filled.is_empty()) else {
            break;
        };
        bytes += read as u64;
        lines += memchr::memchr_iter(b'\n', filled).count() as u64;
    }
    report(lines, 0, bytes);
    Ok(())
}
