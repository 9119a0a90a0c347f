//! Words that would accuse.

use serde::Deserialize;

/// `data/words/forbidden.toml`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForbiddenWords {
    /// In lower case; a phrase is several words.
    pub words: Vec<String>,
    /// Names of laws and the like, in lower case, that hold one of them.
    pub names: Vec<String>,
}

impl ForbiddenWords {
    /// The first of them that stands in a sentence as a whole word.
    pub fn first_in(&self, sentence: &str) -> Option<&str> {
        let mut sentence = sentence.to_lowercase();
        for name in &self.names {
            sentence = sentence.replace(name, "");
        }
        let words = self.words.iter().map(String::as_str);
        words.into_iter().find(|word| {
            sentence.match_indices(word).any(|(at, _)| {
                let before = sentence.get(..at).and_then(|text| text.chars().next_back());
                let after = sentence
                    .get(at + word.len()..)
                    .and_then(|text| text.chars().next());
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        let forbidden = ForbiddenWords {
            words: vec!["ban".into(), "in violation".into()],
            names: vec!["ban on bans act".into()],
        };
        for (sentence, found) in [
            ("A Ban on it", Some("ban")),
            ("the urban banner", None),
            ("it was in violation.", Some("in violation")),
            ("a ban", Some("ban")),
            ("", None),
            ("the Ban on Bans Act", None),
        ] {
            assert_eq!(forbidden.first_in(sentence), found, "{sentence}");
        }
    }
}
