//! Which styles hide what is formatted with them.

use std::collections::BTreeSet;

use crate::markup::{Element, Node};

#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Family and name: names are only unique in their family.
    hiding: BTreeSet<(String, String)>,
    open: (String, String),
}

impl Styles {
    pub(super) fn see(&mut self, node: &Node<'_>) {
        let Node::Open(element) = node else { return };
        match element.name() {
            "style:style" => {
                let of = |name: &str| element.exact(name).unwrap_or_default().into_owned();
                self.open = (of("style:family"), of("style:name"));
            }
            "style:text-properties" if element.exact("text:display").as_deref() == Some("none") => {
                self.hiding.insert(self.open.clone());
            }
            "style:table-properties" if element.exact("table:display").as_deref() == Some("false") => {
                self.hiding.insert(self.open.clone());
            }
            _ => {}
        }
    }

    /// Whether the style that the element names hides it.
    pub(super) fn hide(&self, family: &str, element: &Element<'_>, attribute: &str) -> bool {
        !self.hiding.is_empty()
            && element
                .exact(attribute)
                .is_some_and(|name| self.hiding.contains(&(family.to_owned(), name.into_owned())))
    }
}
