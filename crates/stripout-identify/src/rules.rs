//! What is asked only where a name was found: what is said of it, how a body answers, where the thing hangs.
//!
//! Compiling these rules takes as long as all that finds names. Few records hold one, so reading need not wait for it: they
//! are compiled beside it, and whoever asks too early waits.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::thread;

use stripout_catalogue::Words;

use crate::installation::Installations;
use crate::reply::ReplyRules;
use crate::stance::StanceRules;

#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) stance: StanceRules,
    pub(crate) reply: ReplyRules,
    pub(crate) installations: Installations,
    pub(crate) item_units: HashSet<String>,
}

/// Where the words come from.
type Source = Box<dyn Fn() -> Arc<Words> + Send + Sync>;

/// Rules that are there when they are asked for.
pub(crate) struct Later {
    words: Source,
    rules: OnceLock<Rules>,
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Later")
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

impl Later {
    pub(crate) fn new(words: impl Fn() -> Arc<Words> + Send + Sync + 'static) -> Arc<Self> {
        let later = Arc::new(Self {
            words: Box::new(words),
            rules: OnceLock::new(),
        });
        let begun = Arc::clone(&later);
        // Where the system has no thread to give, they are compiled when they are asked for.
        let _thread = thread::Builder::new().spawn(move || {
            begun.rules();
        });
        later
    }

    pub(crate) fn rules(&self) -> &Rules {
        self.rules.get_or_init(|| {
            let words = (self.words)();
            Rules {
                stance: StanceRules::new(&words.stance),
                reply: ReplyRules::new(&words),
                installations: Installations::new(&words.installation),
                item_units: words.stance.count.item_units.iter().cloned().collect(),
            }
        })
    }
}
