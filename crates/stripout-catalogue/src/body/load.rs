//! Tables to bodies, and an overlay on top.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use stripout_model::BodyId;

use super::alias::Alias;
use super::bodies::{Bodies, Domain, Succession, identifier_key};
use super::public_body::PublicBody;
use super::resolve::{Index, NameWords};
use super::row::{AliasRow, DomainRow, IdentifierRow, PositionRow, SuccessionRow, body};
use crate::parse::{entry, fault, rows};
use crate::source::{self, SourceFile};
use crate::{CatalogueError, Citation, Fault};

impl Bodies {
    /// The bodies built into the program.
    pub fn embedded() -> Result<Self, CatalogueError> {
        Self::load(None)
    }

    /// The embedded bodies, with the rows of an overlay's folder `bodies/` added or put in place of those with the same id.
    pub fn load(overlay: Option<&Path>) -> Result<Self, CatalogueError> {
        let (bodies, faults) = Self::read(overlay)?;
        if faults.is_empty() {
            Ok(bodies)
        } else {
            Err(CatalogueError::Unreadable { faults })
        }
    }

    /// As `load`, but what cannot be read is left out and told.
    pub fn read(overlay: Option<&Path>) -> Result<(Self, Vec<Fault>), CatalogueError> {
        let mut tables = Tables::default();
        tables.layer(&source::embedded());
        if let Some(folder) = overlay {
            let files =
                source::overlay(folder).map_err(|(path, source)| CatalogueError::Overlay { path, source })?;
            tables.layer(&files);
        }
        Ok(tables.finish())
    }
}

#[derive(Default)]
struct Tables {
    bodies: HashMap<BodyId, (PublicBody, String)>,
    aliases: Vec<Alias>,
    successions: Vec<Succession>,
    domains: Vec<DomainRow>,
    /// With the files they stand in.
    identifiers: Vec<(String, IdentifierRow)>,
    positions: Vec<PositionRow>,
    words: NameWords,
    citations: BTreeMap<String, Citation>,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Citations {
    citation: Vec<Citation>,
}

impl Tables {
    fn layer(&mut self, files: &[SourceFile]) {
        let mut met: HashSet<BodyId> = HashSet::new();
        for file in files {
            let Some(name) = file.path.strip_prefix("bodies/") else {
                continue;
            };
            let faults = &mut self.faults;
            match name {
                "words.toml" => {
                    if let Some(words) = entry(file, faults) {
                        self.words = words;
                    }
                }
                "citations.toml" => {
                    let entries = entry::<Citations>(file, faults).map(|it| it.citation);
                    let entries = entries.unwrap_or_default().into_iter();
                    self.citations
                        .extend(entries.map(|entry| (entry.id.clone(), entry)));
                }
                "aliases.csv" => {
                    let rows = rows::<AliasRow>(file, faults);
                    self.aliases.extend(rows.into_iter().map(Into::into));
                }
                "succession.csv" => {
                    let rows = rows::<SuccessionRow>(file, faults);
                    self.successions.extend(rows.into_iter().map(Into::into));
                }
                "domains.csv" => self.domains.extend(rows(file, faults)),
                "positions.csv" => self.positions.extend(rows(file, faults)),
                _ if name.starts_with("identifiers") => {
                    let rows = rows(file, faults).into_iter();
                    self.identifiers.extend(rows.map(|row| (file.path.clone(), row)));
                }
                _ => self.bodies(file, &mut met),
            }
        }
    }

    /// A table of bodies of one kind.
    fn bodies(&mut self, file: &SourceFile, met: &mut HashSet<BodyId>) {
        for row in rows::<HashMap<String, String>>(file, &mut self.faults) {
            match body(&row) {
                Ok(body) => {
                    if !met.insert(body.id.clone()) {
                        let what = "a second body with this id".to_owned();
                        self.faults.push(fault(file, body.id.as_str(), what));
                    }
                    self.bodies.insert(body.id.clone(), (body, file.path.clone()));
                }
                Err(what) => {
                    let id = row.get("id").map_or("", String::as_str);
                    self.faults.push(fault(file, id, what));
                }
            }
        }
    }

    fn finish(mut self) -> (Bodies, Vec<Fault>) {
        self.complete();
        let mut faults = self.faults;
        let mut rows: Vec<(PublicBody, String)> = self.bodies.into_values().collect();
        rows.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let files = rows
            .iter()
            .map(|(body, file)| (body.id.clone(), file.clone()))
            .collect();
        let list: Vec<PublicBody> = rows.into_iter().map(|(body, _)| body).collect();
        let places: HashMap<BodyId, usize> = list
            .iter()
            .enumerate()
            .map(|(place, body)| (body.id.clone(), place))
            .collect();
        let mut identifiers = HashMap::new();
        for (place, body) in list.iter().enumerate() {
            for id in &body.identifiers {
                identifiers.insert(identifier_key(&id.scheme, &id.value), place);
            }
        }
        let mut domains = HashMap::new();
        for row in self.domains {
            match places.get(&row.body) {
                Some(place) => {
                    domains.insert(
                        row.domain,
                        Domain {
                            place: *place,
                            source: row.source,
                        },
                    );
                }
                None => faults.push(nobody("bodies/domains.csv", row.domain, &row.body)),
            }
        }
        let mut days: Vec<Date> = list
            .iter()
            .flat_map(|body| body.from.into_iter().chain(body.until))
            .collect();
        days.sort();
        days.dedup();
        let index = Index::new(&list, &self.aliases, &places, &self.words);
        let bodies = Bodies {
            list,
            aliases: self.aliases,
            successions: self.successions,
            domains,
            places,
            days,
            identifiers,
            index,
            words: self.words,
            citations: self.citations,
            files,
        };
        (bodies, faults)
    }

    /// Numbers and positions of tables of their own go to their bodies. A body's own row comes first.
    fn complete(&mut self) {
        let cited = |source: &String| self.citations.contains_key(source);
        let mut wrong = Vec::new();
        for (file, row) in std::mem::take(&mut self.identifiers) {
            if !cited(&row.source) {
                wrong.push(uncited(&file, &row.body, &row.source));
            }
            match self.bodies.get_mut(&row.body) {
                Some((body, _)) => body.identifiers.push(row.into()),
                None => wrong.push(nobody(&file, row.body.to_string(), &row.body)),
            }
        }
        for row in std::mem::take(&mut self.positions) {
            if !cited(&row.source) {
                wrong.push(uncited("bodies/positions.csv", &row.body, &row.source));
            }
            match self.bodies.get_mut(&row.body) {
                Some((body, _)) if body.position.is_none() => {
                    body.position_source = Some(row.source.clone());
                    body.position = Some(row.into());
                }
                Some(_) => {}
                None => wrong.push(nobody("bodies/positions.csv", row.body.to_string(), &row.body)),
            }
        }
        self.faults.extend(wrong);
    }
}

fn nobody(file: &str, entry: String, body: &BodyId) -> Fault {
    Fault {
        file: file.into(),
        entry,
        what: format!("there is no body `{body}`"),
        hint: "correct the id, or add the body".into(),
    }
}

fn uncited(file: &str, body: &BodyId, source: &str) -> Fault {
    Fault {
        file: file.into(),
        entry: body.to_string(),
        what: format!("`{source}` is no citation"),
        hint: "add it to bodies/citations.toml".into(),
    }
}
