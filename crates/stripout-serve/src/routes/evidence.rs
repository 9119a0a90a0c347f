//! `/evidence/ID`: the words, where they stand, why they say so, and who decided.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use stripout_model::{DocumentKind, Verdict};
use stripout_register::{RowId, SourcePage};

use crate::app::App;
use crate::claim::Claim;
use crate::gate::Gate;
use crate::page::{Chrome, page};
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::{Proof, Quote, View};
use crate::words;

#[derive(Template)]
#[template(path = "evidence.html")]
struct Evidence<'v> {
    chrome: Chrome,
    proof: Proof,
    facts: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    claim: Option<Claim<'v>>,
    /// It contradicts the finding.
    against: bool,
    decisions: Vec<Decided>,
    /// It may be saved as it came.
    original: bool,
    /// The words in the letter or on the page around them.
    around: Option<Quote>,
    /// All but the recognised words is withheld from everybody, as places of such bodies may be sensitive.
    guarded: bool,
    /// What is known of where the source was published.
    page: Option<&'v SourcePage>,
}

/// One field of the record, with the words marked where it holds them.
struct Field {
    name: String,
    quote: Quote,
}

struct Decided {
    verdict: &'static str,
    day: String,
    who: String,
    why: String,
}

/// What is entered of a source: where it was published, and whether everybody may have it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Published {
    link: String,
    /// A box: there when it is ticked.
    open: Option<String>,
    why: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/evidence/{id}", get(evidence))
}

/// For those who know where a source came from.
pub(crate) fn desks(router: Router<App>) -> Router<App> {
    router.route("/evidence/{id}", post(published))
}

async fn published(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Form(entered): Form<Published>,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    let id: RowId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let proof = view.proof(id).await?.ok_or(Trouble::NotFound)?;
    let link = Some(entered.link.trim()).filter(|link| !link.is_empty());
    if let Some(link) = link.filter(|link| !words::is_link(link)) {
        return Err(Trouble::Wrong(format!("`{link}` is no address of a page")));
    }
    let entry = SourcePage {
        sha256: proof.sha256,
        link: link.map(str::to_owned),
        open: entered.open.is_some(),
        who,
        when: Timestamp::now(),
        why: entered.why.trim().to_owned(),
    };
    let desk = gate.desks()?.desk.clone();
    desk.write(async move |register| register.keep_source_pages(&[entry]).await)
        .await?;
    Ok(Redirect::to(&format!("/evidence/{id}")).into_response())
}

async fn evidence(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: RowId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let proof = view.proof(id).await?.ok_or_else(|| view.no_evidence(id))?;
    let claim = view.finding_with(id).map(|finding| Claim::of(finding, &view));
    let against = claim
        .as_ref()
        .is_some_and(|claim| claim.finding.contradicted_by.contains(&proof.id));
    let (kind, record) = view.record(&proof).await?;
    let day = view.day_of(&proof).await?;
    let title = title(&view, &proof, kind, day);
    let around = if record.is_empty() {
        view.surroundings(&proof).await?
    } else {
        None
    };
    let decisions = view.decided(&proof.id).into_iter().map(|one| Decided {
        verdict: match one.verdict {
            Verdict::Accept => "Accepted",
            Verdict::Reject => "Rejected",
            Verdict::Unsure => "Held back as not sure",
            Verdict::Dispute => "Disputed by whom it concerns",
            Verdict::Undo => "Earlier decision taken back",
        },
        day: words::day(one.when.to_zoned(TimeZone::UTC).date()),
        who: words::safe(&one.who),
        why: words::safe(&one.why),
    });
    page(&Evidence {
        chrome: Chrome::new(&view, "/findings", title),
        facts: facts(&proof, day),
        around,
        guarded: view.is_guarded(view.subject(&proof)),
        page: view.page_of(&proof.sha256),
        fields: record
            .into_iter()
            .map(|(name, text)| Field::of(name, &text, &proof.quote))
            .collect(),
        decisions: decisions.collect(),
        original: view.may_have(&proof.sha256),
        against,
        claim,
        proof,
    })
}

/// `Leeds City Council: reply to a request for information, 3 May 2024`
fn title(view: &View, proof: &Proof, kind: DocumentKind, day: Option<Date>) -> String {
    let body = view.subject(proof).map(|id| view.name_of(id).to_owned());
    let body = body.or_else(|| proof.row.body.clone().filter(|name| !name.is_empty()));
    let sort = match kind {
        DocumentKind::Contract => "contract notice",
        DocumentKind::Spend => "payment",
        DocumentKind::Foi => "reply to a request for information",
        DocumentKind::Asset => "entry of a register of equipment",
        DocumentKind::Letter => "letter or message",
        DocumentKind::Web => "document",
    };
    let body = body.unwrap_or_else(|| "A body that is not surely known".to_owned());
    match day {
        Some(day) => format!("{body}: {sort}, {}", words::day(day)),
        None => format!("{body}: {sort}, no day stated"),
    }
}

fn facts(proof: &Proof, day: Option<Date>) -> Vec<(&'static str, String)> {
    let row = &proof.row;
    let mut facts = Vec::new();
    let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    fact("Body, as written", row.body.clone());
    fact("Supplier", row.supplier.clone());
    fact("Amount", row.amount.map(|amount| amount.to_string()));
    let name = if row.date.is_some() {
        "Day"
    } else {
        "Day of the document"
    };
    fact(name, day.map(words::day));
    facts
}

impl Field {
    fn of(name: String, text: &str, quote: &Quote) -> Self {
        // Excerpts are cut at spaces, so the words with what stands around them are looked for first.
        let whole = format!("{}{}{}", quote.before, quote.mark, quote.after);
        let at = text.find(&whole).map(|at| at + quote.before.len());
        let at = at.filter(|_| !quote.mark.is_empty());
        let split = at.and_then(|at| {
            let (before, rest) = text.split_at_checked(at)?;
            Some((before, rest.strip_prefix(quote.mark.as_str())?))
        });
        let quote = match split {
            Some((before, after)) => Quote {
                before: before.to_owned(),
                mark: quote.mark.clone(),
                after: after.to_owned(),
            },
            None => Quote {
                before: text.to_owned(),
                ..Quote::default()
            },
        };
        Self { name, quote }
    }
}
