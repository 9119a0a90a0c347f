//! Provisions can be tested and are: their words are of the vocabularies, what they name exists, and the worked cases of
//! an instrument show every outcome and both sides of its dates.

use std::collections::BTreeSet;

use stripout_model::{Coverage, MakerId};

use super::Report;
use super::vocabularies::is_value;
use crate::{Case, EntryKind, Policy, Situation, Subject, Who};

const FEWEST_CASES: usize = 6;

pub(super) fn check(report: &mut Report<'_>) {
    for policy in report.catalogue.policies.values() {
        let mut checked = Checked { report, policy };
        checked.clause_by_clause();
        checked.statements();
        checked.cases();
    }
}

/// As `check`, for one instrument that needs no worked cases.
pub(super) fn check_draft(report: &mut Report<'_>, policy: &Policy) {
    Checked { report, policy }.clause_by_clause();
}

struct Checked<'a, 'r> {
    report: &'a mut Report<'r>,
    policy: &'a Policy,
}

impl Checked<'_, '_> {
    fn fault(&mut self, what: String, hint: &str) {
        self.report.fault(EntryKind::Policy, &self.policy.id, what, hint);
    }

    fn clause_by_clause(&mut self) {
        self.words();
        self.clauses();
        self.definition();
    }

    /// Every word is a value of its vocabulary, every id one of the catalogue.
    fn words(&mut self) {
        let policy = self.policy;
        let mut words = Words::default();
        for provision in &policy.provisions {
            words.who(provision.body.as_ref());
            words.add("site-criteria", provision.site.keys());
            words.add("equipment", &provision.equipment);
            words.add("acts", &provision.act);
            words.add("purposes", &provision.purpose);
            if let Some(subject) = &provision.subject {
                words.subject(subject);
            }
            words
                .makers
                .extend(provision.subject.iter().flat_map(Subject::makers));
            if let Some(Subject::NamedList { open, .. }) = &provision.subject {
                words.makers.extend(open);
            }
            words.sources.push(&provision.source);
            for exemption in &provision.exemptions {
                words.who(exemption.body.as_ref());
                words.add("equipment", &exemption.equipment);
                words.add("circumstances", &exemption.circumstance);
            }
        }
        for case in &policy.cases {
            words.situation(&case.given);
        }
        let catalogue = self.report.catalogue;
        for (vocabulary, value) in words.values {
            if !is_value(catalogue, vocabulary, value) {
                let hint =
                    format!("use a value of data/vocab/{vocabulary}.toml, or add this one with its meaning");
                self.fault(
                    format!("`{value}` is no value of the vocabulary `{vocabulary}`"),
                    &hint,
                );
            }
        }
        for maker in words.makers {
            if !catalogue.makers.contains_key(maker) {
                self.fault(
                    format!("no maker `{maker}`"),
                    "add data/makers/<id>.toml, or correct the id",
                );
            }
        }
        for subject in policy.provisions.iter().filter_map(|it| it.subject.as_ref()) {
            if matches!(subject, Subject::Ownership { percent } if *percent > 100) {
                self.fault(
                    "asks for a share of more than 100 percent".into(),
                    "give a share of at most 100",
                );
            }
        }
        for source in words.sources {
            if !policy.sources.iter().any(|cited| cited.citation == source) {
                self.fault(
                    format!("a provision rests on `{source}`, which the instrument does not cite"),
                    "add it as a [[source]], or correct the id",
                );
            }
        }
    }

    /// One id a clause, and the list of the provisions is the list of the instrument.
    fn clauses(&mut self) {
        let policy = self.policy;
        let mut ids = BTreeSet::new();
        for provision in &policy.provisions {
            let exemptions = provision.exemptions.iter().map(|exemption| &exemption.id);
            for id in std::iter::once(&provision.id).chain(exemptions) {
                if !ids.insert(id) {
                    self.fault(format!("a second clause `{id}`"), "give each clause its own id");
                }
            }
        }
        let parties = policy.provisions.iter().filter_map(|it| it.body.as_ref());
        if parties
            .into_iter()
            .any(|who| who.id.is_empty() != who.called.is_none())
        {
            self.fault(
                "a provision names bodies by `id` and not by `called`, or the other way round".into(),
                "say in `called` how a sentence names the bodies of `id`",
            );
        }
        let subjects = policy.provisions.iter().filter_map(|it| it.subject.as_ref());
        let tested: BTreeSet<&MakerId> = subjects.flat_map(Subject::makers).collect();
        let stated: BTreeSet<&MakerId> = policy.subject.iter().flat_map(|s| &s.named).collect();
        if tested != stated && !stated.is_empty() {
            self.fault(
                "its provisions name other makers than its subject".into(),
                "make the two lists the same",
            );
        }
    }

    /// What the instrument says is put by a provision, or says why none can.
    fn statements(&mut self) {
        let policy = self.policy;
        let acts = policy.acts.clone().unwrap_or_default();
        let put: Vec<&str> = policy
            .provisions
            .iter()
            .flat_map(|provision| &provision.states)
            .chain(policy.untested.iter().map(|it| &it.states))
            .map(String::as_str)
            .collect();
        for statement in acts.statements().filter(|it| !put.contains(it)) {
            self.fault(
                format!("no provision puts what it states: {statement}"),
                "name it in the `states` of a [[provision]], or say in an [[untested]] why none can put it",
            );
        }
        for unknown in put
            .iter()
            .filter(|it| !acts.statements().any(|said| said == **it))
        {
            self.fault(
                format!("its acts do not state: {unknown}"),
                "correct it to the words of `acts`",
            );
        }
        let does = |act: &&String| policy.provisions.iter().any(|it| it.act.contains(act));
        for act in acts.prohibit.iter().flatten().filter(|act| !does(act)) {
            self.fault(
                format!("no provision speaks of the act `{act}`, which it prohibits"),
                "add it to the `act` of a [[provision]]",
            );
        }
    }

