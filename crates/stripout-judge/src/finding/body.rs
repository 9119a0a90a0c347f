//! Which public body a statement speaks of.

use jiff::civil::Date;
use stripout_catalogue::Catalogue;
use stripout_model::{Author, AuthorHow, BodyId, Called, Confidence};

/// A body as the reader knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: BodyId,
    /// Its name, on the day asked for.
    pub name: String,
    /// How surely it is the one that is meant: what is said of it is no surer.
    pub sure: Confidence,
}

/// Which body a number, a domain, a name, or an id for a name, stood for on a day; `None` when that is not sure.
pub type Resolve<'a> = &'a dyn Fn(Called<'_>, Option<Date>) -> Option<Named>;

/// Who speaks, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    Known(Named),
    Unknown {
        /// As written.
        name: Option<String>,
        why: String,
    },
}

/// The surest author decides. A number or a domain decides before a name does, unless the name is surely another's. Names of
/// files and folders are asked only where the source itself names nobody, and the body that a text speaks of most is
/// nobody's word: both would put a stranger's words into a body's mouth.
pub fn speaker(
    authors: &[Author],
    day: Option<Date>,
    corrected: Option<&BodyId>,
    resolve: Resolve<'_>,
    catalogue: &Catalogue,
) -> Speaker {
    if let Some(id) = corrected {
        return Speaker::Known(resolve(Called::Name(id.as_str()), day).unwrap_or_else(|| Named {
            id: id.clone(),
            name: id.to_string(),
            sure: Confidence::Certain,
        }));
    }
    let of_path = |author: &Author| matches!(author.how, AuthorHow::File | AuthorHow::Folder);
    // A number or domain that the catalogue does not know leaves the question to the names.
    let mut own = authors
        .iter()
        .filter(|author| !of_path(author))
        .filter_map(|author| {
            let named = resolve(author.called(), day);
            (named.is_some() || matches!(author.called(), Called::Name(_))).then_some((author, named))
        });
    let first = own.next();
    let is_key = matches!(&first, Some((author, _)) if !matches!(author.called(), Called::Name(_)));
    let beside = is_key
        .then(|| own.find(|(author, _)| author.how != AuthorHow::Text))
        .flatten();
    match (first, beside) {
        (Some((key, Some(one))), Some((author, Some(other)))) if one.id != other.id => Speaker::Unknown {
            name: Some(author.name.clone()),
            why: format!(
                "the {} is of another body than the {}",
                told(key.how),
                told(author.how)
            ),
        },
        (Some((author, named)), _) if author.how != AuthorHow::Text => match named {
            Some(named) => Speaker::Known(named),
            None => Speaker::Unknown {
                name: Some(author.name.clone()),
                why: format!(
                    "no body of the catalogue is surely meant by the {}",
                    told(author.how)
                ),
            },
        },
        (hint, _) => match authors
            .iter()
            .filter(|author| of_path(author))
            .find_map(|author| {
                let name = without_file_words(&author.name, &catalogue.words.reply.body.file);
                resolve(Called::Name(&name), day)
            }) {
            Some(named) if hint.is_none() => Speaker::Known(named),
            _ => Speaker::Unknown {
                why: match hint {
                    Some(_) => "the text names it, and does not say whose document it is".into(),
                    None => "neither the source nor the name of its file says whose it is".into(),
                },
                name: hint.map(|(author, _)| author.name.clone()),
            },
        },
    }
}

/// `Harrogate` of `harrogate-spend-2016-03`: without numbers and the words that files are named with.
fn without_file_words(name: &str, words: &[String]) -> String {
    let lower = name.to_lowercase();
    let kept: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty() && !words.iter().any(|known| known == word))
        .collect();
    kept.join(" ")
}

fn told(how: AuthorHow) -> &'static str {
    match how {
        AuthorHow::Identifier => "number in the notice",
        AuthorHow::Sender => "address of the sender",
        AuthorHow::Row => "name in the row",
        AuthorHow::Statement => "name in the statement",
        AuthorHow::Letterhead | AuthorHow::Source => "letterhead",
        AuthorHow::Signature => "signature",
        AuthorHow::Text => "name in the text",
        AuthorHow::File => "name of the file",
        AuthorHow::Folder => "name of the folder",
    }
}
