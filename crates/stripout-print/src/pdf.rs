//! A sheet as PDF, tagged: who has it read aloud hears headings, points and notes as such.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::color::luma;
use krilla::configure::validate::Accessibility;
use krilla::configure::{Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::{Document, SerializeSettings};

use crate::PrintError;
use crate::face::{Faces, Run};
use crate::fit::{Fitted, HEIGHT, LEFT, Line, Piece, RAISED, RIGHT, Role, WIDTH, fit};
use crate::sheet::Sheet;

/// How far a raised number stands above the foot of the letters, in parts of their size.
const RAISE: f32 = 0.36;
const RULE: f32 = 0.6;
const RULE_GREY: u8 = 150;

/// A file, and what its fonts do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub bytes: Vec<u8>,
    /// Characters that stand in it as their numbers.
    pub missing: BTreeSet<char>,
}

/// One page of A4. The same sheet gives the same bytes.
pub fn pdf(sheet: &Sheet) -> Result<Printed, PrintError> {
    let faces = Faces::new()?;
    let fitted = fit(sheet, &faces)?;
    let mut document = Document::new_with(SerializeSettings {
        configuration: accessible()?,
        ..SerializeSettings::default()
    });
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("no page"))?;
    let mut page = document.start_page_with(settings);
    let tags = drawn(page.surface(), sheet, &fitted, &faces)?;
    page.finish();
    document.set_tag_tree(tags);
    document.set_outline(outline(&fitted));
    document.set_metadata(metadata(sheet));
    Ok(Printed {
        bytes: document.finish().map_err(|error| failed(&format!("{error:?}")))?,
        missing: fitted.missing,
    })
}

/// Puts all of it on the page, and says what each piece is.
fn drawn(surface: Surface<'_>, sheet: &Sheet, fitted: &Fitted, faces: &Faces) -> Result<TagTree, PrintError> {
    let mut drawing = Drawing {
        surface,
        faces,
        scale: fitted.scale,
    };
    let mut tags = TagTree::new().with_lang(Some(sheet.language.clone()));
    let new_list = || TagGroup::new(Tag::L(ListNumbering::Disc));
    let mut list: Option<TagGroup> = None;
    for piece in &fitted.pieces {
        let group = drawing.piece(piece)?;
        if piece.role == Role::Point {
            list.get_or_insert_with(new_list).push(group);
        } else {
            if let Some(list) = list.take() {
                tags.push(list);
            }
            tags.push(group);
        }
    }
    if let Some(list) = list {
        tags.push(list);
    }
    Ok(tags)
}

fn failed(because: &str) -> PrintError {
    PrintError::Pdf(because.to_owned())
}

/// The writer itself refuses what PDF/UA-1 does not allow.
fn accessible() -> Result<Configuration, PrintError> {
    let asked = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    asked.finish().map_err(|error| failed(&format!("{error:?}")))
}

fn metadata(sheet: &Sheet) -> Metadata {
    let (year, month, day) = sheet.day;
    Metadata::new()
        .title(sheet.title.clone())
        .language(sheet.language.clone())
        .creator("Stripout".into())
        .creation_date(DateTime::new(year).month(month).day(day))
}

fn outline(fitted: &Fitted) -> Outline {
    let mut outline = Outline::new();
    let headings = fitted.pieces.iter();
    for piece in headings.filter(|piece| matches!(piece.role, Role::Title | Role::Heading)) {
        if let Some(line) = piece.lines.first() {
            let top = Point::from_xy(line.x, line.y - piece.style.size);
            outline.push_child(OutlineNode::new(piece.words.clone(), XyzDestination::new(0, top)));
        }
    }
    outline
}

struct Drawing<'a> {
    surface: Surface<'a>,
    faces: &'a Faces,
    scale: f32,
}

impl Drawing<'_> {
    /// Draws it, and says what it is.
    fn piece(&mut self, piece: &Piece) -> Result<TagGroup, PrintError> {
        if let Some(y) = piece.rule {
            self.rule(y)?;
        }
        self.surface.set_fill(Some(Fill {
            paint: luma::Color::new(piece.style.grey).into(),
            opacity: NormalizedF32::ONE,
            ..Fill::default()
        }));
        let size = piece.style.size * self.scale;
        let label = piece
            .label
            .as_ref()
            .map(|line| self.tagged(|it| it.line(line, size)));
        let mut words = Vec::new();
        let mut notes = Vec::new();
        for line in &piece.lines {
            words.push(self.tagged(|it| it.line(line, size)));
            if !line.notes.is_empty() {
                notes.push(self.tagged(|it| it.notes(line, size)));
            }
        }
        let level = |level: u16| NonZeroU16::new(level).ok_or_else(|| failed("no level"));
        let title = Some(piece.words.clone());
        let mut group = match piece.role {
            Role::Title => TagGroup::new(Tag::Hn(level(1)?, title)),
            Role::Heading => TagGroup::new(Tag::Hn(level(2)?, title)),
            Role::Paragraph => TagGroup::new(Tag::P),
            Role::Quote => TagGroup::new(Tag::BlockQuote),
            Role::Point => TagGroup::new(Tag::LI),
            Role::Note => TagGroup::new(Tag::Note),
        };
        if let Some(label) = label {
            let mut own = TagGroup::new(Tag::Lbl);
            own.push(label);
            group.push(own);
        }
        let mut body = match piece.role {
            Role::Point => TagGroup::new(Tag::LBody),
            Role::Note | Role::Quote => TagGroup::new(Tag::P),
            Role::Title | Role::Heading | Role::Paragraph => {
                fill(&mut group, words, notes);
                return Ok(group);
            }
        };
        fill(&mut body, words, notes);
        group.push(body);
        Ok(group)
    }

    fn tagged(&mut self, draw: impl FnOnce(&mut Self)) -> Identifier {
        let own = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        draw(self);
        self.surface.end_tagged();
        own
    }

    fn line(&mut self, line: &Line, size: f32) {
        self.runs(&line.runs, line.x, line.y, size);
    }

    fn notes(&mut self, line: &Line, size: f32) {
        let x = line.x + line.runs.iter().map(|run| run.width).sum::<f32>() * size;
        self.runs(&line.notes, x, line.y - size * RAISE, size * RAISED);
    }

    fn runs(&mut self, runs: &[Run], mut x: f32, y: f32, size: f32) {
        for run in runs {
            let font = self.faces.font(run.face);
            let start = Point::from_xy(x, y);
            self.surface
                .draw_glyphs(start, &run.glyphs, font, &run.text, size, false);
            x += run.width * size;
        }
    }

    /// A line across the page, which says nothing.
    fn rule(&mut self, y: f32) -> Result<(), PrintError> {
        let mut path = PathBuilder::new();
        path.move_to(LEFT, y);
        path.line_to(WIDTH - RIGHT, y);
        let path = path.finish().ok_or_else(|| failed("no line"))?;
        let artifact = Artifact::with_kind(ArtifactType::Other);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: luma::Color::new(RULE_GREY).into(),
            width: RULE,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
        self.surface.end_tagged();
        Ok(())
    }
}

fn fill(group: &mut TagGroup, words: Vec<Identifier>, notes: Vec<Identifier>) {
    for one in words {
        group.push(one);
    }
    for one in notes {
        let mut reference = TagGroup::new(Tag::Reference);
        reference.push(one);
        group.push(reference);
    }
}
