//! One program for all targets: which one, says the environment (`STRIPOUT_FUZZ`); `run.py` sets it.

#![no_main]

mod identify;
mod mutate;
mod read;
mod target;

use std::io::{Read as _, Write as _};

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

use target::{TARGET, Target};

fuzz_target!(
    init: {
        // PDFs are read by a child; ours says what the document says, so that its answers can be anything.
        if std::env::args().nth(1).as_deref() == Some("read-pdf") {
            answer();
        }
        eprintln!("target {}", TARGET.name());
    },
    |bytes: &[u8]| {
        match *TARGET {
            Target::Reader { file, .. } => read::read(file, bytes),
            Target::Identify => identify::identify(bytes),
        }
    }
);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(*TARGET, data, size, max_size, seed)
});

/// The part of a PDF's head that makes it one; the rest is the answer.
pub(crate) const PDF_HEAD: &[u8] = b"%PDF-1.4\n";

fn answer() -> ! {
    let mut bytes = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut bytes);
    let _ = std::io::stdout().write_all(bytes.get(PDF_HEAD.len()..).unwrap_or_default());
    std::process::exit(0)
}
