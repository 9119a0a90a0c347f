//! What to ask next: for each lead the question that would settle who made it.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use stripout_catalogue::Catalogue;
use stripout_model::{BodyId, DocumentKind, Lead, Statement};

use crate::finding::{Resolve, Speaker, speaker};
use crate::payment::{PaymentLine, payments};
use crate::sentence::{filled, long_date, quoted};

static QUESTIONS: LazyLock<Questions> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/templates/questions.toml"))
        .expect("the embedded questions are read by a test of this file")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Questions {
    question: ByKind,
    parts: Parts,
    references: References,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByKind {
    contract: String,
    spend: String,
    asset: String,
    other: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    notice: String,
    under: String,
    to: String,
    payee: String,
    on: String,
    of: String,
    about: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct References {
    heads: Vec<String>,
    between: Vec<String>,
}

/// A question to a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextQuestion {
    /// Id of the lead it would settle.
    pub lead: String,
    /// `None`: the body is not surely known, and has to be found first.
    pub body: Option<BodyId>,
    /// The body as the catalogue names it, else as written.
    pub name: Option<String>,
    /// Safe to print.
    pub question: String,
}

/// One question for each lead, body by body; of one body the dearest first. Releases of one award are asked about once,
/// and so is a payment that several sources have.
pub fn next_questions(
    leads: &[Statement<Lead>],
    catalogue: &Catalogue,
    resolve: Resolve<'_>,
) -> Vec<NextQuestion> {
    let mut asked: Vec<_> = leads
        .iter()
        .map(|said| {
            let row = &said.what.row;
            let (body, name) =
                match speaker(&said.authors, row.date.or(said.written), None, resolve, catalogue) {
                    Speaker::Known(named) => (Some(named.id), Some(named.name)),
                    Speaker::Unknown { name, .. } => (None, name),
                };
            let amount = row.amount.map_or(0, |money| money.minor_units);
            let line = said.award.clone().unwrap_or_else(|| said.record.clone());
            let question = NextQuestion {
                lead: said.id.clone(),
                question: question(said, catalogue),
                body,
                name,
            };
            (question, amount, line, said)
        })
        .collect();
    asked.sort_by(|(a, a_amount, a_line, _), (b, b_amount, b_line, _)| {
        (a.body.is_none(), &a.name, Reverse(a_amount), a_line, &a.lead).cmp(&(
            b.body.is_none(),
            &b.name,
            Reverse(b_amount),
            b_line,
            &b.lead,
        ))
    });
    let paid = asked.iter().filter(|(.., said)| said.kind == DocumentKind::Spend);
    let (ids, paid): (Vec<String>, Vec<PaymentLine<'_>>) = paid
        .filter_map(|(one, .., said)| {
            let line = PaymentLine::of_lead(said, one.body.as_ref()?);
            Some((said.id.clone(), line))
        })
        .unzip();
    let numbers: HashMap<String, usize> = ids.into_iter().zip(payments(&paid)).collect();
    let mut known = HashSet::new();
    asked.retain(|(one, _, line, _)| {
        known.insert(numbers.get(&one.lead).copied().ok_or_else(|| line.clone()))
    });
    asked.into_iter().map(|(question, ..)| question).collect()
}

fn question(said: &Statement<Lead>, catalogue: &Catalogue) -> String {
    let Questions {
        question,
        parts,
        references,
    } = &*QUESTIONS;
    let row = &said.what.row;
    let template = match said.kind {
        DocumentKind::Contract => &question.contract,
        DocumentKind::Spend => &question.spend,
        DocumentKind::Asset => &question.asset,
        DocumentKind::Foi | DocumentKind::Letter | DocumentKind::Web => &question.other,
    };
    let part = |template: &str, place: &str, value: Option<String>| {
        value.map_or_else(String::new, |value| filled(template, &[(place, &value)]))
    };
    // Only the words on cameras: what stands around them may be about anything and anybody. A code describes nothing to a reader.
    let words = quoted(&said.what.evidence, catalogue);
    let to = part(&parts.to, "{supplier}", row.supplier.clone());
    let payee = part(&parts.payee, "{supplier}", row.supplier.clone());
    let on = part(&parts.on, "{date}", row.date.or(said.written).map(long_date));
    let of = part(&parts.of, "{amount}", row.amount.map(|money| money.to_string()));
    let about = part(
        &parts.about,
        "{words}",
        Some(words).filter(|words| words.contains(char::is_alphabetic)),
    );
    // Of an award the number of its contracting process, by which anybody finds the notice.
    let notice = said
        .award
        .as_ref()
        .and_then(|award| award.split_whitespace().next())
        .map(str::to_owned);
    let number = match (said.kind, notice) {
        (DocumentKind::Contract, Some(notice)) => part(&parts.notice, "{reference}", Some(notice)),
        _ => part(
            &parts.under,
            "{reference}",
            references.of(&said.what.evidence.excerpt),
        ),
    };
    filled(
        template,
        &[
            ("{to}", &to),
            ("{payee}", &payee),
            ("{on}", &on),
            ("{of}", &of),
            ("{number}", &number),
            ("{about}", &about),
        ],
    )
}

impl References {
    /// The first number that the words call a contract or an order: a code with a figure in it, behind such a word.
    fn of(&self, text: &str) -> Option<String> {
        let among = |words: &[String], word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            words.contains(&word)
        };
        let mut words = text.split_whitespace().peekable();
        while let Some(head) = words.next() {
            if !among(&self.heads, head) {
                continue;
            }
            let mut said = vec![head.trim_matches(|c: char| !c.is_alphanumeric())];
            while let Some(word) = words.next_if(|word| among(&self.between, word)) {
                said.push(word.trim_matches(|c: char| !c.is_alphanumeric()));
            }
            let code = words
                .peek()
                .map(|code| code.trim_matches(|c: char| !c.is_alphanumeric()))
                .filter(|code| is_code(code));
            if let Some(code) = code {
                said.push(code);
                return Some(said.join(" "));
            }
        }
        None
    }
}

/// `C123`, `2024/118-B`: letters, figures and what joins them, with a figure, and no year or count alone.
fn is_code(word: &str) -> bool {
    let figures = word.bytes().filter(u8::is_ascii_digit).count();
    let alone = figures == word.len();
    word.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))
        && word.len() <= 24
        && figures > 0
        && (!alone || figures > 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_of_document_has_a_question_that_asks_for_the_maker() {
        let ByKind {
            contract,
            spend,
            asset,
            other,
        } = &QUESTIONS.question;
        for template in [contract, spend] {
            assert!(template.contains("{number}"), "{template}");
        }
        for template in [contract, spend, asset, other] {
            assert!(
                template.contains("maker, model and number") && template.contains("{about}"),
                "{template}"
            );
        }
    }

    #[test]
    fn a_contract_or_an_order_is_asked_for_by_its_number() {
        for (text, number) in [
            ("CCTV maintenance contract C123", Some("contract C123")),
            ("Supply of CCTV (PO: 4500128891), depot", Some("PO 4500128891")),
            ("Order No. 2024/118-B for cameras", Some("Order No 2024/118-B")),
            ("CCTV contract 2024", None),
            ("contract cameras 12", None),
            ("CCTV cameras", None),
        ] {
            assert_eq!(QUESTIONS.references.of(text).as_deref(), number, "{text}");
        }
    }
}
