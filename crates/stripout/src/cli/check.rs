//! `stripout check`: before it is bought, which items of a bid, schedule or bill of quantities do the instruments cover?

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use stripout_catalogue::{Catalogue, Situation, Stretch};
use stripout_identify::Identifier;
use stripout_ingest::{
    Begun, Counting, Destination, IngestError, Progress, Rows, ScreenOptions, Source, Summary, Walked,
    screen, walk,
};
use stripout_judge::{Judge, JudgeError};
use stripout_model::{Confidence, Coverage, Determination, Effect, Evidence, MakerId};
use stripout_register::{Batch, SourceEnd, Unread};

use super::judge::not_judged;
use super::judge::situation::{SituationFlags, asked, print_left_out};
use super::limits::given;
use super::offer::{self, Offer};
use super::{CatalogueFlags, Output, reading};
use crate::failure::{Exit, Failure, problem, problem_json};
use crate::show::{count, safe};
use crate::summary::{inside, marked};

/// Items that are looked back at for one of the same line.
const LINE: usize = 64;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files and folders of the bid.
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    buyer: SituationFlags,
    /// What is to be done with the items; the strictest counts.
    #[arg(long, value_name = "ACT", default_values_t = ["procure".to_owned(), "deploy".to_owned()])]
    act: Vec<String>,
    /// When it is to be bought; today when not given.
    #[arg(long, value_name = "DATE")]
    date: Option<Stretch>,
    /// Check by this instrument alone.
    #[arg(long, value_name = "ID")]
    policy: Option<String>,
    /// Fail for items of which it is not known, too.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Something named, or a camera without a maker, at its place. A maker and the number of a model in one line are one item.
struct Item {
    path: String,
    maker: Option<MakerId>,
    /// Sure enough to be judged; one that a person has to look at first is not.
    sure: bool,
    is_ruled_out: bool,
    /// What instruments call it, where that is told.
    equipment: Option<String>,
    /// Of the surest name; `also` holds the others of the line.
    evidence: Evidence,
    also: Vec<Evidence>,
}

/// An item and what one instrument says of it.
#[derive(Serialize)]
struct Judged<'a> {
    path: &'a str,
    place: String,
    maker: Option<&'a MakerId>,
    excerpt: &'a str,
    determination: &'a Determination,
}

impl Check {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        let judge = Judge::new(&catalogue).map_err(|error| not_judged(&error))?;
        let Walked { inputs, .. } = walk(&self.paths, &[]);
        if inputs.is_empty() {
            return Err(Failure::usage(
                "there is no file to read in the given paths",
                "give a file, or a folder with files that are not hidden",
            )
            .into());
        }
        let mut items = Items::new(&catalogue);
        let summary = screen(
            &inputs,
            &Identifier::new(&catalogue).of_items().at_most(given()?.names),
            &options()?,
            &mut items,
            &Progress::default(),
        )?;
        self.tell_problems(&summary)?;
        let (named, left_out): (Vec<Item>, Vec<Item>) = items.all.into_iter().partition(Item::is_offered);
        let buyer = self.buyer.situation(&catalogue, &self.catalogue)?;
        let (asked, not_asked) = self.asked(&judge, &buyer)?;
        let judged = self.judge(&judge, &buyer, &asked, &named)?;
        let tally = Tally::of(&judged, left_out.len());
        if self.output.json {
            for (item, determinations) in &judged {
                for one in determinations {
                    writeln!(out, "{}", serde_json::to_string(&item.judged(one))?)?;
                }
            }
            let summary = serde_json::json!({"type": "summary", "items": tally, "not_asked": not_asked});
            writeln!(out, "{summary}")?;
        } else {
            print(&judged, out)?;
            tally.print(out)?;
            if !self.output.quiet {
                print_left_out(&not_asked, out)?;
            }
        }
        Ok(self.exit(&tally, &summary))
    }

    /// The instruments to check by, and those of other countries that are not asked.
    fn asked<'c>(&self, judge: &Judge<'c>, buyer: &Situation) -> anyhow::Result<(Vec<usize>, Vec<&'c str>)> {
        match &self.policy {
            Some(id) => {
                let policy = judge.policy(id).map_err(|error| not_judged(&error))?;
                Ok((vec![policy], Vec::new()))
            }
            None => Ok(asked(judge, buyer)),
        }
    }

    /// Each item with the strictest outcome of each instrument that covers it or may.
    fn judge<'i>(
        &self,
        judge: &Judge<'_>,
        buyer: &Situation,
        asked: &[usize],
        items: &'i [Item],
    ) -> anyhow::Result<Vec<(&'i Item, Vec<Determination>)>> {
        let date = self.date.clone().unwrap_or_else(today);
        let mut judged = Vec::new();
        // Items of one maker and sort are judged alike.
        let mut known: BTreeMap<(Option<&MakerId>, Option<&String>), Vec<Determination>> = BTreeMap::new();
        for item in items {
            let maker = item.maker.as_ref().filter(|_| item.sure);
            let equipment = item.equipment.as_ref();
            let determinations = match known.entry((maker, equipment)) {
                Entry::Occupied(judged) => judged.into_mut(),
                Entry::Vacant(place) => {
                    let situation = |act: &String| Situation {
                        maker: maker.cloned(),
                        equipment: equipment.or(buyer.equipment.as_ref()).cloned(),
                        act: Some(act.clone()),
                        date: Some(date.clone()),
                        ..buyer.clone()
                    };
                    let situations: Vec<Situation> = self.act.iter().map(situation).collect();
                    let strictest = strictest(judge, &situations, asked);
                    place.insert(strictest.map_err(|error| not_judged(&error))?)
                }
            };
            judged.push((item, determinations.clone()));
        }
        Ok(judged)
    }

    fn tell_problems(&self, summary: &Summary) -> io::Result<()> {
        for input in &summary.inputs {
            let sha256 = input.sha256.map(|blob| blob.to_string());
            for one in &input.problems {
                let text = if self.output.json {
                    problem_json(one, &input.path, sha256.as_deref()).to_string()
                } else {
                    problem(one, &input.path, sha256.as_deref())
                };
                writeln!(io::stderr(), "{text}")?;
            }
        }
        Ok(())
    }

    /// A covered item stops the gate whatever else could not be read.
    fn exit(&self, tally: &Tally, summary: &Summary) -> Exit {
        let failed = summary.failed();
        if tally.covered > 0 || (self.strict && tally.unknown > 0) {
            Exit::Verification
        } else if failed == 0 {
            Exit::AllRead
        } else if failed >= summary.inputs.len() {
            Exit::AllFailed
        } else {
            Exit::SomeFailed
        }
    }
}

