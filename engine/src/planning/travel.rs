//! How long people take to a service: along a straight line, or by an imported
//! table of travel times.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::FRAC_PI_2;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::geography::{Coordinates, EARTH_RADIUS_M, minutes, on_sphere};

use super::accessibility::Catchments;

/// Travel times from areas to destinations, as computed by somebody else's
/// journey planner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TravelTimes {
    /// What it is, for `method`.
    pub name: String,
    minutes: BTreeMap<String, BTreeMap<String, f64>>,
}

/// A line of a table that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct TableRejection {
    /// The line, the heading being 1.
    pub line: u64,
    /// What is wrong, and the remedy.
    pub reason: String,
}

impl TravelTimes {
    /// Reads a file as [`TravelTimes::from_csv`] does.
    pub fn from_file(path: &Path) -> std::io::Result<(Self, Vec<TableRejection>)> {
        let file = std::fs::File::open(path)?;
        Ok(Self::from_csv(
            &name_of(path),
            std::io::BufReader::new(file),
        ))
    }

    /// Reads CSV with the columns `origin,destination,minutes`. An origin is
    /// the code of an area; a destination is the id of a location or a service,
    /// or the code of the area it lies in. Of two times for the same way the
    /// shorter counts.
    #[must_use]
    pub fn from_csv(name: &str, from: impl Read) -> (Self, Vec<TableRejection>) {
        let mut table = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let mut rejected = Vec::new();
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(from);
        for (at, row) in rows.records().enumerate() {
            let line = at as u64 + 2;
            let read = row.map_err(|error| error.to_string()).and_then(|row| {
                let cell = |column: usize| row.get(column).unwrap_or_default().trim().to_owned();
                let minutes: f64 = cell(2)
                    .parse()
                    .ok()
                    .filter(|minutes: &f64| minutes.is_finite() && *minutes >= 0.0)
                    .ok_or_else(|| {
                        format!("'{}' is not a number of minutes; write 0 or more", cell(2))
                    })?;
                if cell(0).is_empty() || cell(1).is_empty() {
                    return Err("origin or destination is empty; give both".to_owned());
                }
                Ok((cell(0), cell(1), minutes))
            });
            match read {
                Ok((origin, destination, minutes)) => {
                    let held = table
                        .minutes
                        .entry(origin)
                        .or_default()
                        .entry(destination)
                        .or_insert(minutes);
                    *held = held.min(minutes);
                }
                Err(reason) => rejected.push(TableRejection { line, reason }),
            }
        }
        (table, rejected)
    }

    /// Minutes from an area to the first of these destinations that the table has.
    #[must_use]
    pub fn minutes(&self, origin: &str, destinations: &[String]) -> Option<f64> {
        let row = self.minutes.get(origin)?;
        destinations
            .iter()
            .find_map(|destination| row.get(destination).copied())
    }
}

impl TravelTimes {
    /// The codes that journeys begin at.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<&str> {
        self.minutes.keys().map(String::as_str).collect()
    }
}

/// The name of a file, which may be told where its path may not.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || "a table".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Which services are within `reach` minutes of which areas along a straight line.
///
/// The services are sorted into bands of latitude as high as the reach, and by
/// longitude within each: what is near lies in three runs of the list. For a
/// million services that is several times faster than a tree.
///
/// *Complexity*: O((areas + services) log services + pairs).
#[must_use]
pub fn straight_lines(areas: &[Coordinates], services: &[Coordinates], reach: f64) -> Catchments {
    // A metre more, for the ends of the range are rounded.
    let within_m = km_within(reach) * 1_000.0 + 1.0;
    let bands = Bands::of(services, within_m);
    let rows: Vec<Vec<(u32, f64)>> = areas
        .par_iter()
        .map(|area| {
            let mut row = Vec::new();
            bands.within(*area, &mut |service, distance_m| {
                let minutes = minutes(distance_m / 1_000.0);
                if minutes <= reach {
                    row.push((service, minutes));
                }
            });
            row
        })
        .collect();
    Catchments::from_rows(services.len(), rows)
}

/// A place in a band of latitude.
#[derive(Clone, Copy)]
struct Spot {
    band: i32,
    longitude: f64,
    /// On the unit sphere.
    at: [f64; 3],
    number: u32,
}

/// Places by band of latitude, then longitude.
struct Bands {
    height: f64,
    within_m: f64,
    spots: Vec<Spot>,
}

