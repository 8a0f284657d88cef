//! The log of changes: what a store is. All else can be built from it and the
//! checkpoints.
//!
//! Segments are files named by their first change set. A write is one frame at
//! the end of the last one, synced before it is acknowledged. A frame whose
//! write was broken off is cut off at the next start; everything else that is
//! not as it was written is named and refused.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::encoding::{self, Digest};
use super::files;
use super::frame::{self, Frame, Next, SegmentReader};
use super::head::{self, Head, HeadFile};
use super::{Limits, StoreError, space};
use crate::model::ChangeSet;

const EXTENSION: &str = "log";

/// One file of the log.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// Its first change set, also where it holds none yet.
    pub(super) first: u64,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
}

/// What a log holds.
pub(super) struct Scan {
    /// Readable segments, oldest first, without gaps.
    pub(super) segments: Vec<Segment>,
    /// The last change set.
    pub(super) sequence: u64,
    /// All records after it; None where the log holds nothing new.
    pub(super) digest: Option<Digest>,
    /// Where the last segment ends, without what was broken off.
    pub(super) end: u64,
    /// Whether something was broken off there.
    pub(super) is_torn: bool,
    /// Sentences on what is no longer readable and not needed either.
    pub(super) notes: Vec<String>,
}

/// The segments of a store with their first change sets, oldest first, unread.
pub(super) fn list(folder: &Path) -> Result<Vec<(u64, PathBuf)>, StoreError> {
    files::numbered(&files::log_folder(folder), EXTENSION)
}

/// Reads and checks the whole log. Change sets after `settled`, which a
/// checkpoint holds, are visited in order.
///
/// `head` must have been read before, so that a process that writes meanwhile
/// does not look like damage.
pub(super) fn scan(
    folder: &Path,
    head: Option<Head>,
    settled: u64,
    visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
) -> Result<Scan, StoreError> {
    let log = files::log_folder(folder);
    let mut found = Scan {
        segments: Vec::new(),
        sequence: settled,
        digest: None,
        end: 0,
        is_torn: false,
        notes: Vec::new(),
    };
    let mut reached = 0;
    let listed = list(folder)?;
    for (index, (first, path)) in listed.iter().enumerate() {
        let next_first = listed.get(index + 1).map(|(first, _)| *first);
        let read = scan_segment(&mut found, path, *first, next_first, head, settled, visit);
        match (read, next_first) {
            // History that a checkpoint stands for: the records do not need it.
            (Err(error @ StoreError::Damaged { .. }), Some(next)) if next <= settled + 1 => {
                found.notes.push(format!(
                    "history up to change set {} is no longer readable ({error}); no record is lost",
                    next - 1
                ));
                found.segments.clear();
            }
            (read, _) => reached = read?,
        }
    }
    found.sequence = reached.max(settled);
    check_reach(&found, reached, &log, head, settled)?;
    Ok(found)
}

/// Adds one segment to what was found; gives its last change set.
fn scan_segment(
    found: &mut Scan,
    path: &Path,
    first: u64,
    next_first: Option<u64>,
    head: Option<Head>,
    settled: u64,
    visit: &mut dyn FnMut(Frame) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    if found.segments.is_empty() && first > settled + 1 {
        let what = format!(
            "change sets {} to {} before it are missing",
            settled + 1,
            first - 1
        );
        return Err(StoreError::damaged(path, 0, what));
    }
    let mut reader = SegmentReader::open(path, first)?;
    let mut last = first - 1;
    loop {
        match reader.next()? {
            Next::Frame(frame) => {
                last = frame.sequence;
                if last > settled {
                    found.digest = Some(frame.digest);
                    visit(frame)?;
                }
            }
            Next::End => break,
            Next::Torn => {
                let acknowledged =
                    head.is_some_and(|head| head.segment == first && reader.position < head.end);
                if next_first.is_some() || acknowledged {
                    let what = format!("change set {} is cut short", last + 1);
                    return Err(StoreError::damaged(path, reader.length, what));
                }
                found.is_torn = true;
                break;
            }
            Next::Damaged(what) => {
                return Err(StoreError::damaged(path, reader.position, what));
            }
        }
    }
    if let Some(next) = next_first
        && next != last + 1
    {
        let what = format!("change sets {} to {} are missing", last + 1, next - 1);
        return Err(StoreError::damaged(path, reader.position, what));
    }
    found.end = reader.position;
    found.segments.push(Segment {
        first,
        path: path.to_owned(),
        bytes: reader.position,
    });
    Ok(last)
}

