//! What in a message is no statement of its sender: its subject, and all of an automatic reply.

use super::ReplyRules;
use super::part::Parts;

impl ReplyRules {
    /// Whether what stands at a byte of a text states nothing, since it stands in the subject of a message or in an
    /// automatic reply.
    pub(crate) fn states_nothing(&self, text: &str, at: usize) -> bool {
        let Some(head) = head(&self.parts, text) else {
            return false;
        };
        let line = text
            .get(..at.min(head.len()))
            .and_then(|before| before.rsplit('\n').next())
            .unwrap_or_default();
        at < head.len() && self.parts.is_subject(line) || self.is_automatic(text)
    }

    /// Whether a text is a message that nobody wrote.
    pub(super) fn is_automatic(&self, text: &str) -> bool {
        let head = head(&self.parts, text).unwrap_or_default();
        head.lines().any(|line| self.parts.is_automatic(line))
    }
}

/// The lines above the first blank one, of a text that opens as a message does.
fn head<'t>(parts: &Parts, text: &'t str) -> Option<&'t str> {
    let head = text.find("\n\n").map_or(Some(text), |end| text.get(..end))?;
    head.lines().next().filter(|line| parts.is_from(line))?;
    Some(head)
}

#[cfg(test)]
mod tests {
    use stripout_catalogue::Catalogue;

    use super::*;

    #[test]
    fn a_subject_states_nothing_and_an_automatic_reply_nothing_at_all() {
        let rules = ReplyRules::new(&Catalogue::embedded().unwrap().words);
        let asked = "From: foi@derby.gov.uk\nSubject: FOI Acme cameras in use\n\nWe have 3 Acme cameras.";
        let subject = asked.find("Acme").unwrap();
        let body = asked.rfind("Acme").unwrap();
        assert!(rules.states_nothing(asked, subject));
        assert!(!rules.states_nothing(asked, body));
        let automatic = asked.replace("Subject: ", "Subject: Automatic reply: ");
        assert!(rules.states_nothing(&automatic, automatic.rfind("Acme").unwrap()));
        // A letter whose heading is called its subject is no message.
        let letter = "Derby City Council\nSubject: Acme cameras in use";
        assert!(!rules.states_nothing(letter, letter.find("Acme").unwrap()));
    }
}
