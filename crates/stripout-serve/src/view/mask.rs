//! Takes out of the words of a source what leads to a device or a person: no public page shows an address on a network,
//! a hardware address, a serial number, a password, an e-mail address, a person's number, name or home.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const WITHHELD: &str = "[withheld]";

/// What leads to a device.
const DEVICE: &[&str] = &[
    r"(?i)\b(?:\d{1,3}\.){3}\d{1,3}\b(?::\d{1,5}\b)?",
    r"(?i)\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b",
    r"(?i)\b(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}\b|\b(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f:]*",
    r"(?i)\b(?:s/n|serials?(?:\s+(?:no|number|num|nr)s?\b\.?)?)\s*(?:is\b|[:#=])?\s*[\w/-]*\d[\w/-]*",
    r"(?i)\bs\.?n\.?\s*[:#=]\s*[\w/-]*\d[\w/-]*",
    // A model number with its serial number behind it: the day of making, the works, a count.
    r"(?:19|20)\d{6}[A-Z]{2,6}\d{6,}\w*",
    r"\b\d[A-Z][0-9A-Z]{5}P[A-Z]{2}[0-9A-Z]{5}\b",
    // A word after the label is one only where it has a digit or a sign, or a sign is between: "password protected" stays.
    r"(?i)\b(?:password|passphrase|passwd|pwd|passcode)s?\s*(?:is|was|[:=])\s*\S+",
    r"(?i)\b(?:password|passphrase|passwd|pwd|passcode)s?\s+(?:\w*\d\S*|\w+[!$%&*@#?]\S*)",
    r"(?i)\b(?:pin|access code|door code|alarm code)(?:\s+(?:code|number|no\.?))?\s*(?:is|[:=])?\s*\d{3,8}\b",
    r"(?i)\b(?:user\s?name|user\s?id|user|login|log-in)\s*(?:is|[:=])\s*\S+|\buser\s+(?:admin|root|operator)\b",
];

/// What leads to a person.
const PERSON: &[&str] = &[
    r"(?i)[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?i)\b(?:ext|extn|extension)\b\.?\s*(?:no\.?|number)?\s*[:#]?\s*\d{3,6}\b",
    // National insurance numbers, by their form; numbers of patients, days of birth and plates by their label.
    r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",
    r"(?i)\b(?:ni|national insurance)\s*(?:no|number|nr)\.?\s*(?:is|[:#=])?\s*[a-z]{2}[\d\s]{6,9}[a-z]?\b",
    r"(?i)\bnhs\s*(?:no|number|nr)\.?\s*(?:is|[:#=])?\s*\d{3}\s?\d{3}\s?\d{4}\b",
    r"(?i)\b(?:date of birth|d\.?o\.?b\.?)\s*(?:is|[:=])?\s*\d[\d/. -]*(?:[a-z]+\s+\d{2,4})?",
    r"(?i)\b(?:number ?plate|registration(?:\s+(?:no|number|mark))?|vehicle(?:\s+reg(?:istration)?)?|reg(?:\s+no)?|car|van|vrm)\b\.?\s*[:#]?\s*[a-z]{2}\d{2}\s?[a-z]{3}\b",
    // People, by what stands before their names; with the number and street behind them.
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Cllr|Councillor|Dr|Prof)\b\.?\s+[A-Z][\w'\u{2019}-]*\.?(?:\s+[A-Z][\w'\u{2019}-]+)?(?:,?\s+(?:of|at)\s+\d{1,4}[A-Za-z]?,?\s+[A-Z][\w'\u{2019}-]+(?:\s+[A-Z][\w'\u{2019}-]+){0,3})?",
    r"\b(?i:ring|call|phone|telephone|contact|speak to|ask for|fao|attn)\b:?\s+[A-Z][a-z'\u{2019}-]+\s+[A-Z][\w'\u{2019}-]+\s+(?:on|at|ext)\b",
    r"\b(?i:yours (?:sincerely|faithfully)|kind regards|best regards|signed(?: by)?)\b[,:]?\s+[A-Z][a-z'\u{2019}-]+(?:\s+[A-Z][\w'\u{2019}-]+){1,2}",
    r"\b[A-Z][\w'\u{2019}-]+(?:\s+[A-Z][\w'\u{2019}-]+){1,2}\s+(?i:t/a|trading as)\b",
];

