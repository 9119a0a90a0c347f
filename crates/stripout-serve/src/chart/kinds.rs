//! The charts of kinds of bodies: who answered, where equipment is, and the shares with their intervals.

use stripout_judge::{GapRow, Responses};

use super::{Bar, Chart, Look, Mark};
use crate::view::View;
use crate::words;

const PAGE: &str = "/sectors";
/// Where an axis of shares may end, in percent.
const AXES: [u64; 5] = [4, 10, 20, 50, 100];
/// How a rule may stand to what is there, and how that is drawn.
const STANDINGS: [(Look, &str); 4] = [
    (Look::Solid, "covered"),
    (Look::Hatched, "promised"),
    (Look::Dotted, "not known"),
    (Look::Dark, "no rule"),
];

/// More than that there are bodies of this kind.
pub(crate) fn is_known(row: &Responses) -> bool {
    row.asked + row.confirmed + row.denied > 0
}

/// What bodies of each kind answered, of those that were asked.
pub(crate) fn answers(view: &View) -> Option<Chart> {
    let mut asked: Vec<&Responses> = view.responses.iter().filter(|row| row.asked > 0).collect();
    asked.sort_by_key(|row| (std::cmp::Reverse(row.asked), &row.kind));
    let bars: Vec<Bar> = asked
        .into_iter()
        .map(|row| {
            let counts = [
                (Look::Solid, row.answered.saturating_sub(row.not_held), "gave it"),
                (Look::Hatched, row.not_held, "not held"),
                (Look::Dark, row.refused, "refused"),
                (Look::Dotted, row.overdue, "overdue"),
                (Look::Pale, row.waiting, "waiting"),
            ];
            Bar {
                label: kind(view, row),
                value: format!(
                    "{}; asked: {} of {}",
                    told(&counts),
                    number(row.asked),
                    number(row.existing)
                ),
                marks: Mark::stacked(&counts.map(|(look, count, _)| (look, count)), row.asked),
            }
        })
        .collect();
    (!bars.is_empty()).then(|| Chart {
        title: "What bodies answer when asked".to_owned(),
        subtitle: "Of the bodies of each kind that are known to have been asked".to_owned(),
        of: "Kind of body",
        key: vec![
            (Look::Solid, "gave it"),
            (Look::Hatched, "has none of it"),
            (Look::Dark, "refused"),
            (Look::Dotted, "overdue"),
            (Look::Pale, "waiting"),
        ],
        axis: percents(),
        bars,
        notes: vec!["One body counts once: the best of its answers.".to_owned()],
        ..chart("answers")
    })
}

/// Where equipment is known to be, by kind of body.
pub(crate) fn spread(view: &View) -> Option<Chart> {
    let known = |row: &&Responses| row.confirmed + row.denied > 0;
    let mut rows: Vec<&Responses> = view.responses.iter().filter(known).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.confirmed), &row.kind));
    // All bodies of a kind are its whole; the axis ends where the longest bar still fits.
    let share = |row: &&Responses| {
        let known = (row.confirmed + row.denied).saturating_mul(100);
        known.div_ceil(row.existing.max(1))
    };
    let longest = rows.iter().map(share).max()?;
    let end = AXES.into_iter().find(|end| *end >= longest).unwrap_or(100);
    let bars = rows.into_iter().map(|row| {
        let counts = [
            (Look::Solid, row.confirmed, "have or bought it, as a source says"),
            (Look::Hatched, row.denied, "say that they have none"),
        ];
        Bar {
            label: kind(view, row),
            value: format!("{}; of {}", told(&counts), number(row.existing)),
            marks: Mark::stacked(
                &counts.map(|(look, count, _)| (look, count.saturating_mul(100))),
                row.existing.saturating_mul(end).max(1),
            ),
        }
    });
    Some(Chart {
        title: "Where equipment is, or was bought".to_owned(),
        subtitle: "Bodies of each kind of which a source says so, as a share of all of the kind that exist"
            .to_owned(),
        of: "Kind of body",
        key: vec![
            (Look::Solid, "have or bought it"),
            (Look::Hatched, "say they have none"),
        ],
        axis: axis(end),
        bars: bars.collect(),
        notes: vec!["Of all others nothing is known, which does not mean that they have none.".to_owned()],
        ..chart("spread")
    })
}

