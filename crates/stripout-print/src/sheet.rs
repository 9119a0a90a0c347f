//! A sheet: what stands on it, in reading order.

/// One page of A4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// What all words are in: `en-GB`.
    pub language: String,
    /// Year, month and day of what it tells.
    pub day: (u16, u8, u8),
    pub blocks: Vec<Block>,
    /// Its footnotes: the first has the number 1.
    pub sources: Vec<String>,
    /// At the end, under the sources.
    pub foot: String,
}

/// Words, and the numbers of the footnotes behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub notes: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// What it is about. Once, before all headings.
    Title(String),
    Heading(String),
    /// What is said, in larger letters.
    Statement(Words),
    /// What stands beside it, in smaller ones.
    Aside(String),
    /// Another's words.
    Quote(Words),
    Points(Vec<Words>),
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self {
            text,
            notes: Vec::new(),
        }
    }
}
