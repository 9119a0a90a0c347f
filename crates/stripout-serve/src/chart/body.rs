//! The charts of one body: money by year, and devices as sources count them.

use std::collections::BTreeMap;

use stripout_catalogue::PublicBody;
use stripout_model::{Currency, Money as Amount, Stance};
use stripout_register::SightingRow;

use super::{Bar, Chart, Look, Mark, percent};
use crate::view::{Money, View};
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

/// Devices by day, as each source counts them.
pub(crate) fn devices(body: &PublicBody, sightings: &[SightingRow], view: &View) -> Option<Chart> {
    let counted = sightings.iter().filter_map(|row| {
        let one = &row.sighting;
        let look = look_of(one.stance)?;
        Some((one.row.date?, &one.maker, one.stance, one.count?, look))
    });
    let mut counted: Vec<_> = counted.collect();
    counted.sort_by_key(|(day, maker, stance, count, _)| (*day, *maker, stance.as_str(), *count));
    counted.dedup();
    let most = counted.iter().map(|row| row.3).max()?;
    if counted.len() < FEWEST {
        return None;
    }
    let skipped = counted.len().saturating_sub(ROWS);
    let told = counted.get(skipped..).unwrap_or_default();
    let bars = told.iter().map(|(day, maker, stance, count, look)| Bar {
        label: words::day(day),
        value: format!(
            "{} of {}: {}",
            words::count((*count).into(), "device", "devices"),
            view.maker_label(maker),
            words::stance(*stance)
        ),
        marks: vec![Mark::new(*look, 0.0, percent((*count).into(), most.into()))],
    });
    let mut key: Vec<(Look, &'static str)> = told.iter().map(|row| (row.4, meaning(row.4))).collect();
    key.sort_by_key(|(look, _)| look.class());
    key.dedup();
    let mut notes = vec![
        "Each bar is what one source says on its day. Sources count different things: bars are not to be added.".to_owned(),
    ];
    if skipped > 0 {
        notes.push(format!(
            "Not in the chart: {} before.",
            words::count(skipped as u64, "count", "counts")
        ));
    }
    Some(Chart {
        address: format!("/bodies/{}/devices", body.id),
        asked: String::new(),
        page: format!("/bodies/{}", body.id),
        title: format!("{}: devices, as sources count them", body.name),
        subtitle: "Bought, listed, to be removed or removed, by the day of the source".to_owned(),
        of: "Day",
        key: if key.len() > 1 { key } else { Vec::new() },
        axis: Vec::new(),
        bars: bars.collect(),
        notes,
    })
}

/// How a count of such words is drawn; `None` where they count nothing that is or was there.
fn look_of(stance: Stance) -> Option<Look> {
    match stance {
        Stance::Has => Some(Look::Solid),
        Stance::Had | Stance::Removed => Some(Look::Hatched),
        Stance::PlannedRemoval => Some(Look::Dotted),
        Stance::Denies | Stance::Refuses | Stance::Prohibits | Stance::Mentions => None,
    }
}

fn meaning(look: Look) -> &'static str {
    match look {
        Look::Hatched => "was there, or removed",
        Look::Dotted => "to be removed",
        _ => "there or bought",
    }
}
