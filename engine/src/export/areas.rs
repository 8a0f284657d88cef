//! Areas as a table, their outlines as `GeoJSON`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ExportError, cell, table};
use crate::model::{Area, Boundary, Directory};

/// The table's name.
pub(super) const TABLE: &str = "areas.csv";
/// The name of the file of outlines.
pub(super) const OUTLINES: &str = "areas.geojson";

const FIXED: [&str; 13] = [
    "id",
    "code",
    "name",
    "kind",
    "parent",
    "parent_name",
    "latitude",
    "longitude",
    "population",
    "deprivation_index",
    "imd_score",
    "imd_rank",
    "imd_decile",
];

/// Writes all areas. Bands of age and domains of deprivation get a column each
/// where any area has them.
pub(super) fn write_table(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let bands: BTreeSet<(u8, Option<u8>)> = directory
        .areas
        .iter()
        .flat_map(|area| &area.population.bands)
        .map(|(from, to, _)| (*from, *to))
        .collect();
    let domains: BTreeSet<&str> = directory
        .areas
        .iter()
        .flat_map(|area| &area.deprivation)
        .flat_map(|deprivation| &deprivation.domains)
        .map(|domain| domain.name.as_str())
        .collect();
    let mut header: Vec<String> = FIXED.map(str::to_owned).into();
    header.extend(bands.iter().map(|(from, to)| match to {
        Some(to) => format!("population_{from}_{to}"),
        None => format!("population_{from}_over"),
    }));
    for domain in &domains {
        header.extend(["score", "rank", "decile"].map(|measure| format!("{domain}_{measure}")));
    }
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = directory
        .areas
        .iter()
        .map(|area| row(area, &bands, &domains));
    table(TABLE, &header, rows)
}

fn row(area: &Area, bands: &BTreeSet<(u8, Option<u8>)>, domains: &BTreeSet<&str>) -> Vec<String> {
    let deprivation = area.deprivation.as_ref();
    let mut row = vec![
        area.id.to_string(),
        area.code.clone(),
        area.name.clone(),
        area.kind.name().to_owned(),
        cell(area.parent.as_deref()),
        cell(area.parent_name.as_deref()),
        cell(area.latitude),
        cell(area.longitude),
        cell(area.population.total),
        cell(deprivation.and_then(|all| all.index.as_deref())),
        cell(deprivation.and_then(|all| all.score)),
        cell(deprivation.and_then(|all| all.rank)),
        cell(deprivation.and_then(|all| all.decile)),
    ];
    row.extend(bands.iter().map(|(from, to)| {
        let known = area
            .population
            .bands
            .iter()
            .find(|band| (band.0, band.1) == (*from, *to));
        cell(known.map(|(.., residents)| residents))
    }));
    for name in domains {
        let domain =
            deprivation.and_then(|all| all.domains.iter().find(|domain| domain.name == **name));
        row.push(cell(domain.and_then(|domain| domain.score)));
        row.push(cell(domain.and_then(|domain| domain.rank)));
        row.push(cell(domain.and_then(|domain| domain.decile)));
    }
    row
}

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    properties: Properties<'a>,
    geometry: Geometry<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    id: String,
    code: &'a str,
    name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Geometry<'a> {
    r#type: &'static str,
    coordinates: &'a Boundary,
}

/// Writes the outlines of the areas that have one.
pub(super) fn write_outlines(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let features: Vec<_> = directory
        .areas
        .iter()
        .filter_map(|area| {
            Some(Feature {
                r#type: "Feature",
                properties: Properties {
                    id: area.id.to_string(),
                    code: &area.code,
                    name: &area.name,
                    kind: area.kind.name(),
                },
                geometry: Geometry {
                    r#type: "MultiPolygon",
                    coordinates: area.boundary.as_ref()?,
                },
            })
        })
        .collect();
    if features.is_empty() {
        return Ok(None);
    }
    let collection = Collection {
        r#type: "FeatureCollection",
        features,
    };
    serde_json::to_vec(&collection)
        .map(Some)
        .map_err(|source| ExportError::Json {
            file: OUTLINES,
            source,
        })
}
