//! Who may come in, and whether a page of our own sent them.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::http::header::{COOKIE, HOST, HeaderMap, ORIGIN};
use axum::http::{Method, Uri};

use crate::ServeError;
use crate::account::{Accounts, Token};
use crate::desk::{Desk, Screener, Uploads};
use crate::person::{Person, Role, Visitor};
use crate::trouble::Trouble;

/// Who may do what on the site.
#[derive(Clone)]
pub struct Access {
    who: Who,
    screener: Option<Screener>,
}

#[derive(Clone)]
enum Who {
    Everybody,
    Alone {
        name: Option<String>,
    },
    Signed {
        accounts: Accounts,
        /// The cookie goes over encrypted connections only.
        secure: bool,
    },
}

impl Access {
    /// Everybody reads, nobody changes anything.
    pub fn reading() -> Self {
        Self {
            who: Who::Everybody,
            screener: None,
        }
    }

    /// One person on this machine, who is asked for nothing and may do all; their decisions are kept under this name.
    pub fn alone(name: Option<String>) -> Self {
        Self {
            who: Who::Alone { name },
            screener: None,
        }
    }

    /// Everybody reads what was accepted; people with an account sign in and do what their role allows. `secure`: readers
    /// come over an encrypted connection.
    pub fn accounts(accounts: Accounts, secure: bool) -> Self {
        Self {
            who: Who::Signed { accounts, secure },
            screener: None,
        }
    }

    /// Files may be added, and this reads them.
    #[must_use]
    pub fn adding(self, screener: Screener) -> Self {
        Self {
            screener: Some(screener),
            ..self
        }
    }

    /// People sign in.
    pub(crate) fn is_staffed(&self) -> bool {
        matches!(self.who, Who::Signed { .. })
    }
}

/// What people work with.
pub(crate) struct Desks {
    pub(crate) desk: Arc<Desk>,
    pub(crate) uploads: Option<Arc<Uploads>>,
    pub(crate) accounts: Option<Accounts>,
}

pub(crate) struct Gate {
    who: Who,
    desks: Option<Desks>,
}

impl Gate {
    pub(crate) fn new(access: Access, register: &Path) -> Result<Self, ServeError> {
        let Access { who, screener } = access;
        let accounts = match &who {
            Who::Everybody => return Ok(Self { who, desks: None }),
            Who::Alone { .. } => None,
            Who::Signed { accounts, .. } => Some(accounts.clone()),
        };
        let uploads = screener.map(|screener| Uploads::new(screener, register).map(Arc::new));
        let desks = Some(Desks {
            desk: Arc::new(Desk::new(register.to_path_buf())),
            uploads: uploads.transpose()?,
            accounts,
        });
        Ok(Self { who, desks })
    }

    /// Not there where nothing can be changed.
    pub(crate) fn desks(&self) -> Result<&Desks, Trouble> {
        self.desks.as_ref().ok_or(Trouble::NotFound)
    }

    /// Who asks. A page elsewhere can neither change anything, nor read through a name that it made point to this machine.
    pub(crate) async fn admit(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Visitor, Trouble> {
        let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let changes = !reads && self.desks.is_some();
        if changes && !is_from_here(headers, uri) {
            return Err(Trouble::Forbidden(
                "the request was not sent by a page of this site".into(),
            ));
        }
        match &self.who {
            Who::Everybody => Ok(Visitor::default()),
            Who::Alone { name } => {
                if host(headers, uri).is_some_and(|host| !is_this_machine(host)) {
                    return Err(Trouble::Misdirected);
                }
                Ok(Visitor(Some(Person {
                    name: name.clone(),
                    role: Role::Owner,
                })))
            }
            Who::Signed { accounts, .. } => match self.token(headers) {
                Some(token) => Ok(Visitor(accounts.person(&token).await?)),
                None => Ok(Visitor::default()),
            },
        }
    }

    /// That of the session, as the browser sends it.
    pub(crate) fn token(&self, headers: &HeaderMap) -> Option<Token> {
        let name = self.cookie_name();
        let cookies = headers
            .get_all(COOKIE)
            .into_iter()
            .filter_map(|it| it.to_str().ok());
        let mut pairs = cookies
            .flat_map(|it| it.split(';'))
            .filter_map(|it| it.trim().split_once('='));
        pairs
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| Token::read(value))
    }

