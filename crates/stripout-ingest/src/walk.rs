//! Which files a screen of some paths means.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Files of a folder that are no evidence: hidden ones and what `.stripoutignore` names.
const IGNORE_FILE: &str = ".stripoutignore";

/// What the paths mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// What is to be read; a folder that cannot be listed is among them, as an input that cannot be read.
    pub inputs: Vec<PathBuf>,
    /// Links and other things in folders that are no files; nothing is followed.
    pub passed_over: Vec<PathBuf>,
}

/// All files under the paths, folders in name order. A file that is named itself is always taken.
pub fn walk(paths: &[PathBuf], skip: &[PathBuf]) -> Walked {
    let mut walked = Walked::default();
    for path in paths {
        if path.is_dir() {
            walk_folder(path, skip, &mut walked);
        } else {
            walked.inputs.push(path.clone());
        }
    }
    walked
}

fn walk_folder(folder: &Path, skip: &[PathBuf], walked: &mut Walked) {
    let entries = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .build();
    for entry in entries {
        match entry {
            Ok(entry) => {
                let kind = entry.file_type();
                let path = entry.into_path();
                if kind.is_some_and(|kind| kind.is_dir()) || skip.iter().any(|own| is_inside(&path, own)) {
                    continue;
                }
                if kind.is_some_and(|kind| kind.is_file()) {
                    walked.inputs.push(path);
                } else {
                    walked.passed_over.push(path);
                }
            }
            Err(error) => walked.inputs.push(path_of(&error).unwrap_or(folder).into()),
        }
    }
}

/// What the error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// Registers and the folder of kept copies lie beside the evidence: they are not screened again.
fn is_inside(path: &Path, own: &Path) -> bool {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (path, own) = (absolute(path), absolute(own));
    path.starts_with(&own)
        || path.parent() == own.parent()
            && own.file_name().zip(path.file_name()).is_some_and(|(own, name)| {
                let (own, name) = (own.to_string_lossy(), name.to_string_lossy());
                ["-wal", "-shm", "-journal"]
                    .iter()
                    .any(|end| name.strip_suffix(end) == Some(&own))
            })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn takes_files_in_order_and_leaves_hidden_ignored_and_own_ones() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (name, text) in [
            ("b.csv", "x"),
            ("a/c.txt", "x"),
            (".hidden", "x"),
            ("skip.tmp", "x"),
            (".stripoutignore", "*.tmp\n"),
            ("stripout.db", "x"),
            ("stripout.db-wal", "x"),
            ("stripout.evidence/ab/cd", "x"),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let own = [root.join("stripout.db"), root.join("stripout.evidence")];
        let walked = walk(&[root.to_path_buf()], &own);
        assert_eq!(walked.inputs, [root.join("a/c.txt"), root.join("b.csv")]);
        assert!(walked.passed_over.is_empty(), "{walked:?}");
        let named = root.join(".hidden");
        assert_eq!(walk(std::slice::from_ref(&named), &own).inputs, [named]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_passed_over_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.csv"), "x").unwrap();
        let link = root.join("b.csv");
        std::os::unix::fs::symlink(root.join("a.csv"), &link).unwrap();
        let walked = walk(&[root.to_path_buf()], &[]);
        assert_eq!(walked.inputs, [root.join("a.csv")]);
        assert_eq!(walked.passed_over, [link]);
    }
}
