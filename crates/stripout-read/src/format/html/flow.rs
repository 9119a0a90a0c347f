//! Text as it flows: white space closed up, paragraphs parted by blank lines, tables as rows.

/// Cells that `colspan` and `rowspan` may add to one row: more than that is no table but an attack.
const FILLERS: usize = 24;
/// Paragraphs in one cell are still a cell up to so many bytes; beyond that the table only lays out the page.
const CELL: usize = 4 << 10;

/// What parts the next text from what stands.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Debug, Default)]
pub(super) struct Flow {
    page: Run,
    /// Open tables, from the outermost.
    tables: Vec<Table>,
}

/// Text that grows at its end.
#[derive(Debug, Default)]
struct Run {
    text: String,
    gap: Gap,
    /// What stands before the next text: `# ` or `- `.
    mark: &'static str,
    /// Holds what is no plain paragraph: rows of a table inside.
    rows: bool,
    paragraphs: bool,
}

#[derive(Debug, Default)]
struct Table {
    /// Number of the element, to find it when it ends.
    element: u64,
    quoted: usize,
    cell: Option<Cell>,
    row: Vec<Cell>,
    /// For each column, rows that a cell above still covers.
    covered: Vec<u32>,
}

#[derive(Debug, Default)]
struct Cell {
    run: Run,
    columns: usize,
    rows: u32,
}

impl Flow {
    /// No text has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.page.text.is_empty() && self.tables.is_empty()
    }

    pub(super) fn gap(&mut self, gap: Gap) {
        let run = self.run();
        run.gap = run.gap.max(gap);
    }

    /// The next text begins with this mark.
    pub(super) fn mark(&mut self, mark: &'static str) {
        self.run().mark = mark;
    }

    /// Text as it stands in the source; white space is closed up unless it is `kept`.
    pub(super) fn text(&mut self, text: &str, kept: bool, quoted: usize) {
        let quoted = quoted - quoted.min(self.quoted());
        let run = self.run();
        for c in text.chars() {
            match c {
                '\n' if kept => run.line(),
                ' ' | '\t' if kept => run.put(' ', quoted),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => run.gap = run.gap.max(Gap::Space),
                '\u{a0}' => run.put(' ', quoted),
                c if c.is_control() => {}
                c => run.put(c, quoted),
            }
        }
    }

    /// A line break that the page asks for.
    pub(super) fn line(&mut self) {
        self.run().line();
    }

    pub(super) fn open_table(&mut self, element: u64, quoted: usize) {
        self.gap(Gap::Paragraph);
        self.tables.push(Table {
            element,
            quoted,
            ..Table::default()
        });
    }

    pub(super) fn open_cell(&mut self, columns: usize, rows: u32) {
        if let Some(table) = self.tables.last_mut() {
            table.close_cell();
            table.cell = Some(Cell {
                run: Run::default(),
                columns,
                rows,
            });
        }
    }

    pub(super) fn close_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.close_cell();
        }
    }

    pub(super) fn close_row(&mut self) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        table.close_cell();
        let Some(row) = table.take_row() else { return };
        let quoted = table.quoted;
        let outer = self.outer();
        let quoted = quoted - quoted.min(outer.1);
        let run = outer.0;
        match row {
            Row::Line(line) => {
                run.gap = run.gap.max(Gap::Line);
                run.paste(&line, quoted);
                run.rows = true;
                run.gap = Gap::Line;
            }
            Row::Blocks(blocks) => {
                for block in blocks {
                    run.gap = Gap::Paragraph;
                    run.paste(&block, quoted);
                    run.rows = true;
                }
                run.gap = Gap::Paragraph;
            }
        }
    }

    pub(super) fn close_table(&mut self, element: u64) {
        // Tables inside it that were not closed end with it.
        while self.tables.iter().any(|table| table.element == element) {
            self.close_row();
            self.tables.pop();
            self.gap(Gap::Paragraph);
        }
    }

    pub(super) fn finish(mut self) -> String {
        while let Some(element) = self.tables.last().map(|table| table.element) {
            self.close_table(element);
        }
        let mut text = self.page.text;
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// Where text goes: the innermost open cell, or the page.
    fn run(&mut self) -> &mut Run {
        match self.tables.iter_mut().rev().find_map(|table| table.cell.as_mut()) {
            Some(cell) => &mut cell.run,
            None => &mut self.page,
        }
    }

    /// How deep in quotes the innermost open cell stands: what is in it is told from there.
    fn quoted(&self) -> usize {
        let table = self.tables.iter().rev().find(|table| table.cell.is_some());
        table.map_or(0, |table| table.quoted)
    }

    /// Where rows of the innermost table go, and how deep in quotes that is.
    fn outer(&mut self) -> (&mut Run, usize) {
        let inner = self.tables.len().saturating_sub(1);
        let outer = self.tables.iter_mut().take(inner).rev();
        match outer
            .filter(|table| table.cell.is_some())
            .find_map(|table| Some((table.quoted, table.cell.as_mut()?)))
        {
            Some((quoted, cell)) => (&mut cell.run, quoted),
            None => (&mut self.page, 0),
        }
    }
}

