//! Checkpoints: all records at one sequence number, in one checksummed file.
//!
//! A start needs no older log, a backup is one, and so is what a restore reads.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::encoding::{self, Digest};
use super::files::{self, PREFACE_BYTES, u32_at, u64_at};
use crate::model::RecordKey;

const MAGIC: [u8; 8] = *b"CWAYDIR\0";
const EXTENSION: &str = "checkpoint";
/// After the preface: count and sum of the digest.
const DIGEST_BYTES: u64 = 16;
/// At the end: bytes before it, and their checksum.
const TAIL_BYTES: u64 = 12;

/// A checkpoint that was read through and found whole. The file stays open, so
/// that it can be read even when a newer one takes its place.
pub(super) struct Checkpoint {
    pub(super) path: PathBuf,
    pub(super) sequence: u64,
    pub(super) digest: Digest,
    pub(super) bytes: u64,
    file: File,
}

/// The checkpoints of a store, oldest first, unread.
pub(super) fn list(folder: &Path) -> Result<Vec<(u64, PathBuf)>, StoreError> {
    files::numbered(&files::checkpoint_folder(folder), EXTENSION)
}

/// Where the checkpoint of that number goes.
pub(super) fn path(folder: &Path, sequence: u64) -> PathBuf {
    files::numbered_path(&files::checkpoint_folder(folder), sequence, EXTENSION)
}

impl Checkpoint {
    /// Opens a checkpoint and reads it through.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(StoreError::io("open", path))?;
        let bytes = file.metadata().map_err(StoreError::io("read", path))?.len();
        if bytes < PREFACE_BYTES + DIGEST_BYTES + TAIL_BYTES {
            return Err(StoreError::damaged(path, bytes, "it is cut short"));
        }
        let read = StoreError::io("read", path);
        let (head, crc, tail) = (|| {
            let mut reader = BufReader::new(&file);
            let mut head = [0; (PREFACE_BYTES + DIGEST_BYTES) as usize];
            reader.read_exact(&mut head)?;
            let mut crc = crc32c::crc32c(&head);
            let mut left = bytes - head.len() as u64 - TAIL_BYTES;
            let mut buffer = vec![0; 1 << 18];
            while left > 0 {
                let chunk = left.min(buffer.len() as u64) as usize;
                reader.read_exact(&mut buffer[..chunk])?;
                crc = crc32c::crc32c_append(crc, &buffer[..chunk]);
                left -= chunk as u64;
            }
            let mut tail = [0; TAIL_BYTES as usize];
            reader.read_exact(&mut tail)?;
            Ok((head, crc, tail))
        })()
        .map_err(read)?;
        let mut preface = [0; PREFACE_BYTES as usize];
        preface.copy_from_slice(&head[..PREFACE_BYTES as usize]);
        let sequence = files::check_preface(&preface, MAGIC, path)?;
        let body_end = bytes - TAIL_BYTES;
        if u64_at(&tail, 0) != body_end {
            return Err(StoreError::damaged(
                path,
                body_end,
                "it is not as long as it was written",
            ));
        }
        if u32_at(&tail, 8) != crc {
            return Err(StoreError::damaged(
                path,
                PREFACE_BYTES,
                "its checksum does not match",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            sequence,
            digest: Digest {
                count: u64_at(&head, 24),
                sum: u64_at(&head, 32),
            },
            bytes,
            file,
        })
    }

    /// Visits all records, in no order that means anything.
    pub(super) fn for_each(
        &self,
        mut visit: impl FnMut(RecordKey, &[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut position = PREFACE_BYTES + DIGEST_BYTES;
        (&self.file)
            .seek(SeekFrom::Start(position))
            .map_err(StoreError::io("read", &self.path))?;
        let mut lines =
            BufReader::with_capacity(1 << 18, &self.file).take(self.bytes - TAIL_BYTES - position);
        let mut line = Vec::new();
        loop {
            line.clear();
            let count = lines
                .read_until(b'\n', &mut line)
                .map_err(StoreError::io("read", &self.path))?;
            if count == 0 {
                return Ok(());
            }
            let whole = line.strip_suffix(b"\n").unwrap_or(&line);
            match encoding::parse_line(whole) {
                Ok((key, Some(json))) => visit(key, json)?,
                Ok((key, None)) => {
                    let what = format!("it removes {key}");
                    return Err(StoreError::damaged(&self.path, position, what));
                }
                Err(what) => return Err(StoreError::damaged(&self.path, position, what)),
            }
            position += count as u64;
        }
    }
}

/// What takes records one by one, each as its JSON.
pub(super) type Visit<'a> = dyn FnMut(RecordKey, &[u8]) -> Result<(), StoreError> + 'a;

/// Writes a checkpoint aside and renames it. `records` hands each record once.
pub(super) fn write(
    path: &Path,
    sequence: u64,
    digest: Digest,
    records: impl FnOnce(&mut Visit<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    files::write_aside(path, |to| {
        let mut to = Summed {
            to,
            crc: 0,
            bytes: 0,
        };
        let failed = || StoreError::io("write", path);
        to.write_all(&files::preface(MAGIC, sequence))
            .map_err(failed())?;
        to.write_all(&digest.count.to_le_bytes())
            .map_err(failed())?;
        to.write_all(&digest.sum.to_le_bytes()).map_err(failed())?;
        let mut line = Vec::new();
        records(&mut |key, json| {
            encoding::write_put_line(&mut to, &mut line, key, json).map_err(failed())
        })?;
        let (bytes, crc) = (to.bytes, to.crc);
        to.write_all(&bytes.to_le_bytes()).map_err(failed())?;
        to.write_all(&crc.to_le_bytes()).map_err(failed())
    })
}

/// Takes all checkpoints but the newest `kept` away.
pub(super) fn prune(folder: &Path, kept: usize) -> Result<(), StoreError> {
    let listed = list(folder)?;
    for (_, path) in &listed[..listed.len().saturating_sub(kept)] {
        fs::remove_file(path).map_err(StoreError::io("remove", path))?;
    }
    Ok(())
}

/// Counts and sums what goes through.
struct Summed<'a> {
    to: &'a mut dyn Write,
    crc: u32,
    bytes: u64,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.crc = crc32c::crc32c_append(self.crc, &bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}
