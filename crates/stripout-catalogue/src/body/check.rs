//! Whether the tables of bodies keep their own rules.

use std::collections::BTreeSet;

use super::bodies::Bodies;
use crate::{Catalogue, Fault, Verification};

impl Bodies {
    /// Everything that is wrong with the rows that could be read.
    pub fn check(&self, catalogue: &Catalogue) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.check_rows(catalogue, &mut faults);
        self.check_edges(&mut faults);
        self.check_aliases(&mut faults);
        faults.sort();
        faults
    }

    fn check_rows(&self, catalogue: &Catalogue, faults: &mut Vec<Fault>) {
        let is_value = |vocabulary: &str, id: &str| {
            catalogue
                .vocabularies
                .get(vocabulary)
                .is_some_and(|v| v.get(id).is_some())
        };
        let mut met = BTreeSet::new();
        for body in &self.list {
            let file = self.files.get(&body.id).cloned().unwrap_or_default();
            let mut fault = |what: String, hint: &str| {
                faults.push(Fault {
                    file: file.clone(),
                    entry: body.id.to_string(),
                    what,
                    hint: hint.into(),
                });
            };
            for (vocabulary, value) in [("body-kinds", &body.kind), ("nations", &body.nation)] {
                if !is_value(vocabulary, value) {
                    fault(
                        format!("`{value}` is no value of the vocabulary `{vocabulary}`"),
                        &format!("use a value of data/vocab/{vocabulary}.toml"),
                    );
                }
            }
            for id in &body.identifiers {
                if !is_value("body-registers", &id.scheme) {
                    fault(
                        format!("`{}` is no value of the vocabulary `body-registers`", id.scheme),
                        "use a value of data/vocab/body-registers.toml",
                    );
                }
                if !met.insert((id.scheme.as_str(), id.value.as_str())) {
                    fault(
                        format!("another body has the number `{}` of `{}`", id.value, id.scheme),
                        "a number belongs to one body",
                    );
                }
            }
            if let (Some(from), Some(until)) = (body.from, body.until)
                && from >= until
            {
                fault(
                    format!("it ends on {until}, not after {from}"),
                    "correct `from` or `until`",
                );
            }
            match &body.source {
                Some(source) if !self.citations.contains_key(source) => {
                    fault(
                        format!("`{source}` is no citation"),
                        "add it to bodies/citations.toml",
                    );
                }
                None if body.verification > Verification::Recalled => fault(
                    format!("`{}` takes a source", body.verification),
                    "name the source, or say that it is recalled",
                ),
                _ => {}
            }
        }
    }

    fn check_edges(&self, faults: &mut Vec<Fault>) {
        for edge in &self.successions {
            let entry = format!("{} to {}", edge.predecessor, edge.successor);
            let mut fault = |what: String, hint: &str| {
                faults.push(Fault {
                    file: "bodies/succession.csv".into(),
                    entry: entry.clone(),
                    what,
                    hint: hint.into(),
                });
            };
            for id in [&edge.predecessor, &edge.successor] {
                if self.get(id).is_none() {
                    fault(
                        format!("there is no body `{id}`"),
                        "correct the id, or add the body",
                    );
                }
            }
            if edge.predecessor == edge.successor {
                fault("a body does not succeed itself".into(), "a new name is an alias");
            }
            let ended = self.get(&edge.predecessor).and_then(|body| body.until);
            if ended.is_some_and(|until| until != edge.date) {
                fault(
                    format!("the predecessor ends on another day than {}", edge.date),
                    "make `until` and `date` agree",
                );
            }
        }
    }

    /// A name that two bodies of one time share is declared ambiguous, so that nobody relies on it.
    fn check_aliases(&self, faults: &mut Vec<Fault>) {
        let mut fault = |entry: &str, what: String, hint: &str| {
            faults.push(Fault {
                file: "bodies/aliases.csv".into(),
                entry: entry.into(),
                what,
                hint: hint.into(),
            });
        };
        for alias in self
            .aliases
            .iter()
            .filter(|alias| self.get(&alias.body).is_none())
        {
            fault(
                &alias.alias,
                format!("there is no body `{}`", alias.body),
                "correct the id, or add the body",
            );
        }
        for (name, bodies) in &self.words.written {
            for body in bodies.iter().filter(|body| self.get(body).is_none()) {
                fault(
                    name,
                    format!("there is no body `{body}`"),
                    "correct the id in bodies/words.toml",
                );
            }
        }
        for (name, bodies) in self.index.shared(&self.list) {
            let ids: Vec<&str> = bodies.iter().map(|body| body.id.as_str()).collect();
            fault(
                &name,
                format!("one name of {} at one time", ids.join(" and ")),
                "take it from one, or add it to `ambiguous` of bodies/words.toml",
            );
        }
    }
}
