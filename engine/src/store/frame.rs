//! One change set in a segment of the log: a head of fixed size with its own
//! checksum, then the payload.
//!
//! The head has a checksum of its own so that a flipped bit in the length
//! cannot pass for a frame that was cut short.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::encoding::Digest;
use super::files::{self, PREFACE_BYTES, u32_at, u64_at};

/// Length of payload, sequence number, digest (count and sum), checksum of the
/// payload, checksum of the head.
const HEAD_BYTES: usize = 40;
/// What a disk writes whole or not at all.
const SECTOR_BYTES: u64 = 512;
const MAGIC: [u8; 8] = *b"CWAYLOG\0";

/// A frame that was read whole.
pub(super) struct Frame {
    pub(super) sequence: u64,
    /// All records after it.
    pub(super) digest: Digest,
    pub(super) payload: Vec<u8>,
}

/// What comes next in a segment.
pub(super) enum Next {
    /// A whole frame.
    Frame(Frame),
    /// Nothing: the segment ends here.
    End,
    /// A frame whose write was broken off. Where it was acknowledged, that is damage.
    Torn,
    /// A frame that is not as it was written.
    Damaged(String),
}

/// The bytes of a frame.
pub(super) fn encode(sequence: u64, digest: Digest, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(HEAD_BYTES + payload.len());
    frame.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    frame.extend_from_slice(&sequence.to_le_bytes());
    frame.extend_from_slice(&digest.count.to_le_bytes());
    frame.extend_from_slice(&digest.sum.to_le_bytes());
    frame.extend_from_slice(&crc32c::crc32c(payload).to_le_bytes());
    frame.extend_from_slice(&crc32c::crc32c(&frame).to_le_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// The bytes at the start of a segment.
pub(super) fn segment_preface(first: u64) -> [u8; PREFACE_BYTES as usize] {
    files::preface(MAGIC, first)
}

/// Reads one segment, frame by frame.
pub(super) struct SegmentReader {
    path: PathBuf,
    file: BufReader<File>,
    /// Where the next frame starts.
    pub(super) position: u64,
    /// Bytes in the file when it was opened.
    pub(super) length: u64,
    next_sequence: u64,
    whole_preface: bool,
}

impl SegmentReader {
    /// Opens the segment that starts with change set `first`.
    pub(super) fn open(path: &Path, first: u64) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(StoreError::io("open", path))?;
        let length = file.metadata().map_err(StoreError::io("read", path))?.len();
        let mut file = BufReader::with_capacity(1 << 18, file);
        let mut preface = [0; PREFACE_BYTES as usize];
        let filled =
            files::read_up_to(&mut file, &mut preface).map_err(StoreError::io("read", path))?;
        // A segment is made before its first frame is written: one whose start
        // is cut off, or was never written, is torn as a whole.
        let whole_preface = filled == preface.len() && preface != [0; PREFACE_BYTES as usize];
        if whole_preface && files::check_preface(&preface, MAGIC, path)? != first {
            return Err(StoreError::damaged(
                path,
                12,
                "it holds other change sets than its name says",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            position: if whole_preface { PREFACE_BYTES } else { 0 },
            length,
            next_sequence: first,
            whole_preface,
        })
    }

    /// The next frame. After anything but a frame it is a mistake to ask again.
    pub(super) fn next(&mut self) -> Result<Next, StoreError> {
        self.read_next().map_err(StoreError::io("read", &self.path))
    }

    fn read_next(&mut self) -> io::Result<Next> {
        if !self.whole_preface {
            return Ok(Next::Torn);
        }
        let mut head = [0; HEAD_BYTES];
        match files::read_up_to(&mut self.file, &mut head)? {
            0 => return Ok(Next::End),
            HEAD_BYTES => {}
            _ => return Ok(Next::Torn),
        }
        if u32_at(&head, 36) != crc32c::crc32c(&head[..36]) {
            let sector_rest = SECTOR_BYTES - self.position % SECTOR_BYTES;
            return Ok(if self.is_zero(self.position, sector_rest)? {
                Next::Torn
            } else {
                Next::Damaged(format!(
                    "the head of change set {} does not match its checksum",
                    self.next_sequence
                ))
            });
        }
        let (payload_bytes, sequence) = (u64_at(&head, 0), u64_at(&head, 8));
        if sequence != self.next_sequence {
            return Ok(Next::Damaged(format!(
                "change set {sequence} stands where {} should be",
                self.next_sequence
            )));
        }
        let payload_start = self.position + HEAD_BYTES as u64;
        if payload_bytes > self.length.saturating_sub(payload_start) {
            return Ok(Next::Torn);
        }
        let mut payload = vec![0; payload_bytes as usize];
        if (files::read_up_to(&mut self.file, &mut payload)? as u64) < payload_bytes {
            return Ok(Next::Torn);
        }
        let end = payload_start + payload_bytes;
        if u32_at(&head, 32) != crc32c::crc32c(&payload) {
            // After a power cut a file can have its length before its
            // contents: what was not written reads as zeros, a sector at a
            // time, and no payload has a zero byte.
            return Ok(
                if end == self.length && self.has_zero_sector(payload_start, end)? {
                    Next::Torn
                } else {
                    Next::Damaged(format!("change set {sequence} does not match its checksum"))
                },
            );
        }
        self.position = end;
        self.next_sequence += 1;
        Ok(Next::Frame(Frame {
            sequence,
            digest: Digest {
                count: u64_at(&head, 16),
                sum: u64_at(&head, 24),
            },
            payload,
        }))
    }

    fn has_zero_sector(&mut self, start: u64, end: u64) -> io::Result<bool> {
        let mut position = start;
        while position < end {
            let next = ((position / SECTOR_BYTES + 1) * SECTOR_BYTES).min(end);
            if self.is_zero(position, next - position)? {
                return Ok(true);
            }
            position = next;
        }
        Ok(false)
    }

    /// Whether there is nothing but zeros for so many bytes, or to the end.
    fn is_zero(&mut self, start: u64, count: u64) -> io::Result<bool> {
        let mut bytes = [0; SECTOR_BYTES as usize];
        self.file.seek(SeekFrom::Start(start))?;
        let filled = files::read_up_to(&mut self.file, &mut bytes[..count as usize])?;
        Ok(bytes[..filled].iter().all(|byte| *byte == 0))
    }
}

#[cfg(test)]
mod tests {

    use std::fs;

    use super::*;

    /// A segment with one frame that crosses the edge of a sector.
    fn segment() -> Vec<u8> {
        let mut bytes = segment_preface(7).to_vec();
        bytes.extend(encode(
            7,
            Digest { count: 3, sum: 9 },
            "put a kettle on \n".repeat(40).as_bytes(),
        ));
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Next, StoreError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("segment");
        fs::write(&path, bytes).unwrap();
        SegmentReader::open(&path, 7)?.next()
    }

    #[test]
    fn a_frame_reads_back() {
        let Next::Frame(frame) = read(&segment()).unwrap() else {
            unreachable!()
        };
        assert_eq!(
            (frame.sequence, frame.digest),
            (7, Digest { count: 3, sum: 9 })
        );
        assert_eq!(frame.payload.len(), 17 * 40);
    }

    #[test]
    fn no_flipped_bit_passes_for_a_frame_or_for_a_write_broken_off() {
        let whole = segment();
        // All of preface and head, and then every seventh byte.
        for at in (0..72).chain((72..whole.len()).step_by(7)) {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                let is_named = matches!(
                    read(&bytes),
                    Ok(Next::Damaged(_)) | Err(StoreError::Damaged { .. })
                );
                assert!(is_named, "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_frame_cut_short_or_not_yet_written_is_torn() {
        let whole = segment();
        for end in 0..whole.len() {
            match read(&whole[..end]).unwrap() {
                Next::Torn => {}
                Next::End => assert_eq!(end, PREFACE_BYTES as usize),
                Next::Frame(_) | Next::Damaged(_) => unreachable!("cut at {end}"),
            }
        }
        let mut unwritten = whole.clone();
        unwritten[512..].fill(0);
        assert!(matches!(read(&unwritten).unwrap(), Next::Torn));
        unwritten[PREFACE_BYTES as usize..].fill(0);
        assert!(matches!(read(&unwritten).unwrap(), Next::Torn));
    }
}
