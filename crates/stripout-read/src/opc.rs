//! How the parts of a Word or Excel package hang together.

use std::ops::ControlFlow;

use stripout_model::Problem;

use crate::Limits;
use crate::markup::{Node, local, walk};
use crate::package::{Package, target};

/// A part that another one refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// Last word of its type: `header`, `comments`, `worksheet`.
    pub(crate) kind: String,
    /// Name of the part.
    pub(crate) part: String,
}

/// The parts that `part` refers to, in order; the package itself is the empty name.
pub(crate) fn relations(
    package: &Package<'_>,
    part: &str,
    limits: &Limits,
) -> Result<Vec<Relation>, Problem> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut relations = Vec::new();
    let list = format!("{folder}{slash}_rels/{name}.rels");
    let read = package.read(&list, |read| {
        walk(read, limits, &mut |node| {
            if let Node::Open(element) = node
                && local(element.name()) == "Relationship"
                && element.attribute("TargetMode").as_deref() != Some("External")
                && let (Some(id), Some(kind), Some(to)) = (
                    element.attribute("Id"),
                    element.attribute("Type"),
                    element.attribute("Target"),
                )
            {
                relations.push(Relation {
                    id: id.into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().into(),
                    part: target(part, &to),
                });
            }
            ControlFlow::Continue(())
        })
    });
    read.unwrap_or(Ok(())).map(|()| relations)
}

/// The part that the package is about, or the one that it usually is.
pub(crate) fn main_part(package: &Package<'_>, usual: &str, limits: &Limits) -> String {
    relations(package, "", limits)
        .ok()
        .and_then(|all| all.into_iter().find(|relation| relation.kind == "officeDocument"))
        .map_or_else(|| usual.into(), |relation| relation.part)
}
