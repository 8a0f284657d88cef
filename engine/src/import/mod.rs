//! From bytes to changes: what a file says, what is wrong with it, and what it
//! changes in the directory.
//!
//! Reading never fails for a row: a defect ends as a repaired value with a
//! warning, or as a rejection that names file, row, field, reason and remedy.
//! Only what cannot be opened or recognised at all is an [`ImportError`].

mod areas;
mod combine;
mod draft;
mod findings;
mod gather;
mod hsds_csv;
mod hsds_json;
mod input;
mod item;
mod national_grid;
mod offers;
mod partnerships;
mod parts;
mod postcodes;
mod reader;
mod recognise;
mod reconcile;
mod records;
mod repair;
mod report;
mod resolve;
mod table;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use draft::{Draft, Place, Reading, Reference, Rejection, Warning};
pub use recognise::Format;
pub use reconcile::reconcile;
pub use report::{ImportReport, Tally};

use input::NamedBytes;

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file or folder cannot be opened.
    #[error("cannot read {path}: {source}; check the path and who may read it", path = path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A zip or gzip file is damaged.
    #[error("{name} is damaged and cannot be unpacked ({detail}); fetch it again")]
    Damaged {
        /// Which.
        name: String,
        /// What the unpacker says.
        detail: String,
    },
    /// More comes out of an archive than anybody would import.
    #[error(
        "{name} unpacks to more than {limit_mib} MiB; unpack it and import its files one by one"
    )]
    TooLarge {
        /// Which.
        name: String,
        /// The limit.
        limit_mib: u64,
    },
    /// No file of any known format is there.
    #[error(
        "nothing in {name} looks like a format that can be imported; name one of {formats} with --as",
        formats = Format::names()
    )]
    Unrecognised {
        /// What was looked at.
        name: String,
    },
}

/// Reads everything at a path: a file, a folder with all beneath it, a zip, a gzip.
///
/// Content decides the format; where it fits two, the file's name does;
/// `as_format` overrides both. `source` is the name ids are derived from.
pub fn read_path(
    path: &Path,
    as_format: Option<Format>,
    source: &str,
) -> Result<Reading, ImportError> {
    let files = input::open(path)?;
    read_files(&path.display().to_string(), &files, as_format, source)
}

/// Reads bytes that came from elsewhere, an upload or an address; `name`
/// stands in reports and helps to recognise the format.
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    as_format: Option<Format>,
    source: &str,
) -> Result<Reading, ImportError> {
    let files = input::unpack(name, bytes)?;
    read_files(name, &files, as_format, source)
}

fn read_files(
    name: &str,
    files: &[NamedBytes],
    as_format: Option<Format>,
    source: &str,
) -> Result<Reading, ImportError> {
    let sorted = recognise::sort(files, as_format);
    let mut readings: Vec<Reading> = Vec::new();
    for (format, files) in &sorted.by_format {
        match format {
            // A package is read whole, for its files point at one another.
            Format::HsdsJson => readings.push(hsds_json::read(files, source)),
            Format::HsdsCsv => readings.push(hsds_csv::read(files, source)),
            Format::Partnerships | Format::Offers | Format::Postcodes | Format::Areas => {
                readings.extend(files.iter().map(|file| read_table(*format, file, source)));
            }
        }
    }
    if readings.is_empty() {
        return Err(ImportError::Unrecognised {
            name: name.to_owned(),
        });
    }
    let mut whole = together(readings);
    whole.warnings.extend(sorted.unread);
    Ok(whole)
}

/// Reads a file whose rows need no other file.
fn read_table(format: Format, file: &NamedBytes, source: &str) -> Reading {
    if format == Format::Postcodes {
        // Nothing in it but ASCII matters, and it may have a gigabyte.
        return postcodes::read(&file.name, &file.bytes, source);
    }
    let (text, _) = file.text();
    let (name, bytes) = (file.name.as_str(), text.as_bytes());
    match format {
        Format::Partnerships => partnerships::read(name, bytes, source),
        Format::Offers => offers::read(name, bytes, source),
        _ if bytes.trim_ascii_start().starts_with(b"{") => areas::read_geojson(name, bytes, source),
        _ => areas::read_csv(name, bytes, source),
    }
}

/// What several readers read, or several paths of one source, as one reading:
/// what one file does not list may be in the next.
#[must_use]
pub fn together(readings: Vec<Reading>) -> Reading {
    let mut readings = readings.into_iter();
    let mut whole = readings.next().unwrap_or_default();
    for reading in readings {
        if whole.format != reading.format {
            whole.format = "several";
        }
        whole.drafts.extend(reading.drafts);
        whole.rejections.extend(reading.rejections);
        whole.warnings.extend(reading.warnings);
        whole.unlisted_rejections += reading.unlisted_rejections;
        for (kind, count) in reading.unlisted_warnings {
            *whole.unlisted_warnings.entry(kind).or_default() += count;
        }
        for (table, rows) in reading.rows {
            *whole.rows.entry(table).or_default() += rows;
        }
        for kind in reading.speaks_for {
            if !whole.speaks_for.contains(&kind) {
                whole.speaks_for.push(kind);
            }
        }
    }
    whole.drafts = combine::combined(whole.drafts);
    whole
}

#[cfg(test)]
mod round_trip;
