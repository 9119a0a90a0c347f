//! What a screen found, as a person reads it.

mod example;
mod section;
mod trouble;

use std::cmp::Reverse;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use stripout_ingest::{InputOutcome, InputStatus, MoneyLine, Summary};
use stripout_model::{Confidence, MakerId, Stance};

pub(crate) use example::{inside, marked, said};
use section::{Item, Section};

use crate::cli::register::REGISTER;
use crate::show::{bytes, count, number, safe};

/// Inputs that were read before and are told one by one.
const EACH: usize = 3;
/// Makers that are shown where there is room.
const MAKERS: usize = 12;

pub(crate) struct Report<'a> {
    pub(crate) summary: &'a Summary,
    pub(crate) took: Duration,
    pub(crate) register: Option<&'a Path>,
    pub(crate) hints: bool,
}

impl Report<'_> {
    /// At most a screen of lines, whatever was read: each section names the command that shows all of it.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let above = self.inputs();
        for line in &above {
            writeln!(out, "{line}")?;
        }
        let sections: Vec<Section<'_>> = [
            self.makers(),
            self.money(),
            self.strongest(),
            self.commitments(),
            self.replies(),
            self.leads(),
            self.affiliations(),
            self.review(),
            self.problems(),
            self.next(),
        ]
        .into_iter()
        .flatten()
        .collect();
        section::write(&sections, above.len(), out)
    }

    fn inputs(&self) -> Vec<String> {
        let summary = self.summary;
        let mut lines = vec![format!(
            "{}, {} in {}: {}. {} in {}.",
            count(summary.inputs.len() as u64, "input"),
            bytes(summary.bytes),
            seconds(self.took),
            self.states(),
            count(summary.sightings, "sighting"),
            count(summary.records, "record"),
        )];
        let already: Vec<String> = summary.inputs.iter().filter_map(already_read).collect();
        if already.len() <= EACH {
            lines.extend(already);
        } else if let Some(first) = already.first() {
            let all = self
                .command("list sources")
                .map_or(String::new(), |all| format!(" · all: {all}"));
            lines.push(format!(
                "{first}, and {} more{all}",
                number(already.len() as u64 - 1)
            ));
        }
        if let Some(first) = summary.passed_over.first() {
            lines.push(format!(
                "  {} passed over, as {}: links are not followed; give their names to have them read",
                count(summary.passed_over.len() as u64, "link"),
                safe(first)
            ));
        }
        if summary.interrupted {
            lines.push("Stopped on request: what is counted here is registered, the rest is not.".into());
        }
        lines
    }

    fn states(&self) -> String {
        let of = |wanted: fn(&InputStatus) -> bool| self.summary.count(wanted) as u64;
        let warned = of(|s| *s == InputStatus::Warnings);
        let read = number(of(|s| *s == InputStatus::Read) + warned);
        // What was read with warnings was read.
        let mut parts = vec![if warned > 0 {
            format!("{read} read ({} with warnings)", number(warned))
        } else {
            format!("{read} read")
        }];
        for (n, words) in [
            (of(|s| *s == InputStatus::Partial), "in part"),
            (
                of(|s| matches!(s, InputStatus::AlreadyRead { .. })),
                "already read",
            ),
            (of(|s| *s == InputStatus::Failed), "failed"),
        ] {
            if n > 0 {
                parts.push(format!("{} {words}", number(n)));
            }
        }
        parts.join(", ")
    }

    fn makers(&self) -> Option<Section<'_>> {
        let by_maker = &self.summary.by_maker;
        let stances: Vec<Stance> = Stance::ALL
            .into_iter()
            .filter(|stance| by_maker.values().any(|by| by.contains_key(stance)))
            .collect();
        let width = |stance: &Stance| stance.as_str().len() + 3;
        let names: Vec<String> = stances
            .iter()
            .map(|it| format!("{:>1$}", it.as_str(), width(it)))
            .collect();
        let mut makers: Vec<_> = by_maker.iter().collect();
        makers.sort_by_key(|(_, by)| Reverse(by.values().sum::<u64>()));
        let rows = makers.into_iter().map(|(maker, by)| {
            let cells = stances.iter().map(|stance| {
                let n = by.get(stance).map_or_else(|| "-".to_string(), |n| number(*n));
                format!("{n:>0$}", width(stance))
            });
            line(format!("{:<16}{}", maker.as_str(), cells.collect::<String>()))
        });
        let items: Vec<Item> = rows.collect();
        (!items.is_empty()).then(|| Section {
            all: self.command("list sightings"),
            legend: vec![format!("{:<16}{}", "", names.concat())],
            most: MAKERS,
            ..Section::new("Sightings by maker and by what the text says", items)
        })
    }

    fn money(&self) -> Option<Section<'_>> {
        let each = |(maker, lines): (&MakerId, &Vec<MoneyLine>)| {
            let sums = lines
                .iter()
                .map(|it| format!("{} in {}", it.money, count(it.rows, "row")));
            line(format!(
                "{:<16} {}",
                maker.as_str(),
                sums.collect::<Vec<_>>().join(", ")
            ))
        };
        let items = self.summary.money.iter().map(each).collect();
        // A screen keeps no rows to compare: which of them tell of one payment is said by what judges the register.
        self.section(
            "Money in rows that say it was bought or is in use, each row of each file counted (findings count a payment once)",
            items,
            "list sightings --stance has --order amount",
        )
    }

    fn strongest(&self) -> Option<Section<'_>> {
        let items = self.summary.strongest.iter().map(example::sighting).collect();
        let of = self.summary.sightings - self.to_review();
        let section = self.section("Strongest evidence", items, "list sightings")?;
        Some(Section { of, ..section })
    }

    fn commitments(&self) -> Option<Section<'_>> {
        let of = self.summary.commitments;
        let items = self
            .summary
            .commitment_examples
            .iter()
            .map(example::commitment)
            .collect();
        let heading = format!("What bodies promised ({})", number(of));
        let section = self.section(heading, items, "list commitments")?;
        Some(Section { of, ..section })
    }

    fn replies(&self) -> Option<Section<'_>> {
        let replies = &self.summary.replies;
        let all: u64 = replies.values().sum();
        let parts: Vec<String> = replies
            .iter()
            .map(|(outcome, n)| format!("{} {outcome}", number(*n)))
            .collect();
        let heading = format!("How requests were answered ({})", number(all));
        let section = Section {
            of: all,
            all: self.command("list outcomes"),
            ..Section::new(heading, vec![line(parts.join(", "))])
        };
        (all > 0).then_some(section)
    }

    fn leads(&self) -> Option<Section<'_>> {
        let of = self.summary.leads;
        let bodies = self
            .summary
            .leads_by_body
            .keys()
            .filter(|body| !body.is_empty())
            .count();
        let bodies = match bodies {
            0 => String::new(),
            1 => ", 1 body".into(),
            n => format!(", {} bodies", number(n as u64)),
        };
        let heading = format!(
            "Leads: cameras bought or in use, maker not stated ({}{bodies})",
            number(of)
        );
        let items = self.summary.lead_examples.iter().map(example::lead).collect();
        let section = self.section(heading, items, "list leads")?;
        Some(Section { of, ..section })
    }

    fn affiliations(&self) -> Option<Section<'_>> {
        let of = self.summary.affiliations;
        let heading = format!(
            "Payments to companies of a maker's group, which say nothing about equipment ({})",
            number(of)
        );
        let items = self
            .summary
            .affiliation_examples
            .iter()
            .map(example::affiliation)
            .collect();
        let section = self.section(heading, items, "list affiliations")?;
        Some(Section { of, ..section })
    }

    fn review(&self) -> Option<Section<'_>> {
        let of = self.to_review();
        let heading = format!("To review before anyone relies on it ({})", number(of));
        let items = self.summary.review.iter().map(example::sighting).collect();
        let section = self.section(heading, items, "list sightings --confidence review")?;
        Some(Section { of, ..section })
    }

    fn to_review(&self) -> u64 {
        let by = &self.summary.by_confidence;
        by.get(&Confidence::Review).copied().unwrap_or(0)
    }

    fn problems(&self) -> Option<Section<'_>> {
        let inputs = self.summary.inputs.iter();
        let troubled: Vec<&InputOutcome> = inputs.filter(|it| !it.problems.is_empty()).collect();
        let all = match self.register {
            Some(_) => self
                .command("list problems")
                .map(|all| format!("{all} [--code CODE]")),
            None => self.hints.then(|| "--report FILE".into()),
        };
        (!troubled.is_empty()).then(|| trouble::section(&troubled, all))
    }

    fn next(&self) -> Option<Section<'_>> {
        let of_sightings = [
            ("explain ID", "why, down to the bytes"),
            ("review", "decide what may be relied on"),
        ];
        let sightings = if self.summary.sightings > 0 {
            &of_sightings[..]
        } else {
            &[]
        };
        let always = [("verify", "re-read every excerpt in its source")];
        let commands = sightings.iter().chain(&always);
        let told =
            commands.filter_map(|(command, what)| Some(format!("{:<44} {what}", self.command(command)?)));
        let lines: Vec<String> = told.collect();
        (!lines.is_empty()).then(|| Section {
            legend: lines,
            ..Section::new("Next", Vec::new())
        })
    }

    /// A heading, things and the command that shows all; none without things.
    fn section(&self, heading: impl Into<String>, items: Vec<Item>, command: &str) -> Option<Section<'_>> {
        (!items.is_empty()).then(|| Section {
            all: self.command(command),
            ..Section::new(heading, items)
        })
    }

    /// As it is to be typed, where there is a register and hints are wanted.
    fn command(&self, command: &str) -> Option<String> {
        let register = self.register.filter(|_| self.hints)?;
        let at = if register == Path::new(REGISTER) {
            String::new()
        } else {
            format!(" --register {}", safe(&register.to_string_lossy()))
        };
        Some(format!("stripout {command}{at}"))
    }
}

fn already_read(input: &InputOutcome) -> Option<String> {
    match &input.status {
        InputStatus::AlreadyRead { on, id } => Some(format!(
            "  {} was already read on {on} as {id}",
            safe(&input.path)
        )),
        _ => None,
    }
}

/// A thing of one line.
fn line(text: String) -> Item {
    Item {
        whole: vec![text.clone()],
        short: vec![text],
    }
}

fn seconds(took: Duration) -> String {
    format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
}
