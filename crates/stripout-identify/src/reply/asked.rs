//! The day of the request that a reply answers, where the reply states it.

use jiff::civil::Date;
use stripout_catalogue::AskedWords;

use super::date::{Day, days};

/// Bytes before a day in which the request is named.
const REACH: usize = 120;
/// Words between the request and the day.
const WORDS: usize = 12;
/// Days that a reply may come after its request. Older days are those of other things.
const LONGEST: i32 = 730;

/// The first day that the text gives its request. Without the document's own day a day needs its year.
pub(super) fn asked(text: &str, words: &AskedWords, document: Option<Date>) -> Option<Date> {
    days(text)
        .iter()
        .filter(|day| follows_request(text, day, words))
        .find_map(|day| match document {
            Some(document) => in_time(day, document),
            None => day.date(),
        })
}

/// In the time before the reply.
fn in_time(day: &Day, document: Date) -> Option<Date> {
    let years = [document.year(), document.year() - 1];
    let dated = |year: i16| day.in_year(year);
    let date = match day.year {
        Some(year) => dated(year),
        None => years.into_iter().filter_map(dated).find(|date| *date <= document),
    }?;
    let passed = date.until(document).ok()?.get_days();
    (0..=LONGEST).contains(&passed).then_some(date)
}

/// Whether the words before a day name the request it belongs to: `your request of`, `date received:`.
fn follows_request(text: &str, day: &Day, words: &AskedWords) -> bool {
    let before = text.get(..day.span.start).unwrap_or_default();
    let from = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let near = before.get(from..).unwrap_or_default();
    let sentence = near
        .rsplit(". ")
        .next()
        .and_then(|rest| rest.rsplit("\n\n").next())
        .unwrap_or_default();
    let said: Vec<String> = sentence
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let said = said.join(" ");
    let padded = format!(" {said} ");
    let Some((named, phrase)) = words
        .request
        .iter()
        .filter_map(|phrase| Some((padded.rfind(&format!(" {phrase} "))?, phrase)))
        .max()
    else {
        return false;
    };
    let between = padded.get(named + 1 + phrase.len()..).unwrap_or_default();
    let others = words.others.iter().any(|word| between.contains(word.as_str()));
    let joined = words
        .joins
        .iter()
        .any(|join| said == *join || said.ends_with(&format!(" {join}")));
    joined && !others && between.split_whitespace().count() <= WORDS
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use stripout_catalogue::Catalogue;

    use super::*;

    #[test]
    fn days_of_requests_and_of_other_things() {
        let words = Catalogue::embedded().unwrap().words.reply.asked.clone();
        let document = Some(date(2023, 3, 14));
        for (text, want) in [
            (
                "Thank you for your request under the Freedom of Information Act 2000 received on 20 February 2023.",
                Some(date(2023, 2, 20)),
            ),
            (
                "I refer to your email of 3 March, in which you ask about cameras.",
                Some(date(2023, 3, 3)),
            ),
            (
                "Date received: 20/02/2023\nDate due: 20/03/2023",
                Some(date(2023, 2, 20)),
            ),
            (
                "We received your request on 30 December.",
                Some(date(2022, 12, 30)),
            ),
            // A day after the reply is none of its request.
            ("We will answer your request by 20 March 2023.", None),
            ("The cameras were installed on 3 February 2023.", None),
            (
                "Your request for an internal review of 3 March 2023 was noted.",
                None,
            ),
            (
                "Thank you for your request. It was sent on to the police on 3 March 2023.",
                None,
            ),
            ("Your request of 3 March 2013 is old.", None),
        ] {
            assert_eq!(asked(text, &words, document), want, "{text}");
        }
        assert_eq!(asked("Your request of 3 May", &words, None), None);
        assert_eq!(
            asked("Your request of 3 May 2023", &words, None),
            Some(date(2023, 5, 3))
        );
    }
}
