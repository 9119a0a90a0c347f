//! Words, numbers and days as a page shows them.

use jiff::civil::Date;
use stripout_catalogue::{Catalogue, PublicBody, Stretch};
use stripout_judge::Standing;
use stripout_model::{AlertKind, Confidence, Coverage, Finding, Money, OutcomeKind, Status, Via};

use crate::view::Area;

pub(crate) use stripout_model::printable as safe;

/// A value as templates pass it: itself, or by one or two references, as the place in the template has it.
pub(crate) trait Plain<T>: Copy {
    fn plain(&self) -> T;
}

impl<T: Copy> Plain<T> for T {
    fn plain(&self) -> T {
        *self
    }
}

impl<T: Copy> Plain<T> for &T {
    fn plain(&self) -> T {
        **self
    }
}

impl<T: Copy> Plain<T> for &&T {
    fn plain(&self) -> T {
        ***self
    }
}

/// The address of a page, that may stand in a link.
pub fn is_link(text: &str) -> bool {
    let schemed = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    schemed
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control()))
}

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

/// `30 March 2016`
pub(crate) fn day(day: impl Plain<Date>) -> String {
    stripout_judge::long_date(day.plain())
}

/// A day, month or year as the catalogue writes it: `9 February 2023`, `April 2022`.
pub(crate) fn written(when: &str) -> String {
    let stretch = when.parse::<Stretch>();
    stretch.map_or_else(|_words| when.to_owned(), |stretch| stretch.to_string())
}

pub(crate) fn days(first: impl Plain<Option<Date>>, last: impl Plain<Option<Date>>) -> String {
    match (first.plain(), last.plain()) {
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

pub(crate) fn status(status: impl Plain<Status>) -> &'static str {
    match status.plain() {
        Status::InUse => "In use",
        Status::Bought => "Bought",
        Status::Formerly => "Formerly",
        Status::RemovalPlanned => "Removal planned",
        Status::Removed => "Removed",
        Status::Denied => "Says none",
        Status::Refused => "Does not say",
        Status::NoEvidence => "Named only",
    }
}

/// How the day of a status is told: `, as stated for 3 May 2024`. What was bought is of the day of the purchase.
pub(crate) fn dated(finding: &Finding) -> String {
    match (finding.stated, finding.status) {
        (Some(stated), Status::Bought) => format!(", last on {}", day(stated)),
        (Some(stated), _) => format!(", as stated for {}", day(stated)),
        (None, _) => ", no day stated".to_owned(),
    }
}

/// Devices as sources count them, each count with its kind: `36 devices (3 May 2024)`, `6 devices bought`.
pub(crate) fn devices(finding: &Finding) -> Vec<String> {
    let there = finding.devices.map(|n| {
        let n = count(n.into(), "device", "devices");
        finding
            .counted
            .map_or_else(|| n.clone(), |on| format!("{n} ({})", day(on)))
    });
    let bought = finding
        .bought
        .map(|n| format!("{} bought", count(n.into(), "device", "devices")));
    there.into_iter().chain(bought).collect()
}

/// `2 payments stand in more than one file or sheet and count once`, where there are any.
pub(crate) fn repeated(finding: &Finding) -> Option<String> {
    let repeated = u64::from(finding.repeated);
    let verb = if repeated == 1 {
        "stands in more than one file or sheet and counts once"
    } else {
        "stand in more than one file or sheet and count once each"
    };
    (repeated > 0).then(|| format!("{} {verb}", count(repeated, "payment", "payments")))
}

/// What the status says and what it does not.
pub(crate) fn meaning(status: impl Plain<Status>) -> &'static str {
    match status.plain() {
        Status::InUse => "A source says that it is used or listed.",
        Status::Bought => {
            "A payment or a contract names it. No source says that it is used: a purchase is no proof of use."
        }
        Status::Formerly => "A source says that it was there, and none that it is.",
        Status::RemovalPlanned => "A source says that it is there and is to be removed.",
        Status::Removed => "A source says that it was removed.",
        Status::Denied => "The body says that it has none, or that it has bought none.",
        Status::Refused => "The body was asked and does not say whether it has any.",
        Status::NoEvidence => "A source names the maker and does not say that any is there.",
    }
}

