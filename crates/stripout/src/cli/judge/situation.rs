//! A situation, said by flags.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use stripout_catalogue::{Bodies, Catalogue, PublicBody, Situation};
use stripout_judge::Judge;
use stripout_model::BodyId;

use crate::cli::CatalogueFlags;
use crate::failure::{Exit, Failure};

/// Who does what, where, for what and when. What is left out is not known.
#[derive(Debug, Clone, Args)]
pub(crate) struct SituationFlags {
    /// Kind of body (council, police, nhs, school, department ...), or the name of one.
    #[arg(long, value_name = "KIND|NAME")]
    body: Option<String>,
    /// Country or part of it the body belongs to: England, GB-SCT, US ...
    #[arg(long, value_name = "NATION")]
    nation: Option<String>,
    /// The body itself: its id in the catalogue, which says its kind and nation too.
    #[arg(long, value_name = "BODY")]
    id: Option<BodyId>,
    /// What is known of the site: sensitive, not-sensitive, or another criterion. May be repeated.
    #[arg(long, value_name = "[not-]CRITERION")]
    site: Vec<String>,
    /// What the equipment does.
    #[arg(long, value_name = "EQUIPMENT", default_value = "video-surveillance")]
    equipment: String,
    /// Country the unit was made in.
    #[arg(long, value_name = "COUNTRY")]
    made_in: Option<String>,
    /// What it is for; all its purposes when repeated.
    #[arg(long, value_name = "PURPOSE")]
    purpose: Vec<String>,
    /// What else is known: waiver, not-below-threshold ... May be repeated.
    #[arg(long, value_name = "[not-]CIRCUMSTANCE")]
    circumstance: Vec<String>,
}

impl SituationFlags {
    /// All but maker, act and day.
    pub(crate) fn situation(
        &self,
        catalogue: &Catalogue,
        flags: &CatalogueFlags,
    ) -> anyhow::Result<Situation> {
        let nation = |name: &Option<String>| name.as_deref().map(|it| nation(it, catalogue)).transpose();
        let situation = Situation {
            body: self.body.clone(),
            nation: nation(&self.nation)?,
            id: self.id.clone(),
            site: facts(&self.site),
            equipment: Some(self.equipment.clone()),
            made_in: nation(&self.made_in)?,
            purpose: (!self.purpose.is_empty()).then(|| self.purpose.clone()),
            circumstance: facts(&self.circumstance),
            ..Situation::default()
        };
        let name = self.body.as_deref().filter(|name| !is_kind(name, catalogue));
        if name.is_none() && self.id.is_none() {
            return Ok(situation);
        }
        let bodies = flags.bodies()?;
        let named = name.map(|name| named(name, &bodies)).transpose()?;
        let given = self.id.as_ref().map(|id| known(id, &bodies)).transpose()?;
        if let (Some(named), Some(given)) = (named, given)
            && named.id != given.id
        {
            let what = format!("`{}` is the body `{}`, not `{}`", named.name, named.id, given.id);
            return Err(Failure::usage(what, "give one body: leave out --body, or --id").into());
        }
        let Some(body) = given.or(named) else {
            return Ok(situation);
        };
        agrees(
            body,
            situation.body.as_deref().filter(|_| name.is_none()),
            &situation,
        )?;
        Ok(Situation {
            body: Some(body.kind.clone()),
            nation: Some(body.nation.clone()),
            id: Some(body.id.clone()),
            ..situation
        })
    }
}

/// What is said of a body beside its id must be so: a council is no department.
fn agrees(body: &PublicBody, kind: Option<&str>, situation: &Situation) -> Result<(), Failure> {
    if let Some(kind) = kind.filter(|kind| *kind != body.kind) {
        return Err(Failure::usage(
            format!("`{}` is of the kind {}, not {kind}", body.id, body.kind),
            format!("leave out --body, or give the id of a body of the kind {kind}"),
        ));
    }
    let within = |part: &str, whole: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    match &situation.nation {
        Some(nation) if !within(nation, &body.nation) && !within(&body.nation, nation) => {
            Err(Failure::usage(
                format!("`{}` is of {}, not {nation}", body.id, body.nation),
                "leave out --nation: the body's own is known",
            ))
        }
        _ => Ok(()),
    }
}

fn known<'b>(id: &BodyId, bodies: &'b Bodies) -> Result<&'b PublicBody, Failure> {
    bodies.get(id).ok_or_else(|| {
        Failure::usage(
            format!("no body of the catalogue has the id `{id}`"),
            "`stripout resolve NAME` finds it",
        )
    })
}

/// Where the bodies of the catalogue are. Instruments of other countries bind none of them.
const HOME: &str = "GB";

/// The instruments that are asked when nobody says of which country a body is: those of home, and the ids of the others.
pub(crate) fn asked<'c>(judge: &Judge<'c>, situation: &Situation) -> (Vec<usize>, Vec<&'c str>) {
    let mut asked = Vec::new();
    let mut left_out = Vec::new();
    for (number, policy) in judge.policies().enumerate() {
        if situation.nation.is_some() || policy.jurisdiction.split('-').next() == Some(HOME) {
            asked.push(number);
        } else {
            left_out.push(policy.id.as_str());
        }
    }
    (asked, left_out)
}

/// One line that says which instruments were not asked; nothing where all were.
pub(crate) fn print_left_out(left_out: &[&str], out: &mut dyn Write) -> io::Result<()> {
    if left_out.is_empty() {
        return Ok(());
    }
    let list = left_out.join(", ");
    writeln!(
        out,
        "Not asked, as no --nation is given: instruments of other countries ({list})."
    )
}

fn is_kind(name: &str, catalogue: &Catalogue) -> bool {
    let kinds = catalogue.vocabularies.get("body-kinds");
    kinds.is_some_and(|kinds| kinds.get(name).is_some())
}

/// The body that is meant by name.
fn named<'b>(name: &str, bodies: &'b Bodies) -> Result<&'b PublicBody, Failure> {
    let meant = bodies.resolve(name, None);
    let body = meant.body.as_ref().and_then(|id| bodies.get(id));
    body.ok_or_else(|| Failure {
        exit: Exit::Usage,
        code: "usage",
        what: format!("`{name}` is no kind of body, and it is not sure which body it names"),
        because: meant.why,
        hint:
            "`stripout explain vocabulary:body-kinds` lists the kinds, `stripout resolve NAME` the candidates"
                .into(),
    })
}

/// The code of a country or part, given as such or by its name.
fn nation(name: &str, catalogue: &Catalogue) -> Result<String, Failure> {
    stripout_serve::nation(name, catalogue).ok_or_else(|| {
        Failure::usage(
            format!("no country or part of one is known as `{name}`"),
            "`stripout explain vocabulary:nations` lists them",
        )
    })
}

/// `sensitive` is so, `not-sensitive` is not.
fn facts(said: &[String]) -> BTreeMap<String, bool> {
    said.iter()
        .map(|word| match word.strip_prefix("not-") {
            Some(criterion) => (criterion.to_owned(), false),
            None => (word.clone(), true),
        })
        .collect()
}
