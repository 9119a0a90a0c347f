//! How to cite: the register as `CITATION.cff` (Citation File Format 1.2.0), a body's page or one finding as BibTeX.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::BodyId;

use crate::api::LICENCE;
use crate::app::App;
use crate::trouble::Trouble;
use crate::view::View;

const REGISTER: &str = "Stripout register";
const BIBTEX: &str = "application/x-bibtex; charset=utf-8";

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/CITATION.cff", get(register))
        .route("/findings/{id}", get(finding))
}

async fn register(Extension(view): Extension<Arc<View>>) -> Response {
    let mut file = format!(
        "cff-version: 1.2.0\nmessage: Cite the revision that you used.\ntype: dataset\ntitle: {REGISTER}\nauthors:\n  - name: {REGISTER}\n\
         version: {}\ndate-released: {}\nlicense: {LICENCE}\n",
        view.revision, view.today
    );
    if view.base().is_some() {
        let _ = writeln!(file, "url: {}", quoted(&view.url("/")));
    }
    ([(CONTENT_TYPE, "text/yaml; charset=utf-8")], file).into_response()
}

/// A finding has no page of its own: it stands on that of its body.
async fn finding(
    Extension(view): Extension<Arc<View>>,
    Path(file): Path<String>,
) -> Result<Response, Trouble> {
    let id = file.strip_suffix(".bib").ok_or(Trouble::NotFound)?;
    let finding = view.finding(id).ok_or_else(|| view.no_finding(id))?;
    let title = format!("{}: {}", view.name_of(&finding.body), finding.sentence);
    let page = format!("/bodies/{}#{}", finding.body, finding.maker);
    Ok(entry(&view, &finding.id, &title, &page))
}

pub(crate) fn of_body(view: &View, id: &str) -> Result<Response, Trouble> {
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let body = view.body(&id).ok_or(Trouble::NotFound)?;
    Ok(entry(view, id.as_str(), &body.name, &format!("/bodies/{id}")))
}

fn entry(view: &View, key: &str, title: &str, path: &str) -> Response {
    let (path, fragment) = path
        .split_once('#')
        .map_or((path, String::new()), |(path, at)| (path, format!("#{at}")));
    let text = format!(
        "@misc{{stripout-{key},\n  author = {{{{{REGISTER}}}}},\n  title = {{{{{}}}}},\n  year = {{{}}},\n  howpublished = {{Revision {}}},\n  \
         url = {{{}{fragment}}},\n  urldate = {{{}}},\n}}\n",
        escaped(title),
        view.today.year(),
        view.revision,
        view.url(path),
        view.today,
    );
    ([(CONTENT_TYPE, BIBTEX)], text).into_response()
}

/// A YAML string: JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What TeX would take for a command; braces go, as one without its other ends the field.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' => out.push('('),
            '}' => out.push(')'),
            '\\' => out.push('/'),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\~{}"),
            '^' => out.push_str("\\^{}"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_command() {
        assert_eq!(
            escaped("A & B {50 %} \\input{x} #1_2"),
            "A \\& B (50 \\%) /input(x) \\#1\\_2"
        );
        assert_eq!(quoted("a\"b: c\n"), "\"a\\\"b: c\\n\"");
    }
}
