//! Where services are: an R-tree of points.

use geo::{Distance, Haversine, Point};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

/// A point with the number of what stands there.
type Spot = GeomWithData<[f64; 2], u32>;

/// Metres in a degree of latitude on the sphere that distances are measured on.
const METRES_A_DEGREE: f64 = 111_195.08;

/// Points with their numbers, asked for what is near.
#[derive(Debug, Default)]
pub struct PlaceIndex(RTree<Spot>);

impl PlaceIndex {
    /// Builds the index of points, WGS84 degrees, `x` east, `y` north.
    pub fn of(points: impl IntoIterator<Item = (Point, u32)>) -> Self {
        let spots = points
            .into_iter()
            .map(|(point, number)| Spot::new([point.x(), point.y()], number))
            .collect();
        Self(RTree::bulk_load(spots))
    }

    /// The numbers within `within_m` metres of `centre` as the crow flies, with
    /// the distance in metres; the nearest first, then by number.
    ///
    /// *Complexity:* O(log n + found) and the sorting.
    #[must_use]
    pub fn within(&self, centre: Point, within_m: f64) -> Vec<(u32, f64)> {
        let up = within_m / METRES_A_DEGREE;
        // Longitudes are widest apart at the box's side nearer to a pole.
        let farthest = (centre.y().abs() + up).min(89.0).to_radians();
        let across = up / farthest.cos();
        let corner = |sign: f64| [centre.x() + sign * across, centre.y() + sign * up];
        let mut found: Vec<(u32, f64)> = self
            .0
            .locate_in_envelope_intersecting(&AABB::from_corners(corner(-1.0), corner(1.0)))
            .filter_map(|spot| {
                let distance = Haversine.distance(centre, point(spot));
                (distance <= within_m).then_some((spot.data, distance))
            })
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }

    /// The `count` nearest numbers with their distance in metres, the nearest
    /// first, then by number.
    #[must_use]
    pub fn nearest(&self, centre: Point, count: usize) -> Vec<(u32, f64)> {
        let mut within_m = 1_000.0;
        loop {
            let mut found = self.within(centre, within_m);
            if found.len() >= count || found.len() == self.0.size() || within_m > 2e7 {
                found.truncate(count);
                return found;
            }
            within_m *= 2.0;
        }
    }
}

fn point(spot: &Spot) -> Point {
    let [x, y] = *spot.geom();
    Point::new(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_index_finds_what_a_linear_scan_finds(
            points in prop::collection::vec((-1.0..1.0_f64, 50.0..53.0_f64), 0..60),
            centre in (-1.0..1.0_f64, 50.0..53.0_f64),
            within_m in 0.0..200_000.0_f64,
        ) {
            let points: Vec<(Point, u32)> = points
                .into_iter()
                .enumerate()
                .map(|(number, (x, y))| (Point::new(x, y), number as u32))
                .collect();
            let centre = Point::new(centre.0, centre.1);
            let mut expected: Vec<(u32, f64)> = points
                .iter()
                .map(|(point, number)| (*number, Haversine.distance(centre, *point)))
                .collect();
            expected.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            let index = PlaceIndex::of(points);
            prop_assert_eq!(index.nearest(centre, 7), expected.iter().take(7).copied().collect::<Vec<_>>());
            expected.retain(|(_, distance)| *distance <= within_m);
            prop_assert_eq!(index.within(centre, within_m), expected);
        }
    }
}
