//! Files, folders, zip and gzip as named bytes, so that readers know nothing of disks.

use std::borrow::Cow;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::ImportError;

/// All that an archive may unpack to. The largest real input, all UK postcodes, has 120 MiB.
const LIMIT_MIB: u64 = 2048;

/// The bytes of one file under the name it has in reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedBytes {
    /// Path or address, with the member of a zip after a `!`.
    pub name: String,
    /// Its content, unpacked.
    pub bytes: Vec<u8>,
}

impl NamedBytes {
    /// The last part of the name in lower case, without endings: `services` of
    /// `data.zip!data/Services.csv`.
    pub(super) fn stem(&self) -> String {
        let name = self.file_name();
        let stem = name.split('.').next().unwrap_or(name);
        stem.to_lowercase()
    }

    /// All before the file's own name: files of one package share it.
    pub(super) fn folder(&self) -> &str {
        &self.name[..self.name.len() - self.file_name().len()]
    }

    fn file_name(&self) -> &str {
        self.name
            .rsplit(['/', '\\', '!'])
            .next()
            .unwrap_or(&self.name)
    }

    /// Its text. Bytes that are not UTF-8 are read as Windows-1252, of which
    /// Latin-1 is a part, and the second value says so. A byte order mark is left out.
    pub(super) fn text(&self) -> (Cow<'_, str>, bool) {
        let bytes = self
            .bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (
                Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
                true,
            ),
        }
    }
}

/// The character of a byte in Windows-1252; the five bytes it does not define are replaced.
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Everything at a path, by name ascending. Hidden files are left out.
pub(super) fn open(path: &Path) -> Result<Vec<NamedBytes>, ImportError> {
    let mut files = Vec::new();
    open_into(path, &mut files)?;
    Ok(files)
}

fn open_into(path: &Path, files: &mut Vec<NamedBytes>) -> Result<(), ImportError> {
    let failed = |source| ImportError::Open {
        path: path.to_owned(),
        source,
    };
    if path.is_dir() {
        let mut inside = fs::read_dir(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(failed)?;
        inside.sort_by_key(fs::DirEntry::file_name);
        for entry in inside {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // A link is not followed: one that leads upward would never end.
            let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let upward = link && entry.path().is_dir();
            if !hidden && !upward {
                open_into(&entry.path(), files)?;
            }
        }
        return Ok(());
    }
    let bytes = fs::read(path).map_err(failed)?;
    files.extend(unpack_owned(path.display().to_string(), bytes)?);
    Ok(())
}

/// The files in some bytes: those of a zip, the one of a gzip, or the bytes themselves.
pub(super) fn unpack(name: &str, bytes: &[u8]) -> Result<Vec<NamedBytes>, ImportError> {
    unpack_owned(name.to_owned(), bytes.to_vec())
}

fn unpack_owned(name: String, bytes: Vec<u8>) -> Result<Vec<NamedBytes>, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return unzip(&name, &bytes);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let bytes = read_limited(&name, MultiGzDecoder::new(bytes.as_slice()), 0)?;
        // A zip within a gzip is nobody's export; unpacking once keeps bombs small.
        return Ok(vec![NamedBytes { name, bytes }]);
    }
    Ok(vec![NamedBytes { name, bytes }])
}

fn unzip(name: &str, bytes: &[u8]) -> Result<Vec<NamedBytes>, ImportError> {
    let damaged = |error: zip::result::ZipError| ImportError::Damaged {
        name: name.to_owned(),
        detail: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut files = Vec::new();
    let mut total = 0;
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(damaged)?;
        let path = member.name().map_err(damaged)?.into_owned();
        let hidden = path
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        if member.is_dir() || hidden {
            continue;
        }
        let member_name = format!("{name}!{path}");
        let bytes = read_limited(&member_name, member, total)?;
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            read_limited(&member_name, MultiGzDecoder::new(bytes.as_slice()), total)?
        } else {
            bytes
        };
        total += bytes.len() as u64;
        files.push(NamedBytes {
            name: member_name,
            bytes,
        });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn read_limited(name: &str, from: impl Read, so_far: u64) -> Result<Vec<u8>, ImportError> {
    let left = (LIMIT_MIB << 20).saturating_sub(so_far);
    let mut bytes = Vec::new();
    from.take(left + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| ImportError::Damaged {
            name: name.to_owned(),
            detail: error.to_string(),
        })?;
    if bytes.len() as u64 > left {
        return Err(ImportError::TooLarge {
            name: name.to_owned(),
            limit_mib: LIMIT_MIB,
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {

    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn names(files: &[NamedBytes]) -> Vec<&str> {
        files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn a_folder_is_read_with_all_beneath_it_and_without_hidden_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/c.csv"), "id\n").unwrap();
        fs::write(folder.path().join("a.csv"), "id\n").unwrap();
        fs::write(folder.path().join(".hidden"), "id\n").unwrap();
        let files = open(folder.path()).unwrap();
        assert_eq!(files.len(), 2);
        assert!(files[0].name.ends_with("a.csv"));
        assert_eq!(files[1].stem(), "c");
    }

    #[test]
    fn zip_members_are_named_after_an_exclamation_mark() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("data/Services.csv", SimpleFileOptions::default())
            .unwrap();
        zip.write_all(b"id,name\n").unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let files = unpack("x.zip", &bytes).unwrap();
        assert_eq!(names(&files), ["x.zip!data/Services.csv"]);
        assert_eq!(files[0].stem(), "services");
        assert_eq!(files[0].folder(), "x.zip!data/");
    }

    #[test]
    fn gzip_is_unpacked_and_a_torn_one_is_named() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"id,name\n1,a\n").unwrap();
        let bytes = gzip.finish().unwrap();
        assert_eq!(
            unpack("a.csv.gz", &bytes).unwrap()[0].bytes,
            b"id,name\n1,a\n"
        );
        let torn = unpack("a.csv.gz", &bytes[..bytes.len() - 6]).unwrap_err();
        assert!(torn.to_string().contains("a.csv.gz is damaged"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = open(Path::new("no/such/file.csv")).unwrap_err();
        assert!(error.to_string().contains("no/such/file.csv"));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_read_as_windows_1252() {
        let file = NamedBytes {
            name: "a".into(),
            bytes: b"caf\xe9 \x96 bar".to_vec(),
        };
        assert_eq!(file.text(), (Cow::Borrowed("café – bar"), true));
    }
}