impl Bands {
    fn of(places: &[Coordinates], within_m: f64) -> Self {
        // Degrees; of no height at all there would be no bands.
        let height = (within_m / EARTH_RADIUS_M).to_degrees().max(1e-9);
        let mut spots: Vec<Spot> = places
            .iter()
            .enumerate()
            .map(|(number, place)| Spot {
                band: (place.latitude() / height).floor() as i32,
                longitude: place.longitude(),
                at: on_sphere(*place),
                number: number as u32,
            })
            .collect();
        spots.par_sort_unstable_by(|a, b| {
            a.band
                .cmp(&b.band)
                .then(a.longitude.total_cmp(&b.longitude))
                .then(a.number.cmp(&b.number))
        });
        Self {
            height,
            within_m,
            spots,
        }
    }

    /// Hands over each place near enough with its distance in metres, in no
    /// order that means anything.
    fn within(&self, centre: Coordinates, near: &mut dyn FnMut(u32, f64)) {
        let here = on_sphere(centre);
        let band = (centre.latitude() / self.height).floor() as i32;
        // Longitudes are widest apart at the side nearer to a pole.
        let farthest = (centre.latitude().abs() + self.height)
            .min(89.0)
            .to_radians();
        let across = self.height / farthest.cos();
        let (west, east) = (centre.longitude() - across, centre.longitude() + across);
        let widest = 2.0 * (self.within_m / EARTH_RADIUS_M / 2.0).min(FRAC_PI_2).sin();
        for band in band - 1..=band + 1 {
            let start = self.spots.partition_point(|spot| {
                spot.band < band || (spot.band == band && spot.longitude < west)
            });
            let run = self.spots[start..]
                .iter()
                .take_while(|spot| spot.band == band && spot.longitude <= east);
            for spot in run {
                let square: f64 = spot
                    .at
                    .iter()
                    .zip(here)
                    .map(|(there, here)| (there - here).powi(2))
                    .sum();
                if square <= widest * widest {
                    // The chord tells the arc, exact for places close together too.
                    let arc = 2.0 * (square.sqrt() / 2.0).min(1.0).asin();
                    near(spot.number, EARTH_RADIUS_M * arc);
                }
            }
        }
    }
}

/// The longest straight line that takes at most `minutes`, kilometres: the
/// inverse of [`crate::geography::minutes`].
#[must_use]
pub(super) fn km_within(minutes: f64) -> f64 {
    (minutes / 16.25).max((minutes - 12.0) / 6.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geography::distance_m;

    #[test]
    fn a_table_is_read_and_bad_lines_are_named() {
        let text = "origin,destination,minutes\nE1,a,12\nE1,a,10\nE2,b,soon\n,b,3\n";
        let (table, rejected) = TravelTimes::from_csv("bus", text.as_bytes());
        let to = ["nowhere".to_owned(), "a".to_owned()];
        assert_eq!(table.minutes("E1", &to), Some(10.0));
        assert_eq!(table.minutes("E2", &to), None);
        let lines: Vec<u64> = rejected.iter().map(|rejection| rejection.line).collect();
        assert_eq!(lines, [4, 5]);
        assert!(rejected[0].reason.contains("'soon'"));
    }

    proptest! {
        #[test]
        fn what_is_near_is_what_looking_at_every_pair_finds(
            areas in prop::collection::vec((51.3..51.6_f64, -0.3..0.1_f64), 1..12),
            services in prop::collection::vec((51.3..51.6_f64, -0.3..0.1_f64), 0..40),
            reach in 1.0..60.0_f64,
        ) {
            let points = |places: Vec<(f64, f64)>| -> Vec<Coordinates> {
                places.into_iter().map(|(north, east)| Coordinates::new(north, east).unwrap()).collect()
            };
            let (areas, services) = (points(areas), points(services));
            let found = straight_lines(&areas, &services, reach);
            for (at, area) in areas.iter().enumerate() {
                let mut plain: Vec<(u32, f64)> = services
                    .iter()
                    .enumerate()
                    .map(|(number, place)| (number as u32, minutes(distance_m(*area, *place) / 1_000.0)))
                    .filter(|(_, minutes)| *minutes <= reach)
                    .collect();
                plain.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                let ours: Vec<(u32, f64)> = found.of_area(at).collect();
                // A metre is rounded at the very end of the reach, and no pair lies there.
                prop_assert_eq!(ours.len(), plain.len());
                for (ours, plain) in ours.iter().zip(&plain) {
                    prop_assert!((ours.1 - plain.1).abs() < 1e-6);
                }
            }
        }

        #[test]
        fn reach_is_the_inverse_of_travel(minutes in 0.0..120.0_f64) {
            let there = crate::geography::minutes(km_within(minutes));
            prop_assert!((there - minutes).abs() < 1e-9);
        }
    }
}