/// A number and a street: somebody's home where what stands before it says so, and else the address of an office.
const STREET: &str = r"(?:(?i:flat|apartment|apt)\.?\s*\d+[A-Za-z]?,?\s+)?\b\d{1,4}[A-Za-z]?,?\s+(?:[A-Z\u{2026}.][\w'\u{2019}.\u{2026}-]*\s+){1,4}(?i:street|st|road|rd|lane|avenue|ave|close|drive|way|crescent|court|terrace|place|gardens|grove|row|hill|park|square|mews|walk)\b\.?(?:,?\s+[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b)?";
const HOME: &str = r"(?i:\b(?:home of|private home|home address|resident|tenant|householder|occupier|neighbour|complaint of|complainant|lives|living|residing|dwelling|victim|witness)\b[^.;\n]{0,60}?)";
const REFUGE: &str = r"(?i)\b(?:(?:women'?\u{2019}?s )?refuge|safe ?house|hostel for [a-z ]+)\b[^.;\n]{0,20}?\b(?:at|in|on)\b[^.;\n]{1,80}";

/// A number and a street of the sort that people live in, and a flat: somebody's home, unless words of a public building
/// stand beside it.
const DWELLING: &str = r"(?:(?i:flat|apartment|apt)\.?\s*\d+[A-Za-z]?\b(?:,?\s+\d{1,4}[A-Za-z]?)?,?\s+(?:[A-Z][\w'\u{2019}-]*\s+){1,4}(?i:street|st|road|rd|lane|avenue|ave|close|drive|way|crescent|court|terrace|place|gardens|grove|row|hill|house|point|tower|heights)\b\.?|\b\d{1,4}[A-Za-z]?,?\s+(?:[A-Z][\w'\u{2019}-]*\s+){1,3}(?i:avenue|ave|close|drive|crescent|gardens|grove|mews|terrace|rise)\b\.?)(?:,?\s+[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b)?";
const PUBLIC_BUILDING: &str = r"(?i)\b(?:offices?|depots?|librar(?:y|ies)|schools?|academy|colleges?|universit(?:y|ies)|centres?|centers?|halls?|stations?|hospitals?|clinics?|surger(?:y|ies)|museums?|galler(?:y|ies)|theatres?|baths|pools?|markets?|car parks?|works|hostels?|cemeter(?:y|ies)|crematori(?:um|a)|nurser(?:y|ies)|headquarters|hq|hub|pavilion|stadium|civic|town hall|reception)\b";

static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    let parts: Vec<String> = DEVICE
        .iter()
        .chain(PERSON)
        .map(|part| format!("(?:{part})"))
        .collect();
    Regex::new(&parts.join("|")).expect("a test of this file compiles it")
});
static PLACES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!("(?:{REFUGE})|(?:{HOME}(?P<street>{STREET}))"))
        .expect("a test of this file compiles it")
});

static DWELLINGS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(DWELLING).expect("a test of this file compiles it"));
static BUILDINGS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(PUBLIC_BUILDING).expect("a test of this file compiles it"));

pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let held = held(text);
    if held.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(without(text, 0, &held))
}

/// Some of it leads to a device or a person.
pub(super) fn is_private(text: &str) -> bool {
    !held(text).is_empty()
}

/// Of words that were cut into three, so that what begins in one part and ends in the next is held back too. Of the
/// recognised words in the middle only what is private by itself is.
pub(super) fn masked_parts([before, mark, after]: [&str; 3]) -> [String; 3] {
    let whole = [before, mark, after].concat();
    let held = held(&whole);
    [
        without(before, 0, &held),
        masked(mark).into_owned(),
        without(after, before.len() + mark.len(), &held),
    ]
}

