//! Judges the sightings part by part, on as many threads as are given.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::thread::ScopedJoinHandle;

use stripout_judge::Reviews;
use stripout_model::{Alert, BlobId, Commitment, DocumentKind, Finding, Outcome, Statement};
use stripout_register::{Origins, Register};
use tokio::runtime::Handle;

use super::held::Held;
use super::make::commitments_of;
use super::mask::masked;
use super::parts::{Log, Part};
use super::public::{is_accepted, narrow};
use super::{Audience, Promised};
use crate::{Judging, ServeError};

/// The parts of a register, to be judged one after the other or side by side.
pub(super) struct Work<'w, P> {
    pub(super) register: &'w Register,
    pub(super) origins: &'w Origins,
    pub(super) audience: Audience,
    /// Without sightings.
    pub(super) judging: &'w Judging,
    pub(super) log: &'w Log,
    pub(super) promises: &'w [Promised],
    pub(super) parts: Mutex<P>,
}

impl<'w, P: Iterator<Item = Part<'w>> + Send> Work<'w, P> {
    pub(super) fn done(self, threads: usize) -> Result<Seen, ServeError> {
        let runtime = Handle::current();
        let some = || runtime.block_on(self.some());
        let all: Vec<_> = std::thread::scope(|scope| {
            let each: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(some)).collect();
            each.into_iter().map(ScopedJoinHandle::join).collect()
        });
        let mut seen = Seen::default();
        for some in all {
            seen.join(some.map_err(|_ended| ServeError::Unfinished)??);
        }
        Ok(seen)
    }

    /// As many parts as there are left.
    async fn some(&self) -> Result<Seen, ServeError> {
        let mut seen = Seen::default();
        let mut judging = self.judging.clone();
        let next = || self.parts.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some(part) = next() {
            let places = part.places();
            judging.sightings = self.register.stated_sightings_at(self.origins, &places).await?;
            judging.decisions = self.log.on(judging.sightings.iter().map(|said| said.id.as_str()));
            let mut own = commitments_of(self.promises, |body| part.has(body));
            if self.audience == Audience::Everybody {
                let mut held = Held::default();
                held.add(&judging);
                own.retain(|said| !held.records.contains(&said.record));
                seen.held.join(held);
            }
            seen.add(&mut judging, self.audience, &own, &[])?;
        }
        Ok(seen)
    }
}

/// What follows, of it what the audience may see.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) findings: Vec<Finding>,
    pub(super) alerts: Vec<Alert>,
    pub(super) sightings: u64,
    /// Records of replies of which a statement is public.
    pub(super) replies: HashSet<String>,
    /// Sources of what everybody sees.
    pub(super) sources: HashSet<BlobId>,
    held: Held,
}

impl Seen {
    /// What follows from one part; everybody gets it without what nobody accepted, judged from what is left.
    pub(super) fn add(
        &mut self,
        judging: &mut Judging,
        audience: Audience,
        commitments: &[Statement<Commitment>],
        outcomes: &[Statement<Outcome>],
    ) -> Result<(), ServeError> {
        let findings = match audience {
            Audience::Private => judging.findings().findings,
            Audience::Everybody => narrow(judging),
        };
        let mut alerts = judging.alerts(commitments, outcomes)?.alerts;
        if audience == Audience::Everybody {
            let reviews = Reviews::of(&judging.decisions);
            alerts.retain(|alert| is_accepted(&reviews, &alert.id, judging.reviewers));
            for alert in &mut alerts {
                alert.sentence = masked(&alert.sentence).into_owned();
                for fact in std::iter::once(&mut alert.said).chain(&mut alert.seen) {
                    fact.quote = masked(&fact.quote).into_owned();
                }
            }
            let corrected = |said: &Statement<_>| reviews.of_thing(&said.id).body.is_some();
            let said = judging.sightings.iter();
            let replies = said.filter(|said| said.kind == DocumentKind::Foi && !corrected(said));
            self.replies.extend(replies.map(|said| said.record.clone()));
            let sources = judging.sightings.iter().map(|said| said.what.evidence.blob);
            self.sources.extend(sources);
        }
        self.findings.extend(findings);
        self.alerts.extend(alerts);
        self.sightings += judging.sightings.len() as u64;
        Ok(())
    }

