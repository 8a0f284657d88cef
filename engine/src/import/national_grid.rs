//! British National Grid to WGS84, for files that give eastings and northings.

/// Semi-major and semi-minor axis of an ellipsoid, metres.
struct Ellipsoid {
    a: f64,
    b: f64,
}

impl Ellipsoid {
    /// The first eccentricity, squared.
    fn e2(&self) -> f64 {
        1.0 - (self.b * self.b) / (self.a * self.a)
    }
}

const AIRY_1830: Ellipsoid = Ellipsoid {
    a: 6_377_563.396,
    b: 6_356_256.909,
};
const WGS84: Ellipsoid = Ellipsoid {
    a: 6_378_137.0,
    b: 6_356_752.314_245,
};

/// Scale on the central meridian.
const SCALE: f64 = 0.999_601_271_7;
/// True origin: 49° N, 2° W.
const ORIGIN: (f64, f64) = (49.0, -2.0);
/// Easting and northing of the true origin, metres.
const FALSE_ORIGIN: (f64, f64) = (400_000.0, -100_000.0);

/// Latitude and longitude in WGS84 degrees of a point on the British National
/// Grid, metres east and north of its false origin; within about 5 m, the limit
/// of one seven-parameter transformation for all of Great Britain (the exact
/// OSTN15 grid takes megabytes). `None` outside the grid's 700 by 1,300 km.
///
/// Source: Ordnance Survey, *A guide to coordinate systems in Great Britain*,
/// v3.6 (2020), annexes B.1, B.2, C.2 and section 6.6.
///
/// *Complexity*: constant; four or five rounds of the meridian arc.
pub(super) fn to_wgs84(easting_m: f64, northing_m: f64) -> Option<(f64, f64)> {
    if !(0.0..=700_000.0).contains(&easting_m) || !(0.0..=1_300_000.0).contains(&northing_m) {
        return None;
    }
    let (latitude, longitude) = unprojected(easting_m, northing_m);
    let shifted = helmert(to_cartesian(latitude, longitude, &AIRY_1830));
    let (latitude, longitude) = from_cartesian(shifted, &WGS84);
    Some((latitude.to_degrees(), longitude.to_degrees()))
}

/// Inverse transverse Mercator onto the Airy ellipsoid, radians (annex C.2).
fn unprojected(easting: f64, northing: f64) -> (f64, f64) {
    let Ellipsoid { a, b } = AIRY_1830;
    let e2 = AIRY_1830.e2();
    let n = (a - b) / (a + b);
    let origin = ORIGIN.0.to_radians();
    let arc = |latitude: f64| {
        let (difference, sum) = (latitude - origin, latitude + origin);
        let (n2, n3) = (n * n, n * n * n);
        b * SCALE
            * ((1.0 + n + 1.25 * n2 + 1.25 * n3) * difference
                - (3.0 * n + 3.0 * n2 + 2.625 * n3) * difference.sin() * sum.cos()
                + (1.875 * n2 + 1.875 * n3) * (2.0 * difference).sin() * (2.0 * sum).cos()
                - 35.0 / 24.0 * n3 * (3.0 * difference).sin() * (3.0 * sum).cos())
    };
    let above = northing - FALSE_ORIGIN.1;
    let mut latitude = origin + above / (a * SCALE);
    // Each round gains two to three digits; ten are far more than enough.
    for _ in 0..10 {
        let left = above - arc(latitude);
        if left.abs() < 1e-5 {
            break;
        }
        latitude += left / (a * SCALE);
    }

    let (sin, cos, tan) = (latitude.sin(), latitude.cos(), latitude.tan());
    let nu = a * SCALE / (1.0 - e2 * sin * sin).sqrt();
    let rho = nu * (1.0 - e2) / (1.0 - e2 * sin * sin);
    let eta2 = nu / rho - 1.0;
    let (t2, t4, t6) = (tan * tan, tan.powi(4), tan.powi(6));
    let east = easting - FALSE_ORIGIN.0;
    let seventh = tan / (2.0 * rho * nu) * east.powi(2);
    let eighth =
        tan / (24.0 * rho * nu.powi(3)) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2) * east.powi(4);
    let ninth = tan / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * t2 + 45.0 * t4) * east.powi(6);
    let tenth = east / (cos * nu);
    let eleventh = (nu / rho + 2.0 * t2) / (6.0 * cos * nu.powi(3)) * east.powi(3);
    let twelfth = (5.0 + 28.0 * t2 + 24.0 * t4) / (120.0 * cos * nu.powi(5)) * east.powi(5);
    let last =
        (61.0 + 662.0 * t2 + 1320.0 * t4 + 720.0 * t6) / (5040.0 * cos * nu.powi(7)) * east.powi(7);
    (
        latitude - seventh + eighth - ninth,
        ORIGIN.1.to_radians() + tenth - eleventh + twelfth - last,
    )
}

