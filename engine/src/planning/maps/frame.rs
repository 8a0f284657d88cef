//! From degrees to the picture.

use std::fmt::Write;

use crate::model::Boundary;

/// Width of all maps, units.
pub(super) const WIDTH: f64 = 720.0;
/// Air around everything, units.
pub(super) const MARGIN: f64 = 14.0;

/// A plane true to scale at the middle latitude.
pub(super) struct Frame {
    west: f64,
    north: f64,
    across: f64,
    /// Units a degree of latitude.
    scale: f64,
    /// Of the map, units.
    pub(super) height: f64,
}

impl Frame {
    /// Around all these corners, degrees.
    pub(super) fn around(corners: impl Iterator<Item = [f64; 2]>) -> Self {
        let mut bounds = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        for [x, y] in corners {
            bounds = [
                bounds[0].min(x),
                bounds[1].min(y),
                bounds[2].max(x),
                bounds[3].max(y),
            ];
        }
        if bounds[0] > bounds[2] {
            bounds = [0.0; 4];
        }
        // A little air, and something to see where there is one point only.
        let air = |low: f64, high: f64| (0.02 * (high - low)).max(0.002);
        let (x, y) = (air(bounds[0], bounds[2]), air(bounds[1], bounds[3]));
        let [west, south, east, north] =
            [bounds[0] - x, bounds[1] - y, bounds[2] + x, bounds[3] + y];
        let across = south.midpoint(north).to_radians().cos().max(0.01);
        // Tall areas are drawn smaller, so that a map fits a page.
        let scale = ((WIDTH - 2.0 * MARGIN) / ((east - west) * across))
            .min((1.3 * WIDTH) / (north - south));
        let spare = (WIDTH - 2.0 * MARGIN) - (east - west) * across * scale;
        Self {
            west: west - spare / 2.0 / (across * scale),
            north,
            across,
            scale,
            height: (north - south) * scale + 2.0 * MARGIN,
        }
    }

    pub(super) fn place(&self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        [
            MARGIN + (longitude - self.west) * self.across * self.scale,
            MARGIN + (self.north - latitude) * self.scale,
        ]
    }

    /// An outline as the data of a path.
    pub(super) fn path(&self, outline: &Boundary) -> String {
        let mut path = String::new();
        for ring in outline.0.iter().flatten() {
            for (at, corner) in ring.iter().enumerate() {
                let [x, y] = self.place(*corner);
                // Writing to a string cannot fail.
                let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
            }
            if !ring.is_empty() {
                path.push('Z');
            }
        }
        path
    }

    /// A bar as long as a round number of kilometres, bottom right of the map.
    pub(super) fn scale_bar(&self, svg: &mut String) {
        // A degree of latitude is 111.2 km.
        let km_units = self.scale / 111.2;
        let km = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]
            .into_iter()
            .rfind(|km| km * km_units <= 0.2 * WIDTH)
            .unwrap_or(0.1);
        let (right, y) = (WIDTH - MARGIN, self.height - 6.0);
        let left = right - km * km_units;
        let _ = write!(
            svg,
            "<path d=\"M{left:.1} {0:.1}V{y:.1}H{right:.1}V{0:.1}\" fill=\"none\" stroke=\"#222\"/><text x=\"{1:.1}\" y=\"{2:.1}\" text-anchor=\"middle\" font-size=\"12\">{km} km</text>",
            y - 5.0,
            left.midpoint(right),
            y - 5.0,
        );
    }
}
