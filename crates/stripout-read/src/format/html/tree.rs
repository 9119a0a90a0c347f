//! The tree that browsers would build, of which nothing is kept: text goes where it stands the moment it is met.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{StartTag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, Tracer, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, QualName, TokenizerResult, local_name, ns};
use stripout_model::{Code, Problem, Severity};

use super::element::Kind;
use super::flow::{Flow, Gap};
use super::selector;
use super::sheet::Sheet;
use super::style::{Look, Own};
use super::{Place, Texts};

/// Elements inside one another; deeper ones are read as if they stood beside each other, as browsers do.
const DEPTH: usize = 256;
/// Attributes that one tag may have, roughly: each is compared with all before it.
const ATTRIBUTES: usize = 50_000;
/// Elements for one byte of the page, on average: tags that nest wrongly are opened again and again.
const ELEMENTS: u64 = 16;

/// A page that is being read.
pub(super) struct Reading {
    tokenizer: Tokenizer<Shallow>,
    input: BufferQueue,
    bytes: u64,
    tokens: u64,
    /// What may part attributes, since the last token.
    parting: usize,
    pictures: Pictures,
    problem: Option<Problem>,
}

impl Reading {
    /// `sheet` is empty, or holds every rule of the page, which is then read for the second time.
    pub(super) fn new(place: Place, sheet: Sheet) -> Self {
        let page = Page {
            place,
            root: Element::root(),
            shown: RefCell::default(),
            hidden: RefCell::default(),
            elements: Cell::new(0),
            again: !sheet.is_empty(),
            sheet: RefCell::new(sheet),
            style: RefCell::default(),
            late: Cell::new(false),
            open: RefCell::default(),
        };
        let builder = TreeBuilder::new(page, TreeBuilderOpts::default());
        let shallow = Shallow {
            builder,
            tokens: Cell::new(0),
            cut: Cell::new(false),
        };
        Self {
            tokenizer: Tokenizer::new(shallow, TokenizerOpts::default()),
            input: BufferQueue::default(),
            bytes: 0,
            tokens: 0,
            parting: 0,
            pictures: Pictures::default(),
            problem: None,
        }
    }

    /// Breaks when it makes no sense to go on.
    pub(super) fn feed(&mut self, chunk: &str) -> ControlFlow<()> {
        let chunk = self.pictures.without(chunk);
        self.bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.input.push_back(StrTendril::from_slice(&chunk));
        self.run();
        let shallow = &self.tokenizer.sink;
        if shallow.tokens.get() == self.tokens {
            self.parting += chunk
                .bytes()
                .filter(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r' | 0xc | b'/' | b'"' | b'\''))
                .count();
        } else {
            self.parting = 0;
            self.tokens = shallow.tokens.get();
        }
        if self.parting > ATTRIBUTES {
            return self.stop(
                Code::InputTooLarge,
                "a tag of the page has too many attributes",
                format!("it has more than about {ATTRIBUTES}"),
            );
        }
        let elements = shallow.builder.sink.elements.get();
        if elements > ELEMENTS.saturating_mul(self.bytes).saturating_add(100_000) {
            return self.stop(
                Code::InputRatio,
                "the page grows out of proportion",
                format!("{} bytes gave {elements} elements", self.bytes),
            );
        }
        ControlFlow::Continue(())
    }

    /// What the page says; or its style sheet, when that spoke of text that came before it.
    pub(super) fn finish(mut self) -> Result<Texts, Sheet> {
        self.run();
        self.tokenizer.end();
        let shallow = self.tokenizer.sink;
        shallow.builder.sink.end_of_style();
        if shallow.builder.sink.late.get() {
            return Err(shallow.builder.sink.sheet.take());
        }
        if shallow.cut.get() {
            let what = "elements of the page stand too deep in one another";
            self.problem.get_or_insert(Problem {
                severity: Severity::Warning,
                ..problem(
                    Code::InputDepth,
                    what,
                    format!("those deeper than {DEPTH} were read as if they stood beside each other"),
                    "compare the page in a browser if it matters what is a table or hidden there",
                )
            });
        }
        let page = shallow.builder.sink;
        page.arrive(&page.root);
        let unstyled = page.sheet.borrow().is_cut().then(|| Problem {
            severity: Severity::Warning,
            ..problem(
                Code::InputTooLarge,
                "the style sheets of the page were not read to their end",
                "they are longer, or ask more of the page, than a sheet does".into(),
                "compare the page in a browser if it matters what is hidden there",
            )
        });
        Ok(Texts {
            shown: page.shown.into_inner().finish(),
            hidden: page.hidden.into_inner().finish(),
            problems: self.problem.into_iter().chain(unstyled).collect(),
        })
    }

    /// Scripts and statements about the encoding stop the tokenizer; neither is of interest.
    fn run(&self) {
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
    }

    fn stop(&mut self, code: Code, what: &str, because: String) -> ControlFlow<()> {
        let hint = "look at the page in a browser and save what matters as text";
        self.problem = Some(problem(code, what, because, hint));
        ControlFlow::Break(())
    }
}

fn problem(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        code,
        severity: Severity::Input,
        place: String::new(),
        what: what.into(),
        because,
        hint: hint.into(),
    }
}

