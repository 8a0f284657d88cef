//! Postcodes of the United Kingdom: their shape, and the slips people make.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A postcode of valid shape, in capitals. Whether it exists is for the
/// gazetteer to say.
///
/// ```
/// use causeway_engine::geography::Postcode;
/// let postcode: Postcode = " swi7 oqt".parse().unwrap(); // letters for digits
/// assert_eq!(postcode.to_string(), "SW17 0QT");
/// assert_eq!((postcode.outward(), postcode.inward()), ("SW17", "0QT"));
/// assert_eq!(postcode.sector(), "SW17 0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    /// With the blank, always ASCII.
    text: String,
    /// Where the blank is.
    blank: usize,
}

/// The greater part of a postcode that somebody gave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostcodePart {
    /// For example `SW17 0`.
    Sector(String),
    /// For example `SW17`.
    District(String),
}

/// Why text is no postcode.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostcodeError {
    /// Nothing was given.
    #[error("the postcode is empty; write it like SW17 0QT")]
    Empty,
    /// A character that no postcode has.
    #[error("postcode '{text}' has a '{character}'; postcodes have letters and digits only")]
    Character {
        /// What was given.
        text: String,
        /// What is wrong in it.
        character: char,
    },
    /// Too short or too long.
    #[error(
        "postcode '{text}' has {length} letters and digits; a whole postcode has 5 to 7, like SW17 0QT"
    )]
    Length {
        /// What was given.
        text: String,
        /// How many letters and digits.
        length: usize,
    },
    /// The second half is wrong.
    #[error(
        "postcode '{text}' ends in '{inward}'; the second half is a digit and two letters (never C, I, K, M, O or V), like 0QT"
    )]
    Inward {
        /// What was given.
        text: String,
        /// Its second half.
        inward: String,
    },
    /// The first half is wrong.
    #[error(
        "postcode '{text}' begins with '{outward}', which is no postcode district; the first half is like SW17, N1 or EC1A"
    )]
    Outward {
        /// What was given.
        text: String,
        /// Its first half.
        outward: String,
    },
}

/// The areas that postcodes begin with, sorted.
const AREAS: &[&str] = &[
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB",
    "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT",
    "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP",
    "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD",
    "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW",
    "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK",
    "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR",
    "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

impl Postcode {
    /// The first half, the district: `SW17`.
    #[must_use]
    pub fn outward(&self) -> &str {
        &self.text[..self.blank]
    }

    /// The second half: `0QT`.
    #[must_use]
    pub fn inward(&self) -> &str {
        &self.text[self.blank + 1..]
    }

    /// The first half and the digit after it: `SW17 0`.
    #[must_use]
    pub fn sector(&self) -> &str {
        &self.text[..self.blank + 2]
    }

    /// The district, which is the first half by its other name.
    #[must_use]
    pub fn district(&self) -> &str {
        self.outward()
    }

    /// The letters the postcode begins with: `SW`.
    #[must_use]
    pub fn area(&self) -> &str {
        area_of(self.outward())
    }
}

impl FromStr for Postcode {
    type Err = PostcodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (text, compact) = compact(text)?;
        if compact == "GIR0AA" {
            return Ok(Self {
                text: "GIR 0AA".to_owned(),
                blank: 3,
            });
        }
        if !(5..=7).contains(&compact.len()) {
            return Err(PostcodeError::Length {
                text,
                length: compact.len(),
            });
        }
        let (outward, inward) = compact.split_at(compact.len() - 3);
        let Some(folded_inward) = fold_inward(inward) else {
            return Err(PostcodeError::Inward {
                text,
                inward: inward.to_owned(),
            });
        };
        let Some(folded_outward) = fold_outward(outward) else {
            return Err(PostcodeError::Outward {
                text,
                outward: outward.to_owned(),
            });
        };
        Ok(Self {
            blank: folded_outward.len(),
            text: format!("{folded_outward} {folded_inward}"),
        })
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PostcodePart {
    /// Reads a district (`SW17`) or, with the blank, a sector (`SW17 0`).
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let mut halves = text.split_whitespace();
        let (first, second, None) = (halves.next()?, halves.next(), halves.next()) else {
            return None;
        };
        let (_, first) = compact(first).ok()?;
        let district = fold_outward(&first)?;
        match second {
            None => Some(Self::District(district)),
            Some(second) => {
                let [digit] = second.as_bytes() else {
                    return None;
                };
                let digit = as_digit(digit.to_ascii_uppercase())?;
                Some(Self::Sector(format!("{district} {}", char::from(digit))))
            }
        }
    }
}

/// The text trimmed, and its letters and digits in capitals.
fn compact(text: &str) -> Result<(String, String), PostcodeError> {
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(PostcodeError::Empty);
    }
    let mut compact = String::with_capacity(8);
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            compact.push(character.to_ascii_uppercase());
        } else if !(character.is_whitespace() || matches!(character, '.' | '-')) {
            return Err(PostcodeError::Character { text, character });
        }
    }
    Ok((text, compact))
}

/// A letter that is read as the digit it looks like.
fn as_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte),
        b'O' => Some(b'0'),
        b'I' | b'L' => Some(b'1'),
        _ => None,
    }
}

/// A digit that is read as the letter it looks like.
fn as_letter(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte),
        b'0' => Some(b'O'),
        b'1' => Some(b'I'),
        _ => None,
    }
}

