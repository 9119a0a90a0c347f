//! Which files a screen of some paths means.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// Files of a folder that are no evidence: hidden ones and what `.stripoutignore` names.
const IGNORE_FILE: &str = ".stripoutignore";

/// All files under the paths, folders in name order. A file that is named itself is always taken. What cannot be
/// listed is an error of its own; the rest goes on.
pub fn walk(paths: &[PathBuf], skip: &[PathBuf]) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk_folder(path, skip, &mut files, &mut errors);
        } else {
            files.push(path.clone());
        }
    }
    (files, errors)
}

fn walk_folder(
    folder: &Path,
    skip: &[PathBuf],
    files: &mut Vec<PathBuf>,
    errors: &mut Vec<(PathBuf, String)>,
) {
    let entries = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .sort_by_file_name(Ord::cmp)
        .build();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.into_path();
                if !skip.iter().any(|own| is_inside(&path, own)) {
                    files.push(path);
                }
            }
            Ok(_) => {}
            Err(error) => errors.push((folder.to_path_buf(), error.to_string())),
        }
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
        let (files, errors) = walk(&[root.to_path_buf()], &own);
        assert_eq!(errors, []);
        assert_eq!(files, [root.join("a/c.txt"), root.join("b.csv")]);
        let named = root.join(".hidden");
        assert_eq!(walk(std::slice::from_ref(&named), &own).0, [named]);
    }
}