/// Passes over pictures that stand inside the page as letters: they may be long, and there is nothing in them to read.
#[derive(Debug, Default)]
struct Pictures {
    inside: bool,
}

impl Pictures {
    fn without<'c>(&mut self, chunk: &'c str) -> Cow<'c, str> {
        const BEGIN: &str = ";base64,";
        if !self.inside && !chunk.contains(BEGIN) {
            return Cow::Borrowed(chunk);
        }
        let mut kept = String::with_capacity(chunk.len());
        let mut rest = chunk;
        loop {
            if self.inside {
                rest = rest
                    .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
                self.inside = rest.is_empty();
            }
            let Some(at) = rest.find(BEGIN).map(|at| at + BEGIN.len()) else {
                kept.push_str(rest);
                return Cow::Owned(kept);
            };
            let (before, after) = rest.split_at(at);
            kept.push_str(before);
            rest = after;
            self.inside = true;
        }
    }
}

/// Keeps the tree flat: looking for an open element goes through all of them.
struct Shallow {
    builder: TreeBuilder<Handle, Page>,
    tokens: Cell<u64>,
    cut: Cell<bool>,
}

impl Shallow {
    fn is_deep(&self) -> bool {
        // What the page last saw may have ended since, which is asked only when it matters.
        self.builder.sink.open.borrow().len() >= DEPTH && {
            let open = Held(Cell::new(0));
            self.builder.trace_handles(&open);
            open.0.get() >= DEPTH
        }
    }
}

/// Counts the elements that the builder holds.
struct Held(Cell<usize>);

