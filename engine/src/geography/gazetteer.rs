//! From what people write for a place to a point on the map.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::{
    Coordinates, CoordinatesError, NameSpan, NamedPlace, PlaceFacts, Postcode, PostcodeError,
    PostcodePart,
};
use crate::model::{Entry, PostcodeDistrict, PostcodePoint};

/// Answers where a postcode, a place name or a pair of coordinates is.
///
/// It shares the records it is made of: a copy of the directory's pointers,
/// some three thousand for the whole country.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    facts: Arc<PlaceFacts>,
    /// By outward code; several where several sources list a district, by id.
    districts: BTreeMap<String, Vec<Arc<Entry<PostcodeDistrict>>>>,
}

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFound {
    /// Where.
    pub point: Coordinates,
    /// What the point stands for.
    pub precision: Precision,
    /// About how far the true place may be from the point.
    pub radius_km: f64,
    /// How to name it: `SW17 0QT`, `Tooting Bec`.
    pub label: String,
    /// Whether the postcode is no longer in use, where a source says so.
    pub terminated: bool,
}

/// What a point stands for, the sharpest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Coordinates, as given.
    Coordinates,
    /// One postcode.
    Postcode,
    /// The mean of a postcode sector.
    Sector,
    /// A place by its name.
    Place,
    /// The mean of a postcode district.
    District,
}

/// Why a place was not found.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PlaceError {
    /// Nothing was given.
    #[error("the place is empty; give a postcode, a place name or latitude,longitude")]
    Empty,
    /// Not a postcode.
    #[error(transparent)]
    Postcode(#[from] PostcodeError),
    /// Not coordinates.
    #[error(transparent)]
    Coordinates(#[from] CoordinatesError),
    /// A postcode of valid shape in a district that there is not.
    #[error(
        "there is no postcode district {district}, so {text} is not in use; check the first half"
    )]
    UnknownPostcode {
        /// As read.
        text: String,
        /// Its first half.
        district: String,
    },
    /// A name that is not in the table.
    #[error("no place called '{text}' is known{}; a postcode always works", suggestion.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default())]
    UnknownName {
        /// What was given.
        text: String,
        /// The name most like it.
        suggestion: Option<String>,
    },
}

/// Postcodes have some fifteen addresses; most span less than this.
const POSTCODE_RADIUS_KM: f64 = 0.1;

