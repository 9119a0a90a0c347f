//! The text of one part: which words are shown, which were deleted and which are hidden.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::ControlFlow;

use stripout_model::Problem;

use super::numbering::Numbering;
use crate::Limits;
use crate::markup::{Element, Node, local, walk};
use crate::prose::Prose;

/// What is said of text by the name of its style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hiding: BTreeSet<String>,
    /// Lists that paragraphs of a style belong to, and their level.
    lists: BTreeMap<String, (String, usize)>,
}

impl Styles {
    pub(super) fn part(&mut self, read: &mut dyn Read, limits: &Limits) -> Result<(), Problem> {
        let mut style = String::new();
        walk(read, limits, &mut |node| {
            if let Node::Open(element) = node {
                match local(element.name()) {
                    "style" => style = element.attribute("styleId").unwrap_or_default().into_owned(),
                    "vanish" if is_on(element) && !style.is_empty() => {
                        self.hiding.insert(style.clone());
                    }
                    "numId" => {
                        if let Some(list) = element.attribute("val") {
                            self.lists.entry(style.clone()).or_default().0 = list.into_owned();
                        }
                    }
                    "ilvl" => {
                        if let Some(level) = level(element) {
                            self.lists.entry(style.clone()).or_default().1 = level;
                        }
                    }
                    _ => {}
                }
            }
            ControlFlow::Continue(())
        })
    }

    fn hide(&self, element: &Element<'_>) -> bool {
        element
            .attribute("val")
            .is_some_and(|style| self.hiding.contains(&*style))
    }
}

/// Takes the text out of one part after the other.
#[derive(Debug)]
pub(super) struct Text {
    styles: Styles,
    numbering: Numbering,
    /// The list of the open paragraph, and its level.
    list: Option<(String, usize)>,
    /// The number of the open paragraph, until words come.
    number: Option<String>,
    shown: Prose,
    deleted: Aside,
    hidden: Aside,
    /// Text boxes that are open: they stand in the middle of a paragraph and are told after it.
    boxes: Vec<Prose>,
    told: Vec<String>,
    /// Elements open inside one that is passed over.
    passed: usize,
    /// Open `w:del` and `w:moveFrom`.
    dels: usize,
    moves: usize,
    properties: Option<Of>,
    hiding_paragraph: bool,
    hiding_run: bool,
    /// Inside an element whose text is text.
    letters: bool,
}

/// What the properties that are open belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Paragraph,
    Run,
}

/// Words that are not part of the shown text.
#[derive(Debug, Default)]
struct Aside {
    prose: Prose,
    /// Other words stand between the last ones and the next.
    parted: bool,
}

impl Aside {
    fn push(&mut self, text: &str) {
        if std::mem::take(&mut self.parted) && !self.prose.is_at_start() {
            self.prose.push(" ");
        }
        self.prose.push(text);
    }
}

