//! Prints what is read from a PDF, one JSON line a page: `cargo run -p stripout-pdf --example read FILE`.

use std::io::Write;
use std::ops::ControlFlow;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "/dev/stdin".into());
    let bytes = std::fs::read(path)?;
    let mut out = std::io::stdout().lock();
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = stripout_pdf::read(bytes, 1, &mut |line| {
        let written = serde_json::to_string(&line).map(|line| writeln!(out, "{line}"));
        if matches!(written, Ok(Ok(()))) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    Ok(())
}
