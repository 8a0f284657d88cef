//! Outlines from `GeoJSON` (RFC 7946).

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::findings::Findings;
use super::super::table::fold_name;
use super::columns::Columns;
use super::reject_file;
use crate::model::{Area, Boundary};

/// What a collection of features gives.
#[derive(Default)]
pub(super) struct Features {
    /// Areas with the place of their feature, from 1.
    pub(super) areas: Vec<(u64, Area)>,
    /// How many features there are.
    pub(super) count: u64,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Value,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Shape {
    Polygon(Vec<Vec<Vec<f64>>>),
    MultiPolygon(Vec<Vec<Vec<Vec<f64>>>>),
}

/// Reads the features of a collection.
pub(super) fn features(
    file: &str,
    bytes: &[u8],
    source: &str,
    findings: &mut Findings<'_>,
) -> Features {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let collection: Collection = match serde_json::from_slice(bytes) {
        Ok(collection) => collection,
        Err(error) => {
            findings.reject(
                None,
                "features",
                format_args!("the file is not a collection of features: {error}"),
                format_args!("export it as a `GeoJSON` FeatureCollection"),
            );
            return Features::default();
        }
    };
    let mut read = Features {
        count: collection.features.len() as u64,
        ..Features::default()
    };
    // Features of one file have the same properties, so their meaning is read once.
    let mut known: Option<(Vec<String>, Columns)> = None;
    for (row, feature) in (1..).zip(collection.features) {
        let properties = feature.properties.unwrap_or_default();
        let names: Vec<_> = properties.keys().map(|name| fold_name(name)).collect();
        if known.as_ref().is_none_or(|(before, _)| *before != names) {
            match Columns::of(&names, file) {
                Ok(columns) => known = Some((names, columns)),
                Err(fault) => {
                    reject_file(fault, findings);
                    continue;
                }
            }
        }
        let Some((_, columns)) = &known else { continue };
        let texts: Vec<_> = properties.values().map(text).collect();
        let cells: Vec<_> = texts.iter().map(Option::as_deref).collect();
        let Some(boundary) = boundary(feature.geometry, row, findings) else {
            continue;
        };
        if let Some(mut area) = columns.area(&cells, row, source, findings) {
            area.boundary = Some(boundary);
            read.areas.push((row, area));
        }
    }
    read
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn boundary(geometry: Value, row: u64, findings: &mut Findings<'_>) -> Option<Boundary> {
    let polygons = match Shape::deserialize(geometry) {
        Ok(Shape::Polygon(polygon)) => vec![polygon],
        Ok(Shape::MultiPolygon(polygons)) => polygons,
        Err(_) => {
            findings.reject(
                Some(row),
                "geometry",
                format_args!("the feature is neither a polygon nor several"),
                format_args!("give the outline of the area as Polygon or MultiPolygon"),
            );
            return None;
        }
    };
    let mut closed = 0;
    let read = polygons
        .into_iter()
        .map(|polygon| {
            polygon
                .into_iter()
                .map(|points| ring(&points, &mut closed))
                .collect::<Option<Vec<_>>>()
        })
        .collect::<Option<Vec<_>>>()
        .filter(|polygons| !polygons.is_empty() && polygons.iter().all(|rings| !rings.is_empty()));
    if read.is_none() {
        findings.reject(
            Some(row),
            "geometry",
            format_args!(
                "the outline has a ring of fewer than three points, or points off the globe"
            ),
            format_args!(
                "write [longitude, latitude] in WGS84 degrees, not metres of a national grid"
            ),
        );
    } else if closed > 0 {
        findings.warn(
            "ring-closed",
            Some(row),
            "geometry",
            format_args!("{closed} rings did not end where they began and were closed"),
        );
    }
    read.map(Boundary)
}

/// A closed ring of at least three different points on the globe.
fn ring(points: &[Vec<f64>], closed: &mut u32) -> Option<Vec<[f64; 2]>> {
    let mut ring = points
        .iter()
        .map(|point| match point.as_slice() {
            [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
                Some([*longitude, *latitude])
            }
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    let first = *ring.first()?;
    if ring.last() != Some(&first) {
        ring.push(first);
        *closed += 1;
    }
    (ring.len() >= 4).then_some(ring)
}
