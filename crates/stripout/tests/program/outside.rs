//! Reading reaches nothing but its input and its register, as the system sees it: every call that could do more is traced.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{root, stripout};

/// Calls that name a file, reach a network or start a program. `?`: not every machine has the older ones.
const CALLS: &str = "trace=?open,openat,?openat2,?creat,socket,connect,bind,execve,?unlink,unlinkat,?rename,?renameat,\
    renameat2,?link,linkat,?symlink,symlinkat,?mkdir,mkdirat,?rmdir,truncate";
/// What any program reads to start and to know its machine.
const SYSTEM: &[&str] = &[
    "/lib",
    "/usr/lib",
    "/etc/ld.so",
    "/proc",
    "/sys",
    "/dev/null",
    "/dev/urandom",
];
/// What the samples must be read as, so that the test is about all readers.
const FORMATS: &[&str] = &[
    "csv",
    "docx",
    "eml",
    "html",
    "json",
    "opendocument",
    "pdf",
    "rtf",
    "text",
    "xls",
    "xlsb",
    "xlsx",
];

/// One call in the log of strace.
#[derive(Debug)]
struct Call {
    name: String,
    /// The first path in it; made whole with the folder that it starts from.
    path: PathBuf,
    writes: bool,
}

fn calls(log: &str) -> Vec<Call> {
    let of_line = |line: &str| {
        // `1234  openat(AT_FDCWD<FOLDER>, "path", O_RDONLY|O_CLOEXEC) = 3<FOLDER/path>`
        let line = line.split_once(' ')?.1.trim_start();
        if line.starts_with("<...") || line.starts_with("---") || line.starts_with("+++") {
            return None;
        }
        let (name, rest) = line.split_once('(')?;
        let quoted = rest.split('"').nth(1).unwrap_or_default();
        let from = rest
            .split('"')
            .next()?
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'))
            .map_or("", |(folder, _)| folder);
        let flags = rest.rsplit('"').next()?;
        Some(Call {
            name: name.to_string(),
            path: Path::new(from).join(quoted),
            writes: !name.starts_with("open")
                || ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"]
                    .iter()
                    .any(|flag| flags.contains(flag)),
        })
    };
    log.lines().filter_map(of_line).collect()
}

/// Whether strace is there and may trace.
fn strace() -> bool {
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    if tried.is_ok_and(|run| run.status.success()) {
        return true;
    }
    eprintln!("NOT RUN: strace is not installed or may not trace");
    false
}

struct Traced {
    home: tempfile::TempDir,
    calls: Vec<Call>,
}

