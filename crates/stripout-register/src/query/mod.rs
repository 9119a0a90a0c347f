//! Questions to the register.

pub(crate) mod evidence;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod summary;
