//! `/evidence/ID`: the words, where they stand, why they say so, and who decided.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use jiff::tz::TimeZone;
use stripout_register::RowId;

use crate::app::App;
use crate::claim::Claim;
use crate::page::{Chrome, page};
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
    original: bool,
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

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/evidence/{id}", get(evidence))
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
    let record = view.record(&proof).await?;
    let decisions = view.decided(&proof.id).into_iter().map(|one| Decided {
        verdict: one.verdict.as_str(),
        day: words::day(one.when.to_zoned(TimeZone::UTC).date()),
        who: words::safe(&one.who),
        why: words::safe(&one.why),
    });
    page(&Evidence {
        chrome: Chrome::new(
            &view,
            "/findings",
            format!("{} {}", proof.what.as_str(), proof.id),
        ),
        facts: facts(&proof),
        fields: record
            .into_iter()
            .map(|(name, text)| Field::of(name, &text, &proof.quote))
            .collect(),
        decisions: decisions.collect(),
        original: view.is_private(),
        against,
        claim,
        proof,
    })
}

fn facts(proof: &Proof) -> Vec<(&'static str, String)> {
    let row = &proof.row;
    let mut facts = Vec::new();
    let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    fact("Body, as written", row.body.clone());
    fact("Supplier", row.supplier.clone());
    fact("Amount", row.amount.map(|amount| amount.to_string()));
    fact("Day", row.date.map(words::day));
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
