//! Offers and asks from a table with the columns `organization`, `direction`,
//! `kind`, `title` and, where known, the rest of the header that our export writes.
//!
//! `organization` is handed on as it is written, to be looked up in the whole
//! directory. Words about price and access are read into a number and into
//! features as far as they go, and kept where they say more.

use std::collections::BTreeMap;

use jiff::civil::{Time, Weekday};

use super::findings::Findings;
use super::table::{Rejected, Row, Table, finite};
use super::{Draft, Reading, Reference};
use crate::model::{
    AccessFeature, Direction, Kind, Offer, OfferId, OrganizationId, Record, ResourceKind, derive_id,
};

/// What this reads, as reports name it.
const FORMAT: &str = "offers-csv";

/// Reads a table of offers and asks.
pub(super) fn read(file: &str, bytes: &[u8], source: &str) -> Reading {
    let table = Table::read(bytes);
    let mut findings = Findings::of(file);
    let mut reading = Reading {
        format: FORMAT,
        rows: [("offers".to_owned(), table.len())].into(),
        speaks_for: vec![Kind::Offer],
        ..Reading::default()
    };
    if table.has_columns(
        &["organization", "direction", "kind", "title"],
        &mut findings,
    ) {
        let mut seen: BTreeMap<OfferId, Vec<(String, Offer)>> = BTreeMap::new();
        for row in table.rows() {
            let Ok((organization, offer)) = offer(row, source, &mut findings) else {
                continue;
            };
            let mut offer = offer;
            let alike = seen.entry(offer.id).or_default();
            let this = (organization.to_owned(), offer.clone());
            if alike.contains(&this) {
                findings.warn(
                    "offer-repeated",
                    Some(row.number),
                    "title",
                    format_args!("the same row stands further up, and that one counts"),
                );
                continue;
            }
            // Two rooms may share a title: the second gets an id of its own.
            if !alike.is_empty() {
                let key = format!("{}#{}", offer.id, alike.len() + 1);
                offer.id = OfferId(derive_id(source, "offer", &key));
            }
            alike.push(this);
            reading.drafts.push(Draft {
                foreign_id: row.foreign_id(offer.id.0),
                record: Record::Offer(offer),
                place: findings.place(Some(row.number)),
                references: vec![Reference {
                    field: "organization",
                    text: organization.to_owned(),
                }],
            });
        }
    }
    findings.put_into(&mut reading);
    reading
}

fn offer<'a>(
    row: Row<'a>,
    source: &str,
    findings: &mut Findings<'_>,
) -> Result<(&'a str, Offer), Rejected> {
    let mut required = |name: &'static str, example: &str| {
        row.cell(name).ok_or_else(|| {
            findings.reject(
                Some(row.number),
                name,
                format_args!("`{name}` is empty"),
                format_args!("fill it in, for example with {example}"),
            );
            Rejected
        })
    };
    let organization = required("organization", "the organization's id, number or name")?;
    let title = required("title", "`Meeting room for 20`")?;
    let direction = one_of(
        row,
        "direction",
        &[Direction::Offer, Direction::Ask].map(|direction| (direction.name(), direction)),
        findings,
    )?;
    let kind = one_of(
        row,
        "kind",
        &ResourceKind::ALL.map(|kind| (kind.name(), kind)),
        findings,
    )?;
    let valid_from = row.first_day("valid_from", findings);
    let valid_to = row.last_day("valid_to", valid_from, findings)?;
    let (latitude, longitude) = position(row, findings);
    let (access, access_note) = access(row, findings);
    let (cost, cost_note) = cost(row);
    let key = format!(
        "{organization}|{}|{}|{title}",
        direction.name(),
        kind.name()
    );
    let id = row
        .cell("id")
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| OfferId(derive_id(source, "offer", &key)));
    let offer = Offer {
        id,
        organization_id: OrganizationId::default(),
        direction,
        kind,
        title: title.to_owned(),
        description: row.text("description"),
        location_id: row.cell("location_id").and_then(|id| id.parse().ok()),
        postcode: row.text("postcode"),
        latitude,
        longitude,
        capacity: row.number_in("capacity", findings),
        days: days(row, findings),
        from_time: time(row, "from_time", findings),
        to_time: time(row, "to_time", findings),
        access,
        access_note,
        cost,
        cost_note,
        valid_from,
        valid_to,
    };
    Ok((organization, offer))
}

