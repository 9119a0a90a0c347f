//! Files to entries: which folder holds what, and an overlay on top.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::entry::EntryKind;
use crate::parse;
use crate::source::{self, SourceFile};
use crate::{
    Brand, Catalogue, CatalogueError, Citation, Claim, Clock, ContextWords, Fault, Holiday, MacPrefix, Maker,
    ModelFamily, Policy, Restriction, StanceWords, Vocabulary, Vulnerability, Words,
};

/// Folders of `data/` that other crates read.
const READ_ELSEWHERE: [&str; 3] = ["bodies", "sources", "templates"];

impl Catalogue {
    /// The catalogue built into the program.
    pub fn embedded() -> Result<Self, CatalogueError> {
        Self::load(None)
    }

    /// The embedded catalogue, with the entries of an overlay folder added or put in place of those with the same id.
    pub fn load(overlay: Option<&Path>) -> Result<Self, CatalogueError> {
        let (catalogue, faults) = Self::read(overlay)?;
        if faults.is_empty() {
            Ok(catalogue)
        } else {
            Err(CatalogueError::Unreadable { faults })
        }
    }

    /// As `load`, but what cannot be read is left out and told.
    pub fn read(overlay: Option<&Path>) -> Result<(Self, Vec<Fault>), CatalogueError> {
        let mut layers = vec![source::embedded()];
        if let Some(folder) = overlay {
            let files =
                source::overlay(folder).map_err(|(path, source)| CatalogueError::Overlay { path, source })?;
            layers.push(files);
        }
        // Lists of words and entries know nothing of each other.
        let load = |words: bool| Loader::of(&layers, |file| is_words(file) == words);
        let (entries, words) = thread::scope(|scope| {
            let words = scope.spawn(|| load(true));
            let entries = load(false);
            (entries, words.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let mut catalogue = entries.catalogue;
        catalogue.words = Arc::new(words.words);
        let mut faults = entries.faults;
        faults.extend(words.faults);
        Ok((catalogue, faults))
    }
}

impl Words {
    /// The lists of words built into the program, without what else the catalogue holds.
    pub fn embedded() -> Result<Self, CatalogueError> {
        embedded_words(is_words)
    }
}

impl ContextWords {
    /// The words around names that are built into the program, without the far longer lists of how things are said.
    pub fn embedded() -> Result<Self, CatalogueError> {
        embedded_words(|file| file.path == "words/context.toml").map(|words| words.context)
    }
}

fn embedded_words(wanted: impl Fn(&SourceFile) -> bool) -> Result<Words, CatalogueError> {
    let loader = Loader::of(&[source::embedded()], wanted);
    if loader.faults.is_empty() {
        Ok(loader.words)
    } else {
        Err(CatalogueError::Unreadable {
            faults: loader.faults,
        })
    }
}

fn is_words(file: &SourceFile) -> bool {
    file.path.starts_with("words/")
}

#[derive(Default)]
struct Loader {
    /// But for its words.
    catalogue: Catalogue,
    words: Words,
    faults: Vec<Fault>,
    /// Ids met in this layer: twice in one layer is a fault, in the next one it is an override.
    met: BTreeSet<(EntryKind, String)>,
}

// Files that hold many entries of one kind.

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Citations {
    citation: Vec<Citation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clocks {
    clock: Vec<Clock>,
}

impl Loader {
    fn of(layers: &[Vec<SourceFile>], wanted: impl Fn(&SourceFile) -> bool) -> Self {
        let mut loader = Self::default();
        for files in layers {
            loader.met.clear();
            files
                .iter()
                .filter(|file| wanted(file))
                .for_each(|file| loader.file(file));
        }
        loader
    }

    fn file(&mut self, file: &SourceFile) {
        let (folder, name) = file.path.split_once('/').unwrap_or(("", &file.path));
        match (folder, name) {
            ("makers", _) => self.maker(file),
            ("brands", _) => {
                if let Some(brand) = self.parse::<Brand>(file)
                    && self.first(EntryKind::Brand, brand.id.as_str(), file)
                {
                    self.catalogue.brands.insert(brand.id.clone(), brand);
                }
            }
            ("models", _) => {
                for model in self.parse::<Models>(file).map(|m| m.model).unwrap_or_default() {
                    if self.first(EntryKind::Model, model.id.as_str(), file) {
                        self.catalogue.models.insert(model.id.clone(), model);
                    }
                }
            }
            ("policies", _) => {
                if let Some(policy) = self.parse::<Policy>(file)
                    && self.first(EntryKind::Policy, &policy.id, file)
                {
                    self.catalogue.policies.insert(policy.id.clone(), policy);
                }
            }
            ("claims", _) => {
                if let Some(claim) = self.parse::<Claim>(file)
                    && self.first(EntryKind::Claim, &claim.id, file)
                {
                    self.catalogue.claims.insert(claim.id.clone(), claim);
                }
            }
            ("vocab", _) => self.vocabulary(name, file),
            ("", "class-restrictions.toml") => self.class_restrictions(file),
            ("", "citations.toml") => {
                for citation in self
                    .parse::<Citations>(file)
                    .map(|c| c.citation)
                    .unwrap_or_default()
                {
                    if self.first(EntryKind::Citation, &citation.id, file) {
                        self.catalogue.citations.insert(citation.id.clone(), citation);
                    }
                }
            }
            ("", "vulnerabilities.csv") => {
                for row in self.rows::<Vulnerability>(file) {
                    if self.first(EntryKind::Vulnerability, &row.cve, file) {
                        self.catalogue.vulnerabilities.insert(row.cve.clone(), row);
                    }
                }
            }
            ("fingerprints", "mac-prefixes.csv") => {
                for row in self.rows::<MacPrefix>(file) {
                    if self.first(EntryKind::MacPrefix, &row.prefix, file) {
                        self.catalogue.mac_prefixes.insert(row.prefix.clone(), row);
                    }
                }
            }
            ("requests", _) => self.requests(name, file),
            ("words", _) => self.words(name, file),
            _ if READ_ELSEWHERE.contains(&folder) => {}
            _ => self.misplaced(file),
        }
    }

    fn misplaced(&mut self, file: &SourceFile) {
        self.faults.push(Fault {
            file: file.path.clone(),
            entry: String::new(),
            what: "no file of a catalogue has this place and name".into(),
            hint: "data/README.md lists the folders".into(),
        });
    }

    fn requests(&mut self, name: &str, file: &SourceFile) {
        match name {
            "clocks.toml" => {
                if let Some(Clocks { clock }) = self.parse(file) {
                    self.catalogue.requests.clocks = clock;
                }
            }
            "bank-holidays.csv" => {
                let mut holidays: Vec<Holiday> = self.rows(file);
                holidays.sort_by_key(|holiday| holiday.date);
                self.catalogue.requests.holidays = holidays;
            }
            "words.toml" => {
                if let Some(words) = self.parse(file) {
                    self.catalogue.requests.words = words;
                }
            }
            _ => self.misplaced(file),
        }
    }

    fn words(&mut self, name: &str, file: &SourceFile) {
        match name {
            "alert.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.alert = words;
                }
            }
            "bid.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.bid = words;
                }
            }
            "context.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.context = words;
                }
            }
            "forbidden.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.forbidden = words;
                }
            }
            "installation.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.installation = words;
                }
            }
            "reply.toml" => {
                if let Some(words) = self.parse(file) {
                    self.words.reply = words;
                }
            }
            "stance.toml" => {
                if let Some(words) = self.parse::<StanceWords>(file) {
                    let weights = std::mem::take(&mut self.words.stance.weights);
                    self.words.stance = StanceWords { weights, ..words };
                }
            }
            "stance-weights.csv" => self.words.stance.weights = self.rows(file),
            _ => self.misplaced(file),
        }
    }

    fn maker(&mut self, file: &SourceFile) {
        let Some(maker) = self.parse::<Maker>(file) else {
            return;
        };
        if !self.first(EntryKind::Maker, maker.id.as_str(), file) {
            return;
        }
        for restriction in &maker.restrictions {
            self.first(EntryKind::Restriction, &restriction.id, file);
        }
        self.catalogue.makers.insert(maker.id.clone(), maker);
    }

    fn class_restrictions(&mut self, file: &SourceFile) {
        for restriction in self
            .parse::<Restrictions>(file)
            .map(|r| r.restriction)
            .unwrap_or_default()
        {
            if self.first(EntryKind::Restriction, &restriction.id, file) {
                self.catalogue
                    .class_restrictions
                    .retain(|old| old.id != restriction.id);
                self.catalogue.class_restrictions.push(restriction);
            }
        }
    }

    /// An overlay adds values to a vocabulary, or gives one another meaning.
    fn vocabulary(&mut self, name: &str, file: &SourceFile) {
        let Some(added) = self.parse::<Vocabulary>(file) else {
            return;
        };
        let name = name.trim_end_matches(".toml");
        self.first(EntryKind::Vocabulary, name, file);
        let vocabulary = self.catalogue.vocabularies.entry(name.to_owned()).or_default();
        for value in added.values {
            vocabulary.values.retain(|old| old.id != value.id);
            vocabulary.values.push(value);
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &SourceFile) -> Option<T> {
        parse::entry(file, &mut self.faults)
    }

    fn rows<T: DeserializeOwned>(&mut self, file: &SourceFile) -> Vec<T> {
        parse::rows(file, &mut self.faults)
    }

    fn first(&mut self, kind: EntryKind, id: &str, file: &SourceFile) -> bool {
        let first = self.met.insert((kind, id.to_owned()));
        if first {
            self.catalogue.origins.set(kind, id, &file.path);
        } else {
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
