//! The outlines of the areas of an answer: as they were imported, of the H3
//! grid, or drawn around centres where nobody gave any.

use std::collections::BTreeMap;

use geo::{LineString, MultiPolygon, Polygon, unary_union};

use crate::geography::AreaIndex;
use crate::model::{AreaKind, Boundary};
use crate::snapshot::Snapshot;

use super::cells;
use super::gaps::GapsAnswer;
use super::hexagon;
use super::request::By;

/// The outline of an area.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shape {
    /// Corners in degrees.
    pub(super) boundary: Boundary,
    /// Whether it was drawn around centres, for want of a published outline.
    pub(super) drawn: bool,
}

/// The outlines of the areas of an answer, in its order.
pub(super) fn shapes(snapshot: &Snapshot, answer: &GapsAnswer) -> Vec<Shape> {
    let index = snapshot.areas();
    let own = |code: &str| published(index, answer, code);
    let published: Vec<Option<Boundary>> = answer
        .areas
        .iter()
        .map(|area| own(&area.area.code))
        .collect();
    if let Some(whole) = published.iter().cloned().collect::<Option<Vec<_>>>() {
        return whole
            .into_iter()
            .map(|boundary| Shape {
                boundary,
                drawn: false,
            })
            .collect();
    }
    let parts = parts(index, answer);
    answer
        .areas
        .iter()
        .zip(published)
        .map(|(area, published)| {
            if let Some(boundary) = published {
                return Shape {
                    boundary,
                    drawn: false,
                };
            }
            let members: Vec<&Shape> = area
                .members
                .iter()
                .filter_map(|code| parts.get(code.as_str()))
                .collect();
            Shape {
                boundary: together(&members),
                drawn: members.iter().any(|part| part.drawn),
            }
        })
        .collect()
}

/// The outline that was published for an area of the answer.
fn published(index: &AreaIndex, answer: &GapsAnswer, code: &str) -> Option<Boundary> {
    let kind = match By::named(answer.by)? {
        By::Hex => return hexagon::outline(code),
        By::Lsoa => &answer.kind,
        By::Ward => &AreaKind::Ward,
        By::District => &AreaKind::District,
        By::Other => &AreaKind::Other,
    };
    index.find_of_kind(kind, code)?.boundary.clone()
}

/// The outlines of the small areas, by code.
fn parts<'a>(index: &AreaIndex, answer: &'a GapsAnswer) -> BTreeMap<&'a str, Shape> {
    let mut found = BTreeMap::new();
    let mut without: Vec<(&str, [f64; 2])> = Vec::new();
    for code in answer.areas.iter().flat_map(|area| &area.members) {
        let area = index.find_of_kind(&answer.kind, code);
        if let Some(boundary) = area.and_then(|area| area.boundary.clone()) {
            let drawn = false;
            found.insert(code.as_str(), Shape { boundary, drawn });
        } else if let Some(area) = area
            && let (Some(north), Some(east)) = (area.latitude, area.longitude)
        {
            without.push((code, [east, north]));
        }
    }
    // A plane true to scale at the middle latitude.
    let middle =
        without.iter().map(|(_, place)| place[1]).sum::<f64>() / without.len().max(1) as f64;
    let across = middle.to_radians().cos().max(0.01);
    let plane: Vec<[f64; 2]> = without
        .iter()
        .map(|(_, [east, north])| [east * across, *north])
        .collect();
    for ((code, _), cell) in without
        .iter()
        .zip(cells::cells(&plane, cells::reach(&plane)))
    {
        let mut ring: Vec<[f64; 2]> = cell.iter().map(|[x, y]| [x / across, *y]).collect();
        ring.extend(ring.first().copied());
        let boundary = if ring.is_empty() {
            Boundary::default()
        } else {
            Boundary(vec![vec![ring]])
        };
        let drawn = true;
        found.insert(code, Shape { boundary, drawn });
    }
    found
}

/// Outlines grown together into one.
fn together(parts: &[&Shape]) -> Boundary {
    if let [only] = parts {
        return only.boundary.clone();
    }
    let polygons: Vec<Polygon<f64>> = parts
        .iter()
        .flat_map(|part| &part.boundary.0)
        .filter_map(|rings| {
            let mut rings = rings.iter().map(|ring| line(ring));
            Some(Polygon::new(rings.next()?, rings.collect()))
        })
        .collect();
    let whole: MultiPolygon<f64> = unary_union(&polygons);
    let ring = |line: &LineString<f64>| line.coords().map(|at| [at.x, at.y]).collect::<Vec<_>>();
    Boundary(
        whole
            .iter()
            .map(|polygon| {
                std::iter::once(ring(polygon.exterior()))
                    .chain(polygon.interiors().iter().map(ring))
                    .collect()
            })
            .collect(),
    )
}

fn line(ring: &[[f64; 2]]) -> LineString<f64> {
    ring.iter().map(|corner| (corner[0], corner[1])).collect()
}
