//! Postcodes and where they are: the ONS Postcode Directory (ONSPD) and the
//! National Statistics Postcode Lookup (NSPL), Ordnance Survey's Code-Point
//! Open, and plain tables of postcode, latitude and longitude.
//!
//! There are two and a half million postcodes and files of more than a
//! gigabyte, so rows stay bytes and a good row allocates nothing.

use csv::ByteRecord;
use rayon::slice::ParallelSliceMut;
use uuid::Uuid;

use super::findings::Findings;
use super::national_grid;
use super::table::{fold_name, reader_of};
use super::{Draft, Reading};
use crate::model::{Kind, PostcodeDistrict, PostcodeDistrictId, PostcodePoint, Record, derive_id};

/// What this reads, as reports name it.
const FORMAT: &str = "postcodes-csv";

/// Reads a table of postcodes, one draft for each district.
pub(super) fn read(file: &str, bytes: &[u8], source: &str) -> Reading {
    let mut findings = Findings::of(file);
    let mut reading = Reading {
        format: FORMAT,
        speaks_for: vec![Kind::PostcodeDistrict],
        ..Reading::default()
    };
    let (rows, mut places) = read_places(bytes, &mut findings);
    reading.rows.insert("postcodes".to_owned(), rows);
    // The row is part of the key, so that no two are equal and the last row of a
    // postcode comes last.
    places.par_sort_unstable_by_key(|place| {
        (place.outward, place.district, place.point.inward, place.row)
    });
    for district in places.chunk_by(|a, b| (a.outward, a.district) == (b.outward, b.district)) {
        let Some(first) = district.first() else {
            continue;
        };
        let outward = text(&first.outward);
        let id = first
            .district
            .unwrap_or_else(|| derive_id(source, "postcode_district", &outward));
        let mut points: Vec<PostcodePoint> = Vec::with_capacity(district.len());
        for place in district {
            match points.last_mut() {
                Some(last) if last.inward == place.point.inward => {
                    findings.warn(
                        "postcode-repeated",
                        Some(place.row),
                        "postcode",
                        format_args!(
                            "{outward} {} stands further up, and this row counts",
                            text(&place.point.inward)
                        ),
                    );
                    *last = place.point;
                }
                _ => points.push(place.point),
            }
        }
        points.shrink_to_fit();
        reading.drafts.push(Draft {
            record: Record::PostcodeDistrict(PostcodeDistrict {
                id: PostcodeDistrictId(id),
                outward: outward.clone(),
                points,
            }),
            foreign_id: Some(outward),
            place: findings.place(None),
            references: Vec::new(),
        });
    }
    findings.put_into(&mut reading);
    reading
}

/// A postcode of a row.
struct PlacedPostcode {
    /// Filled up with zeros.
    outward: [u8; 4],
    /// The id of its district, as our own export gives it.
    district: Option<Uuid>,
    row: u64,
    point: PostcodePoint,
}

/// Which columns say what.
struct Columns {
    postcode: usize,
    position: Position,
    terminated: Option<usize>,
    district: Option<usize>,
}

/// Columns of latitude and longitude, or of easting and northing.
enum Position {
    Degrees(usize, usize),
    Grid(usize, usize),
}

impl Columns {
    /// Code-Point Open comes without a header: postcode, quality, easting, northing.
    const CODE_POINT_OPEN: Self = Self {
        postcode: 0,
        position: Position::Grid(2, 3),
        terminated: None,
        district: None,
    };

    fn of(header: &ByteRecord) -> Result<Self, &'static str> {
        let names: Vec<String> = header
            .iter()
            .map(|cell| fold_name(&String::from_utf8_lossy(cell)))
            .collect();
        let first = |known: &[&str]| {
            known
                .iter()
                .find_map(|name| names.iter().position(|column| column == name))
        };
        let postcode = first(&["pcds", "postcode", "pcd", "pcd2", "pcd7", "pcd8", "pc"]);
        let degrees = first(&["lat", "latitude"]).zip(first(&["long", "lon", "lng", "longitude"]));
        let grid = first(&["oseast1m", "east1m", "easting", "eastings", "ea"]).zip(first(&[
            "osnrth1m",
            "north1m",
            "northing",
            "northings",
            "no",
        ]));
        let position = degrees
            .map(|(north, east)| Position::Degrees(north, east))
            .or(grid.map(|(east, north)| Position::Grid(east, north)));
        Ok(Self {
            postcode: postcode.ok_or("postcode")?,
            position: position.ok_or("latitude")?,
            terminated: first(&["doterm", "terminated"]),
            district: first(&["district_id"]),
        })
    }

    /// Latitude and longitude of a row, where it gives a place in the United Kingdom.
    fn position(&self, row: &ByteRecord) -> Option<(f64, f64)> {
        let number = |column| {
            std::str::from_utf8(row.get(column)?)
                .ok()?
                .parse::<f64>()
                .ok()
        };
        let (latitude, longitude) = match self.position {
            Position::Degrees(north, east) => (number(north)?, number(east)?),
            Position::Grid(east, north) => {
                let (east, north) = (number(east)?, number(north)?);
                // Code-Point Open writes 0, 0 for a postcode without a place.
                if east <= 0.0 {
                    return None;
                }
                national_grid::to_wgs84(east, north)?
            }
        };
        // From the Channel Islands to Shetland. It also turns away ONSPD's
        // 99.999999 for 'none', and columns that were swapped.
        let within = (48.9..=61.5).contains(&latitude) && (-9.0..=2.5).contains(&longitude);
        within.then_some((latitude, longitude))
    }
}

