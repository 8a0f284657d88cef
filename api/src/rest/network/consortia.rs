//! `POST /v1/consortia`: a small connected set of groups that together cover
//! given needs in a place.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::matching::understand::find_term;
use causeway_engine::network::{ConsortiumNeed, ConsortiumRequest, Measures, consortium};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::fold;
use geo::Point;

use super::{measured, no_organization, node};
use crate::http::described::Measuring;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem, body, caching, nearest};
use crate::rest::match_request;
use crate::rest::wire::{ConsortiumAnswer, ConsortiumAsked};
use crate::rest::{Rest, aside};

/// Kilometres from the place, where nothing else is asked.
pub const WITHIN_KM: f64 = 5.0;

/// Proposes a consortium by the documented greedy method, with what that guarantees. Nothing is saved.
#[utoipa::path(
    post,
    path = "/v1/consortia",
    tag = "network",
    request_body = ConsortiumAsked,
    responses(
        (status = 200, description = "Members with what each covers and why, and what nobody covers.", body = ConsortiumAnswer),
        (status = 400, description = "The body is not readable, or a field is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        Measuring,
    )
)]
pub async fn post(
    rest: web::Data<Rest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let fields = body::json(&request, payload).await?;
    let answer = aside(move || {
        let (snapshot, measures) = measured(&rest.engine)?;
        let asked = read(fields, &snapshot, &measures)?;
        let found = consortium(&snapshot, &measures, &asked);
        Ok(ConsortiumAnswer::of(found, snapshot.version))
    })
    .await?;
    Ok(caching::private(&answer))
}

fn read(
    mut fields: Fields,
    snapshot: &Snapshot,
    measures: &Measures,
) -> Result<ConsortiumRequest, Problem> {
    let names = fields.texts("needs");
    if names.is_empty() {
        fields.unusable("needs", "is empty; name what must be covered");
    }
    let mut needs = Vec::new();
    for name in &names {
        match need(snapshot, name) {
            Ok(need) => needs.push(need),
            Err(told) => fields.unusable("needs", told),
        }
    }
    let place = match_request::place(&mut fields, snapshot);
    let within_km = match_request::within_km(&mut fields);
    let area = fields.text("area");
    if within_km.is_some() && place.is_none() {
        fields.unusable(
            "within_km",
            "needs a place: give postcode, or latitude and longitude",
        );
    }
    if let Some(area) = &area
        && let Err(told) = check_area(measures, area)
    {
        fields.unusable("area", told);
    }
    let lead = fields.text("lead").and_then(|id| {
        let lead = node(snapshot, &id);
        if lead.is_none() {
            no_organization(&mut fields, "lead", &id);
        }
        lead
    });
    let grass_roots_share = fields.number_within("grass_roots_share", 0.0, 1.0);
    fields.finish()?;
    Ok(ConsortiumRequest {
        needs,
        within_km: place.as_ref().map(|_| within_km.unwrap_or(WITHIN_KM)),
        near: place.map(|found| Point::from(found.point)),
        area: area.as_deref().map(fold),
        lead,
        grass_roots_share: grass_roots_share.unwrap_or(0.0),
    })
}

/// What a need that somebody named means, or why that is not known.
pub fn need(snapshot: &Snapshot, name: &str) -> Result<ConsortiumNeed, String> {
    let found = find_term(snapshot, name).map_err(|error| error.to_string())?;
    let first = found.concepts.first();
    Ok(ConsortiumNeed {
        name: first.map_or_else(
            || name.to_owned(),
            |concept| snapshot.lexicon.concept(*concept).name.clone(),
        ),
        concepts: found.concepts,
        terms: found.terms,
    })
}

/// Whether an area is imported, or one that somebody says to serve; else a
/// sentence that names the nearest.
pub fn check_area(measures: &Measures, area: &str) -> Result<(), String> {
    let asked = fold(area);
    let served = format!("area {asked}");
    let profiles = &measures.profiles;
    if profiles
        .all()
        .iter()
        .any(|profile| profile.people.contains(&served))
    {
        return Ok(());
    }
    let names = || {
        profiles.areas().iter().flat_map(|known| {
            let names = [
                Some(&known.code),
                Some(&known.name),
                known.parent.as_ref(),
                known.parent_name.as_ref(),
            ];
            names.into_iter().flatten().map(String::as_str)
        })
    };
    if names().any(|name| fold(name) == asked) {
        return Ok(());
    }
    let hint = nearest(area, names())
        .map(|name| format!("; did you mean '{name}'?"))
        .unwrap_or_default();
    Err(format!(
        "there is no area '{area}', and nobody says to serve it{hint}"
    ))
}
