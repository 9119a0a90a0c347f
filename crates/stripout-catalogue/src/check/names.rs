//! Spellings: looked for in one way, owned by one entry, proved by examples, and strong enough for their rule.

use std::collections::BTreeMap;

use super::Report;
use crate::{EntryKind, Name, NameRule};

pub(super) fn check(report: &mut Report<'_>) {
    let catalogue = report.catalogue;
    let mut owners = BTreeMap::new();
    for maker in catalogue.makers.values() {
        let entry = Named {
            kind: EntryKind::Maker,
            id: maker.id.as_str(),
            names: &maker.names,
            examples: &maker.examples,
            counter_examples: &maker.counter_examples,
        };
        if maker.names.is_empty() && maker.spelled_in.is_none() {
            let hint = "list `names`, or say in `spelled-in` where they are";
            report.fault(entry.kind, entry.id, "has no spelling to look for", hint);
        }
        one_entry(report, &entry, &mut owners);
    }
    for brand in catalogue.brands.values() {
        let entry = Named {
            kind: EntryKind::Brand,
            id: brand.id.as_str(),
            names: &brand.names,
            examples: &brand.examples,
            counter_examples: &brand.counter_examples,
        };
        if brand.names.is_empty() && brand.spelled_in.is_none() && brand.unmatched.is_none() {
            let hint = "list `names`, say in `spelled-in` where they are, or in `unmatched` why it is not looked for";
            report.fault(entry.kind, entry.id, "has no spelling to look for", hint);
        }
        if !brand.names.is_empty() && brand.unmatched.is_some() {
            report.fault(
                entry.kind,
                entry.id,
                "is looked for and `unmatched`",
                "keep `names` or `unmatched`",
            );
        }
        one_entry(report, &entry, &mut owners);
    }
}

struct Named<'a> {
    kind: EntryKind,
    id: &'a str,
    names: &'a [Name],
    examples: &'a [String],
    counter_examples: &'a [String],
}

type Owners<'a> = BTreeMap<String, (EntryKind, &'a str, &'a Name)>;

fn one_entry<'a>(report: &mut Report<'_>, entry: &Named<'a>, owners: &mut Owners<'a>) {
    let mut fault = |what: String, hint: &str| report.fault(entry.kind, entry.id, what, hint);
    if !entry.names.is_empty() && entry.examples.is_empty() {
        fault("has no example".into(), "write a text in which it must be found");
    }
    for example in entry.examples {
        if !entry
            .names
            .iter()
            .any(|name| folded(example).contains(&folded(&name.text)))
        {
            fault(
                format!("the example `{example}` holds none of its names"),
                "write the name as a text would",
            );
        }
    }
    let weak = entry
        .names
        .iter()
        .any(|name| name.rule == NameRule::Context && name.text.is_ascii());
    if weak && entry.counter_examples.is_empty() {
        fault(
            "has a weak name and no counter-example".into(),
            "write a text in which the word means something else",
        );
    }
    for name in entry.names {
        strength(name, &mut fault);
        if let Some((kind, id, other)) = owners.get(&folded(&name.text)) {
            let same_way = (other.rule, other.typos, other.origin) == (name.rule, name.typos, name.origin);
            if (*kind, *id) != (entry.kind, entry.id) {
                let what = format!("`{}` is also a name of the {kind} `{id}`", name.text);
                fault(what, "keep it in one entry, and point to it with `spelled-in`");
            } else if !same_way {
                let what = format!(
                    "`{}` and `{}` are one spelling with two rules",
                    name.text, other.text
                );
                fault(what, "give both the same rule, typos and origin");
            }
        } else {
            owners.insert(folded(&name.text), (entry.kind, entry.id, name));
        }
    }
}

fn strength(name: &Name, fault: &mut impl FnMut(String, &str)) {
    let letters = name.text.chars().filter(|c| c.is_alphanumeric()).count();
    let wanted = match name.typos {
        0 => 0,
        1 => 5,
        2 => 8,
        _ => usize::MAX,
    };
    if letters < wanted {
        let what = format!("`{}` is too short for {} typos", name.text, name.typos);
        fault(what, "8 letters bear two typos, 5 letters one, shorter ones none");
    }
    // A sign of a script without blanks carries as much as two letters or more.
    let wanted = if name.text.is_ascii() { 5 } else { 3 };
    if name.rule == NameRule::Anywhere && letters < wanted {
        fault(
            format!("`{}` is too short to count anywhere", name.text),
            "use the rule `word` or `context`",
        );
    }
}

/// The words in lower case with single blanks between: `Example-Cam` and `EXAMPLE cam` are one spelling, `Examplecam` is another.
fn folded(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
