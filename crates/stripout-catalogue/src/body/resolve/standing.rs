//! The day picks the body: who stood in the place of one that did not exist then.

use jiff::civil::Date;
use stripout_model::BodyId;

use crate::body::bodies::Bodies;

/// Who a body's name stands for on a day.
pub(super) enum Standing {
    /// It existed, or no day is given.
    Itself,
    /// Its one heir or forerunner of that day.
    Other { body: usize, because: String },
    /// None or several.
    Nobody { others: Vec<usize>, because: String },
}

impl Bodies {
    /// Whether the body existed on that day, and if not, who stood in its place: the one heir or forerunner, or several.
    pub(super) fn standing(&self, body: usize, at: Option<Date>) -> Standing {
        let (Some(at), Some(named)) = (at, self.list.get(body)) else {
            return Standing::Itself;
        };
        if named.existed(Some(at)) {
            return Standing::Itself;
        }
        let ended = named.until.is_some_and(|until| until <= at);
        let mut others: Vec<usize> = Vec::new();
        let mut open = vec![body];
        // No line of bodies is longer than the list.
        for _ in 0..self.list.len() {
            let Some(next) = open.pop().and_then(|place| self.list.get(place)) else {
                break;
            };
            let ids: Vec<&BodyId> = if ended {
                self.successors(&next.id).map(|s| &s.successor).collect()
            } else {
                self.predecessors(&next.id).map(|s| &s.predecessor).collect()
            };
            for place in ids.into_iter().filter_map(|id| self.places.get(id).copied()) {
                if self.existed(place, Some(at)) {
                    if !others.contains(&place) {
                        others.push(place);
                    }
                } else {
                    open.push(place);
                }
            }
        }
        let when = if ended {
            format!("it ended on {}", named.until.unwrap_or(at))
        } else {
            format!("it began on {}", named.from.unwrap_or(at))
        };
        match others.as_slice() {
            [other] => {
                let role = if ended { "took over" } else { "came before" };
                Standing::Other {
                    body: *other,
                    because: format!("{when}, {} {role}", self.name(*other)),
                }
            }
            _ => Standing::Nobody {
                because: format!("{when}, and no one body stands for it on {at}"),
                others,
            },
        }
    }
}
