//! Which London borough a point lies in, offline.
//!
//! Many services take residents of one borough only, and a postcode does not
//! say which borough it is in. The nearest middle of a small area does, but for
//! a few streets along each border; so an answer here is good enough to warn
//! and to sort, and boundaries that were imported know better.

use std::sync::{Arc, LazyLock};

use geo::Point;

use super::Coordinates;
use crate::geography::distance_m;

/// A point this far from every small area is not in London.
const NEAR_M: f64 = 1_500.0;

type Middle = rstar::primitives::GeomWithData<[f64; 2], u16>;

/// The middles of London's small areas.
#[derive(Debug)]
pub struct Boroughs {
    names: Vec<String>,
    middles: rstar::RTree<Middle>,
}

impl Boroughs {
    /// The table that comes with the program, read once.
    #[must_use]
    pub fn bundled() -> Arc<Self> {
        static BUNDLED: LazyLock<Arc<Boroughs>> = LazyLock::new(|| {
            Arc::new(Boroughs::parse(include_str!(
                "../../../data/places/boroughs.csv"
            )))
        });
        Arc::clone(&BUNDLED)
    }

    /// Reads `borough,latitude,longitude`, sorted by borough; a test reads the bundled table whole.
    fn parse(table: &str) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut middles = Vec::new();
        for line in table.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(name), Some(Ok(latitude)), Some(Ok(longitude))) = (
                cells.next(),
                cells.next().map(str::parse::<f64>),
                cells.next().map(str::parse::<f64>),
            ) else {
                continue;
            };
            if names.last().is_none_or(|last| last != name) {
                names.push(name.to_owned());
            }
            // Longitudes are shorter here; stretched, the nearest in the tree is the nearest on the ground.
            middles.push(Middle::new(
                stretched(latitude, longitude),
                names.len() as u16 - 1,
            ));
        }
        Self {
            names,
            middles: rstar::RTree::bulk_load(middles),
        }
    }

    /// The borough a point lies in; `None` outside London.
    #[must_use]
    pub fn at(&self, point: Point) -> Option<&str> {
        let nearest = self
            .middles
            .nearest_neighbor(&stretched(point.y(), point.x()))?;
        let [x, y] = *nearest.geom();
        let middle = Coordinates::new(y, x / STRETCH).ok()?;
        let here = Coordinates::new(point.y(), point.x()).ok()?;
        (distance_m(here, middle) <= NEAR_M).then(|| self.names[usize::from(nearest.data)].as_str())
    }
}

/// cos 51.5°.
const STRETCH: f64 = 0.6225;

fn stretched(latitude: f64, longitude: f64) -> [f64; 2] {
    [longitude * STRETCH, latitude]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_places_lie_in_their_boroughs() {
        let boroughs = Boroughs::bundled();
        assert_eq!(boroughs.names.len(), 33);
        assert_eq!(boroughs.middles.size(), 4_994);
        let at = |latitude, longitude| boroughs.at(Point::new(longitude, latitude));
        assert_eq!(at(51.4274, -0.1695), Some("Wandsworth"));
        assert_eq!(at(51.4613, -0.1156), Some("Lambeth"));
        assert_eq!(at(53.48, -2.24), None);
    }
}
