//! A situation, said by flags.

use std::collections::BTreeMap;

use clap::Args;
use stripout_catalogue::{Catalogue, Situation, Stretch};
use stripout_model::{BodyId, MakerId};

use crate::failure::Failure;

/// Who does what, where, for what and when. What is left out is not known.
#[derive(Debug, Clone, Args)]
pub(crate) struct SituationFlags {
    /// Kind of body: council, police, nhs, school, department ...
    #[arg(long, value_name = "KIND")]
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
    pub(crate) fn situation(
        &self,
        maker: Option<MakerId>,
        act: Option<String>,
        date: Option<Stretch>,
        catalogue: &Catalogue,
    ) -> Result<Situation, Failure> {
        let nation = |name: &Option<String>| name.as_deref().map(|it| nation(it, catalogue)).transpose();
        Ok(Situation {
            body: self.body.clone(),
            nation: nation(&self.nation)?,
            id: self.id.clone(),
            site: facts(&self.site),
            equipment: Some(self.equipment.clone()),
            maker,
            made_in: nation(&self.made_in)?,
            purpose: (!self.purpose.is_empty()).then(|| self.purpose.clone()),
            act,
            date,
            circumstance: facts(&self.circumstance),
        })
    }
}

/// The code of a country or part, given as such or by its name.
pub(crate) fn nation(name: &str, catalogue: &Catalogue) -> Result<String, Failure> {
    let values = catalogue
        .vocabularies
        .get("nations")
        .into_iter()
        .flat_map(|it| &it.values);
    let mut named =
        values.filter(|it| it.id.eq_ignore_ascii_case(name) || it.meaning.eq_ignore_ascii_case(name));
    named.next().map(|it| it.id.clone()).ok_or_else(|| {
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
