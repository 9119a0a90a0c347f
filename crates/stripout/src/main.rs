#![doc = include_str!("../README.md")]

mod cli;
mod failure;
mod judged;
mod rows;
mod show;
mod summary;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use cli::Cli;
use failure::{Exit, Failure};

/// Reading makes and drops millions of small texts, on many threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let usage = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if usage {
                Exit::Usage as u8
            } else {
                Exit::AllRead as u8
            });
        }
    };
    let json = cli.json();
    let mut out = io::BufWriter::new(io::stdout());
    let result = cli.run(&mut out, io::stderr().is_terminal());
    let result = result.and_then(|exit| out.flush().map(|()| exit).map_err(anyhow::Error::from));
    match result {
        Ok(exit) => ExitCode::from(exit as u8),
        Err(error) => fail(&error, json),
    }
}

fn fail(error: &anyhow::Error, json: bool) -> ExitCode {
    // A closed pipe (`| head`) is the reader's choice, no failure.
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    {
        return ExitCode::from(Exit::AllRead as u8);
    }
    let mut stderr = io::stderr().lock();
    let (text, exit) = match error.downcast_ref::<Failure>() {
        Some(failure) if json => (failure.to_json(), failure.exit),
        Some(failure) => (failure.to_string(), failure.exit),
        None => (
            format!("error: {}", show::safe(&format!("{error:#}"))),
            Exit::Usage,
        ),
    };
    let _ = writeln!(stderr, "{text}");
    ExitCode::from(exit as u8)
}
