//! What a column holds, by the words of its header: the common English of UK publishers.

use stripout_model::Role;

use super::words::Words;

/// A role, and how good the column is for it: of several amounts the best ranked is the payment's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) role: Role,
    pub(super) rank: u8,
}

const SUPPLIER: &[&str] = &[
    "supplier",
    "suppliers",
    "vendor",
    "vender",
    "payee",
    "beneficiary",
    "creditor",
    "merchant",
    "contractor",
    "provider",
    "recipient",
    "seller",
    "trader",
    "suppname",
    "supp",
];
const IDENTIFIER: &[&str] = &[
    "id",
    "ids",
    "ref",
    "refs",
    "reference",
    "no",
    "nos",
    "number",
    "num",
    "nr",
    "voucher",
    "seq",
    "sequence",
    "key",
    "identifier",
    "uid",
    "guid",
    "barcode",
    "serial",
    "tag",
    "cheque",
    "registration",
    "transno",
    "docno",
    "ocid",
];
const RECORD: &[&str] = &[
    "transaction",
    "trans",
    "invoice",
    "document",
    "doc",
    "voucher",
    "order",
    "po",
    "requisition",
    "receipt",
];
const SORT: &[&str] = &[
    "category", "type", "class", "group", "status", "sector", "size", "sme", "vcse", "method", "mode", "mcc",
];
const AMOUNT: &[&str] = &[
    "amount", "amounts", "amt", "value", "net", "nett", "gross", "total", "spend", "sum", "price", "cost",
    "costs", "gbp", "sterling", "debit", "credit", "payment", "payments", "paid", "balance", "fee", "charge",
    "invoiced", "vat", "tax", "actual", "actuals",
];
const DATE: &[&str] = &[
    "date", "dates", "dated", "month", "period", "year", "week", "quarter", "datetime",
];
const PURPOSE: &[&str] = &[
    "purpose",
    "description",
    "desc",
    "narrative",
    "narration",
    "detail",
    "details",
    "comment",
    "comments",
    "note",
    "notes",
    "summary",
    "goods",
    "item",
    "items",
    "reason",
    "particulars",
    "explanation",
    "subject",
    "title",
    "information",
];
/// A description of these is a label of the chart of accounts, not of what was bought.
const ACCOUNTING: &[&str] = &[
    "code",
    "subj",
    "account",
    "centre",
    "center",
    "category",
    "unit",
    "nominal",
    "subjective",
    "objective",
    "department",
    "directorate",
    "level",
    "ledger",
    "group",
    "division",
    "section",
    "budget",
    "fund",
    "programme",
    "type",
    "area",
];
const CATEGORY: &[&str] = &[
    "category",
    "categories",
    "type",
    "area",
    "service",
    "services",
    "division",
    "directorate",
    "department",
    "dept",
    "group",
    "subjective",
    "objective",
    "account",
    "centre",
    "center",
    "ledger",
    "nominal",
    "expense",
    "expenses",
    "expenditure",
    "class",
    "level",
    "unit",
    "section",
    "portfolio",
    "programme",
    "project",
    "fund",
    "funding",
    "capital",
    "revenue",
    "caporrev",
    "source",
    "subsource",
    "definition",
    "heading",
    "head",
    "analysis",
    "budget",
    "activity",
    "function",
    "team",
    "code",
    "codes",
    "sector",
    "cipfa",
    "method",
    "status",
    "scheme",
    "procurement",
    "subj",
    "costc",
    "subcategory",
    "subdivision",
    "business",
    "indicator",
    "flag",
    "label",
    "subtype",
    "segment",
    "commodity",
];
const BODY: &[&str] = &[
    "body",
    "entity",
    "organisation",
    "organization",
    "authority",
    "council",
    "trust",
    "ccg",
    "icb",
    "buyer",
    "purchaser",
    "client",
    "org",
    "publisher",
    "hospital",
    "borough",
];

/// The role that the words speak for; `Role::Text` when they say nothing.
pub(super) fn guess(header: &str) -> Guess {
    let words = Words::of(header);
    let (role, rank) = role(&words);
    Guess { role, rank }
}

