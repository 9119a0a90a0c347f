//! Answers already made. A page follows from the view and its address alone, so it is made once for each of both.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderValue;

/// Bytes of answers that are kept.
const ROOM: usize = 64 << 20;

/// An answer of status 200.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) kind: HeaderValue,
    pub(crate) body: Bytes,
}

#[derive(Default)]
pub(crate) struct Cache(Mutex<Answers>);

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
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.revision != revision {
            return None;
        }
        answers.by_address.get(address).cloned()
    }

    pub(crate) fn put(&self, revision: &str, address: &str, answer: Answer) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.revision != revision {
            *answers = Answers {
                revision: revision.to_owned(),
                ..Answers::default()
            };
        }
        let size = answer.body.len() + address.len();
        if size > ROOM / 64 || answers.by_address.contains_key(address) {
            return;
        }
        while answers.bytes + size > ROOM {
            let Some(oldest) = answers.order.pop_front() else {
                break;
            };
            if let Some(gone) = answers.by_address.remove(&oldest) {
                answers.bytes -= gone.body.len() + oldest.len();
            }
        }
        answers.bytes += size;
        answers.order.push_back(address.to_owned());
        answers.by_address.insert(address.to_owned(), answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(size: usize) -> Answer {
        Answer {
            kind: HeaderValue::from_static("text/plain"),
            body: vec![0; size].into(),
        }
    }

    #[test]
    fn the_oldest_gives_way_and_another_revision_empties_it() {
        let cache = Cache::default();
        for n in 0..80 {
            cache.put("r1", &format!("/{n}"), answer(1_000_000));
        }
        assert!(cache.get("r1", "/0").is_none() && cache.get("r1", "/79").is_some());
        assert!(cache.get("r2", "/79").is_none());
        cache.put("r1", "/huge", answer(ROOM));
        assert!(cache.get("r1", "/huge").is_none());
        cache.put("r2", "/a", answer(1));
        assert!(cache.get("r1", "/79").is_none() && cache.get("r2", "/a").is_some());
    }
}
