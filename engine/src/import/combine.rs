//! One record out of the parts that several rows or files of one source give.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Draft;
use crate::model::{PostcodeDistrict, Record};

/// Puts together the areas, and the districts of postcodes, that have the same
/// id: a boundary file and a census table imported under one name make one
/// area, and two files may share a district. Of an area the first stated fact
/// wins ([`crate::model::Area::complete_from`]), of a postcode the last point,
/// as within a file. Drafts of other kinds, and the order, stay as they are.
pub(super) fn combined(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let divisible = matches!(draft.record, Record::Area(_) | Record::PostcodeDistrict(_));
        let place = *places.entry(draft.record.id()).or_insert(kept.len());
        match (
            kept.get_mut(place).map(|first| &mut first.record),
            &draft.record,
        ) {
            (Some(Record::Area(first)), Record::Area(next)) => first.complete_from(next),
            (Some(Record::PostcodeDistrict(first)), Record::PostcodeDistrict(next)) => {
                add_points(first, next);
            }
            _ => {
                if divisible {
                    places.insert(draft.record.id(), kept.len());
                }
                kept.push(draft);
            }
        }
    }
    kept
}

fn add_points(district: &mut PostcodeDistrict, next: &PostcodeDistrict) {
    let mut by_inward: BTreeMap<[u8; 3], _> = BTreeMap::new();
    for point in district.points.iter().chain(&next.points) {
        by_inward.insert(point.inward, *point);
    }
    district.points = by_inward.into_values().collect();
}
