//! Memory stays flat whatever the size: one line of 600 MB, and its worst cousins. A process of its own, so that the
//! peak is that of these reads.

#![allow(clippy::panic, reason = "helpers of tests are tests")]

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use stripout_model::{Problem, Record};
use stripout_read::{Options, Part, Sink, Source, parts};

/// `open`, then `unit` again and again, then `close`; made as it is read.
struct Made {
    open: &'static [u8],
    unit: Vec<u8>,
    close: &'static [u8],
    times: u64,
    at: u64,
}

impl Made {
    fn byte_run(&self) -> &[u8] {
        let (open, unit) = (self.open.len() as u64, self.unit.len() as u64);
        let body = unit * self.times;
        let from = |bytes: &'static [u8], at: u64| {
            bytes
                .get(usize::try_from(at).unwrap_or(usize::MAX)..)
                .unwrap_or_default()
        };
        if self.at < open {
            from(self.open, self.at)
        } else if self.at < open + body {
            let inside = usize::try_from((self.at - open) % unit).unwrap_or_default();
            self.unit.get(inside..).unwrap_or_default()
        } else {
            from(self.close, self.at - open - body)
        }
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.byte_run().read(buffer)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(at) => self.at = at,
            SeekFrom::Current(by) => self.at = self.at.saturating_add_signed(by),
            SeekFrom::End(_) => return Err(io::ErrorKind::Unsupported.into()),
        }
        Ok(self.at)
    }
}

/// Counts, and parses every fiftieth block.
struct Count(u64);

impl Sink for Count {
    fn record(&mut self, record: &dyn Record) {
        self.0 += record.facts().contracts.len() as u64;
    }

    fn problem(&mut self, problem: Problem) {
        panic!("{problem:?}");
    }
}

fn peak_mebibytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kibibytes| kibibytes >> 10)
}

#[test]
fn contract_01_memory_is_flat() {
    let Some(before) = peak_mebibytes() else { return };
    let release = format!(
        r#"{{"ocid":"ocds-1abc23-7","tender":{{"title":"{}"}}}},"#,
        "CCTV ".repeat(1_000)
    )
    .into_bytes();
    let made = |open, unit: &[u8], close, size: u64| Made {
        open,
        unit: unit.to_vec(),
        close,
        times: size / unit.len() as u64,
        at: 0,
    };
    for (name, mut source, problems) in [
        (
            "one line",
            made(b"{\"releases\":[", &release, b"{}]}", 600 << 20),
            0,
        ),
        (
            "one string",
            made(b"[{\"a\":\"", b"lorem ipsum ", b"\"},{}]", 200 << 20),
            1,
        ),
        (
            "white space",
            made(b"[{},", b"            ", b"{}]", 200 << 20),
            0,
        ),
        (
            "one line without an end",
            made(b"{\"a\":1}\n{\"b\":\"", b"lorem ipsum ", b"", 100 << 20),
            1,
        ),
        (
            "a map",
            made(b"{\"0\":{}", b",\"k\":{\"v\":\"lorem ipsum\"}", b"}", 100 << 20),
            0,
        ),
    ] {
        let mut found = 0;
        let mut contracts = Count(0);
        let mut blocks = 0;
        parts(
            Source {
                name,
                bytes: &mut source,
            },
            &Options::default(),
            &mut |part: Result<Part<'_>, Problem>| {
                let mut part = part.unwrap();
                let parser = part.blocks.parser();
                while let Some(block) = part.blocks.next() {
                    blocks += 1;
                    found += part.blocks.problems().len();
                    if blocks % 50 == 1 {
                        parser.parse(&block, &mut contracts);
                    }
                }
                found += part.blocks.problems().len();
                ControlFlow::Continue(())
            },
        );
        assert_eq!(found, problems, "{name}");
        assert!(blocks > 0, "{name}");
        let grown = peak_mebibytes().unwrap() - before;
        assert!(grown < 64, "{name}: {grown} MiB");
    }
}
