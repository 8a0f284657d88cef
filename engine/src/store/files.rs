//! What all files of a store share: where they are, how they are made to
//! last, and the fixed part at their start.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The format this version writes, and the newest it reads.
pub(super) const FORMAT: u32 = 1;
/// Bytes of the fixed part at the start of a file: magic, format, sequence
/// number, checksum. It stays as it is in all formats to come, so that an old
/// program can tell a newer file from a damaged one.
pub(super) const PREFACE_BYTES: u64 = 24;
/// Ends the name of a file or folder that is not finished.
const PARTIAL: &str = "partial";

pub(super) fn log_folder(folder: &Path) -> PathBuf {
    folder.join("log")
}

pub(super) fn checkpoint_folder(folder: &Path) -> PathBuf {
    folder.join("checkpoint")
}

/// `name.partial` beside `path`.
pub(super) fn partial(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(PARTIAL);
    path.with_file_name(name)
}

/// The folder a path is in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The start of a file: which sort, which format, which sequence number.
pub(super) fn preface(magic: [u8; 8], sequence: u64) -> [u8; PREFACE_BYTES as usize] {
    let mut bytes = [0; PREFACE_BYTES as usize];
    bytes[..8].copy_from_slice(&magic);
    bytes[8..12].copy_from_slice(&FORMAT.to_le_bytes());
    bytes[12..20].copy_from_slice(&sequence.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..20]);
    bytes[20..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Reads the start of a file and gives its sequence number.
pub(super) fn check_preface(
    bytes: &[u8; PREFACE_BYTES as usize],
    magic: [u8; 8],
    file: &Path,
) -> Result<u64, StoreError> {
    if u32_at(bytes, 20) != crc32c::crc32c(&bytes[..20]) {
        return Err(StoreError::damaged(
            file,
            0,
            "the checksum of its first bytes does not match",
        ));
    }
    if bytes[..8] != magic {
        return Err(StoreError::damaged(file, 0, "it is another sort of file"));
    }
    match u32_at(bytes, 8) {
        FORMAT => Ok(u64_at(bytes, 12)),
        found => Err(StoreError::NewerFormat {
            file: file.to_owned(),
            found,
            known: FORMAT,
        }),
    }
}

/// The little-endian number at that place, which must be inside.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut number = [0; 4];
    number.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(number)
}

/// The little-endian number at that place, which must be inside.
pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(number)
}

/// Makes names in a folder last: a new file is only safe when its folder is.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(StoreError::io("sync", folder))?;
    }
    Ok(())
}

/// Makes a folder, and its name last.
pub(super) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(StoreError::io("make", folder))?;
    sync_folder(parent(folder))
}

/// Writes a file aside, syncs it and renames it: it is there whole or not at all.
pub(super) fn write_aside<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let aside = partial(path);
    let written = (|| {
        let file = File::create(&aside).map_err(StoreError::io("make", &aside))?;
        let mut buffered = io::BufWriter::with_capacity(1 << 20, file);
        let written = write(&mut buffered)?;
        let file = buffered
            .into_inner()
            .map_err(|error| StoreError::io("write", &aside)(error.into_error()))?;
        file.sync_all().map_err(StoreError::io("sync", &aside))?;
        fs::rename(&aside, path).map_err(StoreError::io("rename", &aside))?;
        sync_folder(parent(path))?;
        Ok(written)
    })();
    if written.is_err() {
        // What is left of it is of no use, and the first error says more than a second.
        let _ = fs::remove_file(&aside);
    }
    written
}

/// The files of a folder named `<number>.<extension>`, by number ascending.
pub(super) fn numbered(folder: &Path, extension: &str) -> Result<Vec<(u64, PathBuf)>, StoreError> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io("list", folder)(error)),
    };
    let mut files = Vec::new();
    for file in listing {
        let path = file.map_err(StoreError::io("list", folder))?.path();
        let number = path
            .file_stem()
            .and_then(|stem| stem.to_str()?.parse().ok());
        if let Some(number) = number
            && path.extension().is_some_and(|found| found == extension)
        {
            files.push((number, path));
        }
    }
    files.sort();
    Ok(files)
}

/// The path of a numbered file; names sort as their numbers do.
pub(super) fn numbered_path(folder: &Path, number: u64, extension: &str) -> PathBuf {
    folder.join(format!("{number:020}.{extension}"))
}

/// Takes away what a killed process left unfinished.
pub(super) fn remove_partial(folder: &Path) -> Result<(), StoreError> {
    for file in fs::read_dir(folder).map_err(StoreError::io("list", folder))? {
        let path = file.map_err(StoreError::io("list", folder))?.path();
        if path.extension().is_some_and(|found| found == PARTIAL) {
            fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
        }
    }
    Ok(())
}

/// Reads until the buffer is full or the file ends; says how much that was.
pub(super) fn read_up_to(mut from: impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
