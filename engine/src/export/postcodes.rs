//! Postcodes as a table.

use super::{ExportError, cell, table};
use crate::model::{Directory, PostcodeDistrict, PostcodePoint};

/// The file's name.
pub(super) const FILE: &str = "postcodes.csv";

const HEADER: [&str; 5] = [
    "postcode",
    "latitude",
    "longitude",
    "terminated",
    "district_id",
];

/// Writes all postcodes, by the id of their district.
pub(super) fn write(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let rows = directory.postcode_districts.iter().flat_map(|district| {
        district
            .points
            .iter()
            .map(move |point| row(district, point))
    });
    table(FILE, &HEADER, rows)
}

fn row(district: &PostcodeDistrict, point: &PostcodePoint) -> Vec<String> {
    vec![
        format!(
            "{} {}",
            district.outward,
            String::from_utf8_lossy(&point.inward)
        ),
        point.latitude.to_string(),
        point.longitude.to_string(),
        cell(point.terminated.then_some(true)),
        district.id.to_string(),
    ]
}
