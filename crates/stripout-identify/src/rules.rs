//! What is asked only where a name was found: what is said of it, how a body answers, where the thing hangs.
//!
//! Compiling these rules takes as long as all that finds names. Few records hold one, so reading need not wait for it: they
//! are compiled beside it, and whoever asks too early waits.

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
}

/// Rules that are there when they are asked for.
#[derive(Debug)]
pub(crate) struct Later {
    words: Arc<Words>,
    rules: OnceLock<Rules>,
}

impl Later {
    pub(crate) fn new(words: Arc<Words>) -> Arc<Self> {
        let later = Arc::new(Self {
            words,
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
        self.rules.get_or_init(|| Rules {
            stance: StanceRules::new(&self.words.stance),
            reply: ReplyRules::new(&self.words),
            installations: Installations::new(&self.words.installation),
        })
    }
}
