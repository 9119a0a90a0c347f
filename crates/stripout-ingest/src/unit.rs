//! One block through parser, sieve and identifier: the work that runs on any thread.

use std::collections::HashMap;

use jiff::civil::Date;
use stripout_identify::{Found, Identifier, Reply};
use stripout_model::{
    Affiliation, BlobId, Code, Confidence, Contract, Currency, DocumentKind, Facts, Lead, Letterhead,
    Mention, Money, Passage, Problem, Record, Reserve, Row, Severity, Shape, Sighting,
};
use stripout_read::{Block, Parse, Sink};
use stripout_register::{KeptRecord, Tally, TallyOf};

use crate::item::count_items;
use crate::personal::{contacts, strip_facts, without_contacts};
use crate::pipeline::within;
use crate::proof::evidence;
use crate::reply::proven;
use crate::screen::{Counting, Progress, Rows};

/// What a block gave. Small unless every row is kept.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) records: u64,
    pub(crate) kept: Vec<KeptRecord>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) tallies: Tallies,
}

/// Bytes that what is kept of a block may weigh before it is handed on: a block of nothing but names gives many times what it
/// is itself.
const HANDED_ON: usize = 1 << 20;

impl Outcome {
    /// Roughly the memory it holds, for the budget of the pipeline.
    pub(crate) fn weight(&self) -> usize {
        let kept: usize = self.kept.iter().map(weight).sum();
        kept + 256 * (self.problems.len() + self.tallies.len())
    }
}

/// Roughly the memory of a record: a row of nothing but names holds far more in its sightings than in its words.
pub(crate) fn weight(kept: &KeptRecord) -> usize {
    // With the short texts of its place and of what it says.
    let of = |one: &Sighting| size_of::<Sighting>() + 512 + one.evidence.excerpt.len() + one.why.len();
    1024 + 2 * kept.whole_json.len() + kept.sightings.iter().map(of).sum::<usize>()
}

/// What every block of a part is worked on with.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    pub(crate) identifier: &'a Identifier,
    pub(crate) rows: Rows,
    pub(crate) counting: Counting,
    /// Whether kept rows are wanted whole.
    pub(crate) whole: bool,
    pub(crate) member: Option<&'a str>,
    /// Why a person should look before anything is said from this part.
    pub(crate) reserve: Option<Reserve>,
    /// Says when the rest of the block is not wanted.
    pub(crate) progress: &'a Progress,
}

impl Work<'_> {
    /// Parses a block and identifies what its records say; gives what was not handed on before. Evidence gets its blob later,
    /// when the hash is known.
    pub(crate) fn block(
        self,
        block: &Block,
        records: Option<u64>,
        parser: &dyn Parse,
        hand_on: &dyn Fn(Outcome),
    ) -> Outcome {
        let columns = self.identifier.maker_columns(parser.headings());
        // Rows under the name of a maker need not name one.
        let named = !columns.is_empty();
        let mut unit = Unit {
            work: self,
            columns,
            outcome: Outcome::default(),
            weight: 0,
            hand_on,
        };
        match records {
            Some(records) if self.counting == Counting::Hits && !named => unit.search(block, records, parser),
            _ => parser.parse(block, &mut unit),
        }
        unit.outcome
    }
}

struct Unit<'a> {
    work: Work<'a>,
    /// Columns of the table that are headed by a maker.
    columns: Vec<usize>,
    outcome: Outcome,
    /// Of what is kept in it.
    weight: usize,
    hand_on: &'a dyn Fn(Outcome),
}

impl Sink for Unit<'_> {
    fn record(&mut self, record: &dyn Record) {
        if self.work.progress.stopped() {
            return;
        }
        self.outcome.records += 1;
        let sieved = !self.columns.is_empty() || self.work.identifier.sieve(record.raw());
        if !sieved && self.work.counting == Counting::Hits {
            return;
        }
        // Where every row is kept, all of its facts are wanted.
        let all = self.work.rows == Rows::All;
        let facts = if all { record.facts() } else { record.counted() };
        self.outcome.tallies.add(&facts);
        // A reply may refuse in words that name nothing.
        let replies = record.shape() == Shape::Prose && record.kind() == DocumentKind::Foi;
        let found = if sieved || replies {
            let mut passages = record.passages_under(&self.columns);
            for passage in &mut passages {
                passage.locator.member = self.work.member.map(str::to_string);
            }
            let (kind, shape, date) = (record.kind(), record.shape(), day(&facts));
            let identifier = self.work.identifier;
            let found = if sieved {
                let mut found = identifier.record(kind, shape, &passages, date);
                count_items(identifier, record, &passages, &mut found);
                found
            } else {
                Found::default()
            };
            // Nobody answers or promises in words that are quoted, hidden or deleted.
            let reply = match self.work.reserve {
                None | Some(Reserve::Ocr) => identifier.reply(kind, shape, &passages, date, &found.mentions),
                Some(Reserve::Hidden | Reserve::Deleted | Reserve::Quoted | Reserve::Comment) => {
                    Reply::default()
                }
            };
            (!found.is_empty() || !reply.is_empty()).then_some((passages, found, reply))
        } else {
            None
        };
        if let Some((passages, found, reply)) = found {
            if found.left_out > 0 {
                self.problem(crowded(record, found.left_out));
            }
            let facts = if all { facts } else { record.facts() };
            self.keep(record, facts, &passages, found, reply);
        } else if all {
            self.keep(record, facts, &[], Found::default(), Reply::default());
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.outcome.problems.push(within(problem, self.work.member));
    }
}

