//! Learns `data/words/stance-weights.csv` from labelled rows: reads the files given, writes the table to standard output.
//!
//! Multinomial logistic regression, fitted one row at a time in a fixed order with a step of its own for each weight
//! (`AdaGrad`), so that the same rows always give the same table. Weights are drawn to nought by how rare their words are.

use std::collections::HashMap;
use std::io::Write;

use serde::Deserialize;
use stripout_catalogue::{Catalogue, StanceWeight};
use stripout_identify::{MentionSpan, StanceRules};
use stripout_model::{DocumentKind, Stance};

const STANCES: usize = Stance::ALL.len();
const ROUNDS: usize = 40;
const STEP: f64 = 0.1;
/// Strength of the fit against the pull to nought.
const FIT: f64 = 1.0;
/// Rows that must hold the words.
const RARE: usize = 2;
/// Hundredths; words that weigh less for every stance are left out.
const LIGHT: i16 = 15;

#[derive(Deserialize)]
struct Row {
    text: String,
    kind: DocumentKind,
    makers: Vec<Label>,
    stance: Stance,
}

#[derive(Deserialize)]
struct Label {
    maker: String,
    span: (usize, usize),
    stance: Option<Stance>,
}

/// One mention: what is weighed about it, and its stance.
struct Sample {
    words: Vec<usize>,
    stance: usize,
}

#[derive(Default)]
struct Weight {
    rows: usize,
    value: [f64; STANCES],
    /// Sum of the squares of the steps so far.
    steps: [f64; STANCES],
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = StanceRules::new(&Catalogue::embedded()?.words.stance);
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut weights: Vec<Weight> = Vec::new();
    let mut samples = Vec::new();
    for path in std::env::args().skip(1) {
        for line in std::fs::read_to_string(&path)?
            .lines()
            .filter(|l| !l.trim().is_empty())
        {
            let row: Row = serde_json::from_str(line)?;
            let found = rules.features(row.kind, &row.text, &spans(&row));
            for (label, features) in row.makers.iter().zip(found) {
                let mut words = Vec::with_capacity(features.len());
                for feature in features {
                    let next = weights.len();
                    let place = *index.entry(feature).or_insert(next);
                    if place == next {
                        weights.push(Weight::default());
                    }
                    if let Some(weight) = weights.get_mut(place) {
                        weight.rows += 1;
                    }
                    words.push(place);
                }
                let stance = label.stance.unwrap_or(row.stance);
                let stance = Stance::ALL.iter().position(|s| *s == stance).unwrap_or_default();
                samples.push(Sample { words, stance });
            }
        }
    }
    for sample in &mut samples {
        sample
            .words
            .retain(|w| weights.get(*w).is_some_and(|w| w.rows >= RARE));
    }
    fit(&samples, &mut weights);
    write(&index, &weights)
}

fn spans(row: &Row) -> Vec<MentionSpan> {
    let byte = |chars: usize| {
        row.text
            .char_indices()
            .nth(chars)
            .map_or(row.text.len(), |(i, _)| i)
    };
    let maker = |name: &str| {
        row.makers
            .iter()
            .position(|m| m.maker == name)
            .unwrap_or_default()
    };
    let spans = row.makers.iter().map(|m| MentionSpan {
        maker: maker(&m.maker),
        span: byte(m.span.0)..byte(m.span.1),
        is_model: false,
    });
    spans.collect()
}

fn fit(samples: &[Sample], weights: &mut [Weight]) {
    // Rows come file by file: a stride prime to their number mixes the kinds.
    let stride = [7_919, 7_907, 7_901]
        .into_iter()
        .find(|s| !samples.len().is_multiple_of(*s))
        .unwrap_or(1);
    for _ in 0..ROUNDS {
        for turn in 0..samples.len() {
            let Some(sample) = samples.get(turn * stride % samples.len()) else {
                continue;
            };
            let chances = chances(sample, weights);
            for word in &sample.words {
                let Some(weight) = weights.get_mut(*word) else {
                    continue;
                };
                let pull = 1.0 / (FIT * as_f64(weight.rows));
                let values = weight.value.iter_mut().zip(&mut weight.steps);
                for (stance, ((value, steps), chance)) in values.zip(&chances).enumerate() {
                    let wanted = if stance == sample.stance { 1.0 } else { 0.0 };
                    let slope = chance - wanted + pull * *value;
                    *steps += slope * slope;
                    *value -= STEP * slope / (steps.sqrt() + 1e-6);
                }
            }
        }
    }
}

fn chances(sample: &Sample, weights: &[Weight]) -> [f64; STANCES] {
    let mut totals = [0.0_f64; STANCES];
    for weight in sample.words.iter().filter_map(|w| weights.get(*w)) {
        for (total, value) in totals.iter_mut().zip(&weight.value) {
            *total += value;
        }
    }
    let most = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds = totals.map(|t| (t - most).exp());
    let sum: f64 = odds.iter().sum();
    odds.map(|o| o / sum)
}

fn write(index: &HashMap<String, usize>, weights: &[Weight]) -> Result<(), Box<dyn std::error::Error>> {
    let mut words: Vec<_> = index.iter().collect();
    words.sort_unstable();
    let mut out = csv::Writer::from_writer(std::io::stdout().lock());
    for (word, place) in words {
        let Some(weight) = weights.get(*place).filter(|w| w.rows >= RARE) else {
            continue;
        };
        let hundredths = weight.value.map(hundredths);
        if hundredths.iter().any(|h| h.abs() >= LIGHT) {
            out.serialize(StanceWeight::new(word.clone(), hundredths))?;
        }
    }
    out.into_inner().map_err(|e| e.to_string())?.flush()?;
    Ok(())
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range")]
fn hundredths(value: f64) -> i16 {
    (value * 100.0).round().clamp(-32_000.0, 32_000.0) as i16
}
