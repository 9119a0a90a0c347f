//! Broken lines: where a line that looks like an item goes on with the sentence of the line before.

/// Bytes of the longest line that somebody may have broken: longer ones are paragraphs in one line.
const BROKEN: usize = 120;
/// Shorter lines end where the author ended them.
const FULL: usize = 55;

/// How wide a text was broken: `The number is` over `8. We maintain` is one sentence where the first line had no room for `8.`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wrap {
    /// Bytes of the longest line that was broken.
    widest: usize,
}

impl Wrap {
    /// Of all lines of a text.
    #[must_use]
    pub fn of(text: &[u8]) -> Self {
        let lines = text.split(|b| matches!(b, b'\n' | b'\r' | b'\x0c'));
        let widths = lines.map(|line| line.trim_ascii().len());
        let widest = widths.filter(|width| *width <= BROKEN).max();
        Self {
            widest: widest.unwrap_or_default(),
        }
    }

    /// Whether a line is so long that it may be broken for want of room; the author ends a shorter one.
    #[must_use]
    pub fn fills(line: &str) -> bool {
        line.trim().len() >= FULL
    }

    /// Whether `line` goes on with the line `before` it: that one ends no sentence and had no room for the first word.
    #[must_use]
    pub fn goes_on(self, before: &[u8], line: &[u8]) -> bool {
        let word = line.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        before.last().is_some_and(u8::is_ascii_alphanumeric)
            && before.len() >= FULL
            && before.len() + 1 + word > self.widest
    }

    /// The same of a line that begins with the label of an item. Of lines that begin alike each is an item.
    #[must_use]
    pub fn joins(self, before: &[u8], line: &[u8]) -> bool {
        let label = Label::of(line);
        label.is_some() && label != Label::of(before) && self.goes_on(before, line)
    }
}

/// What the item of a list begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// `4.` or `4)`
    Number,
    /// `b)` or `b.`
    Letter,
    /// `(b)`
    Bracket,
}

impl Label {
    fn of(line: &[u8]) -> Option<Self> {
        let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
        match (digits, line) {
            (1.., _) => matches!(line.get(digits), Some(b'.' | b')')).then_some(Self::Number),
            (_, [b'(', ..]) => Some(Self::Bracket),
            (_, [b'a'..=b'z' | b'A'..=b'Z', b'.' | b')', ..]) => Some(Self::Letter),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joins(before: &str, line: &str) -> bool {
        let text = format!("{before}\n{line}");
        Wrap::of(text.as_bytes()).joins(before.as_bytes(), line.as_bytes())
    }

    #[test]
    fn a_full_line_goes_on() {
        assert!(joins(
            "The reviewing officer counted the cameras again and the number is",
            "8. We maintain"
        ));
        assert!(joins(
            "This part of the request is exempt by virtue of section 31(1)(a) and",
            "(b) of the Act."
        ));
        assert!(joins(
            "The Harbour Board decided on 4 March that both makes will go by 30 June",
            "2027."
        ));
    }

    #[test]
    fn an_item_stands_alone() {
        // There was room for it.
        assert!(!Wrap { widest: 80 }.joins(
            b"How many cameras does the council operate at all of its sites",
            b"2. Who made them"
        ));
        assert!(!joins("How many cameras?", "2. Who made them?"));
        // The sentence has ended.
        assert!(!joins(
            "The reviewing officer counted all of the cameras at the depot again.",
            "8. We maintain"
        ));
        // Both are items.
        assert!(!joins(
            "1. The number of cameras at all sites of the council in this year",
            "2. The maker of each of them"
        ));
        assert!(!joins(
            "(a) the number of cameras at all sites of the council this year and",
            "(b) the maker of each of them"
        ));
        // No label.
        assert!(!joins(
            "The reviewing officer counted the cameras again and the number is",
            "eight"
        ));
    }
}
