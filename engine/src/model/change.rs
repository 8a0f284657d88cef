//! Changes: what the log holds, in order.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, Record, RecordKey};

/// One change to one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The record is now this.
    Put(Box<Entry<Record>>),
    /// The record is taken out. A record that only left its source is put as
    /// defunct instead; this is for what must not be kept.
    Remove(RecordKey),
}

impl Change {
    /// The record that changes.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Put(entry) => entry.record.key(),
            Self::Remove(key) => *key,
        }
    }
}

/// Changes that take effect together or not at all.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChangeSet {
    /// When they were made.
    pub at: Timestamp,
    /// In order; a later change to the same record wins.
    pub changes: Vec<Change>,
}
