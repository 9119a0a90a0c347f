//! One provision in numbers, and its answers on a situation.

use serde::Serialize;
use stripout_catalogue::{Catalogue, Exemption, Provision, Who};

use crate::JudgeError;
use crate::answer::Answer;
use crate::code::{BodyNumber, Code, Coded, Facts, Set};
use crate::subject::SubjectRule;
use crate::when::{since, to};

/// What a provision asks, in the order in which a no is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    Who,
    Act,
    Equipment,
    Subject,
    Site,
    Purpose,
    When,
}

impl Question {
    pub const ALL: [Self; 7] = [
        Self::Who,
        Self::Act,
        Self::Equipment,
        Self::Subject,
        Self::Site,
        Self::Purpose,
        Self::When,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Act => "act",
            Self::Equipment => "equipment",
            Self::Subject => "subject",
            Self::Site => "site",
            Self::Purpose => "purpose",
            Self::When => "when",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Rule<'c> {
    pub(crate) provision: &'c Provision,
    who: WhoRule,
    act: Set,
    equipment: Set,
    subject: SubjectRule<'c>,
    site: Facts,
    purpose: Set,
    pub(crate) exemptions: Vec<ExemptionRule<'c>>,
}

impl<'c> Rule<'c> {
    pub(crate) fn new(
        provision: &'c Provision,
        catalogue: &'c Catalogue,
        code: &Code<'c>,
    ) -> Result<Self, JudgeError> {
        let mut site = Facts::default();
        for (criterion, so) in &provision.site {
            site.state(code.word("site-criteria", criterion)?, *so);
        }
        let exemptions = provision.exemptions.iter();
        Ok(Self {
            provision,
            who: WhoRule::new(provision.body.as_ref(), code)?,
            act: code.set("acts", provision.act.iter().map(String::as_str))?,
            equipment: code.set("equipment", provision.equipment.iter().map(String::as_str))?,
            subject: SubjectRule::new(provision.subject.as_ref(), catalogue, code)?,
            site,
            purpose: code.set("purposes", provision.purpose.iter().map(String::as_str))?,
            exemptions: exemptions
                .map(|it| ExemptionRule::new(it, code))
                .collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn answer(&self, question: Question, coded: &Coded) -> Answer {
        match question {
            Question::Who => self.who.answer(coded),
            Question::Act => one_of(self.act, coded.act),
            Question::Equipment => one_of(self.equipment, coded.equipment),
            Question::Subject => self.subject.answer(coded),
            Question::Site => self.site.answer(coded.site),
            Question::Purpose => one_of(self.purpose, coded.purpose),
            Question::When => {
                let day = coded.date.as_ref();
                since(self.provision.from.as_ref(), day).and(to(self.provision.until.as_ref(), day))
            }
        }
    }

    /// All questions together; a no ends the asking.
    pub(crate) fn reaches(&self, coded: &Coded) -> Answer {
        let mut all = Answer::Yes;
        for question in Question::ALL {
            all = all.and(self.answer(question, coded));
            if all == Answer::No {
                break;
            }
        }
        all
    }
}

#[derive(Debug)]
pub(crate) struct ExemptionRule<'c> {
    pub(crate) exemption: &'c Exemption,
    who: WhoRule,
    equipment: Set,
    circumstance: Set,
}

impl<'c> ExemptionRule<'c> {
    fn new(exemption: &'c Exemption, code: &Code<'c>) -> Result<Self, JudgeError> {
        Ok(Self {
            exemption,
            who: WhoRule::new(exemption.body.as_ref(), code)?,
            equipment: code.set("equipment", exemption.equipment.iter().map(String::as_str))?,
            circumstance: code.set("circumstances", exemption.circumstance.as_deref())?,
        })
    }

    pub(crate) fn applies(&self, coded: &Coded) -> Answer {
        let needed = Facts {
            so: self.circumstance,
            not: Set::default(),
        };
        let circumstance = match needed.answer(coded.circumstance) {
            Answer::Unknown if self.exemption.claimed => Answer::No,
            answer => answer,
        };
        let applies = self
            .who
            .answer(coded)
            .and(one_of(self.equipment, coded.equipment))
            .and(circumstance);
        match applies {
            Answer::Yes if self.exemption.unclear => Answer::Unknown,
            answer => answer,
        }
    }
}

#[derive(Debug)]
struct WhoRule {
    kind: Set,
    /// Kinds of which the text does not say whether it means them.
    open: Set,
    nation: Set,
    bodies: Vec<usize>,
}

impl WhoRule {
    fn new(who: Option<&Who>, code: &Code<'_>) -> Result<Self, JudgeError> {
        let Some(who) = who else {
            return Ok(Self {
                kind: Set::default(),
                open: Set::default(),
                nation: Set::default(),
                bodies: Vec::new(),
            });
        };
        let numbers = who.id.iter().filter_map(|id| match code.body(id) {
            BodyNumber::Named(number) => Some(number),
            BodyNumber::Other => None,
        });
        Ok(Self {
            kind: code.set("body-kinds", who.kind.iter().map(String::as_str))?,
            open: code.set("body-kinds", who.open.iter().map(String::as_str))?,
            nation: code.nations(&who.nation)?,
            bodies: numbers.collect(),
        })
    }

    fn answer(&self, coded: &Coded) -> Answer {
        let named = match coded.body {
            _ if self.bodies.is_empty() => Answer::Yes,
            None => Answer::Unknown,
            Some(BodyNumber::Named(number)) => Answer::of(self.bodies.contains(&number)),
            Some(BodyNumber::Other) => Answer::No,
        };
        let kind = match coded.kind {
            Some(kind) if self.open.meets(kind) => Answer::Unknown,
            kind => one_of(self.kind, kind),
        };
        named.and(kind).and(one_of(self.nation, coded.nation))
    }
}

/// Whether a value is one of those asked for; nothing asked for means any.
fn one_of(asked: Set, given: Option<Set>) -> Answer {
    match given {
        _ if asked.is_empty() => Answer::Yes,
        None => Answer::Unknown,
        Some(given) => Answer::of(asked.meets(given)),
    }
}

impl Facts {
    /// Whether all that is asked for is so, and not so, as asked.
    fn answer(self, given: Self) -> Answer {
        if given.not.meets(self.so) || given.so.meets(self.not) {
            Answer::No
        } else if given.so.holds(self.so) && given.not.holds(self.not) {
            Answer::Yes
        } else {
            Answer::Unknown
        }
    }
}
