//! A draft of an instrument, laid over the catalogue to see what it would change.

use std::path::Path;

use crate::entry::EntryKind;
use crate::{Catalogue, CatalogueError, Fault, Policy};

/// What every instrument says of itself.
const NEEDED: [&str; 8] = [
    "id",
    "title",
    "jurisdiction",
    "kind",
    "issuer",
    "adopted",
    "status",
    "source",
];

impl Catalogue {
    /// This catalogue with the draft in place of, or beside, its instruments, and the id of the draft. A draft needs no
    /// worked cases; its words must be of the vocabularies.
    pub fn with_draft(mut self, text: &str, path: &Path) -> Result<(Self, String), CatalogueError> {
        let file = path.display().to_string();
        let unreadable = |what: String| CatalogueError::Unreadable {
            faults: vec![Fault {
                file: file.clone(),
                entry: String::new(),
                what,
                hint: "data/README.md shows an instrument".into(),
            }],
        };
        let at = |error: &toml::de::Error| {
            let line = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            format!("line {line}: {}", error.message())
        };
        let table: toml::Table = text.parse().map_err(|error| unreadable(at(&error)))?;
        let missing: Vec<&str> = NEEDED
            .into_iter()
            .filter(|field| !table.contains_key(*field))
            .collect();
        if !missing.is_empty() {
            return Err(unreadable(format!("it does not say `{}`", missing.join("`, `"))));
        }
        let policy: Policy = toml::from_str(text).map_err(|error| unreadable(at(&error)))?;
        let id = policy.id.clone();
        self.origins.set(EntryKind::Policy, &id, &file);
        self.policies.insert(id.clone(), policy);
        let faults = self.check_draft(&id);
        if faults.is_empty() {
            Ok((self, id))
        } else {
            Err(CatalogueError::Unreadable { faults })
        }
    }
}
