//! One page about a body or an instrument: what the page to print shows, and the file that is handed out.

mod body;
mod policy;
mod report;

use std::collections::BTreeSet;

use stripout_print::{Block, PrintError, Printed, Sheet, Words, pdf};

pub(crate) use body::OfBody;
pub(crate) use policy::OfPolicy;
pub use report::{Report, report};

use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Characters of another's words on a sheet; the page of the evidence has all of them.
const QUOTED: usize = 260;
const LANGUAGE: &str = "en-GB";

/// What can be put on one page of A4.
pub(crate) trait Brief {
    /// Points that may be left out, the last first, where they do not fit.
    fn points(&self) -> usize;

    /// With so many of its points.
    fn sheet(&self, points: usize, view: &View) -> Sheet;
}

/// Those of its points that fit, in letters that can be read.
pub(crate) fn printed(brief: &impl Brief, view: &View) -> Result<Printed, PrintError> {
    let mut points = brief.points();
    loop {
        match pdf(&brief.sheet(points, view)) {
            Err(PrintError::Overfull) if points > 0 => points -= 1,
            done => return done,
        }
    }
}

/// On a thread of its own: it keeps a core busy.
pub(crate) async fn print(
    brief: impl Brief + Send + 'static,
    view: std::sync::Arc<View>,
) -> Result<Printed, Trouble> {
    let made = tokio::task::spawn_blocking(move || printed(&brief, &view)).await;
    let made = made.map_err(|error| Trouble::Failed(error.to_string()))?;
    made.map_err(|error| Trouble::Failed(error.to_string()))
}

fn sheet(title: String, blocks: Vec<Block>, sources: Vec<String>, foot: String, view: &View) -> Sheet {
    let day = view.today;
    let part = |part: i8| u8::try_from(part).unwrap_or(1);
    Sheet {
        title,
        language: LANGUAGE.into(),
        day: (
            u16::try_from(day.year()).unwrap_or_default(),
            part(day.month()),
            part(day.day()),
        ),
        blocks,
        sources,
        foot,
    }
}

/// What stands at the end of each: how it is to be read, and where it is from.
fn foot(first: &str, page: &str, view: &View) -> String {
    let whose = if view.is_private() {
        " Private: it holds what no reviewer has accepted yet, and is not for publication."
    } else {
        ""
    };
    format!(
        "{first} Having such equipment is lawful unless a rule that is named says otherwise.{whose} Stripout register, state of \
         {}, revision {}: {}. Register: CC BY 4.0.",
        words::day(view.today),
        view.revision,
        view.url(page)
    )
}

/// The beginning of longer words.
fn cut(text: &str) -> String {
    if text.chars().count() <= QUOTED {
        return text.to_owned();
    }
    let kept: String = text.chars().take(QUOTED).collect();
    // A word that was cut is no word; one that is longer than all of it is cut all the same.
    let whole = kept
        .rsplit_once(char::is_whitespace)
        .map_or(kept.as_str(), |(whole, _)| whole);
    format!("{} \u{2026}", whole.trim_end_matches([',', ';', ':', ' ']))
}

fn noted(text: String, note: Option<usize>) -> Words {
    Words {
        text,
        notes: note.into_iter().collect(),
    }
}

/// As a sentence names them: `U+0627, U+0628`
pub fn named(missing: &BTreeSet<char>) -> String {
    let named: Vec<String> = missing
        .iter()
        .map(|it| format!("U+{:04X}", u32::from(*it)))
        .collect();
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_end_with_a_whole_one() {
        let text = "clause, ".repeat(60);
        let cut = cut(&text);
        assert!(
            cut.ends_with("clause \u{2026}") && cut.chars().count() <= QUOTED + 2,
            "{cut}"
        );
        assert_eq!(super::cut("short"), "short");
        let one = "x".repeat(QUOTED + 5);
        assert_eq!(super::cut(&one).chars().count(), QUOTED + 2);
    }
}
