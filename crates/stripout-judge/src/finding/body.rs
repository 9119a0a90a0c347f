//! Which public body a statement speaks of.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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
        (hint, _) => by_path(hint.map(|(author, _)| author), authors, day, resolve, catalogue),
    }
}

/// Whose the file is by its name and those of its folders. The same bytes may lie in several: where those are of several
/// bodies, a person decides.
fn by_path(
    hint: Option<&Author>,
    authors: &[Author],
    day: Option<Date>,
    resolve: Resolve<'_>,
    catalogue: &Catalogue,
) -> Speaker {
    let mut found: BTreeMap<&str, Named> = BTreeMap::new();
    for author in authors.iter().filter(|author| of_path(author)) {
        let named = || {
            let name = without_file_words(&author.name, &catalogue.words.reply.body.file);
            resolve(Called::Name(&name), day)
        };
        // Of one path the surest: the file before its folder.
        if let Entry::Vacant(free) = found.entry(&author.place)
            && let Some(named) = named()
        {
            free.insert(named);
        }
    }
    let mut bodies = found.values().collect::<Vec<_>>();
    bodies.sort_by(|a, b| a.id.cmp(&b.id));
    bodies.dedup_by(|later, first| later.id == first.id);
    match (bodies.as_slice(), hint) {
        (_, Some(hint)) => Speaker::Unknown {
            name: Some(hint.name.clone()),
            why: "the text names it, and does not say whose document it is".into(),
        },
        ([one], None) => Speaker::Known((*one).clone()),
        ([], None) => Speaker::Unknown {
            name: None,
            why: "neither the source nor the name of its file says whose it is".into(),
        },
        (several, None) => {
            let places: Vec<String> = found
                .iter()
                .map(|(path, named)| format!("{} ({path})", named.name))
                .collect();
            let names: Vec<&str> = several.iter().map(|named| named.name.as_str()).collect();
            Speaker::Unknown {
                name: Some(names.join(" or ")),
                why: format!(
                    "the same bytes lie under the names of several: {}",
                    places.join(", ")
                ),
            }
        }
    }
}

fn of_path(author: &Author) -> bool {
    matches!(author.how, AuthorHow::File | AuthorHow::Folder)
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
