//! What an import did, for programs and for people.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Rejection, Warning};
use crate::model::Kind;

/// What an import read, changed and could not use.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// The source's name.
    pub source: String,
    /// What it was read as.
    pub format: String,
    /// Rows or items read, by table.
    pub read: BTreeMap<String, u64>,
    /// Records that are new.
    pub added: Tally,
    /// Records that differ from before, or are listed again.
    pub changed: Tally,
    /// Records that are as before.
    pub unchanged: Tally,
    /// Records that the source no longer lists: marked defunct.
    pub removed: Tally,
    /// What could not be used.
    pub rejected: Vec<Rejection>,
    /// How many more, of a kind that is listed a thousand times already.
    pub rejected_unlisted: u64,
    /// What was repaired or left out.
    pub warnings: Vec<Warning>,
    /// Warnings by kind, those not listed counted too.
    pub warnings_by_kind: BTreeMap<&'static str, u64>,
}

/// How many, by kind of record and over all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Over all kinds.
    pub total: u64,
    /// By the kind's name.
    pub by_kind: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Counts one more.
    pub(super) fn add(&mut self, kind: Kind) {
        self.total += 1;
        *self.by_kind.entry(kind.name()).or_default() += 1;
    }

    /// How many of a kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> u64 {
        self.by_kind.get(kind.name()).copied().unwrap_or_default()
    }
}
