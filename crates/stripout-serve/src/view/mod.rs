//! What may be shown: a snapshot that follows from the register, the catalogue, the decisions and the day. Pages and the
//! JSON interface see nothing else, so what a view does not hold cannot be shown.

mod body;
mod contradiction;
mod dossier;
mod evidence;
mod held;
mod inquiry;
mod make;
mod mask;
mod names;
mod parts;
mod payee;
mod place;
mod public;
mod reply;
mod rules;
mod withdrawn;
mod work;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use stripout_catalogue::{Bodies, Catalogue, PublicBody};
use stripout_ingest::Surroundings;
use stripout_judge::{Gap, Guard, Named, NextQuestion, Responses, Standing};
use stripout_model::{
    Alert, BlobId, BodyId, Commitment, Decision, Finding, Locator, MakerId, Sighting, Statement,
};
use stripout_register::{Register, RegisterError, RowId, SourcePages, SourceRow};

use crate::ledger::Ledgers;
use crate::trouble::Trouble;
use crate::words;
use crate::{BaseUrl, Judging};

pub(crate) use body::{Event, Money, Similar, Told};
pub(crate) use contradiction::Contradiction;
pub(crate) use dossier::{Cited, Dossier};
pub(crate) use evidence::{Proof, Quote};
use inquiry::Inquiry;
pub(crate) use make::{every_core, make, make_on};
pub(crate) use names::Hits;
pub use names::Names;
pub(crate) use place::{Area, Lies, Responsible};
pub(crate) use reply::Reply;
pub(crate) use rules::Reach;
use withdrawn::Withdrawn;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// What reviewers accepted, and nothing else.
    Everybody,
    /// One person on this machine, or people who signed in: all of it.
    Private,
}

/// Reads a source again for the words around a passage of it. The program hands it in: the site knows no readers.
pub type Around = Arc<dyn Fn(&SourceRow, &Locator) -> Option<Surroundings> + Send + Sync>;

/// What a view follows from, besides the day.
#[derive(Clone)]
pub struct Grounds {
    pub register: Register,
    /// Where the copies of sources are kept.
    pub evidence: PathBuf,
    pub catalogue: Arc<Catalogue>,
    pub bodies: Arc<Bodies>,
    pub names: Names,
    /// Different reviewers who must have accepted before anything is public.
    pub reviewers: usize,
    pub audience: Audience,
    /// Where readers reach it.
    pub base: Option<BaseUrl>,
    /// People sign in to work on it.
    pub staffed: bool,
    pub around: Option<Around>,
}

/// A snapshot.
pub(crate) struct View {
    grounds: Arc<Grounds>,
    /// Differs from that of any other state of the register or the program.
    pub(crate) revision: String,
    pub(crate) made: Timestamp,
    pub(crate) today: Date,
    /// By body and maker.
    pub(crate) findings: Vec<Finding>,
    /// How the rules stand to what is there, by finding.
    pub(crate) standings: HashMap<String, Standing>,
    pub(crate) alerts: Vec<Alert>,
    pub(crate) promises: Vec<Promised>,
    pub(crate) questions: Vec<NextQuestion>,
    /// By kind of body.
    pub(crate) responses: Vec<Responses>,
    /// What was asked and answered, by body.
    inquiries: Vec<Inquiry>,
    pub(crate) gap: Gap,
    pub(crate) counts: Counts,
    /// By what they are on, oldest first.
    decisions: HashMap<String, Vec<Decision>>,
    behind: Behind,
    /// What of the words of sources is not told to this audience.
    guard: Guard,
    /// Rows that may be shown; `None`: all.
    shown: Option<HashSet<RowId>>,
    withdrawn: Withdrawn,
    pub(crate) ledgers: Ledgers,
    /// What bodies replied, the latest words first; those that were taken back among them.
    pub(crate) replies: Vec<Reply>,
    /// Where sources were published.
    pages: SourcePages,
    /// Sources of which this audience may have the originals; `None`: all.
    open: Option<HashSet<BlobId>>,
    /// It is written to files, for a host that runs nothing.
    pub(crate) files: bool,
}

