//! The questions of a clause in words: what it asks for, what is given, and what would have to be known.

use stripout_catalogue::{Exemption, Group, Maker, Provision, Situation, Subject, Who};

use crate::Judge;
use crate::rule::Question;
use crate::subject::owners;

/// One provision put to one situation.
pub(crate) struct Asked<'a> {
    judge: &'a Judge<'a>,
    provision: &'a Provision,
    situation: &'a Situation,
}

const NOT_KNOWN: &str = "not known";

impl Judge<'_> {
    pub(crate) fn asked<'a>(&'a self, provision: &'a Provision, situation: &'a Situation) -> Asked<'a> {
        Asked {
            judge: self,
            provision,
            situation,
        }
    }

    /// All that an exemption asks for.
    pub(crate) fn exempts(&self, exemption: &Exemption) -> String {
        let mut asked = Vec::new();
        asked.extend(exemption.body.as_ref().map(|who| self.who(who)));
        if !exemption.equipment.is_empty() {
            asked.push(self.any("equipment", &exemption.equipment));
        }
        asked.extend(
            exemption
                .circumstance
                .as_deref()
                .map(|it| self.meaning("circumstances", it)),
        );
        asked.join("; ")
    }

    fn meaning(&self, vocabulary: &str, value: &str) -> String {
        self.catalogue
            .vocabularies
            .get(vocabulary)
            .and_then(|it| it.get(value))
            .map_or_else(|| value.to_owned(), |it| it.meaning.clone())
    }

    fn any(&self, vocabulary: &str, values: &[String]) -> String {
        let meanings: Vec<String> = values.iter().map(|it| self.meaning(vocabulary, it)).collect();
        meanings.join(" or ")
    }

    fn who(&self, who: &Who) -> String {
        if let Some(called) = &who.called {
            return format!("{called} alone");
        }
        let kinds = match who.kind.as_slice() {
            [] => "bodies".to_owned(),
            kinds => {
                let kinds: Vec<String> = kinds.iter().map(|it| self.kind(it)).collect();
                format!("bodies of the kind {}", kinds.join(" or "))
            }
        };
        match who.nation.as_slice() {
            [] => kinds,
            nations => format!("{kinds} ({})", self.any("nations", nations)),
        }
    }

    /// What a kind of bodies is called within a sentence: `police force`, `NHS body`
    fn kind(&self, id: &str) -> String {
        let kinds = self.catalogue.vocabularies.get("body-kinds");
        let label = kinds.and_then(|it| it.get(id)).and_then(|it| it.label.as_deref());
        let label = label.unwrap_or(id);
        let is_short = label.chars().nth(1).is_some_and(char::is_uppercase);
        let mut letters = label.chars();
        match letters.next().filter(|_| !is_short) {
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => label.to_owned(),
        }
    }

    fn acts(&self, acts: &[String]) -> String {
        let acts: Vec<String> = acts
            .iter()
            .map(|act| format!("{act} ({})", self.meaning("acts", act)))
            .collect();
        acts.join(" or ")
    }
}

