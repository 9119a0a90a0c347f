//! Finding a body, a maker or a label by the start of its words.

use stripout_catalogue::{Bodies, Catalogue};
use stripout_model::{BodyId, BrandId, Confidence, MakerId};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 120;

/// Names of bodies, makers and labels, folded once.
#[derive(Clone)]
pub struct Names {
    bodies: Vec<Known<BodyId>>,
    makers: Vec<Known<MakerId>>,
    brands: Vec<Known<BrandId>>,
}

/// A name that something is known by.
#[derive(Clone)]
struct Known<T> {
    name: String,
    /// Not what it is called, but what it was or is called by some.
    other: bool,
    id: T,
}

/// What a search found, best first, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    pub(crate) bodies: Vec<BodyId>,
    pub(crate) makers: Vec<MakerId>,
    pub(crate) brands: Vec<BrandId>,
}

impl Names {
    pub fn of(bodies: &Bodies, catalogue: &Catalogue) -> Self {
        let mut names = Vec::new();
        for body in bodies.iter() {
            names.push(Known::new(&body.name, false, &body.id));
            let aliases = bodies.aliases(&body.id);
            names.extend(aliases.map(|alias| Known::new(&alias.alias, true, &body.id)));
        }
        let mut makers = Vec::new();
        for maker in catalogue.makers.values() {
            makers.push(Known::new(&maker.label, false, &maker.id));
            let listed = maker.names.iter().map(|name| &name.text);
            let others = std::iter::once(&maker.legal_name).chain(listed);
            makers.extend(others.map(|name| Known::new(name, true, &maker.id)));
        }
        let mut brands = Vec::new();
        for brand in catalogue.brands.values() {
            brands.push(Known::new(&brand.label, false, &brand.id));
            brands.extend(
                brand
                    .names
                    .iter()
                    .map(|name| Known::new(&name.text, true, &brand.id)),
            );
        }
        Self {
            bodies: names,
            makers,
            brands,
        }
    }

    pub(crate) fn find(&self, text: &str, bodies: &Bodies) -> Hits {
        let text: String = text.chars().take(LONGEST).collect();
        let wanted = folded(&text);
        let mut hits = Hits {
            bodies: among(&self.bodies, &wanted),
            makers: among(&self.makers, &wanted),
            brands: among(&self.brands, &wanted),
        };
        // The number of a model is nobody's name, and a body that is spelt a little like it is not meant.
        if is_number(&text) {
            return hits;
        }
        // A short form or a misspelling that the catalogue surely knows comes first.
        let meant = bodies.resolve(&text, None);
        let sure = meant.body.filter(|_| meant.confidence > Confidence::Review);
        let candidates: Vec<BodyId> = match sure {
            Some(body) => {
                hits.bodies.retain(|it| *it != body);
                hits.bodies.insert(0, body);
                Vec::new()
            }
            None => meant.candidates.into_iter().map(|one| one.body).collect(),
        };
        for body in candidates {
            if !hits.bodies.contains(&body) {
                hits.bodies.push(body);
            }
        }
        hits
    }
}

impl<T: Clone> Known<T> {
    fn new(name: &str, other: bool, id: &T) -> Self {
        Self {
            name: folded(name),
            other,
            id: id.clone(),
        }
    }
}

/// One word of letters and digits: `EC-2CD2143G2-I`
fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.len() > 5
        && !text.contains(char::is_whitespace)
        && text.chars().filter(char::is_ascii_digit).count() > 2
        && text.contains(|c: char| c.is_ascii_alphabetic())
}

/// Those of which every word wanted starts a word; the same name first, then what is called so, then the shortest.
fn among<T: Clone + Ord>(names: &[Known<T>], wanted: &str) -> Vec<T> {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |name: &str| {
        words
            .iter()
            .all(|word| name.split(' ').any(|part| part.starts_with(word)))
    };
    let mut found: Vec<_> = names
        .iter()
        .filter(|known| fits(&known.name))
        .map(|known| (known.name != wanted, known.other, known.name.len(), &known.id))
        .collect();
    found.sort();
    let mut out: Vec<T> = Vec::new();
    for (_, _, _, id) in found {
        if !out.contains(id) {
            out.push(id.clone());
        }
    }
    out
}

/// Lower case; everything that is no letter or digit parts words, but for apostrophes.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_start() {
        let bodies = Bodies::embedded().unwrap();
        let catalogue = Catalogue::embedded().unwrap();
        let names = Names::of(&bodies, &catalogue);
        let first = |text: &str| names.find(text, &bodies).bodies.first().map(ToString::to_string);
        for (text, want) in [
            ("harrogate", Some("harrogate-borough-council")),
            ("HARROG", Some("harrogate-borough-council")),
            (
                "king's college hosp",
                Some("kings-college-hospital-nhs-foundation-trust"),
            ),
            ("xyzzy plugh", None),
            ("", None),
        ] {
            assert_eq!(first(text).as_deref(), want, "{text}");
        }
        assert!(
            names
                .find("hikv", &bodies)
                .makers
                .iter()
                .any(|id| id.as_str() == "hikvision")
        );
        assert!(
            names
                .find("hiloo", &bodies)
                .brands
                .iter()
                .any(|id| id.as_str() == "hilook")
        );
    }
}
