//! What could not be read, in one calm screen: each kind of trouble with its first case, the others counted.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use stripout_ingest::InputOutcome;
use stripout_model::{Problem, Severity};

use crate::failure::problem;
use crate::show::count;

/// So few are shown one by one.
const FEW: usize = 8;
/// Kinds of trouble shown before the rest is only counted.
const KINDS: usize = 8;

/// One kind of trouble.
struct Kind<'a> {
    first: (&'a InputOutcome, &'a Problem),
    cases: u64,
    files: BTreeSet<&'a str>,
}

pub(crate) fn write(out: &mut dyn Write, troubled: &[&InputOutcome]) -> io::Result<()> {
    let all: Vec<(&InputOutcome, &Problem)> = troubled
        .iter()
        .flat_map(|input| input.problems.iter().map(move |one| (*input, one)))
        .collect();
    let unlisted: u64 = troubled.iter().map(|input| input.more_problems).sum();
    if all.len() <= FEW {
        all.iter().try_for_each(|(input, one)| case(out, input, one))?;
        return more(out, unlisted, "problem");
    }
    let kinds = kinds(&all);
    for kind in kinds.iter().take(KINDS) {
        if kind.cases == 1 {
            case(out, kind.first.0, kind.first.1)?;
        } else {
            many(out, kind)?;
        }
    }
    let rest: u64 = kinds.iter().skip(KINDS).map(|kind| kind.cases).sum();
    more(out, rest + unlisted, "problem")
}

/// Worst first, then the most frequent.
fn kinds<'a>(all: &[(&'a InputOutcome, &'a Problem)]) -> Vec<Kind<'a>> {
    let mut kinds: BTreeMap<(std::cmp::Reverse<Severity>, String), Kind<'a>> = BTreeMap::new();
    for &(input, one) in all {
        let what: String = one.what.chars().filter(|c| !c.is_ascii_digit()).collect();
        let kind = kinds
            .entry((std::cmp::Reverse(one.severity), format!("{} {what}", one.code)))
            .or_insert_with(|| Kind {
                first: (input, one),
                cases: 0,
                files: BTreeSet::new(),
            });
        kind.cases += 1;
        kind.files.insert(&input.path);
    }
    let mut kinds: Vec<Kind<'a>> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| {
        (
            std::cmp::Reverse(kind.first.1.severity),
            std::cmp::Reverse(kind.cases),
        )
    });
    kinds
}

fn case(out: &mut dyn Write, input: &InputOutcome, one: &Problem) -> io::Result<()> {
    let sha256 = input.sha256.map(|blob| blob.to_string());
    let text = problem(one, &input.path, sha256.as_deref());
    writeln!(out, "  {}", text.replace('\n', "\n  "))
}

/// Many cases of one kind in a few lines.
fn many(out: &mut dyn Write, kind: &Kind<'_>) -> io::Result<()> {
    let (input, one) = kind.first;
    let sha256 = input.sha256.map(|blob| blob.to_string());
    // Of the first, without what only it has.
    let place = Problem {
        place: String::new(),
        because: String::new(),
        ..one.clone()
    };
    let text = problem(&place, &input.path, sha256.as_deref());
    let cases = format!(
        "{} in {}",
        count(kind.cases, "case"),
        count(kind.files.len() as u64, "file")
    );
    for (n, line) in text.lines().enumerate() {
        match n {
            0 => writeln!(out, "  {line} ({cases})")?,
            1 => writeln!(out, "  {line} and others")?,
            _ => writeln!(out, "  {line}")?,
        }
    }
    Ok(())
}

fn more(out: &mut dyn Write, left: u64, what: &str) -> io::Result<()> {
    if left == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "  ... {} more; `stripout list problems` and --report FILE have them all",
        count(left, what)
    )
}
