//! Prints what the parts of files are made of, byte for byte: `layers FILE...`.
//!
//! Each part begins with a line of U+0001 and its name; what could not be read stands on lines that begin with U+0002.
//! `tools/compare/` holds it against other programs.

use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;

use stripout_model::Problem;
use stripout_read::{Options, Part, Source, parts};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for path in std::env::args().skip(1) {
        let mut file = File::open(&path)?;
        let source = Source {
            name: &path,
            bytes: &mut file,
        };
        let mut result = Ok(());
        parts(source, &Options::default(), &mut |part| {
            result = match part {
                Ok(part) => print(part, &mut out),
                Err(problem) => tell(&problem, &mut out),
            };
            if result.is_err() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        result?;
    }
    out.flush()
}

fn print(mut part: Part<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\u{1}{}", part.member.take().unwrap_or_default())?;
    while let Some(block) = part.blocks.next() {
        out.write_all(&block.bytes)?;
    }
    part.blocks
        .problems()
        .iter()
        .try_for_each(|problem| tell(problem, out))
}

fn tell(problem: &Problem, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "\u{2}{} at {}: {}",
        problem.code, problem.place, problem.what
    )
}
