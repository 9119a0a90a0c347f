//! `stripout explain`: why does the register say so, down to the bytes; or what does the catalogue know, and from where?

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use clap::Args;
use stripout_catalogue::{Catalogue, EntryKind};
use stripout_ingest::place_of;
use stripout_model::{Escape, Evidence, MakerId};
use stripout_read::{Source, is_stream, reread};
use stripout_register::{Filter, Found, RecordRow, RowId, SourceRef, SourceRow};

use super::register::{Opened, RegisterFlags, evidence_folder, store_failure};
use super::show::{as_json, whole};
use super::{CatalogueFlags, Output, alert, finding, reading};
use crate::failure::{Exit, Failure};
use crate::judged::JudgeFlags;
use crate::show::safe;
use crate::summary::{marked, said};

/// Bytes that tell what kind a file is.
const HEAD: u64 = 64 << 10;
/// Bytes shown around the recognised words.
const AROUND: u64 = 48;
/// Kinds of entry told beside a sighting, and lines of each.
const KNOWN: [EntryKind; 2] = [EntryKind::Maker, EntryKind::Brand];
const LINES: usize = 4;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Id of the register (from `list`), of the catalogue (from `catalogue search`), or of a public body (from `resolve`).
    id: String,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Explain {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        if let Some(explanation) = catalogue.explain(&self.id) {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(&explanation)?)?;
            } else {
                for line in explanation.to_string().lines() {
                    writeln!(out, "{}", safe(line))?;
                }
            }
            return Ok(Exit::AllRead);
        }
        if let Some(explained) = self.body(out)? {
            return Ok(explained);
        }
        if alert::is_alert(&self.id) || self.id.contains('.') {
            // What is judged is explained by what it rests on.
            let opened = self.register.open()?;
            let judge = JudgeFlags::alone(self.catalogue);
            let show = if alert::is_alert(&self.id) {
                alert::show
            } else {
                finding::show
            };
            return show(&opened, &judge, &self.id, &self.output, out);
        }
        if !self.id.bytes().all(|b| b.is_ascii_hexdigit()) || self.id.len() < 4 {
            return Err(Failure::usage(
                format!(
                    "`{}` is neither in the catalogue nor an id of a register",
                    self.id
                ),
                "find ids with `stripout list sightings` or `stripout catalogue search TERM`",
            )
            .into());
        }
        let opened = self.register.open()?;
        let found = opened
            .runtime
            .block_on(opened.register.show(&self.id))
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(out, "{}", as_json(&found)?)?;
            return Ok(Exit::AllRead);
        }
        let writer = Explaining {
            opened: &opened,
            folder: &evidence_folder(&self.register.register),
            catalogue: &catalogue,
        };
        writer.explain(&found, out)?;
        Ok(Exit::AllRead)
    }
}

impl Explain {
    /// A public body, by its id.
    fn body(&self, out: &mut dyn Write) -> anyhow::Result<Option<Exit>> {
        let id = self.id.strip_prefix("body:").unwrap_or(&self.id);
        // Ids of bodies are words; those of a register are figures of a hash, or parts with dots.
        let of_register = id.contains('.') || id.len() > 7 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let Some(id) = id.parse().ok().filter(|_| !of_register) else {
            return Ok(None);
        };
        let bodies = self.catalogue.bodies()?;
        let Some(explained) = bodies.explain(&id) else {
            return Ok(None);
        };
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(&explained)?)?;
        } else {
            for line in explained.to_string().lines() {
                writeln!(out, "{}", safe(line))?;
            }
        }
        Ok(Some(Exit::AllRead))
    }
}

struct Explaining<'a> {
    opened: &'a Opened,
    folder: &'a Path,
    catalogue: &'a Catalogue,
}

