//! What is known of an entry, since when and from where, in plain lines for a person.

mod brand;
mod claim;
mod maker;
mod model;
mod policy;
pub(crate) mod summary;
mod table;

use std::fmt;

use serde::Serialize;
use stripout_model::{BrandId, MakerId, ModelId};

use crate::{Brand, Catalogue, EntryKind, Maker, ModelFamily, Verification};

/// What the catalogue says under one id. A maker and a label may share it; both are then told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub parts: Vec<ExplainedEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedEntry {
    pub kind: EntryKind,
    pub id: String,
    pub label: String,
    /// Path in the data folder.
    pub file: String,
    /// Sentences, one a line, without line breaks inside.
    pub lines: Vec<String>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            writeln!(f, "{} ({} `{}`, {})", part.label, part.kind, part.id, part.file)?;
            for line in &part.lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

impl Catalogue {
    /// What is known under an id; `kind:id` (`brand:examplecam`) asks for one kind only.
    pub fn explain(&self, id: &str) -> Option<Explanation> {
        let asked = id.split_once(':').and_then(|(kind, rest)| {
            let kind = EntryKind::ALL.into_iter().find(|k| k.as_str() == kind)?;
            Some((kind, rest))
        });
        let parts: Vec<_> = match asked {
            Some((kind, id)) => self.explain_one(kind, id).into_iter().collect(),
            None => EntryKind::ALL
                .into_iter()
                .filter_map(|kind| self.explain_one(kind, id))
                .collect(),
        };
        (!parts.is_empty()).then_some(Explanation { parts })
    }

    fn explain_one(&self, kind: EntryKind, id: &str) -> Option<ExplainedEntry> {
        let entry = self.entry(kind, id)?;
        let lines = match kind {
            EntryKind::Maker => maker::lines(self, self.maker_by(id)?),
            EntryKind::Brand => brand::lines(self, self.brand_by(id)?),
            EntryKind::Model => model::lines(self, self.model_by(id)?),
            EntryKind::Restriction => {
                let (maker, restriction) = self.restrictions().find(|(_, r)| r.id == id)?;
                maker::restriction_lines(self, maker, restriction)
            }
            EntryKind::Policy => policy::lines(self, self.policies.get(id)?),
            EntryKind::Claim => claim::lines(self, self.claims.get(id)?),
            EntryKind::Vulnerability => table::vulnerability(self, self.vulnerabilities.get(id)?),
            EntryKind::MacPrefix => table::mac_prefix(self, self.mac_prefixes.get(id)?),
            EntryKind::Citation => table::citation(self.citations.get(id)?),
            EntryKind::Vocabulary => table::vocabulary(self.vocabularies.get(id)?),
        };
        let file = self.origins.of(kind, id).to_owned();
        let lines = lines.into_iter().map(one_full_stop).collect();
        Some(ExplainedEntry {
            kind,
            id: entry.id,
            label: entry.label,
            file,
            lines,
        })
    }

    pub(crate) fn maker_by(&self, id: &str) -> Option<&Maker> {
        self.makers.get(&id.parse::<MakerId>().ok()?)
    }

    pub(crate) fn brand_by(&self, id: &str) -> Option<&Brand> {
        self.brands.get(&id.parse::<BrandId>().ok()?)
    }

    pub(crate) fn model_by(&self, id: &str) -> Option<&ModelFamily> {
        self.models.get(&id.parse::<ModelId>().ok()?)
    }

    /// The name of a maker for people; its id where the catalogue does not hold it.
    pub(crate) fn maker_label<'a>(&'a self, id: &'a MakerId) -> &'a str {
        self.makers
            .get(id)
            .map_or(id.as_str(), |maker| maker.label.as_str())
    }

    /// "Source: Documentation of an integrator <https://example.org>, 2026. Verification: seen, last checked 2026-11-21."
    fn source_line(
        &self,
        sources: &[String],
        date: Option<&str>,
        verification: Verification,
        note: Option<&str>,
        checked: Option<&str>,
    ) -> String {
        let titles: Vec<String> = sources.iter().map(|id| self.source_title(id)).collect();
        let mut parts = vec![format!("Source: {}", titles.join("; "))];
        parts.extend(date.map(|date| format!(", {date}")));
        parts.push(format!(". Verification: {verification}"));
        parts.extend(note.map(|note| format!(" ({note})")));
        parts.extend(checked.map(|checked| format!(", last checked {checked}")));
        parts.push(".".into());
        parts.concat()
    }

    fn source_title(&self, id: &str) -> String {
        let Some(citation) = self.citations.get(id) else {
            return format!("`{id}` (no such citation)");
        };
        citation.url.as_ref().map_or_else(
            || citation.title.clone(),
            |url| format!("{} <{url}>", citation.title),
        )
    }
}

/// Texts of entries end with a full stop of their own ("Inc.") or without; a line ends with one.
fn one_full_stop(mut line: String) -> String {
    if line.ends_with("..") && !line.ends_with("...") {
        line.pop();
    }
    line
}

/// Adds "What: text." for a field that is filled.
fn field(lines: &mut Vec<String>, what: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        lines.push(format!("{what}: {text}."));
    }
}

fn list(lines: &mut Vec<String>, what: &str, texts: &[String]) {
    if !texts.is_empty() {
        field(lines, what, Some(&texts.join("; ")));
    }
}
