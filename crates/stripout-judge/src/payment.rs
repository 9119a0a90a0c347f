//! Which spend lines tell of one payment: a month's file and the corrected one, a table and its twin in another format.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use stripout_model::{BodyId, Currency, Evidence, Lead, Money, Row, Sighting, Statement};

/// A spend line, as far as it tells which payment it is.
#[derive(Debug, Clone, Copy)]
pub struct PaymentLine<'a> {
    /// Who pays, told apart from others in any way.
    pub body: &'a str,
    pub source: &'a str,
    /// The sheet of a workbook or the file of an archive.
    pub member: Option<&'a str>,
    pub record: &'a str,
    pub supplier: Option<&'a str>,
    pub amount: Option<Money>,
    pub day: Option<Date>,
    /// Its number with the body.
    pub reference: Option<&'a str>,
    /// What it was for.
    pub words: &'a str,
}

/// Supplier, and amount in minor units: what a payment and the credit that takes it back have in common.
pub(crate) type Paid = (Option<String>, Option<(i64, Currency)>);

impl<'a> PaymentLine<'a> {
    pub(crate) fn of(said: &'a Statement<Sighting>, body: &'a BodyId) -> Self {
        Self::of_row(said, &said.what.row, &said.what.evidence, body)
    }

    pub(crate) fn of_lead(said: &'a Statement<Lead>, body: &'a BodyId) -> Self {
        Self::of_row(said, &said.what.row, &said.what.evidence, body)
    }

    fn of_row<T>(said: &'a Statement<T>, row: &'a Row, evidence: &'a Evidence, body: &'a BodyId) -> Self {
        Self {
            body: body.as_str(),
            source: &said.source,
            member: evidence.locator.member.as_deref(),
            record: &said.record,
            supplier: row.supplier.as_deref(),
            amount: row.amount,
            day: row.date,
            reference: said.reference.as_deref(),
            words: &evidence.excerpt,
        }
    }

    fn number(&self) -> Option<&'a str> {
        self.reference.map(str::trim).filter(|it| !it.is_empty())
    }

    pub(crate) fn paid(&self) -> Paid {
        let amount = self.amount.map(|it| (it.minor_units, it.currency));
        (self.supplier.map(folded), amount)
    }
}

/// What makes two lines one payment, and the record that it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Mark<'a> {
    Record(&'a str),
    Reference(&'a str),
    Words(&'a str),
}

/// Lines that have body, supplier, amount and day in common, each with its place among all and its words.
type Group<'a> = Vec<(usize, &'a PaymentLine<'a>, &'a str)>;

/// A number for each line; those of one payment have the same. Body, supplier, amount and day are the same, and so is
/// the reference; where one of them has none, the words. Capitals, spaces and stops do not tell lines apart. What one table, a
/// file or a sheet of it, has several times is as many payments.
pub fn payments(lines: &[PaymentLine<'_>]) -> Vec<usize> {
    let mut groups: BTreeMap<(&str, Paid, Option<Date>), Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        groups
            .entry((line.body, line.paid(), line.day))
            .or_default()
            .push(at);
    }
    let mut numbers = vec![0; lines.len()];
    let mut next = 0;
    for places in groups.into_values() {
        let own = places.iter().filter_map(|at| Some((*at, lines.get(*at)?)));
        if let [at] = *places {
            // Nothing is like it, as is true of most.
            next += 1;
            numbers.get_mut(at).into_iter().for_each(|own| *own = next);
            continue;
        }
        let words: Vec<String> = own.clone().map(|(_, line)| folded(line.words)).collect();
        let group: Group<'_> = own
            .zip(&words)
            .map(|((at, line), words)| (at, line, words.as_str()))
            .collect();
        let ordinals = ordinals(&group);
        let mut known: HashMap<(usize, usize), usize> = HashMap::new();
        for (at, line, _) in group {
            let ordinal = ordinals.get(line.record).copied().unwrap_or_default();
            let number = *known.entry(ordinal).or_insert_with(|| {
                next += 1;
                next
            });
            if let Some(own) = numbers.get_mut(at) {
                *own = number;
            }
        }
    }
    numbers
}

/// For each record which lot of equal lines it is of, and which one of those that its table has.
fn ordinals<'a>(group: &Group<'a>) -> HashMap<&'a str, (usize, usize)> {
    let open: HashSet<&str> = group
        .iter()
        .filter(|(_, line, _)| line.number().is_none())
        .map(|(.., words)| *words)
        .collect();
    let mut lots = Lots::default();
    for (_, line, words) in group {
        let record = Mark::Record(line.record);
        if let Some(number) = line.number() {
            lots.join(record, Mark::Reference(number));
        }
        if open.contains(words) {
            lots.join(record, Mark::Words(words));
        }
    }
    let mut of_table: BTreeMap<(usize, &str, Option<&str>), BTreeSet<_>> = BTreeMap::new();
    for (_, line, words) in group {
        let lot = lots.lot(Mark::Record(line.record));
        let records = of_table.entry((lot, line.source, line.member)).or_default();
        records.insert((line.number(), words, line.record));
    }
    let mut ordinals = HashMap::new();
    for ((lot, ..), records) in of_table {
        let mut nth = 0;
        for (.., record) in records {
            ordinals.entry(record).or_insert_with(|| {
                nth += 1;
                (lot, nth)
            });
        }
    }
    ordinals
}

/// Which marks belong together.
#[derive(Default)]
struct Lots<'a> {
    places: HashMap<Mark<'a>, usize>,
    /// By place the place of another mark of the same lot; the last of them is its own.
    next: Vec<usize>,
}