fn role(words: &Words) -> (Role, u8) {
    if words.main.is_empty() {
        return (Role::Text, 0);
    }
    if words.head_is(&["url", "uri", "link", "website", "hyperlink", "webpage"]) {
        return (Role::Url, 0);
    }
    let contact = [
        "email",
        "mail",
        "telephone",
        "phone",
        "tel",
        "fax",
        "postcode",
        "address",
        "contact",
        "mobile",
    ];
    if words.has(&contact) && !words.has(&["book", "ip", "mac"]) {
        return (Role::Contact, 0);
    }
    if words.has(&["ip", "mac"]) && words.has(&["address"]) {
        return (Role::Reference, 0);
    }
    let lists = [
        "cpv",
        "unspsc",
        "proclass",
        "bvacop",
        "sercop",
        "sic",
        "nuts",
        "naics",
        "classification",
        "classifications",
    ];
    if words.mentions(&lists) {
        return (Role::Classification, 0);
    }
    if is_currency(words) {
        return (Role::Text, 0);
    }
    quantity(words)
        .or_else(|| date(words))
        .or_else(|| supplier(words))
        .or_else(|| body(words))
        .or_else(|| reference(words))
        .or_else(|| amount(words))
        .or_else(|| purpose(words))
        .or_else(|| {
            words
                .has(CATEGORY)
                .then_some((Role::Category, category_rank(words)))
        })
        .or_else(|| words.has(AMOUNT).then_some((Role::Amount, 1)))
        .or_else(|| words.mentions(SUPPLIER).then_some((Role::Supplier, 1)))
        .unwrap_or((Role::Text, 0))
}

/// Whether the column names the currency of the row.
pub(super) fn names_currency(header: &str) -> bool {
    is_currency(&Words::of(header))
}

fn is_currency(words: &Words) -> bool {
    words.has(&["currency", "ccy"]) && !words.has(&["amount", "amt", "value", "net", "gross", "total"])
}

fn quantity(words: &Words) -> Option<(Role, u8)> {
    let counts = words.has(&["number", "no", "count"]) && words.rest.first().is_some_and(|w| w == "of");
    let said = words.has(&["quantity", "qty", "units", "quantities"]) && !words.has(&["price", "cost"]);
    (counts || said).then_some((Role::Quantity, 0))
}

fn date(words: &Words) -> Option<(Role, u8)> {
    // "Year to date" is money.
    let to_date = words.rest.iter().any(|w| w == "date") && words.rest.iter().any(|w| w == "to");
    if to_date || words.has(&["ytd"]) {
        return Some((Role::Amount, 0));
    }
    let alone = [
        "updated",
        "received",
        "posted",
        "published",
        "awarded",
        "start",
        "end",
        "due",
        "deadline",
    ];
    if let [only] = words.main.as_slice()
        && alone.contains(&only.as_str())
    {
        return Some((Role::Date, 2));
    }
    if !words.has(DATE)
        || words.has(IDENTIFIER) && !words.has(&["date"])
        || words.head_is(AMOUNT) && !words.has(&["date"])
    {
        return None;
    }
    let rank = match words {
        w if w.has(&["date", "dates"]) && w.mentions(&["payment", "paid", "pay", "cleared", "clearance"]) => {
            6
        }
        w if w.is(&["date"]) => 5,
        w if w.has(&["date", "dates"]) && w.has(&["invoice", "document", "due", "deadline", "created"]) => 3,
        w if w.has(&["date", "dates", "dated", "datetime"]) => 4,
        _ => 1,
    };
    Some((Role::Date, rank))
}

