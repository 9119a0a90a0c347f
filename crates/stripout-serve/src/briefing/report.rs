//! A briefing as a file, for whoever asks for one by name.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use stripout_model::{BodyId, Confidence};
use stripout_print::Printed;

use super::{OfBody, OfPolicy, printed};
use crate::publish::revision;
use crate::trouble::Trouble;
use crate::view::{Grounds, View, make};
use crate::{ServeError, words};

/// One page of A4 as PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is about: id of a body or an instrument.
    pub about: String,
    pub name: String,
    pub bytes: Vec<u8>,
    /// Characters that its fonts do not have; they stand in it as their numbers.
    pub missing: BTreeSet<char>,
}

/// Of an instrument by its id, or of a body by its id or a name that is surely one body's.
pub async fn report(grounds: Grounds, about: &str) -> Result<Report, ServeError> {
    let mut view = make(Arc::new(grounds), String::new(), Timestamp::now()).await?;
    view.revision = revision(&view)?;
    let failed = |because: String| ServeError::Page {
        address: about.to_owned(),
        because,
    };
    let (id, name, printed) = if let Some(policy) = view.policy(about) {
        let brief = OfPolicy::of(&view, about).map_err(|trouble| failed(told(&trouble)))?;
        let printed = printed(&brief, &view).map_err(|error| failed(error.to_string()))?;
        (policy.id.clone(), policy.title.clone(), printed)
    } else {
        let id = body_of(&view, about)?;
        let brief = OfBody::of(&view, &id)
            .await
            .map_err(|trouble| failed(told(&trouble)))?;
        let printed = printed(&brief, &view).map_err(|error| failed(error.to_string()))?;
        (id.to_string(), brief.name, printed)
    };
    let Printed { bytes, missing } = printed;
    Ok(Report {
        about: id,
        name,
        bytes,
        missing,
    })
}

fn body_of(view: &View, text: &str) -> Result<BodyId, ServeError> {
    let by_id = text.parse().ok().filter(|id| view.body(id).is_some());
    let found = view.bodies().resolve(text, None);
    let sure = found.body.filter(|_| found.confidence > Confidence::Review);
    by_id.or(sure).ok_or_else(|| ServeError::NoSubject {
        named: words::safe(text),
    })
}

fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Failed(because) => because.clone(),
        other => format!("{other:?}"),
    }
}
