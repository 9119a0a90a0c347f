//! Words to rows: what stands at one height.

use super::word::{GAP, Word};

/// What stands side by side at one height of the page.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Baseline.
    pub(super) base: f64,
    /// Height of its largest letters.
    pub(super) size: f64,
    /// From left to right, parted by gaps of at least a blank.
    pub(super) pieces: Vec<Piece>,
}

/// A word, or a ruled table as one thing.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) top: f64,
    pub(super) size: f64,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Word(String),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

impl Row {
    pub(super) fn is_table(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.content, Content::Table(_)))
    }

    pub(super) fn from(&self) -> f64 {
        self.pieces.first().map_or(0.0, |piece| piece.from)
    }

    pub(super) fn to(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.to).fold(0.0, f64::max)
    }

    /// Words with one blank between them, two where the gap is wide; a table of cells as its rows.
    pub(super) fn text(&self) -> String {
        /// Wider than the blanks of a justified line, in heights of the font.
        const WIDE: f64 = 1.5;
        let mut text = String::new();
        let mut before: Option<&Piece> = None;
        for piece in &self.pieces {
            match &piece.content {
                Content::Word(word) => {
                    if let Some(before) = before {
                        let wide = piece.from - before.to > WIDE * piece.size.min(before.size);
                        text.push_str(if wide { "  " } else { " " });
                    }
                    text.push_str(word);
                }
                Content::Table(rows) => {
                    for row in rows {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        text.push_str(&super::table_row(row));
                    }
                }
            }
            before = Some(piece);
        }
        text
    }

    /// The part of the row between two places along it.
    pub(super) fn between(&self, from: f64, to: f64) -> Self {
        let pieces = self
            .pieces
            .iter()
            .filter(|piece| {
                let middle = f64::midpoint(piece.from, piece.to);
                middle >= from && middle < to
            })
            .cloned()
            .collect();
        Self {
            base: self.base,
            size: self.size,
            pieces,
        }
    }
}

/// Words and tables by height, from the top.
pub(super) fn rows(mut words: Vec<Word>, tables: Vec<Piece>) -> Vec<Row> {
    /// Of the smaller font's height: words whose baselines are nearer stand in one row.
    const NEAR: f64 = 0.4;
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut groups: Vec<(f64, Vec<Word>)> = Vec::new();
    for word in words {
        match groups.last_mut() {
            Some((base, group))
                if group
                    .first()
                    .is_some_and(|first| word.base - *base < NEAR * first.size.min(word.size)) =>
            {
                group.push(word);
            }
            _ => groups.push((word.base, vec![word])),
        }
    }
    let mut rows: Vec<Row> = groups.into_iter().map(|(base, words)| row(base, words)).collect();
    rows.extend(tables.into_iter().map(|table| Row {
        base: table.top,
        size: table.size,
        pieces: vec![table],
    }));
    rows.sort_by(|a, b| a.base.total_cmp(&b.base));
    rows
}

fn row(base: f64, mut words: Vec<Word>) -> Row {
    words.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Word> = Vec::new();
    for word in words {
        match joined.last_mut() {
            // Drawn twice, to look bold or to cast a shadow.
            Some(last)
                if last.text == word.text
                    && word.from - last.from < 0.3 * (last.to - last.from).min(word.size) => {}
            Some(last) if !word.spaced && word.from - last.to < GAP * last.size.min(word.size) => {
                if is_leftward(&last.text) && is_leftward(&word.text) {
                    last.text.insert_str(0, &word.text);
                } else {
                    last.text.push_str(&word.text);
                }
                last.to = last.to.max(word.to);
                last.size = last.size.max(word.size);
            }
            _ => joined.push(word),
        }
    }
    let size = joined.iter().map(|word| word.size).fold(0.0, f64::max);
    // Leftward words one after the other are read from the right.
    let mut texts: Vec<String> = joined.iter().map(|word| word.text.clone()).collect();
    for run in texts.chunk_by_mut(|a, b| is_leftward(a) && is_leftward(b)) {
        if run.first().is_some_and(|word| is_leftward(word)) {
            run.reverse();
        }
    }
    let pieces = joined
        .into_iter()
        .zip(texts)
        .map(|(word, text)| Piece {
            from: word.from,
            to: word.to,
            top: word.base - word.size,
            size: word.size,
            content: Content::Word(text),
        })
        .collect();
    Row { base, size, pieces }
}

/// Whether the letters are of a script that is written from the right: Hebrew, Arabic and its relatives.
pub(super) fn is_leftward(text: &str) -> bool {
    let mut chars = text.chars();
    chars.any(|c| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'))
}
