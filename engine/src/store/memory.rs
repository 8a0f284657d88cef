//! A store in memory, for tests and the demonstration: it keeps every promise
//! but to last.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::encoding::{self, Digest, Mark};
use super::{Loaded, Store, StoreError, checkpoint};
use crate::model::{ChangeSet, Directory};

/// A store that ends with its process.
#[derive(Default)]
pub(super) struct Memory {
    inner: Mutex<Inner>,
}

#[derive(Default, Clone)]
struct Inner {
    directory: Directory,
    /// All change sets; the first has sequence number 1.
    history: Vec<ChangeSet>,
}

impl Memory {
    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn append(&self, change_set: &ChangeSet) -> Result<u64, StoreError> {
        // What cannot be stored durably is not taken here either.
        encoding::encode(change_set)?;
        let mut inner = self.lock();
        inner.directory.apply(change_set.clone());
        inner.history.push(change_set.clone());
        Ok(inner.history.len() as u64)
    }

    fn load(&self) -> Result<Loaded, StoreError> {
        let inner = self.lock();
        Ok(Loaded {
            directory: inner.directory.clone(),
            sequence: inner.history.len() as u64,
            notes: Vec::new(),
        })
    }

    fn changes_since(&self, sequence: u64) -> Result<Vec<(u64, ChangeSet)>, StoreError> {
        let inner = self.lock();
        Ok((1..)
            .zip(inner.history.iter().cloned())
            .filter(|(number, _)| *number > sequence)
            .collect())
    }

    fn sequence(&self) -> u64 {
        self.lock().history.len() as u64
    }

    fn backup(&self, path: &Path) -> Result<u64, StoreError> {
        let Loaded {
            directory,
            sequence,
            ..
        } = self.load()?;
        let mut digest = Digest::default();
        for entry in directory.entries() {
            let key = entry.record.key();
            digest.add(Mark::of(key, &encoding::encode_entry(key, &entry)?));
        }
        checkpoint::write(path, sequence, digest, |sink| {
            directory.entries().try_for_each(|entry| {
                let key = entry.record.key();
                sink(key, &encoding::encode_entry(key, &entry)?)
            })
        })?;
        Ok(sequence)
    }
}
