//! Provisions that a reply relies on: `section 31(1)(a) and (b)`, `ss. 24 and 31`, `Regulation 12(5)(a)`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use stripout_catalogue::Law;
use stripout_model::Ground;

/// A provision and where it is cited.
#[derive(Debug, Clone)]
pub(super) struct Citation {
    pub(super) ground: Ground,
    pub(super) span: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Laws {
    laws: Vec<Law>,
}

static CITED: LazyLock<Regex> = LazyLock::new(|| {
    let part = r"(?:\s?\([0-9a-zA-Z]{1,4}\))*";
    let number = format!(r"[0-9]{{1,2}}[A-Z]?{part}");
    let more = format!(r"(?:\s*(?:,|&|/|and|or|,\s*and)\s*(?:{number}|(?:\([0-9a-zA-Z]{{1,4}}\))+))*");
    Regex::new(&format!(
        r"(?i)\b(sections?|sect?\.|ss?\.?|s|regulations?|regs?\.?|exemptions?)\s?({number}{more})"
    ))
    .expect("a constant pattern")
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([0-9]{1,2}[A-Za-z]?)?((?:\s?\([0-9a-zA-Z]{1,4}\))*)").expect("a constant pattern")
});

impl Laws {
    pub(super) fn new(laws: &[Law]) -> Self {
        Self { laws: laws.to_vec() }
    }

    /// Places in the list of the laws that a text names.
    pub(super) fn named(&self, text: &str) -> Vec<usize> {
        let lower = running(text);
        let laws = self.laws.iter().enumerate();
        laws.filter(|(_, law)| names(law, &lower))
            .map(|(at, _)| at)
            .collect()
    }

    /// Whether a provision frees from saying if anything is held: `31(3)`, and `18` with whatever part of it is cited.
    pub(super) fn is_neither(&self, ground: &Ground) -> bool {
        let held = |law: &Law| law.neither.iter().any(|one| is_part(&ground.number, one));
        self.laws.iter().any(|law| law.id == ground.law && held(law))
    }

    /// Whether a provision refuses a request whole: its cost, its vexing.
    pub(super) fn is_entire(&self, ground: &Ground) -> bool {
        let number = section(ground);
        self.laws
            .iter()
            .any(|law| law.id == ground.law && law.entire.contains(&number))
    }

    /// Whether a provision gives notice that nothing is held.
    pub(super) fn is_not_held(&self, ground: &Ground) -> bool {
        let number = section(ground);
        self.laws
            .iter()
            .any(|law| law.id == ground.law && law.not_held.contains(&number))
    }

    /// The grounds cited in `range`, in order. Where no law is named beside a number, the one that the text names most
    /// specially holds: of `named`, asked for only then.
    pub(super) fn cited<'n>(
        &self,
        text: &str,
        range: Range<usize>,
        named: impl Fn() -> &'n [usize],
    ) -> Vec<Citation> {
        let mut out = Vec::new();
        let Some(part) = text.get(range.clone()) else {
            return out;
        };
        for found in CITED.captures_iter(part) {
            let (Some(whole), Some(kind), Some(list)) = (found.get(0), found.get(1), found.get(2)) else {
                continue;
            };
            let regulations = kind.as_str().to_lowercase().starts_with("reg");
            let glued = whole.as_str().len() < kind.len() + 1 + list.len();
            // `the council's 31 cameras`, `section31`.
            let before = part.get(..whole.start()).and_then(|t| t.chars().next_back());
            if before.is_some_and(|c| matches!(c, '\'' | '’')) || glued && kind.len() > 2 {
                continue;
            }
            // `£450 ... section 12`: what follows names the law of this citation.
            let after: String = part
                .get(whole.end()..)
                .unwrap_or_default()
                .chars()
                .take(80)
                .collect();
            let after = running(&after);
            let fits = |law: &&Law| law.regulations == regulations;
            let beside = self
                .laws
                .iter()
                .filter(|law| law.regulations == regulations)
                .filter(|law| {
                    law.names.iter().any(|name| {
                        after
                            .trim_start_matches("of the ")
                            .trim_start_matches("of ")
                            .starts_with(name.as_str())
                    })
                })
                .max_by_key(|law| law.names.iter().map(String::len).max());
            let law = beside
                .or_else(|| {
                    let mut named = named().iter().filter_map(|at| self.laws.get(*at));
                    named.rfind(fits)
                })
                .or_else(|| self.laws.iter().find(|law| law.regulations == regulations));
            let Some(law) = law else { continue };
            let span = range.start + whole.start()..range.start + whole.end();
            for number in numbers(list.as_str()) {
                let base: String = number.chars().take_while(char::is_ascii_alphanumeric).collect();
                let procedural = law.procedural.iter().any(|one| is_part(&number, one));
                if law.grounds.contains(&base) && !procedural {
                    out.push(Citation {
                        ground: Ground {
                            law: law.id.clone(),
                            number,
                        },
                        span: span.clone(),
                    });
                }
            }
        }
        out
    }
}

