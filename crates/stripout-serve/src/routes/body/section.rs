//! What is known of one maker at a body: findings one by one where they are few, places in a table where they are many.

use stripout_model::{Finding, Status};

use crate::claim::Claim;
use crate::trouble::Trouble;
use crate::view::{Proof, Reply, View};
use crate::words;

/// Findings of one maker that are told one by one; of more, those of places stand in a table.
const ONE_BY_ONE: usize = 3;
/// Places in the tables of a page.
const PLACES: usize = 60;
/// Pieces of evidence quoted with a finding, and with all of a page; the evidence page of each leads to the others.
const QUOTED: usize = 5;
const QUOTED_IN_ALL: usize = 16;

pub(super) struct Section<'v> {
    pub(super) id: &'v str,
    pub(super) maker: &'v str,
    pub(super) statuses: Vec<Status>,
    pub(super) claims: Vec<Proven<'v>>,
    pub(super) places: Vec<Place<'v>>,
    /// All of them, in words: `46 places`
    pub(super) counted: String,
    /// What the table leaves out, in words.
    pub(super) more_places: Option<String>,
}

/// A finding with its evidence.
pub(super) struct Proven<'v> {
    pub(super) claim: Claim<'v>,
    pub(super) agreeing: Vec<Proof>,
    pub(super) against: Vec<Proof>,
    pub(super) replies: Vec<&'v Reply>,
    /// Pieces of evidence that are not quoted here.
    more: usize,
}

/// One place of many.
pub(super) struct Place<'v> {
    pub(super) claim: Claim<'v>,
    pub(super) name: &'v str,
    pub(super) stated: String,
    pub(super) devices: String,
    pub(super) evidence: &'v str,
}

/// Findings of one maker, at least one.
struct Parted<'v> {
    findings: &'v [Finding],
    /// Told in the table of places.
    tabled: Vec<&'v Finding>,
    /// Told one by one.
    told: Vec<&'v Finding>,
}

impl<'v> Parted<'v> {
    fn of(findings: &'v [Finding]) -> Self {
        let many = findings.len() > ONE_BY_ONE;
        let (tabled, told) = findings.iter().partition(|it| many && it.place().is_some());
        Self {
            findings,
            tabled,
            told,
        }
    }
}

impl<'v> Section<'v> {
    /// One for each maker.
    pub(super) async fn all(findings: &'v [Finding], view: &'v View) -> Result<Vec<Self>, Trouble> {
        let parted: Vec<Parted<'_>> = findings
            .chunk_by(|a, b| a.maker == b.maker)
            .map(Parted::of)
            .collect();
        let told = parted.iter().map(|it| it.told.len()).sum::<usize>();
        let tables = parted.iter().filter(|it| !it.tabled.is_empty()).count();
        let quoted = (QUOTED_IN_ALL / told.max(1)).clamp(1, QUOTED);
        let mut sections = Vec::new();
        for one in parted {
            sections.push(Self::of(one, quoted, PLACES / tables.max(1), view).await?);
        }
        Ok(sections)
    }

    /// With so many pieces of evidence quoted of each finding, and so many places.
    async fn of(parted: Parted<'v>, quoted: usize, places: usize, view: &'v View) -> Result<Self, Trouble> {
        let Parted {
            findings,
            tabled,
            told,
        } = parted;
        let mut claims = Vec::new();
        for finding in told {
            claims.push(Proven::of(Claim::of(finding, view), quoted, view).await?);
        }
        let mut statuses: Vec<Status> = findings.iter().map(|it| it.status).collect();
        statuses.sort();
        statuses.dedup();
        let counted = words::count(tabled.len() as u64, "place", "places");
        let maker = findings.first().map(|it| &it.maker);
        Ok(Self {
            id: maker.map_or("", |id| id.as_str()),
            maker: maker.map_or("", |id| view.maker_label(id)),
            statuses,
            claims,
            more_places: (tabled.len() > places).then(|| format!("the first {places} of {counted}")),
            counted,
            places: tabled.iter().take(places).map(|it| Place::of(it, view)).collect(),
        })
    }
}

impl Section<'_> {
    /// Its findings have headings of their own.
    pub(super) fn is_parted(&self) -> bool {
        self.claims.len() > 1 || self.claims.iter().any(|it| it.claim.finding.place().is_some())
    }

    /// Of the headings within a finding.
    pub(super) fn level(&self) -> u8 {
        if self.is_parted() { 4 } else { 3 }
    }
}

impl<'v> Proven<'v> {
    async fn of(claim: Claim<'v>, most: usize, view: &'v View) -> Result<Self, Trouble> {
        let finding = claim.finding;
        let quoted =
            |ids: &'v [String]| -> Vec<&'v str> { ids.iter().take(most).map(String::as_str).collect() };
        let agreeing = view.sightings(&quoted(&finding.sightings)).await?;
        let against = view.sightings(&quoted(&finding.contradicted_by)).await?;
        let all = finding.sightings.len() + finding.contradicted_by.len();
        let replies = view.replies_of(&finding.body);
        Ok(Self {
            more: all - agreeing.len() - against.len(),
            agreeing,
            against,
            replies: replies
                .filter(|it| it.finding.as_deref() == Some(finding.id.as_str()))
                .collect(),
            claim,
        })
    }

    /// Where it is, of several.
    pub(super) fn heading(&self) -> String {
        match (&self.claim.finding.site, self.claim.finding.place()) {
            (Some(site), _) => format!("At {site}"),
            (None, Some(_)) => "At a site that is not named here".to_owned(),
            (None, None) => "Of the whole body".to_owned(),
        }
    }

    /// `2 further pieces of evidence`, where there are any.
    pub(super) fn more(&self) -> Option<String> {
        let (one, many) = ("further piece of evidence", "further pieces of evidence");
        (self.more > 0).then(|| words::count(self.more as u64, one, many))
    }
}

impl<'v> Place<'v> {
    fn of(finding: &'v Finding, view: &'v View) -> Self {
        Self {
            claim: Claim::of(finding, view),
            name: finding.site.as_deref().unwrap_or("a site that is not named here"),
            stated: finding.stated.map(words::day).unwrap_or_default(),
            devices: words::devices(finding).join(", "),
            evidence: finding.sightings.first().map_or("", String::as_str),
        }
    }
}
