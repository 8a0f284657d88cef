//! What the columns of a table of areas, or the properties of a feature, mean.

use thiserror::Error;

use super::super::findings::Findings;
use super::super::table::finite;
use super::residents::{Measure, age_band, index_of_file, measure, total_rank};
use crate::model::{Area, AreaId, AreaKind, Deprivation, DeprivationDomain, Population, derive_id};

/// Why a table cannot be one of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Fault {
    /// No column of codes.
    #[error("the table has no column with the code of an area")]
    NoCode,
    /// `lsoacd`, without a year.
    #[error("codes of small areas do not say of which census they are")]
    CensusUnknown,
    /// `lsoa11cd` beside `lsoa21cd`.
    #[error("the table holds codes of small areas of 2011 and of 2021")]
    TwoCensuses,
}

/// How fine an area is, by the name of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Lsoa11,
    Lsoa21,
    LsoaOfSomeYear,
    Ward,
    District,
    /// `code`, `name`.
    Plain,
}

/// Code or name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Code,
    Name,
}

/// Where the kind of an area stands.
enum KindFrom {
    /// The column of codes says it.
    Column(AreaKind),
    /// A cell of each row says it, or else the code.
    Row(Option<usize>),
}

/// Which column says what.
pub(super) struct Columns {
    names: Vec<String>,
    id: Option<usize>,
    code: usize,
    name: Option<usize>,
    kind: KindFrom,
    parent: Option<usize>,
    parent_name: Option<usize>,
    /// Latitude and longitude, the best first.
    positions: Vec<(usize, usize)>,
    total: Option<usize>,
    bands: Vec<(usize, u8, Option<u8>)>,
    /// Domain (`imd` for the index itself), measure, column; by domain.
    deprivation: Vec<(String, Measure, usize)>,
    index: Option<usize>,
    index_of_file: Option<String>,
}

impl Columns {
    /// Reads the meaning of columns, whose names are folded; the file's name may
    /// say which deprivation index it holds.
    pub(super) fn of(names: &[String], file: &str) -> Result<Self, Fault> {
        let column = |name: &str| names.iter().position(|column| column == name);
        let levels: Vec<_> = names.iter().map(|name| level(name)).collect();
        let of_level = |level: Level, part: Part| {
            levels
                .iter()
                .position(|known| *known == Some((level, part)))
        };
        let has_code = |level| of_level(level, Part::Code).is_some();
        if has_code(Level::Lsoa11) && has_code(Level::Lsoa21) {
            return Err(Fault::TwoCensuses);
        }
        // Our own header says the kind in a column, and wins over `ward_code` beside it.
        let own = has_code(Level::Plain) && column("kind").is_some();
        let level = if own {
            Level::Plain
        } else {
            [
                Level::Lsoa11,
                Level::Lsoa21,
                Level::LsoaOfSomeYear,
                Level::Ward,
                Level::District,
                Level::Plain,
            ]
            .into_iter()
            .find(|level| has_code(*level))
            .ok_or(Fault::NoCode)?
        };
        let kind = match level {
            Level::Lsoa11 => KindFrom::Column(AreaKind::Lsoa11),
            Level::Lsoa21 => KindFrom::Column(AreaKind::Lsoa21),
            Level::LsoaOfSomeYear => return Err(Fault::CensusUnknown),
            Level::Ward => KindFrom::Column(AreaKind::Ward),
            Level::District => KindFrom::Column(AreaKind::District),
            Level::Plain => KindFrom::Row(column("kind")),
        };
        let parent_level = [Level::Ward, Level::District]
            .into_iter()
            .find(|wider| *wider > level && has_code(*wider));
        let total = (0..names.len())
            .filter_map(|place| Some((total_rank(&names[place])?, place)))
            .min()
            .map(|(_, place)| place);
        let mut bands: Vec<_> = names
            .iter()
            .enumerate()
            .filter_map(|(place, name)| age_band(name).map(|(from, to)| (place, from, to)))
            .collect();
        bands.sort_by_key(|(place, from, _)| (*from, *place));
        Ok(Self {
            id: column("id"),
            code: of_level(level, Part::Code).ok_or(Fault::NoCode)?,
            name: of_level(level, Part::Name).or(of_level(Level::Plain, Part::Name)),
            kind,
            parent: column("parent").or(parent_level.and_then(|level| of_level(level, Part::Code))),
            parent_name: column("parent_name")
                .or(parent_level.and_then(|level| of_level(level, Part::Name))),
            positions: positions(names),
            total,
            bands,
            deprivation: deprivation_columns(names),
            index: column("deprivation_index"),
            index_of_file: index_of_file(file),
            names: names.to_vec(),
        })
    }