/// What the instruments say of one item under several acts: the covered before the not known, the first of equals.
fn strictest(
    judge: &Judge<'_>,
    situations: &[Situation],
    asked: &[usize],
) -> Result<Vec<Determination>, JudgeError> {
    let mut strictest: BTreeMap<usize, Determination> = BTreeMap::new();
    for situation in situations {
        let coded = judge.code(situation)?;
        for number in asked.iter().copied() {
            let outcome = judge.outcome(number, &coded);
            let matters = match outcome.coverage {
                Coverage::Covered => strictest
                    .get(&number)
                    .is_none_or(|one| one.coverage != Coverage::Covered),
                Coverage::Unknown => !strictest.contains_key(&number),
                Coverage::Exempt | Coverage::OutOfScope => false,
            };
            if matters && outcome.effect.is_some_and(concerns) {
                strictest.insert(number, judge.determination(number, situation)?);
            }
        }
    }
    Ok(strictest.into_values().collect())
}

/// Definitions and statements that there is no duty do not concern a purchase.
fn concerns(effect: Effect) -> bool {
    effect != Effect::Defines && effect.coverage() == Coverage::Covered
}

fn today() -> Stretch {
    Timestamp::now().to_zoned(TimeZone::UTC).date().into()
}

fn options() -> Result<ScreenOptions, Failure> {
    Ok(ScreenOptions {
        reading: reading()?,
        rows: Rows::Matching,
        counting: Counting::All,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        tolerate: 20,
        fail_fast: false,
        now: Timestamp::now(),
        reader: format!("stripout {}", env!("CARGO_PKG_VERSION")),
        catalogue: env!("CARGO_PKG_VERSION").to_string(),
    })
}

impl Item {
    /// Offered, or at least named; what the text rules out, denies or speaks of as gone is no item.
    fn is_offered(&self) -> bool {
        !self.is_ruled_out
    }

    fn place(&self) -> String {
        format!(
            "{}{}, {}",
            self.path,
            inside(&self.evidence),
            self.evidence.locator.place
        )
    }

    fn judged<'a>(&'a self, determination: &'a Determination) -> Judged<'a> {
        Judged {
            path: &self.path,
            place: self.evidence.locator.to_string(),
            maker: self.maker.as_ref(),
            excerpt: &self.evidence.excerpt,
            determination,
        }
    }
}

/// Collects what the readers find.
struct Items<'c> {
    catalogue: &'c Catalogue,
    path: String,
    all: Vec<Item>,
}

