//! The store in a folder, open for writing.
//!
//! A write goes to the log alone. The view is brought up to date at the start
//! and with each checkpoint, many changes at a time and each record once:
//! written along with every change set it made an import take three times as
//! long, and saved nobody anything.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use super::encoding::{self, Digest, Encoded, Mark};
use super::lock::{self, Lock};
use super::log::{self, Log};
use super::sled::{self, View};
use super::truth::{self, Records, Truth};
use super::{Limits, Loaded, Store, StoreError, checkpoint, files, space};
use crate::model::{ChangeSet, Directory, RecordKey};

/// How many checkpoints are kept: one to start from, and one in case that is damaged.
const CHECKPOINTS: usize = 2;

/// A store in a folder.
pub(super) struct Durable {
    folder: PathBuf,
    limits: Limits,
    /// The last change set acknowledged.
    sequence: AtomicU64,
    inner: Mutex<Inner>,
    _lock: Lock,
}

struct Inner {
    log: Log,
    /// None where sled does not work here: the store does, without.
    view: Option<View>,
    /// For each record what stands for it in the digest.
    marks: HashMap<RecordKey, Mark>,
    digest: Digest,
    /// What opening read, until it is asked for or no longer the newest.
    opened: Option<Directory>,
    /// Bytes of log since the last checkpoint.
    since_checkpoint: u64,
    /// At how many the next one is made.
    checkpoint_at: u64,
    notes: Vec<String>,
}

impl Durable {
    pub(super) fn open(folder: &Path, limits: &Limits) -> Result<Self, StoreError> {
        files::make_folder(folder)?;
        let lock = lock::take(folder)?;
        let checkpoints = files::checkpoint_folder(folder);
        files::make_folder(&checkpoints)?;
        files::remove_partial(&checkpoints)?;
        let mut truth = truth::read(folder)?;
        let mut notes = std::mem::take(&mut truth.notes);
        if truth.scan.is_torn {
            notes.push(format!(
                "the log ended in a write that had been broken off and was not acknowledged; it was cut off after change set {}",
                truth.sequence
            ));
        }
        let (view, records) = open_view(folder, &truth, &mut notes)?;
        let settled = truth.settled();
        let since_checkpoint = truth
            .scan
            .segments
            .iter()
            .filter(|segment| segment.first > settled)
            .map(|segment| segment.bytes)
            .sum();
        let mut inner = Inner {
            view,
            marks: records.marks,
            digest: truth.digest,
            opened: Some(records.directory),
            since_checkpoint,
            checkpoint_at: limits.checkpoint_bytes.max(truth.base_bytes()),
            notes,
            log: Log::open(folder, truth.scan)?,
        };
        if !truth.unusable.is_empty() {
            for path in &truth.unusable {
                fs::remove_file(path).map_err(StoreError::io("remove", path))?;
            }
            inner.since_checkpoint = inner.checkpoint_at + 1;
        }
        let store = Self {
            folder: folder.to_owned(),
            limits: *limits,
            sequence: AtomicU64::new(inner.log.sequence),
            inner: Mutex::new(inner),
            _lock: lock,
        };
        store.checkpoint_if_due(&mut *store.lock()?);
        Ok(store)
    }

    fn lock(&self) -> Result<MutexGuard<'_, Inner>, StoreError> {
        // Whoever panicked with it in hand may have left log and digest apart.
        self.inner.lock().map_err(|_poisoned| StoreError::Stopped {
            folder: self.folder.clone(),
        })
    }

    /// What was acknowledged stays so when this fails; it is tried again later.
    fn checkpoint_if_due(&self, inner: &mut Inner) {
        if inner.since_checkpoint <= inner.checkpoint_at {
            return;
        }
        match self.checkpoint(inner) {
            Ok(bytes) => {
                inner.since_checkpoint = 0;
                inner.checkpoint_at = self.limits.checkpoint_bytes.max(bytes);
            }
            Err(error) => {
                inner.checkpoint_at = inner.since_checkpoint + self.limits.checkpoint_bytes;
                inner.notes.push(format!(
                    "no checkpoint could be made, so that starting takes longer: {error}"
                ));
            }
        }
    }

    /// Makes a checkpoint and lets go of what it makes unnecessary; gives its size in bytes.
    fn checkpoint(&self, inner: &mut Inner) -> Result<u64, StoreError> {
        inner.log.roll()?;
        let truth = truth::read(&self.folder)?;
        let bytes = truth.base_bytes() + inner.since_checkpoint;
        space::check(&self.folder, bytes, self.limits.free_floor_bytes)?;
        // The view first: it can catch up from the checkpoint before, and not from this one.
        if let Some(view) = &inner.view
            && let Err(why) = view.follow(&truth)
        {
            inner.give_up_view(&why);
        }
        let path = checkpoint::path(&self.folder, truth.sequence);
        truth.write(&path)?;
        checkpoint::prune(&self.folder, CHECKPOINTS)?;
        let kept = checkpoint::list(&self.folder)?;
        if kept.len() >= CHECKPOINTS
            && let Some((oldest, _)) = kept.first()
        {
            inner.log.prune(*oldest, self.limits.history_bytes)?;
        }
        let written = fs::metadata(&path).map_err(StoreError::io("read", &path))?;
        Ok(written.len())
    }
}

