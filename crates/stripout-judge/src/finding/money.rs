//! How many, and how much: nothing that may be the same thing twice is counted twice.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use stripout_model::{Confidence, Currency, Money, Purchase, Stance};

use super::Placed;
use super::status::is_purchase;

/// Supplier, amount, currency, day and words of a line: two files that both have it may both tell of one payment.
type Line<'a> = (Option<&'a str>, i64, Currency, Option<Date>, &'a str);

/// A number of devices, and who says so when.
pub(super) struct Count<'a> {
    pub(super) devices: u32,
    pub(super) day: Option<Date>,
    /// Id of the sighting with the largest number of those added up.
    pub(super) sighting: &'a str,
}

/// Devices that are there, as the latest source that counts them states: the lines of a list together, of one text the
/// largest number. Payments and awards say nothing of what is there.
pub(super) fn devices<'a>(placed: &[&Placed<'a>]) -> Option<Count<'a>> {
    let counting = |one: &&&Placed<'_>| {
        matches!(one.stance(), Stance::Has | Stance::PlannedRemoval)
            && !is_purchase(one.said.kind)
            && one.said.what.count.is_some()
    };
    let latest = placed
        .iter()
        .filter(counting)
        .max_by_key(|one| (one.day(), one.stance() == Stance::Has, &one.said.source))?;
    let of_source = || {
        placed
            .iter()
            .filter(counting)
            .filter(|one| one.said.source == latest.said.source)
    };
    let most = of_source().max_by_key(|one| (one.said.what.count, Reverse(&one.said.id)))?;
    Some(Count {
        devices: together(of_source()),
        day: latest.day(),
        sighting: &most.said.id,
    })
}

/// Devices that payments and awards name: a line that several sources have counts once, as their money does.
pub(super) fn bought(placed: &[&Placed<'_>]) -> Option<u32> {
    let buying = |one: &&&Placed<'_>| {
        one.stance() == Stance::Has && is_purchase(one.said.kind) && one.said.what.count.is_some()
    };
    let mut lines: BTreeMap<_, BTreeMap<&str, Vec<&&Placed<'_>>>> = BTreeMap::new();
    for one in placed.iter().filter(buying) {
        let what = &one.said.what;
        // Releases of one award are one line, whatever else they say.
        let line = match one.said.award.as_deref() {
            Some(award) => (Some(award), None, None, None, ""),
            None => (
                None,
                what.row.supplier.as_deref(),
                what.row.amount.map(|money| (money.minor_units, money.currency)),
                what.row.date,
                what.evidence.excerpt.as_str(),
            ),
        };
        let source = if one.said.award.is_some() {
            ""
        } else {
            one.said.source.as_str()
        };
        lines
            .entry(line)
            .or_default()
            .entry(source)
            .or_default()
            .push(one);
    }
    if lines.is_empty() {
        return None;
    }
    let mut returned = returned(placed);
    // One record with two such sightings (a brand and its model number in two cells) is one purchase.
    let mut taken: HashMap<&str, u32> = HashMap::new();
    // The last line before a credit is the one that went back.
    for ((_, supplier, amount, day, _), sources) in lines.iter().rev() {
        if let Some(credits) = returned.get_mut(&(*supplier, *amount))
            && let Some(at) = credits
                .iter()
                .position(|credit| credit.is_none() || credit >= day)
        {
            credits.swap_remove(at);
            continue;
        }
        let Some(own) = sources.values().max_by_key(|own| own.len()) else {
            continue;
        };
        for one in own {
            let line = one.said.award.as_deref().unwrap_or(&one.said.record);
            let most = taken.entry(line).or_default();
            *most = (*most).max(one.said.what.count.unwrap_or(0));
        }
    }
    (!taken.is_empty()).then(|| taken.into_values().fold(0, u32::saturating_add))
}

/// Supplier and amount.
type Paid<'a> = (Option<&'a str>, Option<(i64, Currency)>);

