//! Whose equipment it is, in numbers: what each maker of the catalogue answers to the question of one instrument.

use stripout_catalogue::{Catalogue, Group, Maker, StateShare, Stretch, Subject};
use stripout_model::MakerId;

use crate::JudgeError;
use crate::answer::Answer;
use crate::code::{Code, Coded, Set};
use crate::when::since;

/// The answers of the makers, in the order of the catalogue.
#[derive(Debug)]
pub(crate) enum SubjectRule<'c> {
    Anything,
    /// Nothing in the catalogue answers it.
    NotAnswered,
    Fixed(Vec<Answer>),
    MadeIn(Set),
    Decided(Vec<Vec<&'c Stretch>>),
    StateShare {
        percent: f64,
        shares: Vec<Vec<(Stretch, f64)>>,
    },
}

impl<'c> SubjectRule<'c> {
    pub(crate) fn new(
        subject: Option<&'c Subject>,
        catalogue: &'c Catalogue,
        code: &Code<'c>,
    ) -> Result<Self, JudgeError> {
        let makers = || catalogue.makers.values();
        Ok(match subject {
            None | Some(Subject::AllEquipment) => Self::Anything,
            Some(Subject::CompanySubjectToLaw { reaches, open, .. }) => Self::Fixed(
                makers()
                    .map(|maker| match &maker.jurisdiction {
                        class if reaches.contains(class) => Answer::Yes,
                        class if open.contains(class) => Answer::Unknown,
                        _ => Answer::No,
                    })
                    .collect(),
            ),
            Some(Subject::NamedList {
                makers: named,
                group,
                open,
            }) => {
                let answer = |maker| match listed(maker, named, *group, catalogue) {
                    Answer::No if open.contains(&maker.id) => Answer::Unknown,
                    answer => answer,
                };
                Self::Fixed(makers().map(answer).collect())
            }
            Some(Subject::PlaceOfManufacture { places }) => Self::MadeIn(code.nations(places)?),
            Some(Subject::RiskDecision { decided, .. }) => {
                let on = |id: &MakerId| {
                    let on = decided.iter().filter(|one| one.maker == *id);
                    on.map(|one| &one.from).collect()
                };
                Self::Decided(makers().map(|maker| on(&maker.id)).collect())
            }
            Some(Subject::Ownership { percent }) => Self::StateShare {
                percent: f64::from(*percent),
                shares: makers().map(|maker| state_shares(maker, catalogue)).collect(),
            },
            Some(
                Subject::CountryProgramme | Subject::TechnicalCertification | Subject::TechnicalAssessment,
            ) => Self::NotAnswered,
        })
    }

    pub(crate) fn answer(&self, coded: &Coded) -> Answer {
        let maker = coded.maker;
        match self {
            Self::Anything => Answer::Yes,
            Self::NotAnswered => Answer::Unknown,
            Self::Fixed(answers) => maker
                .and_then(|n| answers.get(n))
                .copied()
                .unwrap_or(Answer::Unknown),
            Self::MadeIn(places) => coded
                .made_in
                .map_or(Answer::Unknown, |place| Answer::of(places.meets(place))),
            // That no decision was found is not that there is none.
            Self::Decided(decided) => {
                let on = maker.and_then(|n| decided.get(n)).into_iter().flatten();
                let held = on.map(|from| since(Some(*from), coded.date.as_ref()));
                held.fold(
                    Answer::Unknown,
                    |so_far, now| {
                        if now == Answer::Yes { now } else { so_far }
                    },
                )
            }
            Self::StateShare { percent, shares } => {
                let known = maker.and_then(|n| shares.get(n)).into_iter().flatten();
                let held = known.filter(|(as_of, _)| since(Some(as_of), coded.date.as_ref()) == Answer::Yes);
                held.max_by_key(|(as_of, _)| as_of.last)
                    .map_or(Answer::Unknown, |(_, share)| Answer::of(share >= percent))
            }
        }
    }
}

fn listed(maker: &Maker, named: &[MakerId], group: Group, catalogue: &Catalogue) -> Answer {
    if named.contains(&maker.id) {
        return Answer::Yes;
    }
    let owned = owners(maker, catalogue).any(|owner| named.contains(&owner.id));
    match group {
        Group::Included => Answer::of(owned),
        Group::NotStated if owned => Answer::Unknown,
        Group::NotStated | Group::Excluded => Answer::No,
    }
}

/// The companies above a maker, nearest first; the maker itself is none of them.
pub(crate) fn owners<'c>(maker: &'c Maker, catalogue: &'c Catalogue) -> impl Iterator<Item = &'c Maker> {
    let above = |maker: &&'c Maker| catalogue.makers.get(maker.parent.as_ref()?);
    // A circle of owners, as a draft could hold, ends.
    std::iter::successors(above(&maker), above).take(catalogue.makers.len())
}

/// Shares with a figure and a day, its own or those of its owners.
fn state_shares(maker: &Maker, catalogue: &Catalogue) -> Vec<(Stretch, f64)> {
    let figure = |share: &StateShare| {
        let percent = share.percent.as_deref()?.parse().ok()?;
        Some((share.as_of.as_deref()?.parse().ok()?, percent))
    };
    std::iter::once(maker)
        .chain(owners(maker, catalogue))
        .map(|one| one.state_shares.iter().filter_map(figure).collect::<Vec<_>>())
        .find(|shares| !shares.is_empty())
        .unwrap_or_default()
}
