//! Whether the entries keep their own rules. One file per rule; what a matcher makes of the examples is tested where the
//! matcher lives.

mod citations;
mod files;
mod names;
mod patterns;
mod provisions;
mod publish;
mod references;
mod vocabularies;

use crate::{Catalogue, EntryKind, Fault};

const RULES: &[fn(&mut Report<'_>)] = &[
    files::check,
    references::check,
    citations::check,
    vocabularies::check,
    provisions::check,
    names::check,
    patterns::check,
    publish::check,
];

impl Catalogue {
    /// Everything that is wrong with the entries that could be read, in order of files.
    pub fn check(&self) -> Vec<Fault> {
        let mut report = Report {
            catalogue: self,
            faults: Vec::new(),
        };
        for rule in RULES {
            rule(&mut report);
        }
        report.faults.sort();
        report.faults.dedup();
        report.faults
    }

    /// What is wrong with the provisions of one instrument.
    pub(crate) fn check_draft(&self, policy: &str) -> Vec<Fault> {
        let mut report = Report {
            catalogue: self,
            faults: Vec::new(),
        };
        if let Some(policy) = self.policies.get(policy) {
            provisions::check_draft(&mut report, policy);
        }
        report.faults
    }
}

struct Report<'a> {
    catalogue: &'a Catalogue,
    faults: Vec<Fault>,
}

impl Report<'_> {
    fn fault(&mut self, kind: EntryKind, id: &str, what: impl Into<String>, hint: &str) {
        let file = self.catalogue.origins.of(kind, id).to_owned();
        self.faults.push(Fault {
            file,
            entry: id.to_owned(),
            what: what.into(),
            hint: hint.to_owned(),
        });
    }
}