impl Explaining<'_> {
    fn explain(&self, found: &Found, out: &mut dyn Write) -> anyhow::Result<()> {
        match found {
            Found::Sighting(row) => {
                let one = &row.sighting;
                writeln!(
                    out,
                    "Sighting {}: {} · {} · {}",
                    row.id, one.maker, one.stance, one.confidence
                )?;
                writeln!(out, "\nWhat the source says\n  \"{}\"", marked(&one.evidence))?;
                let said = said(&one.row);
                if !said.is_empty() {
                    writeln!(out, "  {said}")?;
                }
                writeln!(out, "\nWhy\n  {}", safe(&one.why))?;
                self.place(&one.evidence, &row.source, out)?;
                self.row(row.record, out)?;
                self.maker(
                    &one.maker,
                    one.brand.as_ref().map(stripout_model::BrandId::as_str),
                    out,
                )
            }
            Found::Lead(row) => {
                writeln!(out, "Lead {}: cameras, maker not stated", row.id)?;
                writeln!(
                    out,
                    "\nWhat the source says\n  \"{}\"\n  {}",
                    marked(&row.lead.evidence),
                    said(&row.lead.row)
                )?;
                writeln!(out, "\nWhy\n  {}", safe(&row.lead.why))?;
                self.place(&row.lead.evidence, &row.source, out)?;
                self.row(row.record, out)
            }
            Found::Affiliation(row) => {
                let tie = &row.affiliation;
                writeln!(
                    out,
                    "Affiliation {}: a payee of the group of {}; it says nothing about equipment",
                    row.id, tie.maker
                )?;
                writeln!(
                    out,
                    "\nWhat the source says\n  \"{}\"\n  {}",
                    marked(&tie.evidence),
                    said(&tie.row)
                )?;
                writeln!(out, "\nWhy\n  {}", safe(&tie.why))?;
                self.place(&tie.evidence, &row.source, out)?;
                self.row(row.record, out)?;
                self.maker(&tie.maker, Some(tie.brand.as_str()), out)
            }
            Found::Outcome(row) => {
                let one = &row.outcome;
                writeln!(out, "Outcome {}: {}", row.id, one.kind)?;
                writeln!(out, "\nWhat the source says\n  \"{}\"", marked(&one.evidence))?;
                writeln!(out, "\nWhy\n  {}", safe(&one.why))?;
                self.place(&one.evidence, &row.source, out)
            }
            Found::Commitment(row) => {
                let one = &row.commitment;
                writeln!(out, "Commitment {}: {}", row.id, crate::rows::promise(one))?;
                writeln!(out, "\nWhat the source says\n  \"{}\"", marked(&one.evidence))?;
                writeln!(out, "\nWhy\n  {}", safe(&one.why))?;
                self.place(&one.evidence, &row.source, out)
            }
            Found::Record(row) => {
                writeln!(out, "Record {} of {}", row.id, safe(&row.source.path))?;
                whole(&row.whole_json, out)
            }
            Found::Source(row) => Ok(crate::rows::source(row, out)?),
            Found::Contract(row) => Ok(crate::rows::flat(row, out)?),
            Found::Payment(row) => Ok(crate::rows::flat(row, out)?),
        }
    }

    /// File, hash, place, and the bytes themselves as they lie there now.
    fn place(&self, evidence: &Evidence, source: &SourceRef, out: &mut dyn Write) -> anyhow::Result<()> {
        let locator = &evidence.locator;
        writeln!(out, "\nWhere")?;
        writeln!(out, "  file     {}", safe(&source.path))?;
        writeln!(out, "  sha-256  {}", source.blob)?;
        if let Some(member) = &locator.member {
            writeln!(out, "  member   {}", safe(member))?;
        }
        writeln!(out, "  place    {}", safe(&locator.place.to_string()))?;
        writeln!(
            out,
            "  bytes    {} to {}, {}{}",
            locator.bytes.start,
            locator.bytes.end,
            locator.decoding.encoding,
            match locator.decoding.escape {
                Escape::Plain => "",
                Escape::Json => ", inside a JSON string",
                Escape::Csv { .. } => ", the whole row",
                Escape::Headed { .. } => ", the whole row, with its heading",
            }
        )?;
        if source.partial {
            writeln!(out, "  note     parts of this source could not be read")?;
        }
        self.now(evidence, source, out)
    }

    fn now(&self, evidence: &Evidence, source: &SourceRef, out: &mut dyn Write) -> anyhow::Result<()> {
        let filter = Filter {
            source: Some(source.blob.to_string()),
            ..Filter::default()
        };
        let rows: Vec<SourceRow> = self
            .opened
            .runtime
            .block_on(self.opened.register.sources(&filter))
            .map_err(|e| store_failure(&e))?;
        let Some(row) = rows.first() else { return Ok(()) };
        let path = place_of(row, self.folder);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) => {
                writeln!(out, "  now      the file is not there: {error}")?;
                return Ok(());
            }
        };
        let text = reread(
            Source {
                name: &source.path,
                bytes: &mut file,
            },
            &reading()?,
            &evidence.locator,
        );
        let at = evidence.start..evidence.start + evidence.excerpt.len();
        match text {
            Ok(text) if text.get(at) == Some(evidence.excerpt.as_str()) => {
                writeln!(out, "  now      the same words stand there")?;
            }
            Ok(_) => writeln!(out, "  now      other words stand there: run `stripout verify`")?,
            Err(problem) => writeln!(
                out,
                "  now      {}: {}",
                safe(&problem.what),
                safe(&problem.because)
            )?,
        }
        // Packed sources have no offset of their own on disk.
        if evidence.locator.member.is_none() && is_plain(&mut file, &source.path)? {
            dump(
                &mut file,
                &evidence.locator.bytes,
                evidence.marked().unwrap_or_default(),
                out,
            )?;
        }
        Ok(())
    }

    /// The row the sighting stands in, a field a line.
    fn row(&self, record: RowId, out: &mut dyn Write) -> anyhow::Result<()> {
        let row: RecordRow = self
            .opened
            .runtime
            .block_on(self.opened.register.record(record))
            .map_err(|error| store_failure(&error))?;
        if row.whole_json != "{}" {
            writeln!(out, "\nThe row it stands in (contact data left out)")?;
            whole(&row.whole_json, out)?;
        }
        Ok(())
    }

    fn maker(&self, maker: &MakerId, brand: Option<&str>, out: &mut dyn Write) -> anyhow::Result<()> {
        for id in std::iter::once(maker.as_str()).chain(brand) {
            if let Some(explanation) = self.catalogue.explain(id) {
                writeln!(out, "\nWhat the catalogue knows of {id}")?;
                for part in explanation.parts.iter().filter(|part| KNOWN.contains(&part.kind)) {
                    for line in part.lines.iter().take(LINES) {
                        writeln!(out, "  {}", safe(line))?;
                    }
                }
                writeln!(out, "  (all of it: stripout explain {id})")?;
            }
        }
        Ok(())
    }
}

