//! The parent's side, with readers that behave badly on purpose, and with the real one where it has been built.

#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "a test says what is missing and what it counted"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::*;
use crate::{Head, Ocr};

fn layers(bytes: &[u8], options: &Options) -> (Vec<Layer>, Vec<Problem>) {
    let (mut layers, mut problems) = (Vec::new(), Vec::new());
    let flow = Pdf.layers(bytes, "test.pdf", options, &mut |given| {
        match given {
            Ok(layer) => layers.push(layer),
            Err(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue(), "nobody broke off");
    (layers, problems)
}

fn text_of(layers: &[Layer], name: Option<&str>) -> String {
    let layer = layers.iter().find(|layer| layer.name.as_deref() == name);
    match layer.map(|layer| &layer.content) {
        Some(Content::Text(text)) => text.clone(),
        other => panic!("no text called {name:?}: {other:?}"),
    }
}

fn codes(problems: &[Problem]) -> Vec<(&'static str, Severity, &str)> {
    let each = problems.iter();
    each.map(|problem| (problem.code.as_str(), problem.severity, problem.place.as_str()))
        .collect()
}

/// A shell script in the place of the reader; `$4` is `--from=PAGE`.
#[cfg(unix)]
fn pretending(folder: &tempfile::TempDir, script: &str) -> Options {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.path().join("reader");
    // Its environment is empty.
    fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let mut options = Options {
        pdf_reader: Some(path),
        ..Options::default()
    };
    options.limits.document_seconds = 2;
    options
}

#[cfg(unix)]
const ABOUT: &str = r#"echo '{"about":{"pages":3,"promised":null,"whole":true,"created":null,"modified":null,"title":null}}'"#;

#[cfg(unix)]
fn page(number: usize) -> String {
    format!(r#"echo '{{"page":{{"number":{number},"text":"words of page {number}"}}}}'"#)
}

#[test]
fn nothing_is_read_in_this_process() {
    let (layers, problems) = layers(b"%PDF-1.4", &Options::default());
    assert!(layers.is_empty());
    assert_eq!(codes(&problems), [("input-not-understood", Severity::Input, "")]);
    assert!(problems[0].hint.contains("pdftotext"), "{problems:?}");
}

#[test]
fn pdfs_are_told_by_their_mark() {
    for (bytes, want) in [
        (&b"%PDF-1.7\n1 0 obj"[..], true),
        (b"\0\x01mail\n%PDF-1.7\n1 0 obj <<>>", true),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1mail\n%PDF-1.7\n1 0 obj <<>>",
            false,
        ),
        (b"A text about %PDF-1.7 files and their marks", false),
        (b"Body,Supplier\n", false),
        (b"", false),
    ] {
        let head = Head {
            bytes,
            whole: true,
            name: "a",
        };
        assert_eq!(Pdf.claims(Signs::Head(head)), want, "{}", bytes.escape_ascii());
    }
    assert!(!Pdf.claims(Signs::Members(&["a.pdf"])));
}

#[test]
fn pages_are_said_in_runs() {
    assert_eq!(in_words(&[4]), "page 4");
    assert_eq!(in_words(&[1, 2, 3, 7, 9, 10]), "pages 1-3, 7, 9-10");
}

#[cfg(unix)]
#[test]
fn a_reader_that_dies_of_a_page_loses_that_page() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "cat >/dev/null\n{ABOUT}\ncase $4 in --from=1) {}; kill -SEGV $$;; *) {}; echo '\"end\"';; esac",
        page(1),
        page(3)
    );
    let (layers, problems) = layers(b"%PDF-1.4", &pretending(&folder, &script));
    assert_eq!(
        text_of(&layers, None),
        "words of page 1\n\n\u{c}\u{c}words of page 3\n"
    );
    assert_eq!(
        codes(&problems),
        [("input-not-understood", Severity::Unit, "page 2")]
    );
    assert!(problems[0].because.contains("signal 11"), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_dies_of_every_page_is_not_started_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "cat >/dev/null\n{}\nkill -SEGV $$",
        ABOUT.replace("\"pages\":3", "\"pages\":1000")
    );
    let (layers, problems) = layers(b"%PDF-1.4", &pretending(&folder, &script));
    assert!(layers.is_empty());
    assert_eq!(problems.len(), RESTARTS + 2);
    assert_eq!(problems[RESTARTS + 1].severity, Severity::Input);
}

#[cfg(unix)]
#[test]
fn a_reader_that_hangs_is_ended_and_what_it_said_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    // It neither reads its input nor ends: more than a pipe holds, so that whoever feeds it hangs too.
    let script = format!("{ABOUT}\n{}\nexec sleep 600", page(1));
    let started = Instant::now();
    let (layers, problems) = layers(&vec![b'%'; 1 << 19], &pretending(&folder, &script));
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(text_of(&layers, None), "words of page 1\n");
    assert_eq!(codes(&problems), [("input-timeout", Severity::Input, "page 2")]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_closes_its_output_and_hangs_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("{ABOUT}\nexec >/dev/null 2>/dev/null\nexec sleep 600");
    let started = Instant::now();
    let (_, problems) = layers(b"%PDF-1.4", &pretending(&folder, &script));
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(codes(&problems), [("input-timeout", Severity::Input, "page 1")]);
}

#[cfg(unix)]
#[test]
fn a_reader_without_memory_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let script = "cat >/dev/null\necho 'memory allocation of 999 bytes failed' >&2\nkill -ABRT $$";
    let (_, problems) = layers(b"%PDF-1.4", &pretending(&folder, script));
    assert_eq!(codes(&problems), [("input-memory", Severity::Input, "")]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_never_stops_talking_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = pretending(&folder, &format!("{ABOUT}\n{}\nexec yes", page(1)));
    options.limits.document_seconds = 60;
    options.limits.pdf_pages = 2;
    let (layers, problems) = layers(b"%PDF-1.4", &options);
    assert_eq!(text_of(&layers, None), "words of page 1\n");
    assert_eq!(codes(&problems), [("input-ratio", Severity::Input, "page 2")]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_cannot_be_run_is_named() {
    let options = Options {
        pdf_reader: Some("/nowhere/stripout".into()),
        ..Options::default()
    };
    let (_, problems) = layers(b"%PDF-1.4", &options);
    assert_eq!(codes(&problems), [("input-unreadable", Severity::Input, "")]);
}

#[cfg(unix)]
#[test]
fn pages_beyond_the_limit_are_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "cat >/dev/null\n{ABOUT}\n{}\n{}\n{}\necho '\"end\"'",
        page(1),
        page(2),
        page(3)
    );
    let mut options = pretending(&folder, &script);
    options.limits.pdf_pages = 2;
    let (layers, problems) = layers(b"%PDF-1.4", &options);
    assert_eq!(
        text_of(&layers, None),
        "words of page 1\n\n\u{c}words of page 2\n"
    );
    assert_eq!(codes(&problems), [("input-too-large", Severity::Input, "page 3")]);
}

/// The program beside this test, when it has been built.
fn program() -> Option<PathBuf> {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let program = folder
        .join("stripout")
        .with_extension(std::env::consts::EXE_EXTENSION);
    if program.is_file() {
        return Some(program);
    }
    eprintln!(
        "NOT TESTED: {} is not built, so no PDF is read (`cargo build -p stripout`)",
        program.display()
    );
    None
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/pdf");
    fs::read(folder.join(name)).unwrap()
}

fn real(ocr: Ocr) -> Option<Options> {
    Some(Options {
        pdf_reader: Some(program()?),
        ocr,
        ..Options::default()
    })
}

#[test]
fn layers_are_told_apart() {
    let Some(options) = real(Ocr::Never) else { return };
    let (found, problems) = layers(&fixture("hidden.pdf"), &options);
    assert!(problems.is_empty(), "{problems:?}");
    let main = text_of(&found, None);
    assert_eq!(
        main,
        "We have no cameras of the makers that you name.\n\nwhite on blue is seen\n"
    );
    let hidden = text_of(&found, Some("hidden"));
    for word in ["Hikvision", "Dahua", "Uniview", "Tiandy", "Ezviz"] {
        assert!(hidden.contains(word), "{word} is not in {hidden}");
    }
    let reserve = |name| {
        found
            .iter()
            .find(|layer| layer.name.as_deref() == name)
            .unwrap()
            .reserve
    };
    assert_eq!(reserve(None), None);
    assert_eq!(reserve(Some("hidden")), Some(Reserve::Hidden));
    assert_eq!(
        found,
        layers(&fixture("hidden.pdf"), &options).0,
        "same bytes, same layers"
    );

    let (found, _) = layers(&fixture("searchable.pdf"), &options);
    assert!(text_of(&found, Some("ocr")).contains("47 cameras"));
    assert!(found.iter().any(|layer| layer.reserve == Some(Reserve::Ocr)));
}

#[test]
fn locks_are_opened_or_named() {
    let Some(options) = real(Ocr::Never) else { return };
    let (found, problems) = layers(&fixture("locked-owner.pdf"), &options);
    assert!(text_of(&found, None).contains("DS-2CD2143G0-I"));
    assert!(problems.is_empty(), "{problems:?}");
    let (found, problems) = layers(&fixture("locked-user.pdf"), &options);
    assert!(found.is_empty());
    assert_eq!(codes(&problems), [("input-encrypted", Severity::Input, "")]);
}

#[test]
fn a_cut_file_gives_the_pages_before_the_cut() {
    let Some(options) = real(Ocr::Never) else { return };
    let (found, problems) = layers(&fixture("cut.pdf"), &options);
    assert!(text_of(&found, None).contains("47 cameras made by Hikvision"));
    assert_eq!(
        codes(&problems),
        [
            ("input-truncated", Severity::Warning, ""),
            ("input-not-understood", Severity::Unit, "page 2"),
        ]
    );
}

#[test]
fn pictures_are_read_where_the_programs_are_installed() {
    let Some(options) = real(Ocr::Never) else { return };
    let (found, problems) = layers(&fixture("scan.pdf"), &options);
    assert!(found.iter().all(|layer| layer.reserve != Some(Reserve::Ocr)));
    assert_eq!(
        codes(&problems),
        [("input-not-understood", Severity::Warning, "page 2")]
    );
    let installed = |name: &str| {
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
            .any(|path| path.join(name).is_file())
    };
    if !installed("tesseract") || !installed("pdftoppm") {
        eprintln!(
            "NOT TESTED: no OCR, as tesseract (tesseract-ocr) or pdftoppm (poppler-utils) is not installed"
        );
        return;
    }
    let (found, problems) = layers(
        &fixture("scan.pdf"),
        &Options {
            ocr: Ocr::Auto,
            ..options
        },
    );
    let text = text_of(&found, Some("ocr"));
    assert!(text.starts_with('\u{c}'), "it stands on page 2: {text:?}");
    assert!(text.contains("47 cameras made by Hikvision"), "{text}");
    assert_eq!(
        codes(&problems),
        [("input-not-understood", Severity::Warning, "page 2")]
    );
}

/// Files below a folder of the shared corpora.
fn shared(folders: &[&str]) -> Vec<PathBuf> {
    let root = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    if !root.is_dir() {
        eprintln!("shared corpora not found: {}", root.display());
        return Vec::new();
    }
    let files = |folder: &&str| ignore::Walk::new(root.join(folder)).flatten();
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(files)
        .map(ignore::DirEntry::into_path)
        .collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

#[test]
fn contract_01_hostile_pdf() {
    let Some(options) = real(Ocr::Never) else { return };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/pdf");
    let mut files: Vec<PathBuf> = fs::read_dir(own)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.extend(shared(&["data/hostile/pdf", "data/hostile/made/pdf"]));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut slowest, mut slow_file) = (Duration::ZERO, PathBuf::new());
    for path in &files {
        let bytes = fs::read(path).unwrap();
        let started = Instant::now();
        let (_, problems) = layers(&bytes, &options);
        let took = started.elapsed();
        if took > slowest {
            (slowest, slow_file) = (took, path.clone());
        }
        assert!(
            took < options.limits.document_time(bytes.len()) + Duration::from_secs(2),
            "{}",
            path.display()
        );
        for problem in &problems {
            assert!(
                !problem.hint.is_empty() && !problem.because.is_empty(),
                "{problem:?}"
            );
            *counts.entry(problem.code.as_str()).or_default() += 1;
        }
        let lost = problems.iter().any(|problem| problem.severity == Severity::Input);
        *counts.entry(if lost { "refused" } else { "read" }).or_default() += 1;
    }
    eprintln!(
        "{} files: {counts:?}; slowest {slowest:?}: {}",
        files.len(),
        slow_file.file_name().unwrap_or_default().display()
    );
}
