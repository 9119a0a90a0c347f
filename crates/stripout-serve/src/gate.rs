//! Who may come in, and whether a page of our own sent them.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::{HOST, HeaderMap, ORIGIN};
use axum::http::{Method, Uri};

use crate::desk::Desk;
use crate::person::{Person, Role, Visitor};
use crate::trouble::Trouble;

/// Who may do what on the site.
#[derive(Debug, Clone)]
pub enum Access {
    /// Everybody reads, nobody changes anything.
    Reading,
    /// One person on this machine, who is asked for nothing and may do all; their decisions are kept under this name.
    Alone { name: Option<String> },
}

pub(crate) struct Gate {
    access: Access,
    desk: Option<Arc<Desk>>,
}

impl Gate {
    pub(crate) fn new(access: Access, register: &Path) -> Self {
        let desk = match &access {
            Access::Reading => None,
            Access::Alone { .. } => Some(Arc::new(Desk::new(register.to_path_buf()))),
        };
        Self { access, desk }
    }

    /// Where decisions are made; `None` where nobody makes any.
    pub(crate) fn desk(&self) -> Option<&Arc<Desk>> {
        self.desk.as_ref()
    }

    /// Who asks. A page elsewhere can neither change anything, nor read through a name that it made point to this machine.
    pub(crate) fn admit(&self, request: &Request) -> Result<Visitor, Trouble> {
        let headers = request.headers();
        let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if !reads && !is_from_here(headers, request.uri()) {
            return Err(Trouble::Forbidden(
                "the request was not sent by a page of this site".into(),
            ));
        }
        match &self.access {
            Access::Reading => Ok(Visitor::default()),
            Access::Alone { name } => {
                if host(headers, request.uri()).is_some_and(|host| !is_this_machine(host)) {
                    return Err(Trouble::Misdirected);
                }
                Ok(Visitor(Some(Person {
                    name: name.clone(),
                    role: Role::Owner,
                })))
            }
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
    use axum::body::Body;

    use super::*;

    fn ask(access: &Gate, method: &str, headers: &[(&str, &str)]) -> Result<(), u16> {
        let builder = Request::builder().method(method).uri("/review");
        let builder = headers.iter().fold(builder, |it, (name, value)| it.header(*name, *value));
        let request = builder.body(Body::empty()).unwrap();
        access.admit(&request).map(|_| ()).map_err(|trouble| match trouble {
            Trouble::Misdirected => 421,
            Trouble::Forbidden(_) => 403,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn only_pages_of_this_site_change_anything() {
        let gate = Gate::new(Access::Alone { name: None }, Path::new("r.db"));
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
                vec![here, ("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "cross-site")],
                Err(403),
            ),
            ("DELETE", vec![here], Err(403)),
        ] {
            assert_eq!(ask(&gate, method, &headers), want, "{method} {headers:?}");
        }
    }

    #[test]
    fn a_name_that_was_made_to_point_here_is_refused() {
        let gate = Gate::new(Access::Alone { name: None }, Path::new("r.db"));
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.9.9.9", "[::1]:8080"] {
            assert_eq!(ask(&gate, "GET", &[("host", host)]), Ok(()), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]", ""] {
            assert_eq!(ask(&gate, "GET", &[("host", host)]), Err(421), "{host}");
        }
        let everybody = Gate::new(Access::Reading, Path::new("r.db"));
        assert_eq!(ask(&everybody, "GET", &[("host", "cameras.example.org")]), Ok(()));
    }
}
