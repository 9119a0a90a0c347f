//! Words, numbers and days as a page shows them.

use jiff::civil::Date;
use stripout_catalogue::Catalogue;
use stripout_judge::Standing;
use stripout_model::{AlertKind, Confidence, Coverage, Money, Stance, Status, Via};

pub(crate) use stripout_judge::long_date as day;
pub(crate) use stripout_model::printable as safe;

/// `1234567` as `1,234,567`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    grouped
}

/// `1 body`, `1,234 bodies`
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `12.3 kB`
pub fn bytes(n: u64) -> String {
    let mut size = n;
    let mut tenths = 0;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if size < 1000 {
            break;
        }
        tenths = size % 1000 / 100;
        size /= 1000;
        unit = next;
    }
    if unit == "B" {
        format!("{size} B")
    } else {
        format!("{size}.{tenths} {unit}")
    }
}

pub(crate) fn days(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => day(first),
        (Some(first), Some(last)) => format!("{} to {}", day(first), day(last)),
        (Some(one), None) | (None, Some(one)) => day(one),
        (None, None) => "no day stated".into(),
    }
}

pub(crate) fn money(sums: &[Money]) -> String {
    let sums: Vec<String> = sums.iter().map(Money::to_string).collect();
    sums.join(", ")
}

/// `62.5 %`
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::InUse => "In use",
        Status::Formerly => "Formerly",
        Status::RemovalPlanned => "Removal planned",
        Status::Removed => "Removed",
        Status::Denied => "Says it has none",
        Status::Refused => "Does not say",
        Status::NoEvidence => "Named only",
    }
}

/// What the status says and what it does not.
pub(crate) fn meaning(status: Status) -> &'static str {
    match status {
        Status::InUse => "A source says that it is used, bought or listed.",
        Status::Formerly => "A source says that it was there, and none that it is.",
        Status::RemovalPlanned => "A source says that it is there and is to be removed.",
        Status::Removed => "A source says that it was removed.",
        Status::Denied => "The body says that it has none.",
        Status::Refused => "The body was asked and does not say whether it has any.",
        Status::NoEvidence => "A source names the maker and does not say that any is there.",
    }
}

pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Has => "has or bought it",
        Stance::Had => "had it",
        Stance::Removed => "removed it",
        Stance::PlannedRemoval => "plans to remove it",
        Stance::Denies => "says it has none",
        Stance::Refuses => "does not say",
        Stance::Prohibits => "rules it out",
        Stance::Mentions => "only mentions it",
    }
}

pub(crate) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "Certain",
        Confidence::Likely => "Likely",
        Confidence::Review => "For review",
    }
}

pub(crate) fn via(via: Via) -> &'static str {
    match via {
        Via::Name => "the maker's name",
        Via::Brand => "a label it is sold under",
        Via::Model => "a model number",
        Via::Typo => "a misspelling of the name",
        Via::Script => "the name in another script",
    }
}

pub(crate) fn coverage(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Covered => "Covers it",
        Coverage::Exempt => "Exempt",
        Coverage::OutOfScope => "Does not reach it",
        Coverage::Unknown => "Not known",
    }
}

pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Covered => "Covered by a rule",
        Standing::Promised => "Promised or asked, no rule",
        Standing::Unknown => "Not known",
        Standing::NoRule => "No rule reaches it",
    }
}

pub(crate) fn alert(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::PromiseAndPurchase => "Promise and later purchase",
        AlertKind::DeadlinePassed => "Day promised has passed",
        AlertKind::PurchaseAfterRule => "Purchase after a rule began",
        AlertKind::RefusedAlone => "No answer where others answered",
    }
}

/// The short name of a value of a vocabulary; its id where it has none.
pub(crate) fn label<'c>(catalogue: &'c Catalogue, vocabulary: &str, id: &'c str) -> &'c str {
    let value = catalogue.vocabularies.get(vocabulary).and_then(|it| it.get(id));
    value.and_then(|it| it.label.as_deref()).unwrap_or(id)
}

pub(crate) fn vocabulary_meaning<'c>(catalogue: &'c Catalogue, vocabulary: &str, id: &'c str) -> &'c str {
    let value = catalogue.vocabularies.get(vocabulary).and_then(|it| it.get(id));
    value.map_or(id, |it| it.meaning.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "body", "bodies"), "1 body");
        assert_eq!((bytes(999), bytes(1_250_000)), ("999 B".into(), "1.2 MB".into()));
        assert_eq!(percent(0.6252), "62.5 %");
    }
}
