//! What can go wrong with a store, told apart as far as a caller can act on it.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::RecordKey;

/// Said where the only way on is a copy.
pub(super) const RESTORE: &str =
    "keep the folder as it is and restore the newest backup into a new one (`causeway restore`)";

/// Why a store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process writes.
    #[error("{folder} is in use by {owner}: stop that process, or send the change to it")]
    Locked {
        /// The store's folder.
        folder: PathBuf,
        /// The process, as far as it is known.
        owner: String,
    },
    /// There is nothing to read.
    #[error("there is no store in {folder}: import data first, or name the folder with `--store`")]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// A restore would overwrite something.
    #[error("{folder} is not empty: restore into a new or empty folder")]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// A file does not hold what was written to it.
    #[error("{file} is damaged at byte {offset}: {what}; {remedy}")]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// Where in it, bytes from its start.
        offset: u64,
        /// What is wrong there.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The disk is too full to write. Reading goes on.
    #[error(
        "too little free space for {folder}: {free_bytes} bytes are free and {needed_bytes} are needed; make room and send the change again"
    )]
    NoSpace {
        /// The store's folder.
        folder: PathBuf,
        /// What is free, bytes.
        free_bytes: u64,
        /// What must be, bytes.
        needed_bytes: u64,
    },
    /// A later version of the program wrote it.
    #[error(
        "{file} has format {found} and this version reads up to {known}: use a newer version of causeway"
    )]
    NewerFormat {
        /// Which file.
        file: PathBuf,
        /// Its format.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// A record would not read back as it is, for example for a number that is none.
    #[error(
        "{key} cannot be stored without changing it: look for numbers that are infinite or not a number"
    )]
    Unwritable {
        /// Which record.
        key: RecordKey,
    },
    /// The store was opened for reading.
    #[error("the store was opened for reading only: open it for writing")]
    ReadOnly,
    /// The changes asked for are no longer kept.
    #[error(
        "changes are kept from {oldest} on and were asked for after {since}: read all records and go on from there"
    )]
    HistoryGone {
        /// Asked for: changes after this one.
        since: u64,
        /// The oldest change set kept.
        oldest: u64,
    },
    /// An earlier write failed in a way that leaves open what is on the disk.
    #[error(
        "an earlier write to {folder} failed, so no more are taken: restart, which checks what is there"
    )]
    Stopped {
        /// The store's folder.
        folder: PathBuf,
    },
    /// Not an address of a store.
    #[error("{url} is not the address of a store: write `sled:DIR` or `memory:`")]
    Address {
        /// As given.
        url: String,
    },
    /// A memory store cannot be restored into, since it ends with its process.
    #[error("a store in memory cannot be restored into: give `sled:DIR`")]
    NotDurable,
    /// The operating system refused.
    #[error("cannot {action} {path}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StoreError {
    /// Wraps what the system said; a full disk is its own variant.
    pub(super) fn io<'a>(
        action: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace {
                folder: path.to_owned(),
                free_bytes: 0,
                needed_bytes: 1,
            },
            _ => Self::Io {
                action,
                path: path.to_owned(),
                source,
            },
        }
    }

    /// Damage whose remedy is a backup.
    pub(super) fn damaged(file: &Path, offset: u64, what: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            offset,
            what: what.into(),
            remedy: RESTORE,
        }
    }

    /// Whether a file was not there.
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}
