//! From the fields of a request to what planning is asked, every mistake named.

use std::collections::BTreeMap;
use std::sync::Arc;

use causeway_engine::planning::accessibility::{Decay, Method};
use causeway_engine::planning::{
    By, DemandTable, GapsRequest, HEX_RESOLUTION, HEX_RESOLUTIONS, OutOfHours, PlanningSettings,
    ages,
};
use causeway_engine::snapshot::Snapshot;
use serde_json::Value;

use crate::http::Fields;
use crate::rest::match_request::{access, check_languages};

/// Beyond this nobody goes for help, minutes.
const FARTHEST_MINUTES: f64 = 240.0;

/// Reads what gaps take; scenarios and sites read their own beside it.
pub fn read(fields: &mut Fields, snapshot: &Snapshot, settings: &PlanningSettings) -> GapsRequest {
    let mut request = need(fields, snapshot, settings);
    if let Some(by) = word(fields, "by", By::ALL.map(|by| (by.name(), by))) {
        request.by = by;
    }
    let (coarsest, finest) = (*HEX_RESOLUTIONS.start(), *HEX_RESOLUTIONS.end());
    request.hex_resolution = fields.count(
        "hex_resolution",
        coarsest.into(),
        finest.into(),
        HEX_RESOLUTION.into(),
    ) as u8;
    request.area = fields.text("area");
    request.ages = age(fields).or(request.ages);
    request.language = fields.text("language");
    let language: Vec<String> = request.language.iter().cloned().collect();
    check_languages(fields, snapshot, "language", &language);
    request.access = access(fields);
    request.times = times(fields);
    request.free = fields.truth("free").unwrap_or(false);
    request.include_unknown = fields.truth("include_unknown").unwrap_or(true);
    let methods = Method::ALL.map(|method| (method.name(), method));
    if let Some(method) = word(fields, "method", methods) {
        request.method = method;
    }
    let reach = fields.number("reach_minutes");
    if reach.is_some_and(|reach| reach <= 0.0 || reach > FARTHEST_MINUTES) {
        fields.unusable(
            "reach_minutes",
            format!("is not more than 0 and up to {FARTHEST_MINUTES}"),
        );
    }
    let reach = reach.unwrap_or_else(|| request.decay.reach());
    let decays = Decay::NAMES.map(|name| (name, Decay::named(name)));
    let decay = word(fields, "decay", decays).flatten();
    request.decay = decay.unwrap_or(request.decay).reaching(reach);
    if let Some(rate) = fields.number_within("rate", 0.0, 1.0) {
        request.rate = rate;
    }
    if let Some(weight) = fields.number_within("deprivation_weight", 0.0, 10.0) {
        request.deprivation_weight = weight;
    }
    // A seed beyond this would not survive a client that holds numbers as doubles.
    request.seed = fields.count("seed", 0, 1 << 53, 0) as u64;
    request
}

/// `evening` and `weekend`.
pub(super) fn times(fields: &mut Fields) -> Vec<OutOfHours> {
    [
        ("evening", OutOfHours::Evening),
        ("weekend", OutOfHours::Weekend),
    ]
    .into_iter()
    .filter(|(name, _)| fields.truth(name).unwrap_or(false))
    .map(|(_, time)| time)
    .collect()
}

fn need(fields: &mut Fields, snapshot: &Snapshot, settings: &PlanningSettings) -> GapsRequest {
    let words = fields.text("need");
    settings
        .request(snapshot, words.as_deref())
        .unwrap_or_else(|error| {
            fields.unusable("need", error.to_string());
            GapsRequest::default()
        })
}

/// `age`: a year, from and to, or from on.
pub(super) fn age(fields: &mut Fields) -> Option<(u8, Option<u8>)> {
    let written = match fields.value("age")? {
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => {
            fields.malformed("age", "must be ages like \"65+\", \"11-25\" or 82");
            return None;
        }
    };
    let read = ages(&written);
    if read.is_none() {
        fields.unusable(
            "age",
            format!("'{written}' is no age; write 65+, 11-25 or 82"),
        );
    }
    read
}

/// `demand` of a JSON body: people with the need by area code.
pub(super) fn demand(fields: &mut Fields) -> Option<Arc<DemandTable>> {
    let value = fields.value("demand")?;
    let people: Option<BTreeMap<String, f64>> = serde_json::from_value(value).ok();
    match people {
        Some(people) if people.values().all(|count| *count >= 0.0) => Some(Arc::new(
            DemandTable::of("the demand in the request", people),
        )),
        Some(_) => {
            fields.unusable("demand", "has a number of people below 0");
            None
        }
        None => {
            fields.malformed("demand", "must be an object of numbers by area code");
            None
        }
    }
}

/// A word of a closed list.
pub(super) fn word<T, const N: usize>(
    fields: &mut Fields,
    name: &'static str,
    known: [(&'static str, T); N],
) -> Option<T> {
    let word = fields.text(name)?;
    fields.one_of(name, &word, known)
}
