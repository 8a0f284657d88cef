//! The floor of free space under which nothing is written: a disk that is full
//! to the last byte cannot even be tidied.

use std::path::Path;

use super::StoreError;

/// Refuses a write of that size where less than the floor would be left.
pub(super) fn check(folder: &Path, write_bytes: u64, floor_bytes: u64) -> Result<(), StoreError> {
    let free_bytes =
        fs4::available_space(folder).map_err(StoreError::io("ask for space in", folder))?;
    let needed_bytes = floor_bytes.saturating_add(write_bytes);
    if free_bytes < needed_bytes {
        return Err(StoreError::NoSpace {
            folder: folder.to_owned(),
            free_bytes,
            needed_bytes,
        });
    }
    Ok(())
}
