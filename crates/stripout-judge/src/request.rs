//! Where requests for information stand: which reply answers which request, and what is overdue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stripout_catalogue::{Catalogue, Clock};
use stripout_model::{BodyId, Called, Outcome, OutcomeKind, Request, Statement};

use crate::finding::{Named, Resolve, Speaker, speaker};
use crate::sentence::{filled, long_date};

/// Days between the day that a list gives a request and the day that the reply gives it: sent, and received.
const APART: i32 = 7;
/// Days after a request in which a reply that does not name its request is taken for the answer.
const LATEST: i32 = 365;

static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/templates/requests.toml"))
        .expect("the embedded sentences are read by a test of this file")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    overdue: String,
    waiting: String,
    open: String,
    promised: String,
    withdrawn: String,
    answered: String,
    reply: String,
    on: String,
}

/// What is known of requests and replies.
#[derive(Clone, Copy)]
pub struct Inquiry<'a> {
    /// As lists have them.
    pub requests: &'a [Request],
    /// What replies decide: a reply proves that somebody asked.
    pub outcomes: &'a [Statement<Outcome>],
    pub catalogue: &'a Catalogue,
    pub resolve: Resolve<'a>,
    /// Kind and nation of a body (`data/vocab/`).
    pub place: &'a dyn Fn(&BodyId) -> Option<(String, String)>,
    pub today: Date,
}

/// One request, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestStanding {
    pub state: RequestState,
    /// `None`: which body is meant is not sure.
    pub body: Option<BodyId>,
    /// The body as the catalogue names it, else as written.
    pub name: String,
    /// `None`: the reply does not state the day.
    pub asked: Option<Date>,
    /// The last day on which an answer is in time; `None` where it cannot be told.
    pub due: Option<Date>,
    pub answered: Option<Date>,
    /// Days between the last day in time and the answer, or today.
    pub days_late: Option<i32>,
    pub subject: Option<String>,
    pub reference: Option<String>,
    pub url: Option<String>,
    /// Id of the row of the register; `None` of a request that only its reply tells of.
    pub request: Option<String>,
    /// Ids of outcomes.
    pub replies: Vec<String>,
    /// One sentence, safe to print.
    pub why: String,
}

/// "No reply", "refused", "not held" and "none" are four different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// The time to answer is over, or the body asked for more of it, and no answer is known.
    Overdue,
    /// No answer is known; there is time left, or it cannot be told.
    Waiting,
    Withdrawn,
    #[serde(untagged)]
    Answered(OutcomeKind),
}

impl RequestState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
            Self::Answered(outcome) => outcome.as_str(),
        }
    }
}

/// Every request that is known of: the longest overdue first, then those that wait, then what was answered.
pub fn standings(of: Inquiry<'_>) -> Vec<RequestStanding> {
    let mut open: Vec<Open<'_>> = of
        .requests
        .iter()
        .map(|request| Open::listed(request, &of))
        .collect();
    for reply in replies(&of) {
        let listed = reply
            .fits(&open)
            .and_then(|at| open.get_mut(at))
            .map(|request| request.replies.push(reply.clone()));
        if listed.is_none() {
            open.push(Open::implied(reply));
        }
    }
    let mut standings: Vec<RequestStanding> = open.into_iter().map(|one| one.standing(&of)).collect();
    standings.sort_by(|a, b| {
        let key = |one: &RequestStanding| (one.state, one.due.is_none(), one.due, one.asked);
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.name, &a.request, &a.replies).cmp(&(&b.name, &b.request, &b.replies)))
    });
    standings
}

/// What one record decides.
#[derive(Debug, Clone)]
struct Reply {
    ids: Vec<String>,
    source: String,
    body: Named,
    outcome: OutcomeKind,
    asked: Option<Date>,
    day: Option<Date>,
}

/// A request in the making, with what answers it.
struct Open<'a> {
    listed: Option<&'a Request>,
    body: Option<Named>,
    asked: Option<Date>,
    replies: Vec<Reply>,
}

/// Replies of bodies that are surely known, one a record, in the order of their days.
fn replies(of: &Inquiry<'_>) -> Vec<Reply> {
    let mut records: BTreeMap<&str, Reply> = BTreeMap::new();
    for said in of.outcomes {
        let speaks = speaker(&said.authors, said.written, None, of.resolve, of.catalogue);
        let Speaker::Known(body) = speaks else { continue };
        let reply = records.entry(&said.record).or_insert_with(|| Reply {
            ids: Vec::new(),
            source: said.source.clone(),
            body,
            outcome: said.what.reply,
            asked: said.what.asked,
            day: said.what.days.document.or(said.written),
        });
        reply.ids.push(said.id.clone());
    }
    let mut replies: Vec<Reply> = records.into_values().collect();
    replies.sort_by(|a, b| (a.day, &a.ids).cmp(&(b.day, &b.ids)));
    replies
}

