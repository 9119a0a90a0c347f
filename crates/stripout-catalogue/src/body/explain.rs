//! What is known of a body, each part with its source and date, or said to be recalled.

use std::fmt;

use serde::Serialize;
use stripout_model::BodyId;

use super::bodies::{Bodies, Succession};
use super::public_body::PublicBody;
use crate::Verification;

/// A body in plain lines for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedBody<'a> {
    pub id: &'a BodyId,
    pub name: &'a str,
    /// Path in the data folder.
    pub file: &'a str,
    pub verification: Verification,
    /// Sentences, one a line, without line breaks inside.
    pub lines: Vec<String>,
}

impl fmt::Display for ExplainedBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} (body `{}`, {})", self.name, self.id, self.file)?;
        for line in &self.lines {
            writeln!(f, "  {line}")?;
        }
        Ok(())
    }
}

impl Bodies {
    /// What is known of the body with this id, and from where.
    pub fn explain(&self, id: &BodyId) -> Option<ExplainedBody<'_>> {
        let body = self.get(id)?;
        let mut lines = vec![self.row(body)];
        lines.extend(span(body));
        for number in &body.identifiers {
            let source = self.own_or_row(number.source.as_ref());
            lines.push(format!("{}: {}{source}.", number.scheme, number.value));
        }
        if let Some(at) = body.position {
            let source = self.own_or_row(body.position_source.as_ref());
            lines.push(format!("At {}, {}{source}.", at.lat, at.long));
        }
        for alias in self.aliases(&body.id) {
            let from = alias.from.map_or(String::new(), |day| format!(", from {day}"));
            let until = alias.until.map_or(String::new(), |day| format!(", until {day}"));
            let source = self.source_of(alias.source.as_ref());
            lines.push(format!(
                "Also {} ({}{from}{until}){source}.",
                alias.alias, alias.kind
            ));
        }
        lines.extend(
            self.predecessors(&body.id)
                .map(|it| self.edge("Came after", &it.predecessor, it)),
        );
        lines.extend(
            self.successors(&body.id)
                .map(|it| self.edge("Followed by", &it.successor, it)),
        );
        let mut domains: Vec<_> = self
            .domains
            .iter()
            .filter(|(_, domain)| self.list.get(domain.place).is_some_and(|it| it.id == body.id))
            .collect();
        domains.sort_by_key(|(host, _)| *host);
        for (host, domain) in domains {
            lines.push(format!(
                "Writes from {host}{}.",
                self.source_of(domain.source.as_ref())
            ));
        }
        Some(ExplainedBody {
            id: &body.id,
            name: &body.name,
            file: self.files.get(&body.id).map_or("", String::as_str),
            verification: body.verification,
            lines,
        })
    }

    /// Its own row: what it is, and what was read of it.
    fn row(&self, body: &PublicBody) -> String {
        let region = body.region.as_ref().map_or(String::new(), |it| format!(", {it}"));
        let note = body
            .source
            .as_ref()
            .and_then(|id| self.citation(id)?.note.as_deref())
            .map_or(String::new(), |note| format!(" {note}"));
        let source = self.source_of(body.source.as_ref());
        format!(
            "Kind {} ({}{region}){source}. Verification: {}.{note}",
            body.kind, body.nation, body.verification
        )
    }

    fn edge(&self, how: &str, other: &BodyId, edge: &Succession) -> String {
        let name = self.get(other).map_or(other.as_str(), |it| it.name.as_str());
        let source = self.source_of(edge.source.as_ref());
        format!("{how} {name} on {}{source}.", edge.date)
    }

    /// Of what stands in the row itself, the row's own line tells what was read.
    fn own_or_row(&self, source: Option<&String>) -> String {
        source.map_or_else(|| ", as its row".into(), |id| self.source_of(Some(id)))
    }

    /// The source with its date; what has none was not read anywhere.
    fn source_of(&self, source: Option<&String>) -> String {
        let Some(id) = source else {
            return ", recalled: no source was read for it".into();
        };
        let Some(citation) = self.citation(id) else {
            return format!(", source: {id}");
        };
        let date = citation
            .date
            .as_ref()
            .map_or(String::new(), |date| format!(", {date}"));
        format!(", source: {}{date}", citation.title)
    }
}

fn span(body: &PublicBody) -> Option<String> {
    match (body.from, body.until) {
        (None, None) => None,
        (Some(from), None) => Some(format!("It began on {from}.")),
        (None, Some(until)) => Some(format!("It ended on {until}.")),
        (Some(from), Some(until)) => Some(format!("It began on {from} and ended on {until}.")),
    }
}