    fn cases(&mut self) {
        let policy = self.policy;
        if policy.cases.len() < FEWEST_CASES {
            self.fault(
                format!("has {} worked cases", policy.cases.len()),
                "write at least 6: covered, exempt, out of scope, unknown, before and after its dates",
            );
        }
        let mut ids = BTreeSet::new();
        for case in &policy.cases {
            if !ids.insert(&case.id) {
                self.fault(
                    format!("a second case `{}`", case.id),
                    "give each case its own id",
                );
            }
        }
        for outcome in Coverage::ALL {
            let excused = match outcome {
                Coverage::Covered => policy.covers_nothing.is_some(),
                Coverage::Exempt => policy.no_exemptions.is_some(),
                Coverage::OutOfScope | Coverage::Unknown => false,
            };
            let shown = policy.cases.iter().any(|case| case.expect == *outcome);
            if shown == excused {
                let what = if shown {
                    format!("shows a case that is {outcome} and says why it has none")
                } else {
                    format!("shows no case that is {outcome}")
                };
                self.fault(
                    what,
                    "add [[case]], or say why there is none in `no-exemptions` or `covers-nothing`",
                );
            }
        }
        for (side, shown) in [("before", self.shows(before)), ("after", self.shows(after))] {
            if !shown {
                self.fault(
                    format!("shows no case {side} its dates"),
                    "add a [[case]] with such a `date`",
                );
            }
        }
        for what in self.ends() {
            self.fault(
                what,
                "add a [[case]] with such a `date`, or say in `no-end` why there is none",
            );
        }
    }

    /// A first day that is known to the day has a case of its own, and so has what comes after an end or a term.
    fn ends(&self) -> Vec<String> {
        let provisions = || self.policy.provisions.iter();
        let days = || {
            self.policy
                .cases
                .iter()
                .filter_map(|case| case.given.date.as_ref())
        };
        let mut faults = Vec::new();
        let mut starts = provisions()
            .filter_map(|it| it.from.as_ref())
            .filter(|from| from.first == from.last);
        if starts.clone().next().is_some() && !starts.any(|from| days().any(|day| day == from)) {
            faults.push("shows no case on its first day".to_owned());
        }
        let ends = || provisions().flat_map(|it| it.until.iter().chain(&it.deadline));
        let shown = ends().any(|end| days().any(|day| day.first > end.first));
        match (ends().next().is_some(), &self.policy.no_end) {
            (true, None) if !shown => faults.push("shows no case after its end or term".to_owned()),
            (true, Some(_)) => faults.push("has an end or a term and says why it has none".to_owned()),
            (false, None) => faults.push("has neither an end nor a term".to_owned()),
            _ => {}
        }
        faults
    }

    /// Whether a case stands so to the first day of a provision; instruments without days need none.
    fn shows(&self, side: fn(&Case, &crate::Stretch) -> bool) -> bool {
        let mut starts = self.policy.provisions.iter().filter_map(|it| it.from.as_ref());
        let dated = starts.clone().next().is_some();
        !dated || starts.any(|from| self.policy.cases.iter().any(|case| side(case, from)))
    }

    fn definition(&mut self) {
        let Some(definition) = &self.policy.definition else {
            return;
        };
        let parts = definition.any_of.iter().map(|part| &part.criterion);
        for criterion in std::iter::once(&definition.criterion).chain(parts) {
            if !is_value(self.report.catalogue, "site-criteria", criterion) {
                self.fault(
                    format!("`{criterion}` is no value of the vocabulary `site-criteria`"),
                    "use a value of data/vocab/site-criteria.toml, or add this one with its meaning",
                );
            }
        }
    }
}

fn before(case: &Case, from: &crate::Stretch) -> bool {
    case.given
        .date
        .as_ref()
        .is_some_and(|date| date.first < from.last)
}

fn after(case: &Case, from: &crate::Stretch) -> bool {
    case.given
        .date
        .as_ref()
        .is_some_and(|date| date.first >= from.last)
}

/// What an instrument uses of the vocabularies and of the catalogue.
#[derive(Default)]
struct Words<'a> {
    values: Vec<(&'static str, &'a str)>,
    makers: Vec<&'a MakerId>,
    sources: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn add(&mut self, vocabulary: &'static str, values: impl IntoIterator<Item = &'a String>) {
        self.values
            .extend(values.into_iter().map(|value| (vocabulary, value.as_str())));
    }

    fn who(&mut self, who: Option<&'a Who>) {
        if let Some(who) = who {
            self.add("body-kinds", who.kind.iter().chain(&who.open));
            self.add("nations", &who.nation);
        }
    }

    fn subject(&mut self, subject: &'a Subject) {
        self.values.push(("subject-tests", subject.test()));
        match subject {
            Subject::CompanySubjectToLaw { law, reaches, open } => {
                self.add("laws", [law]);
                self.add("jurisdictions", reaches.iter().chain(open));
            }
            Subject::PlaceOfManufacture { places } => self.add("nations", places),
            _ => {}
        }
    }

    fn situation(&mut self, given: &'a Situation) {
        self.add("body-kinds", &given.body);
        self.add("nations", &given.nation);
        self.add("site-criteria", given.site.keys());
        self.add("equipment", &given.equipment);
        self.makers.extend(&given.maker);
        self.add("nations", &given.made_in);
        self.add("purposes", given.purpose.iter().flatten());
        self.add("acts", &given.act);
        self.add("circumstances", given.circumstance.keys());
    }
}
