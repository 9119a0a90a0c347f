//! Files to entries: which folder holds what, and an overlay on top.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::source::{self, SourceFile};
use crate::{Brand, Catalogue, CatalogueError, Fault, Maker, ModelFamily, Restriction};

impl Catalogue {
    /// The catalogue built into the program.
    pub fn embedded() -> Result<Self, CatalogueError> {
        Self::load(None)
    }

    /// The embedded catalogue, with the entries of an overlay folder added or put in place of those with the same id.
    pub fn load(overlay: Option<&Path>) -> Result<Self, CatalogueError> {
        let (catalogue, faults) = Self::read(overlay)?;
        if faults.is_empty() { Ok(catalogue) } else { Err(CatalogueError::Unreadable { faults }) }
    }

    /// As `load`, but what cannot be read is left out and told.
    pub fn read(overlay: Option<&Path>) -> Result<(Self, Vec<Fault>), CatalogueError> {
        let mut loader = Loader::default();
        loader.layer(&source::embedded());
        if let Some(folder) = overlay {
            let files = source::overlay(folder)
                .map_err(|(path, source)| CatalogueError::Overlay { path, source })?;
            loader.layer(&files);
        }
        Ok((loader.catalogue, loader.faults))
    }
}

#[derive(Default)]
struct Loader {
    catalogue: Catalogue,
    faults: Vec<Fault>,
    /// Ids met in this layer, by kind: twice in one layer is a fault, in the next one it is an override.
    met: BTreeSet<(&'static str, String)>,
}

/// A file that holds many entries of one kind under one key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Models {
    model: Vec<ModelFamily>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restrictions {
    restriction: Vec<Restriction>,
}

impl Loader {
    fn layer(&mut self, files: &[SourceFile]) {
        self.met.clear();
        for file in files {
            self.file(file);
        }
    }

    fn file(&mut self, file: &SourceFile) {
        let folder = file.path.split_once('/').map_or(file.path.as_str(), |(folder, _)| folder);
        match folder {
            "makers" => {
                if let Some(maker) = self.parse::<Maker>(file) {
                    if self.first("maker", maker.id.as_str(), file) {
                        self.catalogue.makers.insert(maker.id.clone(), maker);
                    }
                }
            }
            "brands" => {
                if let Some(brand) = self.parse::<Brand>(file) {
                    if self.first("brand", brand.id.as_str(), file) {
                        self.catalogue.brands.insert(brand.id.clone(), brand);
                    }
                }
            }
            "models" => {
                for model in self.parse::<Models>(file).map(|m| m.model).unwrap_or_default() {
                    if self.first("model", model.id.as_str(), file) {
                        self.catalogue.models.insert(model.id.clone(), model);
                    }
                }
            }
            "class-restrictions.toml" => {
                let found = self.parse::<Restrictions>(file).map(|r| r.restriction);
                for restriction in found.unwrap_or_default() {
                    if self.first("restriction", &restriction.id, file) {
                        self.catalogue.class_restrictions.retain(|old| old.id != restriction.id);
                        self.catalogue.class_restrictions.push(restriction);
                    }
                }
            }
            "words" => match file.path.as_str() {
                "words/context.toml" => {
                    if let Some(words) = self.parse(file) {
                        self.catalogue.words.context = words;
                    }
                }
                "words/stance.toml" => {
                    if let Some(words) = self.parse(file) {
                        self.catalogue.words.stance = words;
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &SourceFile) -> Option<T> {
        match toml::from_str(&file.text) {
            Ok(entry) => Some(entry),
            Err(error) => {
                self.faults.push(Fault {
                    file: file.path.clone(),
                    entry: String::new(),
                    what: error.to_string().trim_end().to_owned(),
                    hint: "data/README.md shows an entry of this kind".into(),
                });
                None
            }
        }
    }

    fn first(&mut self, kind: &'static str, id: &str, file: &SourceFile) -> bool {
        let first = self.met.insert((kind, id.to_owned()));
        if !first {
            self.faults.push(Fault {
                file: file.path.clone(),
                entry: id.to_owned(),
                what: format!("a second {kind} with this id"),
                hint: "give each entry its own id, or merge the two".into(),
            });
        }
        first
    }
}