    /// Whether anything but codes is there.
    pub(super) fn say_more_than_the_code(&self) -> bool {
        self.name.is_some()
            || self.parent.is_some()
            || self.total.is_some()
            || !self.positions.is_empty()
            || !self.bands.is_empty()
            || !self.deprivation.is_empty()
    }

    /// The area of a row. None: it was rejected.
    pub(super) fn area(
        &self,
        cells: &[Option<&str>],
        row: u64,
        source: &str,
        findings: &mut Findings<'_>,
    ) -> Option<Area> {
        let text = |column: Option<usize>| cells.get(column?).copied().flatten();
        let Some(code) = text(Some(self.code)) else {
            findings.reject(
                Some(row),
                &self.names[self.code],
                format_args!("the area has no code"),
                format_args!("fill in its official code, for example E01004472"),
            );
            return None;
        };
        let kind = self.kind_of(code, text, row, findings)?;
        let mut number = |column: usize| {
            let cell = cells.get(column).copied().flatten()?;
            let number = finite(cell);
            if number.is_none() {
                findings.warn(
                    "number-left-out",
                    Some(row),
                    &self.names[column],
                    format_args!("`{cell}` is not a number and was left out"),
                );
            }
            number
        };
        let position = self.positions.iter().find_map(|(north, east)| {
            let (north, east) = (number(*north)?, number(*east)?);
            ((-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east))
                .then_some((north, east))
        });
        let population = Population {
            total: self.total.and_then(&mut number),
            bands: self
                .bands
                .iter()
                .filter_map(|(column, from, to)| Some((*from, *to, number(*column)?)))
                .collect(),
        };
        let mut deprivation = self.deprivation(number);
        if let Some(deprivation) = &mut deprivation {
            deprivation.index = match self.index {
                Some(column) => text(Some(column)).map(str::to_owned),
                None => self.index_of_file.clone().or_else(|| {
                    // The only English index on the areas of 2021.
                    (kind == AreaKind::Lsoa21 && code.starts_with("E01"))
                        .then(|| "IMD 2025".to_owned())
                }),
            };
        }
        let id = text(self.id)
            .and_then(|id| id.parse().ok())
            .unwrap_or_else(|| {
                AreaId(derive_id(
                    source,
                    "area",
                    &format!("{}:{code}", kind.name()),
                ))
            });
        Some(Area {
            id,
            code: code.to_owned(),
            name: text(self.name).unwrap_or_default().to_owned(),
            kind,
            parent: text(self.parent).map(str::to_owned),
            parent_name: text(self.parent_name).map(str::to_owned),
            latitude: position.map(|(north, _)| north),
            longitude: position.map(|(_, east)| east),
            boundary: None,
            population,
            deprivation,
        })
    }

    fn kind_of<'a>(
        &self,
        code: &str,
        text: impl Fn(Option<usize>) -> Option<&'a str>,
        row: u64,
        findings: &mut Findings<'_>,
    ) -> Option<AreaKind> {
        let stated = match &self.kind {
            KindFrom::Column(kind) => return Some(kind.clone()),
            KindFrom::Row(column) => text(*column),
        };
        let kind = match stated {
            Some(stated) => AreaKind::named(&stated.to_lowercase()),
            None => match code.get(..3) {
                Some("E05" | "W05" | "S13" | "N08") => Some(AreaKind::Ward),
                Some("E06" | "E07" | "E08" | "E09" | "W06" | "S12" | "N09") => {
                    Some(AreaKind::District)
                }
                Some("E01" | "W01") => None,
                _ => Some(AreaKind::Other),
            },
        };
        if kind.is_none() {
            findings.reject(
                Some(row),
                "kind",
                format_args!("{code} does not say what kind of area it is"),
                format_args!(
                    "add a column kind with one of {}",
                    AreaKind::ALL.map(|kind| kind.name()).join(", ")
                ),
            );
        }
        kind
    }

    fn deprivation(&self, mut number: impl FnMut(usize) -> Option<f64>) -> Option<Deprivation> {
        let mut all = Deprivation::default();
        for domain in self.deprivation.chunk_by(|a, b| a.0 == b.0) {
            let mut read = DeprivationDomain {
                name: domain.first().map(|(name, ..)| name.clone())?,
                ..DeprivationDomain::default()
            };
            for (_, measure, column) in domain {
                let value = number(*column);
                match measure {
                    Measure::Score => read.score = value,
                    Measure::Rank => {
                        read.rank = value.filter(|rank| *rank >= 1.0).map(|rank| rank as u32);
                    }
                    Measure::Decile => {
                        read.decile = value
                            .filter(|decile| (1.0..=10.0).contains(decile))
                            .map(|decile| decile as u8);
                    }
                }
            }
            if read.score.is_none() && read.rank.is_none() && read.decile.is_none() {
                continue;
            }
            if read.name == "imd" {
                (all.score, all.rank, all.decile) = (read.score, read.rank, read.decile);
            } else {
                all.domains.push(read);
            }
        }
        (all != Deprivation::default()).then_some(all)
    }
}

