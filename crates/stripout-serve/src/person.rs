//! Who asks, and what they may do.

use crate::trouble::Trouble;

/// What somebody may do; each may do what those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Sees all of the register.
    Reader,
    /// Adds sources, and researches.
    Contributor,
    /// Decides what may be said, and until when it is held back.
    Reviewer,
    /// Says who else may.
    Owner,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Under which their decisions are kept; `None` where nobody said.
    pub(crate) name: Option<String>,
    pub(crate) role: Role,
}

/// Whoever asks; `None`: one of everybody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visitor(pub(crate) Option<Person>);

impl Visitor {
    /// The person, if they may.
    pub(crate) fn may(&self, role: Role) -> Result<&Person, Trouble> {
        match &self.0 {
            Some(person) if person.role >= role => Ok(person),
            Some(person) => Err(Trouble::Forbidden(format!(
                "your role is {}, and this needs a {}",
                person.role.as_str(),
                role.as_str()
            ))),
            None => Err(Trouble::SignIn),
        }
    }

    /// The name under which they decide.
    pub(crate) fn reviewer(&self) -> Result<&str, Trouble> {
        self.named(Role::Reviewer)
    }

    /// The name under which they work, if they may.
    pub(crate) fn named(&self, role: Role) -> Result<&str, Trouble> {
        let person = self.may(role)?;
        person.name.as_deref().ok_or_else(|| {
            Trouble::Forbidden("who works here is not known: start it with `stripout serve --as NAME`".into())
        })
    }
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Reader, Self::Contributor, Self::Reviewer, Self::Owner];

    /// What they may do, for people.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Reader => "sees all of the register, before anything is accepted",
            Self::Contributor => "sees all, adds files, and takes questions to research",
            Self::Reviewer => {
                "sees all, adds files, takes questions to research, decides what may be said and what is held back"
            }
            Self::Owner => "may do all of it, and says who else may",
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Contributor => "contributor",
            Self::Reviewer => "reviewer",
            Self::Owner => "owner",
        }
    }
}
