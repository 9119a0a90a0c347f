//! `stripout read-pdf`, the child process: what it reads, and what it cannot do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{corpora, root};

const MEMORY: &str = "--memory=536870912";

fn child(arguments: &[&str], input: Vec<u8>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args(["read-pdf", MEMORY, "--seconds=60"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // One that ends early does not read it all.
    let feeder = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ignore::Walk::new(folder)
        .flatten()
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|kind| kind == "pdf"))
        .collect();
    files.sort();
    files
}

/// The answer as a person would write it down.
fn written(out: &[u8]) -> String {
    let mut text = String::new();
    for line in String::from_utf8_lossy(out).lines() {
        let line: Value = serde_json::from_str(line).expect(line);
        if let Some(page) = line.get("page") {
            let flags: Vec<&str> = [" picture", " damaged", " cut"]
                .into_iter()
                .filter(|flag| page.get(flag.trim_start()).is_some())
                .collect();
            writeln!(text, "--- page {}{}", page["number"], flags.concat()).unwrap();
            for layer in ["text", "hidden", "ocr"] {
                if let Some(words) = page
                    .get(layer)
                    .and_then(Value::as_str)
                    .filter(|it| !it.is_empty())
                {
                    writeln!(text, "[{layer}]\n{words}").unwrap();
                }
            }
        } else if let Some(about) = line.get("about") {
            text.push_str("--- about");
            for field in ["pages", "promised", "whole", "created", "modified", "title"] {
                write!(text, " {field}={}", about[field]).unwrap();
            }
            text.push('\n');
        } else {
            writeln!(text, "--- {line}").unwrap();
        }
    }
    text
}

#[test]
fn the_own_fixtures_are_read_as_expected() {
    let mut wrong = String::new();
    let files = pdfs(&root().join("fixtures/formats/pdf"));
    assert!(files.len() >= 11, "{files:?}");
    for path in files {
        let out = child(&[], fs::read(&path).unwrap());
        let found = written(&out.stdout);
        let expected = path.with_extension("pdf.expected");
        if std::env::var_os("STRIPOUT_ACCEPT").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let want = fs::read_to_string(&expected).unwrap_or_default();
        if found != want {
            writeln!(wrong, "{}:\n{found}\n--- but expected:\n{want}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}(STRIPOUT_ACCEPT=1 takes what is found)");
}

#[test]
fn reading_goes_on_from_a_page() {
    let bytes = fs::read(root().join("fixtures/formats/pdf/text.pdf")).unwrap();
    let out = written(&child(&["--from=2"], bytes).stdout);
    assert!(out.contains("--- page 2") && !out.contains("--- page 1"), "{out}");
}

/// What is run within the bounds may read, and neither write, nor connect, nor hog the memory.
#[cfg(target_os = "linux")]
#[test]
fn contract_08_a_confined_program_reaches_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("written");
    let file = file.to_str().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let connect = format!("exec 3<>/dev/tcp/127.0.0.1/{port}");
    // Each works outside, so that its failing inside says something.
    for script in [format!("echo text > {file}"), connect] {
        let free = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert!(free.status.success(), "{script}: {free:?}");
        let _ = fs::remove_file(file);
        let bound = child(&["--run", "bash", "-c", &script], Vec::new());
        let said = String::from_utf8_lossy(&bound.stderr);
        assert!(
            !bound.status.success() && said.contains("not permitted"),
            "{script}: {said}"
        );
        assert!(!Path::new(file).exists());
    }
    let read = child(&["--run", "cat", "/etc/hostname", "-"], b"and this".to_vec());
    assert!(
        read.status.success() && read.stdout.ends_with(b"and this"),
        "{read:?}"
    );
    let hog = child(
        &[
            "--run",
            "bash",
            "-c",
            "x=$(head -c 900000000 /dev/zero | tr '\\0' x)",
        ],
        Vec::new(),
    );
    assert!(!hog.status.success(), "{hog:?}");
}

/// What is taken before the bounds are set is not bound by them.
#[cfg(target_os = "linux")]
#[test]
fn contract_01_the_child_has_taken_less_than_its_bound() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stripout"))
        .args(["read-pdf", MEMORY, "--seconds=60"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let told = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", child.id())).unwrap();
    let bound = MEMORY.trim_start_matches("--memory=");
    let began = Instant::now();
    while !told("limits").contains(bound) {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "it never bounds itself"
        );
        thread::sleep(Duration::from_millis(5));
    }
    let status = told("status");
    let size = status
        .lines()
        .find_map(|line| line.strip_prefix("VmSize:"))
        .unwrap();
    let kib: u64 = size.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kib * 1024 < bound.parse().unwrap(), "{kib} KiB of addresses");
    drop(child.stdin.take());
    child.wait().unwrap();
}

#[test]
fn contract_01_hostile_pdf_child() {
    let mut files = pdfs(&root().join("fixtures/formats/pdf"));
    if let Some(shared) = corpora() {
        files.extend(pdfs(&shared.join("data/hostile/pdf")));
        files.extend(pdfs(&shared.join("data/hostile/made/pdf")));
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = 0;
    let mut slowest = (Duration::ZERO, PathBuf::new());
    for path in &files {
        let started = Instant::now();
        let out = child(&[], fs::read(path).unwrap());
        let took = started.elapsed();
        if took > slowest.0 {
            slowest = (took, path.clone());
        }
        let text = String::from_utf8_lossy(&out.stdout);
        pages += text.lines().filter(|line| line.starts_with(r#"{"page""#)).count();
        let last = text.lines().last().unwrap_or_default();
        let end = match out.status.code() {
            Some(0) if last.contains("fault") || last.contains("end") => last.to_owned(),
            _ => format!("{}: {}", out.status, String::from_utf8_lossy(&out.stderr).trim()),
        };
        *counts.entry(end).or_default() += 1;
    }
    eprintln!(
        "{} files, {pages} pages: {counts:#?}; slowest {:?}: {}",
        files.len(),
        slowest.0,
        slowest.1.file_name().unwrap().display()
    );
    assert!(slowest.0 < Duration::from_secs(70));
    let panics = counts.keys().filter(|end| end.contains("panicked")).count();
    assert_eq!(panics, 0, "{counts:#?}");
}