    /// Takes out what goes with what is held back: records and bodies go across parts, so what another part holds back is known
    /// only when all are done.
    pub(super) fn held_back(&mut self, promises: &mut Vec<Promised>) -> Held {
        let held = std::mem::take(&mut self.held);
        let is_held = |promised: &Promised| held.records.contains(&promised.said.record);
        let gone: HashSet<String> = promises
            .extract_if(.., |it| is_held(it))
            .map(|it| it.said.id)
            .collect();
        self.alerts.retain(|alert| {
            let mut facts = std::iter::once(&alert.said).chain(&alert.seen);
            !facts.any(|fact| gone.contains(&fact.id))
        });
        held
    }

    fn join(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.alerts.extend(other.alerts);
        self.sightings += other.sightings;
        self.replies.extend(other.replies);
        self.sources.extend(other.sources);
        self.held.join(other.held);
    }

    /// As if all had been judged at once.
    pub(super) fn in_order(mut self) -> Self {
        // A body is of one part alone, so its places keep their order.
        self.findings
            .sort_by(|a, b| (&a.body, &a.maker).cmp(&(&b.body, &b.maker)));
        self.alerts.sort_by(|a, b| {
            (a.kind, &a.body, a.said.date, &a.id).cmp(&(b.kind, &b.body, b.said.date, &b.id))
        });
        // What follows from the catalogue alone follows from every part.
        self.alerts.dedup_by(|a, b| a.id == b.id);
        self
    }
}

#[cfg(test)]
mod tests {
    use stripout_model::{
        Act, AlertKind, AlertStatus, Authority, Days, Evidence, Fact, Locator, Voice, Wording,
    };

    use super::*;

    fn promise(id: &str, record: &str) -> Promised {
        let words = "We will buy no more.";
        let what = Commitment {
            who: "A Council".into(),
            act: Act::StopBuying,
            scope: String::new(),
            by: None,
            authority: Authority::Official,
            voice: Voice::Own,
            days: Days::default(),
            why: String::new(),
            evidence: Evidence {
                blob: BlobId::UNHASHED,
                locator: Locator::of_text(words),
                excerpt: words.into(),
                start: 0,
                mark: 0..words.len(),
            },
        };
        let said = Statement {
            id: id.into(),
            record: record.into(),
            kind: DocumentKind::Letter,
            source: "a.txt".into(),
            partial: false,
            written: None,
            got: jiff::civil::date(2026, 1, 2),
            award: None,
            released: String::new(),
            reference: None,
            authors: Vec::new(),
            what,
        };
        Promised { body: None, said }
    }

    fn alert(said: &str) -> Alert {
        Alert {
            id: format!("alert on {said}"),
            kind: AlertKind::DeadlinePassed,
            body: "a-council".parse().unwrap(),
            maker: None,
            said: Fact {
                id: said.to_owned(),
                date: None,
                when: None,
                quote: String::new(),
                wording: Wording::Verbatim,
                source: String::new(),
            },
            seen: None,
            sentence: String::new(),
            status: AlertStatus::Open,
        }
    }

    #[test]
    fn what_another_part_holds_back_goes_with_its_record() {
        let mut first = Seen {
            alerts: vec![alert("kept"), alert("goes")],
            ..Seen::default()
        };
        let mut second = Seen::default();
        second.held.records.insert("of both".to_owned());
        first.join(second);
        let mut promises = vec![promise("goes", "of both"), promise("kept", "of one")];
        let held = first.held_back(&mut promises);
        assert!(held.records.contains("of both"));
        let left: Vec<&str> = first.alerts.iter().map(|it| it.said.id.as_str()).collect();
        assert_eq!(left, ["kept"]);
        assert_eq!(promises.len(), 1);
    }
}
