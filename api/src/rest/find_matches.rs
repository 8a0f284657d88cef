//! `GET` and `POST /v1/match`: ranked referral matches.
//!
//! What is asked here is about a person: it is answered, and neither kept nor
//! logged nor cached.

use std::time::Instant;

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::geography::{PlaceFound, Precision};
use causeway_engine::matching::understand::{Requirement, Understood, Who};
use causeway_engine::matching::{CostCeiling, Match, MatchAnswer, MatchError, Place, find};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::lexicon::Evidence;
use jiff::civil::Weekday;
use serde_json::{Value, json};

use super::match_request::{self, Asked};
use super::wire::{
    AdviceGiven, CautionGiven, HopGiven, MatchAsked, MatchGiven, MatchesAnswer, ReasonGiven,
    RelaxedGiven, SpellingCorrection, Understanding, UnderstoodConcept, UnderstoodNeed,
    UnderstoodPlace, UnderstoodRequirement,
};
use super::{Rest, aside, describe};
use crate::http::described::Refused;
use crate::http::problem::ProblemDocument;
use crate::http::{FieldError, Fields, Page, Problem, ProblemKind, body, caching};

/// Ranked referral matches, asked with query parameters.
#[utoipa::path(
    get,
    path = "/v1/match",
    tag = "matching",
    params(MatchAsked),
    responses(
        (status = 200, description = "Ranked matches. Not to be cached.", body = MatchesAnswer),
        Refused,
    )
)]
pub async fn get(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let query = request.query_string().to_owned();
    let fields = Fields::of_query(&query)?;
    answer(rest, fields, Some((request.path().to_owned(), query))).await
}

/// Ranked referral matches, asked with JSON.
#[utoipa::path(
    post,
    path = "/v1/match",
    tag = "matching",
    request_body(content = MatchAsked, example = json!({
        "need": "hot meals for my mum, 82, she uses a wheelchair",
        "postcode": "SW12 9QX",
        "days": ["TU", "TH"]
    })),
    responses(
        (status = 200, description = "Ranked matches. Not to be cached.", body = MatchesAnswer),
        (status = 400, description = "A field is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "The body has more than 64 kB.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "The body is not plain application/json.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    rest: web::Data<Rest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    if !request.query_string().is_empty() {
        return Err(Problem::new(
            ProblemKind::InvalidParameter,
            "a match is asked with JSON or with query parameters, not with both",
        ));
    }
    let fields = body::json(&request, payload).await?;
    answer(rest, fields, None).await
}

