//! What could not be read: one entry a kind of trouble, all of it counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use stripout_ingest::InputOutcome;
use stripout_model::{Problem, Severity};

use super::section::{Item, Section};
use crate::failure::problem;
use crate::show::{count, number, safe};

/// So few cases of a kind are told one by one where there is room.
const FEW: usize = 3;
/// Files that are named of a kind.
const NAMED: usize = 3;

type Case<'a> = (&'a InputOutcome, &'a Problem);

/// One kind of trouble: the same said of one or more places.
struct Kind<'a> {
    first: Case<'a>,
    cases: Vec<Case<'a>>,
    files: BTreeSet<&'a str>,
}

/// The problems of these inputs; `all` tells how to see every one.
pub(super) fn section<'a>(troubled: &[&'a InputOutcome], all: Option<String>) -> Section<'a> {
    let kinds = kinds(troubled);
    let unlisted: u64 = troubled.iter().map(|input| input.more_problems).sum();
    let listed: usize = kinds.iter().map(|kind| kind.cases.len()).sum();
    let problems = listed as u64 + unlisted;
    let heading = format!(
        "What could not be read as it stands, and what to do ({} in {})",
        count(problems, "problem"),
        count(troubled.len() as u64, "file")
    );
    Section {
        of: problems,
        all,
        items: kinds.iter().map(Kind::item).collect(),
        rest: Box::new(move |shown| rest(kinds.get(shown..).unwrap_or_default(), unlisted)),
        ..Section::new(heading, Vec::new())
    }
}

/// Worst first, then what most files have.
fn kinds<'a>(troubled: &[&'a InputOutcome]) -> Vec<Kind<'a>> {
    let mut kinds: BTreeMap<(Reverse<Severity>, String), Kind<'a>> = BTreeMap::new();
    for input in troubled {
        for one in &input.problems {
            let what: String = one.what.chars().filter(|c| !c.is_ascii_digit()).collect();
            let key = (Reverse(one.severity), format!("{} {what}", one.code));
            let kind = kinds.entry(key).or_insert_with(|| Kind {
                first: (input, one),
                cases: Vec::new(),
                files: BTreeSet::new(),
            });
            kind.cases.push((input, one));
            kind.files.insert(&input.path);
        }
    }
    let mut kinds: Vec<Kind<'a>> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| (Reverse(kind.first.1.severity), Reverse(kind.files.len())));
    kinds
}

impl Kind<'_> {
    fn item(&self) -> Item {
        let short = self.short();
        Item {
            whole: if self.cases.len() <= FEW {
                self.cases.iter().flat_map(told).collect()
            } else {
                short.clone()
            },
            short,
        }
    }

    /// `error[input-encrypted]: the archive is encrypted (4 files: a.zip, b.zip, c.zip ...)`, and what to do.
    fn short(&self) -> Vec<String> {
        let (input, one) = self.first;
        let files: Vec<String> = self.files.iter().take(NAMED).map(|path| safe(path)).collect();
        let more = if self.files.len() > NAMED { " ..." } else { "" };
        let places = self.cases.len() > self.files.len();
        let which = match (self.files.len(), places) {
            (1, false) if one.place.is_empty() => safe(&input.path),
            (1, false) => format!("{}, {}", safe(&input.path), safe(&one.place)),
            (files_in_all, many) => {
                let places = if many {
                    format!("{} in ", count(self.cases.len() as u64, "place"))
                } else {
                    String::new()
                };
                let counted = count(files_in_all as u64, "file");
                format!("{places}{counted}: {}{more}", files.join(", "))
            }
        };
        let word = word(one.severity);
        let mut lines = vec![format!("{word}[{}]: {} ({which})", one.code, safe(&one.what))];
        if !one.hint.is_empty() {
            lines.push(format!("  do: {}", safe(&one.hint)));
        }
        lines
    }
}

/// In the one shape of every problem.
fn told((input, one): &Case<'_>) -> Vec<String> {
    let sha256 = input.sha256.map(|blob| blob.to_string());
    let text = problem(one, &input.path, sha256.as_deref());
    text.lines().map(String::from).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Unit | Severity::Input => "error",
    }
}

/// The kinds that are not shown, by code: `and 12 errors (9 input-ragged, 3 input-depth), 4 warnings (4 input-date)`.
fn rest(kinds: &[Kind<'_>], unlisted: u64) -> Option<String> {
    let mut parts = Vec::new();
    for of in ["error", "warning"] {
        let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
        for kind in kinds.iter().filter(|kind| word(kind.first.1.severity) == of) {
            *codes.entry(kind.first.1.code.as_str()).or_default() += kind.cases.len() as u64;
        }
        let all: u64 = codes.values().sum();
        if all > 0 {
            let codes: Vec<String> = codes
                .iter()
                .map(|(code, n)| format!("{} {code}", number(*n)))
                .collect();
            parts.push(format!("{} ({})", count(all, of), codes.join(", ")));
        }
    }
    if unlisted > 0 {
        parts.push(format!(
            "{} that are only counted, of files with very many",
            number(unlisted)
        ));
    }
    (!parts.is_empty()).then(|| format!("and {}", parts.join(", ")))
}
