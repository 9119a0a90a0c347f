//! `stripout identify`: what does this text say? No register.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use stripout_identify::Identifier;
use stripout_model::{
    BrandId, Confidence, DocumentKind, MakerId, Mention, ModelId, Passage, Problem, Record, Shape, Stance,
    Via,
};
use stripout_read::{Options, Sink, Source, parts};

use super::limits::given;
use super::{CatalogueFlags, Output};
use crate::failure::{Exit, Failure, problem, problem_json};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Identify {
    /// File to read; `-` or nothing for standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Input is one `{"id", "text", "kind"}` object a line; output one `{"id", "mentions", "lead"}` object a line.
    #[arg(long)]
    jsonl: bool,
    /// What sort of document it is; decides how a bare mention is understood.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Contract,
    Spend,
    Foi,
    Asset,
    Letter,
    Web,
}

impl From<Kind> for DocumentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Contract => Self::Contract,
            Kind::Spend => Self::Spend,
            Kind::Foi => Self::Foi,
            Kind::Asset => Self::Asset,
            Kind::Letter => Self::Letter,
            Kind::Web => Self::Web,
        }
    }
}

impl Identify {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let identifier = Identifier::new(&self.catalogue.load()?).at_most(given()?.names);
        if self.jsonl {
            self.rows(&identifier, out)
        } else {
            self.document(&identifier, out)
        }
    }

    fn rows(&self, identifier: &Identifier, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let input: Box<dyn BufRead> = match self.path() {
            Some(path) => Box::new(BufReader::new(open(path)?)),
            None => Box::new(io::stdin().lock()),
        };
        let (mut good, mut bad) = (0_u64, 0_u64);
        for (number, line) in input.split(b'\n').enumerate() {
            let line = line?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<InputRow>(&line) {
                Ok(row) => {
                    good += 1;
                    serde_json::to_writer(&mut *out, &self.answer(identifier, row))?;
                    writeln!(out)?;
                }
                Err(error) => {
                    bad += 1;
                    let name = self
                        .path()
                        .map_or("standard input".into(), |path| path.display().to_string());
                    let failure = not_a_row(number + 1, &error);
                    let text = if self.output.json {
                        problem_json(&failure, &name, None).to_string()
                    } else {
                        problem(&failure, &name, None)
                    };
                    writeln!(io::stderr(), "{text}")?;
                }
            }
        }
        Ok(match (good, bad) {
            (_, 0) => Exit::AllRead,
            (0, _) => Exit::AllFailed,
            _ => Exit::SomeFailed,
        })
    }

    fn answer(&self, identifier: &Identifier, row: InputRow) -> OutputRow {
        let kind = self
            .kind
            .or(row.kind)
            .map_or(DocumentKind::Web, DocumentKind::from);
        let passage = Passage::of_text(&row.text);
        let found = identifier.record(kind, Shape::Prose, std::slice::from_ref(&passage), None);
        let mentions = found
            .mentions
            .into_iter()
            .map(|mention| MentionOut::new(mention, &passage.text))
            .collect();
        let lead = found.lead.map(|lead| LeadOut {
            span: characters(&passage.text, &lead.span),
            why: lead.why,
        });
        OutputRow {
            id: row.id,
            mentions,
            lead,
        }
    }

    fn document(&self, identifier: &Identifier, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let name = self
            .path()
            .map_or("standard input".into(), |path| path.display().to_string());
        let mut problems = Vec::new();
        let mut printer = Printer {
            identifier,
            kind: self.kind.map(Into::into),
            json: self.output.json,
            out,
            records: 0,
            found: 0,
            problems: Vec::new(),
            failed: None,
        };
        let mut read = |bytes: &mut (dyn stripout_read::ReadSeek + Send)| {
            parts(Source { name: &name, bytes }, &Options::default(), &mut |part| {
                match part {
                    Ok(mut part) => {
                        while let Some(block) = part.blocks.next() {
                            part.blocks.parser().parse(&block, &mut printer);
                            if printer.failed.is_some() {
                                return ControlFlow::Break(());
                            }
                        }
                        problems.extend(part.blocks.problems());
                        problems.extend(part.blocks.parser().finish());
                    }
                    Err(problem) => problems.push(problem),
                }
                ControlFlow::Continue(())
            });
        };
        if let Some(path) = self.path() {
            read(&mut open(path)?);
        } else {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            read(&mut Cursor::new(bytes));
        }
        if let Some(error) = printer.failed {
            return Err(error.into());
        }
        let (records, found) = (printer.records, printer.found);
        problems.extend(printer.problems);
        for one in &problems {
            let text = if self.output.json {
                problem_json(one, &name, None).to_string()
            } else {
                problem(one, &name, None)
            };
            writeln!(io::stderr(), "{text}")?;
        }
        if found == 0 && !self.output.json && !self.output.quiet {
            writeln!(out, "No maker, label or model number of the catalogue is named.")?;
        }
        Ok(if records == 0 && !problems.is_empty() {
            Exit::AllFailed
        } else {
            Exit::AllRead
        })
    }

    fn path(&self) -> Option<&Path> {
        self.file.as_deref().filter(|path| *path != Path::new("-"))
    }
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| Failure {
        exit: Exit::AllFailed,
        code: "input-unreadable",
        what: format!("`{}` cannot be opened", path.display()),
        because: error.to_string(),
        hint: "check the path and its permissions".into(),
    })
}

