//! All instruments of a catalogue, ready to be asked about a situation.

use stripout_catalogue::{Catalogue, Policy, PolicyStatus, Situation, Verification};
use stripout_model::{Coverage, Determination, Effect};

use crate::JudgeError;
use crate::answer::Answer;
use crate::code::{Code, Coded};
use crate::rule::{Question, Rule};

/// Built once and asked often.
#[derive(Debug)]
pub struct Judge<'c> {
    pub(crate) catalogue: &'c Catalogue,
    code: Code<'c>,
    pub(crate) instruments: Vec<Instrument<'c>>,
}

/// An instrument in numbers.
#[derive(Debug)]
pub(crate) struct Instrument<'c> {
    pub(crate) policy: &'c Policy,
    pub(crate) rules: Vec<Rule<'c>>,
    /// Taken as if it were in force and its clauses as read.
    pub(crate) what_if: bool,
}

/// What one instrument says of one situation, without words: the hot path. `Judge::determine` gives the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub coverage: Coverage,
    /// What the provision that decided does; `None` for an instrument without provisions.
    pub effect: Option<Effect>,
    /// Whoever it covers is under a duty: a rule that is in force, no promise and no request.
    pub duty: bool,
    /// Position of the provision, and of the exemption in it, that decided.
    pub(crate) rule: Option<usize>,
    pub(crate) exemption: Option<usize>,
}

impl<'c> Judge<'c> {
    /// Every instrument as it stands.
    pub fn new(catalogue: &'c Catalogue) -> Result<Self, JudgeError> {
        let code = Code::new(catalogue)?;
        let instruments = catalogue.policies.values().map(|policy| {
            let rules = policy.provisions.iter();
            Ok(Instrument {
                policy,
                rules: rules
                    .map(|it| Rule::new(it, catalogue, &code))
                    .collect::<Result<_, _>>()?,
                what_if: false,
            })
        });
        Ok(Self {
            catalogue,
            instruments: instruments.collect::<Result<_, JudgeError>>()?,
            code,
        })
    }

    /// As `new`, with one instrument taken as if it were in force.
    pub fn what_if(catalogue: &'c Catalogue, policy: &str) -> Result<Self, JudgeError> {
        let mut judge = Self::new(catalogue)?;
        let number = judge.policy(policy)?;
        if let Some(instrument) = judge.instruments.get_mut(number) {
            instrument.what_if = true;
        }
        Ok(judge)
    }

    /// Instruments in the order in which they are numbered.
    pub fn policies(&self) -> impl ExactSizeIterator<Item = &'c Policy> + '_ {
        self.instruments.iter().map(|instrument| instrument.policy)
    }

    /// Number of an instrument.
    pub fn policy(&self, id: &str) -> Result<usize, JudgeError> {
        let place = self.policies().position(|policy| policy.id == id);
        place.ok_or_else(|| JudgeError::NoSuchPolicy {
            policy: id.to_owned(),
        })
    }

    pub fn code(&self, situation: &Situation) -> Result<Coded, JudgeError> {
        self.code.situation(situation)
    }

    /// What the instrument with this number says; out of scope where there is none.
    pub fn outcome(&self, policy: usize, coded: &Coded) -> Outcome {
        self.instruments
            .get(policy)
            .map_or(Outcome::NOTHING, |instrument| instrument.outcome(coded))
    }

    /// What every instrument says, in words.
    pub fn determine(&self, situation: &Situation) -> Result<Vec<Determination>, JudgeError> {
        (0..self.instruments.len())
            .map(|policy| self.determination(policy, situation))
            .collect()
    }
}

impl Instrument<'_> {
    pub(crate) fn outcome(&self, coded: &Coded) -> Outcome {
        let outcomes = self
            .rules
            .iter()
            .enumerate()
            .map(|(n, rule)| self.of_rule(n, rule, coded));
        // The strongest; the first of equals.
        outcomes.fold(Outcome::NOTHING, |best, next| {
            if best.rule.is_none() || next.rank() > best.rank() {
                next
            } else {
                best
            }
        })
    }

    fn of_rule(&self, number: usize, rule: &Rule<'_>, coded: &Coded) -> Outcome {
        let effect = rule.provision.effect;
        let mut outcome = Outcome {
            coverage: Coverage::OutOfScope,
            effect: Some(effect),
            duty: self.binds(effect),
            rule: Some(number),
            exemption: None,
        };
        if self.is_void() {
            return outcome;
        }
        let reaches = if self.is_unread(rule) {
            match rule.answer(Question::Who, coded) {
                Answer::No => Answer::No,
                _ => Answer::Unknown,
            }
        } else {
            rule.reaches(coded)
        };
        if reaches == Answer::No {
            return outcome;
        }
        // What is exempt is so whether or not the rest is known.
        let mut applies = rule.exemptions.iter().map(|it| it.applies(coded)).enumerate();
        let exempt = applies.clone().find(|(_, answer)| *answer == Answer::Yes);
        let open = applies.find(|(_, answer)| *answer == Answer::Unknown);
        (outcome.coverage, outcome.exemption) = match (reaches, exempt, open) {
            (_, Some((n, _)), _) => (Coverage::Exempt, Some(n)),
            // Nothing follows from what is only allowed, whether or not it reaches.
            _ if effect == Effect::May => (Coverage::OutOfScope, None),
            (Answer::Yes, None, Some((n, _))) => (Coverage::Unknown, Some(n)),
            (Answer::Yes, None, None) => (effect.coverage(), None),
            _ => (Coverage::Unknown, None),
        };
        outcome
    }

    /// Proposed and not enacted.
    pub(crate) fn is_void(&self) -> bool {
        !self.what_if && self.policy.status.is_unenacted()
    }

    /// Nobody read the clause, or whether it stands: only whom it could bind is taken from it.
    pub(crate) fn is_unread(&self, rule: &Rule<'_>) -> bool {
        let read = rule.provision.verification > Verification::Recalled && !self.policy.status.is_unread();
        !read && !self.what_if
    }

    fn binds(&self, effect: Effect) -> bool {
        if self.what_if {
            return matches!(
                effect,
                Effect::Bars | Effect::Requires | Effect::Promises | Effect::Asks
            );
        }
        // What has been replaced or has ended bound until its last day, which its provisions state.
        let held = matches!(
            self.policy.status,
            PolicyStatus::Superseded | PolicyStatus::Lapsed
        );
        effect.binds() && (held || self.policy.status.is_in_force())
    }
}

impl Outcome {
    const NOTHING: Self = Self {
        coverage: Coverage::OutOfScope,
        effect: None,
        duty: false,
        rule: None,
        exemption: None,
    };

    /// What is covered by one clause is covered; what one clause leaves open is open, whatever another exempts.
    fn rank(self) -> (u8, bool) {
        let rank = match self.coverage {
            Coverage::Covered => 3,
            Coverage::Unknown => 2,
            Coverage::Exempt => 1,
            Coverage::OutOfScope => 0,
        };
        (rank, self.duty)
    }

    /// A rule that is in force covers it.
    pub fn binds(self) -> bool {
        self.coverage == Coverage::Covered && self.duty
    }
}
