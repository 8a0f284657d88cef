//! How records and changes are written: a line each, in words and JSON, so that
//! a log can be read with any text tool, cut into lines without parsing, and
//! parsed on all cores.
//!
//! ```text
//! at 2026-03-01T09:30:00Z
//! put service 6f1c…-… {"record":{"service":{…}},"provenance":{…}}
//! remove location 0b52…-…
//! ```

use std::collections::HashMap;
use std::io::Write;
use std::ops::Range;

use jiff::Timestamp;
use rayon::prelude::*;
use uuid::Uuid;

use super::StoreError;
use crate::model::{Change, ChangeSet, Directory, Entry, Kind, Record, RecordKey};

/// Why a line could not be read.
pub(super) type Malformed = String;

/// Entries parsed in one go while loading.
const LOAD_BATCH: usize = 4096;

/// Stands for one stored record: the checksum of its key and bytes, and how
/// many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) crc: u32,
    pub(super) length: u32,
}

impl Mark {
    pub(super) fn of(key: RecordKey, bytes: &[u8]) -> Self {
        let crc = crc32c::crc32c(key.kind.name().as_bytes());
        let crc = crc32c::crc32c_append(crc, key.id.as_bytes());
        Self {
            crc: crc32c::crc32c_append(crc, bytes),
            length: bytes.len() as u32,
        }
    }
}

/// Stands for all records: their number, and a sum over their marks that does
/// not depend on order. Each frame and checkpoint holds the one after it, so
/// that a lost, stale or surplus record cannot pass for the real ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Digest {
    pub(super) count: u64,
    pub(super) sum: u64,
}

impl Digest {
    pub(super) fn add(&mut self, mark: Mark) {
        self.count = self.count.wrapping_add(1);
        self.sum = self.sum.wrapping_add(Self::weight(mark));
    }

    pub(super) fn take(&mut self, mark: Mark) {
        self.count = self.count.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(Self::weight(mark));
    }