/// Which finding, by its place, a sighting stands behind: by sighting.
struct Behind(Vec<(RowId, u32)>);

/// What a body said it would do.
pub(crate) struct Promised {
    /// `None` when it is not surely known who speaks.
    pub(crate) body: Option<Named>,
    pub(crate) said: Statement<Commitment>,
}

/// How much the register holds. Nothing of it is known to everybody but what they are shown.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) sources: u64,
    pub(crate) partial: u64,
    pub(crate) records: u64,
    pub(crate) sightings: u64,
    /// Sightings whose body is not known.
    pub(crate) unresolved: u64,
    pub(crate) undecided: u64,
}

/// Bodies of today, and those that are no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Headcount {
    pub(crate) today: u64,
    pub(crate) gone: u64,
}

impl Headcount {
    /// `1,246 bodies`, `24 bodies and 2 that are no more`
    pub(crate) fn told(self) -> String {
        let today = words::count(self.today, "body", "bodies");
        match self.gone {
            0 => today,
            1 => format!("{today} and 1 that is no more"),
            gone => format!("{today} and {} that are no more", words::number(gone)),
        }
    }
}

impl Behind {
    fn of(findings: &[Finding]) -> Self {
        let mut behind = Vec::new();
        for (place, finding) in (0..).zip(findings) {
            let ids = public::rests_on(finding).filter_map(|id| id.parse().ok());
            behind.extend(ids.map(|id: RowId| (id, place)));
        }
        behind.sort_unstable();
        Self(behind)
    }

    /// Of several the last, which is the one of the site.
    fn place(&self, sighting: RowId) -> Option<usize> {
        let after = self.0.partition_point(|(id, _)| *id <= sighting);
        let (id, place) = self.0.get(after.checked_sub(1)?)?;
        (*id == sighting).then_some(*place as usize)
    }
}