enum Row {
    /// Cells between bars.
    Line(String),
    /// A table that only lays out the page: what its cells hold, one after another.
    Blocks(Vec<String>),
}

impl Table {
    fn close_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            self.row.push(cell);
        }
    }

    /// `None` when nothing is in the row.
    fn take_row(&mut self) -> Option<Row> {
        let cells = std::mem::take(&mut self.row);
        if cells.is_empty() {
            return None;
        }
        let layout = (cells.len() == 1
            && self.covered.iter().all(|rows| *rows == 0)
            && cells.iter().all(|cell| cell.columns == 1))
            || cells
                .iter()
                .any(|cell| cell.run.rows || (cell.run.paragraphs && cell.run.text.len() > CELL));
        if layout {
            let blocks: Vec<String> = cells
                .into_iter()
                .map(|cell| cell.run.text)
                .filter(|text| !text.trim().is_empty())
                .collect();
            return (!blocks.is_empty()).then_some(Row::Blocks(blocks));
        }
        let mut line = String::new();
        let mut fillers = 0;
        let mut covered = Vec::new();
        let mut above = std::mem::take(&mut self.covered).into_iter();
        let mut put = |text: &str| {
            line.push_str("| ");
            for (i, word) in text.split_whitespace().enumerate() {
                if i > 0 {
                    line.push(' ');
                }
                // A bar would look like the end of the cell.
                line.extend(word.chars().map(|c| if c == '|' { '\u{a6}' } else { c }));
            }
            line.push(' ');
        };
        let mut anything = false;
        for cell in cells {
            for rows in above.by_ref() {
                covered.push(rows.saturating_sub(1));
                if rows == 0 {
                    covered.pop();
                    break;
                }
                put("");
            }
            anything |= !cell.run.text.trim().is_empty();
            put(&cell.run.text);
            let more = cell.columns.saturating_sub(1).min(FILLERS - fillers);
            fillers += more;
            for _ in 0..more {
                put("");
                above.next();
            }
            let rows = if covered.len() < FILLERS {
                cell.rows.saturating_sub(1)
            } else {
                0
            };
            covered.extend(std::iter::repeat_n(rows, more + 1));
        }
        for rows in above {
            if rows > 0 && covered.len() < FILLERS {
                put("");
            }
            covered.push(rows.saturating_sub(1));
        }
        while covered.last() == Some(&0) {
            covered.pop();
        }
        covered.truncate(FILLERS);
        self.covered = covered;
        line.push('|');
        anything.then_some(Row::Line(line))
    }
}

impl Run {
    fn put(&mut self, c: char, quoted: usize) {
        self.part(quoted);
        self.text.push(c);
    }

    /// Puts text that has its lines already.
    fn paste(&mut self, block: &str, quoted: usize) {
        self.mark = "";
        for (i, line) in block.trim_end().split('\n').enumerate() {
            if i > 0 {
                self.text.push('\n');
                if !line.is_empty() {
                    self.quote(quoted);
                }
            } else {
                self.part(quoted);
            }
            self.text.push_str(line);
        }
    }

    fn line(&mut self) {
        if !self.text.is_empty() {
            // A second line break in a row is a blank line.
            self.gap = if self.gap >= Gap::Line {
                Gap::Paragraph
            } else {
                Gap::Line
            };
        }
    }

    /// Puts what parts the next text from what stands.
    fn part(&mut self, quoted: usize) {
        let gap = std::mem::take(&mut self.gap);
        let first = self.text.is_empty();
        match gap {
            _ if first => {}
            Gap::None => {}
            Gap::Space if self.text.ends_with([' ', '\n']) => {}
            Gap::Space => self.text.push(' '),
            Gap::Line | Gap::Paragraph => {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push_str(if gap == Gap::Line { "\n" } else { "\n\n" });
                self.paragraphs |= gap == Gap::Paragraph;
            }
        }
        if first || gap >= Gap::Line {
            self.quote(quoted);
        }
        self.text.push_str(std::mem::take(&mut self.mark));
    }

    fn quote(&mut self, quoted: usize) {
        for _ in 0..quoted {
            self.text.push_str("> ");
        }
    }
}
