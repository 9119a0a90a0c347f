//! What a string of any JSON is, by its key alone.

use stripout_model::Role;

pub(crate) fn role(key: &str) -> Role {
    let lower = key.to_ascii_lowercase();
    let is = |words: &[&str]| words.contains(&lower.as_str());
    if is(&["url", "uri", "href", "link", "web", "website"])
        || lower.ends_with("url")
        || lower.ends_with("uri")
    {
        Role::Url
    } else if is(&[
        "email",
        "e-mail",
        "telephone",
        "phone",
        "fax",
        "address",
        "postcode",
        "contact",
    ]) {
        Role::Contact
    } else if is(&["id", "uuid", "guid", "ref", "reference"]) {
        Role::Reference
    } else if is(&["date", "created", "modified", "updated", "timestamp"]) {
        Role::Date
    } else {
        Role::Text
    }
}
