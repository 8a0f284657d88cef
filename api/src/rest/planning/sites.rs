//! `POST /v1/sites`: where the next services would reach most unmet need.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::planning::{Candidates, Objective, PlanningSettings, SitesRequest, sites_for};
use causeway_engine::snapshot::Snapshot;
use serde_json::Value;

use super::refused;
use super::request::{demand, read as read_gaps, word};
use super::scenarios::organization;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem, body, caching};
use crate::rest::wire::{SitesAsked, SitesGiven};
use crate::rest::{Rest, aside};

/// More sites than this are no plan.
const MOST: usize = 200;

/// The places at which new services would reach most unmet need: exactly
/// `count` while candidates last. Nothing is saved.
#[utoipa::path(
    post,
    path = "/v1/sites",
    tag = "planning",
    request_body(content = SitesAsked, example = json!({"need": "food bank", "count": 3})),
    responses(
        (status = 200, description = "Sites, the one that adds most first.", body = SitesGiven),
        (status = 400, description = "A field is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    rest: web::Data<Rest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let fields = body::json(&request, payload).await?;
    let answer = aside(move || {
        let snapshot = rest.engine.snapshot();
        let asked = read(fields, &snapshot, &rest.engine.settings().planning)?;
        let found = sites_for(&snapshot, &asked).map_err(|error| refused(&error, false))?;
        Ok(SitesGiven::from(found))
    })
    .await?;
    Ok(caching::private(&answer))
}

/// Reads a question about sites.
pub fn read(
    mut fields: Fields,
    snapshot: &Snapshot,
    settings: &PlanningSettings,
) -> Result<SitesRequest, Problem> {
    let usual = SitesRequest::default();
    let mut gaps = read_gaps(&mut fields, snapshot, settings);
    gaps.demand = demand(&mut fields).or(gaps.demand);
    let objectives = Objective::ALL.map(|objective| (objective.name(), objective));
    let request = SitesRequest {
        gaps,
        count: fields.count("count", 1, MOST, usual.count),
        candidates: candidates(&mut fields).unwrap_or(usual.candidates),
        objective: word(&mut fields, "objective", objectives).unwrap_or_default(),
        host_partner_of: organization(&mut fields, "host_partner_of", snapshot),
    };
    fields.finish()?;
    Ok(request)
}

/// `candidates`: one kind, or several, the better liked first.
fn candidates(fields: &mut Fields) -> Option<Vec<Candidates>> {
    // A single word is what most ask for, so it need not be a list.
    let words: Vec<String> = match fields.value("candidates")? {
        Value::String(word) => vec![word],
        _ => fields.texts("candidates"),
    };
    let mut read = Vec::new();
    for word in &words {
        let known = Candidates::ALL.map(|kind| (kind.name(), kind));
        read.extend(fields.one_of("candidates", word.trim(), known));
    }
    let mut seen = Vec::new();
    read.retain(|kind| {
        !seen.contains(kind) && {
            seen.push(*kind);
            true
        }
    });
    (!read.is_empty()).then_some(read)
}
