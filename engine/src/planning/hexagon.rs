//! Hexagons of the H3 grid, for areas that are nobody's wards: a picture that
//! holds in wards and in hexagons does not hang on where borders run.
//!
//! H3 (Brodsky 2018) covers the globe at sixteen resolutions. At 8, the one
//! taken here unless asked otherwise, a hexagon is some 0.7 km² and 920 m from
//! side to side around London: about half a dozen small areas of a city.

use std::str::FromStr;

use h3o::{CellIndex, LatLng, Resolution};

use crate::geography::Coordinates;
use crate::model::Boundary;

/// The resolution taken unless another is asked for.
pub const HEX_RESOLUTION: u8 = 8;
/// The coarsest (hexagons of 250 km²) and the finest (0.015 km²) that make sense for services.
pub const HEX_RESOLUTIONS: std::ops::RangeInclusive<u8> = 5..=10;

/// The index of the hexagon a point lies in, as H3 writes it, and its name.
pub(super) fn hexagon(point: Coordinates, resolution: u8) -> Option<(String, String)> {
    let resolution = Resolution::try_from(resolution).ok()?;
    let place = LatLng::new(point.latitude(), point.longitude()).ok()?;
    let code = place.to_cell(resolution).to_string();
    let name = format!("Hexagon {code}");
    Some((code, name))
}

/// The outline of a hexagon.
pub(super) fn outline(code: &str) -> Option<Boundary> {
    let corners = CellIndex::from_str(code).ok()?.boundary();
    let mut ring: Vec<[f64; 2]> = corners
        .iter()
        .map(|corner| [corner.lng(), corner.lat()])
        .collect();
    ring.extend(ring.first().copied());
    Some(Boundary(vec![vec![ring]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexagons_are_those_of_the_h3_grid() {
        // The published example: the Statue of Liberty at resolution 10 is 8a2a1072b59ffff.
        let liberty = Coordinates::new(40.689_167, -74.044_444).unwrap();
        assert_eq!(hexagon(liberty, 10).unwrap().0, "8a2a1072b59ffff");
        let (code, name) = hexagon(liberty, HEX_RESOLUTION).unwrap();
        assert_eq!(name, format!("Hexagon {code}"));
        let ring = outline(&code).unwrap().0[0][0].clone();
        assert_eq!((ring.len(), ring.first()), (7, ring.last()));
        assert_eq!(outline("E01004472"), None);
        assert_eq!(hexagon(liberty, 99), None);
    }
}
