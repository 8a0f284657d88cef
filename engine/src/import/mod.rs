//! From bytes to changes: what a file says, what is wrong with it, and what it
//! changes in the directory.
//!
//! Reading never fails for a row: a defect ends as a repaired value with a
//! warning, or as a rejection that names file, row, field, reason and remedy.

mod draft;

pub use draft::{Draft, Place, Reading, Reference, Rejection, Warning};

// The signatures that the import branch brings; this stand-in only lets the layers above compile.
use crate::model::{ChangeSet, Directory};

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No file of any known format is there.
    #[error("nothing in {name} looks like a format that can be imported")]
    Unrecognised {
        /// What was looked at.
        name: String,
    },
}

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// HSDS JSON.
    HsdsJson,
}

impl Format {
    /// The format of that name.
    #[must_use]
    pub fn named(_name: &str) -> Option<Self> {
        None
    }
    /// All names, for a message.
    #[must_use]
    pub fn names() -> String {
        String::new()
    }
}

/// What an import changed.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ImportReport {
    /// The source.
    pub source: String,
    /// The format.
    pub format: String,
    /// What could not be used.
    pub rejected: Vec<Rejection>,
    /// What was repaired.
    pub warnings: Vec<Warning>,
}

/// Reads everything at a path.
pub fn read_path(
    path: &std::path::Path,
    _as_format: Option<Format>,
    _source: &str,
) -> Result<Reading, ImportError> {
    Err(ImportError::Unrecognised {
        name: path.display().to_string(),
    })
}

/// Reads bytes that came from elsewhere.
pub fn read_bytes(
    name: &str,
    _bytes: &[u8],
    _as_format: Option<Format>,
    _source: &str,
) -> Result<Reading, ImportError> {
    Err(ImportError::Unrecognised {
        name: name.to_owned(),
    })
}

/// What a reading changes.
#[must_use]
pub fn reconcile(
    _directory: &Directory,
    _reading: Reading,
    source: &str,
    _at: jiff::Timestamp,
) -> (Vec<ChangeSet>, ImportReport) {
    (
        Vec::new(),
        ImportReport {
            source: source.to_owned(),
            ..ImportReport::default()
        },
    )
}
