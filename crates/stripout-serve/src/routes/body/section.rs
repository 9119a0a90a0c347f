//! What is known of one maker at a body: findings one by one where they are few, places in a table where they are many, and
//! the rules once.

use stripout_model::{Coverage, Determination, Finding, Status};

use crate::claim::Claim;
use crate::trouble::Trouble;
use crate::view::{Proof, Reply, View};
use crate::words;

/// Findings of one maker that are told one by one; of more, those of places stand in a table.
const ONE_BY_ONE: usize = 3;
/// Places in the table.
const PLACES: usize = 60;
/// Pieces of evidence quoted with each finding; the evidence page of each leads to the others.
const QUOTED: usize = 5;

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
    pub(super) rules: Vec<Ruled<'v>>,
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

/// What the rules say of what is there: of all of it, or of what they tell apart.
pub(super) struct Ruled<'v> {
    /// ` at the 3 sites that a source calls sensitive`; empty where the rules say the same of all.
    pub(super) of: String,
    pub(super) reaching: Vec<Rule<'v>>,
    /// Instruments that do not reach it.
    pub(super) apart: Vec<Rule<'v>>,
}

pub(super) struct Rule<'v> {
    pub(super) id: &'v str,
    pub(super) title: &'v str,
    pub(super) coverage: Coverage,
    pub(super) binding: bool,
    pub(super) why: String,
    pub(super) missing: String,
}

impl<'v> Section<'v> {
    /// `findings`: of one maker, at least one.
    pub(super) async fn of(findings: &'v [Finding], view: &'v View) -> Result<Self, Trouble> {
        let many = findings.len() > ONE_BY_ONE;
        let (tabled, told): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|it| many && it.place().is_some());
        let mut claims = Vec::new();
        for finding in told {
            claims.push(Proven::of(Claim::of(finding, view), view).await?);
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
            more_places: (tabled.len() > PLACES).then(|| format!("the first {PLACES} of {counted}")),
            counted,
            places: tabled.iter().take(PLACES).map(|it| Place::of(it, view)).collect(),
            rules: ruled(findings, view)?,
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
    async fn of(claim: Claim<'v>, view: &'v View) -> Result<Self, Trouble> {
        let finding = claim.finding;
        let quoted =
            |ids: &'v [String]| -> Vec<&'v str> { ids.iter().take(QUOTED).map(String::as_str).collect() };
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

impl Ruled<'_> {
    pub(super) fn apart_of(&self) -> String {
        let (one, many) = (
            "instrument that does not reach it",
            "instruments that do not reach it",
        );
        words::count(self.apart.len() as u64, one, many)
    }
}

/// The rules ask what sort of site and of device it is and no more: findings that are alike in that are judged once.
fn ruled<'v>(findings: &'v [Finding], view: &'v View) -> Result<Vec<Ruled<'v>>, Trouble> {
    let exists = findings
        .first()
        .and_then(|it| view.body(&it.body))
        .is_some_and(|body| body.existed(Some(view.today)));
    let mut kinds: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings.iter().filter(|it| exists && it.status.is_there()) {
        let like = |of: &&mut Vec<&Finding>| {
            of.first()
                .is_some_and(|it| (it.sensitive, &it.kinds) == (finding.sensitive, &finding.kinds))
        };
        match kinds.iter_mut().find(like) {
            Some(kind) => kind.push(finding),
            None => kinds.push(vec![finding]),
        }
    }
    let apart = kinds.len() > 1;
    let ruled = |kind: Vec<&'v Finding>| {
        let Some(first) = kind.first() else {
            return Ok(None);
        };
        let determined = view.determinations(first)?;
        let rules = determined.iter().filter_map(|one| rule(one, view));
        let (mut reaching, out): (Vec<Rule<'_>>, Vec<Rule<'_>>) =
            rules.partition(|rule| rule.coverage != Coverage::OutOfScope);
        reaching.sort_by_key(|rule| match (rule.coverage, rule.binding) {
            (Coverage::Covered, true) => 0,
            (Coverage::Unknown, _) => 1,
            (Coverage::Covered, false) => 2,
            _ => 3,
        });
        Ok(Some(Ruled {
            of: if apart {
                told_apart(&kind, view)
            } else {
                String::new()
            },
            reaching,
            apart: out,
        }))
    };
    let ruled = kinds.into_iter().map(ruled);
    let ruled: Result<Vec<Option<Ruled<'v>>>, Trouble> = ruled.collect();
    Ok(ruled?.into_iter().flatten().collect())
}

/// ` at 3 sites that a source calls sensitive (dome-camera)`
fn told_apart(kind: &[&Finding], view: &View) -> String {
    let Some(first) = kind.first() else {
        return String::new();
    };
    let placed = kind.iter().filter(|it| it.place().is_some()).count();
    let sites = match placed {
        0 => "at no one site".to_owned(),
        some => format!("at {}", words::count(some as u64, "site", "sites")),
    };
    let sort = match first.sensitive {
        Some(true) => ", which a source calls sensitive",
        Some(false) => ", which a source calls no sensitive one",
        None => "",
    };
    let devices: Vec<&str> = first
        .kinds
        .iter()
        .map(|it| words::label(view.catalogue(), "device-kinds", it))
        .collect();
    let devices = if devices.is_empty() {
        String::new()
    } else {
        format!(" ({})", devices.join(", "))
    };
    format!(" {sites}{sort}{devices}")
}

fn rule<'v>(one: &Determination, view: &'v View) -> Option<Rule<'v>> {
    let policy = view.policy(&one.policy)?;
    Some(Rule {
        id: &policy.id,
        title: &policy.title,
        coverage: one.coverage,
        binding: one.binding,
        why: words::reason(&policy.title, &one.why).to_owned(),
        missing: one.missing.join(", "),
    })
}
