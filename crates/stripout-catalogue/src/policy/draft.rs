//! A draft of an instrument, laid over the catalogue to see what it would change.

use std::path::Path;

use crate::entry::EntryKind;
use crate::{Catalogue, CatalogueError, Fault, Policy};

impl Catalogue {
    /// This catalogue with the draft in place of, or beside, its instruments, and the id of the draft. A draft needs no
    /// worked cases; its words must be of the vocabularies.
    pub fn with_draft(mut self, text: &str, path: &Path) -> Result<(Self, String), CatalogueError> {
        let file = path.display().to_string();
        let policy: Policy = toml::from_str(text).map_err(|error| CatalogueError::Unreadable {
            faults: vec![Fault {
                file: file.clone(),
                entry: String::new(),
                what: error.to_string().trim_end().to_owned(),
                hint: "data/README.md shows an instrument".into(),
            }],
        })?;
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