/// Answers; `link` is the path and query that pages are linked by.
async fn answer(
    rest: web::Data<Rest>,
    fields: Fields,
    link: Option<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let answer = aside(move || {
        let began = Instant::now();
        let snapshot = rest.engine.snapshot();
        let settings = &rest.engine.settings().matching;
        let from_query = fields.is_query();
        let asked = match_request::read(fields, &snapshot, settings)?;
        let found = find(&snapshot, settings, &asked.request)
            .map_err(|error| refused(&error, from_query))?;
        let page = Page {
            limit: asked.request.limit,
            offset: asked.request.offset,
        };
        let links = link.map(|(path, query)| page.links(&path, &query, found.total));
        let took_ms = (began.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        Ok(MatchesAnswer {
            links,
            ..describe_answer(&snapshot, &asked, found, took_ms)
        })
    })
    .await?;
    Ok(caching::private(&answer))
}

/// The answer of the engine in its published shape, without links to other pages.
#[must_use]
pub fn describe_answer(
    snapshot: &Snapshot,
    asked: &Asked,
    found: MatchAnswer,
    took_ms: f64,
) -> MatchesAnswer {
    MatchesAnswer {
        understood: understanding(snapshot, asked, &found.understood),
        matches: found
            .matches
            .iter()
            .filter_map(|found| describe_match(snapshot, found, asked.request.from.is_some()))
            .collect(),
        total: found.total,
        limit: asked.request.limit,
        offset: asked.request.offset,
        links: None,
        relaxed: found
            .relaxed
            .into_iter()
            .map(|relaxed| RelaxedGiven {
                requirement: relaxed.requirement,
                from: relaxed.from,
                to: relaxed.to,
            })
            .collect(),
        advice: found
            .advice
            .into_iter()
            .map(|advice| AdviceGiven {
                kind: advice.kind,
                sentence: advice.sentence,
                phone: advice.phone,
            })
            .collect(),
        discreet: found.discreet,
        took_ms,
        snapshot: found.snapshot,
    }
}

/// What the engine cannot take, as a bad input.
fn refused(error: &MatchError, from_query: bool) -> Problem {
    let name = match error {
        MatchError::Term(_) => "terms",
        MatchError::From(_) => "from",
        MatchError::Text(cause) => return Problem::internal(cause),
        MatchError::Meaning(cause) => return Problem::internal(cause),
    };
    Problem::of_inputs(
        ProblemKind::UnusableValue,
        vec![FieldError {
            pointer: (!from_query).then(|| format!("/{name}")),
            parameter: from_query.then(|| name.to_owned()),
            detail: error.to_string(),
        }],
    )
}

fn describe_match(snapshot: &Snapshot, found: &Match, with_route: bool) -> Option<MatchGiven> {
    let directory = &snapshot.directory;
    let record = directory.services.find(found.service)?;
    let place = found.location.and_then(|id| directory.locations.find(id));
    let hidden = place.is_some_and(|place| place.confidential);
    Some(MatchGiven {
        rank: found.rank,
        score: found.score,
        service: describe::service(snapshot, record, found.service_at_location, found.location),
        organization: found
            .organization
            .and_then(|id| describe::organization(snapshot, id)),
        location: place.map(describe::location),
        distance_m: found.distance_m.filter(|_| !hidden),
        minutes: found.minutes.filter(|_| !hidden),
        reasons: found
            .reasons
            .iter()
            .map(|reason| ReasonGiven {
                feature: reason.feature,
                value: reason.value,
                weight: reason.weight,
                sentence: reason.sentence.clone(),
            })
            .collect(),
        cautions: found
            .cautions
            .iter()
            .map(|caution| CautionGiven {
                kind: caution.kind,
                sentence: caution.sentence.clone(),
            })
            .collect(),
        route: with_route.then(|| {
            found.route.as_ref().map(|hops| {
                hops.iter()
                    .filter_map(|hop| {
                        Some(HopGiven {
                            from: describe::organization(snapshot, hop.from)?,
                            to: describe::organization(snapshot, hop.to)?,
                            kind: hop.kind.name(),
                            strength: hop.strength,
                            evidence: hop.evidence.clone(),
                        })
                    })
                    .collect()
            })
        }),
        relaxed: found.relaxed.clone(),
        placed: found.placed,
        copies: found.copies.iter().map(|copy| copy.0).collect(),
    })
}

fn understanding(snapshot: &Snapshot, asked: &Asked, understood: &Understood) -> Understanding {
    let concepts = understood
        .needs
        .iter()
        .enumerate()
        .flat_map(|(number, need)| need.concepts.iter().map(move |concept| (number, concept)))
        .map(|(number, concept)| UnderstoodConcept {
            id: concept.id.clone(),
            name: snapshot.lexicon.concept(concept.concept).name.clone(),
            words: concept.words.clone(),
            strength: concept.strength,
            evidence: evidence(concept.evidence),
            unwanted: concept.unwanted,
            need: number,
        })
        .collect();
    let mut requirements = Vec::new();
    let mut places: Vec<UnderstoodPlace> = asked.place.iter().map(given_place).collect();
    for read in &understood.requirements {
        if let Requirement::Place(place) = &read.requirement {
            places.push(read_place(place, &read.id, &read.words, read.used));
            continue;
        }
        let (field, value) = field_and_value(&read.requirement);
        requirements.push(UnderstoodRequirement {
            id: read.id.clone(),
            field,
            value,
            words: read.words.clone(),
            used: read.used,
        });
    }
    Understanding {
        needs: understood
            .needs
            .iter()
            .map(|need| UnderstoodNeed {
                words: need.words.clone(),
            })
            .collect(),
        concepts,
        requirements,
        places,
        corrections: understood
            .corrections
            .iter()
            .map(|(from, to)| SpellingCorrection {
                from: from.clone(),
                to: to.clone(),
            })
            .collect(),
        by_text_alone: understood.by_text_alone,
    }
}

fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Phrase => "phrase",
        Evidence::Slot => "words_together",
        Evidence::Situation(_) => "situation",
        Evidence::Community(_) => "community",
        Evidence::Words => "words",
    }
}

fn given_place(found: &PlaceFound) -> UnderstoodPlace {
    UnderstoodPlace {
        id: None,
        name: found.label.clone(),
        words: found.label.clone(),
        latitude: found.point.latitude(),
        longitude: found.point.longitude(),
        precision: precision(found.precision),
        radius_km: found.radius_km,
        terminated: found.terminated,
        used: true,
    }
}

fn read_place(place: &Place, id: &str, words: &str, used: bool) -> UnderstoodPlace {
    UnderstoodPlace {
        id: Some(id.to_owned()),
        name: place.label.clone(),
        words: words.to_owned(),
        latitude: place.point.y(),
        longitude: place.point.x(),
        precision: precision(Precision::Place),
        radius_km: place.radius_km,
        terminated: false,
        used,
    }
}

fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Coordinates => "point",
        Precision::Postcode => "postcode",
        Precision::Sector => "sector",
        Precision::Place => "place",
        Precision::District => "district",
    }
}

/// The field of a request that says the same, and its value there.
fn field_and_value(requirement: &Requirement) -> (&'static str, Value) {
    match requirement {
        Requirement::Age { from, to, who } => {
            let value = if from.to_bits() == to.to_bits() {
                json!(from)
            } else {
                json!([from, to])
            };
            let field = match who {
                Who::Subject => "age",
                Who::Other => "age_of_another",
            };
            (field, value)
        }
        Requirement::Gender(gender) => ("gender", json!(gender)),
        Requirement::Language { code, .. } => ("languages", json!([code])),
        Requirement::Access(feature) => ("access", json!([feature.name()])),
        Requirement::Days(days) => {
            let codes: Vec<&str> = days.iter().map(|day| day_code(*day)).collect();
            ("days", json!(codes))
        }
        Requirement::FromTime(time) => ("from_time", json!(time.strftime("%H:%M").to_string())),
        Requirement::ToTime(time) => ("to_time", json!(time.strftime("%H:%M").to_string())),
        Requirement::On(date) => ("on", json!(date.to_string())),
        Requirement::Cost(CostCeiling::Free) => ("cost", json!("free")),
        Requirement::Cost(CostCeiling::Pounds(pounds)) => ("cost", json!(pounds)),
        Requirement::Travel(travel) => ("travel", json!(travel.name())),
        Requirement::Place(place) => ("postcode", json!(place.label)),
        Requirement::Urgency(urgency) => ("urgency", json!(urgency.name())),
    }
}

fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
