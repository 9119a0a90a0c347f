//! Publishers whose columns need to be told: `data/sources/<publisher>.toml`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use stripout_model::{Currency, Role};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../data/sources");

/// The layouts of publishers, embedded or from a folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sources(Arc<[SourceLayout]>);

/// One file of `data/sources/`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SourceLayout {
    pub id: String,
    /// Header cells that must all be there; case and punctuation do not matter.
    #[serde(rename = "match")]
    pub wanted: Vec<String>,
    /// Which column holds what, where the general rules would not know.
    #[serde(default)]
    pub columns: BTreeMap<Role, Columns>,
    /// The public body, where no column says so and the header is this publisher's alone.
    #[serde(default)]
    pub body: Option<String>,
    /// Order of day and month, where a file does not decide it.
    #[serde(default)]
    pub day_first: Option<bool>,
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Headers that must match.
    pub examples: Vec<Vec<String>>,
    /// Headers that must not.
    #[serde(default)]
    pub counter_examples: Vec<Vec<String>>,
    #[serde(default)]
    pub note: Option<String>,
}

/// One header cell or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    One(String),
    Several(Vec<String>),
}

impl Columns {
    pub fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// A file of `data/sources` or of an overlay folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourcesError {
    #[error("cannot read `{path}`")]
    Read { path: String, source: std::io::Error },
    #[error("`{path}` is no source layout")]
    Parse {
        path: String,
        source: Box<toml::de::Error>,
    },
}

/// Those that the program brings along.
impl Default for Sources {
    fn default() -> Self {
        static PARSED: LazyLock<Sources> = LazyLock::new(|| {
            let read = |file: &include_dir::File<'_>| {
                let text = file.contents_utf8().expect("a test parses every embedded file");
                toml::from_str(text).expect("a test parses every embedded file")
            };
            Sources(toml_files(&EMBEDDED).map(read).collect())
        });
        PARSED.clone()
    }
}

fn toml_files<'d>(dir: &'d Dir<'d>) -> impl Iterator<Item = &'d include_dir::File<'d>> {
    dir.files()
        .filter(|file| file.path().extension().is_some_and(|e| e == "toml"))
}

impl Sources {
    /// The embedded ones and those of a folder; one with the same id wins over the embedded.
    pub fn with_overlay(folder: &Path) -> Result<Self, SourcesError> {
        let path = |p: &Path| p.display().to_string();
        let read_error = |p: &Path| {
            let path = path(p);
            move |source| SourcesError::Read { path, source }
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(read_error(folder))? {
            let file = entry.map_err(read_error(folder))?.path();
            if file.extension().is_some_and(|e| e == "toml") {
                files.push(file);
            }
        }
        files.sort();
        let mut all: BTreeMap<String, SourceLayout> = Self::default()
            .0
            .iter()
            .map(|source| (source.id.clone(), source.clone()))
            .collect();
        for file in files {
            let text = std::fs::read_to_string(&file).map_err(read_error(&file))?;
            let source: SourceLayout = toml::from_str(&text).map_err(|source| SourcesError::Parse {
                path: path(&file),
                source: Box::new(source),
            })?;
            all.insert(source.id.clone(), source);
        }
        Ok(Self(all.into_values().collect()))
    }

    pub fn iter(&self) -> impl Iterator<Item = &SourceLayout> {
        self.0.iter()
    }

    /// The layout that asks for most of what this header has.
    pub(super) fn find(&self, header: &[&str]) -> Option<&SourceLayout> {
        self.0
            .iter()
            .filter(|source| source.matches(header))
            .max_by_key(|source| source.wanted.len())
    }
}

impl SourceLayout {
    pub(super) fn matches(&self, header: &[&str]) -> bool {
        !self.wanted.is_empty()
            && self
                .wanted
                .iter()
                .all(|wanted| header.iter().any(|cell| same_header(cell, wanted)))
    }

    pub(super) fn role(&self, cell: &str) -> Option<Role> {
        let has =
            |(_, columns): &(&Role, &Columns)| columns.names().iter().any(|name| same_header(cell, name));
        self.columns.iter().find(has).map(|(role, _)| *role)
    }
}

/// Publishers change case and punctuation from month to month.
pub(super) fn same_header(a: &str, b: &str) -> bool {
    fn letters(s: &str) -> impl Iterator<Item = char> {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_layout_proves_itself() {
        let mut ids = Vec::new();
        for file in toml_files(&EMBEDDED) {
            let source: SourceLayout = toml::from_str(file.contents_utf8().unwrap()).unwrap();
            assert_eq!(
                file.path().file_stem().and_then(|s| s.to_str()),
                Some(source.id.as_str())
            );
            assert!(!source.examples.is_empty(), "{} has no example", source.id);
            for header in &source.examples {
                let header: Vec<&str> = header.iter().map(String::as_str).collect();
                let found = Sources::default().find(&header).map(|s| s.id.clone());
                assert_eq!(found.as_ref(), Some(&source.id), "{header:?}");
                for name in source.columns.values().flat_map(Columns::names) {
                    assert!(
                        header.iter().any(|cell| same_header(cell, name)),
                        "{}: {name}",
                        source.id
                    );
                }
            }
            for header in &source.counter_examples {
                let header: Vec<&str> = header.iter().map(String::as_str).collect();
                assert!(!source.matches(&header), "{}: {header:?}", source.id);
            }
            ids.push(source.id);
        }
        assert!(!ids.is_empty());
        assert_eq!(ids.len(), Sources::default().iter().count());
    }

    #[test]
    fn an_overlay_wins() {
        let folder = tempfile::tempdir().unwrap();
        let text = "id = \"testshire\"\nmatch = [\"Zugunsten\"]\nexamples = [[\"Zugunsten\"]]\n\
                    [columns]\nsupplier = \"Zugunsten\"\n";
        std::fs::write(folder.path().join("testshire.toml"), text).unwrap();
        let sources = Sources::with_overlay(folder.path()).unwrap();
        assert_eq!(
            sources
                .find(&["ZUGUNSTEN", "x"])
                .and_then(|s| s.role("zugunsten")),
            Some(Role::Supplier)
        );
        std::fs::write(folder.path().join("bad.toml"), "id = 7").unwrap();
        let error = Sources::with_overlay(folder.path()).unwrap_err();
        assert!(error.to_string().contains("bad.toml"), "{error}");
    }
}
