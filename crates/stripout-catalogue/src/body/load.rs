//! Tables to bodies, and an overlay on top.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use stripout_model::BodyId;

use super::alias::{Alias, AliasKind};
use super::bodies::{Bodies, Succession, identifier_key};
use super::public_body::{Identifier, Position, PublicBody};
use super::resolve::{Index, NameWords};
use crate::list::optional_text;
use crate::source::{self, SourceFile};
use crate::{CatalogueError, Citation, Fault, Verification};

/// Columns of a table of bodies that hold a number of a register, in the register's own name.
const IDENTIFIERS: [&str; 6] = ["gss", "ods", "slug", "register", "companies-house", "wdtk"];

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
    words: NameWords,
    citations: BTreeMap<String, Citation>,
    faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Citations {
    citation: Vec<Citation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AliasRow {
    body: BodyId,
    alias: String,
    kind: AliasKind,
    #[serde(deserialize_with = "optional_date")]
    from: Option<Date>,
    #[serde(deserialize_with = "optional_date")]
    until: Option<Date>,
    #[serde(deserialize_with = "optional_text")]
    source: Option<String>,
    verification: Verification,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SuccessionRow {
    predecessor: BodyId,
    successor: BodyId,
    date: Date,
    #[serde(deserialize_with = "optional_text")]
    source: Option<String>,
    verification: Verification,
}

/// A domain leads to a body and no further: its columns `source` and `verification` are for people.
#[derive(Deserialize)]
struct DomainRow {
    domain: String,
    body: BodyId,
}

fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    optional_text(deserializer)?
        .map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

impl Tables {
    fn layer(&mut self, files: &[SourceFile]) {
        let mut met: HashSet<BodyId> = HashSet::new();
        for file in files {
            let Some(name) = file.path.strip_prefix("bodies/") else {
                continue;
            };
            match name {
                "words.toml" => match toml::from_str(&file.text) {
                    Ok(words) => self.words = words,
                    Err(error) => self.unreadable(file, &error),
                },
                "citations.toml" => match toml::from_str::<Citations>(&file.text) {
                    Ok(entries) => {
                        let entries = entries
                            .citation
                            .into_iter()
                            .map(|entry| (entry.id.clone(), entry));
                        self.citations.extend(entries);
                    }
                    Err(error) => self.unreadable(file, &error),
                },
                "aliases.csv" => {
                    let rows = self.rows::<AliasRow>(file);
                    self.aliases.extend(rows.into_iter().map(|row| Alias {
                        body: row.body,
                        alias: row.alias,
                        kind: row.kind,
                        from: row.from,
                        until: row.until,
                        source: row.source,
                        verification: row.verification,
                    }));
                }
                "succession.csv" => {
                    let rows = self.rows::<SuccessionRow>(file);
                    self.successions.extend(rows.into_iter().map(|row| Succession {
                        predecessor: row.predecessor,
                        successor: row.successor,
                        date: row.date,
                        source: row.source,
                        verification: row.verification,
                    }));
                }
                "domains.csv" => {
                    let rows = self.rows(file);
                    self.domains.extend(rows);
                }
                _ => {
                    for row in self.rows::<HashMap<String, String>>(file) {
                        match body(&row) {
                            Ok(body) => {
                                if !met.insert(body.id.clone()) {
                                    self.fault(file, body.id.as_str(), "a second body with this id");
                                }
                                self.bodies.insert(body.id.clone(), (body, file.path.clone()));
                            }
                            Err(what) => {
                                let id = row.get("id").cloned().unwrap_or_default();
                                self.fault(file, &id, &what);
                            }
                        }
                    }
                }
            }
        }
    }

    fn rows<T: DeserializeOwned>(&mut self, file: &SourceFile) -> Vec<T> {
        let mut rows = Vec::new();
        for row in csv::Reader::from_reader(file.text.as_bytes()).into_deserialize() {
            match row {
                Ok(row) => rows.push(row),
                Err(error) => self.unreadable(file, &error),
            }
        }
        rows
    }

    fn unreadable(&mut self, file: &SourceFile, error: &dyn std::error::Error) {
        let what = error.to_string().trim_end().to_owned();
        self.fault(file, "", &what);
    }

    fn fault(&mut self, file: &SourceFile, entry: &str, what: &str) {
        self.faults.push(Fault {
            file: file.path.clone(),
            entry: entry.to_owned(),
            what: what.to_owned(),
            hint: "data/README.md shows a row of this kind".into(),
        });
    }

    fn finish(self) -> (Bodies, Vec<Fault>) {
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
                    domains.insert(row.domain, *place);
                }
                None => faults.push(Fault {
                    file: "bodies/domains.csv".into(),
                    entry: row.domain,
                    what: format!("there is no body `{}`", row.body),
                    hint: "correct the id, or add the body".into(),
                }),
            }
        }
        let index = Index::new(&list, &self.aliases, &places, &self.words);
        let bodies = Bodies {
            list,
            aliases: self.aliases,
            successions: self.successions,
            domains,
            places,
            identifiers,
            index,
            words: self.words,
            citations: self.citations,
            files,
        };
        (bodies, faults)
    }
}

/// One row of a table of bodies.
fn body(row: &HashMap<String, String>) -> Result<PublicBody, String> {
    let cell = |column: &str| {
        row.get(column)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    };
    let text = |column: &str| {
        cell(column)
            .map(str::to_owned)
            .ok_or_else(|| format!("`{column}` is empty"))
    };
    let date = |column: &str| -> Result<Option<Date>, String> {
        cell(column)
            .map(|text| text.parse().map_err(|error| format!("`{column}`: {error}")))
            .transpose()
    };
    let degrees = |column: &str| -> Result<Option<f64>, String> {
        cell(column)
            .map(|text| text.parse().map_err(|error| format!("`{column}`: {error}")))
            .transpose()
    };
    let mut identifiers = Vec::new();
    for column in IDENTIFIERS {
        if let Some(value) = cell(column) {
            identifiers.push(match (column, value.split_once(':')) {
                // The register's own column holds `register:number`, as there are several.
                ("register", Some((scheme, value))) => identifier(scheme, value),
                _ => identifier(column, value),
            });
        }
    }
    Ok(PublicBody {
        id: text("id")?.parse().map_err(|error| format!("{error}"))?,
        kind: text("kind")?,
        name: text("name")?,
        nation: text("nation")?,
        region: cell("region").map(str::to_owned),
        from: date("from")?,
        until: date("until")?,
        identifiers,
        position: degrees("lat")?
            .zip(degrees("long")?)
            .map(|(lat, long)| Position { lat, long }),
        source: cell("source").map(str::to_owned),
        verification: verification(&text("verification")?)?,
    })
}

fn identifier(scheme: &str, value: &str) -> Identifier {
    Identifier {
        scheme: scheme.to_owned(),
        value: value.to_owned(),
    }
}

fn verification(text: &str) -> Result<Verification, String> {
    Verification::ALL
        .into_iter()
        .find(|v| v.as_str() == text)
        .ok_or_else(|| format!("`{text}` is no value of the vocabulary `verification`"))
}