fn is_plain(file: &mut File, name: &str) -> std::io::Result<bool> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    let read = file.take(HEAD).read_to_end(&mut head)?;
    Ok(is_stream(&head, (read as u64) < HEAD, name))
}

/// The bytes around the recognised words, as hexadecimal and text.
fn dump(
    file: &mut File,
    range: &std::ops::Range<u64>,
    words: &str,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(range.start))?;
    file.take(range.end - range.start).read_to_end(&mut bytes)?;
    let first = words.split_whitespace().next().unwrap_or_default().as_bytes();
    let at = if first.is_empty() {
        None
    } else {
        bytes.windows(first.len()).position(|window| window == first)
    };
    let from = (at.unwrap_or(0) as u64).saturating_sub(AROUND / 3) & !15;
    let shown = bytes
        .iter()
        .skip(usize::try_from(from)?)
        .take(usize::try_from(AROUND)?)
        .copied()
        .collect::<Vec<u8>>();
    for (line, chunk) in shown.chunks(16).enumerate() {
        let hex: Vec<String> = chunk.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = chunk
            .iter()
            .map(|byte| {
                if (0x20..0x7f).contains(byte) {
                    char::from(*byte)
                } else {
                    '.'
                }
            })
            .collect();
        let offset = range.start + from + 16 * line as u64;
        writeln!(out, "  {offset:>9}  {:<47}  {text}", hex.join(" "))?;
    }
    Ok(())
}