/// The shares of one kind with the intervals that they lie in.
pub(crate) fn shares(row: &Responses, view: &View) -> Chart {
    let bars = row.shares.iter().filter_map(|share| {
        let (part, (low, high)) = share.share.zip(share.interval)?;
        Some(Bar {
            label: share.what.to_owned(),
            value: format!(
                "{} of {} {}: {} (95 %: {} to {})",
                number(share.count),
                number(share.total),
                share.of,
                words::percent(part),
                words::percent(low),
                words::percent(high)
            ),
            marks: vec![
                Mark::new(Look::Pale, low * 100.0, (high - low) * 100.0),
                Mark::new(Look::Tick, part * 100.0, 0.0),
            ],
        })
    });
    Chart {
        title: format!("{}: who was asked, and what they say", kind(view, row)),
        subtitle: format!(
            "{} exist; {} of them are known to have been asked",
            number(row.existing),
            number(row.asked)
        ),
        of: "Share",
        axis: percents(),
        bars: bars.collect(),
        notes: vec![
            "Bar: where the share of all bodies of the kind lies (95 %, Wilson), were those counted drawn at random. Tick: of \
             those counted."
                .to_owned(),
        ],
        ..chart(&row.kind)
    }
}

/// How the rules stand to what each group has; `page` with its question is where it is shown.
pub(crate) fn gap(groups: &[(&str, &GapRow)], asked: &str, supposed: Option<&str>) -> Chart {
    let bars = groups.iter().map(|(name, row)| {
        let tallies = [&row.covered, &row.promised, &row.unknown, &row.no_rule];
        let looks = STANDINGS.map(|(look, _)| look).into_iter().zip(tallies);
        let counts: Vec<(Look, u64)> = looks.map(|(look, tally)| (look, tally.findings)).collect();
        let words: Vec<String> = STANDINGS
            .iter()
            .zip(&counts)
            .filter(|(_, (_, count))| *count > 0)
            .map(|((_, words), (_, count))| format!("{} {words}", number(*count)))
            .collect();
        Bar {
            label: (*name).to_owned(),
            value: words.join(", "),
            marks: Mark::stacked(&counts, row.total.findings),
        }
    });
    let as_if = supposed.map(|title| format!("As if this were in force: {title}"));
    Chart {
        address: "/gap".to_owned(),
        asked: asked.to_owned(),
        page: format!("/gap{asked}"),
        title: "How the rules on keeping it stand to what is there".to_owned(),
        subtitle: "Findings by group, each bar all of the group".to_owned(),
        of: "Of",
        key: STANDINGS.to_vec(),
        axis: percents(),
        bars: bars.collect(),
        notes: as_if
            .into_iter()
            .chain(["Not known: a fact that decides is not stated; never counted as covered.".to_owned()])
            .collect(),
    }
}

/// One of the page of sectors, yet without anything on it.
fn chart(name: &str) -> Chart {
    Chart {
        address: format!("{PAGE}/{name}"),
        asked: String::new(),
        page: PAGE.to_owned(),
        title: String::new(),
        subtitle: String::new(),
        of: "",
        key: Vec::new(),
        axis: Vec::new(),
        bars: Vec::new(),
        notes: Vec::new(),
    }
}

fn percents() -> Vec<(f64, String)> {
    axis(100)
}

/// From none to so many in a hundred, in four steps.
fn axis(end: u64) -> Vec<(f64, String)> {
    let step = |quarter: u64| {
        let at = end * quarter;
        let words = match at % 4 {
            0 => (at / 4).to_string(),
            2 => format!("{}.5", at / 4),
            rest => format!("{}.{}", at / 4, rest * 25),
        };
        (
            f64::from(u32::try_from(quarter * 25).unwrap_or(100)),
            format!("{words} %"),
        )
    };
    (0..=4).map(step).collect()
}

fn kind(view: &View, row: &Responses) -> String {
    words::label(view.catalogue(), "body-kinds", &row.kind).to_owned()
}

fn told<const N: usize>(counts: &[(Look, u64, &str); N]) -> String {
    let told = counts.iter().filter(|(_, count, _)| *count > 0);
    let told: Vec<String> = told
        .map(|(_, count, words)| format!("{} {words}", number(*count)))
        .collect();
    told.join(", ")
}

fn number(n: u64) -> String {
    words::number(n)
}
