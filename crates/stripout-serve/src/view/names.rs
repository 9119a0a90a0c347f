//! Finding a body, a maker or a label by the start of its words.

use stripout_catalogue::{Bodies, Catalogue};
use stripout_model::{BodyId, BrandId, Confidence, MakerId};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 120;

/// Names of bodies, makers and labels, folded once.
pub struct Names {
    bodies: Vec<(String, BodyId)>,
    makers: Vec<(String, MakerId)>,
    brands: Vec<(String, BrandId)>,
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
        let mut names: Vec<(String, BodyId)> = Vec::new();
        for body in bodies.iter() {
            names.push((folded(&body.name), body.id.clone()));
            let aliases = bodies.aliases(&body.id);
            names.extend(aliases.map(|alias| (folded(&alias.alias), body.id.clone())));
        }
        let mut makers = Vec::new();
        for maker in catalogue.makers.values() {
            let own = [&maker.label, &maker.legal_name].into_iter().cloned();
            let listed = maker.names.iter().map(|name| name.text.clone());
            makers.extend(own.chain(listed).map(|name| (folded(&name), maker.id.clone())));
        }
        let mut brands = Vec::new();
        for brand in catalogue.brands.values() {
            let listed = brand.names.iter().map(|name| name.text.clone());
            let all = std::iter::once(brand.label.clone()).chain(listed);
            brands.extend(all.map(|name| (folded(&name), brand.id.clone())));
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

/// Those of which every word wanted starts a word; the same name first, then the shortest.
fn among<T: Clone + Ord>(names: &[(String, T)], wanted: &str) -> Vec<T> {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |name: &str| {
        words
            .iter()
            .all(|word| name.split(' ').any(|part| part.starts_with(word)))
    };
    let mut found: Vec<(bool, usize, &T)> = names
        .iter()
        .filter(|(name, _)| fits(name))
        .map(|(name, id)| (name != wanted, name.len(), id))
        .collect();
    found.sort();
    let mut out: Vec<T> = Vec::new();
    for (_, _, id) in found {
        if !out.contains(id) {
            out.push(id.clone());
        }
    }
    out
}

/// Lower case; everything that is no letter or digit parts words, but for apostrophes.
fn folded(text: &str) -> String {
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
            ("king's college hosp", Some("kings-college-hospital-nhs-foundation-trust")),
            ("xyzzy plugh", None),
            ("", None),
        ] {
            assert_eq!(first(text).as_deref(), want, "{text}");
        }
        assert!(names.find("hikv", &bodies).makers.iter().any(|id| id.as_str() == "hikvision"));
        assert!(names.find("hiloo", &bodies).brands.iter().any(|id| id.as_str() == "hilook"));
    }
}