/// Whether the log reaches as far as it was acknowledged, and as its checkpoint.
fn check_reach(
    found: &Scan,
    reached: u64,
    log: &Path,
    head: Option<Head>,
    settled: u64,
) -> Result<(), StoreError> {
    // The segment after a checkpoint is made before it, so that a log always
    // reaches up to it.
    let acknowledged = head.map_or(0, |head| head.sequence).max(settled);
    if acknowledged <= reached {
        return Ok(());
    }
    let last = found.segments.last();
    let segment = head
        .map(|head| head.segment)
        .or(last.map(|last| last.first))
        .unwrap_or(1);
    let file = files::numbered_path(log, segment, EXTENSION);
    let offset = last
        .filter(|last| last.first == segment)
        .map_or(0, |last| last.bytes);
    let what = format!(
        "acknowledged change sets {} to {acknowledged} are missing",
        reached + 1
    );
    Err(StoreError::damaged(&file, offset, what))
}

/// Change sets after `since` up to `until`, oldest first.
pub(super) fn changes(
    folder: &Path,
    since: u64,
    until: u64,
) -> Result<Vec<(u64, ChangeSet)>, StoreError> {
    let mut changes = Vec::new();
    if since >= until {
        return Ok(changes);
    }
    let listed = list(folder)?;
    let start = listed.partition_point(|(first, _)| *first <= since + 1);
    let oldest = listed.first().map_or(until + 1, |(first, _)| *first);
    if start == 0 {
        return Err(StoreError::HistoryGone { since, oldest });
    }
    for (first, path) in &listed[start - 1..] {
        let mut reader = match SegmentReader::open(path, *first) {
            // It has just been let go.
            Err(error) if error.is_not_found() => {
                return Err(StoreError::HistoryGone {
                    since,
                    oldest: first + 1,
                });
            }
            opened => opened?,
        };
        loop {
            match reader.next()? {
                Next::Frame(frame) if frame.sequence > until => return Ok(changes),
                Next::Frame(frame) if frame.sequence <= since => {}
                Next::Frame(frame) => {
                    let change_set = encoding::decode(&frame.payload)
                        .map_err(|what| StoreError::damaged(path, reader.position, what))?;
                    changes.push((frame.sequence, change_set));
                }
                Next::End | Next::Torn => break,
                Next::Damaged(what) => {
                    return Err(StoreError::damaged(path, reader.position, what));
                }
            }
        }
    }
    let reached = changes.last().map_or(since, |(sequence, _)| *sequence);
    if reached < until || changes.len() as u64 != until - since {
        let what = format!("change sets between {since} and {until} are missing");
        return Err(StoreError::damaged(&files::log_folder(folder), 0, what));
    }
    Ok(changes)
}

/// The log, open for writing.
pub(super) struct Log {
    folder: PathBuf,
    segments: Vec<Segment>,
    file: File,
    end: u64,
    pub(super) sequence: u64,
    head: HeadFile,
    /// A sync or a cut failed: what is on the disk is not known.
    is_broken: bool,
}

impl Log {
    /// Goes on where a scan ended: cuts off what was broken off.
    pub(super) fn open(folder: &Path, scan: Scan) -> Result<Self, StoreError> {
        let log = files::log_folder(folder);
        files::make_folder(&log)?;
        let Scan {
            mut segments,
            sequence,
            end,
            ..
        } = scan;
        let last = match segments.last() {
            Some(last) if end > 0 => last.clone(),
            // None yet, or one whose very start was broken off.
            _ => {
                segments.pop();
                let first = sequence + 1;
                let made = make_segment(&log, first)?;
                segments.push(made.clone());
                made
            }
        };
        let file = open_segment(&last)?;
        let mut head = HeadFile::open(folder)?;
        head.write(Head {
            sequence,
            segment: last.first,
            end: last.bytes,
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            end: last.bytes,
            segments,
            file,
            sequence,
            head,
            is_broken: false,
        })
    }

