//! The rules of the repository that no compiler checks, each as a test with a sentence that says what to do.
//!
//! Every rule is a function from a tree to its complaints. It is run twice: over this repository, where it must
//! find nothing, and over a small tree made to break it, where it must find just that.

#![allow(clippy::panic, reason = "a test says what is wrong by panicking")]

mod imports;
mod layout;
mod names;
mod paths;
mod program;
mod tree;

use tree::Tree;

/// Fails with one complaint a line.
#[track_caller]
fn expect_clean(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} complaints:\n  {}",
        complaints.len(),
        complaints.join("\n  ")
    );
}

/// The complaints of `rule` over a tree with exactly these files.
fn complaints_over(rule: fn(&Tree) -> Vec<String>, files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }
    rule(&Tree::at(folder.path()))
}
