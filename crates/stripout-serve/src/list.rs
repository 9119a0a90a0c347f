//! The lists of findings and bodies, and the search: one question for pages and JSON alike.

use serde::{Deserialize, Serialize};
use stripout_catalogue::PublicBody;
use stripout_judge::{By, Standing};
use stripout_model::{BodyId, Finding, MakerId, Status};

use crate::page::{PartSize, ROWS, filled};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Which findings, newest first.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FindingQuery {
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<BodyId>,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) maker: Option<MakerId>,
    /// Kind of body.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// How the rules stand to it: covered, promised, unknown or no-rule.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) standing: Option<String>,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<usize>,
    /// Id of the row that it begins after.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
    /// Rows of a part.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<PartSize>,
}

/// Which bodies, by name.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BodyQuery {
    /// Kind of body.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// Region or nation, as it is called.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// Only bodies with a finding of this status; `any` for any.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<usize>,
    /// Id of the row that it begins after.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
    /// Rows of a part.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<PartSize>,
}

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PageQuery {
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<usize>,
    /// Id of the row that it begins after.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
    /// Rows of a part.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<PartSize>,
}

/// Rows of the table of the gap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Rows {
    #[default]
    Kind,
    Maker,
    Region,
}

/// How the rules stand to what is there, and how they would with an instrument in force.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct GapQuery {
    pub(crate) by: Rows,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) what_if: Option<String>,
}

/// How a map shows bodies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MapView {
    #[default]
    Points,
    Regions,
    Hex,
    Table,
}

/// Which bodies on the map, and how.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct MapQuery {
    pub(crate) view: MapView,
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    /// Kind of body.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    /// Region or nation, as it is called: the map shows it large.
    #[serde(deserialize_with = "filled", skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
}

/// Words to look for.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SearchQuery {
    pub(crate) q: String,
}

impl FindingQuery {
    /// What is asked for must be known: an empty list would say that nothing is there.
    pub(crate) fn known(&self, view: &View) -> Result<(), Trouble> {
        if let Some(id) = self.body.as_ref().filter(|id| view.body(id).is_none()) {
            return Err(Trouble::Malformed(format!("`body`: there is no body `{id}`")));
        }
        if let Some(id) = self.maker.as_ref().filter(|id| view.maker(id).is_none()) {
            return Err(Trouble::Malformed(format!("`maker`: there is no maker `{id}`")));
        }
        is_kind(self.kind.as_deref(), view)?;
        let standing = |wanted: &&str| Standing::ALL.iter().all(|it| it.as_str() != *wanted);
        match self.standing.as_deref().filter(standing) {
            Some(standing) => Err(Trouble::Malformed(format!("`standing`: `{standing}` is none"))),
            None => Ok(()),
        }
    }

    pub(crate) fn size(&self) -> usize {
        self.limit.map_or(ROWS, |limit| limit.0)
    }

    pub(crate) fn of<'v>(&self, view: &'v View) -> Vec<&'v Finding> {
        let kind_of = |finding: &Finding| view.body(&finding.body).map(|body| body.kind.as_str());
        let fits = |finding: &&Finding| {
            self.status.is_none_or(|status| status == finding.status)
                && self.body.as_ref().is_none_or(|body| *body == finding.body)
                && self.maker.as_ref().is_none_or(|maker| *maker == finding.maker)
                && self
                    .kind
                    .as_deref()
                    .is_none_or(|kind| kind_of(finding) == Some(kind))
                && self.standing.as_deref().is_none_or(|wanted| {
                    let standing = view.standings.get(&finding.id);
                    standing.copied().map(Standing::as_str) == Some(wanted)
                })
        };
        let mut found: Vec<&Finding> = view.findings.iter().filter(fits).collect();
        found.sort_by(|a, b| (b.last, &a.id).cmp(&(a.last, &b.id)));
        found
    }
}

impl Rows {
    pub(crate) const ALL: [Self; 3] = [Self::Kind, Self::Maker, Self::Region];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Maker => "maker",
            Self::Region => "region",
        }
    }

    pub(crate) fn by(self) -> By {
        match self {
            Self::Kind => By::Kind,
            Self::Maker => By::Maker,
            Self::Region => By::Region,
        }
    }
}

impl MapView {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Regions => "regions",
            Self::Hex => "hex",
            Self::Table => "table",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Points => "Where they are",
            Self::Regions => "By region",
            Self::Hex => "One cell each",
            Self::Table => "Table",
        }
    }
}

impl PageQuery {
    pub(crate) fn size(&self) -> usize {
        self.limit.map_or(ROWS, |limit| limit.0)
    }
}

fn is_kind(kind: Option<&str>, view: &View) -> Result<(), Trouble> {
    let kinds = view.catalogue().vocabularies.get("body-kinds");
    let is = |wanted: &str| kinds.is_some_and(|all| all.values.iter().any(|it| it.id == wanted));
    match kind.filter(|kind| !is(kind)) {
        Some(kind) => Err(Trouble::Malformed(format!(
            "`kind`: there is no kind of body `{kind}`"
        ))),
        None => Ok(()),
    }
}

impl BodyQuery {
    pub(crate) fn known(&self, view: &View) -> Result<(), Trouble> {
        is_kind(self.kind.as_deref(), view)
    }

    pub(crate) fn size(&self) -> usize {
        self.limit.map_or(ROWS, |limit| limit.0)
    }

    pub(crate) fn of<'v>(&self, view: &'v View) -> Vec<&'v PublicBody> {
        let has = |body: &PublicBody| match self.status.as_deref() {
            None => true,
            Some("any") => !view.findings_of(&body.id).is_empty(),
            Some(wanted) => view
                .findings_of(&body.id)
                .iter()
                .any(|it| it.status.as_str() == wanted),
        };
        let mut found: Vec<&PublicBody> = view
            .bodies()
            .iter()
            .filter(|body| self.kind.as_deref().is_none_or(|kind| kind == body.kind))
            .filter(|body| {
                let place = self.place.as_deref();
                place.is_none_or(|place| place == words::place(view.catalogue(), body))
            })
            .filter(|body| has(body))
            .collect();
        found.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        found
    }
}
