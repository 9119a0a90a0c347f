//! A finding as pages tell it.

use stripout_judge::Standing;
use stripout_model::Finding;

use crate::view::View;
use crate::words;

pub(crate) struct Claim<'v> {
    pub(crate) finding: &'v Finding,
    pub(crate) body: &'v str,
    pub(crate) kind: &'v str,
    pub(crate) maker: &'v str,
    pub(crate) standing: Option<Standing>,
    /// Not in any public view yet.
    pub(crate) held_back: bool,
}

impl<'v> Claim<'v> {
    pub(crate) fn of(finding: &'v Finding, view: &'v View) -> Self {
        let body = view.body(&finding.body);
        Self {
            finding,
            body: view.name_of(&finding.body),
            kind: body.map_or("", |body| {
                words::label(view.catalogue(), "body-kinds", &body.kind)
            }),
            maker: view.maker_label(&finding.maker),
            standing: view.standings.get(&finding.id).copied(),
            held_back: !finding.public,
        }
    }

    /// `March 2016 · 5 devices bought · GBP 3,627.50`
    pub(crate) fn facts(&self) -> String {
        let finding = self.finding;
        let mut facts = vec![words::days(finding.first, finding.last)];
        facts.extend(words::devices(finding));
        if !finding.money.is_empty() {
            facts.push(words::money(&finding.money));
        }
        facts.join(" · ")
    }

    /// ` at County Hall`; empty where it is of no one site.
    pub(crate) fn site(&self) -> String {
        match (&self.finding.site, self.finding.place()) {
            (Some(site), _) => format!(" at {site}"),
            (None, Some(_)) => " at a site that is not named here".to_owned(),
            (None, None) => String::new(),
        }
    }

    /// Pieces of evidence, and those that contradict.
    pub(crate) fn support(&self) -> String {
        let rests = words::count(
            self.finding.sightings.len() as u64,
            "piece of evidence",
            "pieces of evidence",
        );
        match self.finding.contradicted_by.len() {
            0 => rests,
            n => format!("{rests}, contradicted by {}", words::number(n as u64)),
        }
    }
}
