//! What a body was asked and what it answered, as far as this audience may know of it.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use stripout_judge::{RequestStanding, RequestState};
use stripout_model::{BodyId, Evidence, Outcome, OutcomeKind, Request, Statement};
use stripout_register::RowId;

use super::{Event, Told, View};
use crate::Judging;
use crate::words;

/// A request for information with its answers.
pub(crate) struct Inquiry {
    pub(super) body: BodyId,
    asked: Option<Date>,
    subject: Option<String>,
    /// Of a list that somebody keeps; `None`: its reply alone tells of it.
    listed: Option<Listed>,
    /// The last day in time, where it has passed without an answer.
    overdue: Option<Date>,
    replies: Vec<Reply>,
}

struct Listed {
    list: String,
    place: String,
    url: Option<String>,
    answer: Option<(OutcomeKind, Option<Date>)>,
}

/// One letter.
struct Reply {
    id: RowId,
    record: String,
    day: Option<Date>,
    outcome: OutcomeKind,
    evidence: Evidence,
}

/// The requests to bodies that are surely known, by body.
pub(super) fn inquiries(judging: &Judging, outcomes: &[Statement<Outcome>]) -> Vec<Inquiry> {
    let said: HashMap<&str, &Statement<Outcome>> =
        outcomes.iter().map(|said| (said.id.as_str(), said)).collect();
    let lists: HashMap<&str, &Request> = judging.requests.iter().map(|it| (it.id.as_str(), it)).collect();
    let standings = judging.requests(outcomes).into_iter();
    let mut inquiries: Vec<Inquiry> = standings
        .filter_map(|one| Inquiry::of(one, &said, &lists))
        .collect();
    inquiries.sort_by(|a, b| (&a.body, a.asked).cmp(&(&b.body, b.asked)));
    inquiries
}

impl Inquiry {
    fn of(
        one: RequestStanding,
        said: &HashMap<&str, &Statement<Outcome>>,
        lists: &HashMap<&str, &Request>,
    ) -> Option<Self> {
        let request = one.request.as_deref().and_then(|id| lists.get(id));
        let listed = request.map(|request| Listed {
            list: request.list.path.clone(),
            place: request.place.clone(),
            url: request.url.clone(),
            answer: request.outcome.map(|outcome| (outcome, request.answered)),
        });
        // Several sentences of one letter are one answer.
        let mut records = BTreeSet::new();
        let replies = one.replies.iter().filter_map(|id| said.get(id.as_str()));
        let replies = replies.filter(|said| records.insert(said.record.as_str()));
        let replies = replies.filter_map(|said| {
            Some(Reply {
                id: said.id.parse().ok()?,
                record: said.record.clone(),
                day: said.what.days.document.or(said.written),
                outcome: said.what.reply,
                evidence: said.what.evidence.clone(),
            })
        });
        Some(Self {
            body: one.body?,
            asked: one.asked,
            subject: one.subject,
            listed,
            overdue: one.due.filter(|_| one.state == RequestState::Overdue),
            replies: replies.collect(),
        })
    }
}

impl View {
    fn inquiries_of(&self, body: &BodyId) -> &[Inquiry] {
        let from = self.inquiries.partition_point(|it| it.body < *body);
        let to = self.inquiries.partition_point(|it| it.body <= *body);
        self.inquiries.get(from..to).unwrap_or_default()
    }

    /// Asked and answered. What a public statement of the same letter stands for links to that.
    pub(super) fn correspondence(&self, body: &BodyId, told: &Told) -> Vec<Event> {
        let mut events = Vec::new();
        for inquiry in self.inquiries_of(body) {
            let replies: Vec<(&Reply, String)> = inquiry
                .replies
                .iter()
                .filter_map(|reply| Some((reply, self.evidence_of(reply, told)?)))
                .collect();
            events.extend(self.asked(inquiry, replies.first().map(|(_, link)| link.as_str())));
            if let (Some(listed), true) = (&inquiry.listed, inquiry.replies.is_empty())
                && let Some((outcome, day)) = listed.answer
            {
                events.push(Event {
                    day,
                    what: format!("Answered: {}", words::answer(outcome)),
                    source: Some(self.stands_in(listed)),
                    ..Event::default()
                });
            }
            events.extend(replies.into_iter().map(|(reply, link)| Event {
                day: reply.day,
                what: format!("Answered: {}", words::answer(reply.outcome)),
                words: if self.may_show(reply.id) {
                    self.quote(Some(body), &reply.evidence).text()
                } else {
                    String::new()
                },
                link,
                ..Event::default()
            }));
        }
        events
    }

    /// Whether a request to it is known.
    pub(crate) fn was_asked(&self, body: &BodyId) -> bool {
        !self.inquiries_of(body).is_empty()
    }

    /// `None` where only an answer tells of the request, and not of its day.
    fn asked(&self, inquiry: &Inquiry, reply: Option<&str>) -> Option<Event> {
        let day = inquiry.asked?;
        if inquiry.listed.is_none() {
            reply?;
        }
        let subject = inquiry.subject.as_deref().map(|it| self.words(it));
        let source = match (&inquiry.listed, inquiry.overdue) {
            (Some(listed), Some(due)) => Some(format!(
                "{}. No answer is known; one was due by {}.",
                self.stands_in(listed),
                words::day(due)
            )),
            (Some(listed), None) => Some(self.stands_in(listed)),
            (None, _) => Some("As the answer states it.".to_owned()),
        };
        let page = inquiry.listed.as_ref().and_then(|listed| listed.url.clone());
        let page = page.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        Some(Event {
            day: Some(day),
            what: "Asked for information".to_owned(),
            words: subject.unwrap_or_default(),
            link: page.or_else(|| reply.map(str::to_owned)).unwrap_or_default(),
            source,
            ..Event::default()
        })
    }

    fn stands_in(&self, listed: &Listed) -> String {
        format!(
            "In the list {}, {}",
            self.file(&listed.list),
            words::safe(&listed.place)
        )
    }

    fn evidence_of(&self, reply: &Reply, told: &Told) -> Option<String> {
        let beside = || {
            let mut rows = told.sightings.iter();
            rows.find(|row| row.record.to_string() == reply.record)
        };
        let id = if self.may_show(reply.id) {
            reply.id
        } else {
            beside()?.id
        };
        Some(format!("/evidence/{id}"))
    }
}