/// Whether a provision is another or a part of it: `31(3)(a)` of `31(3)`.
fn is_part(number: &str, of: &str) -> bool {
    let rest = number.strip_prefix(of);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
}

/// The number of a provision without its parts.
pub(super) fn section(ground: &Ground) -> String {
    let number = ground.number.chars();
    number.take_while(char::is_ascii_alphanumeric).collect()
}

/// In small letters, whatever lines it stands on: a name may be cut by the end of one.
pub(super) fn running(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the text names the law; a name inside that of another law does not count.
fn names(law: &Law, lower: &str) -> bool {
    law.names.iter().any(|name| {
        lower.match_indices(name.as_str()).any(|(at, _)| {
            let ends = lower
                .get(at + name.len()..)
                .and_then(|r| r.chars().next())
                .is_none_or(|c| !c.is_alphanumeric() && c != '(');
            let starts = lower
                .get(..at)
                .and_then(|r| r.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric());
            ends && starts
        })
    })
}

/// `31(1)(a) and (b)` as `31(1)(a)`, `31(1)(b)`.
fn numbers(list: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for item in ITEM.captures_iter(list) {
        let number = item.get(1).map_or("", |m| m.as_str());
        let parts: String = item
            .get(2)
            .map_or("", |m| m.as_str())
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        if !number.is_empty() {
            let (parts, siblings) = siblings(&parts);
            out.push(format!("{}{parts}", number.to_uppercase()));
            let stem = parts
                .rfind('(')
                .and_then(|at| parts.get(..at))
                .unwrap_or_default();
            let others = siblings
                .iter()
                .map(|part| format!("{}{stem}{part}", number.to_uppercase()));
            out.extend(others.collect::<Vec<_>>());
        } else if !parts.is_empty()
            && let Some(last) = out.last()
        {
            let depth = parts.matches('(').count();
            let kept: String = last
                .match_indices('(')
                .rev()
                .nth(depth - 1)
                .and_then(|(at, _)| last.get(..at))
                .unwrap_or(last)
                .into();
            out.push(kept + &parts);
        }
    }
    out
}

/// Parts of one rank that stand side by side: of `(1)(a)(b)`, `(1)(a)` and `(b)`. Small roman numbers are a rank of
/// their own, under the letters.
fn siblings(parts: &str) -> (String, Vec<String>) {
    let marks: Vec<String> = parts.split_inclusive(')').map(str::to_owned).collect();
    let letter = |mark: &String| {
        let inner = mark.trim_matches(['(', ')']);
        inner.len() == 1
            && inner.starts_with(|c: char| c.is_ascii_lowercase() && !matches!(c, 'i' | 'v' | 'x'))
    };
    let first = marks.iter().position(letter).unwrap_or(marks.len());
    let rest = marks.get(first + 1..).unwrap_or_default();
    if rest.is_empty() || !rest.iter().all(letter) {
        return (parts.to_owned(), Vec::new());
    }
    (marks.get(..=first).unwrap_or_default().concat(), rest.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_parts_are_told_apart() {
        for (list, want) in [
            ("31(1)(a) and (b)", vec!["31(1)(a)", "31(1)(b)"]),
            ("38(1)(a)/(b)", vec!["38(1)(a)", "38(1)(b)"]),
            ("24 and 31", vec!["24", "31"]),
            ("38(1)(a), 38(1)(b)", vec!["38(1)(a)", "38(1)(b)"]),
            ("40(2)", vec!["40(2)"]),
            ("31 (1) (a)", vec!["31(1)(a)"]),
            ("31(1)(a)(b)", vec!["31(1)(a)", "31(1)(b)"]),
            ("36(2)(b)(i)", vec!["36(2)(b)(i)"]),
            ("40(3A)(a)", vec!["40(3A)(a)"]),
        ] {
            assert_eq!(numbers(list), want, "{list}");
        }
    }
}
