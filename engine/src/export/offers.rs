//! Offers and asks as a table.

use super::{ExportError, cell, table};
use crate::model::{AccessFeature, Directory, Offer};

/// The file's name.
pub(super) const FILE: &str = "offers.csv";

const HEADER: [&str; 20] = [
    "id",
    "organization",
    "direction",
    "kind",
    "title",
    "description",
    "location_id",
    "postcode",
    "latitude",
    "longitude",
    "capacity",
    "days",
    "from_time",
    "to_time",
    "access",
    "access_note",
    "cost",
    "cost_note",
    "valid_from",
    "valid_to",
];

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Writes all offers and asks.
pub(super) fn write(directory: &Directory) -> Result<Option<Vec<u8>>, ExportError> {
    let rows = directory.offers.iter().map(|offer| {
        let confidential = offer
            .location_id
            .and_then(|id| directory.locations.find(id))
            .is_some_and(|location| location.confidential);
        row(offer, confidential)
    });
    table(FILE, &HEADER, rows)
}

/// A row, without the place where that is confidential.
fn row(offer: &Offer, confidential: bool) -> Vec<String> {
    let days: Vec<_> = offer
        .days
        .iter()
        .filter_map(|day| DAYS.get(usize::try_from(day.to_monday_zero_offset()).ok()?))
        .copied()
        .collect();
    let access: Vec<_> = offer
        .access
        .iter()
        .copied()
        .map(AccessFeature::name)
        .collect();
    let open = |value: String| if confidential { String::new() } else { value };
    vec![
        offer.id.to_string(),
        offer.organization_id.to_string(),
        offer.direction.name().to_owned(),
        offer.kind.name().to_owned(),
        offer.title.clone(),
        cell(offer.description.as_deref()),
        cell(offer.location_id),
        open(cell(offer.postcode.as_deref())),
        open(cell(offer.latitude)),
        open(cell(offer.longitude)),
        cell(offer.capacity),
        days.join(";"),
        cell(offer.from_time),
        cell(offer.to_time),
        access.join("; "),
        cell(offer.access_note.as_deref()),
        cell(offer.cost),
        cell(offer.cost_note.as_deref()),
        cell(offer.valid_from),
        cell(offer.valid_to),
    ]
}
