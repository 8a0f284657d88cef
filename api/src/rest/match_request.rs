//! From the fields of a request to what the engine is asked, every mistake named.

use causeway_engine::geography::{Coordinates, PlaceFound, Precision};
use causeway_engine::matching::{
    CostCeiling, Feature, MatchRequest, MatchingSettings, Place, Travel, Urgency, Weights,
};
use causeway_engine::model::{AccessFeature, Gender, OrganizationId};
use causeway_engine::snapshot::{Languages, Snapshot};
use causeway_engine::text::fold;
use causeway_engine::text::lexicon::CommunitySort;
use geo::Point;
use jiff::civil::{Date, Time, Weekday};
use serde_json::Value;

use crate::http::{Fields, Page, Problem, nearest};

/// Matches on a page unless asked otherwise, and at most.
const LIMIT: usize = 10;
const MOST: usize = 100;
/// Half the way round the world: farther is nowhere.
const FARTHEST_KM: f64 = 20_100.0;

/// Longer needs are not needs, and reading them takes its time.
const LONGEST_NEED: usize = 5_000;

/// A request that was read, with where its own fields say the person is.
#[derive(Debug)]
pub struct Asked {
    /// What the engine is asked.
    pub request: MatchRequest,
    /// The place of its fields.
    pub place: Option<PlaceFound>,
}

/// Reads a match request.
pub fn read(
    mut fields: Fields,
    snapshot: &Snapshot,
    settings: &MatchingSettings,
) -> Result<Asked, Problem> {
    let need = fields.text("need");
    if need
        .as_ref()
        .is_some_and(|need| need.chars().count() > LONGEST_NEED)
    {
        fields.unusable("need", format!("has more than {LONGEST_NEED} characters"));
    }
    let place = place(&mut fields, snapshot);
    let request = MatchRequest {
        need,
        terms: fields.names("terms"),
        within_km: within_km(&mut fields),
        age: fields.number_within("age", 0.0, 130.0),
        gender: fields.text("gender").map(|word| Gender::from_words(&word)),
        languages: languages(&mut fields, snapshot),
        access: access(&mut fields),
        days: days(&mut fields),
        from_time: time(&mut fields, "from_time"),
        to_time: time(&mut fields, "to_time"),
        on: date(&mut fields, "on"),
        cost: cost(&mut fields),
        travel: word(
            &mut fields,
            "travel",
            Travel::ALL.map(|way| (way.name(), way)),
        ),
        urgency: word(
            &mut fields,
            "urgency",
            Urgency::ALL.map(|soon| (soon.name(), soon)),
        ),
        must: features(&mut fields),
        from: from(&mut fields, snapshot),
        include_unknown: fields.truth("include_unknown").unwrap_or(true),
        ignore: ignore(&mut fields),
        weights: weights(&mut fields, settings),
        place: place.as_ref().map(|found| Place {
            point: Point::from(found.point),
            label: found.label.clone(),
            radius_km: found.radius_km,
        }),
        ..MatchRequest::default()
    };
    let page = Page::read(&mut fields, LIMIT, MOST);
    if request.within_km.is_some() && request.place.is_none() && request.need.is_none() {
        fields.unusable(
            "within_km",
            "needs a place: give postcode, or latitude and longitude",
        );
    }
    fields.finish()?;
    Ok(Asked {
        request: MatchRequest {
            limit: page.limit,
            offset: page.offset,
            ..request
        },
        place,
    })
}

/// `postcode`, or `latitude` and `longitude`.
pub(super) fn place(fields: &mut Fields, snapshot: &Snapshot) -> Option<PlaceFound> {
    let postcode = fields.text("postcode");
    let latitude = fields.number_within("latitude", -90.0, 90.0);
    let longitude = fields.number_within("longitude", -180.0, 180.0);
    match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            if postcode.is_some() {
                fields.unusable(
                    "postcode",
                    "is given beside latitude and longitude; give one of the two",
                );
                return None;
            }
            let point = Coordinates::new(latitude, longitude).ok()?;
            Some(PlaceFound {
                point,
                precision: Precision::Coordinates,
                radius_km: 0.0,
                label: point.to_string(),
                terminated: false,
            })
        }
        (Some(_), None) if fields.is_without("longitude") => {
            fields.unusable("longitude", "is missing; latitude needs it");
            None
        }
        (None, Some(_)) if fields.is_without("latitude") => {
            fields.unusable("latitude", "is missing; longitude needs it");
            None
        }
        (None, None) => match snapshot.gazetteer.place(&postcode?) {
            Ok(found) => Some(found),
            Err(error) => {
                fields.unusable("postcode", error.to_string());
                None
            }
        },
        _ => None,
    }
}

