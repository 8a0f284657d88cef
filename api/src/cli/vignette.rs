//! Queries of an evaluation: lines of JSON as workers fill in a referral form,
//! or TREC topics (`id<TAB>text`).

use causeway_engine::geography::Coordinates;
use causeway_engine::matching::{CostCeiling, MatchRequest, Place, Travel, Urgency};
use causeway_engine::model::{AccessFeature, Gender};
use jiff::civil::{Time, Weekday, time};
use serde::Deserialize;

/// A query as a form gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vignette {
    id: String,
    text: String,
    /// Who asks; a match request has no field for it.
    #[serde(default, rename = "referrer_type")]
    _referrer_type: Option<String>,
    place: Option<VignettePlace>,
    age: Option<f64>,
    gender: Option<String>,
    #[serde(default)]
    language: Vec<String>,
    #[serde(default)]
    access: Vec<String>,
    #[serde(default)]
    times: Vec<When>,
    cost_max_gbp: Option<f64>,
    travel: Option<Means>,
    #[serde(default)]
    urgent: bool,
}

#[derive(Debug, Deserialize)]
struct VignettePlace {
    name: String,
    latitude: f64,
    longitude: f64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum When {
    WeekdayDay,
    Evening,
    Weekend,
    AfterSchool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Means {
    Normal,
    Limited,
}

const WORKING: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

impl When {
    /// Days, from and to; no days are all days.
    fn window(self) -> (&'static [Weekday], Option<Time>, Option<Time>) {
        match self {
            Self::WeekdayDay => (&WORKING, None, Some(time(17, 0, 0, 0))),
            Self::Evening => (&[], Some(time(18, 0, 0, 0)), None),
            Self::Weekend => (&[Weekday::Saturday, Weekday::Sunday], None, None),
            Self::AfterSchool => (&WORKING, Some(time(15, 30, 0, 0)), None),
        }
    }
}

/// Reads all queries: each with its id.
pub(super) fn read(text: &str) -> anyhow::Result<Vec<(String, MatchRequest)>> {
    let mut queries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let query = if line.trim_start().starts_with('{') {
            serde_json::from_str(line)
                .map_err(anyhow::Error::from)
                .and_then(request)
        } else {
            topic(line)
        };
        queries.push(query.map_err(|error| error.context(format!("line {}", at + 1)))?);
    }
    Ok(queries)
}

fn topic(line: &str) -> anyhow::Result<(String, MatchRequest)> {
    let Some((id, text)) = line.split_once('\t') else {
        anyhow::bail!("neither JSON nor a topic of the form `id<TAB>text`");
    };
    let request = MatchRequest {
        need: Some(text.trim().to_owned()),
        ..MatchRequest::default()
    };
    Ok((id.trim().to_owned(), request))
}

fn request(vignette: Vignette) -> anyhow::Result<(String, MatchRequest)> {
    let place = vignette
        .place
        .map(|place| {
            let point = Coordinates::new(place.latitude, place.longitude)?;
            anyhow::Ok(Place {
                point: point.into(),
                label: place.name,
                radius_km: 0.0,
            })
        })
        .transpose()?;
    let access = vignette
        .access
        .iter()
        .map(|name| {
            AccessFeature::named(name)
                .ok_or_else(|| anyhow::anyhow!("there is no access feature '{name}'"))
        })
        .collect::<anyhow::Result<_>>()?;
    let (days, from_time, to_time) = together(&vignette.times);
    let request = MatchRequest {
        need: Some(vignette.text),
        place,
        age: vignette.age,
        gender: vignette.gender.as_deref().map(Gender::from_words),
        languages: vignette.language,
        access,
        days,
        from_time,
        to_time,
        cost: vignette.cost_max_gbp.map(|pounds| {
            if pounds > 0.0 {
                CostCeiling::Pounds(pounds)
            } else {
                CostCeiling::Free
            }
        }),
        travel: (vignette.travel == Some(Means::Limited)).then_some(Travel::Limited),
        urgency: vignette.urgent.then_some(Urgency::Soon),
        ..MatchRequest::default()
    };
    Ok((vignette.id, request))
}

/// One window that holds all of them: a request has no more.
fn together(times: &[When]) -> (Vec<Weekday>, Option<Time>, Option<Time>) {
    let windows: Vec<_> = times.iter().map(|when| when.window()).collect();
    let mut days: Vec<Weekday> = Vec::new();
    if windows.iter().all(|(days, ..)| !days.is_empty()) {
        days.extend(windows.iter().flat_map(|(days, ..)| days.iter().copied()));
        days.sort_by_key(|day| day.to_monday_zero_offset());
        days.dedup();
    }
    let from: Option<Vec<Time>> = windows.iter().map(|(_, from, _)| *from).collect();
    let to: Option<Vec<Time>> = windows.iter().map(|(_, _, to)| *to).collect();
    (
        days,
        from.and_then(|from| from.into_iter().min()),
        to.and_then(|to| to.into_iter().max()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_a_request() {
        let line = r#"{"id":"v1","text":"lonely","referrer_type":"gp","place":{"name":"Putney","outward":"SW15","latitude":51.46,"longitude":-0.21,"borough":"Wandsworth"},"age":82,"gender":"F","access":["step_free"],"times":["evening"],"cost_max_gbp":0,"travel":"limited","urgent":true}"#;
        let (id, request) = read(line).unwrap().remove(0);
        assert_eq!(id, "v1");
        assert_eq!(request.access, [AccessFeature::StepFree]);
        assert_eq!(request.cost, Some(CostCeiling::Free));
        assert_eq!(request.travel, Some(Travel::Limited));
        assert_eq!(request.from_time, Some(time(18, 0, 0, 0)));
        assert_eq!(request.gender, Some(Gender::Female));
        assert!(request.days.is_empty());
    }

    #[test]
    fn a_topic_is_its_words() {
        let (id, request) = read("7\tno food in the house\n").unwrap().remove(0);
        assert_eq!(
            (id.as_str(), request.need.as_deref()),
            ("7", Some("no food in the house"))
        );
    }

    #[test]
    fn a_line_at_fault_is_named() {
        let error = read("1\tfood\nfood\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2");
    }

    #[test]
    fn windows_are_joined_to_one_that_holds_them_all() {
        let (days, from, to) = together(&[When::AfterSchool, When::Evening]);
        assert_eq!((days.len(), from, to), (0, Some(time(15, 30, 0, 0)), None));
    }
}
