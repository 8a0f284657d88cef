//! A second witness of how far the log was acknowledged.
//!
//! A log that was cut at the end of a frame, or in one that had been
//! acknowledged, looks like one whose last write was broken off. This small
//! file tells them apart. It is written after each sync of the log and not
//! synced itself: after a power cut it may lag behind, which is harmless, and
//! it never runs ahead.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::files::{self, u32_at, u64_at};

const HEAD_BYTES: usize = 28;

/// How far the log was acknowledged, at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The last change set.
    pub(super) sequence: u64,
    /// The first change set of the segment it is in.
    pub(super) segment: u64,
    /// Where in that segment it ends, bytes.
    pub(super) end: u64,
}

/// The file that says so, open for writing.
pub(super) struct HeadFile {
    path: PathBuf,
    file: File,
}

fn head_path(folder: &Path) -> PathBuf {
    folder.join("head")
}

/// What the file says; None where it is missing or unreadable, since it only
/// ever adds to what the log says.
pub(super) fn read(folder: &Path) -> Option<Head> {
    let mut bytes = [0; HEAD_BYTES];
    let file = File::open(head_path(folder)).ok()?;
    let filled = files::read_up_to(file, &mut bytes).ok()?;
    (filled == HEAD_BYTES && u32_at(&bytes, 24) == crc32c::crc32c(&bytes[..24])).then(|| Head {
        sequence: u64_at(&bytes, 0),
        segment: u64_at(&bytes, 8),
        end: u64_at(&bytes, 16),
    })
}

impl HeadFile {
    pub(super) fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = head_path(folder);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(StoreError::io("open", &path))?;
        Ok(Self { path, file })
    }

    /// Says how far the log is acknowledged, in one small write.
    pub(super) fn write(&mut self, head: Head) -> Result<(), StoreError> {
        let mut bytes = [0; HEAD_BYTES];
        bytes[..8].copy_from_slice(&head.sequence.to_le_bytes());
        bytes[8..16].copy_from_slice(&head.segment.to_le_bytes());
        bytes[16..24].copy_from_slice(&head.end.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..24]);
        bytes[24..].copy_from_slice(&crc.to_le_bytes());
        self.file
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.file.write_all(&bytes))
            .map_err(StoreError::io("write", &self.path))
    }
}
