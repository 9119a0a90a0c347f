//! Comments on the cells of a sheet: the library at hand does not give them.

use std::ops::ControlFlow;

use crate::Limits;
use crate::markup::{Node, local, walk};
use crate::opc::relations;
use crate::package::Package;

/// `B7: words`, one paragraph a comment; empty when the sheet has none.
pub(super) fn comments(package: &Package<'_>, sheet: &str, limits: &Limits) -> String {
    let mut said = String::new();
    for part in relations(package, sheet, limits).unwrap_or_default() {
        if part.kind != "comments" && part.kind != "threadedComment" {
            continue;
        }
        let mut open = false;
        let mut letters = false;
        let read = package.read(&part.part, |read| {
            walk(read, limits, &mut |node| {
                match node {
                    Node::Open(element) => match local(element.name()) {
                        "comment" | "threadedComment" => {
                            open = true;
                            said.push_str(&element.attribute("ref").unwrap_or_default());
                            said.push_str(": ");
                        }
                        // Not the reading aids above characters.
                        "t" | "text" => letters = open,
                        "rPh" => letters = false,
                        _ => {}
                    },
                    Node::Text(text) if letters && !text.trim().is_empty() => {
                        said.push_str(&text.replace(['\n', '\r'], " "));
                    }
                    Node::Text(_) => {}
                    Node::Close(name) => match local(name) {
                        "comment" | "threadedComment" if open => {
                            said.push_str("\n\n");
                            open = false;
                        }
                        "t" => letters = false,
                        _ => {}
                    },
                }
                ControlFlow::Continue(())
            })
        });
        // A broken list of comments takes nothing from the sheet; what it gave is kept.
        drop(read);
        if open {
            said.push_str("\n\n");
        }
    }
    said
}
