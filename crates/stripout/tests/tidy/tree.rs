//! The files of a repository, as far as git would track them.

use std::path::{Path, PathBuf};

use toml::Table;

/// A work tree on disk.
pub(crate) struct Tree {
    root: PathBuf,
}

/// One folder of `crates/`.
pub(crate) struct Crate {
    /// The folder's name.
    pub(crate) folder: String,
    /// Its `Cargo.toml`.
    pub(crate) manifest: Table,
}

impl Tree {
    /// The repository these tests belong to.
    pub(crate) fn here() -> Self {
        Self::at(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")))
    }

    pub(crate) fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Paths below the root with `/` between, sorted, of every file that is not ignored.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut files: Vec<String> = ignore::WalkBuilder::new(&self.root)
            .hidden(false)
            .require_git(false)
            .parents(false)
            .filter_entry(|entry| entry.file_name() != ".git" && entry.file_name() != "target")
            .build()
            .map(|entry| entry.expect("a readable tree"))
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| {
                let below = entry
                    .path()
                    .strip_prefix(&self.root)
                    .expect("walked from the root");
                below.to_string_lossy().replace('\\', "/")
            })
            .collect();
        files.sort();
        files
    }

    /// Rust files under `crates/*/src/`.
    pub(crate) fn sources(&self) -> Vec<String> {
        self.files()
            .into_iter()
            .filter(|path| {
                let mut parts = path.split('/');
                parts.next() == Some("crates") && parts.nth(1) == Some("src") && is_rust(path)
            })
            .collect()
    }

    /// The text of a file, or nothing when it is not there or is not UTF-8.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(path)).ok()
    }

    pub(crate) fn toml(&self, path: &str) -> Table {
        let text = self.text(path).unwrap_or_else(|| panic!("{path} must be there"));
        text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every folder of `crates/` that holds a `Cargo.toml`, by name.
    pub(crate) fn crates(&self) -> Vec<Crate> {
        self.files()
            .iter()
            .filter_map(|path| path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml"))
            .filter(|folder| !folder.contains('/'))
            .map(|folder| Crate {
                folder: folder.to_owned(),
                manifest: self.toml(&format!("crates/{folder}/Cargo.toml")),
            })
            .collect()
    }
}

pub(crate) fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}
