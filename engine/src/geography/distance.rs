//! How far, and how long that takes.

use geo::{Distance, HaversineMeasure};

use super::Coordinates;

/// Mean radius of the earth in metres, R1 = (2a + b)/3 of GRS80 (Moritz 2000,
/// doi:10.1007/s001900050278), rounded as in the reference vectors.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Great-circle distance in metres. On the sphere, so up to half a percent
/// from the ellipsoid.
///
/// ```
/// use causeway_engine::geography::{Coordinates, distance_m};
/// let broadway = Coordinates::new(51.4277, -0.1684).unwrap();
/// let bec = Coordinates::new(51.4359, -0.1598).unwrap();
/// assert!((distance_m(broadway, bec) - 1_090.0).abs() < 10.0);
/// ```
#[must_use]
pub fn distance_m(from: Coordinates, to: Coordinates) -> f64 {
    HaversineMeasure::new(EARTH_RADIUS_M).distance(geo::Point::from(from), geo::Point::from(to))
}

/// Great-circle distance in kilometres.
#[must_use]
pub fn distance_km(from: Coordinates, to: Coordinates) -> f64 {
    distance_m(from, to) / 1_000.0
}

/// Estimated minutes on the way for a straight line of `km`: the lesser of
/// walking at 4.8 km/h with a detour of 1.3 and a bus at 14 km/h with a detour
/// of 1.4 after twelve minutes of walking and waiting. An estimate to be
/// replaced where a table of travel times is imported.
#[must_use]
pub fn minutes(km: f64) -> f64 {
    (16.25 * km).min(12.0 + 6.0 * km)
}

/// The unit vector of a point: straight lines between those order like great
/// circles, and there is no seam at the date line.
pub(crate) fn on_sphere(point: Coordinates) -> [f64; 3] {
    let (latitude, longitude) = (
        point.latitude().to_radians(),
        point.longitude().to_radians(),
    );
    [
        latitude.cos() * longitude.cos(),
        latitude.cos() * longitude.sin(),
        latitude.sin(),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn point(value: &Value) -> Coordinates {
        Coordinates::new(value[0].as_f64().unwrap(), value[1].as_f64().unwrap()).unwrap()
    }

    #[test]
    fn distances_agree_with_geopy_and_pyproj() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/geodesy.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/geodesy.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        let mut compared = 0;
        for case in reference["cases"].as_array().unwrap() {
            for pair in case["expected"].as_array().unwrap() {
                let ours = distance_m(point(&pair["a"]), point(&pair["b"]));
                let haversine = pair["haversine_m_R6371008_8"].as_f64().unwrap();
                let geodesic = pair["geodesic_m"].as_f64().unwrap();
                assert!((ours - haversine).abs() <= 0.01 + 1e-7 * haversine);
                assert!((ours - geodesic).abs() <= 0.005 * geodesic);
                compared += 1;
            }
        }
        assert!(compared >= 12, "{compared}");
    }

    #[test]
    fn a_short_way_is_walked_and_a_long_one_goes_by_bus() {
        assert!((minutes(0.5) - 8.125).abs() < 1e-12);
        assert!((minutes(5.0) - 42.0).abs() < 1e-12);
        assert!(minutes(0.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_never_more_than_half_way_round(
            a in (-90.0..=90.0_f64, -180.0..=180.0_f64),
            b in (-90.0..=90.0_f64, -180.0..=180.0_f64),
        ) {
            let (a, b) = (Coordinates::new(a.0, a.1).unwrap(), Coordinates::new(b.0, b.1).unwrap());
            let there = distance_m(a, b);
            prop_assert!((there - distance_m(b, a)).abs() < 1e-6);
            prop_assert!(distance_m(a, a) == 0.0);
            prop_assert!((0.0..=EARTH_RADIUS_M * std::f64::consts::PI + 1.0).contains(&there));
        }

        #[test]
        fn further_never_takes_less_time(km in 0.0..500.0_f64, more in 0.0..500.0_f64) {
            prop_assert!(minutes(km + more) >= minutes(km));
        }
    }
}