    /// Writes a change set and syncs it. When that fails nothing was written,
    /// or the log takes no more until it has been opened again.
    pub(super) fn append(
        &mut self,
        payload: &[u8],
        digest: Digest,
        limits: &Limits,
    ) -> Result<u64, StoreError> {
        if self.is_broken {
            return Err(StoreError::Stopped {
                folder: self.folder.clone(),
            });
        }
        space::check(&self.folder, payload.len() as u64, limits.free_floor_bytes)?;
        if self.end > limits.segment_bytes {
            self.roll()?;
        }
        let sequence = self.sequence + 1;
        let frame = frame::encode(sequence, digest, payload);
        let path = &self.segments[self.segments.len() - 1].path;
        if let Err(error) = self.file.write_all(&frame) {
            let cut = self
                .file
                .set_len(self.end)
                .and_then(|()| self.file.seek(SeekFrom::Start(self.end)));
            self.is_broken = cut.is_err();
            return Err(StoreError::io("write", path)(error));
        }
        if let Err(error) = self.file.sync_data() {
            // After a failed sync the system may have dropped what it could
            // not write, and would report success the next time.
            self.is_broken = true;
            return Err(StoreError::io("sync", path)(error));
        }
        self.end += frame.len() as u64;
        self.sequence = sequence;
        self.note_progress();
        Ok(sequence)
    }

    /// Starts a new segment, unless the last one is still empty.
    pub(super) fn roll(&mut self) -> Result<(), StoreError> {
        let first = self.sequence + 1;
        if self.segments.last().is_some_and(|last| last.first == first) {
            return Ok(());
        }
        let log = files::log_folder(&self.folder);
        let made = make_segment(&log, first).inspect_err(|_failed| {
            // What is left of it must not stay: the next frame goes elsewhere.
            let path = files::numbered_path(&log, first, EXTENSION);
            self.is_broken = path.exists() && fs::remove_file(&path).is_err();
        })?;
        let file = open_segment(&made)?;
        self.file = file;
        self.end = made.bytes;
        self.segments.push(made);
        self.note_progress();
        Ok(())
    }

    /// Lets the oldest segments go that end at `settled` or before, while all
    /// such are more than `history_bytes`.
    pub(super) fn prune(&mut self, settled: u64, history_bytes: u64) -> Result<(), StoreError> {
        let kept_from = self
            .segments
            .partition_point(|segment| segment.first <= settled + 1)
            .saturating_sub(1);
        let mut bytes: u64 = self.segments[..kept_from]
            .iter()
            .map(|segment| segment.bytes)
            .sum();
        for _ in 0..kept_from {
            if bytes <= history_bytes {
                break;
            }
            let segment = self.segments.remove(0);
            bytes -= segment.bytes;
            fs::remove_file(&segment.path).map_err(StoreError::io("remove", &segment.path))?;
        }
        Ok(())
    }

    fn note_progress(&mut self) {
        let sequence = self.sequence;
        let end = self.end;
        if let Some(last) = self.segments.last_mut() {
            last.bytes = end;
            // A witness that lags behind is harmless; the log itself is safe.
            let _ = self.head.write(Head {
                sequence,
                segment: last.first,
                end,
            });
        }
    }
}

/// Opens a segment for writing at its end, without what was broken off there.
fn open_segment(segment: &Segment) -> Result<File, StoreError> {
    let mut file = OpenOptions::new()
        .write(true)
        .open(&segment.path)
        .map_err(StoreError::io("open", &segment.path))?;
    file.set_len(segment.bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| file.seek(SeekFrom::End(0)))
        .map_err(StoreError::io("cut", &segment.path))?;
    Ok(file)
}

/// Makes an empty segment and makes it last.
pub(super) fn make_segment(log: &Path, first: u64) -> Result<Segment, StoreError> {
    let path = files::numbered_path(log, first, EXTENSION);
    let preface = frame::segment_preface(first);
    let mut file = File::create(&path).map_err(StoreError::io("make", &path))?;
    file.write_all(&preface)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io("write", &path))?;
    files::sync_folder(log)?;
    Ok(Segment {
        first,
        path,
        bytes: preface.len() as u64,
    })
}

/// How far the log was acknowledged, as the second witness says.
pub(super) fn acknowledged(folder: &Path) -> Option<Head> {
    head::read(folder)
}