/// What is private, in order and apart from each other.
fn held(text: &str) -> Vec<Range<usize>> {
    let plain = PRIVATE.find_iter(text).map(|found| found.range());
    let places = PLACES.captures_iter(text).filter_map(|found| {
        let what = found.name("street").or_else(|| found.get(0))?;
        Some(what.range())
    });
    let mut all: Vec<Range<usize>> = plain.chain(places).collect();
    if DWELLINGS.is_match(text) && !BUILDINGS.is_match(text) {
        all.extend(DWELLINGS.find_iter(text).map(|found| found.range()));
    }
    all.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in all {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// A part of longer words that begins at `from`, without what is held back of them.
fn without(part: &str, from: usize, held: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(part.len());
    let mut at = 0;
    for range in held {
        let start = range.start.saturating_sub(from).clamp(at, part.len());
        let end = range.end.saturating_sub(from).min(part.len());
        if end <= start {
            continue;
        }
        out.push_str(part.get(at..start).unwrap_or_default());
        out.push_str(WITHHELD);
        at = end;
    }
    out.push_str(part.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (text, want) in cases {
            assert_eq!(masked(text), *want, "{text}");
        }
    }

    #[test]
    fn what_leads_to_a_device_is_withheld() {
        check(&[
            ("camera at 10.20.30.40, hall", "camera at [withheld], hall"),
            ("recorder on 10.20.30.40:8000 now", "recorder on [withheld] now"),
            ("MAC 44:19:b6:aa:bb:cc", "MAC [withheld]"),
            ("MAC 44-19-B6-AA-BB-CC", "MAC [withheld]"),
            ("fe80:0:0:0:4619:b6ff:feaa:bbcc up", "[withheld] up"),
            ("at 2001:db8::1 now", "at [withheld] now"),
            ("Serial no. 4C0123PAZ99 dome", "[withheld] dome"),
            ("S/N: 123456789", "[withheld]"),
            ("recorder SN:CANARY99887766 hall", "recorder [withheld] hall"),
            ("serial number is AB-12345 fitted", "[withheld] fitted"),
            (
                "has 'DS-2CD2143G0-I20190101AAWRC12345678'",
                "has 'DS-2CD2143G0-I[withheld]'",
            ),
            ("unit 4K01234PAZ1A2B3 fitted", "unit [withheld] fitted"),
            ("user admin and password Canary123", "[withheld] and [withheld]"),
            ("login: root, pwd=hunter", "[withheld] [withheld]"),
            ("the password is tulip today", "the [withheld] today"),
            ("alarm code 4471", "[withheld]"),
        ]);
    }

    #[test]
    fn what_leads_to_a_person_is_withheld() {
        check(&[
            ("ask j.doe@example.gov.uk please", "ask [withheld] please"),
            ("Mr John Canary, ext 4471", "[withheld], [withheld]"),
            (
                "QQ123456C is no number, AB 12 34 56 C is",
                "QQ123456C is no number, [withheld] is",
            ),
            ("NI number AB123456C", "[withheld]"),
            ("date of birth: 3 May 1980, male", "[withheld], male"),
            ("vehicle AB12 CDE seen", "[withheld] seen"),
            (
                "Complaint of Ms Ann Canary of 3 High Street",
                "Complaint of [withheld]",
            ),
            (
                "Cllr Mary Canary: home of a resident, 12 Canary Street, LS1 4AP",
                "[withheld]: home of a resident, [withheld]",
            ),
            (
                "For questions ring Jane Canaryname on",
                "For questions [withheld]",
            ),
            ("Yours sincerely, Jane Canaryname", "[withheld]"),
            ("John Canary t/a Canary CCTV", "[withheld] Canary CCTV"),
            (
                "women's refuge at 9 Canary Lane; 4 cameras",
                "[withheld]; 4 cameras",
            ),
            ("tenant of Flat 2, 14 Canary Court", "tenant of [withheld]"),
            (
                "2 cameras at 12 Acacia Avenue, LS1 4AP",
                "2 cameras at [withheld]",
            ),
            ("doorbell for Flat 7, Canary House", "doorbell for [withheld]"),
            ("repair, 9A Canary Close", "repair, [withheld]"),
        ]);
    }

    #[test]
    fn what_is_public_stays() {
        for text in [
            "4 x DS-2CD2143G0-I, GBP 1,200.00 on 12.03.2024 at 10:30",
            "serial of the programme",
            "Leeds City Council, Civic Hall, 12 Calverley Street, Leeds LS1 1UR",
            "CCTV at 14 Market Street and the depot at 3 Station Road",
            "IP66 PTZ cameras, 4 of them; AB12 CDE",
            "Hikvision cameras, library at 12 Acacia Avenue",
            "4 cameras at 12 High Street",
            "36 Hikvision cameras in multi-storey car parks, 12 Grove Road",
            "password protected recorder, user training and a pass for the car park",
            "Contact Leeds City Council for a copy",
            "a replacement of 4 Hikvision cameras at Civic Hall",
            "registered under 01234567, contract 20240501-17",
            "pin hole camera, 3 dome cameras, call point",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn what_goes_over_an_edge_is_withheld_on_both_sides() {
        let parts = masked_parts(["ring Mr ", "Hikvision", " and Mr John Canary at 10.1.2.3"]);
        assert_eq!(
            parts,
            ["ring [withheld]", "Hikvision", " and [withheld] at [withheld]"].map(str::to_owned)
        );
        let parts = masked_parts(["serial no. ", "DS-7608", "NI01234 fitted"]);
        assert_eq!(parts[2], "[withheld] fitted");
        assert_eq!(
            masked_parts(["4 x ", "Hikvision", " domes"]).concat(),
            "4 x Hikvision domes"
        );
    }
}
