//! The outlines of the areas of an answer: as they were imported, of the H3
//! grid, or drawn around centres where nobody gave any.

use std::collections::BTreeMap;

use geo::algorithm::buffer::{Buffer, BufferStyle, LineJoin};
use geo::{Centroid, LineString, MultiPolygon, Polygon, unary_union};

use crate::geography::AreaIndex;
use crate::model::{AreaKind, Boundary};
use crate::snapshot::Snapshot;

use super::answer::GapsAnswer;
use super::cells;
use super::hexagon;
use super::request::By;

/// How far apart neighbours that were drawn may be, degrees: a metre or so.
const ROUNDING: f64 = 1e-5;
/// How far apart published ones may be: some 15 m.
const SLIVER: f64 = 1.5e-4;

/// The outline of an area.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shape {
    /// Corners in degrees.
    pub(super) boundary: Boundary,
    /// Whether it was drawn around centres, for want of a published outline.
    pub(super) drawn: bool,
}

impl Shape {
    /// The middle of its ground, degrees; none where it has no outline.
    pub(super) fn middle(&self) -> Option<[f64; 2]> {
        let ground: MultiPolygon<f64> = self
            .boundary
            .0
            .iter()
            .filter_map(|rings| polygon(rings))
            .collect();
        ground.centroid().map(|point| [point.x(), point.y()])
    }
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
        .filter_map(|rings| polygon(rings))
        .collect();
    // Published outlines are generalised and leave slivers between neighbours;
    // drawn ones differ by rounding. Swelling and shrinking closes both.
    let drawn = parts.iter().all(|part| part.drawn);
    let swell = if drawn { ROUNDING } else { SLIVER };
    let style = |by| BufferStyle::new(by).line_join(LineJoin::Bevel);
    let swollen: Vec<MultiPolygon<f64>> = polygons
        .iter()
        .map(|polygon| polygon.buffer_with_style(style(swell)))
        .collect();
    let whole = unary_union(swollen.iter().flatten()).buffer_with_style(style(-swell));
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

fn polygon(rings: &[Vec<[f64; 2]>]) -> Option<Polygon<f64>> {
    let mut rings = rings.iter().map(|ring| line(ring));
    Some(Polygon::new(rings.next()?, rings.collect()))
}

fn line(ring: &[[f64; 2]]) -> LineString<f64> {
    ring.iter().map(|corner| (corner[0], corner[1])).collect()
}
