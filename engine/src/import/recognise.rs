//! Which format a file has: told by what is in it, and by its name only where
//! the content fits two.

use std::collections::{BTreeMap, BTreeSet};

use super::input::NamedBytes;
use super::{Place, Warning};
use crate::geography::Postcode;

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Open Referral UK or HSDS as JSON: pages, lists, lines, single records.
    HsdsJson,
    /// HSDS tables as CSV files, versions 1 and 3.
    HsdsCsv,
    /// Partnerships, one a row.
    Partnerships,
    /// Offers and asks, one a row.
    Offers,
    /// Postcodes with coordinates.
    Postcodes,
    /// Areas with population and deprivation, or with outlines.
    Areas,
}

impl Format {
    /// The names that `--as` takes. Areas have two, for tables and for outlines.
    const NAMES: [(&'static str, Self); 7] = [
        ("hsds-json", Self::HsdsJson),
        ("hsds-csv", Self::HsdsCsv),
        ("partnerships-csv", Self::Partnerships),
        ("offers-csv", Self::Offers),
        ("postcodes-csv", Self::Postcodes),
        ("areas-csv", Self::Areas),
        ("areas-geojson", Self::Areas),
    ];

    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, format)| *format == self)
            .map_or("areas-csv", |(name, _)| name)
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
    }

    /// All names, for a message.
    #[must_use]
    pub fn names() -> String {
        Self::NAMES.map(|(name, _)| name).join(", ")
    }
}

/// Files by what they are to be read as.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a> {
    /// Files of each format, in the order they came.
    pub by_format: BTreeMap<Format, Vec<&'a NamedBytes>>,
    /// A warning for each file that is left unread.
    pub unread: Vec<Warning>,
}

/// Sorts files by format.
pub(super) fn sort(files: &[NamedBytes], as_format: Option<Format>) -> Sorted<'_> {
    let mut sorted = Sorted::default();
    for file in files {
        match as_format.or_else(|| recognise(file)) {
            Some(format) => sorted.by_format.entry(format).or_default().push(file),
            None => sorted.unread.push(unread(file)),
        }
    }
    sorted
}

/// The warning that a file is left unread.
pub(super) fn unread(file: &NamedBytes) -> Warning {
    Warning {
        kind: "file-unread",
        place: Place {
            file: file.name.clone(),
            row: None,
        },
        field: String::new(),
        message: "not recognised as a file that can be imported; left unread".to_owned(),
    }
}

fn recognise(file: &NamedBytes) -> Option<Format> {
    let bytes = file
        .bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&file.bytes)
        .trim_ascii_start();
    match bytes.first()? {
        b'{' | b'[' => recognise_json(file, bytes),
        _ => recognise_csv(file, bytes),
    }
}

fn recognise_json(file: &NamedBytes, bytes: &[u8]) -> Option<Format> {
    // The start tells; what stands later in a file of many megabytes does not matter.
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let start: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    if start.contains("\"FeatureCollection\"") || start.contains("\"type\":\"Feature\"") {
        return Some(Format::Areas);
    }
    // Descriptions of data, not data.
    let described = [
        "\"$schema\"",
        "\"resources\":[",
        "\"openapi\":",
        "\"swagger\":",
    ];
    if file.stem() == "datapackage" || described.iter().any(|mark| start.contains(mark)) {
        return None;
    }
    Some(Format::HsdsJson)
}

fn recognise_csv(file: &NamedBytes, bytes: &[u8]) -> Option<Format> {
    let mut header = csv::ByteRecord::new();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes)
        .read_byte_record(&mut header)
        .ok()?;
    let columns: BTreeSet<String> = header
        .iter()
        .map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase())
        .collect();
    let has = |names: &[&str]| names.iter().any(|name| columns.contains(*name));
    let starts = |start: &str| columns.iter().any(|column| column.starts_with(start));
    let hsds = super::hsds_csv::Table::of(file, &columns).is_some();

    let mut fits = Vec::new();
    if has(&[
        "from",
        "from_id",
        "from_organization",
        "from_organization_id",
    ]) && has(&["to", "to_id", "to_organization", "to_organization_id"])
    {
        fits.push(Format::Partnerships);
    }
    if has(&["direction"]) && has(&["title", "kind", "organization", "organization_id"]) {
        fits.push(Format::Offers);
    }
    if has(&["postcode", "pcd", "pcds", "pcd2", "pcd7", "pcd8"])
        && (starts("lat") || starts("oseast"))
        && columns.len() >= 3
    {
        fits.push(Format::Postcodes);
    }
    let area_codes = [
        "lsoa",
        "ward",
        "wd2",
        "lad2",
        "area_code",
        "areacode",
        "geography",
    ];
    if (has(&["code"]) || area_codes.iter().any(|start| starts(start)))
        && !fits.contains(&Format::Postcodes)
        && !hsds
    {
        fits.push(Format::Areas);
    }
    if hsds {
        fits.push(Format::HsdsCsv);
    }
    // Code-Point Open comes without a header: its first row is a postcode already.
    let headless = header.len() >= 4
        && header
            .get(0)
            .and_then(|cell| std::str::from_utf8(cell).ok())
            .is_some_and(|cell| cell.parse::<Postcode>().is_ok())
        && header.iter().skip(1).take(3).all(is_number);
    if fits.is_empty() && headless {
        return Some(Format::Postcodes);
    }
    match fits.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => Some(by_name(file, several)),
    }
}

fn is_number(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|cell| cell.trim().parse::<f64>().is_ok())
}

/// The one of several that the file's name speaks for; else the first.
fn by_name(file: &NamedBytes, several: &[Format]) -> Format {
    let stem = file.stem();
    let named = several.iter().copied().find(|format| {
        let marks: &[&str] = match format {
            Format::Partnerships => &["partner", "edge", "tie"],
            Format::Offers => &["offer", "ask", "resource"],
            Format::Postcodes => &["postcode", "pcd", "nspl", "onspd"],
            Format::Areas => &["area", "lsoa", "ward", "imd", "census", "population"],
            Format::HsdsCsv | Format::HsdsJson => return false,
        };
        marks.iter().any(|mark| stem.contains(mark))
    });
    if named.is_none() && several.contains(&Format::HsdsCsv) {
        return Format::HsdsCsv;
    }
    named.unwrap_or(several[0])
}