impl Text {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            list: None,
            number: None,
            shown: Prose::default(),
            deleted: Aside::default(),
            hidden: Aside::default(),
            boxes: Vec::new(),
            told: Vec::new(),
            passed: 0,
            dels: 0,
            moves: 0,
            properties: None,
            hiding_paragraph: false,
            hiding_run: false,
            letters: false,
        }
    }

    /// Reads one part; what it shows is there to be taken, even after a problem.
    pub(super) fn part(&mut self, read: &mut dyn Read, limits: &Limits) -> Result<(), Problem> {
        let result = walk(read, limits, &mut |node| {
            match node {
                Node::Open(element) => self.open(element),
                Node::Close(name) => self.close(local(name)),
                Node::Text(text) if self.letters && self.passed == 0 => self.push(text),
                Node::Text(_) => {}
            }
            ControlFlow::Continue(())
        });
        // A part that broke off leaves nothing open for the next one.
        while let Some(text) = self.boxes.pop() {
            self.told.extend(text.finish());
        }
        self.end_paragraph();
        (self.passed, self.dels, self.moves) = (0, 0, 0);
        (self.letters, self.properties) = (false, None);
        result
    }

    /// What is shown since the last call.
    pub(super) fn take(&mut self) -> Prose {
        std::mem::take(&mut self.shown)
    }

    /// What was deleted, and what is hidden.
    pub(super) fn finish(self) -> (Prose, Prose) {
        (self.deleted.prose, self.hidden.prose)
    }

    fn open(&mut self, element: &Element<'_>) {
        if self.passed > 0 {
            self.passed += 1;
            return;
        }
        let name = local(element.name());
        if let Some(of) = self.properties {
            return self.property(of, name, element);
        }
        match name {
            // What older programs show instead, codes of fields, and readings above characters.
            "Fallback" | "instrText" | "delInstrText" | "fldData" | "rt" | "sectPr" | "tblPr" | "tcPr" => {
                self.passed = 1;
            }
            "pPr" => self.properties = Some(Of::Paragraph),
            "rPr" => self.properties = Some(Of::Run),
            "p" => {
                self.hiding_paragraph = false;
                self.number = None;
                self.list = None;
            }
            "r" => self.hiding_run = self.hiding_paragraph,
            "del" => self.dels += 1,
            "moveFrom" => self.moves += 1,
            "t" | "delText" => self.letters = true,
            "tab" | "ptab" => self.push("\t"),
            "br" if element.attribute("type").as_deref() == Some("page") => self.end_page(),
            "lastRenderedPageBreak" => self.end_page(),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "txbxContent" => self.boxes.push(Prose::default()),
            "tbl" => self.prose().open_table(),
            "tc" => self.prose().open_cell(),
            _ => {}
        }
    }

    fn property(&mut self, of: Of, name: &str, element: &Element<'_>) {
        match (of, name) {
            (Of::Paragraph, "pStyle") => {
                self.hiding_paragraph = self.styles.hide(element);
                let style = element.attribute("val");
                self.list = style.and_then(|style| self.styles.lists.get(&*style).cloned());
            }
            // A paragraph may leave the list of its style: list 0 is none.
            (Of::Paragraph, "numId") => {
                self.list.get_or_insert_default().0 =
                    element.attribute("val").unwrap_or_default().into_owned();
            }
            (Of::Paragraph, "ilvl") => self.list.get_or_insert_default().1 = level(element).unwrap_or(0),
            (Of::Paragraph, "pageBreakBefore") if is_on(element) => self.end_page(),
            // Of the mark at the paragraph's end, not of its words.
            (Of::Paragraph, "rPr") => self.passed = 1,
            (Of::Run, "rStyle") => self.hiding_run |= self.styles.hide(element),
            (Of::Run, "vanish") => self.hiding_run = is_on(element),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match name {
            "pPr" => {
                self.properties = None;
                let list = self.list.take();
                self.number = list.and_then(|(list, level)| self.numbering.next(&list, level));
            }
            "rPr" => self.properties = None,
            _ if self.properties.is_some() => {}
            "t" | "delText" => self.letters = false,
            "del" => self.dels = self.dels.saturating_sub(1),
            "moveFrom" => self.moves = self.moves.saturating_sub(1),
            "r" => self.hiding_run = false,
            "p" => self.end_paragraph(),
            "txbxContent" => {
                if let Some(text) = self.boxes.pop() {
                    self.told.extend(text.finish());
                }
            }
            "tc" => self.prose().close_cell(),
            "tr" => self.prose().close_row(),
            "tbl" => self.prose().close_table(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        // Moved words are shown where they went.
        if self.moves > 0 {
            return;
        }
        let (deleted, hidden) = (self.dels > 0, self.hiding_run);
        if deleted {
            self.deleted.push(text);
        } else if hidden {
            self.hidden.push(text);
        } else {
            if !text.trim().is_empty()
                && let Some(number) = self.number.take()
            {
                let prose = self.prose();
                prose.push(&number);
                prose.push(" ");
            }
            self.prose().push(text);
        }
        self.deleted.parted |= !deleted;
        self.hidden.parted |= deleted || !hidden;
    }

    fn prose(&mut self) -> &mut Prose {
        self.boxes.last_mut().unwrap_or(&mut self.shown)
    }

    /// Where a page ends inside a paragraph, the paragraph belongs to the page where it begins.
    fn end_page(&mut self) {
        if self.boxes.is_empty() && self.dels == 0 {
            self.shown.end_page();
        }
    }

    fn end_paragraph(&mut self) {
        self.prose().end_paragraph();
        if self.dels == 0 {
            self.deleted.prose.end_paragraph();
            self.hidden.prose.end_paragraph();
        }
        if self.boxes.is_empty() {
            for text in std::mem::take(&mut self.told) {
                for paragraph in text.split("\n\n") {
                    self.shown.push(paragraph);
                    self.shown.end_paragraph();
                }
            }
        }
    }
}

/// Whether a property that is named is also meant.
fn is_on(element: &Element<'_>) -> bool {
    !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off"))
}

fn level(element: &Element<'_>) -> Option<usize> {
    element.attribute("val")?.parse().ok()
}
