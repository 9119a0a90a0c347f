//! `OpenDocument` text and spreadsheets (ODT, ODS; slides as text). Read by a walk of our own over the XML: the spreadsheet
//! library at hand unrolls repeated rows in memory and knows neither hidden rows nor comments.

mod cell;
mod sheets;
mod styles;
mod text;

use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Reserve, Severity};

use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};
use crate::format::workbook::room;
use crate::markup::{Node, walk};
use crate::package::Package;
use sheets::Sheets;
use styles::Styles;
use text::Text;

pub(crate) struct OpenDocument;

const CONTENT: &str = "content.xml";

impl Document for OpenDocument {
    fn name(&self) -> &'static str {
        "opendocument"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["odt", "ods", "ott", "ots", "odp"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        let Signs::Members(names) = signs else {
            return false;
        };
        let has = |wanted: &str| names.contains(&wanted);
        has(CONTENT) && (has("mimetype") || has("META-INF/manifest.xml"))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let package = match Package::open(whole, &options.limits) {
            Ok(package) => package,
            Err(problem) => return each(Err(problem)),
        };
        if is_encrypted(&package, options) {
            return each(Err(encrypted()));
        }
        let mut styles = Styles::default();
        let mut side = Text::default();
        // Headers stand in the styles; their problems are told with the rest.
        let read_before = package.read("styles.xml", |read| {
            walk(read, &options.limits, &mut |node| {
                styles.see(&node);
                side.see(&node, &styles);
                ControlFlow::Continue(())
            })
        });
        let mut layers = 0;
        match kind(&package, options) {
            Some(Ok(Kind::Sheets)) => {
                let mut sheets = Sheets::new(styles, room(whole, &options.limits), options, each);
                let read = package.read(CONTENT, |read| {
                    walk(read, &options.limits, &mut |node| sheets.see(&node))
                });
                layers += sheets.finish()?;
                if let Some(Err(problem)) = read {
                    each(Err(problem))?;
                }
            }
            Some(Ok(Kind::Text)) => {
                let limits = Package::text_bytes(whole, &options.limits);
                let package = match Package::open(whole, &limits) {
                    Ok(package) => package,
                    Err(problem) => return each(Err(problem)),
                };
                let mut text = Text::default();
                let read = package.read(CONTENT, |read| {
                    walk(read, &options.limits, &mut |node| {
                        styles.see(&node);
                        text.see(&node, &styles);
                        ControlFlow::Continue(())
                    })
                });
                text.add_side(side);
                layers += text.layers(each)?;
                if let Some(Err(problem)) = read {
                    each(Err(problem))?;
                }
            }
            Some(Err(problem)) => return each(Err(problem)),
            None => {}
        }
        if let Some(Err(problem)) = read_before {
            let severity = problem.severity.min(Severity::Unit);
            each(Err(Problem { severity, ..problem }))?;
        }
        if layers == 0 {
            return each(Err(empty()));
        }
        ControlFlow::Continue(())
    }
}

enum Kind {
    Text,
    Sheets,
}

/// What the body of the document is.
fn kind(package: &Package<'_>, options: &Options) -> Option<Result<Kind, Problem>> {
    package.read(CONTENT, |read| {
        let mut kind = Kind::Text;
        let result = walk(read, &options.limits, &mut |node| match node {
            Node::Open(element) if element.name() == "office:spreadsheet" => {
                kind = Kind::Sheets;
                ControlFlow::Break(())
            }
            Node::Open(element) if element.name().starts_with("office:") => match element.name() {
                "office:text" | "office:presentation" | "office:drawing" => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            },
            _ => ControlFlow::Continue(()),
        });
        result.map(|()| kind)
    })
}

fn is_encrypted(package: &Package<'_>, options: &Options) -> bool {
    let mut encrypted = false;
    let read = package.read("META-INF/manifest.xml", |read| {
        walk(read, &options.limits, &mut |node| match node {
            Node::Open(element) if element.name() == "manifest:encryption-data" => {
                encrypted = true;
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        })
    });
    drop(read);
    encrypted
}

fn give(name: Option<&str>, text: String, reserve: Option<Reserve>, each: &mut Each<'_>) -> ControlFlow<()> {
    each(Ok(Layer {
        name: name.map(Into::into),
        content: Content::Text(text),
        reserve,
    }))
}

fn encrypted() -> Problem {
    Problem {
        code: Code::InputEncrypted,
        severity: Severity::Input,
        place: String::new(),
        what: "the document is encrypted".into(),
        because: "it needs a password".into(),
        hint: "open it with its password, save it without, and give that".into(),
    }
}

fn empty() -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Input,
        place: String::new(),
        what: "the document has no text".into(),
        because: "its pages or sheets are empty or pictures".into(),
        hint: "if it shows scanned pages, save it as PDF and give that".into(),
    }
}
