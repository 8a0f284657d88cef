//! Which areas a point lies in, and what areas are made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use geo::{BoundingRect, Closest, ClosestPoint, Contains, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::distance::on_sphere;
use super::{Coordinates, distance_m, fold};
use crate::model::{Area, AreaKind, Boundary, Entry};

/// Areas by place, code, name and kind.
///
/// Official figures for one area come in several files: outlines here,
/// residents there, deprivation in a third. Records of the same kind and code
/// are therefore one area here; where two give the same field, the one of
/// lower id counts.
#[derive(Debug, Clone, Default)]
pub struct AreaIndex {
    /// By kind, then code.
    areas: Vec<Arc<Entry<Area>>>,
    outlines: Vec<Outline>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// Centres of areas without outline, on the unit sphere.
    centres: BTreeMap<AreaKind, RTree<GeomWithData<[f64; 3], usize>>>,
    by_code: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    by_parent: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
struct Outline {
    area: usize,
    shape: MultiPolygon<f64>,
}

/// Published outlines are generalised, so neighbours leave slivers between
/// them; a point this near an outline belongs to it.
const SLIVER_M: f64 = 100.0;
/// An area without outline reaches no further than this from its centre. The
/// widest small areas of the Highlands are some 40 km across.
const REACH_M: f64 = 25_000.0;

impl AreaIndex {
    /// Over all areas that sources still list, in order of id (as
    /// `Table::entries` of the directory gives them).
    ///
    /// *Complexity*: O(n log n).
    pub fn new<'a>(areas: impl IntoIterator<Item = &'a Arc<Entry<Area>>>) -> Self {
        let mut merged: BTreeMap<(AreaKind, String), Arc<Entry<Area>>> = BTreeMap::new();
        for entry in areas.into_iter().filter(|entry| entry.is_current()) {
            let area = &entry.record;
            // Without a code, only the id tells areas apart.
            let code = if area.code.is_empty() {
                area.id.to_string()
            } else {
                area.code.clone()
            };
            merged
                .entry((area.kind.clone(), code))
                .and_modify(|held| fill(&mut Arc::make_mut(held).record, area))
                .or_insert_with(|| Arc::clone(entry));
        }
        let mut index = Self {
            areas: merged.into_values().collect(),
            ..Self::default()
        };
        index.place();
        index
    }

