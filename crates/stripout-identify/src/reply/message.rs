//! What in a message is no statement of its sender: its subject, and all of an automatic reply.

use super::ReplyRules;
use super::part::Parts;

/// A text that opens as a message does.
pub(crate) struct Message<'t> {
    parts: &'t Parts,
    head: &'t str,
    automatic: bool,
}

impl Message<'_> {
    /// Whether what stands at a byte of the text states nothing, since it stands in the subject of the message or in an
    /// automatic reply.
    pub(crate) fn states_nothing(&self, at: usize) -> bool {
        let line = self.head.get(..at).and_then(|before| before.rsplit('\n').next());
        self.automatic || line.is_some_and(|line| self.parts.is_subject(line))
    }
}

impl ReplyRules {
    pub(crate) fn message<'t>(&'t self, text: &'t str) -> Option<Message<'t>> {
        let head = head(&self.parts, text)?;
        Some(Message {
            parts: &self.parts,
            head,
            automatic: self.is_automatic(text),
        })
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
        let states_nothing = |text: &str, at| rules.message(text).is_some_and(|it| it.states_nothing(at));
        assert!(states_nothing(asked, subject));
        assert!(!states_nothing(asked, body));
        let automatic = asked.replace("Subject: ", "Subject: Automatic reply: ");
        assert!(states_nothing(&automatic, automatic.rfind("Acme").unwrap()));
        // A letter whose heading is called its subject is no message.
        let letter = "Derby City Council\nSubject: Acme cameras in use";
        assert!(!states_nothing(letter, letter.find("Acme").unwrap()));
    }
}
