//! The charts of one body: money by year, and devices as sources count them.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use stripout_catalogue::PublicBody;
use stripout_model::{Currency, MakerId, Money as Amount, Stance};
use stripout_register::RowId;

use super::{Bar, Chart, Look, Mark, percent};
use crate::view::{Money, Told, View};
use crate::words;

/// Rows of a chart; the newest are kept.
const ROWS: usize = 14;
/// Fewer compare nothing: the facts of the page say as much.
const FEWEST: usize = 2;

/// Payments and contracts by year, in the currency that most of them are in.
pub(crate) fn money(body: &PublicBody, rows: &[Money]) -> Option<Chart> {
    let mut currencies: BTreeMap<Currency, usize> = BTreeMap::new();
    for sum in rows.iter().filter_map(|row| row.sum) {
        *currencies.entry(sum.currency).or_default() += 1;
    }
    let (currency, _) = currencies.into_iter().max_by_key(|(_, count)| *count)?;
    let mut years: BTreeMap<(i16, &'static str), (i64, u64)> = BTreeMap::new();
    let mut left_out = 0_u64;
    for row in rows {
        match (row.day, row.sum) {
            (Some(day), Some(sum)) if sum.currency == currency => {
                let year = years.entry((day.year(), row.what)).or_default();
                *year = (year.0.saturating_add(sum.minor_units), year.1 + 1);
            }
            _ => left_out += 1,
        }
    }
    let most = years
        .values()
        .map(|(sum, _)| *sum)
        .max()
        .filter(|most| *most > 0)?;
    if years.len() < FEWEST {
        return None;
    }
    let skipped = years.len().saturating_sub(ROWS);
    let bars = years.iter().skip(skipped).map(|((year, what), (sum, count))| {
        let look = if *what == Money::PAYMENT {
            Look::Solid
        } else {
            Look::Hatched
        };
        let amount = Amount {
            minor_units: *sum,
            currency,
        };
        let (one, many) = if *what == Money::PAYMENT {
            ("payment", "payments")
        } else {
            ("contract", "contracts")
        };
        Bar {
            label: year.to_string(),
            value: format!("{amount} in {}", words::count(*count, one, many)),
            marks: Mark::stacked(
                &[(look, u64::try_from(*sum).unwrap_or_default())],
                most.unsigned_abs(),
            ),
        }
    });
    let mut notes = vec![
        "Of payments and contracts whose record names such equipment; a sum may be for other things as well."
            .to_owned(),
    ];
    let both = years.keys().any(|(_, what)| *what == Money::PAYMENT)
        && years.keys().any(|(_, what)| *what != Money::PAYMENT);
    if both {
        notes.push("A payment may be part of a contract: the two are not to be added.".to_owned());
    }
    if left_out > 0 {
        notes.push(format!(
            "Not in the chart: {} without a day, without a sum or in another currency.",
            words::count(left_out, "row", "rows")
        ));
    }
    Some(Chart {
        address: format!("/bodies/{}/money", body.id),
        asked: String::new(),
        page: format!("/bodies/{}", body.id),
        title: format!("{}: money by year", body.name),
        subtitle: "Payments and contracts that name the equipment, as their publishers have them".to_owned(),
        of: "Year",
        key: if both {
            vec![(Look::Solid, "payments"), (Look::Hatched, "contracts")]
        } else {
            Vec::new()
        },
        axis: Vec::new(),
        bars: bars.collect(),
        notes,
    })
}

/// What a bar of devices counts: ordered as the bars are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Counted<'t> {
    day: Date,
    maker: &'t MakerId,
    stance: Stance,
    purchase: bool,
    devices: u32,
    line: Result<usize, RowId>,
}