/// Opens the view and all records, from the view or, where that is of no use, from the truth.
fn open_view(
    folder: &Path,
    truth: &Truth,
    notes: &mut Vec<String>,
) -> Result<(Option<View>, Records), StoreError> {
    let why = match sled::open(folder, truth)? {
        Ok((view, records)) => return Ok((Some(view), records)),
        Err(why) => why,
    };
    let records = truth.load()?;
    if truth.sequence > 0 {
        notes.push(format!(
            "the record view was rebuilt from checkpoint and log: {why}"
        ));
    }
    match sled::rebuild(folder, truth)? {
        Ok(view) => Ok((Some(view), records)),
        Err(why) => {
            notes.push(format!("the store works without its record view: {why}"));
            Ok((None, records))
        }
    }
}

impl Inner {
    /// What the digest will be, and the marks that change.
    fn foresee(&self, encoded: &Encoded) -> (Digest, HashMap<RecordKey, Option<Mark>>) {
        let mut digest = self.digest;
        let mut changed = HashMap::new();
        for (key, json) in encoded.changes() {
            let mark = json.map(|json| Mark::of(key, json));
            let before = changed
                .insert(key, mark)
                .unwrap_or_else(|| self.marks.get(&key).copied());
            if let Some(before) = before {
                digest.take(before);
            }
            if let Some(mark) = mark {
                digest.add(mark);
            }
        }
        (digest, changed)
    }

    fn give_up_view(&mut self, why: &str) {
        self.view = None;
        self.notes.push(format!(
            "the record view is left behind until the next start: {why}"
        ));
    }
}

impl Store for Durable {
    fn append(&self, change_set: &ChangeSet) -> Result<u64, StoreError> {
        // Most of the work, and it needs nobody to wait.
        let encoded = encoding::encode(change_set)?;
        let mut guard = self.lock()?;
        let inner = &mut *guard;
        let (digest, changed) = inner.foresee(&encoded);
        let sequence = inner.log.append(&encoded.payload, digest, &self.limits)?;
        inner.digest = digest;
        inner.opened = None;
        for (key, mark) in changed {
            match mark {
                Some(mark) => inner.marks.insert(key, mark),
                None => inner.marks.remove(&key),
            };
        }
        self.sequence.store(sequence, Ordering::Release);
        inner.since_checkpoint += encoded.payload.len() as u64;
        self.checkpoint_if_due(inner);
        Ok(sequence)
    }

    fn load(&self) -> Result<Loaded, StoreError> {
        let mut guard = self.lock()?;
        let inner = &mut *guard;
        let (directory, sequence) = if let Some(directory) = inner.opened.take() {
            (directory, inner.log.sequence)
        } else {
            // The view lags behind by now, and the truth is read as fast.
            let truth = truth::read(&self.folder)?;
            (truth.load()?.directory, truth.sequence)
        };
        Ok(Loaded {
            directory,
            sequence,
            notes: inner.notes.clone(),
        })
    }

    fn changes_since(&self, sequence: u64) -> Result<Vec<(u64, ChangeSet)>, StoreError> {
        log::changes(&self.folder, sequence, self.sequence())
    }

    fn sequence(&self) -> u64 {
        self.sequence.load(Ordering::Acquire)
    }

    fn backup(&self, path: &Path) -> Result<u64, StoreError> {
        super::backup::write(&self.folder, path)
    }
}
