//! A point on the map whose numbers have been checked.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// WGS84 degrees, finite and in range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

/// Why numbers or text are no coordinates.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CoordinatesError {
    /// Not two numbers.
    #[error("'{text}' is not latitude,longitude; write degrees like 51.43,-0.16")]
    Shape {
        /// What was given.
        text: String,
    },
    /// Outside the globe.
    #[error(
        "latitude {latitude}, longitude {longitude} is not on the globe: latitude runs from -90 to 90, longitude from -180 to 180"
    )]
    Range {
        /// Degrees north, as given.
        latitude: f64,
        /// Degrees east, as given.
        longitude: f64,
    },
    /// The two numbers look swapped.
    #[error(
        "latitude {latitude}, longitude {longitude} look swapped; did you mean {longitude},{latitude}? latitude comes first"
    )]
    Swapped {
        /// Degrees north, as given.
        latitude: f64,
        /// Degrees east, as given.
        longitude: f64,
    },
}

impl Coordinates {
    /// Checks that both are finite and on the globe.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, CoordinatesError> {
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Self {
                latitude,
                longitude,
            })
        } else if (-90.0..=90.0).contains(&longitude) && (-180.0..=180.0).contains(&latitude) {
            Err(CoordinatesError::Swapped {
                latitude,
                longitude,
            })
        } else {
            Err(CoordinatesError::Range {
                latitude,
                longitude,
            })
        }
    }

    /// The point of a record that gives both numbers, where they are usable.
    #[must_use]
    pub fn of(latitude: Option<f64>, longitude: Option<f64>) -> Option<Self> {
        Self::new(latitude?, longitude?).ok()
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// In a box around the United Kingdom.
    fn is_british(self) -> bool {
        (49.0..=61.0).contains(&self.latitude) && (-9.0..=2.0).contains(&self.longitude)
    }
}

impl fmt::Display for Coordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.latitude, self.longitude)
    }
}

impl From<Coordinates> for geo::Point<f64> {
    fn from(coordinates: Coordinates) -> Self {
        Self::new(coordinates.longitude, coordinates.latitude)
    }
}

/// Reads `51.43,-0.16`, also with a blank, degree signs and the letters N, S,
/// E and W. A pair that lies in the United Kingdom only when swapped is
/// refused with a hint: of the two readings it is by far the likelier.
impl FromStr for Coordinates {
    type Err = CoordinatesError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = || CoordinatesError::Shape {
            text: text.trim().to_owned(),
        };
        let mut numbers = text
            .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
            .filter(|part| !part.is_empty());
        let (Some(first), Some(second), None) = (numbers.next(), numbers.next(), numbers.next())
        else {
            return Err(shape());
        };
        let latitude = degrees(first, 'N', 'S').ok_or_else(shape)?;
        let longitude = degrees(second, 'E', 'W').ok_or_else(shape)?;
        let read = Self::new(latitude, longitude)?;
        match Self::new(longitude, latitude) {
            Ok(swapped) if swapped.is_british() && !read.is_british() => {
                Err(CoordinatesError::Swapped {
                    latitude,
                    longitude,
                })
            }
            _ => Ok(read),
        }
    }
}

/// A number of degrees with an optional sign or letter.
fn degrees(text: &str, positive: char, negative: char) -> Option<f64> {
    let text = text.to_ascii_uppercase();
    let (text, sign) = if let Some(rest) = text.strip_suffix(negative) {
        (rest, -1.0)
    } else {
        (text.strip_suffix(positive).unwrap_or(&text), 1.0)
    };
    let number: f64 = text.trim_end_matches('°').parse().ok()?;
    // 'inf' and 'nan' are numbers to the parser, not to a map.
    number.is_finite().then_some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: (f64, f64)) {
        let read: Coordinates = text.parse().unwrap();
        assert!((read.latitude() - expected.0).abs() < 1e-9, "{text}");
        assert!((read.longitude() - expected.1).abs() < 1e-9, "{text}");
    }

    #[test]
    fn the_usual_spellings_are_read() {
        check("51.43,-0.16", (51.43, -0.16));
        check(" 51.43 , -0.16 ", (51.43, -0.16));
        check("51.43 -0.16", (51.43, -0.16));
        check("51.43°N 0.16°W", (51.43, -0.16));
        check("25.77,-80.19", (25.77, -80.19));
    }

    #[test]
    fn swapped_numbers_are_told() {
        for text in ["-0.16,51.43", "-122.4,37.8"] {
            let error = text.parse::<Coordinates>().unwrap_err();
            assert!(matches!(error, CoordinatesError::Swapped { .. }), "{error}");
        }
        let error = Coordinates::new(-122.4, 37.8).unwrap_err();
        assert!(
            error.to_string().contains("did you mean 37.8,-122.4?"),
            "{error}"
        );
    }

    #[test]
    fn numbers_off_the_globe_are_refused() {
        assert!(matches!(
            "91,200".parse::<Coordinates>(),
            Err(CoordinatesError::Range { .. })
        ));
        assert!(Coordinates::new(f64::NAN, 0.0).is_err());
        assert!("nan,inf".parse::<Coordinates>().is_err());
        assert!("1,2,3".parse::<Coordinates>().is_err());
        assert!("".parse::<Coordinates>().is_err());
    }

    #[test]
    fn a_record_with_one_number_has_no_point() {
        assert_eq!(Coordinates::of(Some(51.0), None), None);
        assert_eq!(Coordinates::of(Some(f64::INFINITY), Some(0.0)), None);
        assert!(Coordinates::of(Some(51.0), Some(0.0)).is_some());
    }
}