/// `within_km`, more than 0.
pub(super) fn within_km(fields: &mut Fields) -> Option<f64> {
    let km = fields.number("within_km")?;
    if km > 0.0 && km <= FARTHEST_KM {
        return Some(km);
    }
    fields.unusable(
        "within_km",
        format!("is not more than 0 and up to {FARTHEST_KM}"),
    );
    None
}

/// `access`, by the published names.
pub(super) fn access(fields: &mut Fields) -> Vec<AccessFeature> {
    let mut read = Vec::new();
    for word in fields.words("access") {
        let found = AccessFeature::named(&word).or_else(|| {
            fields.one_of(
                "access",
                &word,
                AccessFeature::ALL.map(|feature| (feature.name(), feature)),
            )
        });
        read.extend(found);
    }
    read.sort_unstable();
    read.dedup();
    read
}

fn languages(fields: &mut Fields, snapshot: &Snapshot) -> Vec<String> {
    let words = fields.words("languages");
    check_languages(fields, snapshot, "languages", &words);
    words
}

/// Notes every word that names no language.
pub(super) fn check_languages(
    fields: &mut Fields,
    snapshot: &Snapshot,
    name: &'static str,
    words: &[String],
) {
    for word in words {
        let known = || {
            snapshot
                .lexicon
                .communities()
                .iter()
                .filter(|community| community.sort == CommunitySort::Language)
        };
        let code = Languages::code(word, &snapshot.lexicon);
        if known().any(|language| language.id == code) || is_tag(word) {
            continue;
        }
        let hint = match nearest(&fold(word), known().map(|language| language.name.as_str())) {
            Some(name) => format!("did you mean {name}? A BCP 47 code always works"),
            None => "a BCP 47 code always works".to_owned(),
        };
        fields.unusable(name, format!("does not know '{word}'; {hint}"));
    }
}

/// Whether it has the shape of a BCP 47 tag: a language of two or three
/// letters, subtags behind it.
fn is_tag(word: &str) -> bool {
    let mut parts = word.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

/// `days`, by code or name.
pub(super) fn days(fields: &mut Fields) -> Vec<Weekday> {
    const NAMES: [(&str, &str, Weekday); 7] = [
        ("MO", "Monday", Weekday::Monday),
        ("TU", "Tuesday", Weekday::Tuesday),
        ("WE", "Wednesday", Weekday::Wednesday),
        ("TH", "Thursday", Weekday::Thursday),
        ("FR", "Friday", Weekday::Friday),
        ("SA", "Saturday", Weekday::Saturday),
        ("SU", "Sunday", Weekday::Sunday),
    ];
    let mut read: Vec<Weekday> = Vec::new();
    for word in fields.words("days") {
        let short = NAMES
            .iter()
            .find(|(code, name, _)| code.eq_ignore_ascii_case(&word) || is_short(&word, name))
            .map(|(_, _, day)| *day);
        let day =
            short.or_else(|| fields.one_of("days", &word, NAMES.map(|(_, name, day)| (name, day))));
        read.extend(day.filter(|day| !read.contains(day)));
    }
    read.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    read
}

/// `Mon`, `tues`, `Thurs` for the day they begin.
fn is_short(word: &str, name: &str) -> bool {
    word.len() >= 3
        && name
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A time of day, `HH:MM`.
pub(super) fn time(fields: &mut Fields, name: &'static str) -> Option<Time> {
    let text = fields.text(name)?;
    let time = Time::strptime("%H:%M", &text).ok();
    if time.is_none() {
        fields.unusable(
            name,
            format!("'{text}' is not a time of day; write HH:MM like 09:30"),
        );
    }
    time
}

fn date(fields: &mut Fields, name: &'static str) -> Option<Date> {
    let text = fields.text(name)?;
    let date = Date::strptime("%Y-%m-%d", &text).ok();
    if date.is_none() {
        fields.unusable(
            name,
            format!("'{text}' is not a date; write YYYY-MM-DD like 2026-12-01"),
        );
    }
    date
}

fn cost(fields: &mut Fields) -> Option<CostCeiling> {
    let pounds = match fields.value("cost")? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            if text == "free" {
                return Some(CostCeiling::Free);
            }
            text.trim_start_matches('£').trim().parse().ok()
        }
        _ => {
            fields.malformed("cost", "must be 'free' or a number");
            return None;
        }
    };
    match pounds {
        Some(0.0) => Some(CostCeiling::Free),
        Some(pounds) if pounds > 0.0 && pounds.is_finite() => Some(CostCeiling::Pounds(pounds)),
        _ => {
            fields.unusable("cost", "takes 'free', or pounds from 0 up like 5 or £3");
            None
        }
    }
}