impl Gazetteer {
    /// Over the facts and all districts that sources still list, in order of id
    /// (as `Table::entries` of the directory gives them).
    pub fn new<'a>(
        facts: Arc<PlaceFacts>,
        districts: impl IntoIterator<Item = &'a Arc<Entry<PostcodeDistrict>>>,
    ) -> Self {
        let mut by_outward: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for entry in districts {
            if entry.is_current() {
                by_outward
                    .entry(entry.record.outward.trim().to_ascii_uppercase())
                    .or_default()
                    .push(Arc::clone(entry));
            }
        }
        Self {
            facts,
            districts: by_outward,
        }
    }

    /// Where that is: coordinates, a place name, a postcode, or the greater
    /// part of one. *Complexity*: O(log n) in the postcodes; a name that is not
    /// found is compared with all names.
    pub fn place(&self, text: &str) -> Result<PlaceFound, PlaceError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PlaceError::Empty);
        }
        match text.parse::<Coordinates>() {
            Ok(point) => {
                return Ok(PlaceFound {
                    point,
                    precision: Precision::Coordinates,
                    radius_km: 0.0,
                    label: point.to_string(),
                    terminated: false,
                });
            }
            // Two numbers were meant as coordinates, however wrong they are.
            Err(CoordinatesError::Shape { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(place) = self.facts.names().find(text) {
            return Ok(found_by_name(place));
        }
        let wrong = match text.parse::<Postcode>() {
            Ok(postcode) => return self.postcode(&postcode),
            Err(error) => error,
        };
        if let Some(part) = PostcodePart::find(text) {
            return self.part(&part, text);
        }
        // No name in the table has digits, and no postcode is without.
        if text.contains(|c: char| c.is_ascii_digit()) {
            return Err(wrong.into());
        }
        Err(PlaceError::UnknownName {
            text: text.to_owned(),
            suggestion: self.suggestion(text),
        })
    }

    /// Where a postcode is: its own point where a source lists it, else the
    /// mean of its sector, else of its district.
    pub fn postcode(&self, postcode: &Postcode) -> Result<PlaceFound, PlaceError> {
        let listed: Vec<&PostcodePoint> = self
            .districts
            .get(postcode.outward())
            .into_iter()
            .flatten()
            .filter_map(|entry| point_in(&entry.record, postcode.inward()))
            .collect();
        let exact = listed
            .iter()
            .find_map(|point| Coordinates::new(point.latitude, point.longitude).ok());
        if let Some(point) = exact {
            return Ok(PlaceFound {
                point,
                precision: Precision::Postcode,
                radius_km: POSTCODE_RADIUS_KM,
                label: postcode.to_string(),
                // Lists that mark the end of a postcode know more than those that do not.
                terminated: listed.iter().any(|point| point.terminated),
            });
        }
        self.mean(postcode.sector(), Precision::Sector, postcode.to_string())
            .or_else(|| {
                self.mean(
                    postcode.district(),
                    Precision::District,
                    postcode.to_string(),
                )
            })
            .ok_or_else(|| PlaceError::UnknownPostcode {
                text: postcode.to_string(),
                district: postcode.district().to_owned(),
            })
    }

    /// Places named in prose, in reading order; where names overlap, the
    /// longest. The tokens are words of a sentence, in small letters or not.
    /// Names that are everyday words too count only after words like `near`
    /// or `lives in`.
    #[must_use]
    pub fn find_names_in(&self, tokens: &[&str]) -> Vec<NameSpan<'_>> {
        self.facts.names().spans(tokens)
    }

    fn part(&self, part: &PostcodePart, text: &str) -> Result<PlaceFound, PlaceError> {
        let (code, precision) = match part {
            PostcodePart::Sector(code) => (code, Precision::Sector),
            PostcodePart::District(code) => (code, Precision::District),
        };
        let district = code.split(' ').next().unwrap_or(code);
        self.mean(code, precision, code.clone())
            .or_else(|| self.mean(district, Precision::District, code.clone()))
            .ok_or_else(|| PlaceError::UnknownPostcode {
                text: text.to_owned(),
                district: district.to_owned(),
            })
    }

    fn mean(&self, code: &str, precision: Precision, label: String) -> Option<PlaceFound> {
        self.facts.find_mean(code).map(|mean| PlaceFound {
            point: mean.point,
            precision,
            radius_km: mean.radius_km,
            label,
            terminated: false,
        })
    }

    fn suggestion(&self, text: &str) -> Option<String> {
        self.facts
            .names()
            .nearest(text)
            .map(|place| place.name.clone())
    }
}

fn found_by_name(place: &NamedPlace) -> PlaceFound {
    PlaceFound {
        point: place.point,
        precision: Precision::Place,
        radius_km: place.radius_km,
        label: place.name.clone(),
        terminated: false,
    }
}

