//! The text of one part: which words are shown, which were deleted and which are hidden.

use std::collections::BTreeSet;
use std::io::Read;
use std::ops::ControlFlow;

use stripout_model::Problem;

use crate::Limits;
use crate::markup::{Element, Node, local, walk};
use crate::prose::Prose;

/// Names of the styles that hide text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hiding: BTreeSet<String>,
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
    pub(super) fn new(styles: Styles) -> Self {
        Self {
            styles,
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
            "p" => self.hiding_paragraph = false,
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
            (Of::Paragraph, "pStyle") => self.hiding_paragraph = self.styles.hide(element),
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
            "pPr" | "rPr" => self.properties = None,
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