impl Tracer for Held {
    type Handle = Handle;

    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for Shallow {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        if let Token::TagToken(tag) = &token
            && tag.kind == StartTag
            && self.is_deep()
            && !Kind::changes_reading(&tag.name)
        {
            self.cut.set(true);
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

type Handle = Rc<Element>;

#[derive(Debug)]
struct Element {
    name: QualName,
    kind: Kind,
    own: Own,
    /// What style sheets may ask for.
    id: Option<StrTendril>,
    class: Option<StrTendril>,
    /// What it was met in.
    parent: RefCell<Option<Handle>>,
    /// Of a cell: columns and rows that it covers.
    span: (usize, u32),
    /// 0 for what is no element.
    number: u64,
    inherited: Cell<Inherited>,
    placed: Cell<bool>,
}

/// What an element has from those around it, and what those inside it have from it.
#[derive(Debug, Clone, Copy, Default)]
struct Inherited {
    look: Look,
    quoted: usize,
    /// White space counts.
    kept: bool,
    /// Inside an item of a list.
    item: bool,
    dropped: bool,
}

impl Element {
    fn root() -> Handle {
        Rc::new(Self {
            name: QualName::new(None, ns!(html), local_name!("")),
            kind: Kind::Block,
            own: Own::default(),
            id: None,
            class: None,
            parent: RefCell::default(),
            span: (1, 1),
            number: 0,
            inherited: Cell::default(),
            placed: Cell::new(true),
        })
    }
}

impl selector::Element for Handle {
    fn name(&self) -> &str {
        &self.name.local
    }

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn classes(&self) -> impl Iterator<Item = &str> {
        self.class.as_deref().unwrap_or_default().split_whitespace()
    }

    fn parent<T>(&self, ask: impl FnOnce(&Self) -> T) -> Option<T> {
        self.parent.borrow().as_ref().filter(|it| it.number > 0).map(ask)
    }
}

/// Takes the tree and makes text of it.
struct Page {
    place: Place,
    root: Handle,
    shown: RefCell<Flow>,
    hidden: RefCell<Flow>,
    elements: Cell<u64>,
    sheet: RefCell<Sheet>,
    /// What stands in the style element that was met last, as long as it may go on.
    style: RefCell<String>,
    /// Whether a style sheet comes after text that it may speak of.
    late: Cell<bool>,
    /// It is read again with the whole sheet.
    again: bool,
    /// Elements that were met and are not known to have ended, from the outermost.
    open: RefCell<Vec<Handle>>,
}

impl Page {
    fn place(&self, parent: &Handle, child: &Handle) {
        self.end_of_style();
        *child.parent.borrow_mut() = Some(Rc::clone(parent));
        let from = parent.inherited.get();
        let sheet = if child.number > 0 {
            self.sheet.borrow().of(child)
        } else {
            Default::default()
        };
        let quote = child.kind == Kind::Quote && self.place == Place::Mail;
        let title = child.kind == Kind::Title;
        child.inherited.set(Inherited {
            look: from.look.inside(child.own, sheet),
            quoted: from.quoted + usize::from(quote),
            item: from.item || child.kind == Kind::Item,
            kept: from.kept || child.kind == Kind::Preformatted,
            dropped: from.dropped
                || child.kind == Kind::Dropped
                || title && (self.place == Place::Mail || child.name.ns != ns!(html)),
        });
        // Elements that nest wrongly are moved after they were met.
        if child.number > 0 && !child.placed.replace(true) {
            self.each_flow(|flow| open(flow, child));
            self.open.borrow_mut().push(Rc::clone(child));
        }
    }

    /// What comes next stands in `parent`, so what is open in it has ended. The builder itself does not tell of every end.
    fn arrive(&self, parent: &Handle) {
        let mut open = self.open.borrow_mut();
        let kept = if Rc::ptr_eq(parent, &self.root) {
            0
        } else {
            match open.iter().rposition(|element| Rc::ptr_eq(element, parent)) {
                Some(at) => at + 1,
                None => return,
            }
        };
        while open.len() > kept {
            if let Some(ended) = open.pop() {
                self.each_flow(|flow| close(flow, &ended));
            }
        }
    }

    /// A style element holds nothing but text: the next element comes after it.
    fn end_of_style(&self) {
        let style = std::mem::take(&mut *self.style.borrow_mut());
        if !style.is_empty() && !self.again {
            let mut sheet = self.sheet.borrow_mut();
            let before = sheet.count();
            sheet.add(&style);
            if sheet.count() > before && !(self.shown.borrow().is_empty() && self.hidden.borrow().is_empty())
            {
                self.late.set(true);
            }
        }
    }

    fn text(&self, parent: &Element, text: &str) {
        let state = parent.inherited.get();
        if *parent.name.local == *"style" && parent.name.ns == ns!(html) {
            self.style.borrow_mut().push_str(text);
            return;
        }
        if state.dropped {
            return;
        }
        let flow = if state.look.is_hidden() {
            &self.hidden
        } else {
            &self.shown
        };
        flow.borrow_mut().text(text, state.kept, state.quoted);
    }

    fn each_flow(&self, each: impl Fn(&mut Flow)) {
        each(&mut self.shown.borrow_mut());
        each(&mut self.hidden.borrow_mut());
    }

    fn node_or_text(&self, parent: &Handle, child: &NodeOrText<Handle>) {
        match child {
            // Moved: what is open stays open.
            NodeOrText::AppendNode(child) if child.placed.get() => self.place(parent, child),
            NodeOrText::AppendNode(child) => {
                self.arrive(parent);
                self.place(parent, child);
            }
            NodeOrText::AppendText(text) => {
                self.arrive(parent);
                self.text(parent, text);
            }
        }
    }
}

fn open(flow: &mut Flow, element: &Element) {
    match element.kind {
        Kind::Inline | Kind::Dropped | Kind::Gone => {}
        Kind::Break => flow.line(),
        Kind::Block | Kind::Preformatted | Kind::Quote | Kind::Title => flow.gap(Gap::Paragraph),
        // A list in an item goes on with the list around it.
        Kind::List if !element.inherited.get().item => flow.gap(Gap::Paragraph),
        Kind::Line | Kind::List => flow.gap(Gap::Line),
        Kind::Item => {
            flow.gap(Gap::Line);
            flow.mark("- ");
        }
        Kind::Heading => {
            flow.gap(Gap::Paragraph);
            flow.mark("# ");
        }
        Kind::Table => flow.open_table(element.number, element.inherited.get().quoted),
        Kind::Row => flow.close_row(),
        Kind::Cell => flow.open_cell(element.span.0, element.span.1),
    }
}

fn close(flow: &mut Flow, element: &Element) {
    match element.kind {
        Kind::Inline | Kind::Break | Kind::Dropped | Kind::Gone => {}
        Kind::Block | Kind::Preformatted | Kind::Quote | Kind::Title => flow.gap(Gap::Paragraph),
        Kind::Heading => {
            flow.mark("");
            flow.gap(Gap::Paragraph);
        }
        Kind::List if !element.inherited.get().item => flow.gap(Gap::Paragraph),
        Kind::Line | Kind::List => flow.gap(Gap::Line),
        Kind::Item => {
            flow.mark("");
            flow.gap(Gap::Line);
        }
        Kind::Table => flow.close_table(element.number),
        Kind::Row => flow.close_row(),
        Kind::Cell => flow.close_cell(),
    }
}

impl TreeSink for Page {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = &'a QualName;

    fn finish(self) {}

    // Pages are full of them.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Rc::clone(&self.root)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let number = self.elements.get() + 1;
        self.elements.set(number);
        let kind = Kind::of(&name.local);
        let closed = *name.local == *"dialog" && !attributes.iter().any(|a| *a.name.local == *"open");
        let attribute = |name: &str| {
            let found = attributes.iter().find(|a| *a.name.local == *name)?;
            Some(found.value.clone())
        };
        let span = |name: &str| {
            let attribute = attributes.iter().find(|a| *a.name.local == *name)?;
            attribute.value.trim().parse::<u32>().ok().filter(|n| *n > 0)
        };
        let span = if kind == Kind::Cell {
            let columns = span("colspan").and_then(|n| usize::try_from(n).ok());
            (columns.unwrap_or(1), span("rowspan").unwrap_or(1))
        } else {
            (1, 1)
        };
        Rc::new(Element {
            own: Own::of(&attributes, kind == Kind::Gone || closed),
            id: attribute("id"),
            class: attribute("class"),
            parent: RefCell::default(),
            name,
            kind,
            span,
            number,
            inherited: Cell::default(),
            placed: Cell::new(false),
        })
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Rc::new(Element {
            name: QualName::new(None, ns!(), local_name!("")),
            kind: Kind::Dropped,
            own: Own::default(),
            id: None,
            class: None,
            parent: RefCell::default(),
            span: (1, 1),
            number: 0,
            inherited: Cell::default(),
            placed: Cell::new(false),
        })
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.node_or_text(parent, &child);
    }

    // Text that stands in a table outside of its cells is read where it stands and not before the table.
    fn append_based_on_parent_node(&self, element: &Handle, _: &Handle, child: NodeOrText<Handle>) {
        self.node_or_text(element, &child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Rc::clone(target)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        self.node_or_text(sibling, &new);
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Handle) {}

    fn reparent_children(&self, _: &Handle, _: &Handle) {}
}
