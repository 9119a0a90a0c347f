//! Everything that was made to break a reader, through the whole program, under its own name and under wrong ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{corpora, root};

/// A name says nothing that the bytes do not decide: every file also goes in under two of these.
const WRONG: &[&str] = &[
    "pdf", "docx", "odt", "rtf", "xlsx", "xls", "xlsb", "ods", "html", "eml", "msg", "mbox", "zip", "tar",
    "7z", "gz", "zst", "xz", "csv", "tsv", "json", "jsonl", "txt", "doc", "exe",
];
/// CONTRACT: 256 MiB and four times the input; two inputs are under way at once.
const MEMORY_MIB: u64 = 2 * 256;

#[test]
fn contract_01_hostile_files_under_right_and_wrong_names() {
    let mut files = under(&root().join("fixtures/formats"));
    if let Some(shared) = corpora() {
        files.extend(under(&shared.join("data/hostile")));
    }
    let home = tempfile::tempdir().unwrap();
    let mut largest = 0;
    for (n, file) in files.iter().enumerate() {
        let suffix = file
            .extension()
            .map_or(String::new(), |it| it.to_string_lossy().into_owned());
        let length = file.metadata().unwrap().len();
        largest = largest.max(length);
        let wrong = WRONG.iter().filter(|it| **it != suffix).cycle().skip(n * 7);
        for name in wrong.take(2).copied().chain([suffix.as_str()]) {
            let folder = home.path().join(if name == suffix { "right" } else { "wrong" });
            fs::create_dir_all(&folder).unwrap();
            // The same bytes as an input of their own each time.
            fs::copy(file, folder.join(format!("{n:05}.{name}"))).unwrap();
        }
    }
    for folder in ["right", "wrong"] {
        let run = screened(home.path(), folder);
        eprintln!("{folder}: {run:#?}");
        assert!(
            [Some(0), Some(1), Some(5)].contains(&run.code),
            "{folder}: {run:#?}"
        );
        assert!(!run.said.contains("panicked"), "{folder}: {}", run.said);
        let wanted = if folder == "right" {
            files.len()
        } else {
            files.len() * 2
        };
        assert_eq!(run.inputs, wanted, "{folder}: inputs that nothing was said of");
        // A hang is over 60 s for one small file; all of them together must not take ten minutes.
        assert!(run.took < Duration::from_mins(10), "{folder}: {:?}", run.took);
        let most = MEMORY_MIB + 8 * largest / (1 << 20);
        assert!(
            run.peak_mib < most,
            "{folder}: {} MiB, at most {most}",
            run.peak_mib
        );
    }
    let left: Vec<_> = fs::read_dir(home.path())
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 4, "files left behind: {left:?}");
}

#[derive(Debug)]
struct Screened {
    code: Option<i32>,
    inputs: usize,
    /// Inputs by what became of them.
    states: BTreeMap<String, usize>,
    /// Problems by their code.
    problems: BTreeMap<String, usize>,
    took: Duration,
    peak_mib: u64,
    said: String,
}

fn screened(home: &Path, folder: &str) -> Screened {
    let started = Instant::now();
    let output = home.join(format!("{folder}.out"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args([
            "screen",
            folder,
            "--dry-run",
            "--json",
            "--quiet",
            "--ocr",
            "never",
        ])
        .current_dir(home)
        .env_remove("STRIPOUT_REGISTER")
        .stdout(fs::File::create(&output).unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let said = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    let mut run = Screened {
        code: status.code(),
        inputs: 0,
        states: BTreeMap::new(),
        problems: BTreeMap::new(),
        took: started.elapsed(),
        peak_mib: peak / 1024,
        said,
    };
    for line in fs::read_to_string(&output).unwrap().lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect(line);
        if row["type"] != "summary" {
            continue;
        }
        for input in row["summary"]["inputs"].as_array().unwrap() {
            run.inputs += 1;
            let state = input["status"]["state"].as_str().unwrap().to_owned();
            *run.states.entry(state).or_default() += 1;
            for problem in input["problems"].as_array().unwrap() {
                let code = problem["code"].as_str().unwrap().to_owned();
                *run.problems.entry(code).or_default() += 1;
            }
        }
    }
    run
}

/// The most memory that the process has held so far, in KiB; nothing where the system does not say.
fn high_water(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

pub(super) fn under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(under(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