fn word<T, const N: usize>(
    fields: &mut Fields,
    name: &'static str,
    known: [(&'static str, T); N],
) -> Option<T> {
    let word = fields.text(name)?;
    fields.one_of(name, &word, known)
}

fn features(fields: &mut Fields) -> Vec<Feature> {
    let known = Feature::ALL.map(|feature| (feature.name(), feature));
    let mut read = Vec::new();
    for word in fields.words("must") {
        read.extend(fields.one_of("must", &word, known));
    }
    read.sort_unstable();
    read.dedup();
    read
}

fn from(fields: &mut Fields, snapshot: &Snapshot) -> Option<OrganizationId> {
    let text = fields.text("from")?;
    let Ok(id) = text.parse::<OrganizationId>() else {
        fields.unusable("from", "is not the id of an organization, a UUID");
        return None;
    };
    if snapshot.graph.node(id).is_none() {
        fields.unusable("from", "is not the id of an organization in this directory");
        return None;
    }
    Some(id)
}

/// Ids to leave out. Such an id holds a colon, and may hold commas.
fn ignore(fields: &mut Fields) -> Vec<String> {
    let texts = fields.texts("ignore");
    if !fields.is_query() {
        return texts;
    }
    let mut ids: Vec<String> = Vec::new();
    for text in texts {
        let mut first = true;
        for part in text.split(',') {
            match ids.last_mut() {
                Some(last) if !first && !part.contains(':') => {
                    last.push(',');
                    last.push_str(part);
                }
                _ => ids.push(part.trim().to_owned()),
            }
            first = false;
        }
    }
    ids
}

fn weights(fields: &mut Fields, settings: &MatchingSettings) -> Option<Weights> {
    let given: Vec<(String, Option<f64>)> = match fields.value("weights")? {
        Value::Object(weights) => weights
            .into_iter()
            .map(|(name, weight)| (name, weight.as_f64()))
            .collect(),
        Value::String(text) if fields.is_query() => text
            .split(',')
            .map(|pair| {
                let (name, weight) = pair.split_once(':').unwrap_or((pair, ""));
                (name.trim().to_owned(), weight.trim().parse().ok())
            })
            .collect(),
        _ => {
            fields.malformed("weights", "must be an object of numbers by feature");
            return None;
        }
    };
    let mut weights = settings.weights;
    let known = Feature::ALL.map(|feature| (feature.name(), feature));
    for (name, weight) in given {
        let Some(feature) = fields.one_of("weights", &name, known) else {
            continue;
        };
        match weight {
            Some(weight) if weight >= 0.0 && weight.is_finite() => {
                weights = weights.with(feature, weight);
            }
            _ => fields.unusable("weights", format!("of {name} is not a number from 0 up")),
        }
    }
    if Feature::ALL
        .iter()
        .all(|feature| weights.of(*feature) <= 0.0)
    {
        fields.unusable("weights", "are all 0; one of them must be more");
    }
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_known_by_their_shape() {
        for tag in ["ur", "pt-BR", "yue", "zh-Hant-TW"] {
            assert!(is_tag(tag), "{tag}");
        }
        for word in ["Urdoo", "", "u", "u-r", "ur-"] {
            assert!(!is_tag(word), "{word}");
        }
    }

    #[test]
    fn a_day_may_be_short() {
        assert!(is_short("tues", "Tuesday") && is_short("Thu", "Thursday"));
        assert!(!is_short("T", "Tuesday") && !is_short("mondays", "Monday"));
    }
}
