//! Writes the text of a document as a layer has it: paragraphs parted by blank lines, pages by form feeds, rows of tables
//! as lines of cells between bars.

/// Text that is being taken out of a document.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    text: String,
    /// The paragraph that is open, outside of tables.
    paragraph: String,
    /// The tables that are open, from the outermost.
    tables: Vec<Table>,
    /// A page ended after what is in `text`.
    page: bool,
    /// A page ended inside the paragraph or row that is open: it belongs to the page where it begins.
    page_after: bool,
    /// What stands last in `text` is a row of a table.
    after_row: bool,
}

#[derive(Debug, Default)]
struct Table {
    row: Vec<String>,
    cell: Option<String>,
}

impl Prose {
    /// Adds text to the paragraph that is open.
    pub(crate) fn push(&mut self, text: &str) {
        let open = self.open();
        if text.bytes().all(|b| b >= b' ' && b != 0x7f) {
            open.push_str(text);
        } else {
            open.extend(text.chars().map(|c| match c {
                '\n' | '\t' => c,
                c if c.is_control() => ' ',
                c => c,
            }));
        }
    }

    /// Whether nothing stands in the open paragraph.
    pub(crate) fn is_at_start(&self) -> bool {
        match self.tables.last() {
            Some(table) => table
                .cell
                .as_deref()
                .is_none_or(|cell| cell.trim_end().is_empty()),
            None => self.paragraph.trim_end().is_empty(),
        }
    }

    /// Ends the paragraph; in a cell only a space tells it from the next one.
    pub(crate) fn end_paragraph(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            if let Some(cell) = &mut table.cell
                && !cell.is_empty()
            {
                cell.push(' ');
            }
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        let kept = paragraph.trim_end().trim_start_matches(['\n', '\r']);
        if !kept.is_empty() {
            self.part(false);
            self.text.push_str(kept);
        }
        self.page |= std::mem::take(&mut self.page_after);
        // The next one takes its place.
        self.paragraph = paragraph;
        self.paragraph.clear();
    }

    /// A new page begins with what comes next.
    pub(crate) fn end_page(&mut self) {
        if self.is_at_start() && self.tables.is_empty() {
            self.page = true;
        } else {
            self.page_after = true;
        }
    }

    pub(crate) fn open_table(&mut self) {
        if self.tables.is_empty() {
            self.end_paragraph();
        }
        self.tables.push(Table::default());
    }

    pub(crate) fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cell = Some(String::new());
        }
    }

    pub(crate) fn close_cell(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && let Some(cell) = table.cell.take()
        {
            table.row.push(cell);
        }
    }

    /// Closes the cell that is open, or an empty one.
    pub(crate) fn end_cell(&mut self) {
        self.open();
        self.close_cell();
    }

    /// Whether a table is open, but no row of it.
    pub(crate) fn is_between_rows(&self) -> bool {
        let open = |table: &Table| {
            table.row.is_empty() && table.cell.as_deref().is_none_or(|cell| cell.trim().is_empty())
        };
        self.tables.last().is_some_and(open)
    }

    pub(crate) fn close_row(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let cells: Vec<String> = table
            .row
            .drain(..)
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if cells.iter().all(String::is_empty) {
            return;
        }
        if self.tables.len() > 1 {
            // A table inside a cell is part of what the cell says.
            let inner = cells.join(" ");
            let outer = self.tables.len() - 2;
            if let Some(cell) = self.tables.get_mut(outer).and_then(|table| table.cell.as_mut()) {
                cell.push_str(&inner);
                cell.push(' ');
            }
            return;
        }
        self.part(true);
        for cell in &cells {
            self.text.push_str("| ");
            self.text.push_str(cell);
            self.text.push(' ');
        }
        self.text.push('|');
        self.after_row = true;
        self.page |= std::mem::take(&mut self.page_after);
    }

    pub(crate) fn close_table(&mut self) {
        self.close_row();
        self.tables.pop();
        if self.tables.is_empty() {
            self.after_row = false;
        }
    }

    /// Tables that are open.
    pub(crate) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// All the text; `None` when there is none.
    pub(crate) fn finish(mut self) -> Option<String> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_paragraph();
        if self.text.is_empty() {
            return None;
        }
        self.text.push('\n');
        Some(self.text)
    }

    fn open(&mut self) -> &mut String {
        match self.tables.last_mut() {
            Some(table) => table.cell.get_or_insert_default(),
            None => &mut self.paragraph,
        }
    }

    /// Puts between what stands and what comes what belongs there.
    fn part(&mut self, row: bool) {
        let page = std::mem::take(&mut self.page);
        if self.text.is_empty() {
            return;
        }
        let rows = row && self.after_row && !page;
        self.text.push_str(if rows { "\n" } else { "\n\n" });
        if page {
            self.text.push('\u{c}');
        }
        self.after_row = false;
    }
}

#[cfg(test)]
mod tests {
    use super::Prose;

    #[test]
    fn paragraphs_rows_and_pages() {
        let mut prose = Prose::default();
        prose.push("One\u{0}two  ");
        prose.end_paragraph();
        prose.end_paragraph();
        prose.end_page();
        prose.open_table();
        for row in [["a", "b\nc"], ["", ""], ["d", ""]] {
            for cell in row {
                prose.open_cell();
                prose.push(cell);
                prose.end_paragraph();
                prose.close_cell();
            }
            prose.close_row();
        }
        prose.close_table();
        prose.push("end");
        let text = prose.finish().expect("there is text");
        assert_eq!(text, "One two\n\n\u{c}| a | b c |\n| d |  |\n\nend\n");
    }

    #[test]
    fn a_table_in_a_cell_is_what_the_cell_says() {
        let mut prose = Prose::default();
        prose.open_table();
        prose.open_cell();
        prose.push("outer");
        prose.end_paragraph();
        prose.open_table();
        prose.open_cell();
        prose.push("inner");
        prose.close_row();
        prose.close_table();
        prose.close_row();
        prose.close_table();
        assert_eq!(prose.finish().as_deref(), Some("| outer inner |\n"));
        assert_eq!(Prose::default().finish(), None);
    }
}
