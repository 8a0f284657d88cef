//! The tables that come with the program: mean points of postcode sectors and
//! districts, and places by name. Sources and licences: `data/places/README.md`.

use std::sync::{Arc, LazyLock};

use thiserror::Error;

use super::names::NameIndex;
use super::{Coordinates, NamedPlace};

const POSTCODES: &str = include_str!("../../../data/places/postcodes.csv");
const NAMES: &str = include_str!("../../../data/places/names.csv");

/// Where the postcodes of a sector or district lie.
#[derive(Debug, Clone, PartialEq)]
pub struct PostcodeMean {
    /// `SW17 0` or `SW17`.
    pub code: Box<str>,
    /// Mean of its postcodes, the terminated ones too, without gross outliers.
    pub point: Coordinates,
    /// How many postcodes that is the mean of: how firm it is.
    pub postcodes: u32,
    /// Nine in ten of them are this near.
    pub radius_km: f64,
}

/// Mean points of postcode sectors and districts, and places by name.
#[derive(Debug, Clone, Default)]
pub struct PlaceFacts {
    /// By code ascending.
    means: Vec<PostcodeMean>,
    names: NameIndex,
}

/// Why a table of places cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FactsError {
    /// A line is not as its heading says.
    #[error("line {line} of the {table} table is not {expected}")]
    Line {
        /// `postcodes` or `names`.
        table: &'static str,
        /// Counted from 1, the heading included.
        line: usize,
        /// What it should be.
        expected: &'static str,
    },
    /// Two places go by one name.
    #[error("line {line} of the names table gives '{phrase}', which an earlier place has")]
    Taken {
        /// Counted from 1, the heading included.
        line: usize,
        /// The name, folded.
        phrase: String,
    },
}

impl PlaceFacts {
    /// The tables of this program, read once.
    #[must_use]
    pub fn bundled() -> Arc<Self> {
        static BUNDLED: LazyLock<Arc<PlaceFacts>> = LazyLock::new(|| {
            Arc::new(
                PlaceFacts::parse(POSTCODES, NAMES)
                    .expect("the bundled tables do not change, and a test reads them"),
            )
        });
        Arc::clone(&BUNDLED)
    }

    /// Reads both tables, each with a heading: `code,latitude,longitude,postcodes,radius_km`
    /// and `name,latitude,longitude,radius_km,kind,district,everyday_word,synonyms`
    /// (the last parted by `|`). No quotes: names have no commas.
    pub fn parse(postcodes: &str, names: &str) -> Result<Self, FactsError> {
        let mut means = Vec::with_capacity(16_000);
        for (index, line) in postcodes.lines().enumerate().skip(1) {
            means.push(read_mean(line).ok_or(FactsError::Line {
                table: "postcodes",
                line: index + 1,
                expected: "code,latitude,longitude,postcodes,radius_km",
            })?);
        }
        means.sort_by(|a, b| a.code.cmp(&b.code));
        let mut index_of_names = NameIndex::default();
        for (index, line) in names.lines().enumerate().skip(1) {
            let (place, synonyms) = read_name(line).ok_or(FactsError::Line {
                table: "names",
                line: index + 1,
                expected: "name,latitude,longitude,radius_km,kind,district,everyday_word,synonyms",
            })?;
            let taken = index_of_names.add(place, &synonyms);
            if let Some(phrase) = taken.into_iter().next() {
                return Err(FactsError::Taken {
                    line: index + 1,
                    phrase,
                });
            }
        }
        Ok(Self {
            means,
            names: index_of_names,
        })
    }

    /// The mean of a sector (`SW17 0`) or a district (`SW17`).
    #[must_use]
    pub fn find_mean(&self, code: &str) -> Option<&PostcodeMean> {
        self.means
            .binary_search_by(|mean| mean.code.as_ref().cmp(code))
            .ok()
            .map(|index| &self.means[index])
    }

    /// All places by name, in the table's order.
    #[must_use]
    pub fn named_places(&self) -> &[NamedPlace] {
        self.names.places()
    }

    pub(super) fn names(&self) -> &NameIndex {
        &self.names
    }
}

fn read_mean(line: &str) -> Option<PostcodeMean> {
    let mut fields = line.split(',');
    Some(PostcodeMean {
        code: fields.next()?.into(),
        point: Coordinates::new(fields.next()?.parse().ok()?, fields.next()?.parse().ok()?).ok()?,
        postcodes: fields.next()?.parse().ok()?,
        radius_km: fields.next()?.parse().ok()?,
    })
}

fn read_name(line: &str) -> Option<(NamedPlace, Vec<&str>)> {
    let fields: Vec<&str> = line.split(',').collect();
    let [
        name,
        latitude,
        longitude,
        radius_km,
        kind,
        district,
        everyday_word,
        synonyms,
    ] = fields.as_slice()
    else {
        return None;
    };
    let place = NamedPlace {
        name: (*name).to_owned(),
        point: Coordinates::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()?,
        radius_km: radius_km.parse().ok()?,
        kind: (*kind).to_owned(),
        everyday_word: *everyday_word == "yes",
        district: (*district).to_owned(),
    };
    let synonyms = synonyms.split('|').filter(|word| !word.is_empty());
    Some((place, synonyms.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::distance_km;

    #[test]
    fn the_bundled_tables_are_whole() {
        let facts = PlaceFacts::parse(POSTCODES, NAMES).unwrap();
        assert!(facts.means.len() > 15_000, "{}", facts.means.len());
        let london = facts
            .named_places()
            .iter()
            .filter(|place| place.kind != "town")
            .count();
        let towns = facts.named_places().len() - london;
        assert!(london >= 450, "{london} places in London");
        assert!(towns >= 120, "{towns} towns");
    }

    #[test]
    fn every_named_place_lies_in_or_beside_its_postcode_district() {
        let facts = PlaceFacts::bundled();
        let mut astray = Vec::new();
        for place in facts.named_places() {
            let Some(mean) = facts.find_mean(&place.district) else {
                astray.push(format!("{}: no district {}", place.name, place.district));
                continue;
            };
            // The radius holds nine postcodes in ten: the edge, and the place's own size, lie beyond.
            let allowed = 1.6 * mean.radius_km + 0.6 + place.radius_km.min(3.0);
            let apart = distance_km(place.point, mean.point);
            if apart > allowed {
                astray.push(format!(
                    "{}: {apart:.1} km from {}",
                    place.name, place.district
                ));
            }
        }
        assert!(astray.is_empty(), "{}", astray.join("\n"));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = PlaceFacts::parse("heading\nSW17,91,0,1,1", "heading").unwrap_err();
        assert!(error.to_string().contains("line 2 of the postcodes table"));
        let twice = "heading\nA,51,0,1,town,SW17,,\nB,51,0,1,town,SW17,,a";
        let error = PlaceFacts::parse("heading", twice).unwrap_err();
        assert!(error.to_string().contains("'a'"), "{error}");
    }
}
