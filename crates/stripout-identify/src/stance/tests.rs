mod layout;
mod messy;
mod number;
mod table;

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

/// The cues alone.
fn words() -> StanceWords {
    let path = workspace().join("data/words/stance.toml");
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The cues, and the weights of `stance-weights.csv`.
fn weighed_words() -> StanceWords {
    let mut rows = csv::Reader::from_path(workspace().join("data/words/stance-weights.csv")).unwrap();
    let weights = rows.deserialize().map(Result::unwrap).collect();
    StanceWords { weights, ..words() }
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
    let score = score(&StanceRules::new(&weighed_words()), &own_rows());
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
    let score = score(&StanceRules::new(&weighed_words()), &rows(&path));
    score.report("dev.jsonl");
    score.assert_goals();
}

#[test]
fn weights_doubt_and_never_accuse() {
    let (rules, weighed) = (StanceRules::new(&words()), StanceRules::new(&weighed_words()));
    let mut doubted = 0;
    for row in own_rows() {
        let spans = spans(&row);
        let by_rules = rules.judge(row.kind, &row.text, &spans);
        for (ruled, judged) in by_rules.iter().zip(weighed.judge(row.kind, &row.text, &spans)) {
            if judged.stance != ruled.stance {
                doubted += 1;
                assert_ne!(judged.stance, Stance::Has, "{}", row.text);
                assert!(judged.why.contains("weigh for"), "{judged:?}");
                assert_eq!(judged.guessed, judged.stance != Stance::Mentions, "{judged:?}");
            }
        }
    }
    assert!(doubted > 0);
    // No phrase list knows the wording.
    let (kind, text, spans) = example("asset: <Acme> bullet | Gate 2 | 5/23 taken out, skip");
    assert_eq!(rules.judge(kind, &text, &spans)[0].stance, Stance::Has);
    assert_eq!(weighed.judge(kind, &text, &spans)[0].stance, Stance::Removed);
}

/// The formal sentences of a letter, full of `request` and `information`, say nothing of a plain denial between them.
#[test]
fn formal_sentences_around_a_cue_do_not_outweigh_it() {
    let weighed = StanceRules::new(&weighed_words());
    for (said, stance) in [
        (
            "We do not use <Acme> cameras at any of our premises.",
            Stance::Denies,
        ),
        (
            "With immediate effect no new <Acme> equipment may be purchased or\ninstalled on any site.",
            Stance::Prohibits,
        ),
        (
            "We plan to remove all 47 <Acme> cameras during 2024.",
            Stance::PlannedRemoval,
        ),
    ] {
        let letter = format!(
            "foi: Thank you for your request for information, which has been handled under the\nFreedom of Information \
             Act 2000.\n{said}\nIf you are unhappy with how your request was handled you may ask for an\ninternal review."
        );
        let (kind, text, spans) = example(&letter);
        assert_eq!(weighed.judge(kind, &text, &spans)[0].stance, stance, "{said}");
    }
    // A cue in one clause, the mention in another.
    let (kind, text, spans) =
        example("foi: <Acme> used to run in our data centre; it was stripped out in March 2024.");
    assert_eq!(weighed.judge(kind, &text, &spans)[0].stance, Stance::Removed);
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
    for (rank, cue) in words.cue.iter().enumerate() {
        assert!(!cue.examples.is_empty() && !cue.phrases.is_empty(), "{}", cue.id);
        for text in &cue.examples {
            let (kind, plain, spans) = example(text);
            let by = rules.verdicts.decided_by(kind, &plain, &spans);
            if by != Some(rank) && !cue.asks {
                wrong.push(format!(
                    "{}: {text}: decided by {:?}",
                    cue.id,
                    by.map(|by| &words.cue[by].id)
                ));
            }
            let judged = rules.judge(kind, &plain, &spans);
            if judged.iter().any(|j| j.stance != cue.says) {
                wrong.push(format!("{}: {text}: {judged:?}", cue.id));
            }
        }
        for text in &cue.counter_examples {
            let (kind, plain, spans) = example(text);
            if rules.verdicts.decided_by(kind, &plain, &spans) == Some(rank) {
                wrong.push(format!("{}: counter-example {text}", cue.id));
            }
        }
    }
    for question in &words.question {
        for text in &question.examples {
            let (kind, plain, spans) = example(text);
            let judged = rules.judge(kind, &plain, &spans);
            let want = if plain.ends_with("No.") {
                question.no
            } else {
                question.yes
            };
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
    let phrases = words
        .cue
        .iter()
        .flat_map(|c| &c.phrases)
        .chain(words.question.iter().flat_map(|q| &q.phrases));
    let more = [
        &words.answer.others_only,
        &words.answer.openers,
        &words.sentence.breakers,
        &words.sentence.neutral,
        &words.holder.introduces,
        &words.holder.denials,
        &words.holder.contrasts,
    ];
    let mut used = std::collections::BTreeSet::new();
    for phrase in phrases.chain(more.into_iter().flatten()) {
        for part in phrase.split_whitespace().map(|p| p.trim_matches(['[', ']'])) {
            if let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                used.insert(name.to_owned());
            }
        }
    }
    assert!(words.classes.len() <= 128);
    let unused: Vec<_> = words
        .classes
        .keys()
        .filter(|name| !used.contains(*name))
        .collect();
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

fn shared() -> PathBuf {
    std::env::var_os("STRIPOUT_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from)
}

/// Names found by their first letters, so that the misspelt one counts too.
fn named(text: &str) -> Vec<MentionSpan> {
    let names = [("Hikvision", 0), ("Hikvisoin", 0), ("Dahua", 1)];
    let at = |(name, maker): (&'static str, usize)| {
        text.match_indices(name).map(move |(i, _)| MentionSpan {
            maker,
            span: i..i + name.len(),
            is_model: false,
        })
    };
    let mut spans: Vec<_> = names.into_iter().flat_map(at).collect();
    spans.sort_by_key(|m| m.span.start);
    spans
}

#[test]
fn campaign_texts() {
    let folder = shared().join("data/campaign");
    if !folder.exists() {
        eprintln!("shared corpora not found: {}", folder.display());
        return;
    }
    let rules = StanceRules::new(&words());
    let stances = |file: &str| {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let judged = rules.judge(DocumentKind::Web, &text, &named(&text));
        judged
            .iter()
            .map(|j| j.stance.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    // The stop, the promise; concern, campaign, news and opinion are mentions.
    let release =
        "mentions mentions mentions mentions mentions prohibits mentions planned_removal mentions mentions";
    assert_eq!(stances("000_9db29863c8186dde.txt"), release);
    // In use in public buildings, by the text; the amendment and the makers' record are mentions.
    let call = "mentions mentions mentions mentions has mentions mentions mentions";
    assert_eq!(stances("003_316e0c9b75210f62.txt"), call);
}

#[test]
fn nothing_leaks_across_sentences() {
    let (kind, text, spans) = example(
        "foi: Dear requester,\n\nThank you for your request of 3 May.\n\nAll of the Council's <Acme> cameras were removed in \
         2021. The museum has 14 <Beta> domes and 2 <Gamma> recorders. Officers do not use <Delta>; the pier is covered \
         by <Epsilon>.\n\nThe <Zeta> units will be replaced next year. Councillors have asked about <Eta>. It is \
         council policy that <Theta> may not be bought.\n\nInformation on <Iota> is exempt under section 31(1)(a). The \
         library formerly had <Kappa> cameras.\n\nYours sincerely, A. Nother",
    );
    let judged = StanceRules::new(&words()).judge(kind, &text, &spans);
    let got: Vec<_> = judged.iter().map(|j| (j.stance.as_str(), j.count)).collect();
    let want = [
        ("removed", None),
        ("has", Some(14)),
        ("has", Some(2)),
        ("denies", None),
        ("has", None),
        ("planned_removal", None),
        ("mentions", None),
        ("prohibits", None),
        ("refuses", None),
        ("had", None),
    ];
    assert_eq!(got, want);
    for judged in &judged {
        let cue = text.get(judged.cue.clone()).unwrap();
        assert!(judged.why.contains(cue), "{judged:?}");
    }
}

#[test]
fn a_mention_far_down_a_long_text_is_judged_alike() {
    let rules = StanceRules::new(&words());
    let filler = "The committee met in the old hall and noted the minutes. ".repeat(4_000);
    let (kind, text, spans) = example(&format!(
        "letter: {filler}\n\nThe <Acme> cameras have been removed.\n\n{filler}\n\nWe use <Beta> cameras.\n\n{filler}"
    ));
    let got: Vec<_> = rules
        .judge(kind, &text, &spans)
        .iter()
        .map(|j| j.stance)
        .collect();
    assert_eq!(got, [Stance::Removed, Stance::Has]);
}

#[test]
fn a_text_of_nothing_but_names_is_read_in_pieces() {
    let rules = StanceRules::new(&words());
    let many = "<Acme> cameras have been removed. We use <Beta>. ".repeat(3_000);
    let (kind, text, spans) = example(&format!("letter: {many}"));
    let got = rules.judge(kind, &text, &spans);
    assert_eq!(got.len(), 6_000);
    for pair in got.chunks(2) {
        assert_eq!((pair[0].stance, pair[1].stance), (Stance::Removed, Stance::Has));
    }
}

#[test]
fn spans_that_do_not_fit_are_mentions() {
    let rules = StanceRules::new(&words());
    let span = |span| MentionSpan {
        maker: 0,
        span,
        is_model: false,
    };
    let odd = [span(3..3), span(90..95), span(1..2), span(0..usize::MAX)];
    let got = rules.judge(DocumentKind::Spend, "é Acme", &odd);
    assert_eq!(
        got.iter().map(|j| j.stance).collect::<Vec<_>>(),
        [Stance::Mentions; 4]
    );
    // One mention inside another says what the other says.
    let nested = [span(3..7), span(4..6)];
    let got = rules.judge(DocumentKind::Spend, "é Acme x 4", &nested);
    assert_eq!(got.iter().map(|j| j.stance).collect::<Vec<_>>(), [Stance::Has; 2]);
}

/// Text of the words that the rules know, of marks, and of anything.
fn any_text() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let words = prop::sample::select(vec![
        "removed",
        "not",
        "no",
        "No.",
        "Q1",
        "A1:",
        "1.",
        "2)",
        "|",
        ";",
        "?",
        "Acme",
        "have",
        "been",
        "will",
        "be",
        "12",
        "x4",
        "cameras",
        "\n\n",
        "\n• ",
        "qty:",
        "£",
        "4,000",
        "twenty",
        "four",
        "section 31",
        "-",
        "(",
        ")",
        "é",
        "海康",
        "don’t",
        "May",
    ]);
    prop_oneof![
        prop::collection::vec(words, 0..40).prop_map(|w| w.join(" ")),
        "\\PC{0,80}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(|c| c.into_iter().collect()),
    ]
}

proptest::proptest! {
    #[test]
    fn any_text_and_spans(
        text in any_text(),
        cuts in proptest::collection::vec((0_usize..200, 0_usize..12, 0_usize..3), 0..6),
        kind in 0_usize..6,
    ) {
        use std::sync::LazyLock;
        static RULES: LazyLock<StanceRules> = LazyLock::new(|| StanceRules::new(&words()));
        let kinds = [
            DocumentKind::Contract, DocumentKind::Spend, DocumentKind::Foi, DocumentKind::Asset, DocumentKind::Letter, DocumentKind::Web,
        ];
        let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        let span = |(from, length, maker): &(usize, usize, usize)| {
            let start = from % places.len();
            let end = (start + length).min(places.len() - 1);
            MentionSpan { maker: *maker, span: places[start]..places[end], is_model: false }
        };
        let spans: Vec<_> = cuts.iter().map(span).collect();
        let first = RULES.judge(kinds[kind], &text, &spans);
        proptest::prop_assert_eq!(first.len(), spans.len());
        for judged in &first {
            proptest::prop_assert!(text.get(judged.cue.clone()).is_some());
            proptest::prop_assert!(!judged.why.is_empty());
        }
        proptest::prop_assert_eq!(&first, &RULES.judge(kinds[kind], &text, &spans));
        // The order in which mentions are given changes nothing.
        let backwards: Vec<_> = spans.iter().rev().cloned().collect();
        let mut again = RULES.judge(kinds[kind], &text, &backwards);
        again.reverse();
        let distinct = spans.iter().all(|a| spans.iter().filter(|b| b.span.start < a.span.end && a.span.start < b.span.end).count() <= 1);
        if distinct {
            proptest::prop_assert_eq!(first, again);
        }
    }
}