/// What a reply does, behind `Answered:`.
pub(crate) fn answer(outcome: OutcomeKind) -> &'static str {
    match outcome {
        OutcomeKind::Held => "it gives the information",
        OutcomeKind::PartlyHeld => "it gives some of the information",
        OutcomeKind::NotHeld => "it says that it does not hold the information",
        OutcomeKind::Refused => "it refuses",
        OutcomeKind::NeitherConfirmNorDeny => "it neither confirms nor denies",
        OutcomeKind::Late => "not yet",
        OutcomeKind::Clarification => "it asks what is meant",
        OutcomeKind::ReviewUpheld => "it keeps its decision after a review",
        OutcomeKind::ReviewOverturned => "it changes its decision after a review",
    }
}

pub(crate) fn confidence(confidence: impl Plain<Confidence>) -> &'static str {
    match confidence.plain() {
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

pub(crate) fn coverage(coverage: impl Plain<Coverage>) -> &'static str {
    match coverage.plain() {
        Coverage::Covered => "Covers it",
        Coverage::Exempt => "Exempt",
        Coverage::OutOfScope => "Does not reach it",
        Coverage::Unknown => "Not known",
    }
}

pub(crate) fn standing(standing: impl Plain<Standing>) -> &'static str {
    match standing.plain() {
        Standing::Covered => "Covered by a rule",
        Standing::Promised => "Promised or asked, no rule",
        Standing::Unknown => "Not known",
        Standing::NoRule => "No rule reaches it",
    }
}

pub(crate) fn alert(kind: impl Plain<AlertKind>) -> &'static str {
    match kind.plain() {
        AlertKind::PromiseAndPurchase => "Promise and later purchase",
        AlertKind::DeadlinePassed => "Day promised has passed",
        AlertKind::PurchaseAfterRule => "Purchase after a rule began",
        AlertKind::RefusedAlone => "No answer where others answered",
    }
}

pub(crate) fn area(area: impl Plain<Area>) -> &'static str {
    match area.plain() {
        Area::District => "District, borough or unitary council",
        Area::County => "County council",
        Area::Police => "Police",
        Area::CareBoard => "Integrated care board of the NHS",
    }
}

/// The short name of a value of a vocabulary; its id where it has none.
pub(crate) fn label<'c>(catalogue: &'c Catalogue, vocabulary: &str, id: &'c str) -> &'c str {
    let value = catalogue.vocabularies.get(vocabulary).and_then(|it| it.get(id));
    value.and_then(|it| it.label.as_deref()).unwrap_or(id)
}

/// What a value of a vocabulary means, in a few words.
pub(crate) fn meaning_of<'c>(catalogue: &'c Catalogue, vocabulary: &str, id: &'c str) -> &'c str {
    let value = catalogue.vocabularies.get(vocabulary).and_then(|it| it.get(id));
    value.map_or(id, |it| it.meaning.as_str())
}

/// The region of a body, else its nation.
pub(crate) fn place<'c>(catalogue: &'c Catalogue, body: &'c PublicBody) -> &'c str {
    let nation = || meaning_of(catalogue, "nations", &body.nation);
    body.region.as_deref().unwrap_or_else(nation)
}

/// The reason of a determination alone: `it speaks of departments` of `Title (day): out of scope: it speaks of departments`.
pub(crate) fn reason<'w>(title: &str, why: &'w str) -> &'w str {
    let rest = why.strip_prefix(title).and_then(|rest| rest.split_once("): "));
    let reason = rest.and_then(|(_, rest)| rest.split_once(": "));
    reason.map_or(why, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_does_not_repeat_what_stands_beside_it() {
        let why = "Rule (of a day) (1 May 2020): out of scope: it speaks of departments: all (source: X)";
        assert_eq!(
            reason("Rule (of a day)", why),
            "it speaks of departments: all (source: X)"
        );
        assert_eq!(reason("Other", why), why);
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "body", "bodies"), "1 body");
        assert_eq!((bytes(999), bytes(1_250_000)), ("999 B".into(), "1.2 MB".into()));
    }
}
