//! Demand that somebody counted: people with a need in each area.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::travel::{TableRejection, name_of};

/// People with a need by code of area.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DemandTable {
    /// What it is, for `method`.
    pub name: String,
    people: BTreeMap<String, f64>,
}

impl DemandTable {
    /// A table from numbers.
    #[must_use]
    pub fn of(name: &str, people: BTreeMap<String, f64>) -> Self {
        Self {
            name: name.to_owned(),
            people,
        }
    }

    /// Reads a file as [`DemandTable::from_csv`] does.
    pub fn from_file(path: &Path) -> std::io::Result<(Self, Vec<TableRejection>)> {
        let file = std::fs::File::open(path)?;
        Ok(Self::from_csv(
            &name_of(path),
            std::io::BufReader::new(file),
        ))
    }

    /// Reads CSV with the columns `area,people` under a heading: the code of an
    /// area and how many have the need there. Of two lines for the same area
    /// the numbers add up.
    #[must_use]
    pub fn from_csv(name: &str, from: impl Read) -> (Self, Vec<TableRejection>) {
        let mut table = Self::of(name, BTreeMap::new());
        let mut rejected = Vec::new();
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(from);
        for (at, row) in rows.records().enumerate() {
            let line = at as u64 + 2;
            let read = row.map_err(|error| error.to_string()).and_then(|row| {
                let cell = |column: usize| row.get(column).unwrap_or_default().trim().to_owned();
                let people: f64 = cell(1)
                    .parse()
                    .ok()
                    .filter(|people: &f64| people.is_finite() && *people >= 0.0)
                    .ok_or_else(|| {
                        format!("'{}' is not a number of people; write 0 or more", cell(1))
                    })?;
                if cell(0).is_empty() {
                    return Err("the area is empty; give its code, like E01004472".to_owned());
                }
                Ok((cell(0), people))
            });
            match read {
                Ok((area, people)) => *table.people.entry(area).or_default() += people,
                Err(reason) => rejected.push(TableRejection { line, reason }),
            }
        }
        (table, rejected)
    }

    /// People with the need in an area, where the table says.
    #[must_use]
    pub fn people(&self, area: &str) -> Option<f64> {
        self.people.get(area).copied()
    }

    /// The codes it has.
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.people.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_demand_adds_up_and_names_bad_lines() {
        let text = "area,people\nE1,12\nE1,3.5\nE2,many\n,4\n";
        let (table, rejected) = DemandTable::from_csv("survey", text.as_bytes());
        assert_eq!((table.people("E1"), table.people("E2")), (Some(15.5), None));
        let lines: Vec<u64> = rejected.iter().map(|rejection| rejection.line).collect();
        assert_eq!(lines, [4, 5]);
        assert!(rejected[0].to_string().contains("line 4: 'many'"));
    }
}
