//! `/tasks`: one question at a time, in one pair of hands, for twenty minutes.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use stripout_judge::NextQuestion;
use stripout_register::{TaskAct, TaskEntry, Tasks};

use crate::app::App;
use crate::desk::Desk;
use crate::gate::Gate;
use crate::page::{Chrome, again};
use crate::person::{Role, Visitor};
use crate::trouble::Trouble;
use crate::view::{Quote, View};
use crate::words;

/// How long a question is in one pair of hands.
const TIME: SignedDuration = SignedDuration::from_mins(20);
/// Letters of an answer.
const LONGEST: usize = 4_000;
/// Of what came back, on the page.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksPage {
    chrome: Chrome,
    who: String,
    held: Option<Held>,
    left: String,
    elsewhere: String,
    done: Vec<Done>,
    entered: Entered,
    problem: Option<String>,
}

/// The question in one's hands.
struct Held {
    lead: String,
    question: String,
    body: Option<(String, String)>,
    name: String,
    quote: Option<Quote>,
    place: String,
    minutes: i64,
    until: String,
}

/// What came back.
struct Done {
    lead: String,
    question: String,
    answered: bool,
    who: String,
    when: String,
    words: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    lead: String,
    /// `taken`, `answered` or `unsolved`
    act: String,
    words: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/tasks", get(tasks).post(act))
}

/// Whoever works on questions, and what they work with.
struct AtWork {
    view: Arc<View>,
    desk: Arc<Desk>,
    who: String,
    now: Timestamp,
}

impl AtWork {
    fn of(view: Arc<View>, gate: &Gate, visitor: &Visitor) -> Result<Self, Trouble> {
        Ok(Self {
            who: visitor.named(Role::Contributor)?.to_owned(),
            desk: gate.desks()?.desk.clone(),
            view,
            now: Timestamp::now(),
        })
    }

    fn question(&self, lead: &str) -> Option<&NextQuestion> {
        self.view.questions.iter().find(|one| one.lead == lead)
    }

    async fn page(&self, entered: Entered, problem: Option<String>) -> Result<Response, Trouble> {
        let tasks = self.view.register().tasks().await?;
        let status = match &problem {
            None => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let open = self
            .view
            .questions
            .iter()
            .filter(|one| !tasks.is_answered(&one.lead));
        let held = match tasks.held_by(&self.who, self.now) {
            Some(entry) => self.held(entry).await?,
            None => None,
        };
        let elsewhere = tasks.held(self.now).saturating_sub(usize::from(held.is_some()));
        again(
            status,
            &TasksPage {
                chrome: Chrome::new(&self.view, "", "Questions to research"),
                who: words::safe(&self.who),
                left: words::count(open.count() as u64, "question", "questions"),
                elsewhere: words::count(elsewhere as u64, "is", "are"),
                held,
                done: self.done(&tasks),
                entered,
                problem,
            },
        )
    }

    async fn held(&self, entry: &TaskEntry) -> Result<Option<Held>, Trouble> {
        let Some(question) = self.question(&entry.lead) else {
            return Ok(None);
        };
        let proof = match entry.lead.parse() {
            Ok(id) => self.view.proof(id).await?,
            Err(_no_id) => None,
        };
        let until = entry.until.unwrap_or(self.now);
        let left = until.duration_since(self.now);
        let body = question.body.as_ref();
        Ok(Some(Held {
            lead: entry.lead.clone(),
            question: self.view.words(&question.question),
            body: body.map(|id| (id.to_string(), self.view.name_of(id).to_owned())),
            name: question.name.as_deref().map_or_else(
                || "a body that is not named".to_owned(),
                |name| self.view.words(name),
            ),
            place: proof
                .as_ref()
                .map(|proof| format!("{}, {}", proof.file, proof.place))
                .unwrap_or_default(),
            quote: proof.map(|proof| proof.quote),
            // A minute that has begun counts.
            minutes: (left.as_secs() + 59) / 60,
            until: until.to_zoned(TimeZone::UTC).strftime("%H:%M UTC").to_string(),
        }))
    }

    /// What came back, the newest first.
    fn done(&self, tasks: &Tasks) -> Vec<Done> {
        let back = tasks
            .log()
            .iter()
            .rev()
            .filter(|entry| entry.act != TaskAct::Taken);
        back.take(SHOWN)
            .map(|entry| Done {
                lead: words::safe(&entry.lead),
                question: self.question(&entry.lead).map_or_else(
                    || "A question of before".to_owned(),
                    |one| self.view.words(&one.question),
                ),
                answered: entry.act == TaskAct::Answered,
                who: words::safe(&entry.who),
                when: words::day(entry.when.to_zoned(TimeZone::UTC).date()),
                words: words::safe(&entry.words),
            })
            .collect()
    }

    /// Takes the next question, unless there is one in hand.
    async fn take(&self) -> Result<Response, Trouble> {
        let mut leads: Vec<&str> = self.view.questions.iter().map(|one| one.lead.as_str()).collect();
        loop {
            let tasks = self.view.register().tasks().await?;
            if tasks.held_by(&self.who, self.now).is_some() {
                break;
            }
            let Some(lead) = tasks.next(leads.iter().copied(), self.now) else {
                let none = "there is no question left that nobody has".to_owned();
                return self.page(Entered::default(), Some(none)).await;
            };
            let entry = TaskEntry {
                lead: lead.to_owned(),
                act: TaskAct::Taken,
                who: self.who.clone(),
                when: self.now,
                until: self.now.checked_add(TIME).ok(),
                words: String::new(),
            };
            if self.write(entry).await? {
                break;
            }
            // Somebody was faster: the next one.
            leads.retain(|one| *one != lead);
        }
        Ok(Redirect::to("/tasks").into_response())
    }

    async fn write(&self, entry: TaskEntry) -> Result<bool, Trouble> {
        let done = self
            .desk
            .write(async move |register| register.do_task(&entry).await);
        Ok(done.await?)
    }
}

async fn tasks(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Trouble> {
    AtWork::of(view, &gate, &visitor)?
        .page(Entered::default(), None)
        .await
}

async fn act(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let at = AtWork::of(view, &gate, &visitor)?;
    let act = match entered.act.as_str() {
        "taken" => return at.take().await,
        "answered" => TaskAct::Answered,
        "unsolved" => TaskAct::Unsolved,
        other => {
            return Err(Trouble::Wrong(format!(
                "`{}` is nothing to do with a task",
                words::safe(other)
            )));
        }
    };
    let said = entered.words.trim();
    if act == TaskAct::Answered && said.is_empty() {
        let problem = "an answer without words: write what you found, and where".to_owned();
        return at.page(entered, Some(problem)).await;
    }
    if said.chars().count() > LONGEST {
        let problem = format!("at most {LONGEST} characters: leave the rest in the source that you name");
        return at.page(entered, Some(problem)).await;
    }
    let entry = TaskEntry {
        lead: entered.lead.clone(),
        act,
        who: at.who.clone(),
        when: at.now,
        until: None,
        words: said.to_owned(),
    };
    if at.write(entry).await? {
        return Ok(Redirect::to("/tasks").into_response());
    }
    let problem = "its time was over and it is in other hands, or it was brought back before. Nothing was kept: copy your \
                   words if they are of use"
        .to_owned();
    at.page(entered, Some(problem)).await
}
