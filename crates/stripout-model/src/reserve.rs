//! Why a person should look before anything is said from a passage, whatever its words.

/// A layer of a document that is not what its readers see, or not surely what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reserve {
    /// Letters were read from a picture by a program.
    Ocr,
    /// Text, a sheet, a row or a column that the document does not show.
    Hidden,
    /// A tracked change took it out.
    Deleted,
    /// Quoted from an earlier message: the words of somebody else.
    Quoted,
    /// A remark beside the text, of whoever read it.
    Comment,
}

impl Reserve {
    /// As a clause of the sentence that says why.
    pub fn clause(self) -> &'static str {
        match self {
            Self::Ocr => "read from a picture by OCR",
            Self::Hidden => "in a part that the document does not show",
            Self::Deleted => "in words that a tracked change deleted",
            Self::Quoted => "in a message that this one quotes",
            Self::Comment => "in a comment beside the text, perhaps somebody else's",
        }
    }
}
