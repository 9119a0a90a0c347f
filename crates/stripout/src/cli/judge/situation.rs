//! A situation, said by flags.

use std::collections::BTreeMap;

use clap::Args;
use stripout_catalogue::{Bodies, Catalogue, Situation};
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
    /// The body itself: its id in the catalogue.
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
        match &self.body {
            Some(name) if !is_kind(name, catalogue) => named(name, situation, &flags.bodies()?),
            _ => Ok(situation),
        }
    }
}

fn is_kind(name: &str, catalogue: &Catalogue) -> bool {
    let kinds = catalogue.vocabularies.get("body-kinds");
    kinds.is_some_and(|kinds| kinds.get(name).is_some())
}

/// The body that is meant by name, with its kind and nation.
fn named(name: &str, situation: Situation, bodies: &Bodies) -> anyhow::Result<Situation> {
    let meant = bodies.resolve(name, None);
    let Some(body) = meant.body.as_ref().and_then(|id| bodies.get(id)) else {
        return Err(Failure {
            exit: Exit::Usage,
            code: "usage",
            what: format!("`{name}` is no kind of body, and it is not sure which body it names"),
            because: meant.why,
            hint: "`stripout explain vocabulary:body-kinds` lists the kinds, `stripout resolve NAME` the candidates"
                .into(),
        }
        .into());
    };
    Ok(Situation {
        body: Some(body.kind.clone()),
        nation: Some(body.nation.clone()),
        id: Some(body.id.clone()),
        ..situation
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