/// What suppliers gave back whole, and when: what went back is not bought.
fn returned<'a>(placed: &[&Placed<'a>]) -> HashMap<Paid<'a>, Vec<Option<Date>>> {
    let mut credits: HashMap<Paid<'a>, BTreeMap<&str, BTreeMap<&str, Option<Date>>>> = HashMap::new();
    for one in placed.iter().filter(|one| is_purchase(one.said.kind)) {
        let row = &one.said.what.row;
        if let Some(credit) = row.amount.filter(|money| money.minor_units < 0) {
            let amount = (credit.minor_units.saturating_neg(), credit.currency);
            credits
                .entry((row.supplier.as_deref(), Some(amount)))
                .or_default()
                .entry(&one.said.source)
                .or_default()
                .insert(&one.said.record, one.day());
        }
    }
    // A credit that several sources have is one.
    let most = |sources: BTreeMap<&str, BTreeMap<&str, Option<Date>>>| {
        let lines = sources.into_values().max_by_key(BTreeMap::len);
        lines.unwrap_or_default().into_values().collect()
    };
    credits
        .into_iter()
        .map(|(paid, sources)| (paid, most(sources)))
        .collect()
}

/// What payments and awards tell, day by day. The releases of one award are of the day of its first.
pub(super) fn purchases(placed: &[&Placed<'_>]) -> Vec<Purchase> {
    let buying = |one: &&&Placed<'_>| one.stance() == Stance::Has && is_purchase(one.said.kind);
    let mut awarded: BTreeMap<&str, Option<Date>> = BTreeMap::new();
    for one in placed.iter().filter(buying) {
        if let Some(award) = one.said.award.as_deref() {
            let day = awarded.entry(award).or_insert(one.day());
            *day = (*day).into_iter().chain(one.day()).min();
        }
    }
    let mut days: BTreeMap<Option<Date>, Vec<&Placed<'_>>> = BTreeMap::new();
    for one in placed.iter().filter(buying) {
        let award = one.said.award.as_deref();
        let day = award.map_or_else(|| one.day(), |award| awarded.get(award).copied().flatten());
        days.entry(day).or_default().push(one);
    }
    let purchase = |(day, own): (_, Vec<&Placed<'_>>)| Purchase {
        day,
        devices: bought(&own),
        money: spent(&own),
    };
    days.into_iter().map(purchase).collect()
}

/// Of the lines of a list together, of one line the largest number.
fn together<'p, 'a: 'p>(placed: impl Iterator<Item = &'p &'p Placed<'a>>) -> u32 {
    let mut records: BTreeMap<&str, u32> = BTreeMap::new();
    for one in placed {
        let line = one.said.award.as_deref().unwrap_or(&one.said.record);
        let most = records.entry(line).or_default();
        *most = (*most).max(one.said.what.count.unwrap_or(0));
    }
    records.into_values().fold(0, u32::saturating_add)
}

/// What payments and awards for it sum to, a sum a currency. Of the releases of one award the last one counts; a line
/// that several sources have counts as often as the source that has it most.
pub(super) fn spent(placed: &[&Placed<'_>]) -> Vec<Money> {
    let mut awards: BTreeMap<&str, (&str, &str, Money)> = BTreeMap::new();
    let mut lines: BTreeMap<Line<'_>, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for one in placed {
        let said = one.said;
        let what = &said.what;
        let Some(money) = what.row.amount else { continue };
        if what.stance != Stance::Has || what.confidence == Confidence::Review {
            continue;
        }
        if let Some(award) = said.award.as_deref() {
            let release = (said.released.as_str(), said.record.as_str(), money);
            let last = awards.entry(award).or_insert(release);
            if (release.0, release.1) > (last.0, last.1) {
                *last = release;
            }
            continue;
        }
        let line = (
            what.row.supplier.as_deref(),
            money.minor_units,
            money.currency,
            what.row.date,
            what.evidence.excerpt.as_str(),
        );
        let records = lines.entry(line).or_default().entry(&said.source).or_default();
        records.insert(&said.record);
    }
    // One record with two such sightings (a brand and its model number in two cells) is one payment.
    let mut taken: HashSet<&str> = HashSet::new();
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    let mut add = |money: Money| {
        let sum = sums.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.minor_units);
    };
    for (_, _, money) in awards.values() {
        add(*money);
    }
    for ((_, minor_units, currency, _, _), sources) in &lines {
        let Some(records) = sources.values().max_by_key(|records| records.len()) else {
            continue;
        };
        for record in records {
            if taken.insert(record) {
                add(Money {
                    minor_units: *minor_units,
                    currency: *currency,
                });
            }
        }
    }
    sums.into_iter()
        .map(|(currency, minor_units)| Money {
            minor_units,
            currency,
        })
        .collect()
}
