//! Areas: outlines from `GeoJSON`, and places, residents and deprivation from tables.
//!
//! One file rarely says all of it. Each gives the facts it has under the same
//! id, derived from source, kind and code, and [`super::combine`] puts those of
//! one source together; [`crate::model::combined`] does it over all sources.
//! Codes of the 2011 and the 2021 census look alike and mean different places:
//! a file that does not say which of them it holds is not read.

mod columns;
mod geojson;
mod residents;

use std::collections::BTreeSet;

use columns::{Columns, Fault};

use super::findings::Findings;
use super::table::Table;
use super::{Draft, Reading, combine};
use crate::model::{Area, Kind, Record};

/// What this reads, as reports name it.
const CSV: &str = "areas-csv";
/// The same for outlines.
const GEOJSON: &str = "areas-geojson";

/// Reads boundaries from a `GeoJSON` `FeatureCollection`.
pub(super) fn read_geojson(file: &str, bytes: &[u8], source: &str) -> Reading {
    let mut findings = Findings::of(file);
    let features = geojson::features(file, bytes, source, &mut findings);
    reading(GEOJSON, features.areas, features.count, findings)
}

/// Reads a table: a row an area, the columns known by their usual names.
pub(super) fn read_csv(file: &str, bytes: &[u8], source: &str) -> Reading {
    let table = Table::read(bytes);
    let mut findings = Findings::of(file);
    let mut areas = Vec::new();
    match Columns::of(&table.columns, file) {
        Ok(columns) if columns.say_more_than_the_code() => {
            for row in table.rows() {
                let cells: Vec<_> = (0..table.columns.len()).map(|column| row.at(column)).collect();
                if let Some(area) = columns.area(&cells, row.number, source, &mut findings) {
                    areas.push((row.number, area));
                }
            }
        }
        Ok(_) => findings.reject(
            None,
            "code",
            format_args!("the table says nothing of its areas that is known here"),
            format_args!(
                "name the columns as in: code,name,kind,parent,latitude,longitude,population,imd_rank"
            ),
        ),
        Err(fault) => reject_file(fault, &mut findings),
    }
    reading(CSV, areas, table.len(), findings)
}

fn reject_file(fault: Fault, findings: &mut Findings<'_>) {
    let (field, remedy) = match fault {
        Fault::NoCode => (
            "code",
            "add a column with the official code, for example LSOA21CD or WD25CD",
        ),
        Fault::CensusUnknown => (
            "lsoa",
            "rename the column to lsoa11cd or lsoa21cd, and split the table where it holds both",
        ),
        Fault::TwoCensuses => (
            "lsoa",
            "keep the code of one census alone; a lookup between the two is no table of areas",
        ),
    };
    findings.reject(
        None,
        field,
        format_args!("{fault}"),
        format_args!("{remedy}"),
    );
}

/// Drafts of areas, those of one id together.
fn reading(
    format: &'static str,
    areas: Vec<(u64, Area)>,
    count: u64,
    mut findings: Findings<'_>,
) -> Reading {
    let mut seen = BTreeSet::new();
    let mut drafts = Vec::with_capacity(areas.len());
    for (row, area) in areas {
        if !seen.insert(area.id) {
            findings.warn(
                "area-repeated",
                Some(row),
                "code",
                format_args!(
                    "{} stands further up; what was said there counts",
                    area.code
                ),
            );
        }
        drafts.push(Draft {
            foreign_id: Some(format!("{}:{}", area.kind.name(), area.code)),
            place: findings.place(Some(row)),
            references: Vec::new(),
            record: Record::Area(area),
        });
    }
    let mut reading = Reading {
        format,
        drafts: combine::combined(drafts),
        rows: [("areas".to_owned(), count)].into(),
        speaks_for: vec![Kind::Area],
        ..Reading::default()
    };
    findings.put_into(&mut reading);
    reading
}

#[cfg(test)]
mod tests;
