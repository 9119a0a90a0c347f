//! A spend line.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Money;

/// One line of a body's published spending. What the file does not say stays `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payment {
    pub body: Option<String>,
    pub supplier: Option<String>,
    pub amount: Option<Money>,
    pub date: Option<Date>,
    /// Free text on what was bought.
    pub purpose: Option<String>,
    pub category: Option<String>,
    pub reference: Option<String>,
}