impl View {
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.grounds.catalogue
    }

    pub(crate) fn bodies(&self) -> &Bodies {
        &self.grounds.bodies
    }

    pub(crate) fn names(&self) -> &Names {
        &self.grounds.names
    }

    pub(crate) fn base(&self) -> Option<&BaseUrl> {
        self.grounds.base.as_ref()
    }

    pub(crate) fn is_staffed(&self) -> bool {
        self.grounds.staffed
    }

    pub(crate) fn is_private(&self) -> bool {
        self.grounds.audience == Audience::Private
    }

    pub(crate) fn body(&self, id: &BodyId) -> Option<&PublicBody> {
        self.bodies().get(id)
    }

    /// Its name; the id of one that the catalogue does not have.
    pub(crate) fn name_of<'a>(&'a self, id: &'a BodyId) -> &'a str {
        self.body(id).map_or(id.as_str(), |body| body.name.as_str())
    }

    pub(crate) fn maker_label<'a>(&'a self, id: &'a MakerId) -> &'a str {
        let maker = self.catalogue().makers.get(id);
        maker.map_or(id.as_str(), |maker| maker.label.as_str())
    }

    pub(crate) fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// Why there is no finding of this id.
    pub(crate) fn no_finding(&self, id: &str) -> Trouble {
        let mut parts = id.splitn(3, '.');
        let body = parts.next().and_then(|it| it.parse().ok());
        let maker = parts.next().and_then(|it| it.parse().ok());
        match body.zip(maker) {
            Some(of) if self.withdrawn.findings.contains(&of) => Trouble::Gone,
            _ => Trouble::NotFound,
        }
    }

    /// Whom something that was taken back spoke of.
    pub(crate) fn withdrawn(&self, thing: &str) -> Option<&(BodyId, MakerId)> {
        self.withdrawn.evidence.get(&thing.parse().ok()?)?.as_ref()
    }

    /// Why there is no evidence of this id.
    pub(crate) fn no_evidence(&self, id: RowId) -> Trouble {
        if self.withdrawn.evidence.contains_key(&id) {
            Trouble::Gone
        } else {
            Trouble::NotFound
        }
    }

    /// The finding that a sighting stands behind.
    pub(crate) fn finding_with(&self, sighting: RowId) -> Option<&Finding> {
        self.findings.get(self.behind.place(sighting)?)
    }

    /// The finding that a thing decided on stands behind.
    pub(crate) fn finding_of(&self, thing: &str) -> Option<&Finding> {
        self.finding_with(thing.parse().ok()?)
    }

    pub(crate) fn findings_of(&self, body: &BodyId) -> &[Finding] {
        let from = self.findings.partition_point(|finding| finding.body < *body);
        let to = self.findings.partition_point(|finding| finding.body <= *body);
        self.findings.get(from..to).unwrap_or_default()
    }

    pub(crate) fn alerts_of<'a>(&'a self, body: &'a BodyId) -> impl Iterator<Item = &'a Alert> {
        self.alerts.iter().filter(move |alert| alert.body == *body)
    }

    pub(crate) fn promises_of<'a>(&'a self, body: &'a BodyId) -> impl Iterator<Item = &'a Promised> {
        let of = move |promised: &&Promised| promised.body.as_ref().is_some_and(|it| it.id == *body);
        self.promises.iter().filter(of)
    }

    pub(crate) fn questions_of<'a>(&'a self, body: &'a BodyId) -> impl Iterator<Item = &'a NextQuestion> {
        let of = move |one: &&NextQuestion| one.body.as_ref() == Some(body);
        self.questions.iter().filter(of)
    }

    /// All decisions that this audience may know of.
    pub(crate) fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.decisions.values().flatten()
    }

    pub(crate) fn decisions_on(&self, thing: &str) -> &[Decision] {
        self.decisions.get(thing).map_or(&[], Vec::as_slice)
    }

    /// How many of these bodies there are today, and how many are no more: every page counts them by this.
    pub(crate) fn headcount<'b>(&self, bodies: impl IntoIterator<Item = &'b PublicBody>) -> Headcount {
        let mut count = Headcount::default();
        for body in bodies {
            if body.existed(Some(self.today)) {
                count.today += 1;
            } else {
                count.gone += 1;
            }
        }
        count
    }

    /// The bodies of the findings, each once.
    pub(crate) fn bodies_found<'v>(
        &'v self,
        findings: impl IntoIterator<Item = &'v Finding>,
    ) -> Vec<&'v PublicBody> {
        let ids: BTreeSet<&BodyId> = findings.into_iter().map(|it| &it.body).collect();
        ids.into_iter().filter_map(|id| self.body(id)).collect()
    }

    /// Bodies of each kind that exist, as far as the catalogue knows.
    pub(crate) fn existing(&self) -> BTreeMap<&str, u64> {
        let rows = self.responses.iter();
        rows.filter(|row| row.existing > 0)
            .map(|row| (row.kind.as_str(), row.existing))
            .collect()
    }

    pub(crate) fn register(&self) -> &Register {
        &self.grounds.register
    }

    /// Different reviewers who must have accepted before anything is public.
    pub(crate) fn reviewers(&self) -> usize {
        self.grounds.reviewers
    }

    /// All that judging needs, read anew.
    pub(crate) async fn judging(&self) -> Result<Judging, RegisterError> {
        let Grounds {
            register,
            catalogue,
            bodies,
            reviewers,
            ..
        } = self.grounds.as_ref();
        Judging::read(
            register,
            catalogue.clone(),
            bodies.clone(),
            *reviewers,
            self.today,
        )
        .await
    }

    /// The same of some sightings, with the log as it is now.
    pub(crate) fn judging_of(
        &self,
        sightings: Vec<Statement<Sighting>>,
        decisions: Vec<Decision>,
    ) -> Judging {
        Judging {
            sightings,
            decisions,
            ..Judging::of_nothing(
                self.grounds.catalogue.clone(),
                self.grounds.bodies.clone(),
                self.grounds.reviewers,
                self.today,
            )
        }
    }

    fn may_show(&self, id: RowId) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(&id))
    }
}
