//! What readers hand on: drafts of records, and what they could not use.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Kind, Record};

/// Where in a source something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Place {
    /// The file, as it was named, with the member of a zip after a `!`.
    pub file: String,
    /// Row of a table from 1, the header not counted; or place of an item in a list.
    pub row: Option<u64>,
}

/// A record as a source gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The record. References that a file makes by name are in `references`.
    pub record: Record,
    /// The source's own id, where it has one.
    pub foreign_id: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Organizations that it names by something other than an id of this
    /// source: resolved against the whole directory before it becomes a change.
    pub references: Vec<Reference>,
}

/// An organization named by id, registered number or name, in a field of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The field, for example `from`.
    pub field: &'static str,
    /// As it is written.
    pub text: String,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The field at fault, where there is one.
    pub field: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
}

/// A value that was repaired or left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A word for counting, for example `time-repaired`.
    pub kind: &'static str,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The field.
    pub field: String,
    /// What was found and what was made of it.
    pub message: String,
}

/// All that was read from a source.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// What it was read as, for example `hsds-csv`.
    pub format: &'static str,
    /// The records.
    pub drafts: Vec<Draft>,
    /// What could not be used.
    pub rejections: Vec<Rejection>,
    /// What was repaired.
    pub warnings: Vec<Warning>,
    /// Rejections beyond those listed: a broken file of millions of rows must
    /// not fill the memory with the same sentence, and is counted all the same.
    pub unlisted_rejections: u64,
    /// Warnings beyond those listed, by kind.
    pub unlisted_warnings: BTreeMap<&'static str, u64>,
    /// Rows or items read, by the name of the table or kind of item: equal to
    /// what a person counts in the file.
    pub rows: BTreeMap<String, u64>,
    /// The kinds of record that this source speaks for: only those can leave
    /// the directory when the source no longer lists them.
    pub speaks_for: Vec<Kind>,
}
