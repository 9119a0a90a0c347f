//! Where every line stands, in letters as large as the page allows.

use std::collections::BTreeSet;

use crate::PrintError;
use crate::face::{Face, Faces, Run};
use crate::sheet::{Block, Sheet, Words};

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.276;
pub(crate) const HEIGHT: f32 = 841.89;
pub(crate) const LEFT: f32 = 51.0;
pub(crate) const RIGHT: f32 = 51.0;
const TOP: f32 = 48.0;
const BOTTOM: f32 = 42.0;
/// Between a number or a bullet and its words, in parts of the letters' size.
const HANG: f32 = 1.5;
/// Letters get smaller by this, down to the last that eyes still read with ease.
const STEP: f32 = 0.03;
const SMALLEST: f32 = 0.7;
const HEADING_OF_SOURCES: &str = "Sources";

/// How words of one sort are set. Measures are in points of the largest size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) face: Face,
    pub(crate) size: f32,
    leading: f32,
    before: f32,
    /// Of ink, from 0 to 255.
    pub(crate) grey: u8,
    /// A line across the page above it.
    pub(crate) rule: bool,
}

const fn style(face: Face, size: f32, leading: f32, before: f32, grey: u8, rule: bool) -> Style {
    Style {
        face,
        size,
        leading,
        before,
        grey,
        rule,
    }
}

const TITLE: Style = style(Face::Serif, 23.0, 27.0, 0.0, 0, false);
const HEADING: Style = style(Face::Bold, 11.0, 14.5, 15.0, 0, true);
const STATEMENT: Style = style(Face::Serif, 11.5, 16.0, 5.0, 0, false);
const ASIDE: Style = style(Face::Sans, 8.8, 12.5, 3.0, 70, false);
const QUOTE: Style = style(Face::Serif, 10.5, 14.5, 6.0, 40, false);
const POINT: Style = style(Face::Sans, 9.8, 13.6, 3.0, 0, false);
const NOTE: Style = style(Face::Sans, 7.8, 10.8, 2.2, 40, false);
const FOOT: Style = style(Face::Sans, 7.8, 10.8, 7.0, 70, false);

/// What a piece of the sheet is to whoever has it read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading,
    Paragraph,
    Quote,
    Point,
    Note,
}

/// One piece with its lines.
pub(crate) struct Piece {
    pub(crate) role: Role,
    pub(crate) style: Style,
    /// The bullet or the number before it.
    pub(crate) label: Option<Line>,
    pub(crate) lines: Vec<Line>,
    pub(crate) words: String,
    /// Where a line across the page stands above it.
    pub(crate) rule: Option<f32>,
}

pub(crate) struct Line {
    pub(crate) x: f32,
    /// Of the foot of its letters, from above.
    pub(crate) y: f32,
    pub(crate) runs: Vec<Run>,
    /// The numbers of footnotes that follow the last word.
    pub(crate) notes: Vec<Run>,
}

/// Everything in its place, and how much smaller than largest the letters are.
pub(crate) struct Fitted {
    pub(crate) scale: f32,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) missing: BTreeSet<char>,
}

pub(crate) fn fit(sheet: &Sheet, faces: &Faces) -> Result<Fitted, PrintError> {
    let mut scale = 1.0;
    while scale >= SMALLEST {
        let mut setter = Setter::new(faces, scale);
        setter.sheet(sheet);
        if setter.y <= HEIGHT - BOTTOM {
            return Ok(Fitted {
                scale,
                pieces: setter.pieces,
                missing: setter.missing,
            });
        }
        scale -= STEP;
    }
    Err(PrintError::Overfull)
}

/// Numbers behind words are raised, and this small.
pub(crate) const RAISED: f32 = 0.62;

struct Setter<'f> {
    faces: &'f Faces,
    scale: f32,
    y: f32,
    pieces: Vec<Piece>,
    missing: BTreeSet<char>,
}

