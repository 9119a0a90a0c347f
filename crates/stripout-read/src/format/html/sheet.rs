//! Style sheets that stand in the page: of their rules those that say whether text can be seen. Nothing is fetched.
//!
//! Rules for a medium or a width are read where they hold on every screen (`@media screen`), selectors as far as they ask for
//! names, ids, classes and what an element stands in. Any other rule is left out: what it hides is then taken for shown.

use std::cell::Cell;
use std::collections::HashMap;

use super::css::{block, part, plain};
use super::declaration::Said;
use super::selector::{Element, Key, Selector};

/// Bytes of style sheets that are read.
const LONGEST: usize = 4 << 20;
/// Rules that are kept.
const RULES: usize = 20_000;
/// How often elements are held against rules, all in all.
const TRIES: u64 = 20_000_000;
/// Groups of rules in one another: `@media`, `@layer`.
const GROUPS: usize = 8;

#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: HashMap<Key, Vec<Rule>>,
    count: usize,
    bytes: usize,
    tries: Cell<u64>,
    cut: Cell<bool>,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    order: usize,
    said: Said,
    important: Said,
}

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// It was too much: part of it was not read, or not asked.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.get()
    }

    /// Rules that it holds.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn add(&mut self, css: &str) {
        self.bytes += css.len();
        if self.bytes > LONGEST {
            self.cut.set(true);
            return;
        }
        self.rules_of(&plain(css), 0);
    }

    /// What the rules say of an element, and what they say as important: the most exact rule last.
    pub(super) fn of(&self, element: &impl Element) -> (Said, Said) {
        if self.is_empty() {
            return <(Said, Said)>::default();
        }
        let mut fitting: Vec<&Rule> = Vec::new();
        let mut left = TRIES - self.tries.get();
        Key::each(element, |key| {
            for rule in self.rules.get(&key).into_iter().flatten() {
                if rule.selector.fits(element, &mut left) {
                    fitting.push(rule);
                }
            }
        });
        self.tries.set(TRIES - left);
        if left == 0 {
            self.cut.set(true);
        }
        fitting.sort_by_key(|rule| (rule.selector.exactness(), rule.order));
        fitting
            .iter()
            .fold(<(Said, Said)>::default(), |(said, important), rule| {
                (said.then(rule.said), important.then(rule.important))
            })
    }

    fn rules_of(&mut self, css: &str, group: usize) {
        let mut rest = css;
        while let Some((head, sign, after)) = part(rest, &['{', ';', '}']) {
            rest = after;
            if sign != '{' {
                continue;
            }
            let (inside, after) = block(after);
            rest = after;
            let head = head
                .trim()
                .trim_start_matches("<!--")
                .trim_start_matches("-->")
                .trim();
            match head.strip_prefix('@') {
                Some(at) if holds_everywhere(at) && group < GROUPS => self.rules_of(inside, group + 1),
                Some(_) => {}
                None => self.rule(head, inside),
            }
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let (said, important) = Said::of(declarations);
        if said.is_silent() && important.is_silent() {
            return;
        }
        let mut rest = selectors;
        loop {
            let (one, more) = match part(rest, &[',']) {
                Some((one, _, more)) => (one, Some(more)),
                None => (rest, None),
            };
            if let Some(selector) = Selector::of(one) {
                if self.count >= RULES {
                    self.cut.set(true);
                    return;
                }
                self.count += 1;
                let order = self.count;
                self.rules.entry(selector.key()).or_default().push(Rule {
                    selector,
                    order,
                    said,
                    important,
                });
            }
            let Some(more) = more else { return };
            rest = more;
        }
    }
}

/// Whether a group asks for no more than a screen.
fn holds_everywhere(at: &str) -> bool {
    let at = at.to_ascii_lowercase();
    match at.split_once(|c: char| c.is_whitespace()) {
        Some(("media", media)) => media
            .split(',')
            .any(|one| matches!(one.trim(), "all" | "screen" | "only screen" | "only all")),
        Some(("layer", _)) => true,
        _ => at == "layer",
    }
}
