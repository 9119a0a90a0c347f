//! How much of a kind of body the evidence speaks of: existing, asked, answered, and what the answers were. A share without
//! these is no finding about the kind.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use stripout_model::{BodyId, Finding, OutcomeKind, Status};

use crate::request::{RequestStanding, RequestState};

/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// Bodies of one kind, each counted once in every column.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Responses {
    /// `data/vocab/body-kinds.toml`
    pub kind: String,
    /// As far as the catalogue knows them.
    pub existing: u64,
    /// A request to them, or a reply of theirs, is known.
    pub asked: u64,
    /// Gave some of what was asked for, or said that they have none of it.
    pub answered: u64,
    /// Would not give it, or not say whether they have it, and gave nothing of it elsewhere.
    pub refused: u64,
    pub not_held: u64,
    /// The time to answer is over, or they asked for more of it, and no answer of theirs is known.
    pub overdue: u64,
    /// No answer is known, and there is time left; or what they wrote decides nothing.
    pub waiting: u64,
    /// Some equipment of a maker of the catalogue is there, was bought, or is to be removed.
    pub confirmed: u64,
    /// Say that they have none, and nothing contradicts it.
    pub denied: u64,
    pub shares: Vec<Share>,
}

/// A share and the interval in which that of all bodies of the kind lies, were those counted drawn at random.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    pub what: &'static str,
    pub of: &'static str,
    pub count: u64,
    pub total: u64,
    /// 0 to 1; `None` of nothing.
    pub share: Option<f64>,
    /// Lower and upper end, Wilson's score interval at 95 %.
    pub interval: Option<(f64, f64)>,
}

/// What is known of bodies besides their findings.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub requests: &'a [RequestStanding],
    pub findings: &'a [Finding],
    /// The kind of a body; `None` counts as unknown.
    pub kind: &'a dyn Fn(&BodyId) -> Option<String>,
    /// Bodies of each kind that exist.
    pub existing: &'a BTreeMap<String, u64>,
}

/// By kind; kinds of which nothing is known but that they exist come too.
pub fn responses(asked: Asked<'_>) -> Vec<Responses> {
    let mut states: BTreeMap<&BodyId, BTreeSet<RequestState>> = BTreeMap::new();
    for request in asked.requests {
        if let (Some(body), false) = (&request.body, request.state == RequestState::Withdrawn) {
            states.entry(body).or_default().insert(request.state);
        }
    }
    let kind_of = |body: &BodyId| (asked.kind)(body).unwrap_or_else(|| "unknown".into());
    let mut kinds: BTreeMap<String, Responses> = BTreeMap::new();
    for (kind, existing) in asked.existing {
        kinds.entry(kind.clone()).or_default().existing = *existing;
    }
    for (body, states) in &states {
        kinds.entry(kind_of(body)).or_default().count(states);
    }
    let mut stand: BTreeMap<&BodyId, (bool, bool)> = BTreeMap::new();
    for finding in asked.findings {
        let (there, denied) = stand.entry(&finding.body).or_default();
        *there |= finding.status.is_there();
        *denied |= finding.status == Status::Denied && finding.contradicted_by.is_empty();
    }
    for (body, (there, denied)) in stand {
        let row = kinds.entry(kind_of(body)).or_default();
        row.confirmed += u64::from(there);
        row.denied += u64::from(denied && !there);
    }
    kinds
        .into_iter()
        .map(|(kind, row)| Responses {
            shares: shares(&row),
            kind,
            ..row
        })
        .collect()
}

impl Responses {
    /// One body: the best of its answers counts.
    fn count(&mut self, states: &BTreeSet<RequestState>) {
        let said = |wanted: &[OutcomeKind]| {
            let mut wanted = wanted.iter().map(|kind| RequestState::Answered(*kind));
            wanted.any(|state| states.contains(&state))
        };
        let given = said(&[
            OutcomeKind::Held,
            OutcomeKind::PartlyHeld,
            OutcomeKind::ReviewOverturned,
        ]);
        let not_held = said(&[OutcomeKind::NotHeld]);
        let refused = said(&[
            OutcomeKind::Refused,
            OutcomeKind::NeitherConfirmNorDeny,
            OutcomeKind::ReviewUpheld,
        ]);
        self.asked += 1;
        let counter = if given || not_held {
            self.not_held += u64::from(!given);
            &mut self.answered
        } else if refused {
            &mut self.refused
        } else if states.contains(&RequestState::Overdue) {
            &mut self.overdue
        } else {
            &mut self.waiting
        };
        *counter += 1;
    }
}

fn shares(row: &Responses) -> Vec<Share> {
    vec![
        share("asked", "existing", row.asked, row.existing),
        share("answered", "asked", row.answered, row.asked),
        share("refused", "asked", row.refused, row.asked),
        share("not held", "asked", row.not_held, row.asked),
        share("overdue", "asked", row.overdue, row.asked),
        share("waiting", "asked", row.waiting, row.asked),
        share(
            "confirmed",
            "confirmed and denied",
            row.confirmed,
            row.confirmed + row.denied,
        ),
        share(
            "denied",
            "confirmed and denied",
            row.denied,
            row.confirmed + row.denied,
        ),
    ]
}

fn share(what: &'static str, of: &'static str, count: u64, total: u64) -> Share {
    let fits = total > 0 && count <= total;
    Share {
        what,
        of,
        count,
        total,
        share: fits.then(|| ratio(count, total)),
        interval: fits.then(|| wilson(count, total)),
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of bodies are far below 2^52")]
fn ratio(count: u64, total: u64) -> f64 {
    count as f64 / total as f64
}

/// Wilson, E. B. (1927): the score interval, which stays within 0 and 1 and holds for few cases too.
#[allow(clippy::cast_precision_loss, reason = "counts of bodies are far below 2^52")]
pub fn wilson(count: u64, total: u64) -> (f64, f64) {
    let (p, n) = (ratio(count, total), total as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let reach = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - reach).max(0.0), (middle + reach).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_literature() {
        // Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
        for (count, total, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (from, to) = wilson(count, total);
            assert!(
                (from - low).abs() < 0.000_06 && (to - high).abs() < 0.000_06,
                "{count}/{total}: {from} {to}"
            );
        }
        assert_eq!(share("a", "b", 0, 0).interval, None);
    }
}