/// Radians on an ellipsoid, at height 0, to metres from its centre (annex B.1).
fn to_cartesian(latitude: f64, longitude: f64, on: &Ellipsoid) -> [f64; 3] {
    let nu = on.a / (1.0 - on.e2() * latitude.sin().powi(2)).sqrt();
    [
        nu * latitude.cos() * longitude.cos(),
        nu * latitude.cos() * longitude.sin(),
        nu * (1.0 - on.e2()) * latitude.sin(),
    ]
}

/// OSGB36 to WGS84: the published shift of the other direction with all signs turned (section 6.6).
fn helmert([x, y, z]: [f64; 3]) -> [f64; 3] {
    let scale = 1.0 - 20.4894e-6;
    let [rx, ry, rz] = [0.1502_f64, 0.2470, 0.8421].map(|seconds| (seconds / 3600.0).to_radians());
    [
        446.448 + scale * x - rz * y + ry * z,
        -125.157 + rz * x + scale * y - rx * z,
        542.060 - ry * x + rx * y + scale * z,
    ]
}

/// Metres from the centre to radians on an ellipsoid (annex B.2).
fn from_cartesian([x, y, z]: [f64; 3], on: &Ellipsoid) -> (f64, f64) {
    let e2 = on.e2();
    let across = x.hypot(y);
    let mut latitude = z.atan2(across * (1.0 - e2));
    for _ in 0..5 {
        let nu = on.a / (1.0 - e2 * latitude.sin().powi(2)).sqrt();
        latitude = (z + e2 * nu * latitude.sin()).atan2(across);
    }
    (latitude, y.atan2(x))
}

#[cfg(test)]
mod tests {

    use super::*;

    /// The worked example of annex C of the guide.
    #[test]
    fn the_ordnance_surveys_own_example_comes_out() {
        let (latitude, longitude) = unprojected(651_409.903, 313_177.270);
        let seconds =
            |degrees: f64, minutes: f64, seconds: f64| degrees + minutes / 60.0 + seconds / 3600.0;
        assert!((latitude.to_degrees() - seconds(52.0, 39.0, 27.2531)).abs() < 1e-8);
        assert!((longitude.to_degrees() - seconds(1.0, 43.0, 4.5177)).abs() < 1e-8);
    }

    #[test]
    fn points_in_london_agree_with_the_reference() {
        let Ok(text) = std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/geodesy.json"
        )) else {
            eprintln!("skipped: shared/reference/geodesy.json not there");
            return;
        };
        let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
        let cases = reference["cases"][0]["expected"].as_array().unwrap();
        assert!(cases.len() > 10);
        for case in cases {
            let number = |name: &str, place: usize| case[name][place].as_f64().unwrap();
            let (latitude, longitude) = to_wgs84(number("a_bng", 0), number("a_bng", 1)).unwrap();
            let north_m = (latitude - number("a", 0)) * 111_200.0;
            let east_m = (longitude - number("a", 1)) * 69_400.0;
            assert!(north_m.hypot(east_m) < 6.0, "{case}");
        }
    }

    #[test]
    fn a_point_off_the_grid_has_no_place() {
        assert_eq!(to_wgs84(-1.0, 5.0), None);
        assert_eq!(to_wgs84(1_000_000.0, 5.0), None);
        assert_eq!(to_wgs84(f64::NAN, 5.0), None);
    }
}
