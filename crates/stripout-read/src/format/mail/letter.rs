//! The text of a message as layers: head and new words, words of others, words that are not shown.

use std::ops::ControlFlow;

use stripout_model::Reserve;

use super::quoted::{Split, split};
use crate::document::{Content, Each, Layer};
use crate::format::html;

/// A message without its attachments.
#[derive(Debug, Default)]
pub(super) struct Letter {
    /// Who, to whom, when, about what: label and words.
    pub(super) head: Vec<(&'static str, String)>,
    pub(super) new: String,
    pub(super) quoted: String,
    pub(super) hidden: String,
}

impl Letter {
    pub(super) fn head(&mut self, label: &'static str, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.head.push((label, words));
        }
    }

    /// Plain text of the body.
    pub(super) fn text(&mut self, text: &str) {
        let Split { new, quoted } = split(&plain(text));
        paragraph(&mut self.new, &new);
        paragraph(&mut self.quoted, &quoted);
    }

    /// What HTML of the body shows and hides.
    pub(super) fn html(&mut self, texts: &html::Texts) {
        self.text(&texts.shown);
        paragraph(&mut self.hidden, &texts.hidden);
    }

    /// Whether the body says nothing.
    pub(super) fn is_blank(&self) -> bool {
        self.new.is_empty() && self.quoted.is_empty()
    }

    /// Hands the layers over. `name` is the name of the message if it stands in another one.
    pub(super) fn layers(self, name: Option<&str>, each: &mut Each<'_>) -> ControlFlow<()> {
        let mut main = String::new();
        for (label, words) in &self.head {
            main.push_str(label);
            main.push_str(": ");
            main.push_str(words);
            main.push('\n');
        }
        if !main.is_empty() && !self.new.is_empty() {
            main.push('\n');
        }
        main.push_str(&self.new);
        if main.ends_with(|c| c != '\n') {
            main.push('\n');
        }
        let named = |layer: &str| match name {
            Some(name) => format!("{name} {layer}"),
            None => layer.into(),
        };
        each(Ok(Layer {
            name: name.map(Into::into),
            content: Content::Text(main),
            reserve: None,
        }))?;
        for (layer, text, reserve) in [
            ("quoted", self.quoted, Reserve::Quoted),
            ("hidden", self.hidden, Reserve::Hidden),
        ] {
            if !text.is_empty() {
                each(Ok(Layer {
                    name: Some(named(layer)),
                    content: Content::Text(text + "\n"),
                    reserve: Some(reserve),
                }))?;
            }
        }
        ControlFlow::Continue(())
    }
}

fn paragraph(to: &mut String, text: &str) {
    let text = text.trim_matches('\n').trim_end();
    if text.is_empty() {
        return;
    }
    if !to.is_empty() {
        to.push_str("\n\n");
    }
    to.push_str(text);
}

/// One kind of line break, and no character that means something else in a layer.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.trim_start_matches('\u{feff}').chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\t' => plain.push(c),
            c if c.is_control() => {}
            c => plain.push(c),
        }
        after_return = c == '\r';
    }
    plain
}
