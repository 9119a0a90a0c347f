//! Rows, passages and figures for the tests of recognition.
#![allow(
    dead_code,
    clippy::print_stderr,
    clippy::string_slice,
    reason = "each test binary uses a part; figures for people; spans are on boundaries"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Deserialize;
use stripout_catalogue::Catalogue;
use stripout_identify::{Found, Identifier};
use stripout_model::{DocumentKind, Passage, Role, Shape};

pub(crate) static IDENTIFIER: LazyLock<Identifier> =
    LazyLock::new(|| Identifier::new(&Catalogue::embedded().expect("the embedded catalogue")));

/// A labelled text.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) kind: DocumentKind,
    pub(crate) makers: Vec<Label>,
}

/// A maker as labelled; the span counts characters.
#[derive(Debug, Deserialize)]
pub(crate) struct Label {
    pub(crate) maker: String,
    pub(crate) span: [usize; 2],
}

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The corpora that are not part of the project, where they are at hand.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("STRIPOUT_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let whole = folder.join(path);
    if !whole.exists() {
        eprintln!("shared corpora not found: {path}; own fixtures only");
        return None;
    }
    Some(whole)
}

pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).expect("rows");
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).expect("a row"))
        .collect()
}

pub(crate) fn passage<'a>(text: &'a str, role: Role, name: &'a str) -> Passage<'a> {
    Passage {
        role,
        name: name.into(),
        ..Passage::of_text(text)
    }
}

/// What one text by itself says.
pub(crate) fn identify(kind: DocumentKind, text: &str) -> Found {
    IDENTIFIER.record(kind, Shape::Prose, &[Passage::of_text(text)], None)
}

/// What a row of cells says.
pub(crate) fn identify_row(kind: DocumentKind, cells: &[(Role, &str, &str)]) -> Found {
    let passages: Vec<_> = cells
        .iter()
        .map(|(role, name, text)| passage(text, *role, name))
        .collect();
    IDENTIFIER.record(kind, Shape::Row, &passages, None)
}

/// Makers found, as ids.
pub(crate) fn makers(found: &Found) -> BTreeSet<String> {
    found.mentions.iter().map(|m| m.maker.to_string()).collect()
}

/// Agreement with the labels of a set.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) makers: Counts,
    pub(crate) spans: Counts,
    pub(crate) false_alarms: usize,
    pub(crate) negatives: usize,
    /// Rows with a difference, for people.
    pub(crate) differences: Vec<String>,
}

#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Counts {
    pub(crate) fn add<T: Ord>(&mut self, wanted: &BTreeSet<T>, got: &BTreeSet<T>) {
        self.right += wanted.intersection(got).count();
        self.wrong += got.difference(wanted).count();
        self.missed += wanted.difference(got).count();
    }

    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    pub(crate) fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).expect("a small number"));
    if whole == 0 {
        1.0
    } else {
        number(part) / number(whole)
    }
}

pub(crate) fn figures(rows: &[Row]) -> Figures {
    let mut figures = Figures::default();
    for row in rows {
        let found = identify(row.kind, &row.text);
        let wanted: BTreeSet<String> = row.makers.iter().map(|l| id(&l.maker)).collect();
        let got: BTreeSet<String> = found.mentions.iter().map(|m| id(m.maker.as_str())).collect();
        figures.makers.add(&wanted, &got);
        let chars = |byte: usize| row.text[..byte].chars().count();
        let wanted_spans: BTreeSet<_> = row.makers.iter().map(|l| (id(&l.maker), l.span)).collect();
        let got_spans: BTreeSet<_> = found
            .mentions
            .iter()
            .map(|m| (id(m.maker.as_str()), [chars(m.span.start), chars(m.span.end)]))
            .collect();
        figures.spans.add(&wanted_spans, &got_spans);
        if wanted.is_empty() {
            figures.negatives += 1;
            figures.false_alarms += usize::from(!got.is_empty());
        }
        if wanted_spans != got_spans {
            let missing = wanted_spans.difference(&got_spans);
            let extra = got_spans.difference(&wanted_spans);
            figures.differences.push(format!(
                "{} {:?}: missing {:?}, extra {:?}",
                row.id,
                row.text,
                missing.collect::<Vec<_>>(),
                extra.collect::<Vec<_>>()
            ));
        }
    }
    figures
}

fn id(maker: &str) -> String {
    maker
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