/// Devices by day: what sources say is there, was there or was bought, each count for itself. Where there are many
/// purchases, those of a year are one bar.
pub(crate) fn devices(body: &PublicBody, told: &Told, view: &View) -> Option<Chart> {
    let purchases = told.purchases();
    let mut all: Vec<Counted<'_>> = Vec::new();
    let mut undated = 0_u64;
    for row in &told.sightings {
        let purchase = purchases.contains(&row.record);
        let (Some(_), Some(devices)) = (look_of(row.stance, purchase), row.count) else {
            continue;
        };
        match told.day(row) {
            Some(day) => all.push(Counted {
                day,
                maker: &row.maker,
                stance: row.stance,
                purchase,
                devices,
                line: told.line(row.record),
            }),
            None => undated += 1,
        }
    }
    all.sort();
    // A row that names a maker twice, by name and by number, tells of one count, and so do rows on one payment: the larger
    // one, which comes last.
    all.reverse();
    let mut known = HashSet::new();
    all.retain(|it| known.insert((it.day, it.maker, it.stance, it.purchase, it.line)));
    all.reverse();
    let mut bars = bars(&all);
    if bars.len() < FEWEST {
        return None;
    }
    let skipped = bars.len().saturating_sub(ROWS);
    bars.drain(..skipped);
    let most = bars.iter().map(|bar| bar.devices).max()?;
    let drawn = bars.iter().map(|bar| Bar {
        label: bar.label.clone(),
        value: format!(
            "{} of {}: {}{}",
            words::count(bar.devices, "device", "devices"),
            view.maker_label(bar.maker),
            counted(bar.stance, bar.purchase),
            if bar.lines > 1 {
                format!(", in {}", words::count(bar.lines, "line", "lines"))
            } else {
                String::new()
            }
        ),
        marks: look_of(bar.stance, bar.purchase)
            .map(|look| Mark::new(look, 0.0, percent(bar.devices, most)))
            .into_iter()
            .collect(),
    });
    let looks = bars.iter().filter_map(|bar| look_of(bar.stance, bar.purchase));
    let mut key: Vec<(Look, &'static str)> = looks.map(|look| (look, meaning(look))).collect();
    key.sort_by_key(|(look, _)| look.class());
    key.dedup();
    let mut notes = vec![
        "Each bar is what sources say of its day. They count different things: bars are not to be added, and what was bought \
         is no count of what is there."
            .to_owned(),
    ];
    if skipped > 0 {
        notes.push(format!(
            "Not in the chart: {} before.",
            words::count(skipped as u64, "bar", "bars")
        ));
    }
    if undated > 0 {
        notes.push(format!(
            "Not in the chart: {} without a day.",
            words::count(undated, "count", "counts")
        ));
    }
    Some(Chart {
        address: format!("/bodies/{}/devices", body.id),
        asked: String::new(),
        page: format!("/bodies/{}", body.id),
        title: format!("{}: devices, as sources count them", body.name),
        subtitle: "There, bought, to be removed or removed, by the day of the source".to_owned(),
        of: "Day",
        key: if key.len() > 1 { key } else { Vec::new() },
        axis: Vec::new(),
        bars: drawn.collect(),
        notes,
    })
}

/// One bar before it is drawn.
struct Counts<'t> {
    label: String,
    maker: &'t MakerId,
    stance: Stance,
    purchase: bool,
    devices: u64,
    lines: u64,
}

/// In the order of the days.
fn bars<'t>(all: &[Counted<'t>]) -> Vec<Counts<'t>> {
    // Lines of one day, kind and maker are one bar; of purchases those of a year, where there are many.
    let by_year = all.iter().filter(|it| it.purchase).count() > ROWS;
    let mut bars: Vec<Counts<'t>> = Vec::new();
    let mut yearly: BTreeMap<(i16, &MakerId, Stance), usize> = BTreeMap::new();
    for it in all {
        let bar = Counts {
            label: words::day(it.day),
            maker: it.maker,
            stance: it.stance,
            purchase: it.purchase,
            devices: it.devices.into(),
            lines: 1,
        };
        if !(by_year && it.purchase) {
            bars.push(bar);
            continue;
        }
        let at = *yearly
            .entry((it.day.year(), it.maker, it.stance))
            .or_insert_with(|| {
                bars.push(Counts {
                    label: it.day.year().to_string(),
                    devices: 0,
                    lines: 0,
                    ..bar
                });
                bars.len() - 1
            });
        if let Some(year) = bars.get_mut(at) {
            year.devices += u64::from(it.devices);
            year.lines += 1;
        }
    }
    bars
}

/// How a count of such words is drawn; `None` where they count nothing that is or was there.
fn look_of(stance: Stance, purchase: bool) -> Option<Look> {
    match stance {
        Stance::Has if purchase => Some(Look::Pale),
        Stance::Has => Some(Look::Solid),
        Stance::Had | Stance::Removed => Some(Look::Hatched),
        Stance::PlannedRemoval => Some(Look::Dotted),
        Stance::Denies | Stance::Refuses | Stance::Prohibits | Stance::Mentions => None,
    }
}

/// What is said of a count.
fn counted(stance: Stance, purchase: bool) -> &'static str {
    match stance {
        Stance::Has if purchase => "bought",
        Stance::Had => "formerly there",
        Stance::Removed => "removed",
        Stance::PlannedRemoval => "to be removed",
        _ => "there",
    }
}

fn meaning(look: Look) -> &'static str {
    match look {
        Look::Hatched => "was there, or removed",
        Look::Dotted => "to be removed",
        Look::Pale => "bought",
        _ => "there",
    }
}
