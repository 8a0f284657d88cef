//! The store in a folder, open for reading while another process may write:
//! checkpoint and log only, for the view belongs to the writer.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Loaded, Store, StoreError, backup, checkpoint, files, log, truth};
use crate::model::ChangeSet;

/// A store that is only read.
pub(super) struct Reader {
    folder: PathBuf,
    /// As far as it was looked at last.
    sequence: AtomicU64,
}

impl Reader {
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        if !files::log_folder(folder).is_dir() && checkpoint::list(folder)?.is_empty() {
            return Err(StoreError::Missing {
                folder: folder.to_owned(),
            });
        }
        let truth = truth::read_beside_writer(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            sequence: AtomicU64::new(truth.sequence),
        })
    }
}

impl Store for Reader {
    fn append(&self, _: &ChangeSet) -> Result<u64, StoreError> {
        Err(StoreError::ReadOnly)
    }

    fn load(&self) -> Result<Loaded, StoreError> {
        let truth = truth::read_beside_writer(&self.folder)?;
        let records = truth.load()?;
        self.sequence.store(truth.sequence, Ordering::Release);
        Ok(Loaded {
            directory: records.directory,
            sequence: truth.sequence,
            notes: truth.notes,
        })
    }

    fn changes_since(&self, sequence: u64) -> Result<Vec<(u64, ChangeSet)>, StoreError> {
        log::changes(&self.folder, sequence, self.sequence())
    }

    fn sequence(&self) -> u64 {
        self.sequence.load(Ordering::Acquire)
    }

    fn backup(&self, path: &Path) -> Result<u64, StoreError> {
        backup::write(&self.folder, path)
    }
}
