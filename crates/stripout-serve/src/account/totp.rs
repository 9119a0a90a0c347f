//! Codes of six digits that change every half minute (RFC 6238, over HMAC-SHA-1, which is what authenticator apps have).

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// Seconds that a code holds.
const STEP: i64 = 30;
/// Steps that a clock may be off, to either side.
const OFF: i64 = 1;
const DIGITS: u32 = 1_000_000;

/// What the server and one app share.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(pub(super) [u8; 20]);

impl Secret {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    fn code(&self, step: i64) -> u32 {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(&step.to_be_bytes());
        let sum = mac.finalize().into_bytes();
        let at = usize::from(sum.last().copied().unwrap_or_default() & 0xf);
        let four = sum.iter().skip(at).take(4);
        let word = four.fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        (word & 0x7fff_ffff) % DIGITS
    }

    /// The step whose code this is, if it is newer than `last`.
    pub(super) fn step_of(&self, code: &str, now: i64, last: i64) -> Option<i64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let code: u32 = digits.parse().ok().filter(|_| digits.len() == 6)?;
        let here = now.div_euclid(STEP);
        (here - OFF..=here + OFF).find(|step| *step > last && self.code(*step) == code)
    }

    /// As people type it (RFC 4648, base 32, without padding: 20 bytes need none).
    pub(super) fn words(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut text = String::new();
        let (mut bits, mut held) = (0_u32, 0);
        for byte in self.0 {
            bits = bits << 8 | u32::from(byte);
            held += 8;
            while held >= 5 {
                held -= 5;
                let letter = LETTERS.get((bits >> held & 31) as usize);
                text.extend(letter.map(|it| char::from(*it)));
            }
        }
        text
    }

    /// As apps read it from a picture.
    pub(super) fn address(&self) -> String {
        format!("otpauth://totp/Stripout?secret={}&issuer=Stripout", self.words())
    }

    /// The path of a QR code of the address, one unit a module, and its size.
    pub(super) fn picture(&self) -> Option<(String, i32)> {
        let code = qrcodegen::QrCode::encode_text(&self.address(), qrcodegen::QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
        Some((path, code.size()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the tables in RFC 4226 and RFC 6238.
    const KNOWN: Secret = Secret(*b"12345678901234567890");

    #[test]
    fn codes_are_those_of_the_standard() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(KNOWN.step_of(code, second, 0), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_near_its_time() {
        assert_eq!(
            KNOWN.step_of("287 082", 59 + 30, 0),
            Some(1),
            "half a minute late"
        );
        assert_eq!(KNOWN.step_of("287082", 59 + 60, 0), None, "a minute late");
        assert_eq!(KNOWN.step_of("287082", 59, 1), None, "taken before");
        for wrong in ["", "28708", "0287082", "28708a", "+87082"] {
            assert_eq!(KNOWN.step_of(wrong, 59, 0), None, "{wrong}");
        }
    }

    #[test]
    fn the_secret_is_written_in_base_32() {
        assert_eq!(KNOWN.words(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
