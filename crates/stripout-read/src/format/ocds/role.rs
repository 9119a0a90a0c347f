//! What a string of a release is, by its key and the sections around it.

use stripout_model::Role;

/// Keys of a release's strings whose values are words of a code list, ids or references.
const CODES: &[&str] = &[
    "id",
    "ocid",
    "tag",
    "initiationType",
    "language",
    "scheme",
    "status",
    "documentType",
    "noticeType",
    "format",
    "procurementMethod",
    "mainProcurementCategory",
    "additionalProcurementCategories",
    "submissionMethod",
    "roles",
    "scale",
    "currency",
    "relatedLot",
    "relatedLots",
    "relatedItem",
    "awardID",
    "identifier",
    "relationship",
    "region",
    "type",
    "rel",
    "amount",
    "coveredBy",
    "languages",
    "version",
    "awardCriteria",
    "relatedTenderer",
    "relatedBid",
    "releaseSource",
    "country",
    "countryCode",
    "unspsc",
    "legalBasis",
];

/// The role of the string under `key`; `parents` are the keys above it, outermost first.
pub(crate) fn role(parents: &[impl AsRef<str>], key: &str) -> Role {
    let parent = parents.last().map_or("", AsRef::as_ref);
    let above = Above::of(parents);
    if above.contact {
        return if is_link(key) { Role::Url } else { Role::Contact };
    }
    match key {
        _ if is_link(key) => Role::Url,
        "email" | "telephone" | "faxNumber" | "postalCode" | "streetAddress" | "locality" => Role::Contact,
        _ if above.classification => Role::Classification,
        "name" | "legalName" if above.supplier => Role::Supplier,
        "name" if above.body => Role::Body,
        "name" if above.publisher => Role::Contact,
        _ if CODES.contains(&key) || CODES.contains(&parent) && key.is_empty() => Role::Reference,
        _ if key == "date" || key.starts_with("date") || key.ends_with("Date") => Role::Date,
        "title" | "description" if parents.is_empty() || above.attached => Role::Text,
        "title" | "description" => Role::Purpose,
        _ => Role::Text,
    }
}

/// Which sections stand above a string, at any height.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "sections nest in any combination")]
struct Above {
    contact: bool,
    classification: bool,
    supplier: bool,
    body: bool,
    publisher: bool,
    /// Documents, and criteria: words about the notice.
    attached: bool,
}

impl Above {
    fn of(parents: &[impl AsRef<str>]) -> Self {
        let mut above = Self::default();
        for parent in parents {
            match parent.as_ref() {
                "contactPoint" | "address" | "deliveryAddresses" | "deliveryAddress" => above.contact = true,
                "classification" | "additionalClassifications" | "classifications" => {
                    above.classification = true;
                }
                "suppliers" | "tenderers" | "parties" | "subcontracting" => above.supplier = true,
                "buyer" | "procuringEntity" => above.body = true,
                "publisher" | "source" => above.publisher = true,
                "documents" | "selectionCriteria" | "awardCriteria" => above.attached = true,
                _ => {}
            }
        }
        above
    }
}

fn is_link(key: &str) -> bool {
    matches!(key, "url" | "uri" | "href" | "license" | "publicationPolicy")
        || key.ends_with("Url")
        || key.ends_with("URL")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_have_the_role_of_their_place() {
        for (path, want) in [
            ("tender/title", Role::Purpose),
            ("tender/lots/description", Role::Purpose),
            ("tender/documents/title", Role::Text),
            ("parties/name", Role::Supplier),
            ("parties/identifier/legalName", Role::Supplier),
            ("parties/contactPoint/name", Role::Contact),
            ("parties/address/streetAddress", Role::Contact),
            ("parties/contactPoint/url", Role::Url),
            ("buyer/name", Role::Body),
            ("awards/suppliers/name", Role::Supplier),
            ("tender/items/classification/description", Role::Classification),
            ("tender/tenderPeriod/endDate", Role::Date),
            ("awards/date", Role::Date),
            ("ocid", Role::Reference),
            ("description", Role::Text),
            ("tender/procurementMethodDetails", Role::Text),
        ] {
            let keys: Vec<&str> = path.split('/').collect();
            let (key, parents) = keys.split_last().expect("no empty paths");
            assert_eq!(role(parents, key), want, "{path}");
        }
    }
}