    /// The cookie that holds it for so many seconds; scripts do not see it and other sites do not send it along.
    pub(crate) fn cookie(&self, token: &str, seconds: i64) -> String {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let name = self.cookie_name();
        format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
    }

    /// Browsers take a name with this prefix over encrypted connections and from this very host only.
    fn cookie_name(&self) -> &'static str {
        if self.is_secure() {
            "__Host-stripout"
        } else {
            "stripout"
        }
    }

    fn is_secure(&self) -> bool {
        matches!(self.who, Who::Signed { secure: true, .. })
    }
}

impl Drop for Gate {
    /// Whatever is being read is undone, so that the program can end.
    fn drop(&mut self) {
        if let Some(uploads) = self.desks.as_ref().and_then(|desks| desks.uploads.as_ref()) {
            uploads.stop();
        }
    }
}

/// The browser says that a page of the same site sent it; one that does not say must name the page's origin.
fn is_from_here(headers: &HeaderMap, uri: &Uri) -> bool {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let origin = headers.get(ORIGIN).and_then(|it| it.to_str().ok());
    let origin = origin.and_then(|it| it.split_once("://")).map(|(_, rest)| rest);
    origin.is_some() && origin == host(headers, uri)
}

/// Name and port that were asked for.
fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let named = headers.get(HOST).and_then(|it| it.to_str().ok());
    named.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str))
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(gate: &Gate, method: &str, headers: &[(&str, &str)]) -> Result<(), u16> {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            let name = axum::http::HeaderName::try_from(*name).unwrap();
            all.append(name, value.parse().unwrap());
        }
        let uri = Uri::from_static("/review");
        let admitted = gate.admit(&method.parse().unwrap(), &uri, &all).await;
        admitted.map(|_| ()).map_err(|trouble| match trouble {
            Trouble::Misdirected => 421,
            Trouble::Forbidden(_) => 403,
            other => panic!("{other:?}"),
        })
    }

    #[tokio::test]
    async fn only_pages_of_this_site_change_anything() {
        let gate = Gate::new(Access::alone(None), Path::new("r.db")).unwrap();
        let here = ("host", "127.0.0.1:8080");
        for (method, headers, want) in [
            ("GET", vec![here], Ok(())),
            ("POST", vec![here], Err(403)),
            ("POST", vec![here, ("sec-fetch-site", "same-origin")], Ok(())),
            ("POST", vec![here, ("sec-fetch-site", "same-site")], Err(403)),
            ("POST", vec![here, ("sec-fetch-site", "cross-site")], Err(403)),
            ("POST", vec![here, ("sec-fetch-site", "none")], Err(403)),
            ("POST", vec![here, ("origin", "http://127.0.0.1:8080")], Ok(())),
            ("POST", vec![here, ("origin", "http://127.0.0.1:9")], Err(403)),
            ("POST", vec![here, ("origin", "null")], Err(403)),
            (
                "POST",
                vec![
                    here,
                    ("origin", "http://127.0.0.1:8080"),
                    ("sec-fetch-site", "cross-site"),
                ],
                Err(403),
            ),
            ("DELETE", vec![here], Err(403)),
        ] {
            assert_eq!(ask(&gate, method, &headers).await, want, "{method} {headers:?}");
        }
    }

    #[tokio::test]
    async fn a_name_that_was_made_to_point_here_is_refused() {
        let gate = Gate::new(Access::alone(None), Path::new("r.db")).unwrap();
        for host in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8080",
            "127.9.9.9",
            "[::1]:8080",
        ] {
            assert_eq!(ask(&gate, "GET", &[("host", host)]).await, Ok(()), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]", ""] {
            assert_eq!(ask(&gate, "GET", &[("host", host)]).await, Err(421), "{host}");
        }
        let everybody = Gate::new(Access::reading(), Path::new("r.db")).unwrap();
        let named = [("host", "cameras.example.org")];
        assert_eq!(ask(&everybody, "GET", &named).await, Ok(()));
    }
}