impl Reply {
    /// Which of the requests it answers: the one whose day it names, else the last one before it.
    fn fits(&self, open: &[Open<'_>]) -> Option<usize> {
        let own = || {
            open.iter()
                .enumerate()
                .filter(|(_, one)| one.body.as_ref().is_some_and(|body| body.id == self.body.id))
        };
        let apart = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        let found = match (self.asked, self.day) {
            (Some(asked), _) => own()
                .filter_map(|(at, one)| Some((apart(one.asked?, asked).abs(), at)))
                .filter(|(days, _)| *days <= APART)
                .min(),
            (None, Some(day)) => own()
                .filter_map(|(at, one)| Some((apart(one.asked?, day), at)))
                .filter(|(days, _)| (0..=LATEST).contains(days))
                .min(),
            (None, None) => None,
        };
        found.map(|(_, at)| at).or_else(|| {
            // Letters of one body that name no request are one answer.
            self.asked
                .is_none()
                .then(|| own().find(|(_, one)| one.asked.is_none()))?
                .map(|(at, _)| at)
        })
    }
}

impl<'a> Open<'a> {
    fn listed(request: &'a Request, of: &Inquiry<'_>) -> Self {
        Self {
            listed: Some(request),
            body: (of.resolve)(Called::Name(&request.body), Some(request.asked)),
            asked: Some(request.asked),
            replies: Vec::new(),
        }
    }

    fn implied(reply: Reply) -> Self {
        Self {
            listed: None,
            body: Some(reply.body.clone()),
            asked: reply.asked,
            replies: vec![reply],
        }
    }

    /// The answer and its day: a letter before what a list says of one, the last letter before others.
    fn answer(&self) -> Option<(OutcomeKind, Option<Date>)> {
        let letter = self
            .replies
            .iter()
            .rev()
            .find(|reply| reply.outcome != OutcomeKind::Late);
        let listed = || {
            let request = self.listed?;
            let outcome = request.outcome.filter(|outcome| *outcome != OutcomeKind::Late)?;
            Some((outcome, request.answered))
        };
        letter.map(|letter| (letter.outcome, letter.day)).or_else(listed)
    }

    fn standing(self, of: &Inquiry<'_>) -> RequestStanding {
        let place = self.body.as_ref().and_then(|body| (of.place)(&body.id));
        let (kind, nation) = place.unzip();
        let rules = &of.catalogue.requests;
        let clock = rules.clock(kind.as_deref(), nation.as_deref());
        let due = clock
            .zip(self.asked)
            .and_then(|(clock, asked)| rules.due(clock, asked));
        let answer = self.answer();
        let withdrawn = self.listed.is_some_and(|request| request.withdrawn);
        let passed = due.is_some_and(|due| due < of.today);
        let promised = self.asked.is_none();
        let state = match answer {
            Some((outcome, _)) => RequestState::Answered(outcome),
            None if withdrawn => RequestState::Withdrawn,
            None if passed || promised => RequestState::Overdue,
            None => RequestState::Waiting,
        };
        let answered = answer.and_then(|(_, day)| day);
        let until = match state {
            RequestState::Overdue => Some(of.today),
            RequestState::Answered(_) => answered,
            _ => None,
        };
        let days_late = due.zip(until).and_then(|(due, until)| {
            let late = due.until(until).ok()?.get_days();
            (late > 0).then_some(late)
        });
        let written = self.listed.map(|request| request.body.clone());
        let mut ids = self.replies.iter().flat_map(|reply| reply.ids.clone());
        RequestStanding {
            state,
            why: self.sentence(state, due, answered, clock, of.today),
            name: self
                .body
                .as_ref()
                .map(|body| body.name.clone())
                .or(written)
                .unwrap_or_default(),
            body: self.body.as_ref().map(|body| body.id.clone()),
            asked: self.asked,
            due,
            answered,
            days_late,
            subject: self.listed.and_then(|request| request.subject.clone()),
            reference: self.listed.and_then(|request| request.reference.clone()),
            url: self.listed.and_then(|request| request.url.clone()),
            request: self.listed.map(|request| request.id.clone()),
            replies: ids.by_ref().collect(),
        }
    }

    fn sentence(
        &self,
        state: RequestState,
        due: Option<Date>,
        answered: Option<Date>,
        clock: Option<&Clock>,
        today: Date,
    ) -> String {
        let sentences = &*SENTENCES;
        let template = match (state, self.asked, due) {
            (RequestState::Overdue, Some(_), _) => &sentences.overdue,
            (RequestState::Overdue, None, _) => &sentences.promised,
            (RequestState::Waiting, _, Some(_)) => &sentences.waiting,
            (RequestState::Waiting, _, None) => &sentences.open,
            (RequestState::Withdrawn, _, _) => &sentences.withdrawn,
            (RequestState::Answered(_), Some(_), _) => &sentences.answered,
            (RequestState::Answered(_), None, _) => &sentences.reply,
        };
        let shown = |day: Option<Date>| day.map(long_date).unwrap_or_default();
        let on = answered.map_or_else(String::new, |day| {
            filled(&sentences.on, &[("{day}", &long_date(day))])
        });
        let letter = self.replies.last().map(|reply| reply.source.clone());
        let source = match (state, &letter, self.listed) {
            (RequestState::Answered(_), Some(letter), _) | (_, Some(letter), None) => letter.clone(),
            (_, _, Some(request)) => format!("{}, {}", request.list.path, request.place),
            (_, None, None) => String::new(),
        };
        filled(
            template,
            &[
                ("{asked}", &shown(self.asked)),
                ("{due}", &shown(due)),
                ("{day}", &long_date(today)),
                ("{law}", clock.map_or("", |clock| &clock.title)),
                ("{outcome}", state.as_str()),
                ("{on}", &on),
                ("{source}", &source),
            ],
        )
    }
}