impl Asked<'_> {
    /// What the clause asks for; `None` where it does not ask.
    pub(crate) fn asked(&self, question: Question) -> Option<String> {
        let (provision, judge) = (self.provision, self.judge);
        match question {
            Question::Who => provision.body.as_ref().map(|who| judge.who(who)),
            Question::Act => filled(&provision.act).map(|acts| format!("the act {}", judge.acts(acts))),
            Question::Equipment => filled(&provision.equipment).map(|it| judge.any("equipment", it)),
            Question::Subject => provision.subject.as_ref().map(|it| self.subject(it)),
            Question::Site => {
                let sites = provision.site.iter().map(|(criterion, so)| {
                    let meaning = judge.meaning("site-criteria", criterion);
                    if *so { meaning } else { format!("not {meaning}") }
                });
                let sites: Vec<String> = sites.collect();
                (!sites.is_empty()).then(|| sites.join(" and "))
            }
            Question::Purpose => filled(&provision.purpose).map(|it| judge.any("purposes", it)),
            Question::When => match (&provision.from, &provision.until) {
                (None, None) => None,
                (Some(from), None) => Some(format!("days from {from} on")),
                (None, Some(until)) => Some(format!("days until {until}")),
                (Some(from), Some(until)) => Some(format!("days from {from} until {until}")),
            },
        }
    }

    /// What the situation says to it.
    pub(crate) fn given(&self, question: Question) -> String {
        let (given, judge) = (self.situation, self.judge);
        let named = |vocabulary, value: &Option<String>| {
            value
                .as_deref()
                .map_or_else(|| NOT_KNOWN.into(), |it| judge.meaning(vocabulary, it))
        };
        match question {
            Question::Who => {
                let kind = given
                    .body
                    .as_deref()
                    .map_or_else(|| NOT_KNOWN.into(), |it| judge.kind(it));
                let nation = named("nations", &given.nation);
                let named = self.provision.body.as_ref().filter(|who| !who.id.is_empty());
                let which = named.zip(given.id.as_ref()).map(|(who, id)| {
                    let called = who.called.as_deref().filter(|_| who.id.contains(id));
                    format!("{}, ", called.unwrap_or("another"))
                });
                format!(
                    "{}a body of the kind {kind} ({nation})",
                    which.unwrap_or_default()
                )
            }
            Question::Act => given.act.as_ref().map_or_else(
                || NOT_KNOWN.into(),
                |it| format!("the act {}", judge.acts(std::slice::from_ref(it))),
            ),
            Question::Equipment => named("equipment", &given.equipment),
            Question::Subject => self.given_subject(),
            Question::Site => {
                let sites = given.site.iter().map(|(criterion, so)| {
                    let meaning = judge.meaning("site-criteria", criterion);
                    if *so { meaning } else { format!("not {meaning}") }
                });
                let sites: Vec<String> = sites.collect();
                if sites.is_empty() {
                    NOT_KNOWN.into()
                } else {
                    sites.join(", ")
                }
            }
            Question::Purpose => given
                .purpose
                .as_deref()
                .map_or_else(|| NOT_KNOWN.into(), |it| judge.any("purposes", it)),
            Question::When => given
                .date
                .as_ref()
                .map_or_else(|| NOT_KNOWN.into(), ToString::to_string),
        }
    }

    /// What would have to be known.
    pub(crate) fn missing(&self, question: Question) -> String {
        let given = self.situation;
        match question {
            Question::Who => match &self.provision.body {
                Some(who) if !who.id.is_empty() && given.id.is_none() => "which body it is".into(),
                Some(who) if !who.kind.is_empty() && given.body.is_none() => "what kind of body it is".into(),
                Some(who) if given.body.as_ref().is_some_and(|kind| who.open.contains(kind)) => {
                    let kind = given
                        .body
                        .as_deref()
                        .map(|it| self.judge.kind(it))
                        .unwrap_or_default();
                    format!("whether it means bodies of the kind {kind}")
                }
                _ => "which country the body belongs to".into(),
            },
            Question::Act => "what is done with the equipment".into(),
            Question::Equipment => "what the equipment does".into(),
            Question::Subject => self.missing_subject(),
            Question::Site => format!("whether it is {}", self.asked(question).unwrap_or_default()),
            Question::Purpose => "what the equipment is for".into(),
            Question::When => match &given.date {
                None => "the day".into(),
                Some(_) => format!(
                    "the exact day, as it speaks of {}",
                    self.asked(question).unwrap_or_default()
                ),
            },
        }
    }

    fn subject(&self, subject: &Subject) -> String {
        let judge = self.judge;
        match subject {
            Subject::CompanySubjectToLaw { law, .. } => {
                format!(
                    "equipment of companies subject to the {}",
                    judge.meaning("laws", law)
                )
            }
            Subject::NamedList { makers, group, .. } => {
                let named: Vec<&str> = makers.iter().map(|id| judge.label(id)).collect();
                let group = if *group == Group::Included {
                    " and their groups"
                } else {
                    ""
                };
                format!("equipment of {}{group}", named.join(", "))
            }
            Subject::PlaceOfManufacture { places } => {
                format!("units made in {}", judge.any("nations", places))
            }
            Subject::RiskDecision { .. } => "suppliers that were decided on, one by one".into(),
            Subject::Ownership { percent } => {
                format!("equipment of companies of which a state holds at least {percent} %")
            }
            Subject::AllEquipment => "equipment of any maker".into(),
            Subject::CountryProgramme | Subject::TechnicalCertification | Subject::TechnicalAssessment => {
                format!(
                    "a test of its own: {}",
                    judge.meaning("subject-tests", subject.test())
                )
            }
        }
    }

    fn given_subject(&self) -> String {
        let judge = self.judge;
        if let Some(Subject::PlaceOfManufacture { .. }) = self.provision.subject {
            let place = self.situation.made_in.as_deref();
            return place.map_or_else(
                || "a unit made in a place that is not known".into(),
                |place| format!("a unit made in {}", judge.meaning("nations", place)),
            );
        }
        self.maker().map_or_else(
            || "equipment of a maker that is not known".into(),
            |maker| {
                let class = judge.meaning("jurisdictions", &maker.jurisdiction);
                format!("equipment of {} ({class})", maker.label)
            },
        )
    }

    fn missing_subject(&self) -> String {
        let judge = self.judge;
        let maker = self.maker();
        match (&self.provision.subject, maker) {
            (Some(Subject::PlaceOfManufacture { .. }), _) => "where the unit was made".into(),
            (_, None) => "who made the equipment".into(),
            (Some(Subject::CompanySubjectToLaw { .. }), Some(maker)) => format!(
                "whether it counts {} ({})",
                maker.label,
                judge.meaning("jurisdictions", &maker.jurisdiction)
            ),
            (Some(Subject::NamedList { open, .. }), Some(maker)) if open.contains(&maker.id) => {
                format!(
                    "whether a company that it names made the unit, or parts of it, that {} sells",
                    maker.label
                )
            }
            (Some(Subject::NamedList { .. }), Some(maker)) => {
                let owner = owners(maker, judge.catalogue).next();
                let owner = owner.map_or("another company", |owner| owner.label.as_str());
                format!("whether it counts {}, which belongs to {owner}", maker.label)
            }
            (Some(Subject::RiskDecision { looked, .. }), Some(maker)) => {
                format!(
                    "whether there is a decision on {} (last looked for {looked})",
                    maker.label
                )
            }
            (Some(Subject::Ownership { .. }), Some(maker)) => {
                format!("what share of {} a state held on that day", maker.label)
            }
            (Some(subject), Some(_)) => {
                format!(
                    "a question the catalogue holds no answer to: {}",
                    judge.meaning("subject-tests", subject.test())
                )
            }
            (None, Some(_)) => String::new(),
        }
    }

    fn maker(&self) -> Option<&Maker> {
        self.judge.catalogue.makers.get(self.situation.maker.as_ref()?)
    }
}

impl Judge<'_> {
    fn label<'a>(&'a self, id: &'a stripout_model::MakerId) -> &'a str {
        self.catalogue
            .makers
            .get(id)
            .map_or(id.as_str(), |it| it.label.as_str())
    }
}

fn filled(values: &[String]) -> Option<&[String]> {
    (!values.is_empty()).then_some(values)
}
