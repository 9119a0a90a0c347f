//! A header cell as words.

/// Words of a header cell, lower case: `Amount in Sterling (£)` is `amount` and the rest `sterling`, `gbp`.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Before the first preposition or parenthesis: what the column is. `Purpose of Spend` is a purpose.
    pub(super) main: Vec<String>,
    /// What follows: what it is of.
    pub(super) rest: Vec<String>,
}

/// Words after which a header only qualifies what it said before.
const PREPOSITIONS: [&str; 18] = [
    "of",
    "in",
    "for",
    "to",
    "from",
    "by",
    "on",
    "at",
    "ex",
    "exc",
    "excl",
    "excluding",
    "excludes",
    "inc",
    "incl",
    "including",
    "includes",
    "less",
];

impl Words {
    pub(super) fn of(header: &str) -> Self {
        let mut words = Self::default();
        let mut qualifies = false;
        let mut depth = 0_u32;
        let mut word = String::new();
        let mut before = ' ';
        for c in header.chars().chain([' ']) {
            // DepartmentFamily, TransNo: a capital after a small letter starts a word.
            let starts = c.is_uppercase() && before.is_lowercase();
            if !c.is_alphanumeric() || starts {
                words.push(&mut word, depth > 0, &mut qualifies);
            }
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '\u{a3}' => {
                    word.push_str("gbp");
                    words.push(&mut word, true, &mut qualifies);
                }
                '&' => word.push_str("and"),
                _ if c.is_alphanumeric() => word.extend(c.to_lowercase()),
                _ => {}
            }
            before = c;
        }
        // A pivot table's `Sum of Net Amount` is a net amount; the name of a supplier is a supplier.
        let generic =
            matches!(words.main.as_slice(), [only] if matches!(only.as_str(), "sum" | "total" | "name"));
        if generic && header.to_lowercase().contains(" of ") {
            words.main = std::mem::take(&mut words.rest);
        }
        if words.main.is_empty() {
            words.main = std::mem::take(&mut words.rest);
        }
        words
    }

    fn push(&mut self, word: &mut String, aside: bool, qualifies: &mut bool) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(word);
        if !aside && !self.main.is_empty() && PREPOSITIONS.contains(&word.as_str()) {
            *qualifies = true;
            self.rest.push(word);
        } else if aside || *qualifies {
            self.rest.push(word);
        } else {
            self.main.push(word);
        }
    }

    /// Whether the column itself is one of these.
    pub(super) fn has(&self, list: &[&str]) -> bool {
        self.main.iter().any(|word| is_one_of(word, list))
    }

    /// Whether any word is one of these.
    pub(super) fn mentions(&self, list: &[&str]) -> bool {
        self.main
            .iter()
            .chain(&self.rest)
            .any(|word| is_one_of(word, list))
    }

    /// The noun that the words before it qualify: `Supplier Type` is a type. `name`, `text` and numbers say nothing.
    pub(super) fn head(&self) -> &str {
        let says = |w: &&String| {
            !matches!(w.as_str(), "name" | "names" | "text" | "label" | "t" | "and")
                && !w.bytes().all(|b| b.is_ascii_digit())
        };
        self.main
            .iter()
            .rev()
            .find(says)
            .or(self.main.last())
            .map_or("", String::as_str)
    }

    pub(super) fn head_is(&self, list: &[&str]) -> bool {
        is_one_of(self.head(), list)
    }

    pub(super) fn is(&self, whole: &[&str]) -> bool {
        self.main.iter().map(String::as_str).eq(whole.iter().copied())
    }
}

/// Long words may hold one slip: real headers say `Directotate` and `Catergory`. Another ending is another
/// word (`provided`, `provider`), and so is a contract, which is no contact.
fn is_one_of(word: &str, list: &[&str]) -> bool {
    let slip = |known: &str| {
        let long = known.len() >= 7 && word.len() >= 6 && !word.starts_with("contract");
        let ending = word.len() == known.len() && word.as_bytes().last() != known.as_bytes().last();
        long && !ending && one_slip(word, known)
    };
    list.iter().any(|known| word == *known || slip(known))
}

/// Whether one letter too many, too few, wrong, or two swapped make `a` out of `b`.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    match (
        a.get(start..).unwrap_or_default(),
        b.get(start..).unwrap_or_default(),
    ) {
        ([one, other, rest @ ..], [swapped, back, after @ ..])
            if one == back && other == swapped && rest == after =>
        {
            true
        }
        ([_, rest @ ..], [_, after @ ..]) if rest == after => true,
        ([_, rest @ ..], after) if rest == after => true,
        (rest, [_, after @ ..]) => rest == after,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_become_words() {
        for (header, main, rest) in [
            ("DepartmentFamily", "department family", ""),
            ("trans_no", "trans no", ""),
            (
                "Invoice Line Value (net of VAT)",
                "invoice line value",
                "net of vat",
            ),
            ("Purpose of Spend", "purpose", "of spend"),
            ("Sum of Invoice Nett Amount", "of invoice nett amount", ""),
            ("Amount in Sterling \u{a3}", "amount", "in sterling gbp"),
            (
                "Approved Supplier (Beneficiary) Name",
                "approved supplier name",
                "beneficiary",
            ),
        ] {
            let words = Words::of(header);
            assert_eq!(
                (words.main.join(" ").as_str(), words.rest.join(" ").as_str()),
                (main, rest),
                "{header}"
            );
        }
    }

    #[test]
    fn one_slip_in_a_long_word() {
        for word in ["directotate", "directorat", "diirectorate", "driectorate"] {
            assert!(is_one_of(word, &["directorate"]), "{word}");
        }
        for (word, known) in [
            ("account", "amount"),
            ("note", "node"),
            ("directttate", "directorate"),
            ("contract", "contact"),
            ("provided", "provider"),
        ] {
            assert!(!is_one_of(word, &[known]), "{word}");
        }
    }
}
