//! Partnerships as a table.

use super::{ExportError, cell, table};
use crate::model::{Directory, Partnership};

/// The file's name.
pub(super) const FILE: &str = "partnerships.csv";

const HEADER: [&str; 10] = [
    "id", "from", "to", "kind", "directed", "since", "until", "strength", "source", "note",
];

/// Writes all partnerships.
pub(super) fn write(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    table(FILE, &HEADER, directory.partnerships.iter().map(row))
}

fn row(partnership: &Partnership) -> Vec<String> {
    vec![
        partnership.id.to_string(),
        partnership.from.to_string(),
        partnership.to.to_string(),
        partnership.kind.name().to_owned(),
        cell(partnership.directed),
        cell(partnership.since),
        cell(partnership.until),
        cell(partnership.strength),
        cell(partnership.source.as_deref()),
        cell(partnership.note.as_deref()),
    ]
}
