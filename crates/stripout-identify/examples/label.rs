//! Reads rows `{id, text, kind}` as JSON lines on standard input, prints what is recognised, one object a line, in
//! the order of the rows. Spans count characters. An argument names a folder laid over the built-in catalogue.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use stripout_catalogue::Catalogue;
use stripout_identify::Identifier;
use stripout_model::{Confidence, DocumentKind, Passage, Shape, Stance, Via};

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    kind: DocumentKind,
}

#[derive(Serialize)]
struct Labelled {
    id: String,
    mentions: Vec<Labelling>,
    lead: Option<String>,
}

#[derive(Serialize)]
struct Labelling {
    maker: String,
    brand: Option<String>,
    span: [usize; 2],
    via: Via,
    confidence: Confidence,
    stance: Stance,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    why: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let overlay = std::env::args_os().nth(1).map(PathBuf::from);
    let identifier = Identifier::new(&Catalogue::load(overlay.as_deref())?);
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let row: Row = serde_json::from_str(&line)?;
        serde_json::to_writer(&mut out, &label(&identifier, &row))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn label(identifier: &Identifier, row: &Row) -> Labelled {
    let passage = Passage::of_text(&row.text);
    let found = identifier.record(row.kind, Shape::Prose, &[passage], None);
    let chars = |byte: usize| row.text.get(..byte).map_or(0, |head| head.chars().count());
    let mentions = found.mentions.into_iter().map(|m| Labelling {
        maker: m.maker.to_string(),
        brand: m.brand.map(|b| b.to_string()),
        span: [chars(m.span.start), chars(m.span.end)],
        via: m.via,
        confidence: m.confidence,
        stance: m.stance,
        count: m.count,
        why: m.why,
    });
    Labelled {
        id: row.id.clone(),
        mentions: mentions.collect(),
        lead: found.lead.map(|l| l.why),
    }
}
