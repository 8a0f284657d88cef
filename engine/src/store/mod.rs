//! The store: the ground truth, as records and the ordered changes that led to
//! them.
//!
//! ```text
//! DIR/log/….log                 the truth: change sets in order
//! DIR/checkpoint/….checkpoint   all records at one sequence number
//! DIR/sled/                     a view of the current records, rebuilt when in doubt
//! DIR/head                      how far the log was acknowledged
//! DIR/lock                      held by the one process that writes
//! ```
//!
//! A write is synced to the log before it is acknowledged; the view comes
//! after. Each change set in the log states how many records there are after
//! it and a sum that stands for all of them, and a start holds what it read
//! against that: it comes back whole, or it is refused with the damage named.

mod backup;
mod checkpoint;
mod durable;
mod encoding;
mod error;
mod files;
mod frame;
mod head;
mod lock;
mod log;
mod memory;
mod reader;
mod sled;
mod space;
mod truth;

use std::path::{Path, PathBuf};
use std::str::FromStr;

pub use backup::restore;
pub use error::StoreError;

use crate::model::{ChangeSet, Directory};

/// Keeps records and the changes that led to them.
///
/// What holds for every store: change sets are numbered 1, 2, 3 … in the order
/// in which they were taken, each is there whole or not at all, and
/// [`Store::load`] gives exactly the records that result from all of them.
/// A store may be shared by threads; writers take turns.
///
/// It is a mistake to change the files of a store by other means.
pub trait Store: Send + Sync {
    /// Takes a change set and gives its number. When this returns, it is
    /// durable: it survives the end of the process and a power cut. When it
    /// fails, nothing was changed, except after [`StoreError::Stopped`] or a
    /// failed sync ([`StoreError::Io`]): then the next start decides, and the
    /// change set is there whole or not at all.
    fn append(&self, change_set: &ChangeSet) -> Result<u64, StoreError>;

    /// All records as they are after the newest change set.
    fn load(&self) -> Result<Loaded, StoreError>;

    /// The change sets after that one, oldest first. Where not all of them are
    /// kept any more, [`StoreError::HistoryGone`].
    fn changes_since(&self, sequence: u64) -> Result<Vec<(u64, ChangeSet)>, StoreError>;

    /// The number of the newest change set; 0 when there is none. A store that
    /// was opened for reading says how far it was when opened or last loaded.
    fn sequence(&self) -> u64;

    /// Writes a checksummed copy of all records to a file, in place of one
    /// that is there, and gives the number of its last change set. Others may
    /// read and write meanwhile. The file is there whole or not at all.
    fn backup(&self, path: &Path) -> Result<u64, StoreError>;
}

/// What a store holds.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// All records.
    pub directory: Directory,
    /// The number of the newest change set in it.
    pub sequence: u64,
    /// Sentences for the operator on what was cut off, rebuilt or is no longer readable.
    pub notes: Vec<String>,
}

/// Where a store is.
///
/// ```
/// use causeway_engine::store::StoreUrl;
/// let url: StoreUrl = "sled:./causeway-data".parse().unwrap();
/// assert_eq!(url, StoreUrl::Sled("./causeway-data".into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// `sled:DIR`: in that folder.
    Sled(PathBuf),
    /// `memory:`: nowhere; it ends with the process.
    Memory,
}

impl FromStr for StoreUrl {
    type Err = StoreError;

    fn from_str(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sled", folder)) if !folder.is_empty() => Ok(Self::Sled(folder.into())),
            Some(("memory", "")) => Ok(Self::Memory),
            _ => Err(StoreError::Address {
                url: url.to_owned(),
            }),
        }
    }
}

impl std::fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sled(folder) => write!(f, "sled:{}", folder.display()),
            Self::Memory => f.write_str("memory:"),
        }
    }
}

/// What a store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Writing, by one process at a time; makes the store where there is none.
    Write,
    /// Reading, also while another process writes. Leaves no trace.
    Read,
}

/// The sizes at which a store tidies up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A file of the log is ended when it is larger.
    pub segment_bytes: u64,
    /// A checkpoint is made when the log since the last one is larger than
    /// this and than that checkpoint.
    pub checkpoint_bytes: u64,
    /// How much log is kept that checkpoints make unnecessary.
    pub history_bytes: u64,
    /// How much free space a write must leave.
    pub free_floor_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            segment_bytes: 16 << 20,
            checkpoint_bytes: 64 << 20,
            history_bytes: 256 << 20,
            free_floor_bytes: 128 << 20,
        }
    }
}

/// Opens a store.
///
/// ```
/// use causeway_engine::model::ChangeSet;
/// use causeway_engine::store::{Access, StoreUrl, open};
/// let store = open(&StoreUrl::Memory, Access::Write)?;
/// assert_eq!(store.append(&ChangeSet::default())?, 1);
/// # Ok::<(), causeway_engine::store::StoreError>(())
/// ```
pub fn open(url: &StoreUrl, access: Access) -> Result<Box<dyn Store>, StoreError> {
    open_with(url, access, &Limits::default())
}

/// Opens a store that tidies up at other sizes.
pub fn open_with(
    url: &StoreUrl,
    access: Access,
    limits: &Limits,
) -> Result<Box<dyn Store>, StoreError> {
    Ok(match (url, access) {
        (StoreUrl::Memory, _) => Box::new(memory::Memory::default()),
        (StoreUrl::Sled(folder), Access::Write) => {
            Box::new(durable::Durable::open(folder, limits)?)
        }
        (StoreUrl::Sled(folder), Access::Read) => Box::new(reader::Reader::open(folder)?),
    })
}