    /// All areas, by kind, then code.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter().map(|entry| &entry.record)
    }

    /// How many areas.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The area of that code; the finest kind where several have it.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Area> {
        self.at(self.by_code.get(code.trim())?).next()
    }

    /// The area of that kind and code.
    ///
    /// Codes of the 2011 and the 2021 census look alike, so whoever knows the
    /// kind asks here.
    #[must_use]
    pub fn find_of_kind(&self, kind: &AreaKind, code: &str) -> Option<&Area> {
        self.at(self.by_code.get(code.trim())?)
            .find(|area| area.kind == *kind)
    }

    /// Areas of that name, but for case and punctuation, by kind, then code.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Area> {
        self.at(self.by_name.get(&fold(name)).map_or(&[], Vec::as_slice))
    }

    /// Areas of that kind, by code.
    pub fn of_kind<'a>(&'a self, kind: &'a AreaKind) -> impl Iterator<Item = &'a Area> {
        self.iter().filter(move |area| area.kind == *kind)
    }

    /// The kinds there are.
    #[must_use]
    pub fn kinds(&self) -> Vec<&AreaKind> {
        let mut kinds: Vec<_> = self.iter().map(|area| &area.kind).collect();
        kinds.dedup();
        kinds
    }

    /// The areas that name this code as their parent, by kind, then code.
    /// The parent itself need not be known.
    pub fn children(&self, code: &str) -> impl Iterator<Item = &Area> {
        self.at(self.by_parent.get(code).map_or(&[], Vec::as_slice))
    }

    /// The area it is part of.
    #[must_use]
    pub fn parent(&self, area: &Area) -> Option<&Area> {
        self.find(area.parent.as_deref()?)
    }

    /// All areas below this code, at any depth, by kind, then code.
    #[must_use]
    pub fn within(&self, code: &str) -> Vec<&Area> {
        let mut found = BTreeSet::new();
        let mut open = vec![code];
        while let Some(code) = open.pop() {
            for index in self.by_parent.get(code).into_iter().flatten() {
                // Sources have been seen to name an area as its own parent.
                if found.insert(*index) {
                    open.push(&self.areas[*index].record.code);
                }
            }
        }
        found
            .into_iter()
            .map(|index| &self.areas[index].record)
            .collect()
    }

    /// The areas a point lies in, by kind, then code: by outline; in a kind
    /// whose outlines leave it out, the nearest within 100 m; and for areas
    /// without outline the one with the nearest centre, within 25 km.
    ///
    /// *Complexity*: O(log n + v), v the corners of the outlines nearby.
    #[must_use]
    pub fn containing(&self, point: Coordinates) -> Vec<&Area> {
        let position = [point.longitude(), point.latitude()];
        let shape = geo::Point::from(point);
        let mut found: BTreeSet<usize> = self
            .boxes
            .locate_all_at_point(&position)
            .map(|boxed| &self.outlines[boxed.data])
            .filter(|outline| outline.shape.contains(&shape))
            .map(|outline| outline.area)
            .collect();
        let mut kinds: BTreeSet<&AreaKind> = found.iter().map(|area| self.kind(*area)).collect();
        for (kind, area) in self.beside(point) {
            if kinds.insert(kind) {
                found.insert(area);
            }
        }
        for (kind, centres) in &self.centres {
            if kinds.contains(kind) {
                continue;
            }
            found.extend(
                centres
                    .nearest_neighbor(&on_sphere(point))
                    .map(|nearest| nearest.data)
                    .filter(|area| {
                        centre(&self.areas[*area].record)
                            .is_some_and(|centre| distance_m(centre, point) <= REACH_M)
                    }),
            );
        }
        self.at(&found.into_iter().collect::<Vec<_>>()).collect()
    }

    /// The area of one kind that a point lies in; of overlapping ones the one
    /// of lower code.
    #[must_use]
    pub fn containing_of_kind(&self, kind: &AreaKind, point: Coordinates) -> Option<&Area> {
        self.containing(point)
            .into_iter()
            .find(|area| area.kind == *kind)
    }

    fn kind(&self, area: usize) -> &AreaKind {
        &self.areas[area].record.kind
    }

    fn at<'a>(&'a self, indexes: &[usize]) -> impl Iterator<Item = &'a Area> + use<'a> {
        let areas: Vec<&Area> = indexes
            .iter()
            .map(|index| &self.areas[*index].record)
            .collect();
        areas.into_iter()
    }

    /// The nearest outline of each kind that is near enough to take a point in.
    fn beside(&self, point: Coordinates) -> BTreeMap<&AreaKind, usize> {
        let position = [point.longitude(), point.latitude()];
        // A degree of latitude is 111 km; of longitude less, towards the poles much.
        let north = SLIVER_M / 111_000.0;
        let east = north / point.latitude().to_radians().cos().max(0.01);
        let around = AABB::from_corners(
            [position[0] - east, position[1] - north],
            [position[0] + east, position[1] + north],
        );
        let mut near: Vec<(f64, usize)> = self
            .boxes
            .locate_in_envelope_intersecting(&around)
            .map(|boxed| &self.outlines[boxed.data])
            .filter_map(|outline| {
                let (Closest::SinglePoint(edge) | Closest::Intersection(edge)) =
                    outline.shape.closest_point(&geo::Point::from(point))
                else {
                    return None;
                };
                let edge = Coordinates::new(edge.y(), edge.x()).ok()?;
                Some((distance_m(edge, point), outline.area))
            })
            .filter(|(away_m, _)| *away_m <= SLIVER_M)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut nearest = BTreeMap::new();
        for (_, area) in near {
            nearest.entry(self.kind(area)).or_insert(area);
        }
        nearest
    }

    /// Fills the look-ups from the areas.
    fn place(&mut self) {
        let mut boxes = Vec::new();
        let mut centres: BTreeMap<AreaKind, Vec<_>> = BTreeMap::new();
        for (index, entry) in self.areas.iter().enumerate() {
            let area = &entry.record;
            self.by_code
                .entry(area.code.clone())
                .or_default()
                .push(index);
            self.by_name
                .entry(fold(&area.name))
                .or_default()
                .push(index);
            if let Some(parent) = &area.parent {
                self.by_parent
                    .entry(parent.clone())
                    .or_default()
                    .push(index);
            }
            let shape = area.boundary.as_ref().map(polygons);
            let bounds = shape.as_ref().and_then(BoundingRect::bounding_rect);
            if let (Some(shape), Some(bounds)) = (shape, bounds) {
                let corners = Rectangle::from_corners(
                    [bounds.min().x, bounds.min().y],
                    [bounds.max().x, bounds.max().y],
                );
                boxes.push(GeomWithData::new(corners, self.outlines.len()));
                self.outlines.push(Outline { area: index, shape });
            } else if let Some(centre) = centre(area) {
                centres
                    .entry(area.kind.clone())
                    .or_default()
                    .push(GeomWithData::new(on_sphere(centre), index));
            }
        }
        self.boxes = RTree::bulk_load(boxes);
        self.centres = centres
            .into_iter()
            .map(|(kind, centres)| (kind, RTree::bulk_load(centres)))
            .collect();
    }
}