fn point_in<'a>(district: &'a PostcodeDistrict, inward: &str) -> Option<&'a PostcodePoint> {
    let index = district
        .points
        .binary_search_by(|point| point.inward.as_slice().cmp(inward.as_bytes()))
        .ok()?;
    Some(&district.points[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PostcodeDistrictId, Provenance, derive_id};

    fn district(source: &str, points: &[(&str, f64, bool)]) -> Arc<Entry<PostcodeDistrict>> {
        Arc::new(Entry {
            record: PostcodeDistrict {
                id: PostcodeDistrictId(derive_id(source, "postcode_district", "SW17")),
                outward: "SW17".to_owned(),
                points: points
                    .iter()
                    .map(|(inward, latitude, terminated)| PostcodePoint {
                        inward: inward.as_bytes().try_into().unwrap(),
                        latitude: *latitude,
                        longitude: -0.17,
                        terminated: *terminated,
                    })
                    .collect(),
            },
            provenance: Provenance::default(),
        })
    }

    fn gazetteer() -> Gazetteer {
        let entries = [
            district("a", &[("0AA", 51.41, false), ("0QT", 51.42, false)]),
            district("b", &[("0QT", 51.43, true), ("9ZZ", 51.44, true)]),
        ];
        Gazetteer::new(PlaceFacts::bundled(), &entries)
    }

    fn check(text: &str, precision: Precision, label: &str) {
        let found = gazetteer().place(text).unwrap();
        assert_eq!((found.precision, found.label.as_str()), (precision, label));
    }

    fn refused(text: &str, expected: &str) {
        let message = gazetteer().place(text).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn each_way_to_name_a_place_is_read() {
        check("sw170aa", Precision::Postcode, "SW17 0AA");
        check("SWI7 OAA", Precision::Postcode, "SW17 0AA");
        check("SW17 0AB", Precision::Sector, "SW17 0AB");
        check("SW17 5AB", Precision::District, "SW17 5AB");
        check("SW17", Precision::District, "SW17");
        check("sw17 0", Precision::Sector, "SW17 0");
        check("51.43,-0.16", Precision::Coordinates, "51.43,-0.16");
        check("tooting broadway", Precision::Place, "Tooting Broadway");
        check("Tooting  Bec", Precision::Place, "Tooting Bec");
        check(
            "St Georges Hospital",
            Precision::Place,
            "St George's Hospital",
        );
        check("Bath", Precision::Place, "Bath");
    }

    #[test]
    fn a_terminated_postcode_still_has_its_place_and_says_so() {
        let found = gazetteer().place("SW17 9ZZ").unwrap();
        assert!(found.terminated);
        assert!((found.point.latitude() - 51.44).abs() < 1e-12);
        // One source marks the end, the other, which is read first, does not.
        let found = gazetteer().place("SW17 0QT").unwrap();
        assert!(found.terminated);
        assert!((found.point.latitude() - 51.42).abs() < 1e-12);
        assert!(!gazetteer().place("SW17 0AA").unwrap().terminated);
    }

    #[test]
    fn what_is_not_found_is_told_apart() {
        refused("", "empty");
        refused("SW45 9AA", "no postcode district SW45");
        refused("SW17 0Q", "second half");
        refused("12 Acacia Avenue", "postcode");
        refused("Tootin Brodway", "did you mean Tooting Broadway?");
        refused("Xyzzy", "no place called 'Xyzzy'");
        refused("-0.16,51.43", "swapped");
        refused("95,200", "not on the globe");
    }

    #[test]
    fn what_its_source_dropped_is_not_used() {
        let mut entry = Arc::unwrap_or_clone(district("a", &[("0AA", 51.41, false)]));
        entry.provenance.defunct_since = Some(jiff::Timestamp::UNIX_EPOCH);
        let gazetteer = Gazetteer::new(PlaceFacts::bundled(), &[Arc::new(entry)]);
        let found = gazetteer.place("SW17 0AA").unwrap();
        assert_eq!(found.precision, Precision::Sector);
    }

    fn names(text: &str) -> Vec<String> {
        let tokens: Vec<&str> = text.split(' ').collect();
        gazetteer()
            .find_names_in(&tokens)
            .iter()
            .map(|span| format!("{}+{} {}", span.start, span.len, span.place.name))
            .collect()
    }

    #[test]
    fn names_are_found_in_prose_and_the_longest_wins() {
        assert_eq!(
            names("somewhere near tooting broadway for mum"),
            ["2+2 Tooting Broadway"]
        );
        assert_eq!(
            names("from Clapham Junction to Putney"),
            ["1+2 Clapham Junction", "4+1 Putney"]
        );
    }

    #[test]
    fn an_everyday_word_is_a_place_only_where_words_say_so() {
        assert!(names("help with reading and a hot bath").is_empty());
        assert_eq!(names("she lives in reading"), ["3+1 Reading"]);
        assert_eq!(names("a room near bath"), ["3+1 Bath"]);
    }
}
