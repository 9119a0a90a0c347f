//! Output into a pipe that nobody reads any more: `stripout export | head`.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::stripout;

#[test]
fn an_export_ends_quietly_when_its_reader_has_enough() {
    let home = tempfile::tempdir().unwrap();
    let mut rows = String::from("Body,Date,Narrative\n");
    // More than a pipe holds.
    for n in 0..2_000 {
        writeln!(rows, "Sampleford Council,2021-05-03,{n} Hikvision cameras").unwrap();
    }
    fs::write(home.path().join("spend.csv"), rows).unwrap();
    stripout(home.path(), &["screen", "spend.csv", "--quiet"]);
    for format in ["csv", "jsonl"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_stripout"))
            .args(["export", "sightings", "--format", format])
            .current_dir(home.path())
            .env_remove("STRIPOUT_REGISTER")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        assert!(first.contains("maker"), "{first}");
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), said.as_str()), (Some(0), ""), "{format}");
    }
}
