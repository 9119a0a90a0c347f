//! Who was paid, as everybody may read it: a person who trades under their own name is nobody's business here.

use std::sync::LazyLock;

use regex::Regex;

use super::mask::masked;

const WITHHELD: &str = "[withheld: it may be a person's name]";

/// What names of organisations hold, and names of people do not: forms of companies, sorts of bodies, trades.
const ORGANISATION: &str = r"(?ix)\b(?:
    ltd|limited|plc|p\.l\.c|llp|l\.l\.p|inc|incorporated|gmbh|b\.?v|s\.?a|a\.?s|corp|corporation|co|company|cic|cio|lp|
    group|holdings|partnership|partners|associates|brothers|bros|sons|trust|society|association|foundation|charity|church|
    council|authority|police|constabulary|nhs|university|college|school|academy|department|ministry|board|commission|
    uk|gb|international|europe|global|national|northern|southern|eastern|western|midlands|scotland|wales|
    services?|solutions?|systems?|security|cctv|surveillance|cameras?|alarms?|fire|electrical|electrics?|electronics?|
    electricians?|installations?|installers?|maintenance|engineering|engineers|technolog(?:y|ies)|tech|communications?|comms|
    telecoms?|networks?|data|digital|computers?|computing|it|ict|software|controls?|automation|access|locks?|locksmiths?|
    supplies|supply|suppliers|distribution|wholesale|stores?|shop|direct|online|trading|retail|hire|rentals?|
    construction|contractors?|building|builders|property|properties|housing|homes|facilities|management|consultants?|
    consultancy|consulting|media|marketing|transport|logistics|motors|garage|cleaning|environmental|energy|power|water|
    vision|protection|guarding|integrated|projects?|products?|industries|industrial|manufacturing|centre|bank|club|hotel
)\b|[&@/\d]|\b(?:\w+\.(?:com|co|org|net|uk))\b";
/// Two or three words, or letters and a word, as people are called.
const PERSON: &str = r"^(?:(?i:mr|mrs|ms|miss|mx|dr|prof)\.?\s+)?(?:\p{Lu}[\p{L}'\u{2019}-]*\.?\s+){1,2}\p{Lu}[\p{L}'\u{2019}-]+$";

static ORGANISATIONS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(ORGANISATION).expect("a test of this file compiles it"));
static PEOPLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(PERSON).expect("a test of this file compiles it"));

pub(super) fn payee(name: &str) -> String {
    let trimmed = name.trim();
    if PEOPLE.is_match(trimmed) && !ORGANISATIONS.is_match(trimmed) {
        return WITHHELD.to_owned();
    }
    masked(name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_withheld_and_firms_are_not() {
        for name in [
            "John Canary",
            "J. Canary",
            "J A Canary",
            "MARY CANARYNAME",
            "Mr Alan O'Canary",
            "Jean-Luc Canary",
        ] {
            assert_eq!(payee(name), WITHHELD, "{name}");
        }
        for name in [
            "Aire CCTV Ltd",
            "BAYDALE CONTROL SYSTEMS LTD",
            "Openview Security",
            "Hadrian Alarms",
            "Acme 3 Ltd",
            "Smith & Canary",
            "Leeds City Council",
            "Chubb",
            "",
            "Quadrant Security Group",
        ] {
            assert_eq!(payee(name), name);
        }
        assert_eq!(payee("John Canary t/a Canary CCTV"), "[withheld] Canary CCTV");
    }
}
