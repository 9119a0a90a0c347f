//! How many, and how much: nothing that may be the same thing twice is counted twice.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use stripout_model::{Confidence, Currency, DocumentKind, Money, Purchase, Stance};

use super::Placed;
use super::status::is_purchase;
use crate::payment::{Paid, PaymentLine, payments};

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

/// Devices that payments and awards name: a payment that several sources have counts once, as its money does.
pub(super) fn bought(placed: &[&Placed<'_>]) -> Option<u32> {
    let buying = |one: &&Placed<'_>| {
        one.stance() == Stance::Has && is_purchase(one.said.kind) && one.said.what.count.is_some()
    };
    let buying: Vec<&Placed<'_>> = placed.iter().copied().filter(buying).collect();
    if buying.is_empty() {
        return None;
    }
    // Releases of one award are one line, whatever else they say, and so are two cells of one record.
    let mut awards: BTreeMap<&str, u32> = BTreeMap::new();
    let mut paid: BTreeMap<(Paid, Option<Date>, usize), u32> = BTreeMap::new();
    for (one, number) in buying.iter().zip(numbers(&buying)) {
        let most = if let Some(award) = one.said.award.as_deref() {
            awards.entry(award).or_default()
        } else {
            let line = one.line();
            paid.entry((line.paid(), line.day, number)).or_default()
        };
        *most = (*most).max(one.said.what.count.unwrap_or(0));
    }
    let mut returned = returned(placed);
    // The last line before a credit is the one that went back.
    for (key, _) in paid.clone().into_iter().rev() {
        let (paid_for, day, _) = &key;
        if let Some(credits) = returned.get_mut(paid_for)
            && let Some(at) = credits
                .iter()
                .position(|credit| credit.is_none() || credit >= day)
        {
            credits.swap_remove(at);
            paid.remove(&key);
        }
    }
    let counts = || awards.values().chain(paid.values()).copied();
    counts().next()?;
    Some(counts().fold(0, u32::saturating_add))
}

/// What suppliers gave back whole, and when: what went back is not bought.
fn returned(placed: &[&Placed<'_>]) -> HashMap<Paid, Vec<Option<Date>>> {
    let gives_back = |one: &&Placed<'_>| {
        let amount = one.said.what.row.amount;
        is_purchase(one.said.kind) && amount.is_some_and(|money| money.minor_units < 0)
    };
    let back: Vec<&Placed<'_>> = placed.iter().copied().filter(gives_back).collect();
    let mut credits: HashMap<Paid, BTreeMap<usize, Option<Date>>> = HashMap::new();
    for (one, number) in back.iter().zip(numbers(&back)) {
        let (supplier, amount) = one.line().paid();
        let amount = amount.map(|(minor_units, currency)| (minor_units.saturating_neg(), currency));
        credits
            .entry((supplier, amount))
            .or_default()
            .insert(number, one.day());
    }
    let days = credits
        .into_iter()
        .map(|(paid, days)| (paid, days.into_values().collect()));
    days.collect()
}

/// Of each the number of its payment.
fn numbers(placed: &[&Placed<'_>]) -> Vec<usize> {
    let lines: Vec<PaymentLine<'_>> = placed.iter().map(|one| one.line()).collect();
    payments(&lines)
}

/// Payments that several sources have: each is counted once.
pub(super) fn repeated(placed: &[&Placed<'_>]) -> u32 {
    let paid = |one: &&Placed<'_>| one.said.kind == DocumentKind::Spend && one.stance() == Stance::Has;
    let paid: Vec<&Placed<'_>> = placed.iter().copied().filter(paid).collect();
    let mut sources: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (one, number) in paid.iter().zip(numbers(&paid)) {
        sources.entry(number).or_default().insert(&one.said.source);
    }
    let several = sources.values().filter(|sources| sources.len() > 1).count();
    u32::try_from(several).unwrap_or(u32::MAX)
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

/// What payments and awards for it sum to, a sum a currency. Of the releases of one award the last one counts; a payment
/// that several sources have counts once.
pub(super) fn spent(placed: &[&Placed<'_>]) -> Vec<Money> {
    let counts = |one: &&Placed<'_>| {
        let what = &one.said.what;
        what.stance == Stance::Has && what.confidence > Confidence::Review && what.row.amount.is_some()
    };
    let (awarded, paid): (Vec<&Placed<'_>>, Vec<&Placed<'_>>) = placed
        .iter()
        .copied()
        .filter(counts)
        .partition(|one| one.said.award.is_some());
    let mut awards: BTreeMap<Option<&str>, (&str, &str, Option<Money>)> = BTreeMap::new();
    for one in awarded {
        let said = one.said;
        let release = (said.released.as_str(), said.record.as_str(), said.what.row.amount);
        let last = awards.entry(said.award.as_deref()).or_insert(release);
        if (release.0, release.1) > (last.0, last.1) {
            *last = release;
        }
    }
    let numbered = paid.iter().zip(numbers(&paid));
    let payments: BTreeMap<usize, Option<Money>> = numbered
        .map(|(one, number)| (number, one.said.what.row.amount))
        .collect();
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for money in awards
        .into_values()
        .map(|(.., money)| money)
        .chain(payments.into_values())
        .flatten()
    {
        let sum = sums.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.minor_units);
    }
    sums.into_iter()
        .map(|(currency, minor_units)| Money {
            minor_units,
            currency,
        })
        .collect()
}