/// The centre of an area, where it says one that is on the globe.
fn centre(area: &Area) -> Option<Coordinates> {
    Coordinates::of(area.latitude, area.longitude)
}

/// The polygons of an outline, without corners that are no numbers.
fn polygons(boundary: &Boundary) -> MultiPolygon<f64> {
    let line = |ring: &Vec<[f64; 2]>| {
        let corners = ring.iter().copied();
        corners
            .filter(|corner| corner.iter().all(|x| x.is_finite()))
            .collect::<LineString<f64>>()
    };
    boundary
        .0
        .iter()
        .filter_map(|rings| {
            let (outer, holes) = rings.split_first()?;
            Some(Polygon::new(line(outer), holes.iter().map(line).collect()))
        })
        .collect()
}

/// Takes from another record of the same area what the first does not say.
fn fill(area: &mut Area, other: &Area) {
    if area.name.is_empty() {
        area.name.clone_from(&other.name);
    }
    if area.parent.is_none() {
        area.parent.clone_from(&other.parent);
        area.parent_name.clone_from(&other.parent_name);
    }
    if centre(area).is_none() {
        area.latitude = other.latitude;
        area.longitude = other.longitude;
    }
    if area.boundary.is_none() {
        area.boundary.clone_from(&other.boundary);
    }
    if area.population.total.is_none() {
        area.population.total = other.population.total;
    }
    if area.population.bands.is_empty() {
        area.population.bands.clone_from(&other.population.bands);
    }
    if area.deprivation.is_none() {
        area.deprivation.clone_from(&other.deprivation);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{AreaId, Provenance, derive_id};

    fn area(code: &str, kind: AreaKind) -> Area {
        Area {
            id: AreaId(derive_id("test", "area", code)),
            code: code.to_owned(),
            name: format!("Area {code}"),
            kind,
            ..Area::default()
        }
    }

    fn square(code: &str, kind: AreaKind, west: f64, south: f64, side: f64) -> Area {
        let (east, north) = (west + side, south + side);
        let ring = vec![
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
        ];
        Area {
            boundary: Some(Boundary(vec![vec![ring]])),
            ..area(code, kind)
        }
    }

    fn dot(code: &str, latitude: f64, longitude: f64) -> Area {
        Area {
            latitude: Some(latitude),
            longitude: Some(longitude),
            ..area(code, AreaKind::Lsoa11)
        }
    }

    fn index(areas: Vec<Area>) -> AreaIndex {
        let entries: Vec<_> = areas
            .into_iter()
            .map(|record| {
                Arc::new(Entry {
                    record,
                    provenance: Provenance::default(),
                })
            })
            .collect();
        AreaIndex::new(&entries)
    }

    fn codes_at(index: &AreaIndex, latitude: f64, longitude: f64) -> Vec<&str> {
        let point = Coordinates::new(latitude, longitude).unwrap();
        let areas = index.containing(point);
        areas.iter().map(|area| area.code.as_str()).collect()
    }

    #[test]
    fn a_point_lies_in_one_area_of_each_kind() {
        let index = index(vec![
            square("W1", AreaKind::Ward, -0.2, 51.4, 0.1),
            square("L1", AreaKind::Lsoa21, -0.2, 51.4, 0.05),
            square("L2", AreaKind::Lsoa21, -0.15, 51.4, 0.05),
        ]);
        assert_eq!(codes_at(&index, 51.42, -0.18), ["L1", "W1"]);
        assert_eq!(codes_at(&index, 51.42, -0.12), ["L2", "W1"]);
        assert_eq!(codes_at(&index, 51.48, -0.12), ["W1"]);
        assert!(codes_at(&index, 52.0, -0.12).is_empty());
    }

    #[test]
    fn a_point_in_a_sliver_belongs_to_the_nearest_outline() {
        let index = index(vec![
            square("L1", AreaKind::Lsoa21, -0.2, 51.4, 0.05),
            square("L2", AreaKind::Lsoa21, -0.149, 51.4, 0.05),
        ]);
        // 0.001 degrees are some 70 m here.
        assert_eq!(codes_at(&index, 51.42, -0.1498), ["L1"]);
        assert_eq!(codes_at(&index, 51.42, -0.1492), ["L2"]);
        assert!(codes_at(&index, 51.398, -0.18).is_empty());
    }

    #[test]
    fn a_hole_is_not_inside() {
        let mut outer = square("L1", AreaKind::Lsoa21, 0.0, 51.0, 0.1);
        let hole = square("", AreaKind::Other, 0.04, 51.04, 0.02);
        if let (Some(outer), Some(mut hole)) = (&mut outer.boundary, hole.boundary) {
            outer.0[0].append(&mut hole.0[0]);
        }
        let index = index(vec![outer]);
        assert_eq!(codes_at(&index, 51.02, 0.02), ["L1"]);
        assert!(codes_at(&index, 51.05, 0.05).is_empty());
    }

    #[test]
    fn without_outline_the_nearest_centre_counts_within_reach() {
        let index = index(vec![dot("A", 51.40, -0.10), dot("B", 51.40, -0.20)]);
        assert_eq!(codes_at(&index, 51.41, -0.14), ["A"]);
        assert_eq!(codes_at(&index, 51.41, -0.16), ["B"]);
        assert!(codes_at(&index, 53.0, -0.16).is_empty());
    }

    #[test]
    fn records_of_one_area_are_one() {
        let mut residents = area("L1", AreaKind::Lsoa21);
        residents.id = AreaId(derive_id("census", "area", "L1"));
        residents.population.total = Some(1_500.0);
        let index = index(vec![
            square("L1", AreaKind::Lsoa21, 0.0, 51.0, 0.1),
            residents,
        ]);
        assert_eq!(index.len(), 1);
        let merged = index.find("L1").unwrap();
        assert_eq!(merged.population.total, Some(1_500.0));
        assert!(merged.boundary.is_some());
    }

    #[test]
    fn areas_are_found_by_code_name_kind_and_parent() {
        let child = |code: &str, parent: &str, kind| Area {
            parent: Some(parent.to_owned()),
            ..area(code, kind)
        };
        let index = index(vec![
            area("D1", AreaKind::District),
            child("W1", "D1", AreaKind::Ward),
            child("L1", "W1", AreaKind::Lsoa21),
            child("L2", "W1", AreaKind::Lsoa21),
            child("X", "X", AreaKind::Other),
        ]);
        let codes = |areas: Vec<&Area>| -> Vec<String> {
            areas.iter().map(|area| area.code.clone()).collect()
        };
        assert_eq!(codes(index.named("AREA  w1").collect()), ["W1"]);
        assert_eq!(
            codes(index.of_kind(&AreaKind::Lsoa21).collect()),
            ["L1", "L2"]
        );
        assert_eq!(codes(index.children("W1").collect()), ["L1", "L2"]);
        assert_eq!(codes(index.within("D1")), ["L1", "L2", "W1"]);
        assert_eq!(codes(index.within("X")), ["X"]);
        let child = index.find("L1").unwrap();
        assert_eq!(index.parent(child).unwrap().code, "W1");
        assert_eq!(index.kinds().len(), 4);
    }

    #[test]
    fn the_postcodes_of_wandsworth_lie_in_the_small_areas_they_were_put_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/geo/");
        let outlines = std::fs::read_to_string(format!("{folder}lsoa21_wandsworth.geojson"));
        let postcodes = std::fs::read_to_string(format!("{folder}postcodes_wandsworth.csv"));
        let (Ok(outlines), Ok(postcodes)) = (outlines, postcodes) else {
            eprintln!("skipped: shared/data/geo not there");
            return;
        };
        let outlines: serde_json::Value = serde_json::from_str(&outlines).unwrap();
        let areas = outlines["features"].as_array().unwrap().iter();
        let index = index(
            areas
                .map(|feature| {
                    let values = feature["properties"].as_object().unwrap().values();
                    let mut texts = values.filter_map(|value| value.as_str());
                    let code = texts.find(|text| text.starts_with("E01")).unwrap();
                    let corners = feature["geometry"]["coordinates"].clone();
                    let boundary = if feature["geometry"]["type"] == "Polygon" {
                        Boundary(vec![serde_json::from_value(corners).unwrap()])
                    } else {
                        serde_json::from_value(corners).unwrap()
                    };
                    Area {
                        boundary: Some(boundary),
                        ..area(code, AreaKind::Lsoa21)
                    }
                })
                .collect(),
        );
        let (mut all, mut same) = (0, 0);
        for line in postcodes.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let point = Coordinates::new(fields[1].parse().unwrap(), fields[2].parse().unwrap());
            let found = index.containing_of_kind(&AreaKind::Lsoa21, point.unwrap());
            all += 1;
            same += usize::from(found.is_some_and(|area| area.code == fields[3]));
        }
        assert!(all > 10_000, "{all}");
        assert!(same * 1_000 >= all * 999, "{same} of {all}");
    }

    proptest! {
        #[test]
        fn the_tree_agrees_with_looking_at_every_area(
            squares in proptest::collection::vec((0..20_u8, 0..20_u8, 1..8_u8), 1..30),
            at in (0.003..0.3_f64, 0.003..0.3_f64),
        ) {
            // Kind `Other` may overlap; corners lie on a grid of a hundredth of a degree.
            let areas: Vec<Area> = squares
                .iter()
                .enumerate()
                .map(|(i, (x, y, side))| {
                    let [x, y, side] = [*x, *y, *side].map(|n| f64::from(n) / 100.0);
                    square(&format!("{i:02}"), AreaKind::Other, x, 51.0 + y, side)
                })
                .collect();
            let point = geo::Point::new(at.0, 51.0 + at.1);
            let plain: Vec<String> = areas
                .iter()
                .filter(|area| polygons(area.boundary.as_ref().unwrap()).contains(&point))
                .map(|area| area.code.clone())
                .collect();
            let index = index(areas);
            let found = codes_at(&index, 51.0 + at.1, at.0);
            if plain.is_empty() {
                prop_assert!(found.len() <= 1);
            } else {
                prop_assert_eq!(found, plain);
            }
        }
    }
}
