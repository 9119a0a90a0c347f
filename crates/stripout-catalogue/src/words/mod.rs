//! The words that surround a name and decide what it means: `data/words/`.

mod alert;
mod context;
mod forbidden;
mod installation;
mod reply;
mod stance;
mod weight;

pub use alert::{AlertWords, OriginWords};
pub use context::{ContextWords, LeadWords};
pub use forbidden::ForbiddenWords;
pub use installation::{DeviceWords, InstallationWords, SiteWords};
pub use reply::{
    AskedCue, AskedWords, AuthorityCue, BodyWords, Holder, Law, OutcomeCue, OutcomeWords, PartWords,
    PromiseCue, PromiseWords, ReplyWords, Template,
};
pub use stance::{
    AnswerWords, CountWords, Cue, HolderWords, QuestionCue, Scope, SentenceWords, StanceWords, StateWords,
    TableWords,
};
pub use weight::StanceWeight;

/// All word lists.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Camera words, titles, street and company words, lead words and CPV codes.
    pub context: ContextWords,
    /// Cues of stance, scope and counting.
    pub stance: StanceWords,
    /// What a reply decides and promises.
    pub reply: ReplyWords,
    /// What a promise and a later purchase are told by.
    pub alert: AlertWords,
    /// Where equipment is and what sort of device it is.
    pub installation: InstallationWords,
    /// What our own sentences never say.
    pub forbidden: ForbiddenWords,
}