impl Unit<'_> {
    /// Parses only the records in which something may matter, where a record is a line; else all, if any may.
    fn search(&mut self, block: &Block, records: u64, parser: &dyn Parse) {
        let mut lines = block.lines();
        let mut from = 0;
        while let Some(at) = self
            .work
            .identifier
            .first(block.bytes.get(from..).unwrap_or_default())
        {
            let Some((line, end)) = lines.as_mut().and_then(|lines| lines.around(from + at)) else {
                return parser.parse(block, self);
            };
            parser.parse(&line, self);
            from = end;
        }
        self.outcome.records = records;
    }

    fn keep(
        &mut self,
        record: &dyn Record,
        mut facts: Facts,
        passages: &[Passage<'_>],
        found: Found,
        reply: Reply,
    ) {
        strip_facts(&mut facts);
        let reserve = self.work.reserve;
        let unknown = BlobId::UNHASHED;
        let prove = |passage: usize, span: &std::ops::Range<usize>| {
            passages
                .get(passage)
                .map(|passage| evidence(unknown, passage, span))
        };
        let pointer = |passage: usize| passages.get(passage).map_or("", |p| pointer_of(p));
        let sightings = found
            .mentions
            .into_iter()
            .filter_map(|mut mention| {
                if let Some(reserve) = reserve {
                    mention.confidence = Confidence::Review;
                    mention.why = format!("{}; {}", mention.why, reserve.clause());
                }
                let site = &mut mention.installation.site;
                *site = site.take().filter(|site| contacts(site).next().is_none());
                let evidence = prove(mention.passage, &mention.span)?;
                let row = row(&facts, pointer(mention.passage));
                Some(sighting(mention, evidence, row))
            })
            .collect();
        let leads = found
            .lead
            .into_iter()
            .filter_map(|lead| {
                let evidence = prove(lead.passage, &lead.span)?;
                Some(Lead {
                    why: match reserve {
                        Some(reserve) => format!("{}; {}", lead.why, reserve.clause()),
                        None => lead.why,
                    },
                    evidence,
                    row: row(&facts, pointer(lead.passage)),
                })
            })
            .collect();
        let affiliations = found
            .affiliations
            .into_iter()
            .filter_map(|tie| {
                Some(Affiliation {
                    maker: tie.maker,
                    brand: tie.brand,
                    tied_at_the_time: tie.tied_at_the_time,
                    why: tie.why,
                    evidence: prove(tie.passage, &tie.span)?,
                    row: row(&facts, pointer(tie.passage)),
                })
            })
            .collect();
        let (outcomes, commitments) = proven(reply, passages, reserve);
        // What the document does not show says nothing of whose it is.
        let letterhead = match reserve {
            None | Some(Reserve::Ocr) => {
                let identifier = self.work.identifier;
                identifier.letterhead(record.kind(), record.shape(), passages, day(&facts))
            }
            Some(Reserve::Hidden | Reserve::Deleted | Reserve::Quoted | Reserve::Comment) => {
                Letterhead::default()
            }
        };
        let kept = KeptRecord {
            member: self.work.member.map(str::to_string),
            place: record.place(),
            kind: record.kind(),
            letterhead,
            // Running text is not kept a second time: its excerpts are the proof, its file the source.
            whole_json: if record.shape() == Shape::Prose || !self.work.whole {
                "{}".into()
            } else {
                without_contacts(record.whole())
            },
            sightings,
            leads,
            affiliations,
            outcomes,
            commitments,
            contracts: facts.contracts,
            payment: facts.payment,
        };
        self.weight += weight(&kept);
        self.outcome.kept.push(kept);
        if self.weight > HANDED_ON {
            self.weight = 0;
            // Records are counted at the end.
            let records = std::mem::take(&mut self.outcome.records);
            (self.hand_on)(std::mem::take(&mut self.outcome));
            self.outcome.records = records;
        }
    }
}

/// A text that is nothing but names.
fn crowded(record: &dyn Record, left_out: usize) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Warning,
        place: format!("line {}", record.place().line),
        what: format!("one text names makers so often that {left_out} of the names were left out"),
        because: "more of the same in one text say nothing more; the limit is names".into(),
        hint: "split the text into lines or paragraphs if each name is of another thing".into(),
    }
}

