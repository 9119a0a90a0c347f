//! Which public body a statement speaks of.

use jiff::civil::Date;
use stripout_catalogue::Catalogue;
use stripout_model::{Author, AuthorHow, BodyId};

/// A body as the reader knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: BodyId,
    /// Its name, on the day asked for.
    pub name: String,
}

/// Which body a name, or an id, stood for on a day; `None` when that is not sure.
pub type Resolve<'a> = &'a dyn Fn(&str, Option<Date>) -> Option<Named>;

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

/// The surest author decides. Names of files and folders are asked only where the source itself names nobody, and the
/// body that a text speaks of most is nobody's word: both would put a stranger's words into a body's mouth.
pub fn speaker(
    authors: &[Author],
    day: Option<Date>,
    corrected: Option<&BodyId>,
    resolve: Resolve<'_>,
    catalogue: &Catalogue,
) -> Speaker {
    if let Some(id) = corrected {
        return Speaker::Known(resolve(id.as_str(), day).unwrap_or_else(|| Named {
            id: id.clone(),
            name: id.to_string(),
        }));
    }
    let of_path = |author: &&Author| matches!(author.how, AuthorHow::File | AuthorHow::Folder);
    let own = authors.iter().find(|author| !of_path(author));
    match own {
        Some(author) if author.how != AuthorHow::Text => match resolve(&author.name, day) {
            Some(named) => Speaker::Known(named),
            None => Speaker::Unknown {
                name: Some(author.name.clone()),
                why: format!(
                    "no body of the catalogue is surely meant by the {}",
                    told(author.how)
                ),
            },
        },
        hint => match authors.iter().filter(of_path).find_map(|author| {
            let name = without_file_words(&author.name, &catalogue.words.reply.body.file);
            resolve(&name, day)
        }) {
            Some(named) if hint.is_none() => Speaker::Known(named),
            _ => Speaker::Unknown {
                name: hint.map(|author| author.name.clone()),
                why: match hint {
                    Some(_) => "the text names it, and does not say whose document it is".into(),
                    None => "neither the source nor the name of its file says whose it is".into(),
                },
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
        AuthorHow::Row => "name in the row",
        AuthorHow::Statement => "name in the statement",
        AuthorHow::Letterhead | AuthorHow::Source => "letterhead",
        AuthorHow::Signature => "signature",
        AuthorHow::Text => "name in the text",
        AuthorHow::File => "name of the file",
        AuthorHow::Folder => "name of the folder",
    }
}
