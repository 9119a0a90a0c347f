//! What elements mean for the text in them.

/// What an element does to the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Part of the line: `span`, `a`, `b`.
    Inline,
    /// A paragraph of its own.
    Block,
    /// A line of its own: `li` has a mark before it, `dt`, `option` have none.
    Item,
    Line,
    List,
    Heading,
    /// Line breaks and spaces count.
    Preformatted,
    Quote,
    /// `<br>`.
    Break,
    Table,
    Row,
    Cell,
    /// No text that anybody reads: scripts and the like.
    Dropped,
    /// No browser shows it.
    Gone,
    /// The title of a page stands outside of it.
    Title,
}

impl Kind {
    /// By the local name in small letters, of HTML and of what may stand in it alike.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "script" | "style" | "template" | "noscript" | "iframe" | "noembed" | "noframes" | "rp"
            | "metadata" | "annotation" | "annotation-xml" => Self::Dropped,
            "audio" | "video" | "canvas" | "datalist" => Self::Gone,
            "title" => Self::Title,
            "br" => Self::Break,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "li" => Self::Item,
            "ul" | "ol" | "menu" | "dir" | "dl" => Self::List,
            "dt" | "dd" | "option" | "optgroup" | "legend" | "summary" | "label" | "text" => Self::Line,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "pre" | "textarea" | "xmp" | "listing" | "plaintext" => Self::Preformatted,
            "blockquote" => Self::Quote,
            "address" | "article" | "aside" | "body" | "caption" | "center" | "details" | "dialog"
            | "div" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup"
            | "hr" | "html" | "main" | "nav" | "p" | "search" | "section" | "select" | "svg" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether the tokenizer must hear of it, so that it reads what follows by other rules.
    pub(super) fn changes_reading(name: &str) -> bool {
        matches!(
            name,
            "script"
                | "style"
                | "template"
                | "noscript"
                | "iframe"
                | "noembed"
                | "noframes"
                | "title"
                | "textarea"
                | "xmp"
                | "plaintext"
                | "svg"
                | "math"
        )
    }
}