impl Traced {
    /// What was started besides the program itself, by the last part of its name.
    fn others(&self) -> BTreeSet<String> {
        let own = Path::new(env!("CARGO_BIN_EXE_stripout"));
        self.calls
            .iter()
            .filter(|call| call.name == "execve" && call.path != own)
            .map(|call| call.path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }
}

/// Screens one file of every format, and files that point outside, under strace.
fn traced(arguments: &[&str]) -> Traced {
    let home = tempfile::tempdir().unwrap();
    // Paths as the system writes them, where the folder of temporary files is a link.
    let base = home.path().canonicalize().unwrap();
    let (evidence, out, log) = (base.join("evidence"), base.join("out"), base.join("log"));
    for folder in [&evidence, &out] {
        fs::create_dir(folder).unwrap();
    }
    samples(&evidence);
    let secret = base.join("secret");
    fs::write(
        &secret,
        "Body,Narrative\nFictonbury,9 Hikvision cameras nobody gave us\n",
    )
    .unwrap();
    pointing(&evidence, &secret);
    let run = Command::new("strace")
        .args(["-f", "-y", "-s", "4096", "-e", CALLS, "-o"])
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_stripout"))
        .arg("screen")
        .arg(&evidence)
        .arg("--register")
        .arg(out.join("r.db"))
        .args(arguments)
        .current_dir(&base)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .unwrap();
    assert!(
        [0, 1].contains(&run.status.code().unwrap()),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let calls = calls(&String::from_utf8_lossy(&fs::read(&log).unwrap()));
    Traced { home, calls }
}

fn samples(evidence: &Path) {
    for folder in fs::read_dir(root().join("fixtures/formats")).unwrap() {
        let folder = folder.unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            if !path
                .extension()
                .is_some_and(|end| end == "expected" || end == "py")
            {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let name = format!("{}-{name}", folder.file_name().to_string_lossy());
                fs::copy(&path, evidence.join(name)).unwrap();
            }
        }
    }
}

/// Files that name the file `secret` and an address in every way that their format knows.
fn pointing(evidence: &Path, secret: &Path) {
    let there = secret.display();
    let outside = "http://127.0.0.1:9/outside";
    let html = format!(
        "<!doctype html><html><head><link rel=stylesheet href=\"file://{there}\"><base href=\"{outside}\">\
         <meta http-equiv=refresh content=\"0;url={outside}\"></head><body><p>4 Dahua cameras</p>\
         <img src=\"{outside}\"><iframe src=\"file://{there}\"></iframe><object data=\"{there}\"></object>\
         <script src=\"{outside}\"></script></body></html>"
    );
    let mail = format!(
        "From: Fictonbury Council\r\nSubject: Reply\r\nMIME-Version: 1.0\r\n\
         Content-Type: message/external-body; access-type=local-file; name=\"{there}\"\r\n\r\n\
         Content-Type: text/plain\r\n\r\n"
    );
    let rtf = format!(
        "{{\\rtf1 4 Dahua cameras {{\\field{{\\*\\fldinst INCLUDETEXT \"{there}\"}}{{\\fldrslt x}}}}\
         {{\\*\\template {there}}}}}"
    );
    let json = format!("{{\"$ref\": \"file://{there}\", \"text\": \"4 Dahua cameras, see {outside}\"}}\n");
    for (name, text) in [
        ("pointing.html", html.clone()),
        ("pointing-mail.html.eml", format!("{}{html}", mail_head())),
        ("pointing.eml", mail),
        ("pointing.rtf", rtf),
        ("pointing.jsonl", json),
        (
            "pointing.csv",
            format!("Body,Narrative\nFictonbury,\"=WEBSERVICE(\"\"{outside}\"\") {there}\"\n"),
        ),
    ] {
        fs::write(evidence.join(name), text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(secret, evidence.join("link.csv")).unwrap();
}

fn mail_head() -> &'static str {
    "From: Fictonbury Council\r\nSubject: Reply\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
}

#[test]
fn contract_08_reading_opens_nothing_else() {
    if !strace() {
        return;
    }
    let traced = traced(&["--ocr", "never"]);
    let base = traced.home.path().canonicalize().unwrap();
    let (evidence, out) = (base.join("evidence"), base.join("out"));
    let own = Path::new(env!("CARGO_BIN_EXE_stripout"));
    let secret = base.join("secret");
    for call in &traced.calls {
        let path = &call.path;
        let allowed = match call.name.as_str() {
            "execve" => path == own,
            "socket" | "connect" | "bind" => false,
            _ if path.starts_with(&out) => true,
            _ if call.writes => false,
            _ => {
                path.starts_with(&evidence)
                    || path == own
                    || SYSTEM.iter().any(|folder| {
                        path.starts_with(folder) || {
                            *folder == "/etc/ld.so" && path.to_string_lossy().starts_with(folder)
                        }
                    })
            }
        };
        assert!(allowed, "{call:?}");
        assert_ne!(path, &secret, "{call:?}");
    }
    assert_eq!(traced.others(), BTreeSet::new());

    // It was about something: every format was read, PDFs by the child.
    let sources = stripout(&out, &["list", "sources", "--json", "--register", "r.db"])
        .ok()
        .lines();
    let formats: BTreeSet<&str> = sources
        .iter()
        .flat_map(|row| row["formats"].as_array().unwrap())
        .map(|format| format.as_str().unwrap())
        .collect();
    let unread: Vec<_> = FORMATS
        .iter()
        .filter(|format| !formats.contains(*format))
        .collect();
    assert!(unread.is_empty(), "no sample was read as {unread:?}");
    let started = traced.calls.iter().filter(|call| call.name == "execve").count();
    assert!(started > 1, "no child read a PDF");
    for name in ["pointing.html", "pointing.rtf", "pointing.jsonl"] {
        let path = evidence.join(name);
        assert!(
            traced.calls.iter().any(|call| call.path == path),
            "{name} was not read"
        );
    }
    assert!(!super::contract::holds(&out, b"nobody gave us"));
}

#[test]
fn contract_08_only_the_named_programs_read_pictures() {
    let there = |program: &str| Command::new(program).arg("--help").output().is_ok();
    if !strace() {
        return;
    }
    if !there("tesseract") || !there("pdftoppm") {
        eprintln!("NOT RUN: tesseract and pdftoppm are not both installed");
        return;
    }
    let traced = traced(&[]);
    assert_eq!(
        traced.others(),
        BTreeSet::from(["pdftoppm".into(), "tesseract".into()]),
        "the scanned page is read by these two"
    );
    let base = traced.home.path().canonicalize().unwrap();
    for call in &traced.calls {
        let network = ["socket", "connect", "bind"].contains(&call.name.as_str());
        let writes = call.writes && call.name != "execve" && !call.path.starts_with(base.join("out"));
        assert!(!network && !writes, "{call:?}");
    }
}
