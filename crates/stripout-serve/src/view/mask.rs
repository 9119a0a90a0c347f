//! Takes out of the words of a source what leads to a device or a person: no public page shows an address on a network,
//! a hardware address, a serial number or an e-mail address.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

const WITHHELD: &str = "[withheld]";

static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:\d{1,3}\.){3}\d{1,3}\b",
        r"|\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b",
        r"|\b(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{1,4}\b|\b(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f:]*",
        r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"|\b(?:s/n|serial(?:\s+(?:no|number|nr)\b\.?)?)\s*[:#]?\s*[\w/-]*\d[\w/-]*",
    ))
    .expect("a test of this file compiles it")
});

pub(super) fn masked(text: &str) -> Cow<'_, str> {
    PRIVATE.replace_all(text, WITHHELD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_a_device_is_withheld() {
        for (text, want) in [
            ("camera at 10.20.30.40, hall", "camera at [withheld], hall"),
            ("MAC 44:19:b6:aa:bb:cc", "MAC [withheld]"),
            ("MAC 44-19-B6-AA-BB-CC", "MAC [withheld]"),
            ("fe80:0:0:0:4619:b6ff:feaa:bbcc up", "[withheld] up"),
            ("at 2001:db8::1 now", "at [withheld] now"),
            ("ask j.doe@example.gov.uk please", "ask [withheld] please"),
            ("Serial no. 4C0123PAZ99 dome", "[withheld] dome"),
            ("S/N: 123456789", "[withheld]"),
            (
                "4 x DS-2CD2143G0-I, GBP 1,200.00 on 12.03.2024 at 10:30",
                "4 x DS-2CD2143G0-I, GBP 1,200.00 on 12.03.2024 at 10:30",
            ),
            ("serial of the programme", "serial of the programme"),
        ] {
            assert_eq!(masked(text), want, "{text}");
        }
    }
}
