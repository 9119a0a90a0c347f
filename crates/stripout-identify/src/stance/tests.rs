use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use stripout_catalogue::StanceWords;
use stripout_model::{DocumentKind, Stance};

use super::*;

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    text: String,
    kind: DocumentKind,
    makers: Vec<Gold>,
    stance: Stance,
    count: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Gold {
    maker: String,
    span: (usize, usize),
    via: String,
    stance: Option<Stance>,
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn words() -> StanceWords {
    let path = workspace().join("data/words/stance.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn own_rows() -> Vec<Row> {
    let mut files: Vec<_> = std::fs::read_dir(workspace().join("fixtures/stance"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files.iter().flat_map(|p| rows(p)).collect()
}

/// The measures of `score_matching.py`, on gold spans.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    all: usize,
    /// By stance: right, wrongly given, missed.
    by_stance: BTreeMap<Stance, (usize, usize, usize)>,
    accused: usize,
    accusable: usize,
    counts_right: usize,
    counts: usize,
    wrong: Vec<String>,
}

fn spans(row: &Row) -> Vec<MentionSpan> {
    let byte = |chars: usize| {
        row.text
            .char_indices()
            .nth(chars)
            .map_or(row.text.len(), |(i, _)| i)
    };
    let mut makers: Vec<&str> = row.makers.iter().map(|m| m.maker.as_str()).collect();
    makers.sort_unstable();
    makers.dedup();
    let span = |m: &Gold| MentionSpan {
        maker: makers.iter().position(|name| *name == m.maker).unwrap(),
        span: byte(m.span.0)..byte(m.span.1),
        is_model: m.via == "model",
    };
    row.makers.iter().map(span).collect()
}

fn score(rules: &StanceRules, rows: &[Row]) -> Score {
    let mut score = Score::default();
    for row in rows {
        let judged = rules.judge(row.kind, &row.text, &spans(row));
        for (gold, got) in row.makers.iter().zip(&judged) {
            let want = gold.stance.unwrap_or(row.stance);
            score.all += 1;
            if got.stance == want {
                score.right += 1;
                score.by_stance.entry(want).or_default().0 += 1;
            } else {
                score.by_stance.entry(want).or_default().2 += 1;
                score.by_stance.entry(got.stance).or_default().1 += 1;
                let line = format!(
                    "{} {:?} want {want} got {} ({}): {}",
                    row.id, row.kind, got.stance, got.why, row.text
                );
                score.wrong.push(line);
            }
            if matches!(
                want,
                Stance::Denies | Stance::Refuses | Stance::Removed | Stance::Prohibits
            ) {
                score.accusable += 1;
                score.accused += usize::from(got.stance == Stance::Has);
            }
        }
        let got: Vec<_> = judged.iter().filter_map(|j| j.count).collect();
        match row.count {
            Some(count) => {
                score.counts += 1;
                if got.contains(&count) {
                    score.counts_right += 1;
                } else {
                    score
                        .wrong
                        .push(format!("{} want count {count} got {got:?}: {}", row.id, row.text));
                }
            }
            None if !got.is_empty() => score
                .wrong
                .push(format!("{} no count, got {got:?}: {}", row.id, row.text)),
            None => {}
        }
    }
    score
}

fn share(part: usize, whole: usize) -> f64 {
    let figure = |n: usize| f64::from(u32::try_from(n).unwrap());
    if whole == 0 {
        1.0
    } else {
        figure(part) / figure(whole)
    }
}

impl Score {
    fn macro_f1(&self) -> f64 {
        let known: Vec<_> = self.by_stance.values().filter(|v| v.0 + v.2 > 0).collect();
        let f1 = |v: &(usize, usize, usize)| share(2 * v.0, 2 * v.0 + v.1 + v.2);
        known.iter().map(|v| f1(v)).sum::<f64>() / share(known.len(), 1)
    }

    fn report(&self, name: &str) {
        println!(
            "{name}: stance accuracy {:.3} of {}, macro-F1 {:.3}, false accusations {} of {}, counts {} of {}",
            share(self.right, self.all),
            self.all,
            self.macro_f1(),
            self.accused,
            self.accusable,
            self.counts_right,
            self.counts,
        );
        for (stance, (right, wrongly, missed)) in &self.by_stance {
            println!("  {stance:16} right {right}, wrongly given {wrongly}, missed {missed}");
        }
        for line in &self.wrong {
            println!("  {line}");
        }
    }

    fn assert_goals(&self) {
        assert!(share(self.right, self.all) >= 0.90);
        assert!(self.macro_f1() >= 0.85);
        assert!(share(self.accused, self.accusable) <= 0.02);
        assert!(share(self.counts_right, self.counts) >= 0.90);
    }
}

#[test]
fn own_sentences() {
    let score = score(&StanceRules::new(&words()), &own_rows());
    score.report("fixtures/stance");
    score.assert_goals();
}

#[test]
fn shared_sentences() {
    let shared =
        std::env::var_os("STRIPOUT_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    let path = shared.join("data/matching/dev.jsonl");
    if !path.exists() {
        eprintln!("shared corpora not found: {}", path.display());
        return;
    }
    let score = score(&StanceRules::new(&words()), &rows(&path));
    score.report("dev.jsonl");
    score.assert_goals();
}

/// `foi: The <Acme> cameras`, or without the kind, which is then a letter.
fn example(text: &str) -> (DocumentKind, String, Vec<MentionSpan>) {
    let kind = text.split_once(": ").and_then(|(kind, rest)| {
        let kind: DocumentKind = serde_json::from_str(&format!("\"{kind}\"")).ok()?;
        Some((kind, rest))
    });
    let (kind, text) = kind.unwrap_or((DocumentKind::Letter, text));
    let (text, spans) = marked(text);
    (kind, text, spans)
}

#[test]
fn every_example_is_decided_by_its_own_cue() {
    let words = words();
    let rules = StanceRules::new(&words);
    let mut wrong = Vec::new();
    for cue in &words.cue {
        assert!(!cue.examples.is_empty() && !cue.phrases.is_empty(), "{}", cue.id);
        for text in &cue.examples {
            let (kind, plain, spans) = example(text);
            let by = rules.verdicts.decided_by(kind, &plain, &spans);
            if by != Some(cue.id.as_str()) && !cue.asks {
                wrong.push(format!("{}: {text}: decided by {by:?}", cue.id));
            }
            let judged = rules.judge(kind, &plain, &spans);
            if judged.iter().any(|j| j.stance != cue.says) {
                wrong.push(format!("{}: {text}: {judged:?}", cue.id));
            }
        }
        for text in &cue.counter_examples {
            let (kind, plain, spans) = example(text);
            if rules.verdicts.decided_by(kind, &plain, &spans) == Some(cue.id.as_str()) {
                wrong.push(format!("{}: counter-example {text}", cue.id));
            }
        }
    }
    for question in &words.question {
        for text in &question.examples {
            let (kind, plain, spans) = example(text);
            let judged = rules.judge(kind, &plain, &spans);
            let want = if plain.ends_with("No.") { question.no } else { question.yes };
            if judged.iter().any(|j| j.stance != want) {
                wrong.push(format!("{text}: {judged:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_class_is_known_and_used() {
    let words = words();
    let phrases = words.cue.iter().flat_map(|c| &c.phrases).chain(words.question.iter().flat_map(|q| &q.phrases));
    let more = [&words.answer.others_only, &words.answer.openers, &words.sentence.breakers, &words.sentence.neutral];
    let mut used = std::collections::BTreeSet::new();
    for phrase in phrases.chain(more.into_iter().flatten()) {
        for part in phrase.split_whitespace().map(|p| p.trim_matches(['[', ']'])) {
            if let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                assert!(words.classes.contains_key(name), "`{phrase}` names a class that is not there");
                used.insert(name.to_owned());
            }
        }
    }
    let unused: Vec<_> = words.classes.keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "classes without a phrase: {unused:?}");
}

/// `The <Acme> cameras` as text and mentions; equal names are one maker.
fn marked(text: &str) -> (String, Vec<MentionSpan>) {
    let mut out = String::new();
    let mut names: Vec<String> = Vec::new();
    let mut spans = Vec::new();
    for part in text.split('<') {
        let Some((name, rest)) = part.split_once('>') else {
            out.push_str(part);
            continue;
        };
        let maker = names.iter().position(|n| n == name).unwrap_or_else(|| {
            names.push(name.into());
            names.len() - 1
        });
        spans.push(MentionSpan {
            maker,
            span: out.len()..out.len() + name.len(),
            is_model: false,
        });
        out.push_str(name);
        out.push_str(rest);
    }
    (out, spans)
}