impl<'f> Setter<'f> {
    fn new(faces: &'f Faces, scale: f32) -> Self {
        Self {
            faces,
            scale,
            y: TOP,
            pieces: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    fn sheet(&mut self, sheet: &Sheet) {
        for block in &sheet.blocks {
            match block {
                Block::Title(text) => self.piece(Role::Title, TITLE, None, &text.clone().into()),
                Block::Heading(text) => self.piece(Role::Heading, HEADING, None, &text.clone().into()),
                Block::Statement(words) => self.piece(Role::Paragraph, STATEMENT, None, words),
                Block::Aside(text) => self.piece(Role::Paragraph, ASIDE, None, &text.clone().into()),
                Block::Quote(words) => self.piece(Role::Quote, QUOTE, None, words),
                Block::Points(points) => {
                    for point in points {
                        self.piece(Role::Point, POINT, Some("\u{2022}"), point);
                    }
                }
            }
        }
        if !sheet.sources.is_empty() {
            let heading = HEADING_OF_SOURCES.to_owned().into();
            self.piece(Role::Heading, HEADING, None, &heading);
        }
        for (number, source) in (1..).zip(&sheet.sources) {
            self.piece(
                Role::Note,
                NOTE,
                Some(&format!("{number}")),
                &source.clone().into(),
            );
        }
        self.piece(Role::Paragraph, FOOT, None, &sheet.foot.clone().into());
    }

    fn piece(&mut self, role: Role, style: Style, label: Option<&str>, words: &Words) {
        if words.text.trim().is_empty() {
            return;
        }
        let first = self.pieces.is_empty();
        let size = style.size * self.scale;
        let before = if first { 0.0 } else { style.before * self.scale };
        self.y += before;
        let across = (style.rule && !first).then_some(self.y - before * 0.25);
        let indent = match (role, label) {
            (Role::Quote, _) => size,
            (_, Some(_)) => size * HANG,
            _ => 0.0,
        };
        let leading = style.leading * self.scale;
        let baseline = self.y + size;
        let label = label.map(|text| Line {
            x: LEFT,
            y: baseline,
            runs: self.faces.runs(style.face, text, &mut self.missing),
            notes: Vec::new(),
        });
        let notes: Vec<String> = words.notes.iter().map(ToString::to_string).collect();
        let notes = notes.join(", ");
        // The last line may be any: all leave room for the numbers behind it.
        let behind = if notes.is_empty() {
            0.0
        } else {
            self.wide(Face::Sans, &notes) * RAISED
        };
        let room = (WIDTH - LEFT - RIGHT - indent) / size - behind;
        let mut lines = Vec::new();
        for text in self.broken(style.face, &words.text, room) {
            lines.push(Line {
                x: LEFT + indent,
                y: self.y + size,
                runs: self.faces.runs(style.face, &text, &mut self.missing),
                notes: Vec::new(),
            });
            self.y += leading;
        }
        if let Some(last) = lines.last_mut().filter(|_| !notes.is_empty()) {
            last.notes = self.faces.runs(Face::Sans, &notes, &mut self.missing);
        }
        self.pieces.push(Piece {
            role,
            style,
            label,
            lines,
            words: words.text.clone(),
            rule: across,
        });
    }

    fn wide(&mut self, face: Face, text: &str) -> f32 {
        let runs = self.faces.runs(face, text, &mut self.missing);
        runs.iter().map(|run| run.width).sum()
    }

    /// In lines no wider than `room`, in parts of the letters' size. A break keeps its space, for those who copy the words; a
    /// word wider than a line, a hash for one, is broken where it must be.
    fn broken(&mut self, face: Face, text: &str, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut filled = 0.0;
        for word in text.split_whitespace() {
            let width = self.wide(face, word);
            if !line.is_empty() && filled + width > room {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            if width > room {
                for character in word.chars() {
                    let step = self.wide(face, &character.to_string());
                    if filled + step > room {
                        lines.push(std::mem::take(&mut line));
                        filled = 0.0;
                    }
                    line.push(character);
                    filled += step;
                }
            } else {
                line.push_str(word);
                filled += width;
            }
            line.push(' ');
            filled += self.wide(face, " ");
        }
        let last = line.trim_end();
        if !last.is_empty() {
            lines.push(last.to_owned());
        }
        lines
    }
}
