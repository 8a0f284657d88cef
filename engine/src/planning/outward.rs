//! An answer about gaps for other programs: a table, and a map layer.

use serde_json::{Value, json};

use crate::snapshot::Snapshot;

use super::answer::GapsAnswer;
use super::shapes::shapes;

/// The columns of [`csv`].
const COLUMNS: [&str; 25] = [
    "code",
    "name",
    "ward",
    "population",
    "demand",
    "access",
    "rank",
    "unmet",
    "deprivation_rank",
    "deprivation_decile",
    "nearest_service_id",
    "nearest_service",
    "nearest_minutes",
    "nearest_distance_m",
    "choices",
    "imputed_share",
    "services_stating_places",
    "services_never_checked",
    "half_checked_before",
    "caution",
    "latitude",
    "longitude",
    "need",
    "by",
    "snapshot",
];

/// The areas as a table, the worst gap first. What is not known or not shown
/// is empty.
///
/// # Errors
/// None but those of writing to memory.
pub fn csv(answer: &GapsAnswer) -> Result<Vec<u8>, csv::Error> {
    fn cell<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for area in &answer.areas {
        let nearest = area.nearest.as_ref();
        table.write_record([
            text(&area.area.code),
            text(&area.area.name),
            text(area.ward.as_ref().map_or("", |ward| ward.name.as_str())),
            area.population.to_string(),
            area.demand.to_string(),
            cell(area.access),
            area.rank.to_string(),
            area.unmet.to_string(),
            cell(area.deprivation.rank),
            cell(area.deprivation.decile),
            cell(nearest.and_then(|one| one.service.id)),
            text(nearest.map_or("", |one| one.service.name.as_str())),
            cell(nearest.map(|one| one.minutes)),
            cell(nearest.map(|one| one.distance_m)),
            area.choices.to_string(),
            area.imputed_share.to_string(),
            area.rests_on.stating_places.to_string(),
            area.rests_on.never_checked.to_string(),
            cell(area.rests_on.half_checked_before),
            text(area.caution.as_deref().unwrap_or_default()),
            area.latitude.to_string(),
            area.longitude.to_string(),
            text(&answer.need.name),
            answer.by.to_owned(),
            answer.snapshot.to_string(),
        ])?;
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// Text that a spreadsheet will not take for a formula.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The areas as a `GeoJSON` feature collection (RFC 7946), the worst gap
/// first: their figures as properties, and as geometry the outline. Where none
/// was published it is drawn around the centre, and `outline` says `drawn`.
#[must_use]
pub fn geojson(snapshot: &Snapshot, answer: &GapsAnswer) -> Value {
    let shapes = shapes(snapshot, answer);
    let features: Vec<Value> = answer
        .areas
        .iter()
        .zip(shapes)
        .map(|(area, shape)| {
            let geometry = if shape.boundary.0.is_empty() {
                json!({ "type": "Point", "coordinates": [area.longitude, area.latitude] })
            } else {
                json!({ "type": "MultiPolygon", "coordinates": shape.boundary })
            };
            let mut properties = json!(area);
            if let Value::Object(properties) = &mut properties {
                // Flat names first: most map programs style by those alone.
                properties.insert("code".to_owned(), json!(area.area.code));
                properties.insert("name".to_owned(), json!(area.area.name));
                let outline = if shape.drawn { "drawn" } else { "published" };
                properties.insert("outline".to_owned(), json!(outline));
            }
            json!({
                "type": "Feature",
                "id": area.area.code,
                "geometry": geometry,
                "properties": properties,
            })
        })
        .collect();
    json!({
        "type": "FeatureCollection",
        "need": answer.need,
        "by": answer.by,
        "snapshot": answer.snapshot,
        "features": features,
    })
}
