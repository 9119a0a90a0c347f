//! Every fixture of the office formats: taken apart, it gives what stands in its `.expected`.

mod hostile;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use stripout_model::Problem;

use crate::document::{Content, Document, Layer, taken_apart};

/// Bytes of a layer that `.expected` files have whole.
const LONG: usize = 4 << 10;

/// As `.expected` files have it.
pub(crate) fn rendered(layers: &[Layer], problems: &[Problem]) -> String {
    let mut out = String::new();
    for layer in layers {
        let name = layer.name.as_deref().unwrap_or("(text)");
        let reserve = layer
            .reserve
            .map_or(String::new(), |reserve| format!(" [{reserve:?}]"));
        let (kind, content) = match &layer.content {
            Content::Text(text) => ("text", text.clone()),
            Content::Table(text) => ("table", text.clone()),
            Content::File(bytes) => ("file", format!("{} bytes\n", bytes.len())),
        };
        let content = content.replace('\u{c}', "<FF>").replace('\t', "<TAB>");
        let content = if content.len() > LONG {
            abridged(&content)
        } else {
            content
        };
        writeln!(out, "== {name}: {kind}{reserve}\n{content}").expect("a string takes all");
    }
    for problem in problems {
        let severity = problem.severity.as_str();
        writeln!(
            out,
            "!! {} {severity} at {:?}: {} ({})",
            problem.code, problem.place, problem.what, problem.because
        )
        .expect("a string takes all");
    }
    out
}

/// The first and last lines of what is too long for a fixture.
fn abridged(content: &str) -> String {
    let clip = |line: &str| {
        let commas = line.len() - line.trim_start_matches(',').len();
        let shown: String = line.trim_start_matches(',').chars().take(80).collect();
        format!("{commas} commas, {shown}, {} bytes", line.len())
    };
    let lines: Vec<&str> = content.lines().collect();
    let first = lines.first().map_or(String::new(), |line| clip(line));
    let last = lines.last().map_or(String::new(), |line| clip(line));
    format!(
        "{} bytes, {} lines\n{first}\n...\n{last}\n",
        content.len(),
        lines.len()
    )
}

/// The files of a folder of fixtures with one of the suffixes.
pub(crate) fn fixtures(folder: &str, suffixes: &[&str]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/formats")
        .join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|suffix| suffixes.iter().any(|s| suffix == *s))
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no fixtures in {}", folder.display());
    files
}

/// `UPDATE_EXPECTED=1` writes what is given now, to be looked at in the diff.
pub(crate) fn check(document: &dyn Document, folder: &str, suffixes: &[&str]) {
    let mut wrong = Vec::new();
    for path in fixtures(folder, suffixes) {
        let bytes = fs::read(&path).expect("it can be read");
        let (layers, problems) = taken_apart(document, &bytes);
        let (again, _) = taken_apart(document, &bytes);
        assert!(
            layers == again,
            "{} gives other layers the second time",
            path.display()
        );
        let given = rendered(&layers, &problems);
        let mut expected = path.clone().into_os_string();
        expected.push(".expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected, &given).expect("it can be written");
        }
        let want = fs::read_to_string(&expected).unwrap_or_default();
        if given != want {
            wrong.push(format!("--- {} gives\n{given}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn docx() {
    check(&super::docx::Docx, "docx", &["docx"]);
}

#[test]
fn opendocument() {
    check(
        &super::opendocument::OpenDocument,
        "opendocument",
        &["odt", "ods"],
    );
}

#[test]
fn rtf() {
    check(&super::rtf::Rtf, "rtf", &["rtf"]);
}

#[test]
fn xlsx() {
    check(&super::workbook::Xlsx, "xlsx", &["xlsx"]);
}

#[test]
fn xls() {
    check(&super::workbook::Xls, "xls", &["xls"]);
}

#[test]
fn xlsb() {
    check(&super::workbook::Xlsb, "xlsb", &["xlsb"]);
}
