//! The directory as files that this program, and others, can read again.
//!
//! Services, organizations, locations and terms leave as HSDS 3.1 JSON;
//! partnerships, offers, areas and postcodes as tables, outlines as `GeoJSON`.
//! Imported together under any name they give the same records with the same
//! ids, with these exceptions:
//!
//! - What says where a *confidential* location is does not leave: its addresses,
//!   coordinates, outside identifier and directions, and the place of offers there.
//! - Records that their source no longer lists do not leave.
//! - Referrals and assurances do not leave: they are the working life of one
//!   installation, and a backup holds them.

mod areas;
pub mod hsds;
mod hsds_parts;
mod offers;
mod partnerships;
mod postcodes;

use crate::model::Directory;

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a directory could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A record cannot be put into JSON.
    #[error("cannot write {file}: {source}")]
    Json {
        /// The file.
        file: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// A row cannot be put into a table.
    #[error("cannot write {file}: {source}")]
    Table {
        /// The file.
        file: &'static str,
        /// Why.
        source: csv::Error,
    },
}

/// A folder of files, each made when it is asked for; those that would hold
/// nothing are left out. The order of files and of records (by id) is fixed, so
/// the same directory gives the same bytes.
pub fn export(
    directory: &Directory,
) -> impl Iterator<Item = Result<ExportedFile, ExportError>> + '_ {
    type Writer = fn(&Directory) -> Result<Option<Vec<u8>>, ExportError>;
    let writers: [(&'static str, Writer); 10] = [
        ("organizations.json", hsds::organizations_json),
        ("services.json", hsds::services_json),
        ("locations.json", hsds::locations_json),
        ("taxonomies.json", hsds::taxonomies_json),
        ("taxonomy_terms.json", hsds::taxonomy_terms_json),
        (partnerships::FILE, partnerships::write),
        (offers::FILE, offers::write),
        (areas::TABLE, areas::write_table),
        (areas::OUTLINES, areas::write_outlines),
        (postcodes::FILE, postcodes::write),
    ];
    writers.into_iter().filter_map(move |(name, write)| {
        write(directory)
            .map(|bytes| bytes.map(|bytes| ExportedFile { name, bytes }))
            .transpose()
    })
}

/// A table with a header, or nothing where there are no rows.
fn table(
    file: &'static str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Option<Vec<u8>>, ExportError> {
    let failed = |source| ExportError::Table { file, source };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut empty = true;
    for row in rows {
        if empty {
            writer.write_record(header).map_err(failed)?;
            empty = false;
        }
        writer.write_record(&row).map_err(failed)?;
    }
    if empty {
        return Ok(None);
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| failed(error.into_error().into()))?;
    Ok(Some(bytes))
}

/// What a cell says of a value: nothing where there is none.
fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
