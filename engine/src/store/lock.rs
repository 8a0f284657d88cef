//! One writer at a time, across processes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use super::StoreError;

/// Held while a store is open for writing; the system lets go of it when the
/// process ends in whichever way.
pub(super) struct Lock {
    _file: File,
}

/// Takes the lock, or says who has it.
pub(super) fn take(folder: &Path) -> Result<Lock, StoreError> {
    let path = folder.join("lock");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let owner = fs::read_to_string(&path).unwrap_or_default();
            let owner = owner.trim();
            return Err(StoreError::Locked {
                folder: folder.to_owned(),
                owner: if owner.is_empty() {
                    "another process"
                } else {
                    owner
                }
                .to_owned(),
            });
        }
        Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path)(error)),
    }
    let owner = format!("process {}\n", std::process::id());
    // Only for the message above: a full disk must not keep a store shut.
    let _ = file
        .seek(SeekFrom::Start(0))
        .and_then(|_| file.write_all(owner.as_bytes()))
        .and_then(|()| file.set_len(owner.len() as u64));
    Ok(Lock { _file: file })
}
