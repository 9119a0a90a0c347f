//! A name as written, to the words that are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::NameWords;

/// Lower-case words without marks and punctuation: `Guy's & St. Thomas'` is `guys and st thomas`. Single letters in a row
/// are one word, as in `L.B.`; phrases of the tables become one word.
pub(super) fn fold(name: &str, words: &NameWords) -> Vec<String> {
    phrases(plain(name), words)
}

/// The same, with each word of a phrase as it is.
pub(super) fn plain(name: &str) -> Vec<String> {
    let mut text = String::with_capacity(name.len());
    for c in name.nfkd() {
        if c.is_alphanumeric() {
            text.extend(c.to_lowercase());
        } else if matches!(c, '&' | '+') {
            text.push_str(" and ");
        } else if !matches!(c, '\'' | '’' | '‘' | '`' | '´') && !is_combining_mark(c) {
            text.push(' ');
        }
    }
    initials(&text)
}

/// The words, single letters in a row as one.
fn initials(text: &str) -> Vec<String> {
    let mut folded: Vec<String> = Vec::new();
    let mut initials = 0;
    for part in text.split_whitespace() {
        let single = part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
        match folded.last_mut() {
            Some(last) if single && initials > 0 => last.push_str(part),
            _ => folded.push(part.to_owned()),
        }
        initials = if single { initials + 1 } else { 0 };
    }
    folded
}

pub(super) fn phrases(mut folded: Vec<String>, words: &NameWords) -> Vec<String> {
    let mut place = 0;
    while place + 1 < folded.len() {
        if let Some((length, long)) = phrase_at(&folded, place, words) {
            folded.splice(place..place + length, long.split_whitespace().map(str::to_owned));
        }
        place += 1;
    }
    folded
}

fn phrase_at<'w>(folded: &[String], place: usize, words: &'w NameWords) -> Option<(usize, &'w str)> {
    let first = folded.get(place)?;
    // Phrases that start with this word lie together in the sorted table; the longest wins.
    let candidates = words
        .phrase
        .range(first.clone()..)
        .take_while(|(phrase, _)| phrase.starts_with(first.as_str()));
    candidates
        .filter_map(|(phrase, word)| {
            let length = phrase.split(' ').count();
            let here = folded.get(place..place + length)?;
            (here.iter().map(String::as_str).eq(phrase.split(' '))).then_some((length, word.as_str()))
        })
        .max_by_key(|(length, _)| *length)
}

/// What a name is looked up by: its words that tell, in order of the alphabet, so that `Education, Department for` is
/// found. `None` when nothing is left.
pub(super) fn key(folded: &[String], words: &NameWords) -> Option<String> {
    let mut telling: Vec<&str> = folded
        .iter()
        .map(String::as_str)
        .filter(|word| !words.ignore.contains(*word))
        .collect();
    if telling.is_empty() {
        telling = folded.iter().map(String::as_str).collect();
    }
    telling.sort_unstable();
    telling.dedup();
    (!telling.is_empty()).then(|| telling.join(" "))
}

/// The readings of a name whose short forms are written out: at most 16, the name as written not among them.
pub(super) fn readings(
    folded: &[String],
    words: &NameWords,
    known: impl Fn(&str) -> bool,
) -> Vec<Vec<String>> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    let mut changed = false;
    for word in folded {
        let Some(long) = words.short.get(word) else {
            for reading in &mut readings {
                reading.push(word.clone());
            }
            continue;
        };
        changed = true;
        let own = known(word).then_some(word.as_str());
        let options: Vec<&str> = long.iter().map(String::as_str).chain(own).collect();
        let mut next = Vec::new();
        for reading in &readings {
            for option in &options {
                let mut longer = reading.clone();
                longer.extend(option.split(' ').map(str::to_owned));
                next.push(longer);
            }
        }
        next.truncate(16);
        readings = next;
    }
    if changed {
        readings
            .into_iter()
            .map(|reading| phrases(reading, words))
            .collect()
    } else {
        Vec::new()
    }
}