impl<'c> Items<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        Self {
            catalogue,
            path: String::new(),
            all: Vec::new(),
        }
    }

    /// What a line names twice, by name and by number, is one thing.
    fn add(&mut self, item: Item) {
        let line = |one: &Item| {
            let locator = &one.evidence.locator;
            (locator.member.clone(), locator.bytes.clone())
        };
        // Lines come one after the other.
        let mut same = self.all.iter_mut().rev().take(LINE).find(|known| {
            known.path == item.path
                && known.maker.is_some()
                && known.maker == item.maker
                && known.is_offered() == item.is_offered()
                && line(known) == line(&item)
        });
        if let Some(known) = same.as_deref_mut().filter(|known| known.equipment.is_none()) {
            known.equipment.clone_from(&item.equipment);
        }
        match same {
            Some(known) if item.sure && !known.sure => {
                known.sure = true;
                known
                    .also
                    .push(std::mem::replace(&mut known.evidence, item.evidence));
            }
            Some(known) => known.also.push(item.evidence),
            None => self.all.push(item),
        }
    }
}

impl Destination for Items<'_> {
    fn begin(&mut self, source: Source<'_>) -> Result<Begun, IngestError> {
        self.path = source.path.to_string_lossy().into_owned();
        Ok(Begun::New)
    }

    fn write(&mut self, batch: Batch) -> Result<(), IngestError> {
        for record in batch.records {
            for sighting in record.sightings {
                let offer = offer::offer(&sighting, &self.catalogue.words.bid);
                self.add(Item {
                    path: self.path.clone(),
                    equipment: offer::equipment(&sighting, self.catalogue),
                    maker: Some(sighting.maker),
                    sure: sighting.confidence != Confidence::Review && offer != Offer::Open,
                    is_ruled_out: offer == Offer::RuledOut,
                    evidence: sighting.evidence,
                    also: Vec::new(),
                });
            }
            for lead in record.leads {
                self.add(Item {
                    path: self.path.clone(),
                    maker: None,
                    sure: false,
                    is_ruled_out: false,
                    equipment: None,
                    evidence: lead.evidence,
                    also: Vec::new(),
                });
            }
        }
        Ok(())
    }

    fn commit(&mut self, _: SourceEnd) -> Result<(), IngestError> {
        Ok(())
    }

    fn fail(&mut self, _: Unread) -> Result<(), IngestError> {
        Ok(())
    }

    fn keeps_rows(&self) -> bool {
        false
    }

    fn finish(&mut self) -> Result<(), IngestError> {
        Ok(())
    }
}

/// How many items, by the strictest that any instrument says of them.
#[derive(Debug, Serialize)]
struct Tally {
    named: usize,
    covered: usize,
    unknown: usize,
    neither: usize,
    /// Named and ruled out, denied or spoken of as gone.
    left_out: usize,
}

impl Tally {
    fn of(judged: &[(&Item, Vec<Determination>)], left_out: usize) -> Self {
        let mut tally = Self {
            named: judged.len(),
            covered: 0,
            unknown: 0,
            neither: 0,
            left_out,
        };
        for (_, determinations) in judged {
            let covered = determinations.iter().any(|one| one.coverage == Coverage::Covered);
            match determinations.first() {
                None => tally.neither += 1,
                Some(_) if covered => tally.covered += 1,
                Some(_) => tally.unknown += 1,
            }
        }
        tally
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "{} named: {} covered, {} not known, {} neither",
            count(self.named as u64, "item"),
            self.covered,
            self.unknown,
            self.neither
        )?;
        if self.left_out > 0 {
            write!(out, "; {} more ruled out, denied or gone", self.left_out)?;
        }
        writeln!(out, ".")
    }
}

/// Instrument by instrument, the covered ones first, with the items each speaks of.
fn print(judged: &[(&Item, Vec<Determination>)], out: &mut dyn Write) -> io::Result<()> {
    let mut groups: BTreeMap<(bool, &str, &str), (&Determination, Vec<&Item>)> = BTreeMap::new();
    for (item, determinations) in judged {
        for one in determinations {
            let key = (
                one.coverage != Coverage::Covered,
                one.policy.as_str(),
                one.why.as_str(),
            );
            groups.entry(key).or_insert((one, Vec::new())).1.push(item);
        }
    }
    for (one, items) in groups.values() {
        super::judge::print(one, out)?;
        for item in items {
            let maker = item.maker.as_ref().map_or("maker not stated", MakerId::as_str);
            let doubt = if item.sure || item.maker.is_none() {
                ""
            } else {
                ", for review"
            };
            writeln!(out, "    - {}: {maker}{doubt}", safe(&item.place()))?;
            for evidence in std::iter::once(&item.evidence).chain(&item.also) {
                writeln!(out, "      \"{}\"", marked(evidence))?;
            }
        }
    }
    Ok(())
}
