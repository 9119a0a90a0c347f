//! What a file's name says it is, where its bytes say otherwise.

use stripout_model::{Code, Problem, Severity};

use crate::document::DOCUMENTS;

/// Endings of kinds that are no documents, or are not read.
const OTHERS: &[&str] = &["csv", "tsv", "txt", "json", "jsonl", "xml", "doc"];

/// A warning when the name ends as another kind of file does; `own` are the endings of the kind it was read as.
pub(crate) fn mismatch(name: &str, own: &[&str], read_as: &str) -> Option<Problem> {
    let file = name.rsplit(['/', '!']).next().unwrap_or(name);
    let suffix = file.rsplit_once('.')?.1.to_ascii_lowercase();
    let known = |endings: &[&str]| endings.contains(&suffix.as_str());
    let other = known(OTHERS) || DOCUMENTS.iter().any(|document| known(document.endings()));
    (other && !known(own)).then(|| Problem {
        code: Code::InputTypeMismatch,
        severity: Severity::Warning,
        place: String::new(),
        what: format!("named `.{suffix}`, but its bytes are {read_as}; read as that"),
        because: "what a file is, is told from its bytes".into(),
        hint: "nothing to do if that is right; else get the file again".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::mismatch;

    #[test]
    fn only_a_known_other_ending_is_told() {
        let warned = |name| mismatch(name, &["docx", "docm"], "docx").is_some();
        assert!(warned("reply.csv") && warned("a.zip!REPLY.PDF") && warned("a/b.txt"));
        assert!(!warned("reply.docx") && !warned("reply.DOCM"));
        assert!(!warned("reply") && !warned("reply.final") && !warned("reply.docx.v2"));
    }
}
