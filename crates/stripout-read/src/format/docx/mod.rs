//! Word documents: text with tables and text boxes, headers, notes and comments. What a tracked change deleted and what is
//! formatted as hidden are layers of their own.

mod numbering;
mod text;

use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Reserve, Severity};

use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};
use crate::opc::{Relation, main_part, relations};
use crate::package::Package;
use crate::prose::Prose;
use numbering::Numbering;
use text::{Styles, Text};

pub(crate) struct Docx;

/// Layers of their own, by the kind of the parts that make them up.
const SIDE: &[(&str, &str)] = &[
    ("header", "header"),
    ("footer", "footer"),
    ("footnotes", "footnotes"),
    ("endnotes", "endnotes"),
    ("comments", "comments"),
];

impl Document for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Members(names)
            if names.iter().any(|name| is(name, "[content_types].xml"))
                && names.iter().any(|name| name.to_lowercase().starts_with("word/document")))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let limits = &Package::text_bytes(whole, &options.limits);
        let package = match Package::open(whole, limits) {
            Ok(package) => package,
            Err(problem) => return each(Err(problem)),
        };
        let main = main_part(&package, "word/document.xml", limits);
        let related = match relations(&package, &main, limits) {
            Ok(related) => related,
            Err(problem) => {
                each(Err(lesser(problem)))?;
                Vec::new()
            }
        };
        let mut text = Text::new(
            styles(&package, &related, options),
            numbering(&package, &related, options),
        );
        let mut layers = 0_usize;
        match package.read(&main, |read| text.part(read, limits)) {
            None => return each(Err(no_text(&main))),
            // What was read before the problem is kept.
            Some(Err(problem)) => {
                give(None, text.take(), None, each)?;
                each(Err(problem))?;
                // It has been said already that nothing came.
                layers += 1;
            }
            Some(Ok(())) => layers += give(None, text.take(), None, each)?,
        }
        for (kind, name) in SIDE {
            let mut said: Vec<String> = Vec::new();
            for part in related.iter().filter(|relation| relation.kind == *kind) {
                if let Some(Err(problem)) = package.read(&part.part, |read| text.part(read, limits)) {
                    each(Err(lesser(problem)))?;
                }
                // First, odd and even pages mostly have the same header.
                said.extend(text.take().finish().filter(|text| !said.contains(text)));
            }
            if !said.is_empty() {
                let content = Content::Text(said.join("\n"));
                let reserve = (*name == "comments").then_some(Reserve::Comment);
                layers += layer(Some(name), content, reserve, each)?;
            }
        }
        let (deleted, hidden) = text.finish();
        layers += give(Some("deleted"), deleted, Some(Reserve::Deleted), each)?;
        layers += give(Some("hidden"), hidden, Some(Reserve::Hidden), each)?;
        layers += embedded(&package, &related, each)?;
        if layers == 0 {
            return each(Err(empty()));
        }
        ControlFlow::Continue(())
    }
}

/// Which styles hide what is written in them.
fn styles(package: &Package<'_>, related: &[Relation], options: &Options) -> Styles {
    let mut styles = Styles::default();
    if let Some(part) = related.iter().find(|relation| relation.kind == "styles") {
        // Without its styles the text is still the text.
        let _ = package.read(&part.part, |read| styles.part(read, &options.limits));
    }
    styles
}

fn numbering(package: &Package<'_>, related: &[Relation], options: &Options) -> Numbering {
    let mut numbering = Numbering::default();
    if let Some(part) = related.iter().find(|relation| relation.kind == "numbering") {
        // Without the numbers the text is still the text.
        let _ = package.read(&part.part, |read| numbering.part(read, &options.limits));
    }
    numbering
}

/// Documents that lie whole inside this one; what only another program can open does not.
fn embedded(package: &Package<'_>, related: &[Relation], each: &mut Each<'_>) -> ControlFlow<(), usize> {
    let mut layers = 0;
    for part in related.iter().filter(|relation| relation.kind == "package") {
        let name = part.part.rsplit('/').next().unwrap_or(&part.part);
        match package.bytes(&part.part) {
            None => {}
            Some(Ok(bytes)) => layers += layer(Some(name), Content::File(bytes), None, each)?,
            Some(Err(problem)) => each(Err(lesser(problem)))?,
        }
    }
    ControlFlow::Continue(layers)
}

fn give(
    name: Option<&str>,
    prose: Prose,
    reserve: Option<Reserve>,
    each: &mut Each<'_>,
) -> ControlFlow<(), usize> {
    match prose.finish() {
        Some(text) => layer(name, Content::Text(text), reserve, each),
        None => ControlFlow::Continue(0),
    }
}

fn layer(
    name: Option<&str>,
    content: Content,
    reserve: Option<Reserve>,
    each: &mut Each<'_>,
) -> ControlFlow<(), usize> {
    each(Ok(Layer {
        name: name.map(Into::into),
        content,
        reserve,
    }))?;
    ControlFlow::Continue(1)
}

fn is(name: &str, wanted: &str) -> bool {
    name.to_lowercase() == wanted
}

/// Of a part beside the text: the rest was read.
fn lesser(problem: Problem) -> Problem {
    Problem {
        severity: problem.severity.min(Severity::Unit),
        ..problem
    }
}

fn no_text(main: &str) -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "the Word document has no text part".into(),
        because: format!("it should be `{main}`"),
        hint: "open the document and save it again".into(),
    }
}

fn empty() -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Input,
        place: String::new(),
        what: "the document has no text".into(),
        because: "its pages are empty or pictures".into(),
        hint: "if it shows scanned pages, save it as PDF and give that".into(),
    }
}