fn not_a_row(line: usize, error: &serde_json::Error) -> Problem {
    Problem {
        code: stripout_model::Code::InputNotUnderstood,
        severity: stripout_model::Severity::Unit,
        place: format!("line {line}, column {}", error.column()),
        what: "no row to identify".into(),
        because: error.to_string(),
        hint: r#"give one {"id": ..., "text": ..., "kind": ...} object a line, or leave out --jsonl"#.into(),
    }
}

#[derive(Debug, Deserialize)]
struct InputRow {
    id: serde_json::Value,
    text: String,
    kind: Option<Kind>,
}

#[derive(Debug, Serialize)]
struct OutputRow {
    id: serde_json::Value,
    mentions: Vec<MentionOut>,
    lead: Option<LeadOut>,
}

/// A mention as programs get it; `span` counts Unicode characters.
#[derive(Debug, Serialize)]
struct MentionOut {
    maker: MakerId,
    brand: Option<BrandId>,
    model: Option<ModelId>,
    span: [usize; 2],
    via: Via,
    distance: u8,
    confidence: Confidence,
    stance: Stance,
    count: Option<u32>,
    cue: String,
    why: String,
}

#[derive(Debug, Serialize)]
struct LeadOut {
    span: [usize; 2],
    why: String,
}

impl MentionOut {
    fn new(mention: Mention, text: &str) -> Self {
        Self {
            span: characters(text, &mention.span),
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
        }
    }
}

fn characters(text: &str, span: &std::ops::Range<usize>) -> [usize; 2] {
    let count = |to: usize| text.get(..to).unwrap_or_default().chars().count();
    [count(span.start), count(span.end)]
}

/// Prints what each record says as it comes.
struct Printer<'a> {
    identifier: &'a Identifier,
    kind: Option<DocumentKind>,
    json: bool,
    out: &'a mut dyn Write,
    records: u64,
    found: u64,
    problems: Vec<Problem>,
    failed: Option<io::Error>,
}

impl Sink for Printer<'_> {
    fn record(&mut self, record: &dyn Record) {
        self.records += 1;
        if self.failed.is_none() && self.identifier.sieve(record.raw()) {
            self.failed = self.print(record).err();
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Printer<'_> {
    fn print(&mut self, record: &dyn Record) -> io::Result<()> {
        let passages = record.passages();
        let kind = self.kind.unwrap_or(record.kind());
        let found = self.identifier.record(kind, record.shape(), &passages, None);
        for mention in found.mentions {
            let Some(passage) = passages.get(mention.passage) else {
                continue;
            };
            self.found += 1;
            if self.json {
                let place = passage.locator.to_string();
                let row =
                    serde_json::json!({"place": place, "mention": MentionOut::new(mention, &passage.text)});
                writeln!(self.out, "{row}")?;
            } else {
                let words = passage.text.get(mention.span.clone()).unwrap_or_default();
                writeln!(
                    self.out,
                    "{}: {} · {} · {} ({})",
                    passage.locator.place, mention.maker, mention.stance, mention.confidence, mention.via
                )?;
                writeln!(self.out, "  \"{}\": {}", safe(words), safe(&mention.why))?;
            }
        }
        if let Some(lead) = found.lead {
            self.found += 1;
            let place = passages
                .get(lead.passage)
                .map(|passage| passage.locator.place.to_string())
                .unwrap_or_default();
            if self.json {
                writeln!(
                    self.out,
                    "{}",
                    serde_json::json!({"place": place, "lead": lead.why})
                )?;
            } else {
                writeln!(self.out, "{place}: lead, maker not stated\n  {}", safe(&lead.why))?;
            }
        }
        Ok(())
    }
}
