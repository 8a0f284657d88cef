//! How long people take to a service: along a straight line, or by an imported
//! table of travel times.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::geography::{Coordinates, minutes};
use crate::snapshot::PlaceIndex;

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
/// *Complexity*: O((areas + services) log services + pairs).
#[must_use]
pub fn straight_lines(areas: &[Coordinates], services: &[Coordinates], reach: f64) -> Catchments {
    let places = PlaceIndex::of(
        services
            .iter()
            .enumerate()
            .map(|(at, point)| ((*point).into(), at as u32)),
    );
    // A metre more, for the ends of the range are rounded.
    let within_m = km_within(reach) * 1_000.0 + 1.0;
    let rows: Vec<Vec<(u32, f64)>> = areas
        .par_iter()
        .map(|area| {
            places
                .within((*area).into(), within_m)
                .into_iter()
                .map(|(at, distance_m)| (at, minutes(distance_m / 1_000.0)))
                .filter(|(_, minutes)| *minutes <= reach)
                .collect()
        })
        .collect();
    Catchments::from_rows(services.len(), rows)
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
        fn reach_is_the_inverse_of_travel(minutes in 0.0..120.0_f64) {
            let there = crate::geography::minutes(km_within(minutes));
            prop_assert!((there - minutes).abs() < 1e-9);
        }
    }
}