fn sighting(mention: Mention, evidence: stripout_model::Evidence, row: Row) -> Sighting {
    Sighting {
        maker: mention.maker,
        brand: mention.brand,
        model: mention.model,
        via: mention.via,
        distance: mention.distance,
        confidence: mention.confidence,
        stance: mention.stance,
        count: mention.count,
        cue: mention.cue,
        why: mention.why,
        installation: mention.installation,
        evidence,
        row,
    }
}

fn pointer_of<'a>(passage: &'a Passage<'_>) -> &'a str {
    match &passage.locator.place {
        stripout_model::Place::Json { pointer, .. } => pointer,
        _ => "",
    }
}

/// What the row around a passage says. A notice with several awards gives supplier and amount only when the passage
/// stands inside one of them: the value of one award is not the price of another.
fn row(facts: &Facts, pointer: &str) -> Row {
    if let Some(payment) = &facts.payment {
        return Row {
            body: payment.body.clone(),
            supplier: payment.supplier.clone(),
            amount: payment.amount,
            date: payment.date,
        };
    }
    let of_award = index_after(pointer, "/awards/").and_then(|index| facts.contracts.get(index));
    let contract = match (of_award, facts.contracts.as_slice()) {
        (Some(contract), _) | (None, [contract]) => Some(contract),
        _ => None,
    };
    let first = facts.contracts.first();
    Row {
        body: first
            .and_then(|c| c.buyer.as_ref())
            .map(|buyer| buyer.name.clone()),
        supplier: contract.and_then(suppliers),
        amount: contract.and_then(|contract| contract.value),
        date: contract.or(first).and_then(Contract::date),
    }
}

fn index_after(pointer: &str, key: &str) -> Option<usize> {
    let (_, rest) = pointer.split_once(key)?;
    rest.split('/').next()?.parse().ok()
}

fn suppliers(contract: &Contract) -> Option<String> {
    let names: Vec<&str> = contract
        .suppliers
        .iter()
        .map(|party| party.name.as_str())
        .collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn day(facts: &Facts) -> Option<Date> {
    match &facts.payment {
        Some(payment) => payment.date,
        None => facts.contracts.first().and_then(Contract::date),
    }
}

/// Counts and sums of all rows, for the denominators: by body, then by what is counted.
#[derive(Debug, Default)]
pub(crate) struct Tallies {
    bodies: HashMap<String, Sums>,
    /// Of rows that name no body.
    unnamed: Sums,
}

/// What is counted, with year and currency, and how many rows and minor units of money there are of it.
type Sums = HashMap<(TallyOf, Option<i16>, Option<Currency>), (u64, i128)>;

impl Tallies {
    fn add(&mut self, facts: &Facts) {
        if let Some(payment) = &facts.payment {
            let body = payment.body.as_deref();
            self.count(TallyOf::Payments, body, payment.date, payment.amount);
        }
        for contract in &facts.contracts {
            let body = contract.buyer.as_ref().map(|buyer| buyer.name.as_str());
            self.count(TallyOf::Contracts, body, contract.date(), contract.value);
        }
    }

    fn count(&mut self, what: TallyOf, body: Option<&str>, date: Option<Date>, amount: Option<Money>) {
        let sums = match body {
            None => &mut self.unnamed,
            // The name is only copied the first time.
            Some(body) => match self.bodies.get_mut(body) {
                Some(sums) => sums,
                None => self.bodies.entry(body.to_owned()).or_default(),
            },
        };
        let key = (what, date.map(Date::year), amount.map(|money| money.currency));
        let (rows, minor) = sums.entry(key).or_default();
        *rows += 1;
        *minor += amount.map_or(0, |money| i128::from(money.minor_units));
    }

    fn len(&self) -> usize {
        self.unnamed.len() + self.bodies.values().map(Sums::len).sum::<usize>()
    }

    pub(crate) fn merge(&mut self, other: Self) {
        merge(&mut self.unnamed, other.unnamed);
        for (body, sums) in other.bodies {
            merge(self.bodies.entry(body).or_default(), sums);
        }
    }

    /// In a fixed order, whatever the order of merging.
    pub(crate) fn into_sorted(self) -> Vec<Tally> {
        let named = self.bodies.into_iter().map(|(body, sums)| (Some(body), sums));
        let mut tallies = Vec::new();
        for (body, sums) in named.chain([(None, self.unnamed)]) {
            let tally = |((what, year, currency), (rows, sum_minor))| Tally {
                what,
                body: body.clone(),
                year,
                currency,
                rows,
                sum_minor,
            };
            tallies.extend(sums.into_iter().map(tally));
        }
        tallies.sort_by(|a, b| {
            (a.what, &a.body, a.year, a.currency).cmp(&(b.what, &b.body, b.year, b.currency))
        });
        tallies
    }
}

fn merge(sums: &mut Sums, other: Sums) {
    for (key, (rows, minor)) in other {
        let sum = sums.entry(key).or_default();
        sum.0 += rows;
        sum.1 += minor;
    }
}
