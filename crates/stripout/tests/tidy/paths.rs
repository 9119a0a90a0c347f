//! Nothing that only one machine has: no folder of a developer, no home, no scratch space.

use std::path::Path;

use crate::tree::Tree;
use crate::{complaints_over, expect_clean};

/// Top folders that exist on some machine only. Spelt without their slashes so that this file passes its own rule.
const FOLDERS: &[&str] = &["work", "root", "tmp", "home", "Users"];

fn machine_paths(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for path in tree.files().into_iter().filter(|path| is_ours_to_read(path)) {
        let Some(text) = tree.text(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            for folder in FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
                complaints.push(format!(
                    "{path}:{}: a path below /{folder} of one machine: use a path relative to the repository, or an argument",
                    number + 1
                ));
            }
        }
    }
    complaints
}

/// Hand-written text; samples under `fixtures/` may hold hostile paths on purpose.
fn is_ours_to_read(path: &str) -> bool {
    let named = matches!(path, "Makefile" | ".ci/run" | ".gitignore");
    let kind = Path::new(path)
        .extension()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    let text = matches!(
        kind,
        "rs" | "md" | "toml" | "sh" | "py" | "sql" | "lock" | "trycmd"
    );
    named || (text && !path.starts_with("fixtures/"))
}

/// Whether the line holds `/folder/` at the start of a path, not inside a longer one or an address.
fn names_folder(line: &str, folder: &str) -> bool {
    let needle = format!("/{folder}/");
    line.match_indices(&needle).any(|(at, _)| {
        let before = line.as_bytes().get(at.wrapping_sub(1)).copied();
        !before.is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/' | b'}' | b'*')
        })
    })
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    expect_clean(&machine_paths(&Tree::here()));
}

#[test]
fn a_path_of_one_machine_is_named() {
    let slash = "/";
    let found = complaints_over(
        machine_paths,
        &[
            (
                "docs/a.md",
                &format!("see {slash}home/someone/x and https://example.org{slash}home/x\n"),
            ),
            (
                "crates/x/src/lib.rs",
                &format!("let a = \"{slash}tmp/x\";\nlet b = \"a{slash}tmp/x\";\n"),
            ),
            (
                "fixtures/hostile.md",
                &format!("..{slash}..{slash}root/ and {slash}root/x\n"),
            ),
        ],
    );
    assert_eq!(
        found,
        [
            "crates/x/src/lib.rs:1: a path below /tmp of one machine: use a path relative to the repository, or an argument",
            "docs/a.md:1: a path below /home of one machine: use a path relative to the repository, or an argument",
        ]
    );
}
