//! The record view: current records by kind and id in sled, so that a start
//! need not replay the log. The only file that names sled.
//!
//! sled 0.34 loses rows silently when a file of its is cut short, may panic on
//! a damaged one, and its `flush` is no promise against a power cut. So nothing
//! here is believed before all records in it have been held against the digest
//! that the log states, and deleting the folder is always safe.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::encoding::{Digest, Loader, Malformed, Mark};
use super::files::{self, u32_at, u64_at};
use super::truth::{Records, Truth};
use crate::model::{Kind, RecordKey};

/// Values above 128 kB leak disk in sled at every rewrite: larger ones go in parts.
const PART_BYTES: usize = 64 << 10;
/// Changes written in one go.
const BATCH: usize = 1000;
const SEQUENCE: &[u8] = b"sequence";
const RECORD: u8 = b'r';
const PART: u8 = b'p';
const CACHE_BYTES: u64 = 256 << 20;

/// Why the view is of no use, in words. The remedy is always the same: rebuild it.
pub(super) type Unusable = String;

/// The view, open for writing.
pub(super) struct View {
    db: sled::Db,
}

fn view_folder(folder: &Path) -> PathBuf {
    folder.join("sled")
}

/// Stands while sled opens and reads its files: who finds it knows that the
/// process before died in there, and must not go the same way.
fn marker(folder: &Path) -> PathBuf {
    folder.join("sled.opening")
}

/// Opens the view, brings it up to date and reads all records from it.
///
/// A view that goes further than the log is a witness that the log has lost
/// what was acknowledged, and the only way to fail in earnest.
pub(super) fn open(
    folder: &Path,
    truth: &Truth,
) -> Result<Result<(View, Records), Unusable>, StoreError> {
    let marker = marker(folder);
    if marker.exists() {
        return Ok(Err("an earlier start ended while opening it".to_owned()));
    }
    if !view_folder(folder).exists() {
        return Ok(Err("there was none".to_owned()));
    }
    if let Err(error) = fs::write(&marker, []) {
        return Ok(Err(error.to_string()));
    }
    let mut reached = 0;
    let opened = guarded(|| {
        let view = View::open_db(folder)?;
        reached = view.sequence()?;
        view.catch_up(reached, truth)?;
        view.drop_orphans()?;
        let records = view.load(truth.digest)?;
        Ok((view, records))
    });
    fs::remove_file(&marker).map_err(StoreError::io("remove", &marker))?;
    if reached > truth.sequence {
        return Err(truth.falls_short_of(reached));
    }
    Ok(opened)
}

/// Throws the view away and builds it from the truth.
pub(super) fn rebuild(folder: &Path, truth: &Truth) -> Result<Result<View, Unusable>, StoreError> {
    let path = view_folder(folder);
    if path.exists() {
        fs::remove_dir_all(&path).map_err(StoreError::io("remove", &path))?;
        files::sync_folder(folder)?;
    }
    let marker = marker(folder);
    if marker.exists() {
        fs::remove_file(&marker).map_err(StoreError::io("remove", &marker))?;
    }
    let mut refused = Ok(());
    let built = guarded(|| {
        let view = View::open_db(folder)?;
        let mut writer = Writer::new(&view.db);
        refused = truth.for_each(&mut |key, json| {
            // A view that cannot be written is found by `finish`.
            writer.put(key, json);
            Ok(())
        });
        writer.finish(truth.sequence)?;
        Ok(view)
    });
    refused.map(|()| built)
}

impl View {
    fn open_db(folder: &Path) -> Result<Self, Unusable> {
        let db = sled::Config::new()
            .path(view_folder(folder))
            .cache_capacity(CACHE_BYTES)
            // Nothing here need survive by itself: no background syncing.
            .flush_every_ms(None)
            .open()
            .map_err(words)?;
        Ok(Self { db })
    }

    /// Brings the view up to date and hands it to the system.
    pub(super) fn follow(&self, truth: &Truth) -> Result<(), Unusable> {
        guarded(|| {
            self.catch_up(self.sequence()?, truth)?;
            self.db.flush().map(|_| ()).map_err(words)
        })
    }

    /// Reads all records and holds them against the digest.
    fn load(&self, expected: Digest) -> Result<Records, Unusable> {
        let mut loader = Loader::default();
        for row in self.db.scan_prefix([RECORD]) {
            let (key, value) = row.map_err(words)?;
            let key = parse_key(&key)?;
            loader.push(key, self.read(key, &value)?)?;
        }
        let (directory, marks, digest) = loader.finish()?;
        if digest != expected {
            return Err(format!(
                "it holds {} records and should hold {}, or some of them are old",
                digest.count, expected.count
            ));
        }
        Ok(Records { directory, marks })
    }

    fn sequence(&self) -> Result<u64, Unusable> {
        let value = self
            .db
            .get(SEQUENCE)
            .map_err(words)?
            .ok_or("it does not say how far it goes")?;
        if value.len() != 12 || u32_at(&value, 8) != crc32c::crc32c(&value[..8]) {
            return Err("what it says of how far it goes is damaged".to_owned());
        }
        Ok(u64_at(&value, 0))
    }