fn read_places(bytes: &[u8], findings: &mut Findings<'_>) -> (u64, Vec<PlacedPostcode>) {
    let mut reader = reader_of(bytes);
    let mut row = ByteRecord::new();
    let mut places = Vec::new();
    let mut rows = 0;
    if !matches!(reader.read_byte_record(&mut row), Ok(true)) {
        return (rows, places);
    }
    let headless = row.len() >= 4 && row.get(0).is_some_and(|cell| parsed(cell).is_some());
    let columns = if headless {
        Ok(Columns::CODE_POINT_OPEN)
    } else {
        Columns::of(&row)
    };
    let columns = match columns {
        Ok(columns) => Some(columns),
        Err(missing) => {
            findings.reject(
                None,
                missing,
                format_args!("the table has no column `{missing}`"),
                format_args!(
                    "give it a header with postcode, latitude, longitude, or import ONSPD, NSPL or Code-Point Open as published"
                ),
            );
            None
        }
    };
    let mut more = headless || matches!(reader.read_byte_record(&mut row), Ok(true));
    while more {
        rows += 1;
        if let Some(columns) = &columns
            && let Some(place) = placed(&row, rows, columns, findings)
        {
            places.push(place);
        }
        more = matches!(reader.read_byte_record(&mut row), Ok(true));
    }
    (rows, places)
}

fn placed(
    cells: &ByteRecord,
    row: u64,
    columns: &Columns,
    findings: &mut Findings<'_>,
) -> Option<PlacedPostcode> {
    let written = cells.get(columns.postcode).unwrap_or_default();
    let Some((outward, inward)) = parsed(written) else {
        findings.reject(
            Some(row),
            "postcode",
            format_args!("`{}` is not a postcode", String::from_utf8_lossy(written)),
            format_args!("write it in full, for example SW17 0QT"),
        );
        return None;
    };
    let Some((latitude, longitude)) = columns.position(cells) else {
        findings.reject(
            Some(row),
            "latitude",
            format_args!(
                "{} has no place in the United Kingdom",
                String::from_utf8_lossy(written)
            ),
            format_args!(
                "nothing, where the source knows none; otherwise check that the coordinates are WGS84 and not swapped"
            ),
        );
        return None;
    };
    let filled = |column: Option<usize>| {
        column
            .and_then(|column| cells.get(column))
            .filter(|cell| !cell.is_empty())
    };
    Some(PlacedPostcode {
        outward,
        district: filled(columns.district).and_then(|cell| Uuid::try_parse_ascii(cell).ok()),
        row,
        point: PostcodePoint {
            inward,
            latitude,
            longitude,
            // A date in ONSPD, a word in our own export.
            terminated: filled(columns.terminated)
                .is_some_and(|cell| !cell.eq_ignore_ascii_case(b"false") && cell != b"0"),
        },
    })
}

/// Outward code, filled up with zeros, and inward code of a postcode in any
/// case, with blanks anywhere.
fn parsed(written: &[u8]) -> Option<([u8; 4], [u8; 3])> {
    let mut signs = [0_u8; 7];
    let mut count = 0;
    for byte in written.iter().filter(|byte| **byte != b' ') {
        *signs.get_mut(count)? = byte.to_ascii_uppercase();
        count += 1;
    }
    let (outward, inward) = signs.get(..count)?.split_last_chunk::<3>()?;
    let is_inward = inward[0].is_ascii_digit()
        && inward[1].is_ascii_uppercase()
        && inward[2].is_ascii_uppercase();
    let (letter, digit) = (u8::is_ascii_uppercase, u8::is_ascii_digit);
    let is_outward = match outward {
        [a, b] => letter(a) && digit(b),
        [a, b, c] => {
            (letter(a) && digit(b) && (digit(c) || letter(c)))
                || (letter(a) && letter(b) && digit(c))
                // Girobank, and Newport until 1984: no digit in either.
                || matches!(outward, b"GIR" | b"NPT")
        }
        [a, b, c, d] => letter(a) && letter(b) && digit(c) && (digit(d) || letter(d)),
        _ => false,
    };
    if !is_inward || !is_outward {
        return None;
    }
    let mut filled = [0; 4];
    filled.get_mut(..outward.len())?.copy_from_slice(outward);
    Some((filled, *inward))
}

