//! `/`: search, what is known in three numbers, what is new, and what is not known.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::{Alert, Finding, Status};

use super::map::{Little, little};
use crate::app::App;
use crate::claim::Claim;
use crate::map::{HEIGHT, WIDTH, outline};
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Findings and alerts told on the first page.
const NEWEST: usize = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'v> {
    chrome: Chrome,
    figures: Vec<Figure>,
    newest: Vec<Claim<'v>>,
    alerts: Vec<Told<'v>>,
    unknown: Vec<String>,
    width: f64,
    height: f64,
    outline: &'static str,
    map: Little,
}

/// A number with what it is a part of.
struct Figure {
    number: String,
    of: String,
    what: &'static str,
    /// Of the whole, from 0 to 100, for the bar.
    percent: f64,
    link: &'static str,
}

struct Told<'v> {
    alert: &'v Alert,
    name: &'v str,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/", get(home))
}

async fn home(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let mut newest: Vec<&Finding> = view
        .findings
        .iter()
        .filter(|it| it.status != Status::NoEvidence)
        .collect();
    newest.sort_by(|a, b| (b.last, &a.id).cmp(&(a.last, &b.id)));
    let alerts = view.newest_alerts(NEWEST).into_iter();
    page(&Home {
        chrome: Chrome::new(&view, "/", "Cameras in public buildings, and who made them"),
        figures: figures(&view),
        newest: newest
            .into_iter()
            .take(NEWEST)
            .map(|it| Claim::of(it, &view))
            .collect(),
        alerts: alerts
            .map(|alert| Told {
                alert,
                name: view.name_of(&alert.body),
            })
            .collect(),
        unknown: unknown(&view),
        width: WIDTH,
        height: HEIGHT,
        outline: outline(),
        map: little(&view),
    })
}

fn figures(view: &View) -> Vec<Figure> {
    let figure = |part: u64, whole: u64, what, of: &str, link| Figure {
        number: words::number(part),
        of: format!("of {} {of}", words::number(whole)),
        what,
        #[allow(clippy::cast_precision_loss, reason = "a bar is drawn from it")]
        percent: if whole == 0 {
            0.0
        } else {
            part as f64 * 100.0 / whole as f64
        },
        link,
    };
    let existing = view.headcount(view.bodies().iter()).today;
    let asked: u64 = view.responses.iter().map(|row| row.asked).sum();
    let answered: u64 = view.responses.iter().map(|row| row.answered).sum();
    let there = &view.gap.all.total;
    vec![
        figure(
            there.bodies,
            existing,
            "have or bought such equipment, as a source says",
            "public bodies in the catalogue",
            "/gap",
        ),
        figure(
            view.gap.all.no_rule.bodies,
            there.bodies,
            "have or bought equipment that no rule in force reaches",
            "bodies that have or bought it",
            "/findings?standing=no-rule",
        ),
        figure(
            answered,
            asked,
            "gave an answer when asked",
            if view.is_private() {
                "bodies known to have been asked"
            } else {
                "bodies of which an accepted reply is known"
            },
            "/sectors",
        ),
    ]
}

/// What this register cannot tell, so that silence is not taken for an answer.
fn unknown(view: &View) -> Vec<String> {
    let existing = view.headcount(view.bodies().iter()).today;
    let told = view.headcount(view.bodies_found(&view.findings));
    let mut lines = vec![format!(
        "Nothing is known here of {} of {} bodies. That does not mean that they have none.",
        words::number(existing.saturating_sub(told.today)),
        words::number(existing)
    )];
    if told.gone > 0 {
        lines.push(format!(
            "There is evidence of {}: on their pages, which those of their successors lead to, and in no share above.",
            words::count(told.gone, "body that is no more", "bodies that are no more")
        ));
    }
    let unknown = view.gap.all.unknown.bodies;
    if unknown > 0 {
        lines.push(format!(
            "Whether a rule reaches what they have is not known of {}: most often because it is not stated whether a site is a \
             sensitive one.",
            words::count(unknown, "body", "bodies")
        ));
    }
    let undated = view
        .findings
        .iter()
        .filter(|finding| finding.last.is_none())
        .count();
    if undated > 0 {
        lines.push(format!(
            "The day is not stated of {}.",
            words::count(undated as u64, "finding", "findings")
        ));
    }
    if view.is_private() {
        let counts = view.counts;
        if counts.unresolved > 0 {
            lines.push(format!(
                "Which body is meant is not known of {} of {}.",
                words::number(counts.unresolved),
                words::count(counts.sightings, "sighting", "sightings")
            ));
        }
        if !view.questions.is_empty() {
            lines.push(format!(
                "Who made the cameras is not stated in {}.",
                words::count(view.questions.len() as u64, "line or notice", "lines and notices")
            ));
        }
        if counts.undecided > 0 {
            lines.push(format!(
                "No reviewer has decided on {} of {}: they are in this private view and in no public one.",
                words::number(counts.undecided),
                words::count(counts.sightings, "sighting", "sightings")
            ));
        }
        lines.push(format!(
            "It rests on {} of {}; {} of them could be read only in part.",
            words::count(counts.records, "record", "records"),
            words::count(counts.sources, "source", "sources"),
            words::number(counts.partial)
        ));
    }
    lines
}
