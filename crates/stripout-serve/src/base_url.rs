//! Where readers reach the register: what is read away from its pages (feeds, cards, site maps) needs whole addresses.

use std::fmt::{self, Write as _};
use std::net::SocketAddr;
use std::str::FromStr;

use crate::view::View;

/// The address of the first page, without the last `/`: `https://example.org/register`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why a text is no such address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no address like `https://example.org/register`")]
pub struct NoBaseUrl(String);

/// The year in which ids of entries began to be given out (RFC 4151); never changes.
const IDS_SINCE: &str = "2026";

impl FromStr for BaseUrl {
    type Err = NoBaseUrl;

    fn from_str(text: &str) -> Result<Self, NoBaseUrl> {
        let url = text.trim_end_matches('/');
        let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/:[]".contains(c);
        if host.is_empty() || !url.chars().all(plain) {
            return Err(NoBaseUrl(text.to_owned()));
        }
        Ok(Self(url.to_owned()))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BaseUrl {
    /// Of a server that listens there; `None` where it listens on every address of a machine.
    pub(crate) fn listening(address: SocketAddr) -> Option<Self> {
        (!address.ip().is_unspecified()).then(|| Self(format!("http://{address}")))
    }

    /// Readers come over an encrypted connection.
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Host without port, the authority of ids.
    fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        authority.rsplit_once(':').map_or(authority, |(host, _)| host)
    }

    /// The path of one of its addresses: `/bodies/x`; `None` for an address of somebody else.
    pub(crate) fn path_of<'a>(&self, url: &'a str) -> Option<&'a str> {
        let path = url.strip_prefix(self.0.as_str())?;
        path.starts_with('/').then_some(path)
    }
}

impl View {
    /// The address of a page as others may keep it; only its path where nobody said where readers reach the register.
    pub(crate) fn url(&self, path: &str) -> String {
        match self.base() {
            Some(base) if self.files => format!("{base}{}", crate::publish::shown_at(path)),
            Some(base) => format!("{base}{path}"),
            // Links between files are made from the paths of pages.
            None => path.to_owned(),
        }
    }

    /// The id of something that is told, the same for ever (RFC 4151).
    pub(crate) fn tag(&self, thing: &str) -> String {
        let host = self.base().map_or("localhost", BaseUrl::host);
        let mut id = format!("tag:{host},{IDS_SINCE}:");
        for byte in thing.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                id.push(char::from(byte));
            } else {
                let _ = write!(id, "%{byte:02X}");
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_without_its_last_slash() {
        let base: BaseUrl = "https://example.org:8443/register/".parse().unwrap();
        assert_eq!(base.to_string(), "https://example.org:8443/register");
        assert_eq!(base.host(), "example.org");
        assert_eq!(
            base.path_of("https://example.org:8443/register/bodies/x"),
            Some("/bodies/x")
        );
        assert_eq!(base.path_of("https://example.org:8443/registers"), None);
        for wrong in [
            "",
            "example.org",
            "https://",
            "ftp://x",
            "https://x/?q",
            "https://x/\"><",
            "https:///x",
        ] {
            assert_eq!(
                wrong.parse::<BaseUrl>(),
                Err(NoBaseUrl(wrong.to_owned())),
                "{wrong}"
            );
        }
    }
}
