//! A grid of hexagons, for areas that are nobody's wards: a picture that holds
//! in wards and in hexagons does not hang on where borders run.

use crate::geography::{Coordinates, EARTH_RADIUS_M};

/// From side to opposite side, metres.
const ACROSS_M: f64 = 800.0;
/// Where the plane is true to scale, degrees north: the middle of England.
const TRUE_AT: f64 = 52.0;

/// The hexagon a point lies in, as `column:row` in axial coordinates of a
/// plane. Rounded in cube coordinates, whose three numbers add up to 0.
pub(super) fn hexagon(point: Coordinates) -> String {
    let east_m = EARTH_RADIUS_M * point.longitude().to_radians() * TRUE_AT.to_radians().cos();
    let north_m = EARTH_RADIUS_M * point.latitude().to_radians();
    let side_m = ACROSS_M / 3.0_f64.sqrt();
    let row = north_m / (1.5 * side_m);
    let column = east_m / ACROSS_M - row / 2.0;
    let third = -column - row;
    let rounded = [column.round(), row.round(), third.round()];
    let error = [
        (rounded[0] - column).abs(),
        (rounded[1] - row).abs(),
        (rounded[2] - third).abs(),
    ];
    // The one that was rounded furthest follows from the other two.
    let (column, row) = if error[0] > error[1] && error[0] > error[2] {
        (-rounded[1] - rounded[2], rounded[1])
    } else if error[1] > error[2] {
        (rounded[0], -rounded[0] - rounded[2])
    } else {
        (rounded[0], rounded[1])
    };
    format!("{}:{}", column as i64, row as i64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::geography::distance_m;

    #[test]
    fn a_hexagon_is_as_wide_as_said_and_all_are_alike() {
        let mut found: BTreeMap<String, Vec<Coordinates>> = BTreeMap::new();
        for n in 0..120 {
            for e in 0..120 {
                let point =
                    Coordinates::new(52.0 + 0.0003 * f64::from(n), -0.2 + 0.0005 * f64::from(e))
                        .unwrap();
                found.entry(hexagon(point)).or_default().push(point);
            }
        }
        // A hexagon 800 m across holds .554 km²; the sample has a point each 33.4 × 34.2 m.
        let full = found.values().map(Vec::len).max().unwrap();
        assert!((460..=510).contains(&full), "{full}");
        for points in found.values() {
            let widest = points
                .iter()
                .map(|point| distance_m(points[0], *point))
                .fold(0.0, f64::max);
            assert!(widest <= 930.0, "{widest}");
        }
    }
}