impl<'a> Lots<'a> {
    fn lot(&mut self, mark: Mark<'a>) -> usize {
        let new = self.next.len();
        let mut at = *self.places.entry(mark).or_insert(new);
        if at == new {
            self.next.push(new);
        }
        while let Some(next) = self.next.get(at).copied().filter(|next| *next != at) {
            // Halved on the way, so that no way is long.
            let after = self.next.get(next).copied().unwrap_or(next);
            if let Some(own) = self.next.get_mut(at) {
                *own = after;
            }
            at = after;
        }
        at
    }

    fn join(&mut self, one: Mark<'a>, other: Mark<'a>) {
        let (one, other) = (self.lot(one), self.lot(other));
        if let Some(own) = self.next.get_mut(one) {
            *own = other;
        }
    }
}

/// Letters and digits alone, in words.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line<'a>(
        source: &'a str,
        record: &'a str,
        reference: Option<&'a str>,
        words: &'a str,
    ) -> PaymentLine<'a> {
        PaymentLine {
            body: "merrow",
            source,
            member: None,
            record,
            supplier: Some("Acme Ltd."),
            amount: Some(Money {
                minor_units: 10_000,
                currency: Currency::GBP,
            }),
            day: None,
            reference,
            words,
        }
    }

    fn count(lines: &[PaymentLine<'_>]) -> usize {
        payments(lines).into_iter().collect::<HashSet<_>>().len()
    }

    #[test]
    fn a_payment_in_two_files_is_one() {
        let (a, b) = ("march.csv", "march-corrected.xlsx");
        for (lines, want) in [
            // The reference decides, whatever the words.
            (
                &[
                    line(a, "1", Some("7"), "HIK  Vision"),
                    line(b, "2", Some("7"), "Recorders"),
                ][..],
                1,
            ),
            (
                &[
                    line(a, "1", Some("7"), "HIK Vision"),
                    line(b, "2", Some("8"), "HIK Vision"),
                ],
                2,
            ),
            // Where one has none, the words do.
            (
                &[
                    line(a, "1", Some("7"), "HIK  Vision"),
                    line(b, "2", None, "hik vision."),
                ],
                1,
            ),
            (
                &[
                    line(a, "1", Some("7"), "HIK Vision"),
                    line(b, "2", None, "Recorders"),
                ],
                2,
            ),
            (
                &[line(a, "1", None, "HIK Vision"), line(b, "2", None, "HIK Vision")],
                1,
            ),
            // Twice in one file is twice.
            (
                &[line(a, "1", None, "HIK Vision"), line(a, "2", None, "HIK Vision")],
                2,
            ),
            (
                &[
                    line(a, "1", Some("7"), "HIK Vision"),
                    line(a, "2", Some("8"), "HIK Vision"),
                    line(b, "3", None, "HIK Vision"),
                    line(b, "4", None, "HIK Vision"),
                ],
                2,
            ),
            // Two cells of one row are one payment.
            (
                &[line(a, "1", None, "HIK Vision"), line(a, "1", None, "DS-2CD2143")],
                1,
            ),
            (
                &[
                    line(a, "1", None, "HIK Vision"),
                    line(a, "1", None, "DS-2CD2143"),
                    line(b, "2", None, "ds 2cd2143"),
                ],
                1,
            ),
        ] {
            assert_eq!(count(lines), want, "{lines:?}");
            let back: Vec<_> = lines.iter().rev().copied().collect();
            assert_eq!(count(&back), want, "{lines:?}");
        }
    }

    #[test]
    fn a_payment_on_two_sheets_of_a_workbook_is_one() {
        let on = |member, record, reference, words| PaymentLine {
            member: Some(member),
            ..line("spend.xlsx", record, reference, words)
        };
        for (lines, want) in [
            (
                &[
                    on("March", "1", Some("7"), "HIK Vision"),
                    on("All", "2", Some("7"), "HIK Vision"),
                ][..],
                1,
            ),
            // Twice on one sheet is twice, on the other sheet, too.
            (
                &[
                    on("March", "1", None, "HIK Vision"),
                    on("March", "2", None, "HIK Vision"),
                    on("All", "3", None, "HIK Vision"),
                    on("All", "4", None, "HIK Vision"),
                ],
                2,
            ),
            (
                &[
                    on("March", "1", Some("7"), "HIK Vision"),
                    on("April", "2", Some("8"), "HIK Vision"),
                ],
                2,
            ),
        ] {
            assert_eq!(count(lines), want, "{lines:?}");
        }
    }

    #[test]
    fn another_supplier_amount_or_day_is_another_payment() {
        let one = line("a", "1", Some("7"), "HIK Vision");
        let mut other = PaymentLine {
            source: "b",
            record: "2",
            ..one
        };
        assert_eq!(
            count(&[
                one,
                PaymentLine {
                    supplier: Some("ACME LTD"),
                    ..other
                }
            ]),
            1
        );
        assert_eq!(
            count(&[
                one,
                PaymentLine {
                    supplier: Some("Acme"),
                    ..other
                }
            ]),
            2
        );
        assert_eq!(
            count(&[
                one,
                PaymentLine {
                    amount: None,
                    ..other
                }
            ]),
            2
        );
        assert_eq!(
            count(&[
                one,
                PaymentLine {
                    body: "elsewhere",
                    ..other
                }
            ]),
            2
        );
        other.day = Some(jiff::civil::date(2024, 1, 1));
        assert_eq!(count(&[one, other]), 2);
    }
}
