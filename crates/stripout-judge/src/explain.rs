//! What an outcome rests on, in words: each question of each clause with its answer, and one sentence for the whole.

use serde::Serialize;
use stripout_catalogue::{Exemption, Provision, Situation, Stretch};
use stripout_model::{Coverage, Determination};

use crate::answer::Answer;
use crate::code::Coded;
use crate::judge::{Instrument, Outcome};
use crate::rule::{Question, Rule};
use crate::{Judge, JudgeError};

/// The whole way to a determination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasoning {
    pub determination: Determination,
    pub clauses: Vec<Clause>,
}

/// One provision, or one exemption of the provision before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    pub id: String,
    pub says: String,
    pub exemption: bool,
    /// The clause was not read: its answers settle nothing but whom it could bind.
    pub unread: bool,
    pub answers: Vec<Step>,
}

/// One question, what is asked, what is given, and the answer. Questions that a clause does not ask are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub question: &'static str,
    pub asked: String,
    pub given: String,
    pub answer: Answer,
}

impl Judge<'_> {
    /// What the instrument with this number says, in words.
    pub fn determination(&self, policy: usize, situation: &Situation) -> Result<Determination, JudgeError> {
        let coded = self.code(situation)?;
        let instrument = self.instruments.get(policy);
        let instrument = instrument.ok_or_else(|| JudgeError::NoSuchPolicy {
            policy: policy.to_string(),
        })?;
        Ok(self.word(instrument, instrument.outcome(&coded), situation, &coded))
    }

    /// The same with every question and answer.
    pub fn reasoning(&self, policy: usize, situation: &Situation) -> Result<Reasoning, JudgeError> {
        let coded = self.code(situation)?;
        let determination = self.determination(policy, situation)?;
        let mut clauses = Vec::new();
        if let Some(instrument) = self.instruments.get(policy) {
            for rule in &instrument.rules {
                clauses.push(self.clause(instrument, rule, situation, &coded));
                clauses.extend(rule.exemptions.iter().map(|it| {
                    let answer = it.applies(&coded);
                    self.exemption(it.exemption, answer)
                }));
            }
        }
        Ok(Reasoning {
            determination,
            clauses,
        })
    }

    fn clause(
        &self,
        instrument: &Instrument<'_>,
        rule: &Rule<'_>,
        situation: &Situation,
        coded: &Coded,
    ) -> Clause {
        let words = self.asked(rule.provision, situation);
        let steps = Question::ALL.into_iter().filter_map(|question| {
            Some(Step {
                question: question.as_str(),
                asked: words.asked(question)?,
                given: words.given(question),
                answer: rule.answer(question, coded),
            })
        });
        Clause {
            id: rule.provision.id.clone(),
            says: rule.provision.says.clone(),
            exemption: false,
            unread: instrument.is_unread(rule),
            answers: steps.collect(),
        }
    }

    fn exemption(&self, exemption: &Exemption, answer: Answer) -> Clause {
        let asked = self.exempts(exemption);
        let given = match answer {
            Answer::Yes => "so",
            Answer::No if exemption.claimed => "not stated, and for the body to claim",
            Answer::No => "not so",
            Answer::Unknown => "not known",
        };
        Clause {
            id: exemption.id.clone(),
            says: exemption.says.clone(),
            exemption: true,
            unread: false,
            answers: vec![Step {
                question: "exemption",
                asked,
                given: given.into(),
                answer,
            }],
        }
    }

    fn word(
        &self,
        instrument: &Instrument<'_>,
        outcome: Outcome,
        situation: &Situation,
        coded: &Coded,
    ) -> Determination {
        let policy = instrument.policy;
        let rule = match outcome.coverage {
            Coverage::OutOfScope => instrument.nearest(coded).or(outcome.rule),
            _ => outcome.rule,
        };
        let rule = rule.and_then(|n| instrument.rules.get(n));
        let exemption = rule
            .zip(outcome.exemption)
            .and_then(|(rule, n)| rule.exemptions.get(n))
            .map(|it| it.exemption);
        let mut missing = Vec::new();
        let finding = match (rule, outcome.coverage) {
            (None, _) => "out of scope: no clause of it can be tested".to_owned(),
            (Some(rule), Coverage::Covered) => {
                let condition = if instrument.what_if {
                    "if it were in force, "
                } else {
                    ""
                };
                format!(
                    "{condition}covered: {}{}",
                    rule.provision.says,
                    by(rule.provision)
                )
            }
            (Some(rule), Coverage::Exempt) => {
                format!(
                    "exempt: {}",
                    exemption.map_or(&rule.provision.says, |it| &it.says)
                )
            }
            (Some(rule), Coverage::OutOfScope) => {
                format!(
                    "out of scope: {}",
                    self.out_of_scope(instrument, rule, situation, coded)
                )
            }
            (Some(rule), Coverage::Unknown) => {
                missing = self.missing(instrument, rule, exemption, situation, coded);
                format!("not known: it depends on {}", missing.join(", and on "))
            }
        };
        let source = rule.map_or_else(String::new, |rule| self.source(instrument, rule.provision));
        Determination {
            policy: policy.id.clone(),
            provision: exemption
                .map(|it| it.id.clone())
                .or_else(|| rule.map(|rule| rule.provision.id.clone())),
            coverage: outcome.coverage,
            binding: outcome.binds(),
            why: format!("{} ({}): {finding}{source}.", policy.title, day(&policy.adopted)),
            missing,
        }
    }

    fn out_of_scope(
        &self,
        instrument: &Instrument<'_>,
        rule: &Rule<'_>,
        situation: &Situation,
        coded: &Coded,
    ) -> String {
        if instrument.is_void() {
            return "it was proposed and not enacted".into();
        }
        let words = self.asked(rule.provision, situation);
        let mut questions = Question::ALL.into_iter();
        let no = questions.find(|question| rule.answer(*question, coded) == Answer::No);
        match no {
            None => rule.provision.says.clone(),
            Some(question) => format!(
                "it speaks of {}, and this is {}",
                words.asked(question).unwrap_or_default(),
                words.given(question)
            ),
        }
    }

    fn missing(
        &self,
        instrument: &Instrument<'_>,
        rule: &Rule<'_>,
        exemption: Option<&Exemption>,
        situation: &Situation,
        coded: &Coded,
    ) -> Vec<String> {
        if let Some(exemption) = exemption {
            return vec![format!("whether this holds: {}", exemption.says)];
        }
        let mut missing = Vec::new();
        if instrument.is_unread(rule) {
            missing.push("its own text, which was not read".to_owned());
        }
        let words = self.asked(rule.provision, situation);
        let unknown = Question::ALL
            .into_iter()
            .filter(|question| rule.answer(*question, coded) == Answer::Unknown);
        missing.extend(unknown.map(|question| words.missing(question)));
        missing
    }

    fn source(&self, instrument: &Instrument<'_>, provision: &Provision) -> String {
        let cited = instrument
            .policy
            .sources
            .iter()
            .find(|it| it.citation == provision.source);
        let title = self
            .catalogue
            .citations
            .get(&provision.source)
            .map_or(provision.source.as_str(), |it| it.title.as_str());
        // Some titles say their day.
        let date = cited
            .and_then(|it| it.date.as_deref())
            .map(day)
            .filter(|date| !title.contains(date));
        format!(
            " (source: {title}{})",
            date.map_or(String::new(), |date| format!(", {date}"))
        )
    }
}

impl Instrument<'_> {
    /// The clause that fewest questions keep from reaching.
    fn nearest(&self, coded: &Coded) -> Option<usize> {
        let noes = |rule: &Rule<'_>| {
            let answers = Question::ALL
                .into_iter()
                .map(|question| rule.answer(question, coded));
            answers.filter(|answer| *answer == Answer::No).count()
        };
        let rules = self.rules.iter().enumerate();
        rules.min_by_key(|(_, rule)| noes(rule)).map(|(n, _)| n)
    }
}

fn by(provision: &Provision) -> String {
    provision
        .deadline
        .as_ref()
        .map_or(String::new(), |day| format!(", by {day}"))
}

/// A day as people read it; words of a source as they are.
pub(crate) fn day(written: &str) -> String {
    written
        .parse()
        .map_or_else(|_| written.to_owned(), |day: Stretch| day.to_string())
}
