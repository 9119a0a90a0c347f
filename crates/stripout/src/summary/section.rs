//! Sections of a report, and how much of each fits on one screen.

use std::io::{self, Write};

/// Lines of one screen: what a person takes in at a time.
pub(super) const SCREEN: usize = 45;
/// Things of a section that are shown where there is room.
const SHOWN: usize = 5;

/// What was found of one kind: a heading, then its things one by one, the weightiest first.
pub(super) struct Section<'a> {
    pub(super) heading: String,
    /// How many there are, where not all of them are among `items`.
    pub(super) of: u64,
    /// The command that shows all.
    pub(super) all: Option<String>,
    /// Lines between the heading and the first thing.
    pub(super) legend: Vec<String>,
    pub(super) items: Vec<Item>,
    /// So many of them at most.
    pub(super) most: usize,
    /// What is said of those that are not shown, by how many are.
    pub(super) rest: Box<dyn Fn(usize) -> Option<String> + 'a>,
}

/// One thing, told at length and in short.
pub(super) struct Item {
    pub(super) whole: Vec<String>,
    pub(super) short: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Short,
}

impl Section<'_> {
    pub(super) fn new(heading: impl Into<String>, items: Vec<Item>) -> Self {
        Self {
            heading: heading.into(),
            of: items.len() as u64,
            all: None,
            legend: Vec::new(),
            items,
            most: SHOWN,
            rest: Box::new(|_| None),
        }
    }

    fn lines(&self, shown: usize, form: Form) -> Vec<String> {
        let all = self.all.as_ref().filter(|_| self.of > shown as u64);
        let heading = match all {
            Some(command) => format!("{} · all: {command}", self.heading),
            None => self.heading.clone(),
        };
        let items = self.items.iter().take(shown).flat_map(|item| match form {
            Form::Whole => &item.whole,
            Form::Short => &item.short,
        });
        let mut lines = vec![String::new(), heading];
        lines.extend(self.legend.iter().chain(items).map(|line| format!("  {line}")));
        lines.extend((self.rest)(shown).map(|line| format!("  {line}")));
        lines
    }
}

/// Prints the sections below `above` lines: at length where all that is to be shown fits on the screen, else in short,
/// each with one thing, then with one more in turn for as long as there is room.
pub(super) fn write(sections: &[Section<'_>], above: usize, out: &mut dyn Write) -> io::Result<()> {
    let most: Vec<usize> = sections.iter().map(|it| it.items.len().min(it.most)).collect();
    let (shown, form) = if above + height(sections, &most, Form::Whole) <= SCREEN {
        (most, Form::Whole)
    } else {
        (shared_out(sections, &most, above), Form::Short)
    };
    for (section, shown) in sections.iter().zip(shown) {
        for line in section.lines(shown, form) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn shared_out(sections: &[Section<'_>], most: &[usize], above: usize) -> Vec<usize> {
    let mut shown: Vec<usize> = most.iter().map(|most| 1.min(*most)).collect();
    for _ in 0..most.iter().copied().max().unwrap_or(0) {
        for (n, most) in most.iter().enumerate() {
            let mut more = shown.clone();
            if let Some(it) = more.get_mut(n).filter(|it| **it < *most) {
                *it += 1;
                if above + height(sections, &more, Form::Short) <= SCREEN {
                    shown = more;
                }
            }
        }
    }
    shown
}

fn height(sections: &[Section<'_>], shown: &[usize], form: Form) -> usize {
    let lines = sections
        .iter()
        .zip(shown)
        .map(|(it, shown)| it.lines(*shown, form).len());
    lines.sum()
}
