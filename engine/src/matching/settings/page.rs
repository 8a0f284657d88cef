//! `[matching.page]` and `[matching.cautions]`: what is shown first, and what a
//! referrer is warned of (METHODS A5 and A8).

use serde::{Deserialize, Serialize};

/// `[matching.page]`: how a page is put together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageSettings {
    /// At most so many of one organization …
    pub of_one: usize,
    /// … in the first so many places.
    pub first: usize,
    /// A service serves a need that it does at least so well.
    pub serves: f64,
    /// What a service that does a need already served is worth beside one that does another.
    pub served: f64,
    /// Names alike from this Jaro–Winkler similarity on are the same, at the same place.
    pub same_name: f64,
    /// Metres within which two places are one.
    pub same_place_m: f64,
}

impl Default for PageSettings {
    fn default() -> Self {
        Self {
            of_one: 2,
            first: 5,
            serves: 0.5,
            served: 0.8,
            same_name: 0.94,
            same_place_m: 150.0,
        }
    }
}

/// `[matching.cautions]`: from when on a referrer is warned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CautionSettings {
    /// Days after which a record should be checked.
    pub check_days: f64,
    /// Days after which it is probably out of date.
    pub doubt_days: f64,
    /// Weeks of waiting that a referrer should know of.
    pub long_wait_weeks: f64,
}

impl Default for CautionSettings {
    fn default() -> Self {
        Self {
            check_days: 365.0,
            doubt_days: 1_095.0,
            long_wait_weeks: 8.0,
        }
    }
}