/// Columns that measure deprivation, where the index itself is among them:
/// a `connectivity_score` alone measures something else.
fn deprivation_columns(names: &[String]) -> Vec<(String, Measure, usize)> {
    let mut columns: Vec<_> = names
        .iter()
        .enumerate()
        .filter_map(|(place, name)| measure(name).map(|(domain, measure)| (domain, measure, place)))
        .collect();
    if !columns.iter().any(|(domain, ..)| domain == "imd") {
        return Vec::new();
    }
    columns.sort();
    columns
}

/// Pairs of latitude and longitude, weighted by population before the mean of
/// postcodes before what says nothing before the middle of the shape.
fn positions(names: &[String]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (north, name) in names.iter().enumerate() {
        let Some(rest) = name.strip_prefix("latitude").or(name.strip_prefix("lat")) else {
            continue;
        };
        let east = ["longitude", "long", "lon", "lng"]
            .iter()
            .find_map(|start| {
                names
                    .iter()
                    .position(|name| *name == format!("{start}{rest}"))
            });
        let rank = match rest {
            rest if rest.contains("pwc") || rest.contains("population") => 0,
            rest if rest.contains("postcode") => 1,
            "" => 2,
            _ => 3,
        };
        if let Some(east) = east {
            pairs.push((rank, north, east));
        }
    }
    pairs.sort_unstable();
    pairs
        .into_iter()
        .map(|(_, north, east)| (north, east))
        .collect()
}

/// Reads `lsoa21cd`, `lsoa_code_2021`, `wd25nm`, `ladcd_active`, `code` …
fn level(column: &str) -> Option<(Level, Part)> {
    let letters: String = column.chars().filter(char::is_ascii_alphabetic).collect();
    let year: String = column.chars().filter(char::is_ascii_digit).collect();
    let letters = letters.strip_suffix("active").unwrap_or(&letters);
    let strip = |endings: [&str; 2]| {
        endings
            .iter()
            .find_map(|ending| letters.strip_suffix(ending))
    };
    let (stem, part) = match (strip(["code", "cd"]), strip(["name", "nm"])) {
        (Some(stem), _) => (stem, Part::Code),
        (None, Some(stem)) => (stem, Part::Name),
        (None, None) => return None,
    };
    let level = match stem {
        "lsoa" | "lowerlayersuperoutputarea" => match year.as_str() {
            "11" | "2011" => Level::Lsoa11,
            "21" | "2021" => Level::Lsoa21,
            _ => Level::LsoaOfSomeYear,
        },
        "wd" | "ward" => Level::Ward,
        "lad"
        | "ltla"
        | "la"
        | "district"
        | "borough"
        | "localauthority"
        | "localauthoritydistrict" => Level::District,
        "" if year.is_empty() => Level::Plain,
        _ => return None,
    };
    Some((level, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_codes_and_names_are_known_by_their_pattern() {
        for (column, expected) in [
            ("lsoa21cd", Some((Level::Lsoa21, Part::Code))),
            ("lsoa_code_2021", Some((Level::Lsoa21, Part::Code))),
            ("lsoa11nm", Some((Level::Lsoa11, Part::Name))),
            ("lsoacd", Some((Level::LsoaOfSomeYear, Part::Code))),
            ("wd25cd", Some((Level::Ward, Part::Code))),
            ("ladcd_active", Some((Level::District, Part::Code))),
            ("code", Some((Level::Plain, Part::Code))),
            ("msoa11cd", None),
            ("change_code", None),
            ("parent_name", None),
        ] {
            assert_eq!(level(column), expected, "{column}");
        }
    }
}