fn supplier(words: &Words) -> Option<(Role, u8)> {
    let paid_to = words.rest == ["to"] && words.has(&["paid", "payable", "payment", "payments"]);
    if paid_to {
        return Some((Role::Supplier, 4));
    }
    if words.has(&["company", "firm", "trading"]) {
        let id = words.has(IDENTIFIER) || words.has(&["reg"]);
        return Some(if id {
            (Role::Reference, 0)
        } else {
            (Role::Supplier, 1)
        });
    }
    if !words.has(SUPPLIER) {
        return None;
    }
    let named = words.has(&["name", "names", "text"]);
    Some(match words {
        // `Supplier ID`, `Vendor Invoice No`, `Supplier VAT Number`, `Supplier Invoice`
        w if w.has(IDENTIFIER) || w.has(&["vat", "reg", "invoice", "code", "account"]) && !named => {
            if w.head_is(AMOUNT) {
                (Role::Amount, 2)
            } else {
                (Role::Reference, 1)
            }
        }
        w if w.head_is(SORT) || w.has(SORT) && named => (Role::Category, 0),
        w if w.head_is(AMOUNT) => (Role::Amount, 2),
        w if w.head_is(&["town", "city", "county", "country", "region", "location", "ward"]) => {
            (Role::Contact, 0)
        }
        w if w.has(&["parent", "alias", "previous", "former", "group"]) => (Role::Supplier, 2),
        _ => (Role::Supplier, if named { 5 } else { 4 }),
    })
}

fn body(words: &Words) -> Option<(Role, u8)> {
    // The family is the parent department; the entity is who pays.
    if words.has(&["family"]) && words.has(&["department", "departmental", "dept"]) {
        return Some((Role::Body, 1));
    }
    if !words.head_is(BODY) {
        return None;
    }
    let named = words.has(&["name", "entity", "title"]);
    Some((Role::Body, if named { 4 } else { 3 }))
}

fn reference(words: &Words) -> Option<(Role, u8)> {
    if words.has(BODY) && words.head_is(&["code"]) {
        return Some((Role::Reference, 0));
    }
    let whole = words
        .main
        .iter()
        .all(|w| RECORD.contains(&w.as_str()) || w == "purchase");
    let id = words.has(IDENTIFIER) && !words.head_is(PURPOSE) && !words.head_is(AMOUNT);
    let code = words.has(&["code"]) && words.has(RECORD) && words.head_is(&["code"]);
    if !whole && !id && !code {
        return None;
    }
    let rank = match words {
        w if w.has(&["transaction", "trans", "transno"]) => 5,
        w if w.has(&["invoice", "document", "voucher", "payment"]) => 4,
        w if w.has(&["registration", "vat"]) => 0,
        _ => 3,
    };
    Some((Role::Reference, rank))
}

fn amount(words: &Words) -> Option<(Role, u8)> {
    if !words.head_is(AMOUNT) {
        return None;
    }
    let without_tax = words.has(&["net", "nett"])
        || words.rest.first().is_some_and(|w| w.starts_with("ex"))
        || words
            .rest
            .iter()
            .any(|w| w.starts_with("ex") || matches!(w.as_str(), "net" | "nett"));
    let rank = match words {
        w if w.has(&["vat", "tax"]) && !without_tax => 0,
        w if w.has(&[
            "price", "fee", "charge", "balance", "foreign", "original", "budget", "unit",
        ]) =>
        {
            1
        }
        _ if without_tax => 6,
        w if w.has(&["gross"]) || w.mentions(&["inc", "incl", "including", "includes", "gross"]) => 3,
        w if w.has(&["amount", "amounts", "amt", "value"]) => 5,
        w if w.has(&["total", "sum", "paid", "net"]) => 4,
        _ => 2,
    };
    Some((Role::Amount, rank))
}

fn purpose(words: &Words) -> Option<(Role, u8)> {
    if !words.head_is(PURPOSE) {
        return None;
    }
    if words.has(ACCOUNTING) {
        return Some((Role::Category, 3));
    }
    let rank = match words {
        w if w.has(&["purpose", "narrative", "narration"]) => 5,
        w if w.has(&["description", "desc", "details", "detail"]) => 4,
        _ => 2,
    };
    Some((Role::Purpose, rank))
}

fn category_rank(words: &Words) -> u8 {
    match words {
        w if w.head_is(&["code", "codes"]) => 1,
        w if w.has(&[
            "merchant",
            "expense",
            "expenses",
            "expenditure",
            "subjective",
            "spend",
        ]) =>
        {
            5
        }
        w if w.has(&["category", "type", "account", "nominal"]) => 4,
        w if w.has(&["capital", "revenue", "source", "subsource", "status", "method"]) => 0,
        _ => 2,
    }
}
