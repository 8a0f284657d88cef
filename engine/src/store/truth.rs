//! The records as checkpoint and log have them: what everything else is held
//! against.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::checkpoint::{self, Checkpoint, Visit};
use super::encoding::{self, Digest, Loader, Mark};
use super::log::{self, Scan};
use super::{StoreError, files};
use crate::model::{Directory, RecordKey};

/// The newest whole checkpoint, and what the log changed after it.
pub(super) struct Truth {
    base: Option<Checkpoint>,
    /// Records put since then with their JSON, and (None) those removed.
    changed: HashMap<RecordKey, Option<Box<[u8]>>>,
    pub(super) sequence: u64,
    pub(super) digest: Digest,
    pub(super) scan: Scan,
    /// Sentences on what was found damaged and made good.
    pub(super) notes: Vec<String>,
    /// Checkpoints that are damaged and not needed.
    pub(super) unusable: Vec<PathBuf>,
}

/// All records, parsed, with their marks.
pub(super) struct Records {
    pub(super) directory: Directory,
    pub(super) marks: HashMap<RecordKey, Mark>,
}

/// Reads and checks checkpoint and log.
pub(super) fn read(folder: &Path) -> Result<Truth, StoreError> {
    let mut damage = Vec::new();
    let mut whole = None;
    for (_, path) in checkpoint::list(folder)?.into_iter().rev() {
        match Checkpoint::open(&path) {
            Ok(base) => {
                whole = Some(base);
                break;
            }
            Err(error @ StoreError::Damaged { .. }) => damage.push((path, error)),
            Err(error) => return Err(error),
        }
    }
    match read_after(folder, whole) {
        Ok(mut truth) => {
            for (path, error) in damage {
                truth.notes.push(format!(
                    "an older checkpoint and the log were used: {error}"
                ));
                truth.unusable.push(path);
            }
            Ok(truth)
        }
        // The newest checkpoint is what would have made the rest unnecessary.
        Err(error) => Err(damage.into_iter().next().map_or(error, |(_, error)| error)),
    }
}

/// Reads as [`read`], while another process may write: files that it lets go
/// of meanwhile are looked for again.
pub(super) fn read_beside_writer(folder: &Path) -> Result<Truth, StoreError> {
    let files = || Ok::<_, StoreError>((checkpoint::list(folder)?, log::list(folder)?));
    let mut before = files()?;
    loop {
        let truth = read(folder);
        let after = files()?;
        if truth.is_ok() || before == after {
            return truth;
        }
        before = after;
    }
}

fn read_after(folder: &Path, base: Option<Checkpoint>) -> Result<Truth, StoreError> {
    let head = log::acknowledged(folder);
    let settled = base.as_ref().map_or(0, |base| base.sequence);
    let mut changed = HashMap::new();
    let scan = log::scan(folder, head, settled, &mut |frame| {
        for line in encoding::parse_lines(&frame.payload) {
            let (key, json) = line.map_err(|what| {
                let what = format!("change set {}: {what}", frame.sequence);
                StoreError::damaged(&files::log_folder(folder), 0, what)
            })?;
            changed.insert(key, json.map(Box::from));
        }
        Ok(())
    })?;
    let digest = scan
        .digest
        .or(base.as_ref().map(|base| base.digest))
        .unwrap_or_default();
    Ok(Truth {
        sequence: scan.sequence,
        digest,
        base,
        changed,
        notes: scan.notes.clone(),
        unusable: Vec::new(),
        scan,
    })
}

impl Truth {
    /// The change set the checkpoint reaches to; 0 where there is none.
    pub(super) fn settled(&self) -> u64 {
        self.base.as_ref().map_or(0, |base| base.sequence)
    }

    /// The size of the checkpoint, bytes.
    pub(super) fn base_bytes(&self) -> u64 {
        self.base.as_ref().map_or(0, |base| base.bytes)
    }

    /// Records put after [`Self::settled`] with their JSON, and (None) those removed.
    pub(super) fn changed(&self) -> impl Iterator<Item = (RecordKey, Option<&[u8]>)> {
        self.changed
            .iter()
            .map(|(key, json)| (*key, json.as_deref()))
    }

    /// Visits all records and then holds them against the digest: an error at
    /// the end takes back what was visited.
    pub(super) fn for_each(&self, visit: &mut Visit<'_>) -> Result<(), StoreError> {
        let mut digest = Digest::default();
        let mut take = |key, json: &[u8]| {
            digest.add(Mark::of(key, json));
            visit(key, json)
        };
        if let Some(base) = &self.base {
            base.for_each(|key, json| {
                if self.changed.contains_key(&key) {
                    Ok(())
                } else {
                    take(key, json)
                }
            })?;
        }
        for (key, json) in self.changed() {
            if let Some(json) = json {
                take(key, json)?;
            }
        }
        if digest == self.digest {
            Ok(())
        } else {
            Err(self.contradicted(format!(
                "there are {} records and should be {}, or some are not the ones acknowledged",
                digest.count, self.digest.count
            )))
        }
    }

    /// All records, parsed and checked.
    pub(super) fn load(&self) -> Result<Records, StoreError> {
        let mut loader = Loader::default();
        self.for_each(&mut |key, json| {
            loader
                .push(key, json.to_vec())
                .map_err(|what| self.contradicted(what))
        })?;
        let (directory, marks, _) = loader.finish().map_err(|what| self.contradicted(what))?;
        Ok(Records { directory, marks })
    }

    /// Writes all records to a file, as a checkpoint.
    pub(super) fn write(&self, path: &Path) -> Result<(), StoreError> {
        checkpoint::write(path, self.sequence, self.digest, |sink| self.for_each(sink))
    }

    /// The damage there is when something goes further than the log.
    pub(super) fn falls_short_of(&self, reached: u64) -> StoreError {
        self.contradicted(format!(
            "it ends with change set {}, and {reached} had been acknowledged",
            self.sequence
        ))
    }

    fn contradicted(&self, what: String) -> StoreError {
        let last = self
            .scan
            .segments
            .last()
            .map(|segment| segment.path.as_path());
        let base = self.base.as_ref().map(|base| base.path.as_path());
        StoreError::damaged(last.or(base).unwrap_or(Path::new("log")), 0, what)
    }
}