/// A digit and two letters. The letters that look like digits are never used here.
fn fold_inward(inward: &str) -> Option<String> {
    let [digit, first, second] = inward.as_bytes() else {
        return None;
    };
    let valid = |byte: u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(&byte);
    (valid(*first) && valid(*second)).then_some(())?;
    Some(
        [as_digit(*digit)?, *first, *second]
            .map(char::from)
            .iter()
            .collect(),
    )
}

/// The one district that these two to four characters can mean. As written
/// goes first; else the only reading with letters and digits exchanged where
/// they look alike.
fn fold_outward(outward: &str) -> Option<String> {
    if is_outward(outward.as_bytes()) {
        return Some(outward.to_owned());
    }
    let mut readings: Vec<Vec<u8>> = vec![Vec::with_capacity(4)];
    for byte in outward.bytes().take(5) {
        let mut choices = vec![byte];
        choices.extend(as_digit(byte).filter(|other| *other != byte));
        choices.extend(as_letter(byte).filter(|other| *other != byte));
        readings = choices
            .iter()
            .flat_map(|choice| {
                readings
                    .iter()
                    .map(|reading| [reading.as_slice(), &[*choice]].concat())
            })
            .collect();
    }
    readings.retain(|reading| is_outward(reading));
    match readings.as_slice() {
        [only] => Some(only.iter().copied().map(char::from).collect()),
        _ => None,
    }
}

/// A known area, then one or two digits or a digit and a letter.
fn is_outward(outward: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(outward) else {
        return false;
    };
    let area = area_of(text);
    if AREAS.binary_search(&area).is_err() {
        return false;
    }
    match &outward[area.len()..] {
        [digit] => digit.is_ascii_digit(),
        [b'0', _] => false,
        [first, second] => {
            first.is_ascii_digit()
                && (second.is_ascii_digit() || b"ABCDEFGHJKMNPRSTUVWXY".contains(second))
        }
        _ => false,
    }
}

fn area_of(outward: &str) -> &str {
    let letters = outward.bytes().take_while(u8::is_ascii_uppercase).count();
    &outward[..letters]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<Postcode>().unwrap().to_string(), expected);
    }

    fn refused(text: &str, expected: &str) {
        let message = text.parse::<Postcode>().unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn the_areas_are_sorted_for_the_search() {
        assert!(AREAS.is_sorted());
    }

    #[test]
    fn case_blanks_and_stops_do_not_matter() {
        check("sw170qt", "SW17 0QT");
        check("  Sw 17 0 qT ", "SW17 0QT");
        check("SW17-0QT", "SW17 0QT");
        check("n1 9gu", "N1 9GU");
        check("EC1A1BB", "EC1A 1BB");
        check("w1a 0ax", "W1A 0AX");
        check("gir 0aa", "GIR 0AA");
    }

    #[test]
    fn slips_with_one_reading_are_mended() {
        check("SWI7 OQT", "SW17 0QT");
        check("SW1O 9AA", "SW10 9AA");
        check("0X4 1AA", "OX4 1AA");
        check("1G1 1AA", "IG1 1AA");
        check("SW17 OQT", "SW17 0QT");
        check("E1O 5QJ", "E10 5QJ");
    }

    #[test]
    fn what_is_written_right_is_left_alone() {
        check("OL1 1AA", "OL1 1AA");
        check("L1 0AA", "L1 0AA");
        check("BT1 1AA", "BT1 1AA");
        check("CR0 1AA", "CR0 1AA");
    }

    #[test]
    fn an_error_says_what_and_how() {
        refused("", "empty");
        refused("SW17 0Q", "second half");
        refused("SW17", "5 to 7");
        refused("QQ1 1AA", "no postcode district");
        refused("SW17 0CT", "never C");
        refused("SW17 0Q£", "'£'");
        refused("33125", "second half");
        refused("SW17 0QT SW17 0QT", "5 to 7");
    }

    #[test]
    fn a_part_is_read_for_what_it_is() {
        assert_eq!(
            PostcodePart::find("sw17"),
            Some(PostcodePart::District("SW17".into()))
        );
        assert_eq!(
            PostcodePart::find("SW17 o"),
            Some(PostcodePart::Sector("SW17 0".into()))
        );
        assert_eq!(PostcodePart::find("Tooting"), None);
        assert_eq!(PostcodePart::find("SW17 0Q"), None);
        assert_eq!(PostcodePart::find(""), None);
    }

    proptest! {
        #[test]
        fn reading_never_fails_otherwise_than_by_an_error(text in "\\PC{0,12}") {
            let _ = text.parse::<Postcode>();
            let _ = PostcodePart::find(&text);
        }

        #[test]
        fn what_is_shown_reads_back_the_same(
            area in proptest::sample::select(AREAS),
            number in 1..99_u8,
            inward in "[0-9][ABD-HJLNP-UW-Z]{2}",
        ) {
            let text = format!("{area}{number} {inward}");
            let postcode: Postcode = text.parse().unwrap();
            prop_assert_eq!(postcode.to_string(), text.clone());
            let slip = text.replace(' ', "").to_lowercase();
            prop_assert_eq!(slip.parse::<Postcode>().unwrap(), postcode);
        }
    }
}
