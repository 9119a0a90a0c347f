//! Answers already made. A page follows from the view and its address alone, so it is made once for each of both, and packed
//! once: all pages of a large register fit.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Read as _, Write as _};
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Bytes of answers that are kept of one view.
const ROOM: usize = 64 << 20;
/// Views of which answers are kept: that of everybody, that of those inside, and the next one of either.
const VIEWS: usize = 3;

/// An answer of status 200.
#[derive(Clone)]
pub(crate) struct Answer {
    kind: HeaderValue,
    packed: Bytes,
}

impl Answer {
    pub(crate) fn pack(kind: HeaderValue, body: &[u8]) -> io::Result<Self> {
        let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
        packer.write_all(body)?;
        Ok(Self {
            kind,
            packed: packer.finish()?.into(),
        })
    }

    /// In the form that the reader takes.
    pub(crate) fn told(self, reader: &HeaderMap) -> io::Result<Response> {
        let kind = [
            (CONTENT_TYPE, self.kind),
            (VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if takes_gzip(reader) {
            let coding = [(CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
            return Ok((kind, coding, self.packed).into_response());
        }
        let mut body = Vec::with_capacity(self.packed.len() * 4);
        GzDecoder::new(&*self.packed).read_to_end(&mut body)?;
        Ok((kind, body).into_response())
    }
}

fn takes_gzip(reader: &HeaderMap) -> bool {
    let codings = reader.get_all(ACCEPT_ENCODING).into_iter();
    let mut codings = codings
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|it| it.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Those of the view asked for last come last.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Vec<Answers>>);

#[derive(Default)]
struct Answers {
    revision: String,
    by_address: HashMap<String, Answer>,
    /// Oldest first.
    order: VecDeque<String>,
    bytes: usize,
}

impl Cache {
    pub(crate) fn get(&self, revision: &str, address: &str) -> Option<Answer> {
        self.with(revision, |answers| answers.by_address.get(address).cloned())
    }

    pub(crate) fn put(&self, revision: &str, address: &str, answer: Answer) {
        self.with(revision, |answers| answers.put(address, answer));
    }

    /// The addresses of a view whose answers are kept, the latest first.
    pub(crate) fn asked(&self, revision: &str) -> Vec<String> {
        self.with(revision, |answers| answers.order.iter().rev().cloned().collect())
    }

    /// Whether more answers of a view can be made ahead, and leave as much room for those that readers ask for.
    pub(crate) fn has_room(&self, revision: &str) -> bool {
        self.with(revision, |answers| answers.bytes < ROOM / 2)
    }

    pub(crate) fn holds(&self, revision: &str, address: &str) -> bool {
        self.with(revision, |answers| answers.by_address.contains_key(address))
    }

    fn with<T>(&self, revision: &str, told: impl FnOnce(&mut Answers) -> T) -> T {
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = views.iter().position(|it| it.revision == revision);
        let mut answers = known.map_or_else(
            || Answers {
                revision: revision.to_owned(),
                ..Answers::default()
            },
            |place| views.remove(place),
        );
        let told = told(&mut answers);
        if views.len() == VIEWS {
            views.remove(0);
        }
        views.push(answers);
        told
    }
}

impl Answers {
    fn put(&mut self, address: &str, answer: Answer) {
        let size = answer.packed.len() + address.len();
        if size > ROOM / 64 || self.by_address.contains_key(address) {
            return;
        }
        while self.bytes + size > ROOM {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            if let Some(gone) = self.by_address.remove(&oldest) {
                self.bytes -= gone.packed.len() + oldest.len();
            }
        }
        self.bytes += size;
        self.order.push_back(address.to_owned());
        self.by_address.insert(address.to_owned(), answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(size: usize) -> Answer {
        Answer {
            kind: HeaderValue::from_static("text/plain"),
            packed: vec![0; size].into(),
        }
    }

    #[tokio::test]
    async fn a_reader_gets_the_form_they_take() {
        let words = "the same words over and over ".repeat(200);
        let packed = || Answer::pack(HeaderValue::from_static("text/plain"), words.as_bytes()).unwrap();
        for (takes, is_packed) in [
            ("", false),
            ("br", false),
            ("gzip;q=0", false),
            ("br, GZIP;q=0.5", true),
            ("gzip", true),
        ] {
            let reader = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(takes))]);
            let told = packed().told(&reader).unwrap();
            assert_eq!(
                told.headers().contains_key(CONTENT_ENCODING),
                is_packed,
                "{takes}"
            );
            let body = axum::body::to_bytes(told.into_body(), usize::MAX).await.unwrap();
            let mut plain = String::new();
            if is_packed {
                assert!(body.len() < words.len() / 20);
                GzDecoder::new(&*body).read_to_string(&mut plain).unwrap();
            } else {
                plain = String::from_utf8(body.into()).unwrap();
            }
            assert_eq!(plain, words, "{takes}");
        }
    }

    #[test]
    fn the_oldest_gives_way_and_so_does_the_view_that_nobody_asks_for() {
        let cache = Cache::default();
        for n in 0..80 {
            cache.put("r1", &format!("/{n}"), answer(1_000_000));
        }
        assert!(cache.get("r1", "/0").is_none() && cache.get("r1", "/79").is_some());
        assert!(cache.get("r2", "/79").is_none());
        cache.put("r1", "/huge", answer(ROOM));
        assert!(cache.get("r1", "/huge").is_none());
        cache.put("r2", "/a", answer(1));
        cache.put("r2", "/b", answer(1));
        assert_eq!(cache.asked("r2"), ["/b", "/a"]);
        assert!(cache.get("r1", "/79").is_some() && cache.get("r2", "/a").is_some());
        for other in ["r3", "r4", "r5"] {
            cache.put(other, "/a", answer(1));
        }
        assert!(cache.get("r1", "/79").is_none() && cache.get("r5", "/a").is_some());
    }
}
