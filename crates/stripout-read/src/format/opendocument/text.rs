//! The text of a document, and what stands beside it: headers, notes, comments, deletions, hidden words.

use std::ops::ControlFlow;

use stripout_model::Reserve;

use super::give;
use super::styles::Styles;
use crate::document::Each;
use crate::markup::{Element, Node};
use crate::prose::Prose;

/// Where words go, in the order of the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Main,
    Header,
    Footer,
    Footnotes,
    Endnotes,
    Comments,
    Deleted,
    Hidden,
}

const SIDES: [(Side, Option<&str>, Option<Reserve>); 8] = [
    (Side::Main, None, None),
    (Side::Header, Some("header"), None),
    (Side::Footer, Some("footer"), None),
    (Side::Footnotes, Some("footnotes"), None),
    (Side::Endnotes, Some("endnotes"), None),
    (Side::Comments, Some("comments"), Some(Reserve::Comment)),
    (Side::Deleted, Some("deleted"), Some(Reserve::Deleted)),
    (Side::Hidden, Some("hidden"), Some(Reserve::Hidden)),
];

#[derive(Debug, Default)]
pub(super) struct Text {
    prose: [Prose; 8],
    /// Elements that are open and change where words go, or that words go nowhere, with the depth they opened at.
    turns: Vec<(usize, Option<Side>)>,
    depth: usize,
    /// Open paragraphs: only in them text is text.
    paragraphs: usize,
    /// Text boxes that are open: told after the paragraph in which they stand.
    boxes: Vec<(usize, Prose)>,
    told: Vec<String>,
}

impl Text {
    pub(super) fn see(&mut self, node: &Node<'_>, styles: &Styles) {
        match node {
            Node::Open(element) => self.open(element, styles),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.paragraphs > 0 => self.push(text),
            Node::Text(_) => {}
        }
    }

    /// Takes over headers and footers.
    pub(super) fn add_side(&mut self, other: Self) {
        for (mine, theirs) in self.prose.iter_mut().zip(other.prose).skip(1) {
            let Some(text) = theirs.finish() else { continue };
            let mut said: Vec<&str> = Vec::new();
            for paragraph in text.trim_end().split("\n\n") {
                // First, left and right pages mostly say the same.
                if !said.contains(&paragraph) {
                    mine.push(paragraph);
                    mine.end_paragraph();
                    said.push(paragraph);
                }
            }
        }
    }

    pub(super) fn layers(self, each: &mut Each<'_>) -> ControlFlow<(), usize> {
        let mut count = 0;
        for (prose, (_, name, reserve)) in self.prose.into_iter().zip(SIDES) {
            if let Some(text) = prose.finish() {
                give(name, text, reserve, each)?;
                count += 1;
            }
        }
        ControlFlow::Continue(count)
    }

    fn open(&mut self, element: &Element<'_>, styles: &Styles) {
        self.depth += 1;
        if matches!(self.turns.last(), Some((_, None))) {
            return;
        }
        match element.name() {
            "text:p" | "text:h" => {
                self.paragraphs += 1;
                if styles.hide("paragraph", element, "text:style-name") {
                    self.turn(Some(Side::Hidden));
                }
            }
            "text:span" if styles.hide("text", element, "text:style-name") => self.turn(Some(Side::Hidden)),
            "text:section" if element.exact("text:display").as_deref() == Some("none") => {
                self.turn(Some(Side::Hidden));
            }
            "text:hidden-paragraph" | "text:hidden-text" => {
                let words = element
                    .exact("text:string-value")
                    .map(std::borrow::Cow::into_owned);
                self.turn(Some(Side::Hidden));
                if let Some(words) = words {
                    self.push(&words);
                }
            }
            "text:s" => {
                let count = element
                    .exact("text:c")
                    .and_then(|c| c.parse().ok())
                    .unwrap_or(1_usize);
                self.push(&" ".repeat(count.min(256)));
            }
            "text:tab" => self.push("\t"),
            "text:line-break" => self.push("\n"),
            "text:soft-page-break" => self.prose_here().end_page(),
            "table:table" => self.prose_here().open_table(),
            "table:table-cell" | "table:covered-table-cell" => self.prose_here().open_cell(),
            "style:header" | "style:header-left" | "style:header-first" => self.turn(Some(Side::Header)),
            "style:footer" | "style:footer-left" | "style:footer-first" => self.turn(Some(Side::Footer)),
            "text:note" => {
                let end = element.exact("text:note-class").as_deref() == Some("endnote");
                self.turn(Some(if end { Side::Endnotes } else { Side::Footnotes }));
            }
            "office:annotation" => self.turn(Some(Side::Comments)),
            "text:deletion" => self.turn(Some(Side::Deleted)),
            // Numbers of notes, who wrote a comment and when, alternative texts, scripts.
            "text:note-citation"
            | "dc:creator"
            | "dc:date"
            | "meta:creator-initials"
            | "office:change-info"
            | "svg:title"
            | "svg:desc"
            | "text:script"
            | "office:scripts"
            | "office:forms" => self.turn(None),
            "draw:text-box" if self.turns.is_empty() => {
                self.boxes.push((self.depth, Prose::default()));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        let ignored = matches!(self.turns.last(), Some((_, None)));
        if !ignored {
            match name {
                "text:p" | "text:h" => {
                    self.paragraphs = self.paragraphs.saturating_sub(1);
                    self.end_paragraph();
                }
                "table:table-cell" | "table:covered-table-cell" => self.prose_here().close_cell(),
                "table:table-row" => self.prose_here().close_row(),
                "table:table" => self.prose_here().close_table(),
                "draw:text-box" if self.boxes.last().is_some_and(|(at, _)| *at == depth) => {
                    self.told
                        .extend(self.boxes.pop().and_then(|(_, prose)| prose.finish()));
                }
                _ => {}
            }
        }
        while self.turns.last().is_some_and(|(at, _)| *at >= depth) {
            self.turns.pop();
        }
    }

    fn turn(&mut self, to: Option<Side>) {
        // What is deleted or hidden stays so, whatever stands in it.
        let to = match self.turns.last() {
            Some((_, Some(held @ (Side::Deleted | Side::Hidden)))) if to.is_some() => Some(*held),
            _ => to,
        };
        self.turns.push((self.depth, to));
    }

    fn push(&mut self, text: &str) {
        if !matches!(self.turns.last(), Some((_, None))) {
            self.prose_here().push(text);
        }
    }

    fn prose_here(&mut self) -> &mut Prose {
        let side = self
            .turns
            .last()
            .map_or(Side::Main, |(_, side)| side.unwrap_or(Side::Main));
        if side == Side::Main
            && let Some((_, prose)) = self.boxes.last_mut()
        {
            return prose;
        }
        let [
            main,
            header,
            footer,
            footnotes,
            endnotes,
            comments,
            deleted,
            hidden,
        ] = &mut self.prose;
        match side {
            Side::Main => main,
            Side::Header => header,
            Side::Footer => footer,
            Side::Footnotes => footnotes,
            Side::Endnotes => endnotes,
            Side::Comments => comments,
            Side::Deleted => deleted,
            Side::Hidden => hidden,
        }
    }

    fn end_paragraph(&mut self) {
        self.prose_here().end_paragraph();
        if self.turns.is_empty() && self.boxes.is_empty() {
            // Hidden words of one paragraph are not those of the next.
            let [main, .., hidden] = &mut self.prose;
            hidden.end_paragraph();
            for text in std::mem::take(&mut self.told) {
                for paragraph in text.trim_end().split("\n\n") {
                    main.push(paragraph);
                    main.end_paragraph();
                }
            }
        }
    }
}
