//! The program as people run it: real files in, a real register, what is printed and the exit code.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test stops where it fails and says what is missing"
)]

mod bodies;
mod closed;
mod contract;
mod documents;
mod everybody;
mod examples;
mod gate;
mod hostile;
mod instruments;
mod interrupt;
mod judging;
#[cfg(target_os = "linux")]
mod outside;
mod pdf;
mod published;
mod reference;
mod requests;
mod screenful;
mod shared;
#[cfg(target_os = "linux")]
mod tables;
mod terminal;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What a run printed and how it ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// Every line of standard output as JSON.
    fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect(line))
            .collect()
    }

    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }
}

fn stripout(folder: &Path, arguments: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("STRIPOUT_REGISTER")
        .output()
        .expect("the program starts");
    Run {
        code: status.code().expect("an exit code, not a signal"),
        out: String::from_utf8(stdout).expect("UTF-8 out"),
        err: String::from_utf8(stderr).expect("UTF-8 err"),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the workspace")
}

/// The shared corpora, or a note that they are not there.
fn corpora() -> Option<PathBuf> {
    let folder = std::env::var_os("STRIPOUT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    if folder.join("data").is_dir() {
        return folder.canonicalize().ok();
    }
    eprintln!(
        "shared corpora not found: {}; own fixtures only",
        folder.display()
    );
    None
}

fn sightings(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    stripout(folder, &[&["list", "sightings", "--json"], arguments].concat())
        .ok()
        .lines()
}