    /// The finaliser of `SplitMix64` (Steele, Lea & Flood 2014,
    /// doi:10.1145/2660193.2660195): without it checksums, which are linear,
    /// could cancel out in a sum.
    fn weight(mark: Mark) -> u64 {
        let mut mixed = (u64::from(mark.crc) << 32 | u64::from(mark.length))
            .wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A change set as it is written.
pub(super) struct Encoded {
    /// All lines.
    pub(super) payload: Vec<u8>,
    /// For each change its record, and where in the payload its JSON is.
    changes: Vec<(RecordKey, Option<Range<usize>>)>,
}

impl Encoded {
    /// In order: the records put, with their JSON, and (None) those removed.
    pub(super) fn changes(&self) -> impl Iterator<Item = (RecordKey, Option<&[u8]>)> {
        self.changes
            .iter()
            .map(|(key, json)| (*key, json.clone().map(|json| &self.payload[json])))
    }
}

/// Writes a change set, and reads each record back: what would come back
/// changed (a number that is none, say) is refused now, not found later.
pub(super) fn encode(change_set: &ChangeSet) -> Result<Encoded, StoreError> {
    let lines: Vec<(RecordKey, Option<Vec<u8>>)> = change_set
        .changes
        .par_iter()
        .map(|change| match change {
            Change::Remove(key) => Ok((*key, None)),
            Change::Put(entry) => {
                let key = entry.record.key();
                let json = encode_entry(key, entry)?;
                match parse_entry(key, &json) {
                    Ok(read) if read == **entry => Ok((key, Some(json))),
                    _ => Err(StoreError::Unwritable { key }),
                }
            }
        })
        .collect::<Result<_, _>>()?;
    let json_bytes: usize = lines.iter().flat_map(|(_, json)| json).map(Vec::len).sum();
    let mut payload = Vec::with_capacity(json_bytes + 80 * (lines.len() + 1));
    payload.extend_from_slice(format!("at {}\n", change_set.at).as_bytes());
    let changes = lines
        .into_iter()
        .map(|(key, json)| {
            let range = json.map(|json| put_line(&mut payload, key, &json));
            if range.is_none() {
                payload.extend_from_slice(format!("remove {key}\n").as_bytes());
            }
            (key, range)
        })
        .collect();
    Ok(Encoded { payload, changes })
}

/// The JSON of one entry.
pub(super) fn encode_entry(key: RecordKey, entry: &Entry<Record>) -> Result<Vec<u8>, StoreError> {
    // Only a map with keys that are not text could fail, and no record has one.
    serde_json::to_vec(entry).map_err(|_not_json| StoreError::Unwritable { key })
}

/// Adds the line that puts a record; says where its JSON is.
pub(super) fn put_line(lines: &mut Vec<u8>, key: RecordKey, json: &[u8]) -> Range<usize> {
    lines.extend_from_slice(b"put ");
    lines.extend_from_slice(key.kind.name().as_bytes());
    lines.push(b' ');
    lines.extend_from_slice(
        key.id
            .hyphenated()
            .encode_lower(&mut Uuid::encode_buffer())
            .as_bytes(),
    );
    lines.push(b' ');
    let start = lines.len();
    lines.extend_from_slice(json);
    lines.push(b'\n');
    start..start + json.len()
}

/// The same, to a file.
pub(super) fn write_put_line(
    to: &mut dyn Write,
    line: &mut Vec<u8>,
    key: RecordKey,
    json: &[u8],
) -> std::io::Result<()> {
    line.clear();
    put_line(line, key, json);
    to.write_all(line)
}

/// Reads a line that puts or removes a record, without its end.
pub(super) fn parse_line(line: &[u8]) -> Result<(RecordKey, Option<&[u8]>), Malformed> {
    let mut words = line.splitn(4, |byte| *byte == b' ');
    let verb = words.next().unwrap_or_default();
    let kind = words.next().unwrap_or_default();
    let id = words.next().unwrap_or_default();
    let json = words.next();
    let kind = Kind::ALL
        .iter()
        .find(|known| known.name().as_bytes() == kind)
        .ok_or_else(|| format!("unknown kind of record `{}`", String::from_utf8_lossy(kind)))?;
    let id = Uuid::try_parse_ascii(id).map_err(|error| error.to_string())?;
    let key = RecordKey { kind: *kind, id };
    match (verb, json) {
        (b"put", Some(json)) => Ok((key, Some(json))),
        (b"remove", None) => Ok((key, None)),
        _ => Err(format!(
            "unknown change `{}`",
            String::from_utf8_lossy(verb)
        )),
    }
}

/// The lines of a payload after its first, each read as far as its key.
pub(super) fn parse_lines(
    payload: &[u8],
) -> impl Iterator<Item = Result<(RecordKey, Option<&[u8]>), Malformed>> {
    payload
        .split(|byte| *byte == b'\n')
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(parse_line)
}

/// Reads a whole payload.
pub(super) fn decode(payload: &[u8]) -> Result<ChangeSet, Malformed> {
    let first = payload
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let at: Timestamp = std::str::from_utf8(first)
        .ok()
        .and_then(|line| line.strip_prefix("at "))
        .ok_or("the first line is not a time")?
        .parse()
        .map_err(|error: jiff::Error| error.to_string())?;
    let lines: Vec<_> = parse_lines(payload).collect::<Result<_, _>>()?;
    let changes = lines
        .into_par_iter()
        .map(|(key, json)| match json {
            Some(json) => parse_entry(key, json).map(|entry| Change::Put(Box::new(entry))),
            None => Ok(Change::Remove(key)),
        })
        .collect::<Result<_, _>>()?;
    Ok(ChangeSet { at, changes })
}

/// Reads the JSON of one entry, which must be the one of that key.
pub(super) fn parse_entry(key: RecordKey, json: &[u8]) -> Result<Entry<Record>, Malformed> {
    let entry: Entry<Record> =
        serde_json::from_slice(json).map_err(|error| format!("{key}: {error}"))?;
    if entry.record.key() != key {
        return Err(format!("{key} holds {}", entry.record.key()));
    }
    Ok(entry)
}

/// Builds a directory from stored records, and the marks that tell whether
/// they are the right ones.
#[derive(Default)]
pub(super) struct Loader {
    pending: Vec<(RecordKey, Vec<u8>)>,
    directory: Directory,
    marks: HashMap<RecordKey, Mark>,
    digest: Digest,
}

impl Loader {
    /// Takes a record; each key once.
    pub(super) fn push(&mut self, key: RecordKey, json: Vec<u8>) -> Result<(), Malformed> {
        self.pending.push((key, json));
        if self.pending.len() >= LOAD_BATCH {
            self.parse_pending()?;
        }
        Ok(())
    }

    /// What came of it. It is a mistake to use it without comparing the digest.
    pub(super) fn finish(
        mut self,
    ) -> Result<(Directory, HashMap<RecordKey, Mark>, Digest), Malformed> {
        self.parse_pending()?;
        Ok((self.directory, self.marks, self.digest))
    }

    fn parse_pending(&mut self) -> Result<(), Malformed> {
        let parsed: Vec<_> = std::mem::take(&mut self.pending)
            .into_par_iter()
            .map(|(key, json)| Ok((key, Mark::of(key, &json), parse_entry(key, &json)?)))
            .collect::<Result<_, Malformed>>()?;
        for (key, mark, entry) in parsed {
            self.digest.add(mark);
            self.marks.insert(key, mark);
            self.directory.put(entry);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Provenance, Service};

    fn put(service: Service) -> Change {
        Change::Put(Box::new(Entry {
            record: service.into(),
            provenance: Provenance::default(),
        }))
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_to_the_last_bit(
            name in ".*",
            description in proptest::option::of("(?s).*"),
            age in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO,
            id in any::<u128>(),
            second in -1_000_000_000_i64..4_000_000_000,
        ) {
            let service = Service {
                id: Uuid::from_u128(id).into(),
                name,
                description,
                minimum_age: Some(age),
                ..Service::default()
            };
            let key = Record::from(service.clone()).key();
            let change_set = ChangeSet {
                at: Timestamp::new(second, 123_456_789).unwrap(),
                changes: vec![put(service), Change::Remove(key)],
            };
            let encoded = encode(&change_set).unwrap();
            prop_assert_eq!(decode(&encoded.payload).unwrap(), change_set);
            let lines: Vec<_> = parse_lines(&encoded.payload).map(Result::unwrap).collect();
            prop_assert_eq!(lines, encoded.changes().collect::<Vec<_>>());
        }
    }

    #[test]
    fn numbers_json_has_no_word_for_are_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let service = Service {
                maximum_age: Some(number),
                ..Service::default()
            };
            let change_set = ChangeSet {
                changes: vec![put(service)],
                ..ChangeSet::default()
            };
            assert!(matches!(
                encode(&change_set),
                Err(StoreError::Unwritable { .. })
            ));
        }
    }

    #[test]
    fn the_digest_depends_on_each_record_and_not_on_their_order() {
        let key = |number| RecordKey {
            kind: Kind::Service,
            id: Uuid::from_u128(number),
        };
        let digest = |records: &[(u128, &str)]| {
            let mut digest = Digest::default();
            for (number, json) in records {
                digest.add(Mark::of(key(*number), json.as_bytes()));
            }
            digest
        };
        let whole = digest(&[(1, "tea"), (2, "soup"), (3, "bread")]);
        assert_eq!(whole, digest(&[(3, "bread"), (1, "tea"), (2, "soup")]));
        for other in [
            digest(&[(1, "tea"), (2, "soup")]),
            digest(&[(1, "tea"), (2, "soup"), (3, "beans")]),
            digest(&[(1, "soup"), (2, "tea"), (3, "bread")]),
            digest(&[(1, "tea"), (2, "soup"), (4, "bread")]),
        ] {
            assert_ne!(whole, other);
        }
        let mut taken = whole;
        taken.take(Mark::of(key(2), b"soup"));
        assert_eq!(taken, digest(&[(1, "tea"), (3, "bread")]));
    }

    #[test]
    fn a_line_that_is_none_says_why() {
        for (line, why) in [
            ("put kettle 0", "unknown kind of record `kettle`"),
            (
                "boil service 00000000-0000-0000-0000-000000000000",
                "unknown change `boil`",
            ),
            (
                "put service 00000000-0000-0000-0000-000000000000",
                "unknown change `put`",
            ),
        ] {
            assert_eq!(parse_line(line.as_bytes()).unwrap_err(), why);
        }
    }
}