fn one_of<T: Copy>(
    row: Row<'_>,
    name: &'static str,
    known: &[(&'static str, T)],
    findings: &mut Findings<'_>,
) -> Result<T, Rejected> {
    let written = row.cell(name).unwrap_or_default();
    let folded = written.to_lowercase();
    // `skills` and `volunteer` are what people type for `skill` and `volunteers`.
    let plain = |word: &str| word.trim_end_matches('s').to_owned();
    if let Some((_, value)) = known.iter().find(|(word, _)| plain(word) == plain(&folded)) {
        return Ok(*value);
    }
    let words: Vec<_> = known.iter().map(|(word, _)| *word).collect();
    findings.reject(
        Some(row.number),
        name,
        format_args!("`{written}` is not a {name}"),
        format_args!("write one of {}", words.join(", ")),
    );
    Err(Rejected)
}

/// Both coordinates or none.
fn position(row: Row<'_>, findings: &mut Findings<'_>) -> (Option<f64>, Option<f64>) {
    let latitude = row.number_in("latitude", findings);
    let longitude = row.number_in("longitude", findings);
    match (latitude, longitude) {
        (Some(north), Some(east))
            if (-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east) =>
        {
            (Some(north), Some(east))
        }
        (None, None) => (None, None),
        _ => {
            findings.warn(
                "position-left-out",
                Some(row.number),
                "latitude",
                format_args!("latitude and longitude do not make a place and were left out"),
            );
            (None, None)
        }
    }
}

/// Weekdays as `MO;WE`, also with commas, blanks or English names, in the order of the week.
fn days(row: Row<'_>, findings: &mut Findings<'_>) -> Vec<Weekday> {
    let mut days = Vec::new();
    let cell = row.cell("days").unwrap_or_default();
    for word in cell
        .split([';', ',', ' ', '/'])
        .filter(|word| !word.is_empty())
    {
        match weekday(word) {
            Some(day) => days.push(day),
            None => findings.warn(
                "day-left-out",
                Some(row.number),
                "days",
                format_args!("`{word}` is not a weekday and was left out"),
            ),
        }
    }
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    days
}

fn weekday(word: &str) -> Option<Weekday> {
    let start: String = word.chars().take(2).flat_map(char::to_lowercase).collect();
    let names = ["mo", "tu", "we", "th", "fr", "sa", "su"];
    let place = names.iter().position(|name| *name == start)?;
    Weekday::from_monday_zero_offset(place as i8).ok()
}

/// A time of day, `18:30`, also `18.30`, `1830` or `6pm`.
fn time(row: Row<'_>, name: &str, findings: &mut Findings<'_>) -> Option<Time> {
    let cell = row.cell(name)?;
    let folded = cell
        .to_lowercase()
        .replace([' ', '.'], ":")
        .replace(":am", "am")
        .replace(":pm", "pm");
    let read = ["%H:%M", "%H:%M:%S", "%I:%M%p", "%I%p", "%H%M"]
        .iter()
        .find_map(|format| Time::strptime(format, &folded).ok());
    if read.is_none() {
        findings.warn(
            "time-left-out",
            Some(row.number),
            name,
            format_args!("`{cell}` is not a time of day and was left out"),
        );
    }
    read
}

/// Features out of words such as `step-free; hearing loop`. The words are kept
/// where one of them is no known feature.
fn access(row: Row<'_>, findings: &mut Findings<'_>) -> (Vec<AccessFeature>, Option<String>) {
    let mut features = Vec::new();
    let mut understood = true;
    let cell = row.cell("access").unwrap_or_default();
    for words in cell
        .split([';', ','])
        .map(str::trim)
        .filter(|words| !words.is_empty())
    {
        if let Some(feature) = access_feature(words) {
            if !features.contains(&feature) {
                features.push(feature);
            }
        } else {
            understood = false;
            findings.warn(
                "access-in-words",
                Some(row.number),
                "access",
                format_args!("`{words}` is not a known feature and was kept as words"),
            );
        }
    }
    let note = row
        .text("access_note")
        .or_else(|| (!understood).then(|| cell.to_owned()));
    (features, note)
}

fn access_feature(words: &str) -> Option<AccessFeature> {
    AccessFeature::named(words).or_else(|| match words.to_lowercase().as_str() {
        "level access" | "level entrance" | "level entry" | "ramp" | "step free access" => {
            Some(AccessFeature::StepFree)
        }
        "wheelchair access" | "wheelchair accessible" => Some(AccessFeature::Wheelchair),
        "disabled toilet" | "accessible wc" => Some(AccessFeature::AccessibleToilet),
        "induction loop" => Some(AccessFeature::HearingLoop),
        "british sign language" => Some(AccessFeature::Bsl),
        _ => None,
    })
}

/// Pounds a session out of `12.50`, `£12 an hour`, `up to £15` or `free`, and the
/// words where they say more. `free for members` is a condition, not a price.
fn cost(row: Row<'_>) -> (Option<f64>, Option<String>) {
    let stated = row.text("cost_note");
    let Some(cell) = row.cell("cost") else {
        return (None, stated);
    };
    if let Some(sum) = finite(cell).filter(|sum| *sum >= 0.0) {
        return (Some(sum), stated);
    }
    let folded = cell.to_lowercase();
    let words = stated.or_else(|| Some(cell.to_owned()));
    if folded == "free" || folded == "no charge" {
        return (Some(0.0), words);
    }
    let sum = ["can pay up to ", "can pay ", "up to "]
        .iter()
        .find_map(|start| folded.strip_prefix(start))
        .unwrap_or(&folded)
        .strip_prefix('£')
        .map(|rest| {
            let end = rest.find(|sign: char| !sign.is_ascii_digit() && !".,".contains(sign));
            rest[..end.unwrap_or(rest.len())].trim_end_matches([',', '.'])
        })
        .and_then(finite);
    (sum, words)
}

#[cfg(test)]
mod tests {

    use super::*;

    fn one(header: &str, row: &str) -> (Offer, Reading) {
        let text = format!(
            "organization,direction,kind,title,{header}\nHall Trust,offer,space,Hall,{row}\n"
        );
        let reading = read("offers.csv", text.as_bytes(), "test");
        let Record::Offer(offer) = reading.drafts[0].record.clone() else {
            unreachable!("this reader makes offers only")
        };
        (offer, reading)
    }

    #[test]
    fn prices_are_read_out_of_words_and_the_words_kept() {
        for (written, sum) in [
            ("12.50", Some(12.5)),
            ("free", Some(0.0)),
            ("£40 an hour", Some(40.0)),
            ("\"£1,200, free for members\"", Some(1200.0)),
            ("can pay up to £60", Some(60.0)),
            ("free for carers' groups", None),
            ("deposit £10", None),
            ("donation", None),
        ] {
            let (offer, _) = one("cost", written);
            assert_eq!(offer.cost, sum, "{written}");
            let words = written.trim_matches('"');
            let kept = (words != "12.50").then_some(words);
            assert_eq!(offer.cost_note.as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn access_is_read_as_features_and_unknown_words_are_kept() {
        let (offer, reading) = one("access", "ramp; hearing loop; gravel paths");
        assert_eq!(
            offer.access,
            [AccessFeature::StepFree, AccessFeature::HearingLoop]
        );
        assert_eq!(
            offer.access_note.as_deref(),
            Some("ramp; hearing loop; gravel paths")
        );
        assert_eq!(reading.warnings[0].kind, "access-in-words");
        assert_eq!(one("access", "step-free; BSL").0.access_note, None);
    }

    #[test]
    fn days_and_times_are_read_as_people_write_them() {
        let (offer, _) = one("days,from_time,to_time", "Wednesday;MO,18.30,9pm");
        assert_eq!(offer.days, [Weekday::Monday, Weekday::Wednesday]);
        assert_eq!(offer.from_time.unwrap().to_string(), "18:30:00");
        assert_eq!(offer.to_time.unwrap().to_string(), "21:00:00");
    }

    #[test]
    fn two_rooms_of_one_title_stay_two_and_a_repeated_row_counts_once() {
        let text = "organization,direction,kind,title,capacity\n\
                    A,offer,space,Room,10\nA,offer,space,Room,20\nA,offer,spaces,Room,10\n";
        let reading = read("offers.csv", text.as_bytes(), "test");
        assert_eq!(reading.drafts.len(), 2);
        assert_ne!(reading.drafts[0].record.id(), reading.drafts[1].record.id());
        assert_eq!(reading.warnings[0].kind, "offer-repeated");
    }

    #[test]
    fn an_unknown_kind_or_direction_rejects_the_row() {
        let text = "organization,direction,kind,title\nA,give,space,Room\nA,ask,boat,Boat\n";
        let reading = read("offers.csv", text.as_bytes(), "test");
        let fields: Vec<_> = reading
            .rejections
            .iter()
            .map(|r| r.field.as_deref())
            .collect();
        assert_eq!(fields, [Some("direction"), Some("kind")]);
    }
}