/// The signs of a code, which are ASCII, without the zeros at its end.
fn text(code: &[u8]) -> String {
    code.iter()
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(*byte))
        .collect()
}

#[cfg(test)]
mod tests {

    use super::*;

    fn read_text(text: &str) -> Reading {
        read("postcodes.csv", text.as_bytes(), "test")
    }

    fn districts(reading: &Reading) -> Vec<&PostcodeDistrict> {
        reading
            .drafts
            .iter()
            .filter_map(|draft| match &draft.record {
                Record::PostcodeDistrict(district) => Some(district),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn postcodes_are_told_from_what_only_looks_like_them() {
        for good in [
            "SW17 0QT", "sw170qt", "M1 1AE", "EC1A 1BB", "W1A 0AX", "B338TH", "GIR 0AA", "NPT 0AD",
        ] {
            assert!(parsed(good.as_bytes()).is_some(), "{good}");
        }
        for bad in [
            "",
            "SW17",
            "SW17 QT0",
            "POOLE",
            "WIRRAL",
            "1W17 0QT",
            "SW171 0QTX",
            "SWW1 0QT",
        ] {
            assert!(parsed(bad.as_bytes()).is_none(), "{bad}");
        }
    }

    #[test]
    fn points_are_grouped_by_district_and_the_last_row_of_a_postcode_wins() {
        let reading = read_text(
            "postcode,lat,lon\nSW17 0QT,51.4,-0.17\nSW11 1AA,51.5,-0.16\nsw170qt,51.42,-0.18\nSW17 0AA,51.41,-0.17\nPOOLE,51,-1\nSW17 0AB,,\n",
        );
        let read = districts(&reading);
        let outward: Vec<_> = read
            .iter()
            .map(|district| district.outward.as_str())
            .collect();
        assert_eq!(outward, ["SW11", "SW17"]);
        let inward: Vec<_> = read[1].points.iter().map(|point| point.inward).collect();
        assert_eq!(inward, [*b"0AA", *b"0QT"]);
        assert!((read[1].points[1].latitude - 51.42).abs() < 1e-12);
        assert_eq!(reading.warnings.len(), 1);
        let rows: Vec<_> = reading.rejections.iter().map(|r| r.place.row).collect();
        assert_eq!(rows, [Some(5), Some(6)]);
        assert_eq!(reading.rows["postcodes"], 6);
    }

    #[test]
    fn the_postcode_directory_says_what_is_terminated_and_what_has_no_place() {
        let reading = read_text(
            "pcd,pcds,doterm,lat,long\nSW170QT,SW17 0QT,,51.42,-0.17\nSW170AA,SW17 0AA,199612,51.42,-0.17\nJE2 3AB,JE2 3AB,,99.999999,0.000000\n",
        );
        let terminated: Vec<_> = districts(&reading)[0]
            .points
            .iter()
            .map(|point| point.terminated)
            .collect();
        assert_eq!(terminated, [true, false]);
        assert_eq!(reading.rejections.len(), 1);
    }

    #[test]
    fn code_point_open_is_read_without_a_header() {
        // The grid position is the reference one of 51.435685, -0.098775.
        let reading = read_text(
            "\"SE27 9AA\",10,532250,172457,\"E92000001\",\"\",\"\",\"\",\"E09000022\",\"E05\"\n\"SE279AB\",90,0,0,,,,,,\n",
        );
        let point = districts(&reading)[0].points[0];
        assert!((point.latitude - 51.435_685).abs() < 6e-5);
        assert!((point.longitude + 0.098_775).abs() < 9e-5);
        assert_eq!(reading.rows["postcodes"], 2);
        assert_eq!(reading.rejections.len(), 1);
    }

    #[test]
    fn a_table_without_places_is_rejected_as_a_whole_and_counted() {
        let reading = read_text("postcode,town\nSW17 0QT,London\n");
        assert_eq!(reading.rejections[0].place.row, None);
        assert_eq!(reading.rows["postcodes"], 1);
    }

    #[test]
    fn all_postcodes_of_london_are_read() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/data/geo/postcodes_london.csv.gz"
        );
        let Ok(packed) = std::fs::File::open(path) else {
            eprintln!("skipped: shared/data/geo/postcodes_london.csv.gz not there");
            return;
        };
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed), &mut bytes).unwrap();
        let reading = read("postcodes_london.csv", &bytes, "test");
        let points: usize = districts(&reading)
            .iter()
            .map(|district| district.points.len())
            .sum();
        assert_eq!((reading.rows["postcodes"], points), (331_254, 331_254));
        assert_eq!((reading.rejections.len(), reading.warnings.len()), (0, 0));
        let sorted = districts(&reading)
            .iter()
            .all(|district| district.points.is_sorted_by_key(|point| point.inward));
        assert!(sorted);
    }
}