    fn catch_up(&self, reached: u64, truth: &Truth) -> Result<(), Unusable> {
        if reached < truth.settled() {
            return Err(format!(
                "it goes to change set {reached} and is too far behind"
            ));
        }
        // What changed since the checkpoint is written in its last state, so
        // that a change set half of which is already here does no harm.
        if reached < truth.sequence {
            let mut writer = Writer::new(&self.db);
            let mut changed: Vec<_> = truth.changed().collect();
            // Neighbours in one go, so that each page of the view is read and written once.
            changed.sort_unstable_by_key(|(key, _)| (key.kind.name(), key.id));
            for (key, json) in changed {
                match json {
                    Some(json) => writer.put(key, json),
                    None => writer.remove(key),
                }
            }
            writer.finish(truth.sequence)?;
        }
        Ok(())
    }

    /// Takes away parts whose record has become small or is gone.
    fn drop_orphans(&self) -> Result<(), Unusable> {
        for row in self.db.scan_prefix([PART]) {
            let (key, _) = row.map_err(words)?;
            let (record, number) = key.split_at(key.len().saturating_sub(2));
            let mut owner = record.to_vec();
            if let Some(first) = owner.first_mut() {
                *first = RECORD;
            }
            let length = self
                .db
                .get(&owner)
                .map_err(words)?
                .filter(|value| value.len() == 8);
            let parts = length.map_or(0, |value| (u32_at(&value, 4) as usize).div_ceil(PART_BYTES));
            let number = u16::from_be_bytes(<[u8; 2]>::try_from(number).unwrap_or_default());
            if usize::from(number) >= parts {
                self.db.remove(&key).map_err(words)?;
            }
        }
        Ok(())
    }

    /// The JSON of a record, put together and checked.
    fn read(&self, key: RecordKey, value: &[u8]) -> Result<Vec<u8>, Unusable> {
        if value.len() < 8 {
            return Err(format!("{key} is cut short"));
        }
        let mark = Mark {
            crc: u32_at(value, 0),
            length: u32_at(value, 4),
        };
        let mut json = value[8..].to_vec();
        if json.is_empty() {
            for number in 0..(mark.length as usize).div_ceil(PART_BYTES) {
                let part = self.db.get(part_key(key, number)).map_err(words)?;
                json.extend_from_slice(&part.ok_or_else(|| format!("a part of {key} is missing"))?);
            }
        }
        if Mark::of(key, &json) == mark {
            Ok(json)
        } else {
            Err(format!("{key} does not match its checksum"))
        }
    }
}

/// Collects changes and writes them many at a time.
struct Writer<'a> {
    db: &'a sled::Db,
    batch: sled::Batch,
    count: usize,
    failed: Option<sled::Error>,
}

impl<'a> Writer<'a> {
    fn new(db: &'a sled::Db) -> Self {
        Self {
            db,
            batch: sled::Batch::default(),
            count: 0,
            failed: None,
        }
    }

    fn put(&mut self, key: RecordKey, json: &[u8]) {
        let mark = Mark::of(key, json);
        let mut value = Vec::with_capacity(8 + json.len().min(PART_BYTES));
        value.extend_from_slice(&mark.crc.to_le_bytes());
        value.extend_from_slice(&mark.length.to_le_bytes());
        if json.len() <= PART_BYTES {
            value.extend_from_slice(json);
        } else {
            for (number, part) in json.chunks(PART_BYTES).enumerate() {
                self.batch.insert(part_key(key, number), part);
            }
        }
        self.batch.insert(record_key(RECORD, key), value);
        self.step();
    }

    fn remove(&mut self, key: RecordKey) {
        self.batch.remove(record_key(RECORD, key));
        self.step();
    }

    fn step(&mut self) {
        self.count += 1;
        if self.count >= BATCH {
            self.write();
        }
    }

    fn write(&mut self) {
        self.count = 0;
        if let Err(error) = self.db.apply_batch(std::mem::take(&mut self.batch)) {
            self.failed.get_or_insert(error);
        }
    }

    /// Writes the rest, and last of all how far the view now goes.
    fn finish(mut self, sequence: u64) -> Result<(), Unusable> {
        self.write();
        if let Some(error) = self.failed {
            return Err(words(error));
        }
        let mut value = sequence.to_le_bytes().to_vec();
        value.extend_from_slice(&crc32c::crc32c(&value).to_le_bytes());
        self.db.insert(SEQUENCE, value).map(|_| ()).map_err(words)
    }
}

fn record_key(space: u8, key: RecordKey) -> Vec<u8> {
    let mut bytes = vec![space];
    bytes.extend_from_slice(key.kind.name().as_bytes());
    bytes.push(b'/');
    bytes.extend_from_slice(key.id.as_bytes());
    bytes
}

fn part_key(key: RecordKey, number: usize) -> Vec<u8> {
    let mut bytes = record_key(PART, key);
    bytes.extend_from_slice(&(number as u16).to_be_bytes());
    bytes
}

fn parse_key(bytes: &[u8]) -> Result<RecordKey, Malformed> {
    let unknown = || "it holds a key that is none".to_owned();
    let (kind, id) = bytes
        .split_at_checked(bytes.len().saturating_sub(16))
        .ok_or_else(unknown)?;
    let kind = Kind::ALL
        .iter()
        .find(|known| kind.get(1..kind.len().saturating_sub(1)) == Some(known.name().as_bytes()))
        .ok_or_else(unknown)?;
    let id = uuid::Uuid::from_slice(id).map_err(|_not_an_id| unknown())?;
    Ok(RecordKey { kind: *kind, id })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that `map_err` takes"
)]
fn words(error: sled::Error) -> Unusable {
    error.to_string()
}

/// Turns a panic inside sled into words.
fn guarded<T>(work: impl FnOnce() -> Result<T, Unusable>) -> Result<T, Unusable> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_panic| Err("reading it failed inside sled".to_owned()))
}
